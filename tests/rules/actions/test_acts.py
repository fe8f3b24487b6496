"""Who may do what with an action, and when it is late, due to be asked about, or extended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.base.actions import rules
from concordat.domain.base.actions.rules import Part, Priority, Stage, Told
from concordat.domain.base.actions.rules.telling import Line

TODAY = date(2019, 3, 29)
DUE = date(2019, 4, 26)
STRANGER = Part("Executive")
OWNER = Part("Executive", owns=True)
CONTACT = Part("Executive", contact=True)
CHAIR = Part("Executive", chairs=True)
SECRETARIAT = Part("Executive", secretariat=True)
OWNING_CHAIR = Part("Executive", owns=True, chairs=True)
CLOSER = Part("Executive", secretariat=True, closed_it=True)
SILENT_OWNER = Part("Executive", owns=True, answers=False)
EVERYBODY = (
    STRANGER, OWNER, CONTACT, CHAIR, SECRETARIAT, OWNING_CHAIR, CLOSER, SILENT_OWNER,
)  # fmt: skip


@pytest.mark.parametrize(
    ("may", "allowed"),
    [
        (rules.may_update, {OWNER, CONTACT, CHAIR, SECRETARIAT, OWNING_CHAIR, CLOSER}),
        (rules.may_judge, {CHAIR, SECRETARIAT}),
        (rules.may_end, {CHAIR, SECRETARIAT, CLOSER}),
        (rules.may_reassign, {CHAIR, SECRETARIAT, OWNING_CHAIR, CLOSER}),
        (rules.may_ask, {CHAIR, SECRETARIAT, OWNING_CHAIR, CLOSER}),
    ],
)
def test_who_may(may: object, allowed: set[Part]) -> None:
    assert {part for part in EVERYBODY if may(part)} == allowed  # type: ignore[operator]


def test_whose_day_may_be_moved() -> None:
    ordinary = {part for part in EVERYBODY if rules.may_extend(part, Priority.ORDINARY)}
    high = {part for part in EVERYBODY if rules.may_extend(part, Priority.HIGH)}
    assert ordinary == {OWNER, CONTACT, CHAIR, SECRETARIAT, OWNING_CHAIR, CLOSER}
    assert high == {CHAIR, SECRETARIAT, CLOSER}


def test_who_may_raise_one() -> None:
    assert not rules.may_add(STRANGER, changes_source=False)
    assert rules.may_add(STRANGER, changes_source=True)
    assert rules.may_add(CHAIR, changes_source=False)


def test_a_refusal_says_who_may() -> None:
    assert "chair of Executive" in str(rules.may_judge(STRANGER))
    assert "You own this action" in str(rules.may_judge(OWNING_CHAIR))
    assert "You closed this" in str(rules.may_judge(CLOSER))


@pytest.mark.parametrize(
    ("stage", "due", "late"),
    [
        (Stage.OPEN, TODAY - timedelta(days=1), True),
        (Stage.OPEN, TODAY, False),
        (Stage.OPEN, None, False),
        (Stage.CLOSED, TODAY - timedelta(days=1), False),
        (Stage.ACCEPTED, TODAY - timedelta(days=1), False),
    ],
)
def test_overdue(stage: Stage, due: date | None, late: bool) -> None:
    assert rules.is_overdue(stage, due, TODAY) is late


@pytest.mark.parametrize(
    ("due", "marked", "ago", "counts"),
    [
        (-1, None, None, True),
        (0, None, None, False),
        (-1, -1, 0, False),
        (-1, -1, 27, False),
        (-1, -1, 28, True),
        (-1, -40, 39, True),
        (None, None, None, False),
    ],
)
def test_a_missed_day_counts_once_and_again_after_four_weeks(
    due: int | None, marked: int | None, ago: int | None, counts: bool
) -> None:
    def day(away: int | None) -> date | None:
        return None if away is None else TODAY + timedelta(days=away)

    marked_on = None if ago is None else TODAY - timedelta(days=ago)
    assert rules.counts_as_late(day(due), TODAY, day(marked), marked_on) is counts


@given(st.integers(-400, 400), st.booleans())
def test_each_day_that_it_comes_up_is_asked_about_once(away: int, long_open: bool) -> None:
    comes_up = TODAY + timedelta(days=away)
    asked = rules.is_to_be_asked(comes_up, long_open, None, TODAY)
    assert asked == (away <= (0 if long_open else 14))
    assert not rules.is_to_be_asked(comes_up, long_open, comes_up, TODAY)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_this_month_holds_the_day_and_ends_before_the_next(day: date) -> None:
    first, last = rules.this_month(day)
    assert first.day == 1
    assert first <= day <= last
    assert (last + timedelta(days=1)).day == 1
    assert (first.month, first.year) == (last.month, last.year)


@pytest.mark.parametrize(
    ("first", "due", "times", "told"),
    [
        (DUE, DUE, 0, ""),
        (DUE, date(2019, 5, 31), 1, "Extended once, by 35 days in all"),
        (DUE, date(2019, 4, 27), 2, "Extended twice, by 1 day in all"),
        (DUE, date(2019, 5, 31), 3, "Extended 3 times, by 35 days in all"),
        (None, None, 2, "Extended twice"),
    ],
)
def test_how_often_and_by_how_much(
    first: date | None, due: date | None, times: int, told: str
) -> None:
    assert rules.how_extended(first, due, times) == told


@pytest.mark.parametrize(
    ("open_", "waiting", "late", "told"),
    [
        (0, 0, [], "Nothing is open."),
        (14, 0, ["health"] * 3, "14 open; 3 overdue, all of health."),
        (14, 2, ["health", "health", "police"],
         "14 open; 3 overdue, 2 of them of health; 2 wait for acceptance."),
        (1, 1, ["health", "police"], "1 open; 2 overdue; 1 waits for acceptance."),
        (5, 0, [], "5 open. None is overdue."),
        (1, 0, ["police"], "1 open; 1 overdue, of police."),
        (1, 0, [""], "1 open; 1 overdue."),
        (0, 3, [], "0 open; 3 wait for acceptance."),
    ],
)  # fmt: skip
def test_a_list_in_a_sentence(open_: int, waiting: int, late: list[str], told: str) -> None:
    assert rules.in_a_sentence(open_, waiting, late) == told


LIFE = [
    Line(date(2019, 1, 10), Told.SET, None, date(2019, 2, 1), "Anna"),
    Line(date(2019, 2, 5), Told.EXTENDED, date(2019, 2, 1), date(2019, 3, 1)),
    Line(date(2019, 2, 20), Told.REASSIGNED, owner_after="Ben"),
    Line(date(2019, 2, 28), Told.CLOSED),
    Line(date(2019, 3, 5), Told.INADEQUATE, date(2019, 3, 1), date(2019, 4, 1)),
    Line(date(2019, 3, 20), Told.CLOSED),
    Line(date(2019, 3, 25), Told.ACCEPTED),
]


@pytest.mark.parametrize(
    ("on", "stage", "due", "owner", "extended", "overdue"),
    [
        (date(2019, 1, 10), "open", date(2019, 2, 1), "Anna", 0, False),
        (date(2019, 2, 2), "open", date(2019, 2, 1), "Anna", 0, True),
        (date(2019, 2, 5), "open", date(2019, 3, 1), "Anna", 1, False),
        (date(2019, 2, 28), "closed", date(2019, 3, 1), "Ben", 1, False),
        (date(2019, 3, 5), "open", date(2019, 4, 1), "Ben", 1, False),
        (date(2019, 3, 24), "closed", date(2019, 4, 1), "Ben", 1, False),
        (date(2019, 4, 2), "accepted", date(2019, 4, 1), "Ben", 1, False),
    ],
)
def test_an_action_as_it_stood(
    on: date, stage: str, due: date, owner: str, extended: int, overdue: bool
) -> None:
    stood = rules.stood(LIFE, on)
    assert stood is not None
    assert (stood.stage, stood.due, stood.owner) == (stage, due, owner)
    assert (stood.extended, stood.overdue) == (extended, overdue)


def test_before_it_was_set_there_is_nothing() -> None:
    assert rules.stood(LIFE, date(2019, 1, 9)) is None
