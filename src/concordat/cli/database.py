"""Preparing a database."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from django.db.migrations.executor import MigrationExecutor

MIGRATING = 20_190_329
"""The number of the lock that PostgreSQL keeps while a database is prepared."""


@click.command()
def migrate() -> None:
    """Prepare a database, or bring one up to date. Running it twice changes nothing."""
    with _one_at_a_time():
        _bring_up_to_date()


def _bring_up_to_date() -> None:
    from django.core.management import call_command
    from django.db import connection

    if is_up_to_date():
        click.echo("The database is up to date already.")
        return
    if not connection.introspection.table_names():
        _build()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    click.echo("The database is up to date.")


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two that prepare one database together trip over each other's tables. The second waits:
    on this machine for the folder, from another one for PostgreSQL.
    """
    from django.conf import settings
    from django.db import connection

    folder = os.open(settings.VAR, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        with _lock_of_postgresql() if connection.vendor == "postgresql" else nullcontext():
            yield
    finally:
        os.close(folder)


@contextmanager
def _lock_of_postgresql() -> Iterator[None]:
    from django.db import DatabaseError, connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])


def is_up_to_date() -> bool:
    """Whether every migration and the table of the cache are there."""
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    return settings.CACHES["default"]["LOCATION"] in connection.introspection.table_names()


def _build() -> None:
    """Make the tables of an empty database as the models stand, and record every migration.

    To go through all migrations one by one takes two hundred times as long, and more with each
    package (decision 25). What they do to an empty database beside its tables bears the hint
    "empty too". A database that holds anything is migrated step by step.
    """
    from django.apps import apps
    from django.core.management.sql import emit_post_migrate_signal
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    with connection.schema_editor(atomic=True) as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        for work in _also(executor):
            work(apps, editor)
        executor.recorder.ensure_schema()
        for name in executor.loader.graph.nodes:
            executor.recorder.record_applied(*name)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


def _also(executor: MigrationExecutor) -> Iterator[Callable[..., None]]:
    from django.db.migrations import RunPython

    graph = executor.loader.graph
    for migration, _ in executor.migration_plan(graph.leaf_nodes(), clean_start=True):
        for operation in migration.operations:
            if isinstance(operation, RunPython) and operation.hints.get("empty too"):
                yield operation.code
