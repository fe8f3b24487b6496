"""Dates and times as agencies type them: never sharper, and an undated row gains no date."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.practice.chronologies.rules import NOUGHT_1904, clock, moment
from concordat.domain.practice.chronologies.rules.columns import Value
from concordat.kernel.dates import Precision
from concordat.kernel.errors import Invalid

THE_DAY = date(2019, 3, 29)
STAMP = datetime(2019, 3, 29, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed",
    [
        "29/03/2019",
        "29/3/2019",
        "29-03-2019",
        "29.03.2019",
        "29.3.19",
        "29/03/19",
        "29\\03\\2019",
        "2019-03-29",
        "2019/03/29",
        "20190329",
        "29032019",
        "29 March 2019",
        "29 Mar 2019",
        "29 Mar 19",
        "29-Mar-2019",
        "29-Mar-19",
        "29Mar2019",
        "29th March 2019",
        "29th of March 2019",
        "March 29, 2019",
        "Mar 29th, 2019",
        "Friday 29 March 2019",
        "Fri 29/03/2019",
        "29 march '19",
        "29 MARCH 2019",
        " 29 \xa0March  2019 ",
        "29 March, 2019",
        "?29 March 2019",
        "29 March 2019?",
        "c. 29 March 2019",
        "29/03/2019 14:30",
        "2019-03-29T14:30:00",
        "29 March 2019 at 2.30pm",
        "29 March 2019.",
        "29 March 2019 (approx)",
        "29/03/2019??",
        "29/03/2019 (Fri)",
        "29/03/19 @ 14:30",
        "on 29 March 2019",
        "43553",
        "43553.604",
        43553,
        43553.0,
        20190329,
        date(2019, 3, 29),
        STAMP,
    ],
)
def test_one_day_in_many_forms(typed: Value) -> None:
    found = moment(typed, year=2019).date
    assert (found.precision, found.earliest, found.latest) == (Precision.DAY, THE_DAY, THE_DAY)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("early 2015", date(2015, 1, 1), date(2015, 4, 30)),
        ("March 2019", date(2019, 3, 1), date(2019, 3, 31)),
        ("spring 2018", date(2018, 3, 1), date(2018, 5, 31)),
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        (2018, date(2018, 1, 1), date(2018, 12, 31)),
        ("between June and September 2018", date(2018, 6, 1), date(2018, 9, 30)),
        ("??/03/2019", date(2019, 3, 1), date(2019, 3, 31)),
        ("xx/xx/2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("some time in March 2019", date(2019, 3, 1), date(2019, 3, 31)),
        ("during 2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("beginning of March 2019", date(2019, 3, 1), date(2019, 3, 31)),
        ("w/c 25/03/2019", date(2019, 3, 25), date(2019, 3, 31)),
        ("12/05/98", date(1998, 5, 12), date(1998, 5, 12)),
    ],
)
def test_a_span_is_kept_as_wide_as_it_was_typed(typed: Value, first: date, last: date) -> None:
    found = moment(typed, year=2019).date
    assert (found.earliest, found.latest) == (first, last)
    assert found.text == str(typed)


@pytest.mark.parametrize(
    "typed",
    [
        *(None, "", "?", "undated", "not known", "?22 May", "22nd May", "22/05", "May 22", "tbc"),
        *("22-May", "May-18", "2018 onwards", "2018-present", "pre 2015"),
        *("some time after Christmas", "before March 2018", "around the birth", "Friday"),
    ],
)
def test_what_fixes_no_day_stays_undated_and_as_typed(typed: Value) -> None:
    found = moment(typed, year=2019).date
    assert (found.precision, found.earliest) == (Precision.UNKNOWN, None)
    assert found.text == (typed or "")


@pytest.mark.parametrize(
    "typed",
    [
        *("29/02/2019", "29 February 2019", "31 April 2018", "03/29/2019", "2018/19", "1/2/3/4"),
        *("22/??/2019", "29/03/2019 (Mon)", "several dates in 2015", "29/03/2019 x 3"),
        *("Monday 29 March 2019", "99", 7, 0.5, True, time(9, 30)),
    ],
)
def test_what_no_calendar_has_is_refused(typed: Value) -> None:
    with pytest.raises(Invalid):
        moment(typed, year=2019)


def test_a_leap_day_is_a_day_in_its_year() -> None:
    assert moment("29/02/2016", year=2019).date.earliest == date(2016, 2, 29)


def test_both_systems_of_a_workbooks_numbers() -> None:
    assert moment(42091, year=2019, nought=NOUGHT_1904).date.earliest == THE_DAY
    assert moment(43553.604166666664, year=2019).minute == 14 * 60 + 30


@pytest.mark.parametrize(
    ("typed", "minute"),
    [
        ("14:30", 870),
        ("14.30", 870),
        ("1430", 870),
        ("1430 hrs", 870),
        ("2.30pm", 870),
        ("2:30 PM", 870),
        ("9am", 540),
        ("09:00:00", 540),
        ("12.15am", 15),
        ("noon", 720),
        ("?14:30", 870),
        ("c. 14:30", 870),
        (time(14, 30), 870),
        (STAMP, 870),
        (0.6041666666, 870),
        (timedelta(hours=14, minutes=30), 870),
        ("morning", None),
        ("midnight", None),
        ("25:00", None),
        ("14:75", None),
        (None, None),
    ],
)
def test_times(typed: Value, minute: int | None) -> None:
    assert clock(typed)[1] == minute


def test_a_time_that_cannot_be_read_is_kept_and_told() -> None:
    assert clock("25:00") == (
        "25:00",
        None,
        'The time "25:00" cannot be read; it is kept as typed.',
    )


@given(st.text(max_size=40) | st.integers() | st.floats() | st.booleans() | st.none())
def test_any_cell_is_read_or_refused_in_words(value: Value) -> None:
    clock(value)
    with suppress(Invalid):
        found = moment(value, year=2019)
        assert (found.date.earliest is None) == (found.date.precision is Precision.UNKNOWN)


@pytest.mark.parametrize("text", ["01.05.18 - 12.06.18", "01.05.2018 - 12.06.2018"])
def test_a_range_of_dotted_days_is_no_day_with_a_time(text: str) -> None:
    found = moment(text, year=2019)
    assert (found.date.earliest, found.date.latest) == (date(2018, 5, 1), date(2018, 6, 12))
    assert (found.minute, found.date.text) == (None, text)


def test_a_number_of_a_day_of_1904_stays_that_day_when_it_is_read_again() -> None:
    told = moment("43221", year=2019, nought=NOUGHT_1904)
    again = moment(told.date.text, year=2019)
    assert told.date.earliest == again.date.earliest == date(2022, 5, 2)
    assert "43221" in told.note


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("1-3 May 2018", "2018-05-01 to 2018-05-03"),
        ("1st to 3rd May 2018", "2018-05-01 to 2018-05-03"),
        ("1\u20133 May 18", "2018-05-01 to 2018-05-03"),
        ("1-3 May 98", "1998-05-01 to 1998-05-03"),
        ("28 April - 3 May 2018", "2018-04-28 to 2018-05-03"),
        ("?1-3 May 2018", "?2018-05-01 to 2018-05-03"),
    ],
)
def test_a_span_that_tells_its_month_or_year_once_is_read_whole(text: str, stated: str) -> None:
    found = moment(text, year=2019).date
    assert (found.text, found.stated) == (text, stated)


def test_a_span_that_cannot_be_is_named_and_one_without_a_year_gains_no_date() -> None:
    for text in ("3-1 May 2018", "29-31 June 2018"):
        with pytest.raises(Invalid):
            moment(text, year=2019)
    found = moment("1-3 May", year=2019)
    assert found.date.precision is Precision.UNKNOWN
    assert found.note == "The year is not stated, so the row has no date."


def test_words_that_fix_no_date_are_said_to_and_an_unknown_date_is_not() -> None:
    assert moment("yesterday", year=2019).note == "The words fix no date, so the row has none."
    for text in ("", "?", "unknown", "Not known", "N/K", "date unknown"):
        assert moment(text, year=2019).note == "", text


@pytest.mark.parametrize(
    ("typed", "beside", "minute"),
    [
        ("29/03/2019 morning", "morning", None),
        ("29 March 2019 (time unknown)", "time unknown", None),
        ("29/03/2019 09:30-10:30", "09:30-10:30", 570),
        ("29/03/2019 09:30 to 10:30", "09:30 to 10:30", 570),
        ("29/03/2019 2.30 p.m.", "14:30", 870),
        ("29/03/2019 14:30:00+01:00", "14:30", 870),
    ],
)
def test_what_stands_beside_the_day_is_kept_as_its_time(
    typed: str, beside: str, minute: int | None
) -> None:
    found = moment(typed, year=2019)
    assert (found.date.earliest, found.clock, found.minute) == (THE_DAY, beside, minute)
    assert clock(found.clock)[1] == minute, "read again it is the same"
