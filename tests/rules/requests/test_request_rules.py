"""Where a request stands, whom it reminds on which day, and who is told when it is late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.base.requests import rules
from concordat.domain.base.requests.rules import OVER, STATES, WAITING, Part, Question, Stage, Tally
from concordat.kernel.actor import Office
from concordat.kernel.errors import Invalid

DUE = date(2019, 4, 5)
DAYS = st.dates(date(2018, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("stage", "verbs"),
    [
        (Stage.DRAFT, {"amend", "send", "withdraw"}),
        (Stage.SENT, {"acknowledge", "answer", "refuse", "extend", "withdraw"}),
        (Stage.RECEIVED, {"answer", "refuse", "extend", "withdraw"}),
        (Stage.ANSWERED, {"accept", "send back"}),
        (Stage.BACK, {"answer", "refuse", "extend", "withdraw"}),
        (Stage.REFUSED, {"press", "withdraw"}),
        (Stage.ADEQUATE, set()),
        (Stage.WITHDRAWN, set()),
    ],
)
def test_what_may_be_done_at_each_stage(stage: Stage, verbs: set[str]) -> None:
    every = {move.verb for move in STATES.moves}
    assert {verb for verb in every if STATES.verdict(stage, verb)} == verbs
    assert not verbs or stage not in OVER


@pytest.mark.parametrize(
    ("due", "today", "every", "then"),
    [
        (DUE, date(2019, 3, 29), 3, date(2019, 4, 4)),
        (DUE, date(2019, 4, 3), 3, date(2019, 4, 4)),
        (DUE, date(2019, 4, 4), 3, date(2019, 4, 7)),
        (DUE, DUE, 3, date(2019, 4, 8)),
        (DUE, date(2019, 4, 20), 7, date(2019, 4, 27)),
    ],
)
def test_the_next_reminder(due: date, today: date, every: int, then: date) -> None:
    assert rules.chase_on(due, today, every) == then


@given(DAYS, DAYS, st.integers(1, rules.MOST_DAYS))
def test_a_reminder_is_always_to_come(due: date, today: date, every: int) -> None:
    assert rules.chase_on(due, today, every) > today


@pytest.mark.parametrize(
    ("late", "whom"), [(0, 0), (1, 1), (2, 1), (3, 2), (5, 3), (9, 3), (10, 4), (99, 4)]
)
def test_how_far_up_the_ladder_a_late_answer_is(late: int, whom: int) -> None:
    assert rules.rungs_reached(DUE, DUE + timedelta(days=late)) == whom
    told = [rung.whom for rung in rules.LADDER[:whom]]
    assert told == [rules.ASKER, rules.SENIOR, rules.CHAIR, rules.PARTNERS_LED][:whom]


@given(DAYS, st.integers(-50, 50))
def test_nobody_is_told_before_it_is_late(due: date, days: int) -> None:
    today = due + timedelta(days=days)
    assert bool(rules.rungs_reached(due, today)) == rules.is_late(Stage.SENT, due, today)


@pytest.mark.parametrize("stage", list(Stage))
def test_only_what_is_owed_is_late(stage: Stage) -> None:
    assert rules.is_late(stage, DUE, DUE + timedelta(days=1)) is (stage in WAITING)
    assert not rules.is_late(stage, DUE, DUE)
    assert not rules.is_late(stage, None, DUE)


@pytest.mark.parametrize(
    ("tally", "told"),
    [
        (Tally(0), "No answer is owed."),
        (Tally(1), "1 waits for an answer."),
        (Tally(1, late=1), "1 waits for an answer, late."),
        (Tally(4, late=2, to_check=1),
         "4 wait for an answer, 2 of them late; 1 answer is to be checked."),
        (Tally(0, to_check=2, refused=1),
         "0 wait for an answer; 2 answers are to be checked; 1 refused."),
    ],
)  # fmt: skip
def test_a_list_in_a_sentence(tally: Tally, told: str) -> None:
    assert rules.in_a_sentence(tally) == told


@pytest.mark.parametrize(
    ("office", "partner", "may"),
    [
        (Office.LEAD_PARTNER, False, True),
        (Office.DELEGATE, False, True),
        (Office.MEMBER, True, True),
        (Office.MEMBER, False, False),
        (Office.STRATEGY_MANAGER, False, False),
    ],
)
def test_only_a_safeguarding_partner_asks(office: Office, partner: bool, may: bool) -> None:
    assert bool(rules.may_be_requester(office, partner)) is may


@pytest.mark.parametrize(
    ("part", "asks", "answers"),
    [
        (Part(), False, False),
        (Part(asked=True), True, False),
        (Part(answers=True), False, True),
        (Part(secretariat=True), True, True),
    ],
)
def test_who_asks_and_who_answers(part: Part, asks: bool, answers: bool) -> None:
    assert bool(rules.may_ask(part)) is asks
    assert bool(rules.may_answer(part)) is answers


def test_an_answer_lacks_nothing_that_was_needed() -> None:
    asked = (Question("last", "When?"), Question("others", "Who else?", needed=False))
    assert rules.answers_of(asked, {"last": " In May ", "stray": "x"}) == {
        "last": "In May", "others": ""
    }  # fmt: skip
    with pytest.raises(Invalid, match="“When\\?” is not answered") as wrong:
        rules.answers_of(asked, {"others": "Nobody"})
    assert wrong.value.faults[0].field == "q_last"


@pytest.mark.parametrize(("days", "may"), [(0, False), (1, True), (60, True), (61, False)])
def test_how_often_they_may_be_reminded(days: int, may: bool) -> None:
    assert bool(rules.is_interval(days)) is may


def test_each_set_of_questions_is_declared_once_and_asks_for_no_name() -> None:
    keys = [form.key for form in rules.LIBRARY]
    assert len(keys) == len(set(keys))
    for form in rules.LIBRARY:
        asked = [each.key for each in form.questions]
        assert len(asked) == len(set(asked))
        assert not any("name of" in each.text.lower() for each in form.questions)
    assert rules.form_of("nothing") is None
