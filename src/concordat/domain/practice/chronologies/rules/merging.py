"""One chronology of many: a view of the rows that were given, in one order, none lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from concordat.domain.practice.chronologies.rules.likeness import (
    Duplicate,
    duplicates,
    words_of,
)
from concordat.domain.practice.chronologies.rules.rows import Rejected, Row, age_at, order
from concordat.domain.practice.chronologies.rules.silences import (
    Gap,
    Looking,
    Silence,
    gaps,
    silences,
)


@dataclass(frozen=True, slots=True)
class Merged:
    """The rows in order and what stands out in them. Nothing here is kept: it is worked out."""

    rows: tuple[Row, ...]
    duplicates: tuple[Duplicate, ...]
    gaps: tuple[Gap, ...]
    silences: tuple[Silence, ...]

    @property
    def undated(self) -> int:
        return sum(row.date.earliest is None for row in self.rows)

    @property
    def agencies(self) -> list[str]:
        return sorted({row.agency for row in self.rows})


def in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=order))


def merge(
    rows: Sequence[Row], looking: Looking | None = None, *, beside: Beside | None = None
) -> Merged:
    """The same for the same rows, however the files stood; arrival only parts what is alike.

    `beside` starts a piece of work and gives what waits for its outcome, so that the duplicates
    can be looked for on another core.
    """
    looking = looking or Looking()
    ordered = in_order(rows)
    words = words_of(ordered)
    paired = (beside or _here)(lambda: duplicates(ordered, words))
    silent = tuple(silences(ordered, looking, words))
    return Merged(ordered, tuple(paired()), tuple(gaps(ordered, looking)), silent)


Work = Callable[[], list[Duplicate]]
Beside = Callable[[Work], Work]


def _here(work: Work) -> Work:
    return work


TITLES = (
    *("No", "Date", "Time", "End date", "End time", "Sequence", "Agency", "Person concerned"),
    *("Event", "Who was present", "Action", "Comment", "Significance", "Source of information"),
    *("Reference", "Age", "Days since the row before", "Notes", "File", "Row"),
)
SHORT = ("No", "Date", "Time", "Agency", "Person concerned", "Event", "Action", "Comment", "Source")
"""The columns of a printed page, which holds no more: ages stand with the person, and what was
said of a row with its comment."""
SAID = ("Marks", "Joined with row", "Disputed", "Late", "Period")


def more_titles(rows: Sequence[Row]) -> list[str]:
    """Columns that some agencies have besides those that are known."""
    return list(dict.fromkeys(title for row in rows for title, _ in row.more))


def lines(rows: Sequence[Row], more: Sequence[str]) -> Iterator[list[str | int | None]]:
    """A line for each row under `TITLES` and then `more`; dates and times as typed.

    `rows` stand in order.
    """
    before: Row | None = None
    for number, row in enumerate(rows, 1):
        since = None
        if row.date.earliest and before is not None and before.date.latest:
            since = max(0, (row.date.earliest - before.date.latest).days)
        before = row if row.date.earliest else before
        kept = dict(row.more)
        yield [
            number,
            row.date.text or None,
            row.time or None,
            row.end_date.text if row.end_date else None,
            row.end_time or None,
            row.sequence or None,
            row.agency,
            row.person or None,
            row.event or None,
            row.present or None,
            row.action or None,
            row.comment or None,
            row.significance or None,
            row.sourced,
            row.reference or None,
            age_at(row.born, row.date) or None,
            since,
            " ".join(row.notes) or None,
            row.file,
            row.row,
            *(kept.get(title) for title in more),
        ]


def short_lines(merged: Merged) -> Iterator[list[str]]:
    for number, row in enumerate(merged.rows, 1):
        typed = row.date.text or "Undated"
        event = f"{row.event} (Present: {row.present})" if row.present else row.event
        yield [
            *(str(number), typed, row.time, row.agency, _whom(row), event),
            *(row.action, _commented(row), row.sourced),
        ]


def _whom(row: Row) -> str:
    age = age_at(row.born, row.date)
    return "\n".join(filter(None, (row.person, f"Age: {age}" if age else "")))


def _commented(row: Row) -> str:
    said = [f"{title}: {text}" for title, text in row.more if title in SAID]
    return "\n".join(filter(None, (row.comment, *said)))


def rejected_lines(rejected: Sequence[Rejected]) -> Iterator[list[str | int | None]]:
    for each in rejected:
        yield [each.file, each.row, each.place, each.reason, each.mend]


def groups_of(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """For each row that is joined with another: all rows of its group, itself among them."""
    group: dict[int, list[int]] = {}
    for one, other in pairs:
        first, second = group.get(one, [one]), group.get(other, [other])
        if first is second:
            continue
        both = sorted({*first, *second})
        group |= dict.fromkeys(both, both)
    return group
