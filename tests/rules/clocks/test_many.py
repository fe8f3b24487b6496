"""Many dates at once are those that each rule gives by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from concordat.domain.base.clocks.rules import (
    DayCounting,
    Direction,
    Rule,
    Unit,
    due_on,
    law,
    working_dues,
)
from concordat.kernel.calendar import WorkingDays
from concordat.kernel.errors import Invalid
from tests.kernel.bank_holidays import closed_days

SPAN = (date(2017, 12, 1), date(2019, 3, 31))
ENGLAND = WorkingDays(closed_days(), SPAN)
EVERY = [date(2018, 1, 1) + timedelta(days=n) for n in range(400)]
RULE = next(
    rule for rule in law().rules if rule.deadline and rule.deadline.unit is Unit.WORKING_DAYS
)


def counted(value: int, direction: Direction, counting: DayCounting) -> Rule:
    assert RULE.deadline is not None
    told = replace(RULE.deadline, value=value, direction=direction, day_counting=counting)
    return replace(RULE, deadline=replace(told, window_from=None, latest=None))


def one(start: date, rule: Rule) -> date | None:
    try:
        return due_on(start, rule, ENGLAND).due
    except Invalid:
        return None


@pytest.mark.parametrize("value", [1, 2, 15])
@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("counting", [DayCounting.DAY0, DayCounting.DAY1])
def test_each_date_is_the_one_counted_by_itself(
    value: int, direction: Direction, counting: DayCounting
) -> None:
    rule = counted(value, direction, counting)
    assert rule.deadline is not None
    mixed = EVERY[::-3] + EVERY[::2]
    assert working_dues(mixed, rule.deadline, ENGLAND) == [one(each, rule) for each in mixed]


def test_a_count_beyond_the_known_days_has_no_date() -> None:
    rule = counted(15, Direction.FORWARD, DayCounting.DAY0)
    assert rule.deadline is not None
    found = working_dues([SPAN[1] - timedelta(days=5), EVERY[0]], rule.deadline, ENGLAND)
    assert found == [None, one(EVERY[0], rule)]
    back = replace(rule.deadline, direction=Direction.BACKWARD)
    found = working_dues([SPAN[0] + timedelta(days=n) for n in (5, 60)], back, ENGLAND)
    assert found[0] is None
    assert found[1] is not None


def test_a_last_day_is_never_passed() -> None:
    rule = counted(15, Direction.FORWARD, DayCounting.DAY0)
    assert rule.deadline is not None
    last = replace(rule.deadline, latest=date(2018, 3, 1))
    found = working_dues(EVERY, last, ENGLAND)
    assert found == [one(each, replace(rule, deadline=last)) for each in EVERY]
    assert max(each for each in found if each) == date(2018, 3, 1)


def test_nothing_to_count() -> None:
    assert RULE.deadline is not None
    assert working_dues([], RULE.deadline, ENGLAND) == []
