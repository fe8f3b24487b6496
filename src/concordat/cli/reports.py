"""`report`: what a partnership tells of itself as at a day, in any format."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from concordat.cli.arrangements import asker, partnership_of
from concordat.cli.days import Day
from concordat.cli.outputs import write
from concordat.craft import formats
from concordat.domain.assurance.reports import queries, rules
from concordat.domain.base.agencies.queries import Partnership
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid


def _list(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        for each in queries.reports(asker()):
            click.echo(f"{each.name}: {each.title}. {each.does}")
        ctx.exit()


@click.command()
@click.option("--list", is_flag=True, is_eager=True, expose_value=False, callback=_list,
              help="Say which reports there are.")  # fmt: skip
@click.argument("name")
@click.argument("partnership")
@click.option("--as-at", type=Day(), required=True, help="The day, such as 2019-06-01.")
@click.option("--format", "form", type=click.Choice(list(formats.MEDIA_TYPES)), required=True,
              help="Which format.")  # fmt: skip
@click.option("--own", is_flag=True, help="Fill the partnership's own Word template.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True,
              help="The file to write.")  # fmt: skip
def report(name: str, partnership: str, as_at: date, form: str, own: bool, out: Path) -> None:
    """Write a report as known by a day."""
    actor = asker()
    home = partnership_of(actor, partnership)
    made = queries.made(actor, name, home, as_at)
    data = _own(actor, name, home, as_at, form) if own else formats.write(made, form)
    write(out, data)
    click.echo(f"{out}: {made.title}")


def _own(actor: Actor, name: str, home: Partnership, as_at: date, form: str) -> bytes:
    declared = rules.declared(name)
    if declared is None or form != "docx":
        raise Invalid(
            "Only a report that people write in, as Word, has a template of its own.",
            field="own",
            mend="Leave --own out, or ask for --format docx.",
        )
    return queries.in_own_template(actor, declared, home, as_at)
