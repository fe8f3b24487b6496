"""Working patterns: when somebody never comes, or would rather not, week after week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concordat.domain.governance.diaries.rules.times import DAY, Span, clock, days, surely_at
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import WEEKDAYS

NOON = 12 * 60


class Strength(StrEnum):
    NEVER = "never"
    RATHER_NOT = "rather not"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class Part(StrEnum):
    """The part of a day that a pattern is about."""

    DAY = "all day"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    TIMES = "times"

    @property
    def label(self) -> str:
        return {
            Part.DAY: "The whole day",
            Part.MORNING: "The morning, until 12:00",
            Part.AFTERNOON: "The afternoon, from 12:00",
            Part.TIMES: "Between two times",
        }[self]


_EDGES = {Part.DAY: (0, DAY), Part.MORNING: (0, NOON), Part.AFTERNOON: (NOON, DAY)}


@dataclass(frozen=True, slots=True)
class Pattern:
    """Minutes of a clock day, on one weekday (0 is Monday) or every day, for a time.

    `last` is the last whole day, None while it lasts.
    """

    strength: Strength
    weekday: int | None
    begins: int
    ends: int
    first: date
    last: date | None = None

    def __str__(self) -> str:
        part = _part(self.begins, self.ends)
        if self.weekday is None:
            return f"{self.strength} {part or 'on any day'}"
        return f"{self.strength} {WEEKDAYS[self.weekday]} {part}".rstrip()


def _part(begins: int, ends: int) -> str:
    if (begins, ends) == (0, DAY):
        return ""
    for part in (Part.MORNING, Part.AFTERNOON):
        if _EDGES[part] == (begins, ends):
            return part.value
    if ends == DAY:
        return f"after {clock(begins)}"
    return f"before {clock(ends)}" if begins == 0 else f"{clock(begins)} to {clock(ends)}"


def edges(part: Part, begins: int | None, ends: int | None) -> tuple[int, int]:
    """The minutes of a part of the day. Raises `Invalid` for times that are missing or reversed."""
    if part is not Part.TIMES:
        return _EDGES[part]
    if begins is None or ends is None:
        raise Invalid("Give both times.", field="begins" if begins is None else "ends")
    if begins >= ends:
        raise Invalid("The second time is not after the first.", field="ends")
    return begins, ends


def spans(pattern: Pattern, first: date, last: date) -> Iterator[Span]:
    """When it holds from a day to a day, both included."""
    until = min(last, pattern.last) if pattern.last else last
    for day in days(max(first, pattern.first), until):
        if pattern.weekday in (None, day.weekday()):
            yield Span(surely_at(day, pattern.begins), surely_at(day, pattern.ends))
