"""Whose comments are taken, until when, and what counts as an answer."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.base.documents import rules
from concordat.domain.base.documents.rules import Outcome, Reply, RoundState
from concordat.kernel.actor import Actor, Kind, Office, SeatHeld, process, public
from concordat.kernel.errors import Refused

DAY = date(2019, 3, 29)
SEAT, OTHER = uuid4(), uuid4()


def sitting(kind: Kind = Kind.PERSON) -> Actor:
    held = SeatHeld(SEAT, uuid4(), uuid4(), Office.MEMBER, "Nursery heads")
    return Actor(kind, "Meg", DAY, uuid4(), seats=(held,))


@pytest.mark.parametrize(
    ("closes", "closed", "taken"),
    [
        (DAY, None, True),
        (DAY + timedelta(1), None, True),
        (DAY - timedelta(1), None, False),
        (DAY + timedelta(9), DAY, False),
        (DAY - timedelta(9), DAY, False),
    ],
)
def test_comments_are_taken_to_the_end_of_the_last_day(
    closes: date, closed: date | None, taken: bool
) -> None:
    assert bool(rules.may_comment(closes=closes, closed=closed, on=DAY)) is taken


def test_who_is_late_is_told_whom_to_ask() -> None:
    told = rules.may_comment(closes=date(2019, 3, 1), closed=None, on=DAY)
    assert str(told) == "Comments were taken until 1 March 2019. Ask the author for more time."


@pytest.mark.parametrize("kind", [Kind.PERSON, Kind.ACTING_FOR])
def test_whoever_sits_there_speaks(kind: Kind) -> None:
    assert rules.speaks_for(sitting(kind), SEAT)
    assert not rules.speaks_for(sitting(kind), OTHER)


@pytest.mark.parametrize("actor", [sitting(Kind.GUEST), process("loader", DAY), public(DAY)])
def test_nobody_else_speaks_for_a_seat(actor: Actor) -> None:
    assert not rules.speaks_for(actor, SEAT)


def test_only_a_guest_speaks_for_no_seat() -> None:
    assert rules.is_guest(sitting(Kind.GUEST))
    assert "which of your seats" in str(rules.is_guest(sitting()))


@pytest.mark.parametrize(
    ("outcome", "reason", "counts"),
    [
        (Outcome.TAKEN, "", True),
        (Outcome.TAKEN, "Section 4 now says so", True),
        (Outcome.IN_PART, "", False),
        (Outcome.IN_PART, "   ", False),
        (Outcome.IN_PART, "The first half", True),
        (Outcome.DECLINED, "", False),
        (Outcome.DECLINED, "The law says otherwise", True),
        ("", "Because", False),
        ("perhaps", "Because", False),
        (Outcome.TAKEN, "x" * (rules.LONGEST_REASON + 1), False),
    ],
)
def test_what_is_not_taken_whole_is_told_why(outcome: str, reason: str, counts: bool) -> None:
    assert bool(rules.is_answer(outcome, reason)) is counts


@given(st.lists(st.sampled_from(["", *Outcome])))
def test_one_comment_without_an_answer_is_one_too_many(outcomes: list[str]) -> None:
    assert bool(rules.all_answered(outcomes)) is ("" not in outcomes)


def test_how_many_wait_is_told() -> None:
    assert str(rules.all_answered(["", "taken"])).startswith("1 comment has no answer yet.")
    assert str(rules.all_answered(["", ""])).startswith("2 comments have no answer yet.")


@pytest.mark.parametrize(
    ("text", "counts"), [("", False), ("  ", False), ("Yes", True), ("x" * 10_001, False)]
)
def test_a_comment_says_something(text: str, counts: bool) -> None:
    assert bool(rules.is_comment(text)) is counts


@pytest.mark.parametrize(
    ("comments", "nothing", "stands"),
    [(0, False, Reply.SILENT), (0, True, Reply.NOTHING), (2, False, Reply.COMMENTED)],
)
def test_where_somebody_asked_stands(comments: int, nothing: bool, stands: Reply) -> None:
    assert rules.reply(comments=comments, said_nothing=nothing) is stands


def test_nobody_is_given_less_time_than_they_were_told() -> None:
    assert rules.is_later(DAY + timedelta(1), DAY)
    assert not rules.is_later(DAY, DAY)
    assert rules.is_closing_day(DAY, DAY)
    assert not rules.is_closing_day(DAY - timedelta(1), DAY)


def test_a_closed_round_stays_closed() -> None:
    assert rules.round_state(None) is RoundState.OPEN
    assert rules.round_state(DAY) is RoundState.CLOSED
    with pytest.raises(Refused):
        rules.ROUNDS.after(RoundState.CLOSED, "extend")
