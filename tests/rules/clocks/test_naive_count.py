"""Every counted deadline against a count by fingers that shares no code with the rules."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.base.clocks.rules import (
    Bound,
    DayCounting,
    Direction,
    Rule,
    Unit,
    due_on,
    law,
)
from concordat.kernel.calendar import WorkingDays
from tests.kernel.bank_holidays import closed_days

CLOSED = closed_days()
ENGLAND = WorkingDays(CLOSED)
ONE = timedelta(days=1)
COUNTED = [
    rule
    for rule in law().rules
    if rule.deadline and rule.deadline.unit not in (Unit.FIXED, Unit.YEARLY, Unit.HOURS)
]
days = st.dates(date(2008, 1, 1), date(2025, 12, 31))


def naive(start: date, rule: Rule) -> date:
    assert rule.deadline is not None
    unit, left = rule.deadline.unit, rule.deadline.value
    step = ONE if rule.deadline.direction is Direction.FORWARD else -ONE
    if unit is Unit.MONTHS:
        return naive_months(start, left if step == ONE else -left)
    if unit is Unit.WEEKS:
        left *= 7
    day = start - step if rule.deadline.day_counting is DayCounting.DAY1 else start
    while left:
        day += step
        if unit is not Unit.WORKING_DAYS or (day.strftime("%a")[0] != "S" and day not in CLOSED):
            left -= 1
    return day


def naive_months(start: date, months: int) -> date:
    year, month = start.year, start.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        year, month = (year + 1, 1) if month == 13 else (year, month)
        year, month = (year - 1, 12) if month == 0 else (year, month)
    for day in (start.day, 30, 29, 28):
        try:
            return date(year, month, min(day, start.day))
        except ValueError:
            continue
    raise AssertionError("no such month")


@given(start=days, rule=st.sampled_from(COUNTED))
def test_agrees_with_counting_on_fingers(start: date, rule: Rule) -> None:
    assert rule.deadline is not None
    counted = naive(start, rule)
    capped = min(counted, rule.deadline.latest or date.max)
    reckoned = due_on(start, rule, ENGLAND)
    assert reckoned.due == capped
    assert reckoned.capped is (capped != counted)


@given(start=days, later=st.integers(0, 60), rule=st.sampled_from(COUNTED))
def test_a_later_start_is_never_due_earlier(start: date, later: int, rule: Rule) -> None:
    after = start + timedelta(days=later)
    assert due_on(start, rule, ENGLAND).due <= due_on(after, rule, ENGLAND).due


@given(start=days, rule=st.sampled_from(COUNTED))
def test_time_to_act_never_ends_before_the_trigger(start: date, rule: Rule) -> None:
    assert rule.deadline is not None
    due = due_on(start, rule, ENGLAND)
    if due.capped or rule.deadline.direction is Direction.BACKWARD:
        assert due.bound is Bound.LATEST
    else:
        assert due.due >= start
