"""What a rhythm asks for, from words that are stated to days, and what is missing by it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.base.seats.rules import Standing
from concordat.domain.base.seats.rules import rhythm as stated
from concordat.domain.governance.diaries.rules import Every, Rhythm, from_words
from concordat.domain.governance.meetings.rules import series
from concordat.kernel.dates import Period, UncertainDate
from concordat.kernel.errors import Invalid

DATES = UncertainDate.parse


def plan(words: str) -> Rhythm | None:
    return series.plan_of(stated.from_words(words))


@pytest.mark.parametrize(
    ("words", "every", "number"),
    [
        ("every 6 weeks", Every.WEEKS, 6),
        ("3-weekly", Every.WEEKS, 3),
        ("fortnightly", Every.WEEKS, 2),
        ("every 14 days", Every.WEEKS, 2),
        ("monthly", Every.MONTHS, 1),
        ("quarterly", Every.MONTHS, 3),
        ("every 4 to 6 weeks", Every.WEEKS, 6),
        ("at least every 2 months", Every.MONTHS, 2),
        ("4 times a year", Every.MONTHS, 3),
        ("5 times a year", Every.WEEKS, 10),
        ("yearly", Every.MONTHS, 12),
        ("in cycles of 4 months", Every.MONTHS, 4),
        ("every 2 months; also as needed: a child dies", Every.MONTHS, 2),
    ],
)
def test_a_stated_rhythm_gives_days(words: str, every: Every, number: int) -> None:
    found = plan(words)
    assert found is not None
    assert (found.every, found.number) == (every, number)
    assert series.why_no_days(stated.from_words(words)) == ""


def test_stated_dates_are_a_rhythm_only_if_all_are_days() -> None:
    found = plan("on 2019-05-01, 2019-06-12")
    assert found is not None
    assert found.dates == (date(2019, 5, 1), date(2019, 6, 12))
    assert plan("on 2019-05, 2019-06-12") is None


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("as needed: a product is to be reviewed", "as needed: a product"),
        ("standing", "no meetings of its own"),
        ("bi-monthly", "Does “bi-monthly” mean once in 2 months or twice in 1 month?"),
        ("every 10 days", "No day can be worked out"),
    ],
)
def test_what_names_no_interval_says_why(words: str, why: str) -> None:
    assert plan(words) is None
    assert why in series.why_no_days(stated.from_words(words))


def test_nothing_on_record_is_said_so() -> None:
    assert "Nothing on record" in series.why_no_days(None)


def test_the_steering_group_is_a_range_and_never_a_day() -> None:
    """It met in November 2018, every six weeks to follow: no paper names a day."""
    found = plan("every 6 weeks")
    assert found is not None
    told = series.next_after(found, DATES("2018-11"))
    assert told == series.Reach(date(2018, 12, 13), date(2019, 1, 11))
    assert str(told) == "between 13 December 2018 and 11 January 2019"
    gone = series.missed(found, DATES("2018-11"), date(2019, 3, 29))
    assert (gone.least, gone.most) == (2, 3)
    assert str(gone) == "2 or 3 meetings"


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("2018-08", "2018-10", "4 to 13 weeks"),
        ("2019-01-01", "2019-02-12", "6 weeks"),
        ("2019-01-01", "2019-02-14", "6 weeks and 2 days"),
        ("2019-01-01", "2019-01-04", "3 days"),
        ("?", "2019-01-04", ""),
    ],
)
def test_how_far_apart_two_meetings_are(one: str, other: str, told: str) -> None:
    assert series.apart(DATES(one), DATES(other)) == told


def test_months_keep_the_day_of_the_first_through_a_short_month() -> None:
    found = series.asked_for(Rhythm(Every.MONTHS, 1), date(2019, 1, 31), date(2019, 4, 30))
    assert found == [date(2019, 1, 31), date(2019, 2, 28), date(2019, 3, 31), date(2019, 4, 30)]


def test_a_weekday_of_the_month_begins_with_the_next_one() -> None:
    found = series.asked_for(from_words("second Tuesday"), date(2019, 4, 10), date(2019, 7, 31))
    assert found == [date(2019, 5, 14), date(2019, 6, 11), date(2019, 7, 9)]
    assert series.following(from_words("second Tuesday"), date(2019, 5, 1)) == date(2019, 5, 14)
    assert series.following(from_words("second Tuesday"), date(2019, 5, 14)) == date(2019, 6, 11)


def test_given_dates_end() -> None:
    told = from_words("2019-05-01, 2019-06-12")
    assert series.following(told, date(2019, 5, 1)) == date(2019, 6, 12)
    assert series.following(told, date(2019, 6, 12)) is None
    assert series.next_after(told, DATES("2019-06-12")) is None


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (date(2019, 5, 1), date(2019, 4, 1), "before the first"),
        (date(2019, 5, 1), date(2021, 5, 1), "longer than"),
    ],
)
def test_a_time_that_cannot_be_is_refused(first: date, last: date, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        series.asked_for(Rhythm(Every.WEEKS, 6), first, last)


def test_too_many_and_none_are_refused() -> None:
    with pytest.raises(Invalid, match="60 at most"):
        series.asked_for(Rhythm(Every.WEEKS, 1), date(2019, 1, 1), date(2020, 6, 1))
    with pytest.raises(Invalid, match="no day"):
        series.asked_for(from_words("2019-05-01"), date(2019, 6, 1), date(2019, 7, 1))


@given(
    number=st.integers(1, 12),
    every=st.sampled_from([Every.WEEKS, Every.MONTHS]),
    first=st.dates(date(2018, 1, 1), date(2027, 1, 1)),
    length=st.integers(0, 365),
)
def test_days_rise_begin_with_the_first_and_stay_inside(
    number: int, every: Every, first: date, length: int
) -> None:
    last = first + timedelta(days=length)
    found = series.asked_for(Rhythm(every, number), first, last)
    assert found[0] == first
    assert found == sorted(set(found))
    assert found[-1] <= last
    after = series.following(Rhythm(every, number), found[-1])
    assert after is not None
    assert after > last or every is Every.MONTHS


CLOSED = {date(2019, 4, 19): "Good Friday", date(2019, 4, 22): "Easter Monday"}


@pytest.mark.parametrize(
    ("wanted", "on"),
    [
        (date(2019, 4, 17), date(2019, 4, 17)),
        (date(2019, 4, 19), date(2019, 4, 18)),
        (date(2019, 4, 20), date(2019, 4, 18)),
        (date(2019, 4, 22), date(2019, 4, 23)),
        (date(2019, 4, 13), date(2019, 4, 12)),
        (date(2019, 4, 14), date(2019, 4, 15)),
    ],
)
def test_a_day_that_is_not_worked_gives_the_nearest_one_that_is(wanted: date, on: date) -> None:
    found, why = series.open_day(wanted, CLOSED)
    assert found == on
    assert bool(why) == (wanted != on)


def test_a_body_that_ended_meets_no_more() -> None:
    ended = (Standing.ENDED, Period(DATES("2019-06-05")))
    force = (Standing.IN_FORCE, Period(DATES("2018-01-01"), DATES("2019-06-04")))
    told = series.may_meet([force, ended], "Old board", ["The Executive"], date(2019, 6, 5))
    assert not told
    assert "The Old board has ended by 5 June 2019" in told.reason
    assert "The Executive took over from it." in told.reason
    assert series.may_meet([force, ended], "Old board", [], date(2019, 6, 4))
    assert series.may_meet([], "Group", [], date(2019, 6, 4)), "what no source ends is there"


def test_an_end_that_is_known_as_a_month_stops_nothing_before_it_is_certain() -> None:
    ended = (Standing.ENDED, Period(DATES("2019-06")))
    assert series.may_meet([ended], "Old board", [], date(2019, 6, 15))
    assert not series.may_meet([ended], "Old board", [], date(2019, 7, 1))


def test_how_a_series_stands_in_a_sentence() -> None:
    rhythm, on = Rhythm(Every.WEEKS, 6), date(2019, 3, 29)
    assert series.in_a_sentence(rhythm, None, [], on) == (
        "No meeting is called. No meeting is on record."
    )
    told = series.in_a_sentence(rhythm, DATES("2018-11"), [], on)
    assert "2 or 3 meetings were wanted since November 2018" in told
    ahead = [date(2019, 4, 10)]
    assert series.in_a_sentence(rhythm, DATES("2019-04-10"), ahead, on) == (
        "1 meeting ahead, the next on Wednesday 10 April 2019."
    )
    assert series.in_a_sentence(None, None, [], on) == "No meeting is called."
