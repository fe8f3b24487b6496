"""When meetings of a year are wanted: every so often, on the second Tuesday, or on given dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from concordat.domain.governance.diaries.rules.times import days
from concordat.kernel.calendar import add_months
from concordat.kernel.dates import Precision, UncertainDate
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import WEEKDAYS, count, day_in_words, join_words

ORDINALS = ("first", "second", "third", "fourth", "last")
MOST_MEETINGS = 60


class Every(StrEnum):
    """How the wanted days of a series are told."""

    WEEKS = "weeks"
    MONTHS = "months"
    WEEKDAY = "weekday of the month"
    DATES = "dates"

    @property
    def label(self) -> str:
        return {
            Every.WEEKS: "Every so many weeks",
            Every.MONTHS: "Every so many months",
            Every.WEEKDAY: "On a weekday of the month, such as the second Tuesday",
            Every.DATES: "On dates of your own",
        }[self]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """One rhythm. `number` counts weeks or months (for a weekday, every so many months);
    `ordinal` is 1 to 4, or 5 for the last; `weekday` 0 for Monday."""

    every: Every
    number: int = 1
    ordinal: int = 0
    weekday: int = 0
    dates: tuple[date, ...] = ()

    def __str__(self) -> str:
        if self.every is Every.DATES:
            return f"on {join_words(day_in_words(each) for each in self.dates)}"
        if self.every is Every.WEEKDAY:
            often = "every month" if self.number == 1 else f"every {count(self.number, 'month')}"
            return f"{ORDINALS[self.ordinal - 1]} {WEEKDAYS[self.weekday]} of {often}"
        return f"every {count(self.number, self.every.value[:-1])}"

    @property
    def ideal(self) -> int | None:
        """Days that lie between two meetings when all goes well; None for dates of one's own."""
        if self.every is Every.DATES:
            return None
        return self.number * 7 if self.every is Every.WEEKS else round(self.number * 30.44)


def from_words(told: str) -> Rhythm:
    """A rhythm from words: "every 6 weeks", "second Tuesday", "2019-05-01, 2019-06-12".

    Raises `Invalid` for anything else, and for words such as "bi-monthly" that can be read twice.
    """
    low = " ".join(told.lower().split())
    if found := re.fullmatch(r"every (?:(\d{1,2}) )?(week|month)s?", low):
        return Rhythm(Every(f"{found[2]}s"), _positive(found[1]))
    weekdays = "|".join(WEEKDAYS).lower()
    pattern = rf"({'|'.join(ORDINALS)}) ({weekdays})(?: of every (?:(\d{{1,2}}) )?months?)?"
    if found := re.fullmatch(pattern, low):
        return Rhythm(
            Every.WEEKDAY,
            _positive(found[3]),
            ORDINALS.index(found[1]) + 1,
            [each.lower() for each in WEEKDAYS].index(found[2]),
        )
    return Rhythm(Every.DATES, dates=_dates(told))


def _positive(told: str | None) -> int:
    number = int(told or 1)
    if number < 1:
        raise Invalid("A rhythm counts from 1.", field="rhythm")
    return number


def _dates(told: str) -> tuple[date, ...]:
    found = []
    for each in filter(None, (part.strip() for part in re.split(r"[,;\n]", told))):
        try:
            said = UncertainDate.parse(each)
        except Invalid:
            said = None
        if said is None or said.precision is not Precision.DAY or said.earliest is None:
            raise Invalid(
                f"“{each}” is neither a rhythm nor a day.",
                field="rhythm",
                mend="Write “every 6 weeks”, “second Tuesday”, or days such as 1 May 2019.",
            )
        found.append(said.earliest)
    if not found:
        raise Invalid("Say how often.", field="rhythm", mend="Write for example “every 6 weeks”.")
    return tuple(sorted(set(found)))


def wanted(rhythm: Rhythm, first: date, last: date, *, verb: str = "Plan") -> list[date]:
    """The days that a rhythm asks for in a time, both ends included; the first may be the start.

    Raises `Invalid` for none, or for more than sixty; `verb` says what is done with them.
    """
    found = [day for day in _wanted(rhythm, first, last) if first <= day <= last]
    if not found:
        raise Invalid("This rhythm asks for no day in that time.", field="rhythm")
    if len(found) > MOST_MEETINGS:
        raise Invalid(
            f"This asks for {len(found)} meetings.",
            field="rhythm",
            mend=f"{verb} {MOST_MEETINGS} at most at once.",
        )
    return found


def _wanted(rhythm: Rhythm, first: date, last: date) -> Iterator[date]:
    if rhythm.every is Every.DATES:
        yield from rhythm.dates
    elif rhythm.every is Every.WEEKS:
        step = 7 * rhythm.number
        yield from (first + timedelta(days=n) for n in range(0, (last - first).days + 1, step))
    elif rhythm.every is Every.MONTHS:
        yield from _months(first, last, rhythm.number)
    else:
        for month in _months(first.replace(day=1), last, rhythm.number):
            yield nth_weekday(month, rhythm.ordinal, rhythm.weekday)


def _months(first: date, last: date, step: int) -> Iterator[date]:
    number = 0
    while (day := add_months(first, number)) <= last:
        yield day
        number += step


def nth_weekday(month: date, ordinal: int, weekday: int) -> date:
    """The second Tuesday of a month; with 5 the last. Any day of the month names it."""
    start = month.replace(day=1)
    after = add_months(start, 1) - timedelta(days=1)
    found = [day for day in days(start, after) if day.weekday() == weekday]
    return found[-1] if ordinal == len(ORDINALS) else found[ordinal - 1]
