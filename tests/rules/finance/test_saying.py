"""Who may authorise, what is disputed, and what the arrangements quote."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from concordat.domain.governance.arrangements.rules.question import Answer, Opinion
from concordat.domain.governance.finance.rules import authorising, disputes, quoting

COUNCIL = Opinion("heath-council", "Heath Council", "council", Answer.YES, "By the scheme.")
POLICE = Opinion("borough-command", "Borough command", "police", Answer.NEEDS, "The purse waits.",
                 needs="the mayor’s office")  # fmt: skip


@pytest.mark.parametrize(
    ("agency", "class_", "answer", "says"),
    [
        ("heath-council", "council", Answer.YES, "By the scheme."),
        ("borough-command", "police", Answer.NEEDS, "The purse waits."),
        ("mayors-office", "mayor or commissioner", Answer.NEEDS, "The purse waits."),
        ("school", "education", None, "nothing on record says who decides"),
    ],
)
def test_who_could_say_yes(agency: str, class_: str, answer: Answer | None, says: str) -> None:
    found = authorising.of_agency([COUNCIL, POLICE], agency, class_)
    assert found.answer is answer
    assert says in found.reason
    assert found.is_yes is (answer is Answer.YES)


@pytest.mark.parametrize(
    ("class_", "purses", "says"),
    [
        ("police", ["Mayor’s Office"], "On record here, police money is decided by Mayor’s Office"),
        ("mayor or commissioner", ["Mayor’s Office"], "On record here, police money"),
        ("police", [], ""),
        ("council", ["Mayor’s Office"], ""),
    ],
)
def test_who_holds_the_purse_of_the_police(class_: str, purses: list[str], says: str) -> None:
    told = authorising.purse_in_words(class_, purses)
    assert told.startswith(says)
    assert bool(told) is bool(says)


def test_of_two_councils_neither_speaks_for_a_third() -> None:
    other = Opinion("moor-council", "Moor Council", "council", Answer.YES, "So.")
    found = authorising.of_agency([COUNCIL, other], "dale-council", "council")
    assert found.answer is None
    assert "Heath Council and Moor Council" in found.reason


def test_a_dispute_has_an_age_and_a_gap() -> None:
    day = date(2019, 3, 29)
    assert disputes.age_in_words(day, day) == "Open since today, 29 March 2019."
    assert disputes.age_in_words(day, date(2019, 5, 1)).startswith("Open for 33 days")
    assert disputes.apart([40_00, 5_00], 120_00) == "The offers leave £75 of £120 unpaid."
    assert disputes.apart([120_00], 120_00).startswith("The offers come to £120")
    assert disputes.apart([130_00], 120_00).startswith("The offers are £10 more")
    assert disputes.apart([], 5) == disputes.apart([5], None) == ""


def test_nobody_is_settled_over_their_head() -> None:
    parties = ["Council", "Police"]
    assert not disputes.may_settle("Thirds", parties, ["Council"])
    assert disputes.may_settle("Thirds", parties, ["Police", "Council"])
    assert not disputes.may_settle("", parties, ["Police", "Council"])
    assert not disputes.is_between(["council", "council"])
    assert not disputes.is_issue(" ")
    assert not disputes.is_issue("x" * 2001)


@pytest.mark.parametrize(
    ("words", "stands", "right"),
    [
        ("Thirds", "", True),
        ("Thirds", "Halves", True),
        (" Thirds ", "Thirds", False),
        (" ", "", False),
        ("x" * 2001, "", False),
    ],
)
def test_a_settlement_is_proposed_in_words_of_its_own(words: str, stands: str, right: bool) -> None:
    assert bool(disputes.is_settlement(words, stands)) is right


def test_an_agency_agrees_once_and_to_words_that_stand() -> None:
    assert disputes.may_agree("Thirds", agreed=False)
    assert not disputes.may_agree("Thirds", agreed=True)
    assert not disputes.may_agree("", agreed=False)


@pytest.mark.parametrize(
    ("kind", "values", "title", "says"),
    [
        (
            "contributions",
            {"agency": "Heath Council", "amount": "45000", "year": "2019/20",
             "state": "not stated"},
            "Heath Council",
            "£45,000; for 2019/20",
        ),
        ("contributions", {"fund": "Reserve", "amount": "£1,200.50"}, "Reserve", "£1,200.50"),
        ("contributions", {"agency": "Heath Council", "in_kind": "a room"}, "Heath Council",
         "In kind: a room"),
        ("contributions", {}, "the key", ""),
        (
            "shares",
            {"agency": "Heath Council", "percent": "33.3", "formula": "equal thirds"},
            "Heath Council",
            "Percent: 33.3; formula: equal thirds",
        ),
        (
            "costs",
            {"title": "Scrutineer", "heading": "Personnel", "level": "recurrent",
             "state": "under way"},
            "Scrutineer",
            "Personnel; recurrent; costing under way",
        ),
        ("totals", {"of": "All income", "amount": "90000"}, "All income", "Stated total £90,000"),
    ],
)  # fmt: skip
def test_a_row_in_words(kind: str, values: dict[str, Any], title: str, says: str) -> None:
    made = quoting.told(kind, "the-key", values)
    assert (made.key, made.title, made.says) == (f"{kind}-the-key", title, says)
