"""Time limits counted back from a meeting, by hand."""

from __future__ import annotations

from datetime import date

import pytest

from concordat.domain.governance.meetings.rules import timetable
from concordat.domain.governance.meetings.rules.timetable import Count, Timetable
from concordat.kernel.calendar import WorkingDays
from concordat.kernel.errors import Invalid

GOOD_FRIDAY, EASTER_MONDAY = date(2019, 4, 19), date(2019, 4, 22)
DAYS = WorkingDays(frozenset({GOOD_FRIDAY, EASTER_MONDAY}))
CABINET = date(2019, 4, 24)
"""A Wednesday after Easter."""


@pytest.mark.parametrize(
    ("meeting", "days", "unit", "due"),
    [
        (date(2019, 3, 29), 5, Count.WORKING, date(2019, 3, 22)),
        (date(2019, 3, 29), 5, Count.CLEAR, date(2019, 3, 21)),
        (CABINET, 5, Count.WORKING, date(2019, 4, 15)),
        (CABINET, 5, Count.CLEAR, date(2019, 4, 12)),
        (CABINET, 7, Count.CALENDAR, date(2019, 4, 17)),
        (CABINET, 0, Count.WORKING, CABINET),
        (CABINET, 0, Count.CLEAR, date(2019, 4, 23)),
    ],
)
def test_counted_back_by_hand(meeting: date, days: int, unit: Count, due: date) -> None:
    assert timetable.before(meeting, days, unit, DAYS) == due


def test_the_sum_names_the_closed_days() -> None:
    told = timetable.sum_in_words(CABINET, 5, Count.WORKING, DAYS)
    assert told == (
        "5 working days before 24 April 2019 is 15 April 2019. "
        "Not counting 19 April 2019, 22 April 2019."
    )
    assert "1 working day before" in timetable.sum_in_words(CABINET, 1, Count.WORKING, DAYS)


def test_each_limit_that_is_set_has_its_day() -> None:
    found = timetable.deadlines(CABINET, Timetable(papers=7, sends=5), DAYS)
    assert (found.closes, found.papers, found.sends) == (
        None,
        date(2019, 4, 11),
        date(2019, 4, 15),
    )


def test_papers_are_not_due_after_the_pack_is_sent() -> None:
    with pytest.raises(Invalid, match="after the pack"):
        Timetable(papers=3, sends=5)
    with pytest.raises(Invalid, match="out of range"):
        Timetable(closes=61)


@pytest.mark.parametrize(
    ("agrees", "why_late", "why_now", "told"),
    [
        (True, "The figures came on Monday", "The grant ends on 31 March", ""),
        (False, "The figures came on Monday", "The grant ends on 31 March", "chair's agreement"),
        (True, "", "The grant ends on 31 March", "why the paper is late"),
        (True, "The figures came on Monday", " ", "next meeting"),
    ],
)
def test_a_late_paper_needs_the_chair_and_two_reasons(
    agrees: bool, why_late: str, why_now: str, told: str
) -> None:
    verdict = timetable.may_be_late(agrees, why_late, why_now)
    assert bool(verdict) is not bool(told)
    assert told in str(verdict)


def test_late_from_the_day_after() -> None:
    due = date(2019, 4, 11)
    assert not timetable.is_late(due, due)
    assert timetable.is_late(date(2019, 4, 12), due)
    assert not timetable.is_late(date(2019, 4, 12), None)
    assert timetable.lateness_in_words(date(2019, 4, 12), due) == (
        "1 day after papers were due on 11 April 2019"
    )
