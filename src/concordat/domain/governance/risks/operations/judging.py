"""What the body of a register decides about a risk: to live with it, to let it go, to take it up
again."""

from __future__ import annotations

from datetime import date

from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, remember
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.risks.models import Acceptance, Closure, Risk
from concordat.domain.governance.risks.operations import owing, telling
from concordat.domain.governance.risks.operations.taking import (
    live_with_it_no_longer,
    require,
    staged,
    taken,
)
from concordat.domain.governance.risks.queries.one import approvers
from concordat.domain.governance.risks.queries.who import seat_asked
from concordat.domain.governance.risks.rules import life
from concordat.domain.governance.risks.rules.life import Treatment
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import day_in_words


@operation
def accept(
    actor: Actor,
    *,
    risk: Risk,
    approver: Seat,
    reason: str,
    expires: date,
    decision: Record | None = None,
    seen_version: int | None = None,
) -> Acceptance:
    """Record that the body of its register accepts a risk until a day: who approved it, and why.

    `decision` is the sealed decision by which it was accepted, where there is one.
    """
    held = taken(
        actor,
        risk,
        "accept",
        life.may_judge,
        seen_version=seen_version,
        mine={"reason": reason.strip()},
    )
    why = life.needed("reason", reason, "Say why this can be lived with.")
    require(life.is_expiry(expires, actor.on), "expires")
    _may_approve(actor, held, approver)
    if decision is not None:
        can(actor, Verb.SEE, decision).require()
        if decision.kind != RecordKind.DECISION:
            raise Invalid("This is no decision.", field="decision", mend="Give its reference.")
    if Acceptance.objects.filter(risk=held, ended_on=None).exists():
        raise Refused("This risk is accepted already. End that acceptance first.")
    agency = f", {approver.agency.name}" if approver.agency else ""
    row = Acceptance.objects.create(
        risk=held,
        approver=approver,
        approver_words=f"{approver.role}{agency}",
        decision=decision,
        reason=why,
        on=actor.on,
        expires=expires,
        recorded_by=actor.signature[:200],
    )
    before, held.treatment = held.treatment, Treatment.TOLERATE.value
    remember(actor, row=held)
    held.save()
    happened(
        actor,
        "risk accepted",
        held.record,
        reason=why,
        before={"treatment": before},
        after={
            "by": row.approver_words,
            "until": expires,
            "decision": decision.reference if decision else "",
        },
    )
    telling.withdraw(actor, held, f"It is accepted until {day_in_words(expires)}.")
    return row


def _may_approve(actor: Actor, risk: Risk, approver: Seat) -> None:
    """An approver sits in the body that keeps the register, and does not own the risk."""
    able = {seat.pk for seat in approvers(actor, risk.register)} if risk.register else set()
    if approver.pk not in able:
        raise Invalid(
            "This seat is not of the body that keeps the register.",
            field="approver",
            mend="Choose a seat of that body.",
        )
    asked = seat_asked(actor, risk) if risk.owner else None
    if risk.owner == f"seats:{approver.key}" or approver == asked:
        raise Invalid(
            "This seat owns the risk: it cannot accept it.",
            field="approver",
            mend="Choose another seat of the body.",
        )


@operation
def end_acceptance(
    actor: Actor, *, risk: Risk, reason: str, seen_version: int | None = None
) -> Acceptance:
    """End the acceptance that stands before its day, with the reason."""
    held = taken(actor, risk, "end the acceptance", life.may_judge, seen_version=seen_version)
    why = life.needed("reason", reason, "Say why it is no longer accepted.")
    row = Acceptance.objects.filter(risk=held, ended_on=None).first()
    if row is None:
        raise Refused("No acceptance of this risk stands.")
    row.ended_on, row.end_reason = actor.on, why
    row.save(update_fields=["ended_on", "end_reason"])
    live_with_it_no_longer(actor, held)
    happened(actor, "acceptance ended", held.record, reason=why, before={"until": row.expires})
    return row


@operation
def propose_to_close(
    actor: Actor, *, risk: Risk, reason: str, seen_version: int | None = None
) -> Risk:
    """Say why a risk need not be kept any more. The body of its register is asked."""
    mine = {"reason": reason.strip()}
    held = taken(
        actor, risk, "propose to close", life.may_work, seen_version=seen_version, mine=mine
    )
    why = life.needed("reason", reason, "Say why it can be closed.")
    staged(held, "propose to close", why)
    remember(actor, row=held)
    held.save()
    owing.ask_to_close(actor, held)
    happened(actor, "closing proposed", held.record, reason=why)
    return held


@operation
def close(actor: Actor, *, risk: Risk, reason: str, seen_version: int | None = None) -> Risk:
    """Close a risk for the body of its register. Today is the last day on which it was open."""
    mine = {"reason": reason.strip()}
    held = taken(actor, risk, "close", life.may_judge, seen_version=seen_version, mine=mine)
    why = life.needed("reason", reason, "Say why it is closed.")
    staged(held, "close", why)
    held.to_text = actor.on.isoformat()
    remember(actor, row=held)
    held.save()
    standing = Acceptance.objects.filter(risk=held, ended_on=None)
    standing.update(ended_on=actor.on, end_reason="The risk was closed")
    owing.clear_all(actor, held, "Closed")
    happened(actor, "risk closed", held.record, reason=why, after={"to": held.to_text})
    telling.withdraw(actor, held, "It was closed.")
    return held


@operation
def keep_open(actor: Actor, *, risk: Risk, reason: str, seen_version: int | None = None) -> Risk:
    """Keep a risk that was proposed to close, with the reason; whoever owns it is told."""
    mine = {"reason": reason.strip()}
    held = taken(actor, risk, "keep open", life.may_judge, seen_version=seen_version, mine=mine)
    why = life.needed("reason", reason, "Say why it is kept open.")
    staged(held, "keep open")
    remember(actor, row=held)
    held.save()
    owing.clear_closing(actor, held, f"Kept open: {why}")
    owing.ask_owner(actor, held, held.review_day, f"It is kept open: {why}")
    happened(actor, "risk kept open", held.record, reason=why)
    return held


@operation
def reopen(actor: Actor, *, risk: Risk, reason: str, seen_version: int | None = None) -> Risk:
    """Take a closed risk up again, with the reason. Its history goes on."""
    mine = {"reason": reason.strip()}
    held = taken(actor, risk, "reopen", life.may_keep, seen_version=seen_version, mine=mine)
    why = life.needed("reason", reason, "Say why it is taken up again.")
    _was_closed(actor, held, why)
    before, held.to_text = held.to_text, ""
    staged(held, "reopen")
    remember(actor, row=held)
    held.save()
    day = held.review_day if held.review_day and held.review_day > actor.on else actor.on
    owing.ask_owner(actor, held, day, f"It was reopened: {why}")
    told = f"It was closed on {day_in_words(date.fromisoformat(before))}." if before else ""
    happened(actor, "risk reopened", held.record, reason=why, before={"to": told})
    return held


def _was_closed(actor: Actor, held: Risk, why: str) -> None:
    """Keep when and why it was closed, for whoever looks back."""
    Closure.objects.create(
        risk=held,
        on=min(held.to_surely or actor.on, actor.on),
        reason=held.stage_reason,
        reopened_on=actor.on,
        why=why,
        by=actor.signature[:200],
    )
