"""What changed in a month, told as the sentences of a highlight report."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from concordat.domain.governance.arrangements.rules import text
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
    learnt: Sequence[Change] = field(default=())
    said: Sequence[Change] = field(default=())
    late: Sequence[Change] = field(default=())
    next_up: Sequence[Change] = field(default=())

    @property
    def changed(self) -> int:
        parts = (self.reached, self.planned_again, self.accepted, self.decided, self.learnt)
        return sum(map(len, parts))


def sentence(told: Highlights) -> str:
    parts = [
        f"{count(len(rows), noun)} {verb}"
        for rows, noun, verb in (
            (told.reached, "milestone", "reached"),
            (told.planned_again, "date", "planned again"),
            (told.accepted, "product", "accepted"),
            (told.decided, "gate", "decided"),
            (told.learnt, "learning cycle", "taken further"),
        )
        if rows
    ]
    if not parts:
        first = (
            f"Nothing was reached, re-planned, accepted, decided or learnt in {told.span.words}."
        )
    else:
        first = f"In {told.span.words}: {join_words(parts)}."
    late = f" {count(len(told.late), 'milestone')} late today." if told.late else ""
    return f"{first}{late}"


def sorts(told: Highlights) -> list[tuple[str, Sequence[Change], str]]:
    """What changed, sort by sort, each with what is said where there is nothing."""
    return [
        ("Reached", told.reached, "No milestone was reached."),
        ("Planned again", told.planned_again, "No date moved."),
        ("Accepted", told.accepted, "No product was accepted."),
        ("Decided", told.decided, "No gate was decided."),
        ("Learnt", told.learnt, "No learning cycle reported, was answered or was checked."),
        ("In their own words", told.said, "Nobody wrote an update."),
        ("Late today", told.late, "Nothing is late."),
        ("Due in the month after", told.next_up, "Nothing is due."),
    ]


def report(
    home: tuple[str, str], span: Span, programmes: Sequence[tuple[str, Highlights]], on: date
) -> dict[str, Any]:
    """A highlight report in the shape in which every report is told: a section for each programme.

    `home` is the slug and the name of the partnership.
    """
    return {
        "format": FORMAT,
        "partnership": {"key": home[0], "name": home[1]},
        "title": f"Highlight report, {span.words}",
        "version": "",
        "as_at": on.isoformat(),
        "regime": "",
        "sections": [_section(number, *each) for number, each in enumerate(programmes, 1)],
    }


FORMAT = 1


def _section(number: int, title: str, told: Highlights) -> dict[str, Any]:
    blocks = [_block(name, rows, empty) for name, rows, empty in sorts(told)]
    return {
        "key": f"programme-{number}",
        "title": title,
        "text": sentence(told),
        "blocks": [text.told_block(each) for each in blocks],
    }


def _block(name: str, rows: Sequence[Change], empty: str) -> text.Block:
    made = [
        text.Row(f"{number}-{each.reference}", (f"{each.title} ({each.reference})", each.says))
        for number, each in enumerate(rows, 1)
    ]
    return text.Block(
        name.lower().replace(" ", "-"), name, text.Shape.TABLE, ("What", "What is said of it"),
        tuple(made), empty="" if made else empty,
    )  # fmt: skip
