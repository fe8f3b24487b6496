"""What is asked about risks, of whom, in which words."""

from __future__ import annotations

from datetime import date, timedelta

from concordat.domain.base.actions.queries.access import chairs_of, secretariat_of
from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.risks.models import Register, Risk
from concordat.domain.governance.risks.queries.one import to_be_read
from concordat.domain.governance.risks.queries.who import keeper_of, seat_asked
from concordat.domain.governance.risks.rules import life
from concordat.kernel.actor import Actor
from concordat.kernel.sensitivity import Sensitivity

_LONGEST = 300


def name(risk: Risk) -> str:
    """A risk as an ask names it: one that is held closely by its reference alone."""
    if risk.record.level > Sensitivity.PARTNERSHIP:
        return f"the risk {risk.record.reference}"
    return f"the risk “{risk.title}”"


def _what(before: str, risk: Risk) -> str:
    told = f"{before}{name(risk)}"
    return told if len(told) <= _LONGEST else f"{told[: _LONGEST - 2]}…”"


def ask_owner(actor: Actor, risk: Risk, due: date | None, why: str) -> bool:
    """Ask whoever owns it to look at it; whoever runs the partnership where nobody does."""
    seat = seat_asked(actor, risk)
    if seat is None:
        return False
    told = why if risk.owner else f"Nobody owns this risk yet. {_without_owner(why)}"
    raise_ask(
        actor,
        record=risk.record,
        seat=seat,
        errand=Errand.REVIEW,
        what=_what("", risk),
        why=told[:_LONGEST],
        due=due,
    )
    return True


def _without_owner(why: str) -> str:
    """Whoever runs the partnership is not told that they own what nobody owns."""
    return "Give it an owner." if why.startswith("You own") else why


def ask_to_close(actor: Actor, risk: Risk) -> None:
    """Ask the register's body whether a risk may close."""
    due = actor.on + timedelta(days=life.DAYS_TO_JUDGE)
    why = f"It is proposed to close it: {risk.stage_reason}"[:_LONGEST]
    for seat in _deciding(actor, risk.register, risk):
        raise_ask(
            actor,
            record=risk.record,
            seat=seat,
            errand=Errand.APPROVE,
            what=_what("that this closes: ", risk),
            why=why,
            due=due,
        )


def tell_of_move(actor: Actor, risk: Risk, register: Register, way: str, reason: str) -> None:
    """Tell whoever chairs the body of the register that a risk came to it. Nobody is still to
    read that it came to where it stood before."""
    clear_asks(actor, record=risk.record, errand=Errand.READ, outcome="It moved on")
    for seat in _deciding(actor, register, None):
        raise_ask(
            actor,
            record=risk.record,
            seat=seat,
            errand=Errand.READ,
            what=_what(f"that this was {way} to {register.title[:80]}: ", risk),
            why=reason[:_LONGEST],
        )


def _deciding(actor: Actor, register: Register | None, risk: Risk | None) -> list[Seat]:
    """Who decides for a register: its chair, or the secretariat; never whoever owns the risk."""
    body = keeper_of(actor, register) if register else None
    home = register.partnership_id if register else None
    chairs = chairs_of(body) if body else []
    owner = risk.owner if risk else ""
    chairs = [seat for seat in chairs if f"seats:{seat.key}" != owner]
    return chairs or secretariat_of(home or (risk.partnership_id if risk else None))


def clear_owner(actor: Actor, risk: Risk, outcome: str) -> None:
    clear_asks(actor, record=risk.record, errand=Errand.REVIEW, outcome=outcome[:_LONGEST])


def clear_closing(actor: Actor, risk: Risk, outcome: str) -> None:
    clear_asks(actor, record=risk.record, errand=Errand.APPROVE, outcome=outcome[:_LONGEST])


def clear_reading(actor: Actor, risk: Risk) -> int:
    """Clear what the actor's seats were only to read; how much that was."""
    return sum(
        clear_asks(actor, record=risk.record, errand=Errand.READ, seat=seat, outcome="Read")
        for seat in to_be_read(actor, risk)
    )


def clear_all(actor: Actor, risk: Risk, outcome: str) -> None:
    """Nothing more is owed on this risk."""
    for errand in (Errand.REVIEW, Errand.APPROVE, Errand.READ):
        clear_asks(actor, record=risk.record, errand=errand, outcome=outcome)
