"""Worlds to load, and short ways to load them and to see what a database holds."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from textwrap import dedent

from django.apps import apps
from django.db.models import Model

from concordat.domain.assurance.exchange import operations, queries, rules
from concordat.domain.assurance.exchange.operations import Loaded
from concordat.domain.base.records.models import Event
from concordat.kernel.actor import process
from tests.rows import Rows, kept, rows_of
from tests.rules.exchange.examples import SEEDS, folder

HERE = Path(__file__).parent / "worlds"
WORLDS = {
    "the two papers": SEEDS,
    "a county whose health bodies merged": HERE / "county",
    "two councils and two forces": HERE / "two-towns",
    "a partnership of partnerships": HERE / "three-banks",
    "lead and delegated partners of 2026": HERE / "fells",
    "health bodies that merged twice, three parents, and power by name": HERE / "alliance",
}
LOADER = process("loader", date(2026, 3, 20))
Texts = dict[str, str]


def load(files: Mapping[str, str]) -> Loaded:
    return operations.load(LOADER, file=rules.read(files))


def load_world(path: Path) -> Loaded:
    return load(folder(path))


def small(more: str = "", key: str = "fell") -> Texts:
    """A partnership of one council with a seat, and whatever more is said."""
    return {
        f"{key}.yaml": dedent(
            f"""\
            format: 1
            partnership: {{key: {key}, name: {key.capitalize()} Partnership}}
            agencies:
            - {{key: council, name: {key.capitalize()} Council, class: council}}
            bodies:
            - {{key: executive, name: Executive, kind: executive}}
            posts:
            - {{key: director, title: Director, agency: council}}
            seats:
            - {{key: council, body: executive, role: Council, agency: council}}
            """
        )
        + dedent(more)
    }


def exported(*slugs: str) -> Texts:
    """Everything that is kept, as the files that would load it again."""
    return rules.to_yaml(queries.file_of(LOADER, slugs or None))


def ours() -> list[type[Model]]:
    return [each for each in apps.get_models() if each.__module__.startswith("concordat.")]


def everything() -> Rows:
    """Every row of every table of ours."""
    return rows_of(ours())


def nothing_changed() -> AbstractContextManager[None]:
    return kept(ours(), given=Event)


def events_since(number: int) -> list[str]:
    return list(Event.objects.filter(pk__gt=number).order_by("pk").values_list("verb", flat=True))


def last_number() -> int:
    last = Event.objects.order_by("-pk").first()
    return last.pk if last else 0
