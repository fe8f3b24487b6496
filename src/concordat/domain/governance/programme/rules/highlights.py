"""What changed in a month, told as the sentences of a highlight report."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from concordat.kernel.dates import UncertainDate
from concordat.kernel.labels import MONTHS, count, join_words


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days from `first` to `last`, both included."""

    first: date
    last: date

    def holds(self, when: UncertainDate | date | None) -> bool:
        """Whether it certainly lies within; what could lie outside is not claimed."""
        if when is None:
            return False
        if isinstance(when, date):
            return self.first <= when <= self.last
        if when.doubtful or when.earliest is None or when.latest is None:
            return False
        return self.first <= when.earliest and when.latest <= self.last

    @property
    def words(self) -> str:
        return f"{MONTHS[self.first.month - 1]} {self.first.year}"

    @property
    def before(self) -> Span:
        return month_of(self.first - timedelta(days=1))

    @property
    def after(self) -> Span:
        return month_of(self.last + timedelta(days=1))

    @property
    def key(self) -> str:
        return f"{self.first:%Y-%m}"


def month_of(day: date) -> Span:
    last = monthrange(day.year, day.month)[1]
    return Span(day.replace(day=1), day.replace(day=last))


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed, with its title, where it leads and what is said of it."""

    title: str
    says: str
    reference: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Highlights:
    """What changed in a span, sort by sort, and what comes next."""

    span: Span
    reached: Sequence[Change] = field(default=())
    planned_again: Sequence[Change] = field(default=())
    accepted: Sequence[Change] = field(default=())
    decided: Sequence[Change] = field(default=())
    said: Sequence[Change] = field(default=())
    late: Sequence[Change] = field(default=())
    next_up: Sequence[Change] = field(default=())

    @property
    def changed(self) -> int:
        parts = (self.reached, self.planned_again, self.accepted, self.decided)
        return sum(map(len, parts))


def sentence(told: Highlights) -> str:
    parts = [
        f"{count(len(rows), noun)} {verb}"
        for rows, noun, verb in (
            (told.reached, "milestone", "reached"),
            (told.planned_again, "date", "planned again"),
            (told.accepted, "product", "accepted"),
            (told.decided, "gate", "decided"),
        )
        if rows
    ]
    if not parts:
        first = f"Nothing was reached, re-planned, accepted or decided in {told.span.words}."
    else:
        first = f"In {told.span.words}: {join_words(parts)}."
    late = f" {count(len(told.late), 'milestone')} late." if told.late else ""
    return f"{first}{late}"
