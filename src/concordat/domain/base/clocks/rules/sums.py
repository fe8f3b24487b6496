"""The sum behind a due date in words, so that anybody can check it with a calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from concordat.domain.base.clocks.rules.rows import (
    Bound,
    DayCounting,
    Deadline,
    Direction,
    Unit,
)
from concordat.kernel.calendar import WorkingDays
from concordat.kernel.labels import MONTHS, count, day_in_words, join_words, weekday_in_words

_NOUNS = {
    Unit.WORKING_DAYS: "working day",
    Unit.CALENDAR_DAYS: "calendar day",
    Unit.WEEKS: "week",
    Unit.MONTHS: "month",
    Unit.HOURS: "hour",
}
_SATURDAY = 5


def length_in_words(deadline: Deadline) -> str:
    """ "5 working days", "5 to 7 calendar days", "by 30 September each year"."""
    if deadline.unit is Unit.FIXED and deadline.day:
        return f"by {_fixed_day(deadline, deadline.day)}"
    if deadline.yearly:
        return f"by {_day_of_year(deadline.yearly)} each year"
    length = count(deadline.value, _NOUNS[deadline.unit])
    if deadline.window_from is not None:
        length = f"{deadline.window_from} to {length}"
    return length


def told_in_words(
    start: date | datetime,
    full: date,
    due_at: datetime | None,
    opens: date | None,
    deadline: Deadline,
    working_days: WorkingDays,
    closed_names: Mapping[date, str],
) -> str:
    """One or two sentences: the count, from which day, to which day, what was left out.

    `full` is the date before a last date allowed is looked at.
    """
    if deadline.unit is Unit.FIXED:
        return _fixed_sum(deadline, full)
    if deadline.yearly:
        return (
            f"The next {_day_of_year(deadline.yearly)} on or after "
            f"{weekday_in_words(start)} is {weekday_in_words(full)}."
        )
    way = "after" if deadline.direction is Direction.FORWARD else "before"
    told = (
        f"{length_in_words(deadline)} {way} {_moment(start, deadline)} "
        f"{'is' if opens is None else f'is from {weekday_in_words(opens)} to'} "
        f"{_moment(due_at or full, deadline)}"
    )
    extras = [
        _left_out(start, full, deadline, working_days, closed_names),
        _clock_change(start, due_at),
    ]
    told += "".join(f", {extra}" for extra in extras if extra)
    return f"{told}.{_short_month(start, full, deadline)}{_ending(full, deadline)}"


def _left_out(
    start: date | datetime,
    full: date,
    deadline: Deadline,
    working_days: WorkingDays,
    closed_names: Mapping[date, str],
) -> str:
    if deadline.unit is not Unit.WORKING_DAYS:
        return ""
    day = _day(start)
    first, last = sorted((day, full))
    between = [first + timedelta(days=n) for n in range(1, (last - first).days)]
    weekend = sum(each.weekday() >= _SATURDAY for each in between)
    closed = [each for each in working_days.skipped(first, last) if first < each < last]
    named = [_closed(each, closed_names) for each in closed]
    parts = ([count(weekend, "weekend day")] if weekend else []) + named
    told = f"not counting {join_words(parts)}" if parts else ""
    if deadline.day_counting is DayCounting.DAY1:
        counted = (
            f"the first of them {weekday_in_words(_first_counted(day, deadline, working_days))}"
        )
        told = f"{counted}, {told}" if told else counted
    return told


def _first_counted(day: date, deadline: Deadline, working_days: WorkingDays) -> date:
    if deadline.direction is Direction.FORWARD:
        return working_days.next_working(day)
    return working_days.previous_working(day)


def _closed(day: date, closed_names: Mapping[date, str]) -> str:
    name = closed_names.get(day)
    return f"{name} ({weekday_in_words(day)})" if name else weekday_in_words(day)


def _clock_change(start: date | datetime, due_at: datetime | None) -> str:
    if due_at is None or not isinstance(start, datetime):
        return ""
    if start.utcoffset() == due_at.utcoffset():
        return ""
    return "by the clock on the wall, although the clocks change in between"


def _short_month(start: date | datetime, full: date, deadline: Deadline) -> str:
    day = _day(start)
    if deadline.unit is not Unit.MONTHS or day.day == full.day:
        return ""
    return f" {MONTHS[full.month - 1]} {full.year} has no day {day.day}, so its last day is used."


def _ending(full: date, deadline: Deadline) -> str:
    if deadline.latest and full > deadline.latest:
        last = weekday_in_words(deadline.latest)
        return f" The last date allowed, {last}, comes first."
    if deadline.bound is Bound.EARLIEST:
        return " That is the first day, not the last."
    return ""


def _fixed_sum(deadline: Deadline, full: date) -> str:
    if deadline.month_only:
        month = f"{MONTHS[full.month - 1]} {full.year}"
        return (
            f"The month is fixed: {month}. The source names no day, "
            f"so its last, {weekday_in_words(full)}, is used."
        )
    return f"The date is fixed: {weekday_in_words(full)}."


def _fixed_day(deadline: Deadline, day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}" if deadline.month_only else day_in_words(day)


def _day_of_year(yearly: tuple[int, int]) -> str:
    month, day = yearly
    return f"{day} {MONTHS[month - 1]}"


def _moment(when: date | datetime, deadline: Deadline) -> str:
    words = weekday_in_words(_day(when))
    timed = isinstance(when, datetime) and deadline.unit is Unit.HOURS
    return f"{words} at {when:%H:%M}" if timed else words


def _day(when: date | datetime) -> date:
    return when.date() if isinstance(when, datetime) else when
