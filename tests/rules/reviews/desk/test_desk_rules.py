"""Terms, lists, planned against actual, and who is let in for how long."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from concordat.domain.practice.reviews.rules import desk
from concordat.domain.practice.reviews.rules.desk import (
    AGENCY_REPORT_STATES,
    LISTS,
    REVIEW_STATES,
    TERMS,
    Conflict,
    List,
    Part,
    ReportStage,
    Stage,
)
from concordat.kernel.errors import Invalid

ON = date(2019, 3, 29)


def test_terms_lack_what_is_needed_and_left_empty() -> None:
    assert len(desk.lacks({})) == sum(each.needed for each in TERMS)
    whole = {each.key: "Said" for each in TERMS if each.needed}
    assert desk.lacks(whole) == []
    assert desk.lacks(whole | {"family": "  "}) == ["How the family takes part"]


@pytest.mark.parametrize("kind", list(List))
def test_every_list_ends_in_something(kind: List) -> None:
    kept = LISTS[kind]
    assert any(each.ends and not each.reason for each in kept.outcomes)
    for each in kept.outcomes:
        assert desk.outcome(kind, each.key) is each
    with pytest.raises(Invalid, match="Choose"):
        desk.outcome(kind, "magic")


@pytest.mark.parametrize(
    ("planned", "done", "told"),
    [
        (None, None, "No day planned"),
        (ON, ON, "On the day"),
        (ON, ON + timedelta(days=9), "9 days late"),
        (ON, ON - timedelta(days=1), "1 day early"),
        (ON - timedelta(days=2), None, "2 days late so far"),
        (ON + timedelta(days=2), None, "2 days left"),
        (ON, None, "Due today"),
    ],
)
def test_planned_against_actual(planned: date | None, done: date | None, told: str) -> None:
    assert desk.told_by_day(planned, done, ON) == told


def test_late_is_what_is_past_and_not_over() -> None:
    yesterday = ON - timedelta(days=1)
    assert desk.is_late(yesterday, False, ON)
    assert not desk.is_late(yesterday, True, ON)
    assert not desk.is_late(ON, False, ON)
    assert not desk.is_late(None, False, ON)


@pytest.mark.parametrize(
    ("found", "may"),
    [(None, False), (Conflict.BARS, False), (Conflict.MANAGED, True), (Conflict.NONE, True)],
)
def test_nobody_is_let_in_unchecked(found: Conflict | None, may: bool) -> None:
    assert bool(desk.may_be_let_in(found)) is may


@pytest.mark.parametrize(
    ("part", "to_day", "may"),
    [
        (Part.REVIEWER, None, False),
        (Part.REVIEWER, ON, True),
        (Part.PANEL, None, True),
        (Part.PANEL, ON - timedelta(days=1), False),
    ],
)
def test_a_reviewer_is_let_in_for_a_time(part: Part, to_day: date | None, may: bool) -> None:
    assert bool(desk.is_term(ON, to_day, part)) is may


def test_a_newer_version_of_a_signed_report_is_checked_again() -> None:
    assert AGENCY_REPORT_STATES.after(ReportStage.SIGNED, "hand in") == ReportStage.IN
    assert not AGENCY_REPORT_STATES.verdict(ReportStage.IN, "sign")
    assert REVIEW_STATES.ends == (Stage.PUBLISHED, Stage.STOPPED)
    assert not REVIEW_STATES.verdict(Stage.UNDER_WAY, "publish")


def test_words_that_are_needed_are_asked_for() -> None:
    assert desk.needed("why", "  so ", "Say why.") == "so"
    with pytest.raises(Invalid, match="Say why"):
        desk.needed("why", " ", "Say why.")
    with pytest.raises(Invalid, match="10 characters"):
        desk.needed("why", "x" * 11, "Say why.", 10)
    assert not desk.may_conclude(0)
    assert desk.may_conclude(1)
