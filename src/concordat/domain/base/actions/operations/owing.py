"""What is asked, of whom, in which words: raised and cleared by every act on an action."""

from __future__ import annotations

from datetime import date, timedelta

from concordat.domain.base.actions import rules
from concordat.domain.base.actions.models import Action
from concordat.domain.base.actions.queries.access import (
    chairs_of,
    judging_seats,
    secretariat_of,
)
from concordat.domain.base.actions.rules import Priority
from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.seats.models import Seat
from concordat.kernel.actor import Actor
from concordat.kernel.sensitivity import Sensitivity

_LONGEST = 300


def name(action: Action) -> str:
    """An action as an ask names it: one that is held closely by its reference alone."""
    record = action.record
    if record.level > Sensitivity.PARTNERSHIP:
        return f"the action {record.reference}"
    return f"the action “{record.title}”"


def _what(before: str, action: Action) -> str:
    return f"{before}{name(action)}"[:_LONGEST]


def ask_owner(actor: Actor, action: Action, due: date | None, why: str = "") -> None:
    """Ask the owner how it stands; the secretariat where the owner has no seat to be asked."""
    if action.asked:
        high = " Its priority is high." if action.priority == Priority.HIGH else ""
        told = f"{why or 'You own this action.'}{high}"
        _ask(actor, action, action.asked, Errand.UPDATE, _what("", action), told, due)
        return
    whose = f"{action.owner_name} has no seat here."
    for seat in secretariat_of(action.partnership_id):
        told = f"{whose} Send its contact a link, or name one"
        what = _what(f"from {action.owner_name}: ", action)
        _ask(actor, action, seat, Errand.UPDATE, what, told, due)


def ask_to_judge(actor: Actor, action: Action) -> None:
    due = actor.on + timedelta(days=rules.DAYS_TO_JUDGE)
    told = f"{action.set_by.name} set it; its owner says that it is done"[:_LONGEST]
    for seat in judging_seats(action):
        _ask(actor, action, seat, Errand.APPROVE, _what("what was done on ", action), told, due)


def ask_chair_to_look(actor: Actor, action: Action) -> None:
    """Overdue twice: it stands on the list of whoever chairs the body that set it."""
    told = f"It is overdue for the second time. Its owner: {action.owner_name}"[:_LONGEST]
    seats = chairs_of(action.set_by) or secretariat_of(action.partnership_id)
    for seat in seats:
        _ask(actor, action, seat, Errand.REVIEW, _what("", action), told, actor.on)


def tell_of_handing(actor: Actor, action: Action, former: Seat, owner: str) -> None:
    what = _what(f"that {owner} owns now: "[:140], action)
    _ask(actor, action, former, Errand.READ, what, "It was yours until today", None)


def _ask(
    actor: Actor, action: Action, seat: Seat, errand: Errand, what: str, why: str, due: date | None
) -> None:
    raise_ask(
        actor,
        record=action.record,
        seat=seat,
        errand=errand,
        what=what,
        why=why[:_LONGEST],
        due=due,
    )


def clear_owner(actor: Actor, action: Action, outcome: str) -> None:
    clear_asks(actor, record=action.record, errand=Errand.UPDATE, outcome=outcome)


def clear_judging(actor: Actor, action: Action, outcome: str) -> None:
    clear_asks(actor, record=action.record, errand=Errand.APPROVE, outcome=outcome)


def clear_chair(actor: Actor, action: Action, outcome: str) -> None:
    clear_asks(actor, record=action.record, errand=Errand.REVIEW, outcome=outcome)


def clear_all(actor: Actor, action: Action, outcome: str) -> None:
    """Nothing more is owed on this action."""
    for clear in (clear_owner, clear_judging, clear_chair):
        clear(actor, action, outcome)


def clear_reading(actor: Actor, action: Action, seats: list[Seat]) -> int:
    """Clear what was only to be read, for these seats; how much that was."""
    return sum(
        clear_asks(actor, record=action.record, errand=Errand.READ, seat=seat, outcome="Read")
        for seat in seats
    )
