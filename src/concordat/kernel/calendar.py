"""Working days and calendar months. Which days are closed is always an argument."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta

from concordat.kernel.errors import Invalid
from concordat.kernel.labels import day_in_words

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Monday to Friday, less the closed days.

    `horizon` is the first and last day for which the closed days are known; a question
    that reaches beyond it raises `Invalid`, so that no due date rests on a guess.
    """

    closed: frozenset[date] = frozenset()
    horizon: tuple[date, date] | None = None

    def is_working(self, day: date) -> bool:
        """Whether work is done on `day`. Raises `Invalid` beyond the horizon."""
        self._must_know(day)
        return day.weekday() < _SATURDAY and day not in self.closed

    def add(self, day: date, n: int) -> date:
        """The day `n` working days after `day`, or before it when `n` is negative.

        `day` itself is day 0, working or not; day 1 is the next working day.
        Raises `Invalid` beyond the horizon.
        """
        self._must_know(day)
        step = _ONE_DAY if n >= 0 else -_ONE_DAY
        left = abs(n)
        while left:
            day = _beside(day, step)
            left -= self.is_working(day)
        return day

    def between(self, start: date, end: date) -> int:
        """The working days after `start`, up to and including `end`.

        When `end` is before `start`, the same count from `end` to `start`, negative:
        a Saturday after a due Friday is 0 working days late, the Monday is 1 late.
        Spans add up: between(a, b) + between(b, c) == between(a, c).
        Raises `Invalid` beyond the horizon.
        """
        if end < start:
            return -self.between(end, start)
        self._must_know(start)
        self._must_know(end)
        days = range(1, (end - start).days + 1)
        return sum(self.is_working(start + n * _ONE_DAY) for n in days)

    def next_working(self, day: date) -> date:
        """`day` itself if work is done on it, otherwise the first working day after it."""
        return day if self.is_working(day) else self.add(day, 1)

    def previous_working(self, day: date) -> date:
        """`day` itself if work is done on it, otherwise the last working day before it."""
        return day if self.is_working(day) else self.add(day, -1)

    def skipped(self, start: date, end: date) -> tuple[date, ...]:
        """The closed weekdays from `start` to `end`, both included, in order.

        These are the days to name when a sum is told in words; weekends are not among them.
        """
        self._must_know(start)
        self._must_know(end)
        return tuple(
            sorted(day for day in self.closed if start <= day <= end and day.weekday() < _SATURDAY)
        )

    def _must_know(self, day: date) -> None:
        if isinstance(day, datetime):
            raise TypeError("A working day is a whole day: give a date without a time.")
        if self.horizon is None:
            return
        first, last = self.horizon
        if not first <= day <= last:
            raise Invalid(
                f"Closed days are known from {day_in_words(first)} to {day_in_words(last)}: "
                f"{day_in_words(day)} is beyond that.",
                mend=f"Give a date that leads to no day after {day_in_words(last)} "
                f"or before {day_in_words(first)}.",
            )


def add_months(day: date, n: int) -> date:
    """The same day of the month `n` calendar months later, or earlier when `n` is negative.

    A month too short for it gives its last day: 31 January and 1 month is 28 or 29 February.
    Raises `Invalid` where the calendar has no such year.
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + n, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise Invalid(f"{n} months from {day_in_words(day)} is outside the calendar.")
    month = month0 + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def _beside(day: date, step: timedelta) -> date:
    try:
        return day + step
    except OverflowError:
        raise Invalid("The count runs outside the calendar.") from None
