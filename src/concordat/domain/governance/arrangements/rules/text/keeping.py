"""Promises that last for a time: the day that follows once their first day is known."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "eleven", "twelve")  # fmt: skip
_LASTS = re.compile(r"\b(\d{1,2}|" + "|".join(_NUMBERS) + r")\s+(year|month|week)s?\b", re.I)


def last_day(lasts: str, begins: date) -> date | None:
    """The last whole day of "at least two years" from a first day; None where no time is told.

    Two years from 1 September 2019 end with 31 August 2021. A source without a first day leaves
    a promise undated: somebody has to confirm the day that is worked out here.
    """
    found = _LASTS.search(lasts)
    if not found:
        return None
    told, unit = found[1].lower(), found[2].lower()
    number = int(told) if told.isdigit() else _NUMBERS.index(told) + 1
    if unit == "week":
        return begins + timedelta(days=7 * number - 1)
    return _months_on(begins, number * 12 if unit == "year" else number) - timedelta(days=1)


def _months_on(day: date, months: int) -> date:
    """The same day some months on; the day after the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    longest = monthrange(year, month + 1)[1]
    if day.day <= longest:
        return date(year, month + 1, day.day)
    return date(year, month + 1, longest) + timedelta(days=1)
