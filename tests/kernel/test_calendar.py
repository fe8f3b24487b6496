"""Working days against a plain count along the published calendar of 22 years."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.kernel.calendar import WorkingDays, add_months
from concordat.kernel.errors import Invalid
from tests.kernel.bank_holidays import FIRST_YEAR, LAST_YEAR, closed_days

FIRST, LAST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
CLOSED = closed_days()
ENGLAND = WorkingDays(CLOSED, (FIRST, LAST))
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
WORKED = [day.strftime("%a") not in ("Sat", "Sun") and day not in CLOSED for day in EVERY_DAY]
MARGIN = 150

places = st.integers(MARGIN, len(EVERY_DAY) - MARGIN - 1)
counts = st.integers(-80, 80)


def counted_along(place: int, n: int) -> date:
    """Turn the pages of the calendar one by one, counting those that are worked."""
    step = 1 if n > 0 else -1
    while n:
        place += step
        if WORKED[place]:
            n -= step
    return EVERY_DAY[place]


def test_the_span_checked_is_longer_than_twenty_years() -> None:
    assert LAST_YEAR - FIRST_YEAR >= 20


@pytest.mark.parametrize(("year", "worked"), [(2018, 253), (2019, 253), (2022, 250), (2023, 251)])
def test_years_have_the_working_days_that_everybody_counts(year: int, worked: int) -> None:
    assert ENGLAND.between(date(year - 1, 12, 31), date(year, 12, 31)) == worked


@pytest.mark.parametrize("n", [1, 5, 7, 15, 20, -7])
def test_adding_agrees_with_the_count_from_every_day(n: int) -> None:
    for place in range(MARGIN, len(EVERY_DAY) - MARGIN):
        assert ENGLAND.add(EVERY_DAY[place], n) == counted_along(place, n)


@given(places, counts)
def test_adding_agrees_with_the_count_for_any_number(place: int, n: int) -> None:
    assert ENGLAND.add(EVERY_DAY[place], n) == counted_along(place, n)


@given(places, places)
def test_days_between_agree_with_the_count(one: int, other: int) -> None:
    start, end = sorted((one, other))
    worked = sum(WORKED[start + 1 : end + 1])
    assert ENGLAND.between(EVERY_DAY[start], EVERY_DAY[end]) == worked
    assert ENGLAND.between(EVERY_DAY[end], EVERY_DAY[start]) == -worked


@given(places, places, places)
def test_spans_add_up(one: int, two: int, three: int) -> None:
    a, b, c = (EVERY_DAY[place] for place in (one, two, three))
    assert ENGLAND.between(a, b) + ENGLAND.between(b, c) == ENGLAND.between(a, c)


@given(places, st.integers(0, 80))
def test_between_undoes_add_from_any_day(place: int, n: int) -> None:
    day = EVERY_DAY[place]
    assert ENGLAND.between(day, ENGLAND.add(day, n)) == n


@given(places, counts)
def test_adding_there_and_back_returns_to_a_working_day(place: int, n: int) -> None:
    day = ENGLAND.next_working(EVERY_DAY[place])
    assert ENGLAND.between(day, ENGLAND.add(day, n)) == n
    assert ENGLAND.add(ENGLAND.add(day, n), -n) == day


@given(places, st.integers(1, 80))
def test_a_count_ends_on_a_working_day(place: int, n: int) -> None:
    assert ENGLAND.is_working(ENGLAND.add(EVERY_DAY[place], n))


@given(places)
def test_the_working_day_next_or_before_is_the_nearest(place: int) -> None:
    day = EVERY_DAY[place]
    following, previous = ENGLAND.next_working(day), ENGLAND.previous_working(day)
    assert previous <= day <= following
    assert ENGLAND.is_working(following)
    assert ENGLAND.is_working(previous)
    assert (previous == day == following) is ENGLAND.is_working(day)
    assert ENGLAND.between(previous, following) == (previous != following)


def test_the_day_itself_is_day_nought_worked_or_not() -> None:
    saturday = date(2019, 3, 30)
    assert ENGLAND.add(saturday, 0) == saturday
    assert ENGLAND.add(saturday, 1) == date(2019, 4, 1)
    assert ENGLAND.add(saturday, -1) == date(2019, 3, 29)


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        (date(2019, 3, 28), 5, date(2019, 4, 4)),
        (date(2019, 4, 18), 1, date(2019, 4, 23)),
        (date(2022, 9, 16), 1, date(2022, 9, 20)),
        (date(2023, 5, 5), 1, date(2023, 5, 9)),
        (date(2020, 5, 1), 5, date(2020, 5, 11)),
        (date(2022, 6, 1), 1, date(2022, 6, 6)),
        (date(2019, 12, 24), 3, date(2019, 12, 31)),
    ],
)
def test_counts_step_over_weekends_and_closed_days(start: date, n: int, due: date) -> None:
    assert ENGLAND.add(start, n) == due


def test_a_weekend_after_the_due_day_is_not_yet_a_working_day_late() -> None:
    friday = date(2019, 3, 29)
    assert ENGLAND.between(date(2019, 3, 30), friday) == 0
    assert ENGLAND.between(date(2019, 4, 1), friday) == -1


def test_the_days_skipped_are_the_closed_weekdays_in_order() -> None:
    closed = frozenset({date(2019, 4, 22), date(2019, 4, 19), date(2019, 4, 20)})
    easter = WorkingDays(closed)
    assert easter.skipped(date(2019, 4, 19), date(2019, 4, 22)) == (
        date(2019, 4, 19),
        date(2019, 4, 22),
    )
    assert easter.skipped(date(2019, 4, 20), date(2019, 4, 21)) == ()


def test_nothing_is_answered_beyond_the_days_that_are_known() -> None:
    with pytest.raises(Invalid, match="31 December 2027"):
        ENGLAND.add(date(2027, 12, 30), 5)
    with pytest.raises(Invalid, match="1 January 2028 is beyond"):
        ENGLAND.is_working(date(2028, 1, 1))
    with pytest.raises(Invalid, match="1 January 2006"):
        ENGLAND.between(date(2005, 12, 30), date(2006, 1, 9))
    with pytest.raises(Invalid):
        ENGLAND.skipped(date(2027, 1, 1), date(2028, 1, 1))


def test_the_last_known_day_is_still_answered() -> None:
    assert ENGLAND.add(date(2027, 12, 30), 1) == LAST
    assert ENGLAND.between(FIRST, LAST) == sum(WORKED)


def test_without_a_horizon_every_weekday_is_worked() -> None:
    assert WorkingDays().add(date(1850, 1, 4), 5) == date(1850, 1, 11)


def test_a_moment_is_not_a_day() -> None:
    with pytest.raises(TypeError, match="whole day"):
        ENGLAND.is_working(datetime(2019, 12, 25, 9, 0))  # noqa: DTZ001


def test_a_count_past_the_end_of_time_is_refused() -> None:
    with pytest.raises(Invalid, match="outside the calendar"):
        WorkingDays().add(date.max, 1)
    with pytest.raises(Invalid, match="outside the calendar"):
        add_months(date(9999, 12, 1), 1)


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2019, 1, 31), 1, date(2019, 2, 28)),
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2019, 3, 29), 6, date(2019, 9, 29)),
        (date(2019, 8, 31), 6, date(2020, 2, 29)),
        (date(2019, 12, 31), 2, date(2020, 2, 29)),
        (date(2019, 3, 31), -1, date(2019, 2, 28)),
        (date(2019, 1, 15), -1, date(2018, 12, 15)),
        (date(2019, 3, 29), 0, date(2019, 3, 29)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(day: date, n: int, expected: date) -> None:
    assert add_months(day, n) == expected


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(-600, 600))
def test_months_never_leave_the_month_they_lead_to(day: date, n: int) -> None:
    moved = add_months(day, n)
    assert moved.year * 12 + moved.month == day.year * 12 + day.month + n
    clamped = moved.day < day.day
    assert not clamped or (moved + timedelta(days=1)).day == 1
    assert moved.day <= day.day
