from collections.abc import Sequence

from django.apps import AppConfig
from django.core import checks


class RecordsConfig(AppConfig):
    name = "concordat.domain.base.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        checks.register(ledger_is_walled, checks.Tags.database)


def ledger_is_walled(
    app_configs: object, databases: Sequence[str] | None = None, **kwargs: object
) -> list[checks.CheckMessage]:
    """The triggers of the ledger stand as they were made, once its tables are there."""
    from django.db import connections

    from concordat.domain.base.records.models.walls import missing_walls

    found: list[checks.CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if "records_event" not in connection.introspection.table_names():
            continue
        found += [
            checks.Error(
                f"The ledger's wall {name} is missing from the database or is not as it was made.",
                hint="It was changed by hand. Run: concordat ledger verify, then: ledger walls",
                id="records.E001",
            )
            for name in missing_walls(connection)
        ]
    return found
