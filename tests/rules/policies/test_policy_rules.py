"""How a policy comes into force, who records it, and when it is looked at again."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.assurance.exchange.rules import words
from concordat.domain.governance.policies import rules
from concordat.domain.governance.policies.rules import Review, Standing, State
from concordat.kernel.actor import Actor, Kind, Office, SeatHeld
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Refused
from concordat.kernel.verdict import no, yes

DAY = date(2019, 3, 29)
BODY, AGENCY = uuid4(), uuid4()
NO = no("You may not change this.")


def sitting(office: Office, body: object = BODY, agency: object = AGENCY) -> Actor:
    held = SeatHeld(uuid4(), body, uuid4(), office, "Seat", agency=agency)  # type: ignore[arg-type]
    return Actor(Kind.PERSON, "Chai", DAY, uuid4(), seats=(held,))


def test_the_words_are_those_of_the_partnership_file() -> None:
    assert set(rules.SAID) == set(words.POLICY_STATES)
    for said in words.POLICY_STATES:
        assert rules.state_of(said) in State


def test_what_a_file_leaves_open_is_in_preparation_and_what_it_calls_published_is_agreed() -> None:
    assert rules.state_of("") is State.PREPARED
    assert rules.state_of("published") is State.AGREED
    assert rules.said_for("agreed") == ["agreed", "published"]
    assert rules.said_for("in preparation") == ["", "in preparation"]


@pytest.mark.parametrize(
    ("said", "move", "may"),
    [
        ("draft", "consult on", True),
        ("in preparation", "consult on", False),
        ("out for comment", "approve", True),
        ("agreed", "bring into force", True),
        ("published", "bring into force", True),
        ("draft", "bring into force", False),
        ("in force", "approve", True),
        ("in force", "supersede", True),
        ("agreed", "supersede", False),
        ("superseded", "withdraw", False),
        ("withdrawn", "write", False),
    ],
)
def test_what_may_follow(said: str, move: str, may: bool) -> None:
    assert bool(rules.may_move(said, move)) is may


def test_nothing_leads_out_of_the_end() -> None:
    assert set(rules.STATES.ends) == {State.SUPERSEDED, State.WITHDRAWN}
    with pytest.raises(Refused):
        rules.STATES.after(State.WITHDRAWN, "approve")


def test_the_chair_and_the_secretariat_record_what_a_body_decided() -> None:
    assert rules.may_approve(sitting(Office.CHAIR), BODY, secretariat=NO)
    assert rules.may_approve(sitting(Office.MEMBER), BODY, secretariat=yes())
    assert not rules.may_approve(sitting(Office.MEMBER), BODY, secretariat=NO)
    assert not rules.may_approve(sitting(Office.CHAIR, uuid4()), BODY, secretariat=NO)


@pytest.mark.parametrize(
    ("decided", "uploaded", "may"),
    [
        (DAY, DAY, True),
        (DAY - timedelta(1), DAY - timedelta(1), True),
        (DAY + timedelta(1), DAY, False),
        (DAY - timedelta(1), DAY, False),
    ],
)
def test_nobody_approves_ahead_or_what_was_not_written(
    decided: date, uploaded: date, may: bool
) -> None:
    assert bool(rules.is_decision_day(decided, on=DAY, uploaded=uploaded)) is may


@pytest.mark.parametrize(
    ("from_", "since", "may"),
    [
        (DAY, None, True),
        (DAY - timedelta(1), None, False),
        (DAY + timedelta(9), DAY, True),
        (DAY, DAY, False),
    ],
)
def test_a_version_begins_after_its_approval_and_after_the_one_before(
    from_: date, since: date | None, may: bool
) -> None:
    assert bool(rules.may_begin(from_, decided=DAY, running_since=since)) is may


@pytest.mark.parametrize(
    ("review", "stands"),
    [
        ("", Review.NONE),
        ("2019-03-28", Review.PAST),
        ("2019-03-29", Review.DUE),
        ("2019-05-24", Review.DUE),
        ("2019-05-25", Review.LATER),
        ("spring 2019", Review.LATER),
        ("2018", Review.PAST),
        ("2019", Review.LATER),
    ],
)
def test_a_review_is_past_only_when_its_last_day_is(review: str, stands: Review) -> None:
    told = UncertainDate.parse(review) if review else None
    assert rules.review_stands(told, DAY) is stands


@given(st.dates(date(2010, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_a_review_asks_from_two_months_before_and_never_stops(due: date, days: int) -> None:
    day = UncertainDate.parse(due.isoformat())
    assert rules.asks_for_review(day, due - rules.REVIEW_AHEAD + timedelta(days))
    assert not rules.asks_for_review(day, due - rules.REVIEW_AHEAD - timedelta(days + 1))


@pytest.mark.parametrize(
    ("stands", "words_"),
    [
        (Standing(State.DRAFT, newest=1), "Draft."),
        (
            Standing(State.CONSULTED, newest=1, consulting_until=DAY, unanswered=2),
            "Out for comment. Comments are taken until 29 March 2019. "
            "2 comments have no answer yet.",
        ),
        (
            Standing(State.AGREED, newest=1, approved=1),
            "Version 1 is approved and waits for its first day.",
        ),
        (
            Standing(State.AGREED, newest=2, approved=1),
            "Approved. Version 2 is newer than what was approved, and is not approved.",
        ),
        (
            Standing(State.IN_FORCE, newest=1, approved=1, next_from=DAY),
            "Approved, and in force from 29 March 2019.",
        ),
        (
            Standing(State.IN_FORCE, newest=1, approved=1, current=1, review=Review.PAST),
            "Version 1 is in force. It is past its review date.",
        ),
        (
            Standing(State.IN_FORCE, newest=2, approved=1, current=1),
            "Version 1 is in force. Version 2 is being drafted.",
        ),
        (
            Standing(State.IN_FORCE, newest=2, approved=2, current=1, following=2, next_from=DAY),
            "Version 1 is in force. Version 2 takes its place on 29 March 2019.",
        ),
        (
            Standing(
                State.IN_FORCE,
                newest=1,
                approved=1,
                current=1,
                on_trial_until=UncertainDate.parse("2019-06-30"),
            ),
            "Version 1 is in force as a prototype under test until 30 June 2019.",
        ),
    ],
)
def test_where_a_policy_stands_in_words(stands: Standing, words_: str) -> None:
    assert rules.in_words(stands) == words_


@pytest.mark.parametrize(
    ("stands", "move", "may"),
    [
        (Standing(State.DRAFT, newest=1), "approve", True),
        (Standing(State.DRAFT, newest=1), "bring into force", False),
        (Standing(State.AGREED, newest=1, approved=1), "bring into force", True),
        (Standing(State.AGREED, newest=1, approved=1), "approve", False),
        (Standing(State.AGREED, newest=2, approved=1), "bring into force", False),
        (Standing(State.AGREED, newest=2, approved=1), "approve", True),
        (
            Standing(State.IN_FORCE, newest=1, approved=1, current=1, has_day=True),
            "put forward",
            False,
        ),
        (
            Standing(State.IN_FORCE, newest=1, approved=1, current=1, has_day=True),
            "bring into force",
            False,
        ),
        (
            Standing(State.IN_FORCE, newest=2, approved=1, current=1, has_day=True),
            "consult on",
            True,
        ),
        (Standing(State.IN_FORCE, newest=2, approved=2, current=1), "bring into force", True),
        (
            Standing(State.IN_FORCE, newest=1, approved=1, current=1, has_day=True),
            "withdraw",
            True,
        ),
    ],
)
def test_no_move_is_offered_that_would_do_nothing(stands: Standing, move: str, may: bool) -> None:
    assert bool(rules.may_now(stands, move)) is may


def test_agencies_are_asked_about_what_has_a_first_day() -> None:
    assert rules.may_ask_agencies("in force", 1)
    assert not rules.may_ask_agencies("in force", 0)
    assert not rules.may_ask_agencies("agreed", 1)


def test_only_a_seat_of_the_agency_that_answers_speaks_for_it() -> None:
    lead, watcher = sitting(Office.AGENCY_LEAD), sitting(Office.OBSERVER)
    assert rules.speaks_for(lead, AGENCY, lead.seats[0].seat)
    assert not rules.speaks_for(watcher, AGENCY, watcher.seats[0].seat)
    assert not rules.speaks_for(lead, uuid4(), lead.seats[0].seat)
    assert not rules.speaks_for(lead, AGENCY, uuid4())


@pytest.mark.parametrize(("public", "may"), [(True, True), (False, False), (None, False)])
def test_what_is_for_partners_is_not_published(public: bool | None, may: bool) -> None:
    assert bool(rules.may_be_public(public)) is may


@pytest.mark.parametrize(("reason", "counts"), [("", False), (" ", False), ("x" * 1001, False)])
def test_a_reason_is_a_sentence(reason: str, counts: bool) -> None:
    assert bool(rules.is_reason(reason)) is counts
    assert rules.is_reason("It is replaced by law")
