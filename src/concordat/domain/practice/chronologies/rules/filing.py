"""What a file of a merged chronology holds, before it is written in any format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from concordat.domain.practice.chronologies.rules.merging import (
    SHORT,
    TITLES,
    Merged,
    lines,
    more_titles,
    rejected_lines,
    short_lines,
)
from concordat.domain.practice.chronologies.rules.rows import Rejected, Row
from concordat.kernel.labels import count, join_words

Cell = str | int | None
ENDINGS = ("xlsx", "csv", "docx")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file. `rows` are read once; `widths` are characters in a workbook by title and
    `shares` the parts of a page by title, where they are not the usual ones."""

    name: str
    titles: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: dict[str, float] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filed:
    """A chronology as a file: all of its columns for a workbook, those of a page for Word, what
    stands out in it, and what a reader must know of it."""

    title: str
    whole: Table
    short: Table
    besides: Sequence[Table]
    about: Sequence[str]
    told: str


_REJECTED = ("File", "Row", "Place", "Reason", "How to mend it")
_WIDE = {"Event": 60.0, "Action": 40.0, "Comment": 40.0, "Source of information": 30.0}
_SHARES = (0.5, 1.3, 0.8, 1.4, 1.2, 4.5, 2.5, 2.0, 1.8)
_LONG = ("Why", "What", "Reason", "How to mend it")


TITLE = "Integrated chronology"
STANDING_OUT = ("May be one event", "Gaps", "Silences", "Rows not taken")
"""The tables beside the rows, in their order."""


def long_table(rows: Sequence[Row]) -> Table:
    """The rows with all of their columns. It depends on nothing that stands out in them."""
    more = more_titles(rows)
    return Table("Chronology", _once([*TITLES, *more]), lines(rows, more), _WIDE)


def filed(merged: Merged, rejected: Sequence[Rejected], about: Sequence[str] = ()) -> Filed:
    told = f"{count(len(merged.rows), 'row')} from {join_words(merged.agencies) or 'no agency'}."
    return Filed(
        TITLE,
        long_table(merged.rows),
        Table(
            "The integrated chronology",
            SHORT,
            short_lines(merged),
            shares=dict(zip(SHORT, _SHARES, strict=True)),
        ),
        _besides(merged, rejected),
        about,
        f"{told} Dates stand as they were typed; rows without a date come last.",
    )


def _once(titles: Sequence[str]) -> list[str]:
    """Titles that differ: an agency's own column may be named as one of ours."""
    found: list[str] = []
    for title in titles:
        found.append(title if title not in found else f"{title} ({len(found) + 1})")
    return found


def _besides(merged: Merged, rejected: Sequence[Rejected]) -> list[Table]:
    """What stands out, as tables."""
    at = {row.arrival: number for number, row in enumerate(merged.rows, 1)}
    events, pauses, silent, refused = STANDING_OUT
    return [
        _beside(
            events,
            ("Row", "And row", "Why"),
            [[at[d.first.arrival], at[d.second.arrival], d.reason] for d in merged.duplicates],
        ),
        _beside(
            pauses,
            ("Agency", "After row", "Before row", "Days", "What"),
            [
                [gap.agency, at[gap.before.arrival], at[gap.after.arrival], gap.days, gap.reason]
                for gap in merged.gaps
            ],
        ),
        _beside(
            silent,
            ("Agency", "Row that tells it", "What"),
            [
                [each.silent, at[each.known.arrival] if each.known else None, each.reason]
                for each in merged.silences
            ],
        ),
        _beside(refused, _REJECTED, list(rejected_lines(rejected))),
    ]


def _beside(name: str, titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Table:
    return Table(name, titles, rows, dict.fromkeys(_LONG, 90.0), dict.fromkeys(_LONG, 4.0))
