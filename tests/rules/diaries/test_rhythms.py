"""When meetings are wanted."""

from __future__ import annotations

from datetime import date

import pytest

from concordat.domain.governance.diaries.rules import Every, Rhythm, from_words, wanted
from concordat.kernel.errors import Invalid

FIRST, LAST = date(2026, 1, 5), date(2026, 6, 30)


@pytest.mark.parametrize(
    ("told", "words", "days"),
    [
        ("every 6 weeks", "every 6 weeks", ["2026-01-05", "2026-02-16", "2026-03-30"]),
        ("Every week", "every 1 week", ["2026-01-05", "2026-01-12", "2026-01-19"]),
        ("every 2 months", "every 2 months", ["2026-01-05", "2026-03-05", "2026-05-05"]),
        (
            "second Tuesday",
            "second Tuesday of every month",
            ["2026-01-13", "2026-02-10", "2026-03-10"],
        ),
        (
            "last friday of every 3 months",
            "last Friday of every 3 months",
            ["2026-01-30", "2026-04-24"],
        ),
        (
            "12 June 2026; 1 May 2026",
            "on 1 May 2026 and 12 June 2026",
            ["2026-05-01", "2026-06-12"],
        ),
    ],
)
def test_a_rhythm_asks_for_days(told: str, words: str, days: list[str]) -> None:
    rhythm = from_words(told)
    assert str(rhythm) == words
    assert [day.isoformat() for day in wanted(rhythm, FIRST, LAST)][: len(days)] == days


def test_a_month_too_short_gives_its_last_day() -> None:
    days = wanted(from_words("every month"), date(2026, 1, 31), date(2026, 4, 30))
    assert days == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


@pytest.mark.parametrize(
    "told", ["bi-monthly", "", "every 0 weeks", "fifth Monday", "March 2026", "every blue moon"]
)
def test_what_is_no_rhythm(told: str) -> None:
    with pytest.raises(Invalid):
        from_words(told)


def test_none_and_too_many_are_refused() -> None:
    with pytest.raises(Invalid, match="no day"):
        wanted(from_words("1 May 2030"), FIRST, LAST)
    with pytest.raises(Invalid, match="asks for 105"):
        wanted(from_words("every week"), date(2026, 1, 1), date(2027, 12, 31))


def test_the_days_between() -> None:
    assert from_words("every 6 weeks").ideal == 42
    assert from_words("every 2 months").ideal == 61
    assert Rhythm(Every.DATES, dates=(FIRST,)).ideal is None
