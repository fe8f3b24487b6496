"""`world load`: an example world with its invented cast, into an empty database only."""

from __future__ import annotations

from pathlib import Path

import click

from concordat.domain.assurance.exchange import operations, rules
from concordat.domain.assurance.exchange.rules.cast import Cast, dated, read_cast
from concordat.kernel.actor import process
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import count, near

EXAMPLES = Path(__file__).parents[3] / "examples"


@click.group()
def world() -> None:
    """Example worlds to look at and to learn with. Never in production."""


@world.command("load")
@click.argument("name")
@click.option(
    "--examples",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=EXAMPLES,
    help="The folder that holds the worlds and their casts.",
)
def load_world(name: str, examples: Path) -> None:
    """Load an example world with its cast into a database that holds nothing yet."""
    from django.conf import settings
    from django.utils import timezone

    if settings.PRODUCTION:
        raise Refused("Example worlds are not loaded in production.")
    cast = _cast(examples, name)
    actor = process("loader", cast.practice_date or timezone.localdate())
    invented = _texts(examples / "casts" / name).items()
    file = rules.read(
        {**_texts(examples / name), **{each: dated(text, actor.on) for each, text in invented}}
    )
    loaded, people = operations.cast(actor, file=file, cast=cast)
    click.echo(f"{name}: {count(loaded.rows, 'row')} and {count(len(people), 'member')} of cast.")


def _cast(examples: Path, name: str) -> Cast:
    path = examples / "casts" / name / "cast.yaml"
    if not path.is_file():
        known = sorted(p.parent.name for p in examples.glob("casts/*/cast.yaml"))
        close = near(name, known) or known
        raise Invalid(
            f"There is no example world called “{name}”.", mend=f"There is {' and '.join(close)}."
        )
    return read_cast(path.read_text("utf-8"), str(path.name))


def _texts(folder: Path) -> dict[str, str]:
    found = {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*.yaml"))}
    return {name: p.read_text("utf-8") for name, p in found.items() if name != "cast.yaml"}
