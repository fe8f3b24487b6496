"""An empty database gets its tables at once: they are those to which the migrations lead."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.databases import Databases, command, connection_to, environment

STEPWISE = "import django; django.setup(); from django.core.management import call_command; "
STEPWISE += "call_command('migrate', verbosity=0); call_command('createcachetable', verbosity=0)"
UNUSED = {"auth_group_permissions"}
"""Django's own; nobody here is in a group. Its rows count in a wider number step by step."""


def shape(url: str) -> dict[str, Any]:
    """Every column, key, index, check, trigger and virtual table, and which migrations count."""
    connection = connection_to(url, pooled=False)
    try:
        with connection.cursor() as cursor:
            tables = sorted(connection.introspection.table_names(cursor))
            told: dict[str, Any] = {table: _table(connection, cursor, table) for table in tables}
            cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
            told["applied"] = cursor.fetchall()
            cursor.execute("SELECT app_label, model FROM django_content_type ORDER BY 1, 2")
            told["kinds"] = cursor.fetchall()
            told["beside"] = sorted(_beside(connection, cursor))
    finally:
        connection.close()
    return told


def _table(connection: Any, cursor: Any, table: str) -> dict[str, Any]:
    return {
        "columns": sorted(_columns(connection, cursor, table)),
        "keys": sorted(_keys(connection, cursor, table)),
        "checks": sorted(_checks(connection, cursor, table)),
    }


def _columns(connection: Any, cursor: Any, table: str) -> list[str]:
    """Without their order: what a migration added later stands last."""
    if connection.vendor == "postgresql":
        sql = "SELECT column_name, data_type, character_maximum_length, is_nullable,"
        sql += " column_default, is_identity FROM information_schema.columns"
        cursor.execute(f"{sql} WHERE table_schema = 'public' AND table_name = %s", [table])
        return [str(row) for row in cursor.fetchall()]
    cursor.execute(f'PRAGMA table_info("{table}")')
    return [str(row[1:]) for row in cursor.fetchall()]


def _keys(connection: Any, cursor: Any, table: str) -> list[str]:
    """Primary, foreign and unique keys: those with names that say nothing without them."""
    if connection.vendor == "postgresql":
        sql = "SELECT contype, CASE WHEN contype = 'f' THEN conname END, condeferrable,"
        sql += " pg_get_constraintdef(oid) FROM pg_constraint"
        cursor.execute(f"{sql} WHERE conrelid = %s::regclass AND contype <> 'c'", [f'"{table}"'])
        return [str(row) for row in cursor.fetchall()]
    cursor.execute(f'PRAGMA foreign_key_list("{table}")')
    told = [str(row[2:]) for row in cursor.fetchall()]
    cursor.execute(f'PRAGMA index_list("{table}")')
    for _, name, *rest in cursor.fetchall():
        cursor.execute(f'PRAGMA index_info("{name}")')
        told.append(str((rest, [row[2] for row in cursor.fetchall()])))
    return told


def _checks(connection: Any, cursor: Any, table: str) -> Iterator[str]:
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype = 'c'",
            [f'"{table}"'],
        )
        yield from (told for (told,) in cursor.fetchall())
        return
    cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [table])
    for part in (cursor.fetchone()[0] or "").split("CONSTRAINT ")[1:]:
        yield part.rstrip("), \n")


def _beside(connection: Any, cursor: Any) -> Iterator[str]:
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
            " UNION ALL SELECT pg_get_functiondef(p.oid) FROM pg_proc p"
            " JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname = 'public' AND p.prokind = 'f'"
            " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
            " UNION ALL SELECT indexname || ' ' || indexdef FROM pg_indexes"
            " WHERE schemaname = 'public' AND indexname NOT LIKE '%%_key'"
        )
    else:
        cursor.execute(
            "SELECT type || ' ' || name || ' ' || sql FROM sqlite_master"
            " WHERE type IN ('trigger', 'index') AND sql IS NOT NULL OR sql LIKE 'CREATE VIRTUAL%%'"
        )
    yield from (told for (told,) in cursor.fetchall())


def asked(url: str, sql: str) -> list[Any]:
    connection = connection_to(url, pooled=False)
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall()) if cursor.description else []
    finally:
        connection.close()


@pytest.mark.long
def test_the_tables_are_those_to_which_the_migrations_lead(
    databases: Databases, shared_folder: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    at_once, stepwise = databases.copier.new("at_once"), databases.copier.new("stepwise")
    try:
        made = command("migrate", url=at_once, var=shared_folder)
        assert made.returncode == 0, made.stderr
        subprocess.run(
            [sys.executable, "-c", STEPWISE], env=environment(stepwise, shared_folder), check=True
        )
        with django_db_blocker.unblock():
            first, second = shape(at_once), shape(stepwise)
        assert len(first["applied"]) > 100
        assert first.keys() == second.keys()
        apart = {name: told for name, told in first.items() if told != second[name]}
        assert {name: told for name, told in apart.items() if name not in UNUSED} == {}
    finally:
        databases.copier.drop(at_once)
        databases.copier.drop(stepwise)


@pytest.mark.long
def test_a_database_that_holds_something_is_migrated_step_by_step(
    databases: Databases, shared_folder: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    url = databases.copier.new("something")
    try:
        with django_db_blocker.unblock():
            asked(url, "CREATE TABLE records_record (id integer)")
            made = command("migrate", url=url, var=shared_folder)
            assert made.returncode != 0, "nothing is recorded as done that was not done"
            applied = asked(url, "SELECT app FROM django_migrations")
        assert "seats" not in {app for (app,) in applied}
    finally:
        databases.copier.drop(url)


@pytest.mark.long
def test_two_that_prepare_one_database_at_once_both_find_it_prepared(
    databases: Databases, tmp_path: Path
) -> None:
    """Two machines share a database on PostgreSQL, two commands share a folder on SQLite."""
    url = databases.copier.new("together")
    apart = not url.startswith("sqlite")

    def prepared(place: int) -> tuple[str, str, int]:
        var = tmp_path / str(place) if apart else tmp_path
        ran = command("migrate", url=url, var=var)
        return ran.stdout, ran.stderr, ran.returncode

    try:
        with ThreadPoolExecutor() as pool:
            told = sorted(pool.map(prepared, range(2)))
        assert told == [
            ("The database is up to date already.\n", "", 0),
            ("The database is up to date.\n", "", 0),
        ]
    finally:
        databases.copier.drop(url)
