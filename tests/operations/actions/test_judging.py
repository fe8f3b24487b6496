"""Acceptance is the body's: never the owner's, not even when the owner chairs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from concordat.domain.base.actions import operations
from concordat.domain.base.actions.models import Action, Entry
from concordat.domain.base.actions.rules import Standing, Told
from concordat.domain.base.asks.models import Ask
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Invalid, Refused
from tests.operations.actions.examples import DUE, LATER, WHAT, Desk, again, asked
from tests.operations.clocks.examples import last_event, nothing_changed
from tests.operations.mail.cast import DAY


def test_the_chair_accepts(desk: Desk) -> None:
    action = desk.closed()
    operations.accept(desk.chair, action=action, note="Seen by the executive.")
    held = again(action)
    assert (held.stage, held.rank) == ("accepted", 2)
    assert (held.ended_on, held.ended_by) == (DAY, "Chai Reed")
    assert asked(desk.house.chair.seat) == []
    assert not Ask.objects.filter(cleared_on=None).exists()
    event, _, _ = last_event("action accepted")
    assert event.reason == "Seen by the executive."


def test_the_secretariat_records_it_for_the_body(desk: Desk) -> None:
    action = desk.closed()
    operations.accept(desk.house.co_ordinator.actor, action=action)
    assert again(action).ended_by == "Cora Ordinator"


def test_nobody_else_accepts(desk: Desk) -> None:
    action = desk.closed()
    for actor in (desk.house.member.actor, desk.house.council.actor, desk.lead.actor):
        with nothing_changed(), pytest.raises(Refused, match="chair of Executive"):
            operations.accept(actor, action=action)


def _of_the_chair(desk: Desk) -> Action:
    action = desk.add(owner=desk.house.chair.seat)
    operations.close(desk.chair, action=action, done="Done.")
    return action


@pytest.mark.long
def test_an_owner_in_the_chair_does_not_accept(desk: Desk) -> None:
    action = _of_the_chair(desk)
    with nothing_changed(), pytest.raises(Refused, match="You own this action"):
        operations.accept(desk.chair, action=action)
    with nothing_changed(), pytest.raises(Refused, match="You own this action"):
        operations.find_inadequate(desk.chair, action=action, reason="More", due=LATER)
    assert asked(desk.house.chair.seat, "approve") == []
    assert asked(desk.house.co_ordinator.seat) == [f"approve what was done on the action “{WHAT}”"]
    operations.accept(desk.manager, action=action)


def test_an_owner_in_the_chair_does_not_let_themselves_off_either(desk: Desk) -> None:
    action, other = desk.add(owner=desk.house.chair.seat), desk.add()
    with nothing_changed(), pytest.raises(Refused, match="You own this action"):
        operations.withdraw(desk.chair, action=action, reason="I changed my mind.")
    with nothing_changed(), pytest.raises(Refused, match="You own this action"):
        operations.supersede(desk.chair, action=action, by=other, reason="Mine is better.")


def _hand(principal: Actor, hand: Actor) -> Actor:
    return replace(
        principal,
        kind=Kind.ACTING_FOR,
        hand=hand.name,
        hand_person=hand.person,
        scope=frozenset({"see", "answer", "change"}),
    )


def test_an_owner_does_not_accept_by_acting_for_the_chair(desk: Desk) -> None:
    """Neither the one who lends the chair's rights nor the chair may be the owner."""
    action = desk.closed()
    with nothing_changed(), pytest.raises(Refused, match="You own this action"):
        operations.accept(_hand(desk.chair, desk.owner), action=action)
    stranger = _hand(desk.chair, desk.house.member.actor)
    with nothing_changed(), pytest.raises(Refused):
        operations.accept(replace(stranger, scope=frozenset({"see", "answer"})), action=action)
    operations.accept(stranger, action=action)
    assert again(action).ended_by == "Meg Member for Chai Reed"


def test_an_agencys_chair_does_not_accept_for_it(desk: Desk) -> None:
    action = desk.add(owner=desk.health)
    operations.close(desk.owner, action=action, done="Done by health.")
    health_chairs = replace(
        desk.chair,
        seats=tuple(replace(seat, agency=desk.health.pk) for seat in desk.chair.seats),
    )
    with nothing_changed(), pytest.raises(Refused, match="You own this action"):
        operations.accept(health_chairs, action=action)


def test_whoever_closed_it_for_the_owner_does_not_accept_it(desk: Desk, action: Action) -> None:
    operations.close(desk.manager, action=action, done="The owner told us by telephone.")
    with nothing_changed(), pytest.raises(Refused, match="You closed this"):
        operations.accept(desk.manager, action=action)
    operations.accept(desk.house.co_ordinator.actor, action=action)


def test_inadequate_reopens_with_a_reason_and_a_new_day(desk: Desk) -> None:
    action = desk.closed()
    operations.find_inadequate(desk.chair, action=action, reason="No date is in it.", due=LATER)
    held = again(action)
    assert (held.stage, held.rank, held.due, held.first_due) == ("open", 0, LATER, DUE)
    assert (held.done, held.closed_on, held.closed_by, held.closer) == ("", None, "", None)
    entry = Entry.objects.get(told=Told.INADEQUATE)
    assert (entry.words, entry.due_before, entry.due_after) == ("No date is in it.", DUE, LATER)
    assert asked(desk.house.chair.seat) == []
    assert asked(desk.house.health.seat) == [f"update the action “{WHAT}”"]
    assert "No date is in it." in Ask.objects.get(cleared_on=None).why
    _, before, _ = last_event("action found inadequate")
    assert before["done"] == "Agreed on 10 April."


@pytest.mark.parametrize(
    ("reason", "due", "told"),
    [(" ", LATER, "what is missing"), ("Short", date(2019, 3, 1), "over")],
)
def test_inadequate_needs_both(desk: Desk, reason: str, due: date, told: str) -> None:
    action = desk.closed()
    with nothing_changed(), pytest.raises(Invalid, match=told):
        operations.find_inadequate(desk.chair, action=action, reason=reason, due=due)


def test_what_is_open_cannot_be_accepted(desk: Desk, action: Action) -> None:
    with nothing_changed(), pytest.raises(Refused, match="cannot accept"):
        operations.accept(desk.chair, action=action)


def test_withdrawn_with_its_reason(desk: Desk, action: Action) -> None:
    with nothing_changed(), pytest.raises(Refused, match="chair of Executive"):
        operations.withdraw(desk.house.member.actor, action=action, reason="Never mind.")
    with nothing_changed(), pytest.raises(Invalid):
        operations.withdraw(desk.chair, action=action, reason="")
    operations.withdraw(desk.chair, action=action, reason="The law changed.")
    held = again(action)
    assert (held.stage, held.end_reason) == ("withdrawn", "The law changed.")
    assert asked(desk.house.health.seat) == []
    with nothing_changed(), pytest.raises(Refused, match="Nothing follows"):
        operations.update(desk.owner, action=action, standing=Standing.ON_TRACK)


def test_superseded_by_another(desk: Desk) -> None:
    action, other = desk.add(), desk.add(what="Agree both documents")
    with nothing_changed(), pytest.raises(Invalid, match="another open action"):
        operations.supersede(desk.chair, action=action, by=action, reason="It is itself.")
    operations.supersede(desk.chair, action=action, by=other, reason="One paper does both.")
    held = again(action)
    assert (held.stage, held.superseded_by) == ("superseded", other)
    with nothing_changed(), pytest.raises(Invalid, match="another open action"):
        operations.supersede(desk.chair, action=other, by=action, reason="And back again.")
