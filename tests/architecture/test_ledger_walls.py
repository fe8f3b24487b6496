"""A migration that touches a walled table raises the walls again before it ends.

SQLite drops a table's triggers when Django rebuilds the table, and nobody would notice until the
ledger had been changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest
from django.db import connection, migrations, models
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

from concordat.domain.base.records.models.walls import WALLED, missing_walls, walled
from tests.walls import behind_the_wall

TABLE = re.compile(rf"\b(?:{'|'.join(WALLED)})\b")


def _flat(operations: Iterable[Operation]) -> Iterator[Operation]:
    for each in operations:
        yield each
        yield from _flat(getattr(each, "database_operations", ()))


def _touches(app: str, operation: Operation) -> bool:
    """Whether an operation may rebuild a walled table or change its triggers."""
    if isinstance(operation, migrations.RunSQL):
        return bool(TABLE.search(str(operation.sql)))
    names = (getattr(operation, part, "") for part in ("model_name", "name", "old_name"))
    return any(f"{app}_{str(name).lower()}" in WALLED for name in names)


def _raises(operation: Operation) -> bool:
    code = getattr(operation, "code", None)
    return isinstance(operation, migrations.RunPython) and (
        "raise_walls" in getattr(code, "__code__", _raises.__code__).co_names
    )


def unwalled(app: str, migration: Migration) -> bool:
    """Whether a migration leaves a walled table that it touched without its walls."""
    touched = False
    for operation in _flat(migration.operations):
        touched = not _raises(operation) and (touched or _touches(app, operation))
    return touched


def test_every_migration_that_touches_a_walled_table_raises_the_walls() -> None:
    disk = MigrationLoader(None).disk_migrations
    assert ("records", "0003_certified_disposals") in disk
    first = {app for (app, _), migration in disk.items() if migration.initial}
    assert "records" in first
    left = sorted(key for key, each in disk.items() if not each.initial and unwalled(key[0], each))
    assert left == [], "put these operations inside walled(...)"
    assert unwalled("records", disk["records", "0001_initial"])
    raising = disk["records", "0002_walls"].operations
    assert any(_raises(each) for each in raising), "what the first one makes, the second walls"


ALTER = migrations.AlterField("event", "verb", models.CharField(max_length=90))
HARMLESS = migrations.AddField("look", "note", models.CharField(max_length=9, default=""))
LEFT_OPEN: dict[str, list[Operation]] = {
    "altered": [ALTER],
    "added to": [migrations.AddField("Seal", "note", models.TextField(default=""))],
    "renamed": [migrations.RenameModel("Disposal", "Certificate")],
    "constraint": [migrations.RemoveConstraint("sealedleaf", "one_leaf_per_position")],
    "search entries": [migrations.AddField("searchentry", "note", models.TextField(default=""))],
    "in words": [migrations.RunSQL("ALTER TABLE records_event ADD COLUMN x int")],
    "aside": [migrations.SeparateDatabaseAndState(database_operations=[ALTER])],
    "after the walls": [*walled(HARMLESS), ALTER],
}
WELL: dict[str, list[Operation]] = {
    "walled": walled(ALTER),
    "another table": [HARMLESS],
    "another table in words": [migrations.RunSQL("UPDATE records_eventful SET x = 1")],
    "walled among others": [HARMLESS, *walled(ALTER), HARMLESS],
}


def _migration(operations: list[Operation]) -> Migration:
    made = Migration("0999_test", "records")
    made.operations = operations
    return made


@pytest.mark.parametrize("case", LEFT_OPEN)
def test_a_migration_that_leaves_them_down_is_caught(case: str) -> None:
    assert unwalled("records", _migration(LEFT_OPEN[case]))


@pytest.mark.parametrize("case", WELL)
def test_a_migration_that_raises_them_is_not(case: str) -> None:
    assert not unwalled("records", _migration(WELL[case]))


def test_the_same_names_in_another_package_are_its_own_affair() -> None:
    assert not unwalled("diaries", _migration([ALTER]))


def _apply(operations: list[Operation]) -> None:
    state = MigrationLoader(connection).project_state()
    with behind_the_wall(), connection.schema_editor(atomic=True) as editor:
        _migration(operations).apply(state, editor)


def test_what_happens_to_the_triggers(inside: str) -> None:
    _apply([ALTER])
    fallen = missing_walls(connection)
    assert bool(fallen) is (connection.vendor == "sqlite")
    assert all(name.startswith("records_event_") for name in fallen)
    again = migrations.AlterField("event", "verb", models.CharField(max_length=95))
    _apply(walled(again))
    assert missing_walls(connection) == []


@pytest.mark.long
def test_walls_stand_whichever_walled_table_is_rebuilt(inside: str) -> None:
    """Other triggers speak of the disposals, which SQLite would not let be rebuilt under them."""
    rebuilt = [
        migrations.AlterField("disposal", "certificate", models.CharField(max_length=120)),
        migrations.AlterField("eventdetail", "salt", models.CharField(max_length=40)),
        migrations.AlterField("seal", "signature", models.CharField(max_length=140)),
        migrations.AlterField("sealedleaf", "digest", models.CharField(max_length=70)),
        migrations.AlterField("searchentry", "title", models.CharField(max_length=310)),
    ]
    for change in rebuilt:
        _apply(walled(change))
        assert missing_walls(connection) == [], change.describe()
