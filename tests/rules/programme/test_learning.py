"""Learning cycles: what they lack, whose turn it is, what may follow; and who joins a programme."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.governance.programme.rules import JOINING, LEARNING, joining, learning
from concordat.domain.governance.programme.rules.joining import Joined
from concordat.domain.governance.programme.rules.learning import Known, Model, Sort, Turn
from concordat.kernel.dates import UncertainDate

DAY = date(2019, 3, 29)
WHOLE = {"run_by": "areas:heath", "members": 2, "done": (Sort.AUDIT,), "found": 1}


def said(text: str) -> UncertainDate | None:
    return UncertainDate.parse(text) if text else None


def known(**told: object) -> Known:
    values = {"start": said("2019-01"), "end": said("2019-04"), **WHOLE, **told}
    return Known(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("turn", "told", "lacks"),
    [
        (Turn.PLANNED, {}, []),
        (Turn.PLANNED, {"run_by": "", "end": None, "found": 0}, ["who runs it", "when it ends"]),
        (Turn.UNDER_WAY, {"done": (), "found": 0}, []),
        (Turn.REPORTED, {"done": (), "found": 0}, ["what was done", "what it found"]),
        (Turn.NOT_STATED, {"start": None, "found": 0}, ["when it begins", "what it found"]),
    ],
)
def test_what_a_cycle_lacks_depends_on_how_far_it_is(
    turn: Turn, told: dict[str, object], lacks: list[str]
) -> None:
    assert learning.missing(known(**told), turn) == lacks


@pytest.mark.parametrize(
    ("judge", "told", "word"),
    [
        (learning.may_begin, {}, ""),
        (learning.may_begin, {"run_by": "", "members": 0}, "who runs it and who takes part"),
        (learning.may_report, {}, ""),
        (learning.may_report, {"done": ()}, "what was done"),
        (learning.may_report, {"found": 0}, "what it found"),
    ],
)
def test_a_cycle_begins_with_people_and_reports_with_evidence(
    judge: object, told: dict[str, object], word: str
) -> None:
    verdict = judge(known(**told))  # type: ignore[operator]
    assert bool(verdict) is not bool(word)
    assert word in str(verdict)


@pytest.mark.parametrize(
    ("answer", "reason", "is_one"),
    [("accepted", "", True), ("adapted", "", False), ("declined", "Too dear", True),
     ("declined", " ", False), ("", "Later", False)],
)  # fmt: skip
def test_an_answer_that_is_no_plain_yes_gives_a_reason(
    answer: str, reason: str, is_one: bool
) -> None:
    assert bool(learning.is_answer(answer, reason)) is is_one


@pytest.mark.parametrize(
    ("impact", "words", "is_one"), [("seen", "A tenth fewer", True), ("seen", "", False),
                                    ("", "Fewer", False)],
)  # fmt: skip
def test_an_impact_is_shown_by_something(impact: str, words: str, is_one: bool) -> None:
    assert bool(learning.is_impact(impact, words)) is is_one


@pytest.mark.parametrize(
    ("turns", "word"),
    [
        ([], ""),
        ([Turn.REPORTED, Turn.CHECKED], ""),
        ([Turn.ANSWERED, Turn.UNDER_WAY], "“Theme 1” has not reported yet"),
        ([Turn.NOT_STATED], "“Theme 0”"),
        ([Turn.ABANDONED], "“Theme 0”"),
    ],
)
def test_a_gate_rests_on_cycles_that_have_reported(turns: list[Turn], word: str) -> None:
    verdict = learning.may_rest((f"Theme {at}", turn) for at, turn in enumerate(turns))
    assert bool(verdict) is not bool(word)
    assert word in str(verdict)


@pytest.mark.parametrize(
    ("turn", "start", "end", "check", "verb", "has_come"),
    [
        (Turn.PLANNED, "2019-03-29", "", "", "begin", True),
        (Turn.PLANNED, "2019-03", "", "", "begin", False),
        (Turn.NOT_STATED, "", "", "", "begin", False),
        (Turn.UNDER_WAY, "2019-01", "2019-02", "", "report", True),
        (Turn.UNDER_WAY, "2019-01", "about 2019-02", "", "report", False),
        (Turn.ANSWERED, "2018-09", "2018-12", "2019-03-28", "check", True),
        (Turn.ANSWERED, "2018-09", "2018-12", "2019-06", "check", False),
        (Turn.REPORTED, "2018-09", "2018-12", "2019-01", "", False),
        (Turn.CHECKED, "2018-09", "2018-12", "2019-01", "", False),
    ],
)
def test_the_owner_is_asked_once_the_day_has_certainly_come(
    turn: Turn, start: str, end: str, check: str, verb: str, has_come: bool
) -> None:
    step = learning.next_step(turn, said(start), said(end), said(check))
    assert (step.verb if step else "") == verb
    assert (step.has_come(DAY) if step else False) is has_come


@pytest.mark.parametrize(
    ("end", "months", "later"),
    [("2018-10", 4, "2019-02"), ("2018-12-31", 4, "2019-04"), ("2018-10", None, ""),
     ("", 4, ""), ("about 2018-10", 4, "")],
)  # fmt: skip
def test_the_cycle_after_ends_where_its_length_is_known(
    end: str, months: int | None, later: str
) -> None:
    assert learning.a_cycle_later(said(end), months) == said(later)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 48))
def test_a_cycle_later_is_later_by_its_months(day: date, months: int) -> None:
    later = learning.a_cycle_later(UncertainDate.parse(day.isoformat()), months)
    assert later
    assert later.earliest
    assert (later.earliest.year - day.year) * 12 + later.earliest.month - day.month == months


def test_a_model_says_what_belongs_to_it_and_how_that_is_known() -> None:
    undone = learning.not_done(Model.HUB, [Sort.AUDIT, Sort.FAMILIES])
    assert undone == ["voice of children", "voice of practitioners"]
    assert learning.not_done(Model.DIVE, []) == []
    assert "not a duty" in learning.WAYS[Model.HUB].known
    assert learning.WAYS[Model.DIVE].months is None


@pytest.mark.parametrize(
    ("turn", "answers", "impacts", "says"),
    [
        (Turn.PLANNED, [], [], "Planned."),
        (Turn.NOT_STATED, [], [], "How far it has come is not stated."),
        (Turn.UNDER_WAY, ["", ""], [], "Under way. 2 suggestions so far."),
        (Turn.REPORTED, ["", ""], [], "The board has 2 suggestions to answer."),
        (Turn.ANSWERED, ["accepted", "declined"], [],
         "Of 2 suggestions the board accepted 1 and declined 1. What came of it is to be checked."),
        (Turn.CHECKED, ["accepted", "adapted"], ["seen", "not seen"],
         "Of 2 suggestions the board accepted 1 and adapted 1. Impact: seen 1 and not seen 1."),
    ],
)  # fmt: skip
def test_where_a_cycle_stands_is_told_in_a_sentence(
    turn: Turn, answers: list[str], impacts: list[str], says: str
) -> None:
    assert learning.in_words(turn, len(answers), [a for a in answers if a], impacts) == says


def test_what_the_board_has_stands_still() -> None:
    changes = [turn for turn in Turn if learning.may_change_findings(turn)]
    assert changes == [Turn.NOT_STATED, Turn.PLANNED, Turn.UNDER_WAY, Turn.ABANDONED]
    assert LEARNING.after(Turn.REPORTED, "take back") is Turn.UNDER_WAY
    assert LEARNING.ends == (Turn.CHECKED, Turn.ABANDONED)


@pytest.mark.parametrize(
    ("slug", "word"),
    [("fen", ""), ("heath", "leads the programme already"), ("marsh", "shares in the programme"),
     ("moor", "asked already")],
)  # fmt: skip
def test_a_partnership_is_asked_once(slug: str, word: str) -> None:
    verdict = joining.may_propose(slug, "heath", ["marsh"], {"moor"})
    assert bool(verdict) is not bool(word)
    assert word in str(verdict)


def test_who_agreed_may_leave_and_nobody_else() -> None:
    may = [state for state in Joined if JOINING.verdict(state, "leave")]
    assert may == [Joined.AGREED]
