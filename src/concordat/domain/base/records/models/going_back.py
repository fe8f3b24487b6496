"""Migrations that never lose a row on their way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.migrations import RunPython
from django.db.migrations.exceptions import IrreversibleError
from django.db.models import Q


def only_without(app: str, rows: Mapping[str, Q] | None = None) -> RunPython:
    """The last step of a migration, and so the first on its way back: it refuses while there are
    rows that going back would drop. `rows` names models with what is lost of them; without it
    every model of the app counts."""
    return RunPython(RunPython.noop, _refusing(app, rows))


def _refusing(app: str, rows: Mapping[str, Q] | None) -> Callable[[Any, Any], None]:
    def refuse(apps: Any, _schema_editor: Any) -> None:
        wanted = rows or {each.__name__: Q() for each in apps.get_app_config(app).get_models()}
        for name, lost in wanted.items():
            model = apps.get_model(app, name)
            if many := model._default_manager.filter(lost).count():
                raise IrreversibleError(
                    f"{app} keeps {many} rows of {name} that going back would lose. "
                    "Export the partnerships, and go back in an empty database."
                )

    return refuse
