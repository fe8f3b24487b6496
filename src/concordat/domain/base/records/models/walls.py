"""Triggers that keep the ledger append-only, and the full-text index, on both engines.

SQLite drops a table's triggers when Django rebuilds the table, so a migration that touches
one of these tables does so inside `walled`, and start-up checks that every trigger stands
as it was made.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

# For each table, what a new row may share with no other: SQLite's INSERT OR REPLACE deletes
# the row that stands in the way without asking the trigger that refuses deletion.
KEYS = {
    "records_event": ("id = NEW.id",),
    "records_eventdetail": ("event = NEW.event",),
    "records_disposal": ("event = NEW.event",),
    "records_seal": ("number = NEW.number", "hash = NEW.hash"),
    "records_sealedleaf": (
        "id = NEW.id",
        "event = NEW.event",
        "(seal_id = NEW.seal_id AND position = NEW.position)",
    ),
}
DETAIL = "records_eventdetail"
SEARCH = "records_searchentry"
WALLED = (*KEYS, SEARCH)
REFUSAL = "the ledger is append-only"
UNLESS_DISPOSED = "NOT EXISTS (SELECT 1 FROM records_disposal WHERE event = OLD.event)"


def walled(*changes: Operation) -> list[Operation]:
    """A migration's operations on walled tables, with the walls down only while they run."""
    down = migrations.RunPython(_lower, _raise)
    return [down, *changes, migrations.RunPython(_raise, _lower)]


def _lower(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    lower_walls(schema_editor)


def _raise(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    raise_walls(schema_editor)


def raise_walls(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make every trigger anew; safe to run again."""
    for statement in raising(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def lower_walls(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take every trigger away, and what else holds a column, for a migration that raises them."""
    vendor = schema_editor.connection.vendor
    index = [] if vendor == "sqlite" else [f"ALTER TABLE {SEARCH} DROP COLUMN IF EXISTS vector"]
    for statement in [*_lowering(vendor), *index]:
        schema_editor.execute(statement)


def raising(vendor: str) -> list[str]:
    """The statements that make every wall anew."""
    ground = [_SQLITE_WORDS] if vendor == "sqlite" else [*_functions(), *_POSTGRESQL_WORDS]
    return [*_lowering(vendor), *ground, *_triggers(vendor).values()]


def _lowering(vendor: str) -> list[str]:
    on = "" if vendor == "sqlite" else " ON {}"
    return [
        f"DROP TRIGGER IF EXISTS {name}{on.format(table)}"
        for table in WALLED
        for name in _triggers(vendor, table)
    ]


def _functions() -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
        for name, body in _FUNCTIONS.items()
    ]


def missing_walls(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that should stand as they were made, and do not."""
    wanted = _triggers(connection.vendor)
    if connection.vendor == "postgresql":
        wanted |= _FUNCTIONS
    with connection.cursor() as cursor:
        standing: dict[str, str] = {}
        for question in _QUESTIONS[connection.vendor]:
            cursor.execute(question)
            standing |= dict(cursor.fetchall())
    return sorted(name for name, made in wanted.items() if standing.get(name) != made)


_QUESTIONS = {
    "sqlite": ("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",),
    "postgresql": (
        "SELECT tgname, pg_get_triggerdef(oid, true) FROM pg_trigger "
        "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND pg_table_is_visible(tgrelid)",
        "SELECT proname, prosrc FROM pg_proc "
        "WHERE proname LIKE 'concordat%' AND pg_function_is_visible(oid)",
    ),
}


def _triggers(vendor: str, only: str = "") -> dict[str, str]:
    """The statement that makes each trigger, by its name."""
    tables = (only,) if only else WALLED
    make = _sqlite if vendor == "sqlite" else _postgresql
    return {name: made for table in tables for name, made in make(table).items()}


def _sqlite(table: str) -> dict[str, str]:
    if table == SEARCH:
        return _sqlite_words()
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    found = " OR ".join(KEYS[table])
    taken = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {found}) "  # noqa: S608 - constants
    unless = f"WHEN {UNLESS_DISPOSED} " if table == DETAIL else ""
    conditions = {"replace": taken, "update": "", "delete": unless}
    return {
        f"{table}_no_{act}": (
            f"CREATE TRIGGER {table}_no_{act} BEFORE "
            f"{'INSERT' if act == 'replace' else act.upper()} ON {table} {condition}{refuse}"
        )
        for act, condition in conditions.items()
    }


def _sqlite_words() -> dict[str, str]:
    gone = (
        "INSERT INTO records_words (records_words, rowid, title, words) "
        "VALUES ('delete', OLD.id, OLD.title, OLD.words);"
    )
    come = "INSERT INTO records_words (rowid, title, words) VALUES (NEW.id, NEW.title, NEW.words);"
    bodies = {"insert": come, "delete": gone, "update": gone + come}
    return {
        f"records_words_{act}": (
            f"CREATE TRIGGER records_words_{act} AFTER {act.upper()} ON {SEARCH} BEGIN {body} END"
        )
        for act, body in bodies.items()
    }


_SQLITE_WORDS = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS records_words USING fts5("
    f"title, words, content='{SEARCH}', content_rowid='id', tokenize='porter unicode61')"
)
_POSTGRESQL_WORDS = (
    f"ALTER TABLE {SEARCH} ADD COLUMN IF NOT EXISTS vector tsvector GENERATED "
    "ALWAYS AS (to_tsvector('english', title || ' ' || words)) STORED",
    f"CREATE INDEX IF NOT EXISTS records_words ON {SEARCH} USING gin (vector)",
)
_FUNCTIONS = {
    "concordat_refuse": f" BEGIN RAISE EXCEPTION '{REFUSAL}'; END ",
    "concordat_need_certificate": (
        f" BEGIN IF {UNLESS_DISPOSED} THEN RAISE EXCEPTION '{REFUSAL}'; END IF; RETURN OLD; END "
    ),
}


def _postgresql(table: str) -> dict[str, str]:
    if table == SEARCH:
        return {}
    made = {}
    for act in ("update", "delete", "truncate"):
        rows = "STATEMENT" if act == "truncate" else "ROW"
        certified = table == DETAIL and act == "delete"
        function = "concordat_need_certificate" if certified else "concordat_refuse"
        made[f"{table}_no_{act}"] = (
            f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
            f"FOR EACH {rows} EXECUTE FUNCTION {function}()"
        )
    return made
