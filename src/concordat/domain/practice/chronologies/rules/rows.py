"""One row of a chronology, and one that cannot be taken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from concordat.kernel.dates import Precision, UncertainDate

Day = date


class Row(NamedTuple):
    """An event as an agency's record tells it. Texts are as typed.

    `arrival` is its place among all rows given, `row` its line in the file. `minute` is counted
    from midnight; None where no time can be told.
    """

    file: str
    row: int
    place: str
    arrival: int
    agency: str
    date: UncertainDate
    source: str
    event: str = ""
    time: str = ""
    minute: int | None = None
    end_date: UncertainDate | None = None
    end_time: str = ""
    end_minute: int | None = None
    sequence: str = ""
    rank: float | None = None
    person: str = ""
    present: str = ""
    action: str = ""
    comment: str = ""
    significance: str = ""
    reference: str = ""
    born: UncertainDate | None = None
    more: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def sourced(self) -> str:
        """The source with the agency's name before it, as a merged chronology shows it."""
        return f"{self.agency}: {self.source}"

    @property
    def day(self) -> Day | None:
        """The one day on which it happened, doubtful or not; None for a longer span."""
        return self.date.earliest if self.date.precision is Precision.DAY else None

    @property
    def words(self) -> str:
        """All that the row tells of what happened; comment is left apart."""
        return f"{self.event} {self.action}"


_SPOT = re.compile(r"(?:line|row) \d+(?:, column \S+.*)?$|(?<=!)[A-Z]+\d+$")


def bare_place(place: str) -> str:
    """A place without the name of its file or sheet, which may be somebody's: "line 7"."""
    found = _SPOT.search(place)
    return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was given and not taken, with the reason and how to mend it."""

    file: str
    row: int
    place: str
    reason: str
    mend: str = ""

    def __str__(self) -> str:
        named = self.place.startswith(self.file)
        where = self.place if named else f"{self.file}, {self.place}"
        return f"{where}: {self.reason} {self.mend}".rstrip()


Key = tuple[bool, date, date, bool, int, bool, float, bool, int]


def order(row: Row) -> Key:
    """Where a row stands: its date, within the day its time, its sequence, its arrival.

    An earlier first day comes first, then the sharper date; a known time before none, a
    sequence before none. Undated rows come last, as they arrived. The order is total, since no
    two rows arrive at one place.
    """
    stated = row.date
    return (
        stated.earliest is None,
        stated.earliest or date.max,
        stated.latest or date.max,
        row.minute is None,
        row.minute or 0,
        row.rank is None,
        row.rank or 0.0,
        stated.doubtful,
        row.arrival,
    )


class Doubt(StrEnum):
    """Whether an age could be told, and why not."""

    NONE = ""
    NO_BIRTH = "date of birth not known"
    NO_DATE = "undated"
    BEFORE = "before birth"


def age_at(born: UncertainDate | None, on: UncertainDate) -> str:
    """The age in words; a span of ages where either date leaves it open, empty where unknown.

    Under two years it is told in months, under eight weeks in weeks or days.
    """
    if born is None or born.earliest is None or on.earliest is None:
        return ""
    assert born.latest is not None and on.latest is not None  # noqa: S101, PT018 - both are dated
    if on.latest < born.earliest:
        return Doubt.BEFORE
    youngest = _age(born.latest, max(on.earliest, born.latest))
    oldest = _age(born.earliest, on.latest)
    told = youngest if youngest == oldest else f"{youngest} to {oldest}"
    return f"about {told}" if born.doubtful or on.doubtful else told


def _age(born: date, on: date) -> str:
    days = (on - born).days
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if days < 14:
        return _counted(days, "day")
    if days < 56:
        return _counted(days // 7, "week")
    return _counted(months, "month") if months < 24 else _counted(months // 12, "year")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
