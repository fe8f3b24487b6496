"""The ledger's triggers: what they refuse, and that a missing one is reported at start-up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core import checks
from django.db import DatabaseError, connection, transaction

from concordat.domain.base.records import operations
from concordat.domain.base.records.models import (
    Disposal,
    Event,
    EventDetail,
    Seal,
    SealedLeaf,
)
from concordat.domain.base.records.models.walls import KEYS, missing_walls
from concordat.kernel.errors import Refused
from tests.operations.records.conftest import (
    SEALER,
    SYSTEM,
    Cast,
    last_event,
    nothing_changed,
)
from tests.walls import behind_the_wall

TABLES = {
    "records_event": (Event, "verb"),
    "records_eventdetail": (EventDetail, "after"),
    "records_disposal": (Disposal, "reason"),
    "records_seal": (Seal, "hash"),
    "records_sealedleaf": (SealedLeaf, "digest"),
}


@pytest.fixture
def filled(cast: Cast) -> Iterator[None]:
    """A row in every walled table, and the tester's own password to the database."""
    operations.dispose_detail(
        SYSTEM, event=Event.objects.earliest("pk").pk, certificate="C-1", reason="Retention."
    )
    operations.seal(SEALER)
    assert set(TABLES) == set(KEYS)
    assert all(model.objects.exists() for model, _ in TABLES.values())
    connection.check_constraints()
    with behind_the_wall():
        yield


pytestmark = pytest.mark.usefixtures("filled")


def refused(sql: str) -> None:
    with (
        nothing_changed(),
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_updated_or_deleted(table: str) -> None:
    column = TABLES[table][1]
    refused(f"UPDATE {table} SET {column} = 'x'")
    refused(f"UPDATE {table} SET {column} = {column}")
    refused(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_replaced(table: str) -> None:
    """An insertion that replaces is a deletion, which SQLite does not ask the triggers about."""
    if connection.vendor == "sqlite":
        refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
        refused(f"REPLACE INTO {table} SELECT * FROM {table}")
    else:
        key = TABLES[table][0]._meta.pk.column
        column = TABLES[table][1]
        refused(
            f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({key}) "
            f"DO UPDATE SET {column} = 'x'"
        )


def test_no_leaf_is_replaced_through_any_of_its_keys() -> None:
    if connection.vendor != "sqlite":
        refused("UPDATE records_sealedleaf SET event = 99999")
        return
    columns = "(seal_id, position, event, digest)"
    place = "(SELECT seal_id, position, 99999, 'x' FROM records_sealedleaf LIMIT 1)"
    event = "(SELECT seal_id, 99999, event, 'x' FROM records_sealedleaf LIMIT 1)"
    for row in (place, event):
        refused(f"INSERT OR REPLACE INTO records_sealedleaf {columns} SELECT * FROM {row}")
    refused(
        "INSERT OR REPLACE INTO records_seal SELECT 99, previous, hash, leaves, at, signature "
        "FROM records_seal LIMIT 1"
    )


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_truncated(table: str) -> None:
    if connection.vendor == "postgresql":
        refused(f"TRUNCATE {table} RESTART IDENTITY CASCADE")
    else:
        refused(f"DELETE FROM {table} WHERE 1")


def test_a_detail_is_deleted_under_a_certificate_only() -> None:
    kept = Event.objects.latest("pk")
    event = kept.pk
    refused(f"DELETE FROM records_eventdetail WHERE event = {event}")
    with behind_the_wall():
        Disposal.objects.create(
            event=event, certificate="C-2", reason="R.", at=kept.at, told_in=event, mac="x"
        )
        EventDetail.objects.filter(pk=event).delete()
    assert not EventDetail.objects.filter(pk=event).exists()


def names() -> list[str]:
    """Every trigger of the ledger, as the database lists them."""
    source = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(source)
        return [name for (name,) in cursor.fetchall() if name.startswith("records_")]


def say(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def reported() -> list[str]:
    messages = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    return [str(each.msg) for each in messages if each.id == "records.E001"]


def drop(name: str) -> None:
    table = name.rsplit("_no_", 1)[0] if "_no_" in name else "records_searchentry"
    say(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))


def test_every_wall_stands_after_migration() -> None:
    assert missing_walls(connection) == []
    assert reported() == []
    expected = 18 if connection.vendor == "sqlite" else 15
    assert len(names()) == expected


@pytest.mark.long
def test_each_missing_wall_is_named_at_start_up() -> None:
    for name in names():
        with transaction.atomic():
            drop(name)
            assert missing_walls(connection) == [name]
            assert len(reported()) == 1
            assert name in reported()[0]
            transaction.set_rollback(True)
    assert reported() == []


def test_a_wall_that_was_hollowed_out_is_named() -> None:
    if connection.vendor == "sqlite":
        drop("records_event_no_delete")
        say(
            "CREATE TRIGGER records_event_no_delete BEFORE DELETE ON records_event WHEN 0 "
            "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        )
        assert missing_walls(connection) == ["records_event_no_delete"]
        return
    hollow: dict[str, tuple[str, ...]] = {
        "records_event_no_delete": (
            "ALTER TABLE records_event DISABLE TRIGGER records_event_no_delete",
        ),
        "records_event_no_update": (
            "ALTER TABLE records_event ENABLE REPLICA TRIGGER records_event_no_update",
        ),
        "records_seal_no_update": (
            "DROP TRIGGER records_seal_no_update ON records_seal",
            "CREATE TRIGGER records_seal_no_update BEFORE UPDATE ON records_seal "
            "FOR EACH ROW WHEN (false) EXECUTE FUNCTION concordat_refuse()",
        ),
        "concordat_refuse": (
            "CREATE OR REPLACE FUNCTION concordat_refuse() RETURNS trigger LANGUAGE plpgsql "
            "AS $$ BEGIN RETURN OLD; END $$",
        ),
    }
    for name, statements in hollow.items():
        with transaction.atomic():
            say(*statements)
            assert missing_walls(connection) == [name]
            transaction.set_rollback(True)


def test_raising_the_walls_again_mends_them_and_is_told() -> None:
    assert operations.raise_walls(SYSTEM) == []
    gone = sorted(names())[:3]
    for name in gone:
        drop(name)
    assert operations.raise_walls(SYSTEM) == gone
    assert last_event("walls of the ledger raised again")[2] == {"missing": gone}
    assert missing_walls(connection) == []
    refused("DELETE FROM records_event")


def test_only_the_system_raises_walls(cast: Cast) -> None:
    drop("records_event_no_delete")
    with nothing_changed(), pytest.raises(Refused):
        operations.raise_walls(cast.manager)
