"""The dates of many clocks at once, as when a bank holiday is moved: one table for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from concordat.domain.base.clocks.rules.rows import DayCounting, Deadline, Direction
from concordat.kernel.calendar import WorkingDays
from concordat.kernel.errors import Invalid

_ONE_DAY = timedelta(days=1)


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
    found = table.get
    return [found(each) for each in starts]


def _table(first: date, last: date, deadline: Deadline, days: WorkingDays) -> dict[date, date]:
    """Where each day of a span leads.

    The n-th working day after a day is the n-th after the day before it, unless the day itself is
    worked: then it is the next one. Counted backward, likewise. Where the first day counts, it is
    the count from the day beside it.
    """
    forward = deadline.direction is Direction.FORWARD
    aside = _ONE_DAY if deadline.day_counting is DayCounting.DAY1 else timedelta(0)
    aside = -aside if forward else aside
    number = deadline.value if forward else -deadline.value
    table: dict[date, date] = {}
    due: date | None = None
    day = first
    while day <= last:
        try:
            due = _next(due, day + aside, number, days)
            table[day] = due
        except Invalid:
            due = None
        day += _ONE_DAY
    return table


def _next(before: date | None, day: date, number: int, days: WorkingDays) -> date:
    """Where a day leads, given where the day before it did, if that is known."""
    if before is None or number == 0:
        return days.add(day, number)
    passed = day if number > 0 else day - _ONE_DAY
    return days.add(before, 1) if days.is_working(passed) else before
