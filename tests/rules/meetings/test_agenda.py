"""The order of an agenda, its labels and times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.governance.meetings.rules import agenda
from concordat.domain.governance.meetings.rules.life import Place, Purpose
from concordat.kernel.errors import Invalid


@dataclass(frozen=True)
class Line:
    name: str
    purpose_is: Purpose = Purpose.DECIDE
    place_is: Place = Place.ON_AGENDA
    minutes: int | None = 10
    is_hidden: bool = False
    fixed: str = ""


A, B, C = Line("a"), Line("b"), Line("c")


def test_an_item_goes_to_the_place_that_was_named() -> None:
    assert agenda.placed_at([A, B, C], C, 1) == [C, A, B]
    assert agenda.placed_at([A, B, C], A, 3) == [B, C, A]


@pytest.mark.parametrize("at", [0, 4, -1])
def test_a_place_that_is_not_there_is_refused(at: int) -> None:
    with pytest.raises(Invalid, match="3 items"):
        agenda.placed_at([A, B, C], A, at)


def test_an_item_of_another_agenda_is_refused() -> None:
    with pytest.raises(Invalid, match="not on the agenda"):
        agenda.placed_at([A, B], C, 1)


@given(st.permutations([A, B, C]), st.integers(1, 3), st.integers(0, 2))
def test_moving_one_keeps_the_turn_of_the_rest(order: list[Line], at: int, which: int) -> None:
    one = order[which]
    found = agenda.placed_at(order, one, at)
    assert found[at - 1] is one
    assert [x for x in found if x is not one] == [x for x in order if x is not one]


def test_up_and_down_stop_at_the_ends() -> None:
    assert agenda.moved([A, B], A, -1) == [A, B]
    assert agenda.moved([A, B], A, 1) == [B, A]


def test_what_is_noted_comes_last_and_what_may_be_hidden_has_its_own_numbers() -> None:
    note = Line("note", Purpose.NOTE)
    hidden = Line("hidden", is_hidden=True)
    gone = Line("gone", place_is=Place.WITHDRAWN)
    found = agenda.numbered([hidden, note, A, gone, B])
    assert [(label, line.name) for label, line in found] == [
        ("1", "a"),
        ("2", "b"),
        ("3", "note"),
        ("C1", "hidden"),
    ]


def test_a_hidden_item_changes_no_other_label() -> None:
    hidden = Line("hidden", is_hidden=True)
    with_it = {x.name: n for n, x in agenda.numbered([A, hidden, B])}
    without = {x.name: n for n, x in agenda.numbered([A, B])}
    assert {name: with_it[name] for name in without} == without


@pytest.mark.parametrize(
    ("slot", "told", "over"),
    [
        (60, "30 minutes left of 60.", 0),
        (30, "All 30 minutes taken.", 0),
        (12, "18 minutes over.", 18),
        (None, "30 minutes asked for.", 0),
    ],
)
def test_times_against_the_slot(slot: int | None, told: str, over: int) -> None:
    found = agenda.timing([A, B, C], slot)
    assert found.sentence == told
    assert found.over == over


def test_an_item_without_a_time_is_told() -> None:
    lines = [A, Line("b", minutes=None), Line("n", Purpose.NOTE, minutes=None)]
    assert agenda.timing(lines, 60).sentence == "50 minutes left of 60. 1 item without a time."


def test_each_item_begins_when_the_one_before_ends() -> None:
    begins = datetime(2019, 4, 10, 9, 0, tzinfo=UTC)
    found = agenda.starts(agenda.numbered([A, B]), begins)
    assert [at.minute for at in found.values()] == [0, 10]
