"""Preparing a database."""

from __future__ import annotations

import click


@click.command()
def migrate() -> None:
    """Prepare a database, or bring one up to date. Running it twice changes nothing."""
    from django.core.management import call_command

    if _waits_for_nothing():
        click.echo("The database is up to date already.")
        return
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    click.echo("The database is up to date.")


def _waits_for_nothing() -> bool:
    """Whether every migration and the table of the cache are there."""
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    return settings.CACHES["default"]["LOCATION"] in connection.introspection.table_names()
