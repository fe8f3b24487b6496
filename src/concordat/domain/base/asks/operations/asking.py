"""Raising, clearing and handing on what is owed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations.telling import tell, tell_again, tell_answer
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records import operations as records
from concordat.domain.base.records import queries
from concordat.domain.base.records.models import AccessRequest, Record
from concordat.domain.base.records.operations import happened, no_event, operation
from concordat.domain.base.records.rules import Verb, offices_that_may
from concordat.domain.base.seats.models import Seat
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused

DAYS_TO_ANSWER = 5


@operation
def raise_ask(
    actor: Actor,
    *,
    record: Record,
    seat: Seat,
    errand: Errand,
    what: str,
    why: str = "",
    due: date | None = None,
    says: Sequence[str] = (),
) -> Ask:
    """Ask something of a seat, and write to whoever sits in it unless the system itself asks.
    `says` are paragraphs for the letter, where it may tell more than what is asked.

    The same open ask again only moves its due day, if it names one.
    """
    ask, made = Ask.objects.get_or_create(
        record=record,
        seat=seat,
        errand=errand,
        what=what,
        cleared_on=None,
        defaults={"why": why, "due": due, "raised_on": actor.on, "raised_by": actor.signature},
    )
    if not made and due in (None, ask.due):
        no_event("this is asked already")
        return ask
    before, ask.due = ask.due, due
    if not made:
        ask.save(update_fields=["due"])
    happened(
        actor,
        "asked" if made else "asked again",
        record,
        before={} if made else {"due": before},
        after={
            "of": seat.record.reference,
            "seat": seat.role,
            "to": errand,
            "what": what,
            "due": due,
        },
    )
    if made:
        tell(actor, ask, says)
    return ask


@operation
def remind(actor: Actor, *, ask: Ask, says: Sequence[str] = ()) -> int:
    """Remind whoever sits in the seat of something that is still open; how many were written to.

    The calling operation has asked its rules. One who has no mailbox finds it in My work alone.
    """
    held = Ask.objects.select_related("record", "seat__body", "seat__record").get(pk=ask.pk)
    if held.cleared_on:
        raise Refused("This is not asked any more.")
    number = tell_again(actor, held, says)
    after = {"of": held.seat.record.reference, "what": held.what, "letters": number}
    happened(actor, "reminded", held.record, after=after)
    return number


@operation
def clear_asks(
    actor: Actor,
    *,
    record: Record,
    errand: Errand,
    outcome: str,
    seat: Seat | None = None,
    what: str | None = None,
) -> int:
    """Clear what was asked, for one seat or for all; how many were open."""
    waiting = Ask.objects.filter(record=record, errand=errand, cleared_on__isnull=True)
    if seat:
        waiting = waiting.filter(seat=seat)
    if what is not None:
        waiting = waiting.filter(what=what)
    told = list(waiting.order_by("pk").values_list("seat__role", "what"))
    cleared = waiting.update(
        cleared_on=actor.on, cleared_by=actor.signature[:200], outcome=outcome[:300]
    )
    if cleared:
        after = {"to": errand, "outcome": outcome, "asked": told}
        happened(actor, "ask cleared", record, after=after)
    else:
        no_event("nothing was asked")
    return cleared


@operation
def hand_on(actor: Actor, *, ask: Ask, seat: Seat, reason: str) -> Ask:
    """Pass what is owed to another seat of the same partnership, with a reason."""
    if ask.cleared_on:
        raise Refused("This is done already.")
    if ask.seat_id not in {held.seat for held in actor.seats}:
        queries.can(actor, Verb.CHANGE, ask.record).require()
    if seat.partnership_id != ask.seat.partnership_id:
        raise Refused("Choose a seat of the same partnership.")
    same = Ask.objects.filter(record=ask.record, seat=seat, errand=ask.errand, what=ask.what)
    if same.filter(cleared_on=None).exists():
        raise Refused(f"The seat “{seat.role}” is asked for this already.")
    before = (ask.seat.record.reference, ask.seat.role)
    first = ask.first_seat or ask.seat
    ask.first_seat, ask.seat = (None if first == seat else first), seat
    ask.save(update_fields=["first_seat", "seat"])
    happened(
        actor,
        "ask handed on",
        ask.record,
        reason=reason,
        before={"seat": before[0], "role": before[1]},
        after={
            "seat": seat.record.reference,
            "role": seat.role,
            "to": ask.errand,
            "what": ask.what,
        },
    )
    tell(actor, ask)
    return ask


@operation
def ask_for_access(actor: Actor, *, record: Record, reason: str) -> AccessRequest:
    """Ask to open a restricted record; those who may admit are asked to answer within five days."""
    request = records.request_access(actor, record=record, reason=reason, on=actor.on)
    answering = Seat.objects.filter(
        partnership=record.partnership_id, office__in=offices_that_may(Verb.ADMIT), to_text=""
    )
    for seat in answering.select_related("record"):
        raise_ask(
            actor,
            record=record,
            seat=seat,
            errand=Errand.ANSWER,
            what=f"{actor.name}’s request for access"[:300],
            why="You decide who may open this",
            due=actor.on + timedelta(days=DAYS_TO_ANSWER),
        )
    return request


@operation
def answer_access(
    actor: Actor, *, request: AccessRequest, give: bool, reason: str
) -> AccessRequest:
    """Give or refuse access and clear the asks that waited for it."""
    answered = records.answer_access_request(
        actor, request=request, give=give, reason=reason, on=actor.on
    )
    clear_asks(
        actor,
        record=answered.record,
        errand=Errand.ANSWER,
        what=f"{answered.asked_by.split(' for ')[-1]}’s request for access"[:300],
        outcome=f"Access {answered.answer}",
    )
    tell_answer(actor, answered)
    return answered
