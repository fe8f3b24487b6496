"""The dates of many clocks at once, as when a bank holiday is moved: one table for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate

from concordat.domain.base.clocks.rules.rows import DayCounting, Deadline, Direction
from concordat.kernel.calendar import WorkingDays

CALENDARS = 32
"""Tables of calendars that are kept: a partnership that closes days has one of its own."""


def working_dues(
    starts: Sequence[date], deadline: Deadline, days: WorkingDays
) -> list[date | None]:
    """Where a deadline in working days leads from each start, in their order.

    Equal to `due_on` for each by itself. None where the count runs beyond the days that are
    known: `due_on` says why. The cost is that of the days between the first start and the last,
    then one look for each start.
    """
    if not starts:
        return []
    table = _table(min(starts), max(starts), deadline, days)
    if deadline.latest is not None:
        table = {day: min(due, deadline.latest) for day, due in table.items()}
    return list(map(table.get, starts))


def _table(first: date, last: date, deadline: Deadline, days: WorkingDays) -> dict[date, date]:
    """Where each day of a span leads. Where the first day counts, it is the count from the day
    beside it."""
    forward = deadline.direction is Direction.FORWARD
    aside = 1 if deadline.day_counting is DayCounting.DAY1 else 0
    number = deadline.value if forward else -deadline.value
    known = WorkingDays(frozenset(days.closed), days.horizon)
    begins, worked, counted = _calendar(known, *_span(first, last, number, days))
    table: dict[date, date] = {}
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        place = ordinal - begins + (-aside if forward else aside)
        if not 0 <= place < len(counted) - 1:
            continue
        due = counted[place + 1] + number - 1 if forward else counted[place] + number
        if 0 <= due < len(worked):
            table[date.fromordinal(ordinal)] = worked[due]
    return table


def _span(first: date, last: date, number: int, days: WorkingDays) -> tuple[date, date]:
    """The days that are known; where all are, as many as a count from this span can reach."""
    if days.horizon:
        return days.horizon
    reach = timedelta(days=2 * abs(number) + len(days.closed) + 7)
    return first - reach, last + reach


@lru_cache(maxsize=CALENDARS)
def _calendar(days: WorkingDays, first: date, last: date) -> tuple[int, list[date], list[int]]:
    """The ordinal of the first day, the days that are worked, and how many of them came before
    each day of the span, with one number more for its end."""
    begins = first.toordinal()
    every = [date.fromordinal(each) for each in range(begins, last.toordinal() + 1)]
    flags = [days.is_working(day) for day in every]
    worked = [day for day, flag in zip(every, flags, strict=True) if flag]
    return begins, worked, list(accumulate(flags, initial=0))
