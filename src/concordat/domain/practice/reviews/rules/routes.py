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


def known_from(row: Said) -> date:
    """The first day on which a row was known for certain. What became known some time in a month,
    and began on a day of that month, was known on that day."""
    told = row.stated_on
    if told is None or told.latest is None:
        return row.from_day
    began_within = told.earliest is not None and told.earliest <= row.from_day <= told.latest
    return row.from_day if began_within else max(row.from_day, told.latest)


def map_of(rows: Iterable[Said], on: date) -> dict[tuple[RouteStep, str], Said]:
    """What was known of each step in each place on a day: the newest that had begun. What stood
    before stands until what takes its place is known."""
    held = sorted((row for row in rows if known_from(row) <= on), key=lambda row: row.from_day)
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
