"""What a referral may hold, how a review is begun, and how far a disagreement goes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.practice.reviews.rules import ESCALATION_STATES, REFERRAL_STATES, escalations
from concordat.domain.practice.reviews.rules.escalations import (
    Ended,
    EscalationPart,
    EscalationState,
    PolicyStage,
    handled,
)
from concordat.domain.practice.reviews.rules.referrals import (
    HARM,
    OPEN_REFERRALS,
    ReferralPart,
    ReferralStage,
    may_be_second,
    may_handle,
    may_second,
    may_tell_referral,
    may_work_on,
    no_harm,
    said,
    tells_who,
)
from concordat.domain.practice.reviews.rules.routes import (
    SHARED,
    RouteStep,
    Said,
    map_in_a_sentence,
    map_of,
    places_of,
)
from concordat.kernel.calendar import WorkingDays
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid

ME, OTHER, THIRD = (UUID(int=number) for number in (1, 2, 3))
DAYS = WorkingDays(frozenset({date(2019, 4, 19), date(2019, 4, 22)}))


@pytest.mark.parametrize(
    ("stage", "verbs"),
    [
        (ReferralStage.AWAITED, {"tell", "withdraw"}),
        (ReferralStage.REFERRED, {"name", "agree", "differ", "withdraw"}),
        (ReferralStage.AGREED, {"take on", "return", "withdraw"}),
        (ReferralStage.CASELOAD, {"learn"}),
        (ReferralStage.NOT_AGREED, {"refer again", "withdraw"}),
        (ReferralStage.RETURNED, {"refer again", "withdraw"}),
        (ReferralStage.LEARNT, set()),
        (ReferralStage.WITHDRAWN, set()),
    ],
)
def test_what_may_be_done_with_a_referral(stage: ReferralStage, verbs: set[str]) -> None:
    assert {move.verb for move in REFERRAL_STATES.allowed(stage)} == verbs
    assert bool(verbs) is (stage in OPEN_REFERRALS)


@pytest.mark.parametrize(
    ("referrer", "referring", "second", "seconding", "may"),
    [
        (ME, OTHER, THIRD, ME, True),
        (None, OTHER, THIRD, ME, True),
        (ME, OTHER, ME, THIRD, False),
        (ME, OTHER, THIRD, OTHER, False),
        (ME, OTHER, THIRD, None, False),
        (ME, None, THIRD, OTHER, False),
    ],
)
def test_the_second_person_is_another_of_another_agency(
    referrer: UUID | None, referring: UUID | None, second: UUID, seconding: UUID | None, may: bool
) -> None:
    found = may_be_second(
        referrer=referrer, referring=referring, second=second, seconding=seconding
    )
    assert bool(found) is may
    assert may or str(found)


@pytest.mark.parametrize(
    ("part", "rule", "may"),
    [
        (ReferralPart(refers=True), may_tell_referral, True),
        (ReferralPart(secretariat=True), may_tell_referral, False),
        (ReferralPart(refers=True), may_second, False),
        (ReferralPart(secretariat=True), may_second, False),
        (ReferralPart(seconds=True), may_second, True),
        (ReferralPart(secretariat=True), may_handle, True),
        (ReferralPart(seconds=True), may_handle, False),
        (ReferralPart(secretariat=True), may_work_on, False),
        (ReferralPart(groups=True), may_work_on, True),
    ],
)
def test_who_does_what_with_a_referral(part: ReferralPart, rule: object, may: bool) -> None:
    assert callable(rule)
    assert bool(rule(part)) is may


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A gate stood open at 10:15 on 4 March 2019.", ""),
        ("Call 020 7946 0123, or 07700 900123.", ""),
        ("The child's number is 943 476 5919.", "an NHS number"),
        ("943-476-5919", "an NHS number"),
        ("943 476 5918", ""),
        ("DOB 3/4/2012", "a date of birth"),
        ("She was born on 3 April 2012.", "a date of birth"),
        ("He was born in Lewisham.", ""),
        ("They live at E14 3AB.", "a postcode"),
        ("Form E14 was used", ""),
    ],
)
def test_what_tells_who_a_child_is(text: str, found: str) -> None:
    assert tells_who(text) == found


def test_a_text_is_kept_without_who_the_child_is() -> None:
    assert said("what", "  A gate stood open ", "Say what.") == "A gate stood open"
    for text, match in ((" ", "Say what"), ("E14 3AB", "holds a postcode"), ("a" * 4001, "4,000")):
        with pytest.raises(Invalid, match=match) as wrong:
            said("what", text, "Say what.")
        assert wrong.value.faults[0].field == "what"
    assert said("lesson", "", "", needed=False) == ""


@pytest.mark.parametrize(("answer", "match"), [("yes", "incident"), ("not known", "incident"),
                                               ("", "Say whether")])  # fmt: skip
def test_what_harmed_somebody_is_no_near_miss(answer: str, match: str) -> None:
    with pytest.raises(Invalid, match=match):
        no_harm(answer)
    no_harm("no")
    assert "incident" in HARM


def _said(step: RouteStep, place: str, words: str = "", **more: object) -> Said:
    told: dict[str, object] = {
        "question": "" if words else "Who?",
        "source": "Made up",
        "stated_on": None,
        "from_day": date(2019, 1, 1),
    }
    return Said(step=step, place=place, words=words, **(told | more))  # type: ignore[arg-type]


def test_the_map_is_as_it_was_known_and_in_force() -> None:
    old = _said(RouteStep.LEADS, "Ash", "The old board", to_day=date(2019, 3, 31))
    new = _said(RouteStep.LEADS, "Ash", "The partners", from_day=date(2019, 4, 1))
    late = _said(RouteStep.LEADS, SHARED, "One borough", stated_on=UncertainDate.parse("2019-04"))
    rows = [old, new, late]
    assert places_of(rows) == ("Ash",)
    assert map_of(rows, date(2019, 3, 31)) == {(RouteStep.LEADS, "Ash"): old}
    assert map_of(rows, date(2019, 4, 1)) == {(RouteStep.LEADS, "Ash"): new}
    assert map_of(rows, date(2019, 4, 30))[RouteStep.LEADS, SHARED] == late


def test_what_stood_before_stands_until_what_takes_its_place_is_known() -> None:
    told = UncertainDate.parse("2019-04")
    old = _said(RouteStep.LEADS, "Ash", "The old board", to_day=date(2019, 3, 9))
    new = _said(RouteStep.LEADS, "Ash", "The partners", from_day=date(2019, 3, 10), stated_on=told)
    for day, there in ((date(2019, 4, 29), old), (date(2019, 4, 30), new)):
        assert map_of([old, new], day) == {(RouteStep.LEADS, "Ash"): there}
    today = _said(
        RouteStep.LEADS, "Ash", "The partners", from_day=date(2019, 4, 10), stated_on=told
    )
    assert map_of([old, today], date(2019, 4, 9)) == {(RouteStep.LEADS, "Ash"): old}
    assert map_of([old, today], date(2019, 4, 10)) == {(RouteStep.LEADS, "Ash"): today}


def test_what_no_source_says_is_counted_as_a_question() -> None:
    day = date(2019, 5, 1)
    rows = [_said(RouteStep.LEADS, "Ash"), _said(RouteStep.LEADS, SHARED, "One borough")]
    told = map_in_a_sentence(map_of(rows, day), ("Ash",))
    assert told == ("1 borough. The shared way is stated for 1 of 3 steps; 5 questions are open.")
    assert "Nothing is said yet" in map_in_a_sentence({}, ())
    every = [_said(step, place, "Said") for step in RouteStep for place in ("Ash", SHARED)]
    assert "no question is open" in map_in_a_sentence(map_of(every, day), ("Ash",))


@pytest.mark.parametrize(
    ("state", "verbs"),
    [
        (EscalationState.OPEN, {"add to", "take further", "settle", "withdraw"}),
        (EscalationState.SETTLED, set()),
        (EscalationState.WITHDRAWN, set()),
    ],
)
def test_what_may_be_done_with_a_disagreement(state: EscalationState, verbs: set[str]) -> None:
    assert {move.verb for move in ESCALATION_STATES.allowed(state)} == verbs


@pytest.mark.parametrize(
    ("text", "stages"),
    [
        ("Between managers: 2", (PolicyStage("Between managers", 2),)),
        ("A: 1\n\n B: and C : 30 ", (PolicyStage("A", 1), PolicyStage("B: and C", 30))),
    ],
)
def test_a_policy_is_read_line_by_line(text: str, stages: tuple[PolicyStage, ...]) -> None:
    assert escalations.stages_of(text) == stages
    assert escalations.stages_of(escalations.text_of(stages)) == stages


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("", "1 to 8 stages"),
        ("A: 1\n" * 9, "1 to 8 stages"),
        ("A: 1\nManagers", "Line 2 is not a stage"),
        (": 2", "Line 1 is not a stage"),
        ("A: two", "Line 1 is not a stage"),
        ("A: 0", "Line 1: give 1 to 30"),
        ("A: 31", "Line 1: give 1 to 30"),
    ],
)
def test_a_line_that_is_no_stage_is_named(text: str, match: str) -> None:
    with pytest.raises(Invalid, match=match):
        escalations.stages_of(text)


def test_days_of_a_stage_are_working_days() -> None:
    stage = PolicyStage("Between managers", 2)
    assert escalations.due_of(date(2019, 4, 18), stage, DAYS) == date(2019, 4, 24)
    assert escalations.days_used(date(2019, 4, 18), date(2019, 4, 24), DAYS) == 2
    assert escalations.days_used(date(2019, 4, 18), date(2019, 4, 18), DAYS) == 0


def test_there_is_nothing_after_the_last_stage() -> None:
    assert escalations.may_go_further(4, escalations.SUGGESTED)
    assert not escalations.may_go_further(5, escalations.SUGGESTED)


@pytest.mark.parametrize(
    ("part", "may"),
    [
        (EscalationPart(raised=True), "adds, takes further, settles, takes back"),
        (EscalationPart(secretariat=True), "adds, takes further, settles, takes back"),
        (EscalationPart(asked=True, ours=True), "adds, takes further, settles"),
        (EscalationPart(asked=True, theirs=True), "adds, takes further"),
        (EscalationPart(asked=True), "adds"),
        (EscalationPart(), ""),
    ],
)
def test_who_takes_part(part: EscalationPart, may: str) -> None:
    every = {
        "adds": escalations.may_take_part,
        "takes further": escalations.may_take_further,
        "settles": escalations.may_settle,
        "takes back": escalations.may_take_back,
    }
    assert ", ".join(each for each, rule in every.items() if rule(part)) == may


@pytest.mark.parametrize(
    ("number", "told"),
    [(0, "None"), (1, "Fewer than 5"), (4, "Fewer than 5"), (5, "5"), (7, "5"), (8, "10"),
     (12, "10"), (13, "15")],
)  # fmt: skip
def test_a_number_as_figures_tell_it(number: int, told: str) -> None:
    assert handled(number) == told


@given(st.lists(st.sampled_from(["first", "second", "third"]), max_size=60))
def test_no_small_number_can_be_worked_out(stages: list[str]) -> None:
    """Whatever the rest adds up to, more than one small number fits what is told."""
    found = escalations.figures(Ended(stage, "open", late=False) for stage in stages)
    for number in (stages.count(each) for each in set(stages)):
        told = handled(number)
        fitting = [other for other in range(1, 80) if handled(other) == told]
        assert len(fitting) >= 3
        assert number in fitting
    assert set(found["stage"]) == set(stages)
    assert found["in all"]["Raised"] == handled(len(stages))


@pytest.mark.parametrize(
    ("opened", "late", "told"),
    [
        (0, 0, "No disagreement is open."),
        (1, 0, "1 is open."),
        (2, 1, "2 are open, 1 of them at a stage that took too long."),
    ],
)
def test_the_log_in_a_sentence(opened: int, late: int, told: str) -> None:
    assert escalations.log_in_a_sentence(opened, late) == told
