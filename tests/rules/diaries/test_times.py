"""Minutes, London's clocks, and patterns of a week."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.governance.diaries.rules import (
    Part,
    Pattern,
    Span,
    Strength,
    at,
    edges,
    exact,
    in_words,
    local,
    minutes_of,
    moment_of,
    spans,
    surely_at,
    whole_day,
)
from concordat.domain.governance.diaries.rules.times import merged
from concordat.kernel.errors import Invalid

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@pytest.mark.parametrize(
    ("day", "minutes", "hour_in_utc"),
    [
        (date(2026, 3, 28), 600, 10),
        (date(2026, 3, 30), 600, 9),
        (SPRING, 120, 1),
        (AUTUMN, 90, 0),
        (AUTUMN, 120, 2),
    ],
)
def test_a_time_on_the_clock_is_one_moment(day: date, minutes: int, hour_in_utc: int) -> None:
    found = at(day, minutes)
    assert found is not None
    assert moment_of(found).hour == hour_in_utc


@pytest.mark.parametrize("minutes", [60, 75, 119])
def test_the_hour_that_summer_takes_away_is_no_time(minutes: int) -> None:
    assert at(SPRING, minutes) is None
    assert local(surely_at(SPRING, minutes)).hour == 2
    with pytest.raises(Invalid, match="the clocks go forward"):
        exact(SPRING, minutes)


def test_days_last_as_long_as_they_do() -> None:
    lengths = [whole_day(day).end - whole_day(day).start for day in (SPRING, AUTUMN)]
    assert lengths == [23 * 60, 25 * 60]


def test_a_span_is_told_by_the_clock() -> None:
    start = exact(date(2026, 4, 9), 600)
    assert in_words(Span(start, start + 90)) == "Thursday 9 April 2026, 10:00 to 11:30"


@pytest.mark.parametrize(
    ("told", "minutes"),
    [("9", 540), ("09:30", 570), ("9.05", 545), (" 14:00 ", 840), ("24:00", 1440), ("0", 0)],
)
def test_times_as_people_type_them(told: str, minutes: int) -> None:
    assert minutes_of(told) == minutes


@pytest.mark.parametrize("told", ["", "25", "24:01", "9:5", "9:60", "noon", "-1", "٩", "9:30:00"])
def test_what_is_no_time_of_day(told: str) -> None:
    with pytest.raises(Invalid, match="not a time of day"):
        minutes_of(told)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=12))
def test_merging_keeps_every_minute_and_adds_none(pairs: list[tuple[int, int]]) -> None:
    given_spans = [Span(start, start + length) for start, length in pairs]
    whole = {minute for span in given_spans for minute in range(span.start, span.end)}
    told = merged(given_spans)
    assert {minute for span in told for minute in range(span.start, span.end)} == whole
    assert all(one.end < other.start for one, other in pairwise(told))


# --- patterns


def pattern(weekday: int | None, begins: int, ends: int, **more: date) -> Pattern:
    return Pattern(Strength.NEVER, weekday, begins, ends, more.get("first", date(2026, 1, 1)))


@pytest.mark.parametrize(
    ("weekday", "begins", "ends", "words"),
    [
        (1, 0, 720, "never Tuesday morning"),
        (4, 0, 1440, "never Friday"),
        (4, 720, 1440, "never Friday afternoon"),
        (2, 900, 1440, "never Wednesday after 15:00"),
        (2, 0, 570, "never Wednesday before 09:30"),
        (0, 600, 660, "never Monday 10:00 to 11:00"),
        (None, 900, 1440, "never after 15:00"),
        (None, 0, 1440, "never on any day"),
    ],
)
def test_a_pattern_in_words(weekday: int | None, begins: int, ends: int, words: str) -> None:
    assert str(pattern(weekday, begins, ends)) == words


def test_a_pattern_holds_on_its_weekday_within_its_days() -> None:
    held = Pattern(Strength.NEVER, 1, 0, 720, first=date(2026, 3, 10), last=date(2026, 3, 24))
    found = [local(span.start).date() for span in spans(held, date(2026, 3, 1), date(2026, 4, 30))]
    assert found == [date(2026, 3, 10), date(2026, 3, 17), date(2026, 3, 24)]


def test_a_pattern_follows_the_clock_through_its_change() -> None:
    held = pattern(None, 540, 600)
    before, after = (
        next(iter(spans(held, day, day))) for day in (date(2026, 3, 28), date(2026, 3, 30))
    )
    assert [moment_of(each.start).hour for each in (before, after)] == [9, 8]


def test_parts_of_a_day() -> None:
    assert edges(Part.DAY, None, None) == (0, 1440)
    assert edges(Part.TIMES, 540, 600) == (540, 600)
    for begins, ends, field in ((None, 600, "begins"), (540, None, "ends"), (600, 540, "ends")):
        with pytest.raises(Invalid) as told:
            edges(Part.TIMES, begins, ends)
        assert told.value.faults[0].field == field


def test_a_moment_is_a_whole_minute() -> None:
    assert moment_of(at(date(2026, 7, 1), 600) or 0) == datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
