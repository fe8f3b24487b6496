"""The library and the packaged table against the days as they were published."""

from datetime import date

import pytest

from concordat.craft.holidays import england_closed_days, england_working_days, proclaimed_days
from concordat.kernel.errors import Invalid
from tests.kernel.bank_holidays import FIRST_YEAR, LAST_YEAR, closed_days

PROCLAIMED = {
    date(1995, 5, 8): date(1995, 5, 1),
    date(1999, 12, 31): None,
    date(2002, 6, 3): None,
    date(2002, 6, 4): date(2002, 5, 27),
    date(2011, 4, 29): None,
    date(2012, 6, 4): date(2012, 5, 28),
    date(2012, 6, 5): None,
    date(2020, 5, 8): date(2020, 5, 4),
    date(2022, 6, 2): date(2022, 5, 30),
    date(2022, 6, 3): None,
    date(2022, 9, 19): None,
    date(2023, 5, 8): None,
}


def test_the_closed_days_are_those_published_over_22_years() -> None:
    assert england_closed_days(FIRST_YEAR, LAST_YEAR) == closed_days()


@pytest.mark.parametrize("day", PROCLAIMED)
def test_proclaimed_days_are_closed_and_the_days_they_replace_are_worked(day: date) -> None:
    england = england_working_days()
    assert not england.is_working(day)
    replaced = PROCLAIMED[day]
    assert replaced is None or england.is_working(replaced)


def test_the_packaged_table_knows_them_whatever_the_library_knows() -> None:
    assert {row.day: row.in_place_of for row in proclaimed_days()} == PROCLAIMED
    assert all(row.name for row in proclaimed_days())


def test_only_days_of_the_working_week_are_listed() -> None:
    assert all(day.weekday() < 5 for day in england_closed_days(1990, 2050))


def test_years_ahead_follow_the_rules() -> None:
    assert set(england_closed_days(2033, 2033)) == {
        date(2033, 1, 3),
        date(2033, 4, 15),
        date(2033, 4, 18),
        date(2033, 5, 2),
        date(2033, 5, 30),
        date(2033, 8, 29),
        date(2033, 12, 26),
        date(2033, 12, 27),
    }


def test_the_horizon_is_the_years_asked_for() -> None:
    days = england_working_days(first_year=2018, last_year=2019)
    assert days.horizon == (date(2018, 1, 1), date(2019, 12, 31))
    assert days.closed == england_closed_days(2018, 2019)
    with pytest.raises(Invalid, match="31 December 2019"):
        days.add(date(2019, 12, 20), 15)


@pytest.mark.parametrize(("first", "last"), [(1970, 2020), (2020, 2019)])
def test_years_that_cannot_be_given_are_refused(first: int, last: int) -> None:
    with pytest.raises(Invalid, match=f"from {first} to {last}"):
        england_closed_days(first, last)
