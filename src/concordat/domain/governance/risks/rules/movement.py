"""How a risk moved from one quarter to the next, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from concordat.domain.governance.risks.rules.schemes import Score
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import MONTHS, count

MONTHS_OF_A_QUARTER = 3
_NUMBERS = ("1", "2", "3", "4")
EARLIEST, LATEST = 1900, 2200


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a calendar year, written as 2019-Q1."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(day.year, (day.month - 1) // MONTHS_OF_A_QUARTER + 1)

    @classmethod
    def parse(cls, told: str) -> Quarter:
        """Raises `Invalid` for anything else than 2019-Q1."""
        year, mark, number = told.partition("-Q")
        if not (mark and year.isdecimal() and len(year) == len("2019") and number in _NUMBERS):
            raise Invalid(f"“{told}” is no quarter.", field="quarter", mend="Write it as 2019-Q1.")
        if not EARLIEST <= int(year) <= LATEST:
            raise Invalid(f"The year {year} is out of range.", field="quarter")
        return cls(int(year), int(number))

    @property
    def first(self) -> date:
        return date(self.year, (self.number - 1) * MONTHS_OF_A_QUARTER + 1, 1)

    @property
    def last(self) -> date:
        return self.after.first - timedelta(days=1)

    @property
    def after(self) -> Quarter:
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> Quarter:
        return Quarter.of(self.first - timedelta(days=1))

    @property
    def words(self) -> str:
        """January to March 2019."""
        return f"{MONTHS[self.first.month - 1]} to {MONTHS[self.last.month - 1]} {self.year}"

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"


def quarters_up_to(today: date, many: int) -> list[Quarter]:
    """So many quarters, the one of today last."""
    found = [Quarter.of(today)]
    while len(found) < many:
        found.append(found[-1].before)
    return found[::-1]


class Way(StrEnum):
    """Which way a risk went."""

    UP = "up"
    DOWN = "down"
    MIXED = "up and down"
    SAME = "unchanged"
    NEW = "new"
    OTHER_SCHEME = "other scheme"
    NOT_SCORED = "not scored"


@dataclass(frozen=True, slots=True)
class Trend:
    way: Way
    words: str


@dataclass(frozen=True, slots=True)
class Stood:
    """The current score of a risk at the end of a day, by which scheme and in which register."""

    score: Score
    scheme: object
    register: object = None


def trend(before: Stood | None, now: Stood | None) -> Trend:
    """How the current score moved. What was scored in another scheme is not compared."""
    if now is None:
        return Trend(Way.NOT_SCORED, "Not scored")
    if before is None:
        return Trend(Way.NEW, "First scored this quarter")
    if before.scheme != now.scheme:
        return Trend(Way.OTHER_SCHEME, f"Scored anew here, was {before.score.short} elsewhere")
    if (before.score.up, before.score.across) == (now.score.up, now.score.across):
        return Trend(Way.SAME, "Unchanged")
    return _moved(before.score, now.score)


def _moved(before: Score, now: Score) -> Trend:
    was = f"was {before.short}"
    if before.points is not None and now.points is not None and before.points != now.points:
        up = now.points > before.points
        return Trend(Way.UP if up else Way.DOWN, f"{'Up' if up else 'Down'}, {was}")
    steps = (now.up - before.up, now.across - before.across)
    if min(steps) < 0 < max(steps):
        return Trend(Way.MIXED, f"One up, one down, {was}")
    up = max(steps) > 0
    return Trend(Way.UP if up else Way.DOWN, f"{'Up' if up else 'Down'}, {was}")


def in_a_sentence(ways: Sequence[Way], closed: int, quarter: Quarter) -> str:
    """ "2 rose, 1 fell, 3 unchanged and 1 closed from January to March 2019." """
    names = {
        Way.UP: "rose", Way.DOWN: "fell", Way.MIXED: "changed both ways", Way.NEW: "new",
        Way.OTHER_SCHEME: "scored anew", Way.SAME: "unchanged", Way.NOT_SCORED: "not scored",
    }  # fmt: skip
    told = [f"{ways.count(way):,} {name}" for way, name in names.items() if ways.count(way)]
    told += [f"{closed:,} closed"] if closed else []
    if not told:
        return f"No risk was open from {quarter.words}."
    *most, last = told
    joined = f"{', '.join(most)} and {last}" if most else last
    return f"{count(len(ways) + closed, 'risk')} from {quarter.words}: {joined}."
