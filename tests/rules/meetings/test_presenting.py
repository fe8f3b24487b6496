"""A paper before many bodies: what covers draw, what came back, and what needs telling."""

from __future__ import annotations

import pytest

from concordat.domain.governance.meetings.rules import presenting
from concordat.domain.governance.meetings.rules.papers import Part
from concordat.domain.governance.meetings.rules.presenting import Been, Response
from concordat.kernel.dates import UncertainDate
from concordat.kernel.sensitivity import Sensitivity

FEBRUARY = Been("Safeguarding Group", UncertainDate.parse("2019-02-15"), True, "original report")
CABINET = Been("Cabinet", UncertainDate.parse("2019-04-24"), False)
MARCH = UncertainDate.parse("2019-03-29")


@pytest.mark.parametrize(
    ("words", "needs"),
    [("", None), (" ", None), ("NA", False), ("N/A", False), ("No.", False), ("none", False),
     ("Yes", True), ("The new threshold document", True), ("Not only the policy", True)],
)  # fmt: skip
def test_a_cover_says_whether_something_needs_telling(words: str, needs: bool | None) -> None:
    assert presenting.told_afterwards(words) is needs


def test_what_needs_telling_is_told_once_and_a_bare_yes_names_nothing() -> None:
    assert presenting.afterwards(["Yes", "NA", "The policy", "The policy", ""]) == "The policy"
    assert presenting.afterwards(["yes"]) == ""


def test_a_cover_draws_where_the_paper_was_and_where_it_goes() -> None:
    asked = Been("Head of the Youth Service, on youth voice", None, True)
    drawn = presenting.drawn([CABINET, FEBRUARY], [asked], MARCH)
    assert drawn[Part.PRESENTED_BEFORE] == [
        "Safeguarding Group, 15 February 2019 (original report)"
    ]
    assert drawn[Part.CONSULTED] == [
        "Safeguarding Group, 15 February 2019 (original report)",
        "Head of the Youth Service, on youth voice",
    ]
    assert drawn[Part.TO_CONSULT] == ["Cabinet, 24 April 2019"]


def test_what_was_planned_before_this_cover_is_not_told_as_still_to_come() -> None:
    gone = Been("Old board", UncertainDate.parse("2019-02"), False)
    undated = Been("Youth panel", None, False)
    drawn = presenting.drawn([gone, undated], [], MARCH)
    assert drawn == {Part.TO_CONSULT: ["Youth panel"]}


def test_a_month_that_may_reach_the_day_is_still_to_come() -> None:
    month = Been("Old board", UncertainDate.parse("2019-03"), False)
    assert presenting.drawn([month], [], MARCH)[Part.TO_CONSULT] == ["Old board, March 2019"]


def test_sessions_that_go_on_until_the_month_of_the_cover_are_still_to_come() -> None:
    february, march = (UncertainDate.parse(each) for each in ("2019-02", "2019-03"))
    sessions = Been("Old board", february, False, until=march)
    told = presenting.drawn([], [sessions], MARCH)[Part.TO_CONSULT]
    assert told == ["Old board, February 2019 to March 2019"]


def test_nothing_is_drawn_from_nowhere() -> None:
    assert presenting.drawn([], [], MARCH) == {}
    assert presenting.joined("Written", []) == "Written"
    assert presenting.joined("Written", ["Drawn"]) == ["Written", "Drawn"]
    assert presenting.joined("", ["Drawn"]) == ["Drawn"]


def test_each_line_is_a_point_without_its_dash() -> None:
    assert presenting.points("- One\n\n * Two \n• Three\n-\n") == ["One", "Two", "Three"]
    assert not presenting.may_give([])
    assert not presenting.may_give(["x"] * 31)
    assert presenting.may_give(["x"] * 30)


@pytest.mark.parametrize("response", list(Response))
def test_whatever_is_not_accepted_says_why(response: Response) -> None:
    assert presenting.may_answer(response, "Because")
    assert bool(presenting.may_answer(response, " ")) is (response is Response.ACCEPTED)


@pytest.mark.parametrize(
    ("given", "answered", "words"),
    [
        (0, 0, "No feedback came back yet."),
        (1, 0, "1 point came back, 1 point still to answer."),
        (3, 1, "3 points came back, 2 points still to answer."),
        (3, 3, "3 points came back, all answered."),
    ],
)
def test_what_came_back_is_told_in_words(given: int, answered: int, words: str) -> None:
    assert presenting.answered_in_words(given, answered) == words


@pytest.mark.parametrize(
    ("level", "theirs", "let_in", "reaches"),
    [
        (Sensitivity.PUBLIC, False, False, True),
        (Sensitivity.PARTNERSHIP, False, False, True),
        (Sensitivity.RESTRICTED, False, False, False),
        (Sensitivity.RESTRICTED, True, False, True),
        (Sensitivity.RESTRICTED, False, True, True),
        (Sensitivity.SEALED, False, False, False),
    ],
)
def test_what_is_held_closely_goes_only_where_it_is_open(
    level: Sensitivity, theirs: bool, let_in: bool, reaches: bool
) -> None:
    assert bool(presenting.reaches(level, theirs, let_in)) is reaches
