"""The handover list: who passes what to whom, by which decision, and the receipt (TR-HANDOVER)."""

from __future__ import annotations

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.asks import operations as asks
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.arrangements.models import Decision, HandoverItem
from concordat.domain.governance.arrangements.queries import old_board as queries
from concordat.domain.governance.arrangements.rules.go_live import HANDOVER, Handing
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused


def _taken(actor: Actor, home: Partnership, item: str, verb: str, state: str = "") -> HandoverItem:
    """Lock the list for a move of one line; a line that nobody has touched begins open.

    `state` is the one that the actor saw. Raises `Refused` where the line has moved on since.
    """
    take(home.record.pk)
    row = queries.handover_items(actor, home).filter(item=item).first() or _new(actor, home, item)
    if state and row.state != state:
        raise Refused(f"This line is {row.state} by now. Look at the list again.")
    HANDOVER.verdict(Handing(row.state), verb).require()
    row.state = Handing(HANDOVER.after(Handing(row.state), verb))
    return row


def _new(actor: Actor, home: Partnership, item: str) -> HandoverItem:
    line = next((each for each in queries.handover(actor, home) if each.item == item), None)
    if line is None:
        raise Invalid(f"There is no line {item} on the handover list.", field="item")
    return HandoverItem(partnership=home.record, item=item, text=line.text)


def _say(actor: Actor, row: HandoverItem, verb: str, reason: str = "", **after: object) -> None:
    told = {"line": row.item, "state": row.state, **after}
    happened(actor, verb, row.partnership, reason=reason, after=told)


def _need(words: str, field: str, what: str) -> str:
    bare = words.strip()
    if not bare:
        raise Invalid(f"{what} is needed.", field=field, mend="Say it in one sentence.")
    return bare


def _asked(row: HandoverItem) -> str:
    return f"what the old board passes on: {row.text}"[:300]


@operation
def assign(
    actor: Actor,
    *,
    partnership: Partnership,
    item: str,
    passes: str,
    receiver: str,
    seat: Seat | None = None,
    decision: Decision | None = None,
    seen_state: str = "",
) -> HandoverItem:
    """Decide who receives one line: what exactly is passed, to whom, by which decision if any.

    A receiver who sits here is asked once it is passed on.
    """
    can(actor, Verb.CHANGE, partnership.record).require()
    row = _taken(actor, partnership, item, "assign", seen_state)
    if seat and seat.partnership_id != partnership.pk:
        raise Refused("Choose a seat of this partnership.")
    if decision and decision.partnership_id != partnership.pk:
        raise Refused("Choose a decision of this partnership.")
    row.passes = _need(passes, "passes", "What is passed on")
    row.receiver = _need(receiver or (seat.role if seat else ""), "receiver", "Who receives it")
    row.seat, row.decision, row.reason = seat, decision, ""
    row.decided_by, row.decided_on = actor.signature[:200], actor.on
    row.save()
    _say(actor, row, "receiver of handover decided", passes=row.passes, receiver=row.receiver)
    return row


@operation
def rule_out_handover(
    actor: Actor, *, partnership: Partnership, item: str, reason: str, seen_state: str = ""
) -> HandoverItem:
    """Say that the old board has nothing to pass on under one line, and how that is known."""
    can(actor, Verb.CHANGE, partnership.record).require()
    row = _taken(actor, partnership, item, "rule out", seen_state)
    row.reason = _need(reason, "reason", "A reason")
    row.save()
    _say(actor, row, "nothing to hand over", row.reason)
    return row


@operation
def reopen_handover(
    actor: Actor, *, partnership: Partnership, item: str, reason: str, seen_state: str = ""
) -> HandoverItem:
    """Something was found after all."""
    can(actor, Verb.CHANGE, partnership.record).require()
    row = _taken(actor, partnership, item, "reopen", seen_state)
    why, row.reason = _need(reason, "reason", "A reason"), ""
    row.save()
    _say(actor, row, "handover opened again", why)
    return row


@operation
def pass_on(
    actor: Actor, *, partnership: Partnership, item: str, how: str, seen_state: str = ""
) -> HandoverItem:
    """The old board has passed it on. A receiver who sits here is asked to accept it."""
    can(actor, Verb.CHANGE, partnership.record).require()
    row = _taken(actor, partnership, item, "pass on", seen_state)
    words = _need(how, "how", "How it was passed on")
    row.passed_by, row.passed_on, row.receipt = actor.signature[:200], actor.on, ""
    row.save()
    if row.seat:
        asks.raise_ask(
            actor,
            record=partnership.record,
            seat=row.seat,
            errand=Errand.CONFIRM,
            what=_asked(row),
            why="You receive it",
        )
    _say(actor, row, "handed over", words, receiver=row.receiver)
    return row


@operation
def accept_handover(
    actor: Actor, *, partnership: Partnership, item: str, receipt: str, seen_state: str = ""
) -> HandoverItem:
    """Whoever receives it says that all of it has come; the secretariat for a receiver outside."""
    row = _received(actor, partnership, item, "accept", seen_state)
    row.receipt = _need(receipt, "receipt", "A receipt")
    row.accepted_by, row.accepted_on = actor.signature[:200], actor.on
    row.save()
    _clear(actor, partnership.record, row, "Accepted")
    _say(actor, row, "handover accepted", row.receipt, receiver=row.receiver)
    return row


@operation
def send_back(
    actor: Actor, *, partnership: Partnership, item: str, reason: str, seen_state: str = ""
) -> HandoverItem:
    """Something is missing or is not theirs to take: it stays with the old board."""
    row = _received(actor, partnership, item, "send back", seen_state)
    row.reason = _need(reason, "reason", "A reason")
    row.passed_on, row.passed_by = None, ""
    row.save()
    _clear(actor, partnership.record, row, "Sent back")
    _say(actor, row, "handover sent back", row.reason, receiver=row.receiver)
    return row


def _received(
    actor: Actor, home: Partnership, item: str, verb: str, seen_state: str
) -> HandoverItem:
    kept = queries.handover_items(actor, home).filter(item=item).first()
    seat = kept.seat_id if kept else None
    if seat and seat in {held.seat for held in actor.seats}:
        can(actor, Verb.ANSWER, home.record).require()
    else:
        can(actor, Verb.CHANGE, home.record).require()
        if seat:
            raise Refused(f"Only {kept.receiver if kept else 'the receiver'} says that it came.")
    return _taken(actor, home, item, verb, seen_state)


def _clear(actor: Actor, record: Record, row: HandoverItem, outcome: str) -> None:
    asks.clear_asks(actor, record=record, errand=Errand.CONFIRM, outcome=outcome, what=_asked(row))
