"""How a local review is begun: who refers, who decides and who leads, borough by borough today and
by the shared way that was agreed. What a source does not say stays a question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concordat.kernel.dates import UncertainDate
from concordat.kernel.labels import count


class RouteStep(StrEnum):
    REFERS = "who refers"
    DECIDES = "who decides"
    LEADS = "who leads"

    @property
    def label(self) -> str:
        return self.value.capitalize()


SHARED = ""
"""The place of the shared way, beside the names of the boroughs."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one step in one place: words, or a question where nothing is said."""

    step: RouteStep
    place: str
    words: str
    question: str
    source: str
    stated_on: UncertainDate | None
    from_day: date
    to_day: date | None = None

    @property
    def is_open(self) -> bool:
        return not self.words


def holds(row: Said, on: date) -> bool:
    """In force on a day and known by then."""
    known = row.stated_on is None or row.stated_on.latest is None or row.stated_on.latest <= on
    return known and row.from_day <= on and (row.to_day is None or row.to_day >= on)


def map_of(rows: Iterable[Said], on: date) -> dict[tuple[RouteStep, str], Said]:
    """What is said of each step in each place on a day; the newest where two hold."""
    held = sorted((row for row in rows if holds(row, on)), key=lambda row: row.from_day)
    return {(row.step, row.place): row for row in held}


def places_of(rows: Iterable[Said]) -> tuple[str, ...]:
    """The boroughs, by name."""
    return tuple(sorted({row.place for row in rows if row.place != SHARED}))


def map_in_a_sentence(found: dict[tuple[RouteStep, str], Said], places: tuple[str, ...]) -> str:
    """ "3 boroughs. The shared way is agreed for 1 of 3 steps; 8 questions are open."."""
    if not found:
        return "Nothing is said yet of how a local review is begun."
    agreed = sum((step, SHARED) in found and not found[step, SHARED].is_open for step in RouteStep)
    cells = [(step, place) for step in RouteStep for place in (*places, SHARED)]
    asked = sum(cell not in found or found[cell].is_open for cell in cells)
    told = f"{count(asked, 'question')} {'is' if asked == 1 else 'are'} open"
    return (
        f"{count(len(places), 'borough')}. The shared way is stated for {agreed} of "
        f"{len(RouteStep)} steps; {told if asked else 'no question is open'}."
    )
