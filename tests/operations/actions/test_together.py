"""One act on many actions: each as on its own page, and all of them or none."""

from __future__ import annotations

import pytest

from concordat.domain.base.actions import operations
from concordat.domain.base.actions.models import Action
from concordat.domain.base.actions.rules import Priority, Standing
from concordat.domain.base.records import operations as records
from concordat.kernel.errors import Invalid
from tests.operations.actions.examples import LATER, Desk, again, asked, version
from tests.operations.clocks.examples import nothing_changed


def chosen(*actions: Action) -> list[tuple[Action, int]]:
    return [(action, version(action)) for action in actions]


@pytest.mark.long
def test_many_are_closed_extended_given_and_asked(desk: Desk) -> None:
    risk = desk.house.risk()
    one, two = desk.add(source=risk, what="One"), desk.add(source=risk, what="Two")
    assert operations.ask_all(desk.chair, chosen=chosen(one, two)) == 2
    assert (
        operations.extend_all(desk.owner, chosen=chosen(one, two), due=LATER, reason="Easter.") == 2
    )
    assert [again(each).due for each in (one, two)] == [LATER, LATER]
    seat = desk.house.member.seat
    operations.reassign_all(desk.chair, chosen=chosen(one, two), owner=seat, reason="She leads.")
    assert asked(seat) == ["update the action “One”", "update the action “Two”"]
    operations.close_all(desk.house.member.actor, chosen=chosen(one, two), done="Both agreed.")
    assert [again(each).stage for each in (one, two)] == ["closed", "closed"]


@pytest.mark.long
def test_one_that_cannot_be_done_leaves_all_undone_and_is_told(desk: Desk) -> None:
    risk = desk.house.risk()
    plain = desk.add(source=risk, what="Plain")
    high = desk.add(source=risk, what="High", priority=Priority.HIGH)
    over = desk.closed(source=risk, what="Over")
    with nothing_changed(), pytest.raises(Invalid) as problem:
        operations.close_all(desk.owner, chosen=chosen(plain, high, over), done="All done.")
    told = {fault.place: fault.message for fault in problem.value.faults}
    assert set(told) == {high.record.reference, over.record.reference}
    assert "needs evidence" in told[high.record.reference]
    assert again(plain).stage == "open"


def test_one_that_somebody_changed_is_told_with_what_it_says_now(desk: Desk) -> None:
    risk = desk.house.risk()
    one, two = desk.add(source=risk, what="One"), desk.add(source=risk, what="Two")
    seen = chosen(one, two)
    operations.update(desk.owner, action=two, standing=Standing.BLOCKED, words="No money.")
    with nothing_changed(), pytest.raises(Invalid) as problem:
        operations.extend_all(desk.owner, chosen=seen, due=LATER, reason="Easter.")
    (fault,) = problem.value.faults
    assert fault.place == two.record.reference
    assert "Hetty Health changed this meanwhile" in fault.message


def test_what_the_form_left_out_is_told_once(desk: Desk) -> None:
    risk = desk.house.risk()
    pair = chosen(desk.add(source=risk, what="One"), desk.add(source=risk, what="Two"))
    with nothing_changed(), pytest.raises(Invalid) as problem:
        operations.extend_all(desk.owner, chosen=pair, due=LATER, reason="")
    assert [fault.field for fault in problem.value.faults] == ["reason"]


def test_none_chosen(desk: Desk) -> None:
    with nothing_changed(), pytest.raises(Invalid, match="at least one"):
        operations.ask_all(desk.chair, chosen=[])


def test_the_same_form_twice_is_one_act(desk: Desk) -> None:
    pair = chosen(desk.add())
    with records.once("bulk"):
        first = operations.extend_all(desk.owner, chosen=pair, due=LATER, reason="Easter.")
    with nothing_changed(), records.once("bulk"):
        second = operations.extend_all(desk.owner, chosen=pair, due=LATER, reason="Easter.")
    assert first == second == 1
