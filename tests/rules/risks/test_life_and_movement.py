"""Who may do what with a risk, how it moved, and what is wanting."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.base.actions.rules import Part
from concordat.domain.governance.risks.rules import findings, life, movement
from concordat.domain.governance.risks.rules.findings import Facts, Wanting
from concordat.domain.governance.risks.rules.life import STATES, Stage, Treatment, Working
from concordat.domain.governance.risks.rules.movement import Quarter, Stood, Way
from concordat.domain.governance.risks.rules.schemes import READY, scheme
from concordat.kernel.errors import Invalid

WORDS, FIVE = scheme(*READY["words"]), scheme(*READY["five"])
TODAY = date(2019, 3, 29)
OWNER, CHAIR = Part("Executive", owns=True), Part("Executive", chairs=True)
MEMBER, OBSERVER = Part("Executive"), Part("Executive", answers=False)
CHAIR_WHO_OWNS = Part("Executive", chairs=True, owns=True)


def test_owner_works_and_the_body_judges() -> None:
    assert life.may_work(OWNER)
    assert life.may_work(CHAIR)
    assert not life.may_work(MEMBER)
    assert life.may_judge(CHAIR)
    assert not life.may_judge(OWNER)
    assert "Somebody else of Executive" in str(life.may_judge(CHAIR_WHO_OWNS))
    assert life.may_add(MEMBER)
    assert not life.may_add(OBSERVER)


def test_a_closed_risk_can_only_be_reopened() -> None:
    assert [move.verb for move in STATES.allowed(Stage.CLOSED)] == ["reopen"]
    assert STATES.after(Stage.CLOSING, "keep open") == Stage.OPEN


@pytest.mark.parametrize(
    ("day", "allowed"),
    [
        (date(2019, 3, 29), False),
        (date(2019, 3, 30), True),
        (date(2021, 3, 29), True),
        (date(2021, 3, 30), False),
    ],
)
def test_nothing_is_accepted_for_good(day: date, allowed: bool) -> None:
    assert bool(life.is_expiry(day, TODAY)) is allowed


def test_a_review_is_overdue_from_the_day_after() -> None:
    assert not life.is_overdue(Stage.OPEN, TODAY, TODAY)
    assert life.is_overdue(Stage.OPEN, date(2019, 3, 28), TODAY)
    assert not life.is_overdue(Stage.CLOSED, date(2019, 3, 28), TODAY)


def test_it_is_asked_for_once_for_each_day() -> None:
    assert life.is_to_be_asked(date(2019, 4, 12), None, TODAY)
    assert not life.is_to_be_asked(date(2019, 4, 13), None, TODAY)
    assert not life.is_to_be_asked(date(2019, 4, 12), date(2019, 4, 12), TODAY)


# --- quarters


def test_a_quarter_in_words_and_back() -> None:
    quarter = Quarter.of(TODAY)
    assert (str(quarter), quarter.words) == ("2019-Q1", "January to March 2019")
    assert (quarter.first, quarter.last) == (date(2019, 1, 1), date(2019, 3, 31))
    assert str(quarter.before) == "2018-Q4"
    assert Quarter.parse("2018-Q4").after == quarter


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)))
def test_every_day_is_in_its_quarter(day: date) -> None:
    quarter = Quarter.of(day)
    assert quarter.first <= day <= quarter.last
    assert Quarter.parse(str(quarter)) == quarter
    assert quarter.before.after == quarter


@pytest.mark.parametrize("told", ["", "2019", "2019-Q5", "2019-Q12", "19-Q1", "2019-Q", "9999-Q1"])
def test_what_is_no_quarter(told: str) -> None:
    with pytest.raises(Invalid):
        Quarter.parse(told)


def stood(likelihood: str, impact: str, register: str = "here") -> Stood:
    return Stood(WORDS.score(likelihood, impact), WORDS, register)


@pytest.mark.parametrize(
    ("before", "now", "way", "words"),
    [
        (None, None, Way.NOT_SCORED, "Not scored"),
        (None, stood("LOW", "LOW"), Way.NEW, "First scored this quarter"),
        (stood("LOW", "LOW"), stood("LOW", "LOW"), Way.SAME, "Unchanged"),
        (stood("LOW", "HIGH"), stood("HIGH", "HIGH"), Way.UP, "Up, was LOW / HIGH"),
        (stood("HIGH", "HIGH"), stood("HIGH", "LOW"), Way.DOWN, "Down, was HIGH / HIGH"),
        (stood("LOW", "HIGH"), stood("HIGH", "LOW"), Way.MIXED, "One up, one down, was LOW / HIGH"),
    ],
)
def test_how_it_moved(before: Stood | None, now: Stood | None, way: Way, words: str) -> None:
    told = movement.trend(before, now)
    assert (told.way, told.words) == (way, words)


def test_five_by_five_says_what_it_was() -> None:
    before = Stood(FIVE.score("4 Likely", "4 Major"), FIVE)
    now = Stood(FIVE.score("3 Possible", "4 Major"), FIVE)
    assert movement.trend(before, now).words == "Down, was 16 extreme"


def test_scores_of_one_scheme_are_compared_whichever_register_they_were_given_in() -> None:
    told = movement.trend(stood("LOW", "LOW", "there"), stood("LOW", "HIGH"))
    assert (told.way, told.words) == (Way.UP, "Up, was LOW / LOW")


@pytest.mark.parametrize(
    ("treatment", "before", "accepted", "may"),
    [
        (Treatment.TREAT, None, False, True),
        (None, Treatment.TREAT, False, True),
        (Treatment.TOLERATE, None, False, False),
        (Treatment.TOLERATE, Treatment.TOLERATE, False, True),
        (Treatment.TOLERATE, Treatment.TOLERATE, True, True),
        (Treatment.TREAT, Treatment.TOLERATE, True, False),
    ],
)
def test_an_owner_does_not_let_themselves_off(
    treatment: Treatment | None, before: Treatment | None, accepted: bool, may: bool
) -> None:
    assert bool(life.may_treat(treatment, before, accepted=accepted)) is may


def test_scores_of_two_schemes_are_not_compared() -> None:
    now = Stood(FIVE.score("5 Almost certain", "5 Catastrophic"), FIVE, "there")
    told = movement.trend(stood("LOW", "LOW"), now)
    assert told.way is Way.OTHER_SCHEME
    assert told.words == "Scored anew here, was LOW / LOW elsewhere"


def test_a_quarter_in_a_sentence() -> None:
    quarter = Quarter.of(TODAY)
    told = movement.in_a_sentence([Way.UP, Way.SAME, Way.SAME], 1, quarter)
    assert told == "4 risks from January to March 2019: 1 rose, 2 unchanged and 1 closed."
    assert movement.in_a_sentence([], 0, quarter).startswith("No risk was open")


# --- findings


def facts(**more: object) -> Facts:
    whole = {
        "owner": True,
        "current": WORDS.score("LOW", "HIGH"),
        "target": WORDS.score("LOW", "LOW"),
        "review": TODAY,
        "controls": (Working.WORKING,),
    }
    return Facts(**{**whole, **more})  # type: ignore[arg-type]


def test_a_whole_risk_lacks_nothing() -> None:
    assert findings.findings(facts(), TODAY) == []


@pytest.mark.parametrize(
    ("more", "wanting"),
    [
        ({"owner": False}, Wanting.OWNER),
        ({"current": None}, Wanting.SCORE),
        ({"target": None}, Wanting.TARGET),
        ({"review": None}, Wanting.REVIEW),
        ({"review": date(2019, 3, 28)}, Wanting.OVERDUE),
        ({"controls": ()}, Wanting.CONTROLS),
        ({"controls": (Working.NOT,)}, Wanting.FAILING),
        ({"lapsed_on": date(2019, 3, 1)}, Wanting.LAPSED),
        ({"quarters_at_target": 2}, Wanting.AT_TARGET),
    ],
)
def test_each_thing_that_is_wanting(more: dict[str, object], wanting: Wanting) -> None:
    assert [each.wanting for each in findings.findings(facts(**more), TODAY)] == [wanting]


def test_one_quarter_at_its_target_is_not_enough() -> None:
    assert findings.findings(facts(quarters_at_target=1), TODAY) == []


def test_controls_in_words() -> None:
    told = findings.controls_in_words([Working.PARTLY, Working.WORKING, Working.WORKING])
    assert told == "2 working, 1 partly working"
    assert findings.controls_in_words([]) == "None"


def test_a_register_in_a_sentence() -> None:
    told = findings.in_a_sentence(4, {Wanting.OWNER: 4, Wanting.OVERDUE: 0, Wanting.SCORE: 0})
    assert told == "4 open; 4 without an owner."
    assert findings.in_a_sentence(0, {}) == "No risk is open."
    assert findings.in_a_sentence(1000, {}, more=True) == "1,000 or more open."


@pytest.mark.parametrize(("told", "field"), [("", "reason"), ("x" * 1001, "reason")])
def test_a_reason_is_needed_and_has_room(told: str, field: str) -> None:
    with pytest.raises(Invalid) as error:
        life.needed("reason", told, "Say why.")
    assert error.value.faults[0].field == field
