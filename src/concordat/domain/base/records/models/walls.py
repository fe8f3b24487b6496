"""Triggers that keep the ledger append-only, and the full-text index, on both engines.

SQLite drops a table's triggers when Django rebuilds the table, so every migration that
touches one of these tables raises the walls again, and start-up checks that they stand.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

APPEND_ONLY = ("records_event", "records_disposal", "records_seal", "records_sealedleaf")
DETAIL = "records_eventdetail"
REFUSAL = "the ledger is append-only"


def raise_walls(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make every trigger anew; safe to run again."""
    statements = _sqlite() if schema_editor.connection.vendor == "sqlite" else _postgresql()
    for statement in statements:
        schema_editor.execute(statement)


def missing_walls(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that should stand and do not."""
    source = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(source)
        standing = {row[0] for row in cursor.fetchall()}
    return sorted(_names(connection.vendor) - standing)


def _names(vendor: str) -> set[str]:
    acts = ("update", "delete") if vendor == "sqlite" else ("update", "delete", "truncate")
    names = {f"{table}_no_{act}" for table in (*APPEND_ONLY, DETAIL) for act in acts}
    if vendor == "sqlite":
        names |= {f"records_words_{act}" for act in ("insert", "update", "delete")}
    return names


def _sqlite() -> list[str]:
    statements = []
    for table in (*APPEND_ONLY, DETAIL):
        for act in ("update", "delete"):
            certificate = (
                "WHEN NOT EXISTS (SELECT 1 FROM records_disposal WHERE event = OLD.event) "
                if (table, act) == (DETAIL, "delete")
                else ""
            )
            statements += [
                f"DROP TRIGGER IF EXISTS {table}_no_{act}",
                f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} {certificate}"
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
            ]
    return statements + _sqlite_words()


def _sqlite_words() -> list[str]:
    gone = (
        "INSERT INTO records_words (records_words, rowid, title, words) "
        "VALUES ('delete', OLD.id, OLD.title, OLD.words);"
    )
    come = "INSERT INTO records_words (rowid, title, words) VALUES (NEW.id, NEW.title, NEW.words);"
    bodies = {"insert": come, "delete": gone, "update": gone + come}
    statements = [
        "CREATE VIRTUAL TABLE IF NOT EXISTS records_words USING fts5("
        "title, words, content='records_searchentry', content_rowid='id', "
        "tokenize='porter unicode61')"
    ]
    for act, body in bodies.items():
        statements += [
            f"DROP TRIGGER IF EXISTS records_words_{act}",
            f"CREATE TRIGGER records_words_{act} AFTER {act.upper()} ON records_searchentry "
            f"BEGIN {body} END",
        ]
    return statements


def _postgresql() -> list[str]:
    statements = [
        "CREATE OR REPLACE FUNCTION concordat_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
        "CREATE OR REPLACE FUNCTION concordat_need_certificate() RETURNS trigger "  # noqa: S608
        "LANGUAGE plpgsql AS $$ BEGIN "
        "IF NOT EXISTS (SELECT 1 FROM records_disposal WHERE event = OLD.event) THEN "
        f"RAISE EXCEPTION '{REFUSAL}'; END IF; RETURN OLD; END $$",
    ]
    for table in (*APPEND_ONLY, DETAIL):
        for act in ("update", "delete", "truncate"):
            certified = (table, act) == (DETAIL, "delete")
            rows = "STATEMENT" if act == "truncate" else "ROW"
            function = "concordat_need_certificate" if certified else "concordat_refuse"
            statements += [
                f"DROP TRIGGER IF EXISTS {table}_no_{act} ON {table}",
                f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
                f"FOR EACH {rows} EXECUTE FUNCTION {function}()",
            ]
    return [*statements, *_postgresql_words()]


def _postgresql_words() -> list[str]:
    return [
        "ALTER TABLE records_searchentry ADD COLUMN IF NOT EXISTS vector tsvector GENERATED "
        "ALWAYS AS (to_tsvector('english', title || ' ' || words)) STORED",
        "CREATE INDEX IF NOT EXISTS records_words ON records_searchentry USING gin (vector)",
    ]
