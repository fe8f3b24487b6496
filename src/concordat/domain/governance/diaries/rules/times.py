"""Times as minutes since 1970 in UTC, told on London's clocks.

Whole minutes make spans compare quickly; a local time that the clocks never show is no minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from concordat.kernel.errors import Invalid
from concordat.kernel.labels import day_in_words, weekday_in_words

LONDON = ZoneInfo("Europe/London")
DAY = 24 * 60


class Span(NamedTuple):
    """From a minute until before another."""

    start: int
    end: int

    def meets(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


def minute_of(when: datetime) -> int:
    return int(when.timestamp() // 60)


def moment_of(minute: int) -> datetime:
    return datetime.fromtimestamp(minute * 60, UTC)


def local(minute: int) -> datetime:
    return moment_of(minute).astimezone(LONDON)


def span_of(start: datetime, end: datetime) -> Span:
    """Whole minutes that hold a time: a second too many is a minute more."""
    return Span(minute_of(start), -(-int(end.timestamp()) // 60))


def day_of(minute: int) -> date:
    return local(minute).date()


def at(day: date, minutes: int) -> int | None:
    """The minute at which London's clocks show this time of this day; None where they never do.

    `minutes` count from midnight on the clock. A time shown twice is its first showing.
    """
    shown = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)  # noqa: DTZ001
    there = shown.replace(tzinfo=LONDON)
    found = minute_of(there)
    return found if local(found).replace(tzinfo=None) == shown else None


def surely_at(day: date, minutes: int) -> int:
    """The same, read as an hour later where the clocks never show it."""
    shown = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)  # noqa: DTZ001
    return minute_of(shown.replace(tzinfo=LONDON))


def exact(day: date, minutes: int) -> int:
    """The minute of a time that somebody gave. Raises `Invalid` where the clocks never show it."""
    found = at(day, minutes)
    if found is None:
        raise Invalid(
            f"There is no {clock(minutes)} on {day_in_words(day)}: the clocks go forward.",
            field="time",
            mend="Give a time before 01:00 or from 02:00 on.",
        )
    return found


def whole_day(day: date) -> Span:
    return Span(surely_at(day, 0), surely_at(day + timedelta(days=1), 0))


def days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def clock(minutes: int) -> str:
    """540 is 09:00; the end of a day is 24:00."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def minutes_of(told: str) -> int:
    """Minutes after midnight of a time as people type it: 9, 9:30, 09.30, 14:00.

    Raises `Invalid` for what is no time of day.
    """
    bare = told.strip().replace(".", ":")
    hours, _, minutes = bare.partition(":")
    if (
        bare.isascii()
        and hours.isdecimal()
        and (not minutes or (minutes.isdecimal() and len(minutes) == 2))
    ):
        found = int(hours) * 60 + int(minutes or 0)
        if found <= DAY and int(minutes or 0) < 60:
            return found
    raise Invalid(f"“{told}” is not a time of day.", mend="Write it like 09:30 or 14:00.")


def times_in_words(span: Span) -> str:
    """10:00 to 12:00."""
    return f"{local(span.start):%H:%M} to {local(span.end):%H:%M}"


def in_words(span: Span) -> str:
    """Tuesday 9 April 2019, 10:00 to 12:00."""
    return f"{weekday_in_words(day_of(span.start))}, {times_in_words(span)}"


def merged(spans: list[Span]) -> list[Span]:
    """The same time in order, with what touches or overlaps made one."""
    told: list[Span] = []
    for each in sorted(spans):
        if told and each.start <= told[-1].end:
            told[-1] = Span(told[-1].start, max(told[-1].end, each.end))
        else:
            told.append(each)
    return told
