"""What may follow what in the life of a body, and what must never stand together."""

from __future__ import annotations

from datetime import date

import pytest

from concordat.domain.base.seats import rules
from concordat.domain.base.seats.rules import Holding, Sitting, Standing
from concordat.kernel.actor import Office
from concordat.kernel.dates import Period, UncertainDate


def day(text: str) -> UncertainDate:
    return UncertainDate.parse(text)


@pytest.mark.parametrize(
    ("standing", "verbs"),
    [
        (Standing.PROPOSED, {"set up in shadow", "bring into force", "drop"}),
        (Standing.SHADOW, {"bring into force", "wind up"}),
        (Standing.IN_FORCE, {"end"}),
        (Standing.ENDED, set()),
        ("", {"end"}),
    ],
)
def test_what_may_become_of_a_body(standing: str, verbs: set[str]) -> None:
    moves = rules.moves_from(standing)
    assert {move.verb for move in moves} == verbs
    assert {move.verb for move in moves} <= set(rules.PAST)


def test_every_end_is_reached_by_a_verb_of_ending() -> None:
    ending = {move.verb for move in rules.BODIES.moves if move.to is Standing.ENDED}
    assert ending == rules.ENDS


@pytest.mark.parametrize(
    ("starts", "allowed"),
    [
        ([], True),
        ([""], True),
        (["2019-03-01"], True),
        (["2019-05-01"], False),
        (["2019-05"], False),
        (["?"], False),
        (["2019-03-01", "2019-06-01"], False),
    ],
)
def test_a_new_state_begins_after_what_is_on_record(starts: list[str], allowed: bool) -> None:
    periods = [Period(day(each) if each else None) for each in starts]
    assert bool(rules.may_begin(periods, date(2019, 5, 1))) is allowed


def sits(holding: Holding, who: str, start: str = "", end: str = "", key: str = "a") -> Sitting:
    period = Period(day(start) if start else None, day(end) if end else None)
    return Sitting(key, "seat", holding, who, period)


def until(end: str) -> Sitting:
    return sits(Holding.HOLDER, "a", end=end)


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        (sits(Holding.HOLDER, "a"), sits(Holding.HOLDER, "b"), True),
        (sits(Holding.HOLDER, "a"), sits(Holding.INTERIM, "b"), True),
        (sits(Holding.HOLDER, "a"), sits(Holding.JOB_SHARE, "b"), True),
        (sits(Holding.HOLDER, "a"), sits(Holding.VACANT, ""), True),
        (sits(Holding.JOB_SHARE, "a"), sits(Holding.JOB_SHARE, "b"), False),
        (sits(Holding.VACANT, ""), sits(Holding.VACANT, ""), False),
        (sits(Holding.HOLDER, "a"), sits(Holding.DEPUTY, "b"), False),
        (sits(Holding.HOLDER, "a"), sits(Holding.DEPUTY, "a"), True),
        (
            sits(Holding.HOLDER, "a", end="2019-03-01"),
            sits(Holding.HOLDER, "b", "2019-03-01"),
            True,
        ),
        (
            sits(Holding.HOLDER, "a", end="2019-03-01"),
            sits(Holding.HOLDER, "b", "2019-03-02"),
            False,
        ),
        (until("?"), sits(Holding.HOLDER, "b", "2019-03-02"), False),
        (until("2019"), sits(Holding.HOLDER, "b", "2019-03"), False),
    ],
)
def test_who_may_sit_beside_whom(one: Sitting, other: Sitting, clash: bool) -> None:
    assert bool(rules.clashes([one, other])) is clash
    assert bool(rules.may_hold(sits(other.holding, other.who, key="b"), [])) is True


def test_a_row_does_not_clash_with_itself() -> None:
    assert rules.may_hold(sits(Holding.HOLDER, "a"), [sits(Holding.HOLDER, "b")])


@pytest.mark.parametrize(
    ("parents", "circle"),
    [
        ({"a": ["b"], "b": []}, []),
        ({"a": ["a"]}, ["a", "a"]),
        ({"a": ["b"], "b": ["c"], "c": ["a"]}, ["a", "b", "c", "a"]),
        ({"a": ["b", "c"], "b": ["c"], "c": []}, []),
    ],
)
def test_circles_of_parents_are_found(parents: dict[str, list[str]], circle: list[str]) -> None:
    assert rules.cycle(parents) == circle


def test_an_office_that_nobody_states_is_a_members() -> None:
    assert rules.office_of("") is Office.MEMBER
    assert rules.office_of("chair") is Office.CHAIR


def test_a_seat_opens_records_until_its_body_has_ended() -> None:
    assert rules.counts_for_access([])
    assert rules.counts_for_access([Standing.SHADOW])
    assert not rules.counts_for_access([Standing.ENDED])
