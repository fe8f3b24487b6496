"""Preparing a database."""

from __future__ import annotations

import click


@click.command()
def migrate() -> None:
    """Prepare a database, or bring one up to date. Running it twice changes nothing."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    click.echo("The database is up to date.")
