"""What the public is told, gathered from published rows and from what was written for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Area, FrontDoor, Partnership
from concordat.domain.base.agencies.rules import Topic, dialled
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate


@dataclass(frozen=True, slots=True)
class Door:
    """A number to call, with what a telephone dials and whether its day of review is past."""

    row: FrontDoor
    is_old: bool

    @property
    def dials(self) -> str:
        return dialled(self.row.phone)

    @property
    def dials_after_hours(self) -> str:
        return dialled(self.row.after_hours)


@dataclass(frozen=True, slots=True)
class Doors:
    """Whom to call, area by area; `everywhere` holds for all, `without` have nobody yet."""

    everywhere: list[Door]
    by_area: list[tuple[Area, list[Door]]]
    without: list[Area]

    @property
    def is_empty(self) -> bool:
        return not self.everywhere and not self.by_area


def doors(actor: Actor, home: Partnership) -> Doors:
    rows = [Door(row, is_past(actor, row.review_on)) for row in agencies.front_doors(actor, home)]
    everywhere = [each for each in rows if each.row.area_id is None]
    own = list(agencies.own_areas(actor, home))
    of = {area.pk: [each for each in rows if each.row.area_id == area.pk] for area in own}
    return Doors(
        everywhere,
        [(area, of[area.pk]) for area in own if of[area.pk]],
        [area for area in own if not of[area.pk] and not everywhere],
    )


def notes(actor: Actor, home: Partnership) -> dict[str, dict[str, Any]]:
    """What is said of each topic, under its key, with whether its day of review is past."""
    return {
        Topic(row.topic).name.lower(): {"row": row, "is_old": is_past(actor, row.review_on)}
        for row in agencies.public_notes(actor, home)
    }


def is_past(actor: Actor, review_on: str) -> bool:
    said = UncertainDate.parse(review_on) if review_on else None
    return said is not None and said.certainly_before(actor.on)


IN_FORCE = "in force"
PARTNERS = {
    "Agency": "agency",
    "Class": "kind",
    "Area": "area",
    "Accountable": "accountable",
    "Delegate": "delegate",
}
BODIES = {"Body": "name", "Stands": "stands", "How often": "often"}


def partners(frozen: Mapping[str, Any]) -> list[dict[str, str]]:
    """Each statutory partner with the posts that answer for it: posts, never a person's name."""
    return _rows(frozen, "partners", PARTNERS)


def bodies(frozen: Mapping[str, Any]) -> list[dict[str, str]]:
    """The bodies that were in force in what was published."""
    rows = _rows(frozen, "bodies", BODIES)
    return [row for row in rows if row["stands"].casefold().startswith(IN_FORCE)]


def _rows(frozen: Mapping[str, Any], name: str, wanted: Mapping[str, str]) -> list[dict[str, str]]:
    """The rows of one block of a frozen text, by the heads of its columns: a column in which
    nothing is said is left out of the text, and is empty here."""
    blocks = [block for each in frozen["sections"] for block in each["blocks"]]
    block = next((each for each in blocks if each["name"] == name), None)
    if block is None:
        return []
    found = [dict(zip(block["columns"], row["cells"], strict=True)) for row in block["rows"]]
    return [{key: row.get(head, "") for head, key in wanted.items()} for row in found]


def words_of(section: Mapping[str, Any]) -> str:
    """Everything that a section says, to be searched."""
    cells = [cell for block in section["blocks"] for row in block["rows"] for cell in row["cells"]]
    return " ".join([section["text"], *cells])


def found_in(asked: str, *texts: str) -> bool:
    """Whether every word that was asked for stands in one of the texts."""
    whole = " ".join(texts).casefold()
    words = asked.casefold().split()
    return bool(words) and all(word in whole for word in words)


def around(text: str, asked: str, room: int = 160) -> str:
    """The words around the first that was asked for, to be shown under a result."""
    flat = " ".join(text.split())
    words = [at for word in asked.casefold().split() if (at := flat.casefold().find(word)) >= 0]
    start = max(0, min(words, default=0) - room // 2)
    cut = flat[start : start + room]
    return f"{'…' if start else ''}{cut}{'…' if start + room < len(flat) else ''}"
