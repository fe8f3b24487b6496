"""Which part somebody has in an action, and whom it is asked of."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from concordat.domain.base.actions.models import Action, Contact
from concordat.domain.base.actions.rules import Part
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import SCOPED, Verb, offices_that_may
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.base.seats.queries import seats_held
from concordat.kernel.actor import Actor, Kind, Office, SeatHeld

Owner = Seat | Person | Agency


def part_in(actor: Actor, action: Action) -> Part:
    """Which part the actor has in an action that they may open."""
    speaking = part_for(actor, action.set_by, action.partnership_id)
    return Part(
        body=speaking.body,
        owns=owns(actor, action),
        contact=_is_contact(actor, action),
        closed_it=action.closer_id is not None
        and action.closer_id in (actor.person, actor.hand_person),
        chairs=speaking.chairs,
        secretariat=speaking.secretariat,
        answers=bool(can(actor, Verb.ANSWER, action.record)),
    )


def part_for(actor: Actor, body: Body, partnership: UUID | None) -> Part:
    """Whether the actor speaks for a body, as its chair or as the secretariat."""
    if actor.kind is Kind.PROCESS:
        return Part(body.name, chairs=True, secretariat=True)
    if actor.kind in SCOPED and Verb.CHANGE not in actor.scope:
        return Part(body.name)
    offices = offices_that_may(Verb.CHANGE)
    return Part(
        body.name,
        chairs=any(seat.body == body.pk and seat.office is Office.CHAIR for seat in actor.seats),
        secretariat=actor.holds(*offices, partnership=partnership),
    )


def owns(actor: Actor, action: Action) -> bool:
    """Whether somebody is the owner, sits for it, or was let in for it by a link.

    Whoever acts for somebody owns what either of the two owns.
    """
    if actor.kind is Kind.GUEST:
        return action.pk in actor.admitted
    seats = [*actor.seats, *_of_the_hand(actor)]
    if action.owner_person_id:
        return action.owner_person_id in (actor.person, actor.hand_person)
    if action.owner_seat_id:
        return action.owner_seat_id in {seat.seat for seat in seats}
    return action.owner_agency_id in {seat.agency for seat in seats} or (
        action.asked_id is not None and action.asked_id in {seat.seat for seat in seats}
    )


def _is_contact(actor: Actor, action: Action) -> bool:
    """Whether the actor answers for whatever its agency owes."""
    if action.agency_id is None or actor.kind is not Kind.PERSON:
        return False
    seats = [seat.seat for seat in actor.seats]
    return Contact.objects.filter(agency=action.agency_id, seat__in=seats).exists()


def _of_the_hand(actor: Actor) -> Iterable[SeatHeld]:
    return seats_held(actor.hand_person, on=actor.on) if actor.hand_person else ()


def mine(actor: Actor) -> Q:
    """What stands in the actor's work, or is owned by them: a seat is asked what it owns.

    Almost nobody owns an action in person. For whoever does not, and sits in one seat, an index
    gives the rows in their order, however many there ever were.
    """
    seats = [held.seat for held in actor.seats]
    asked = Q(asked=seats[0]) if len(seats) == 1 else Q(asked__in=seats)
    owned = Action.objects.filter(owner_person=actor.person, owner_person__isnull=False)
    if not owned.exists():
        return asked
    either = Action.objects.filter(asked).values("pk").union(owned.values("pk"))
    return Q(pk__in=either)


def standing_seats(partnership: UUID | None) -> Q:
    """Seats of a partnership that have not ended."""
    return Q(partnership=partnership, to_text="")


def chairs_of(body: Body) -> list[Seat]:
    seats = Seat.objects.filter(standing_seats(body.partnership_id), body=body, office=Office.CHAIR)
    return list(seats.select_related("record").order_by("order", "role"))


def secretariat_of(partnership: UUID | None, *, but: Iterable[UUID] = ()) -> list[Seat]:
    """The co-ordinator's seat, or the strategy manager's where there is none but these."""
    for office in (Office.CO_ORDINATOR, Office.STRATEGY_MANAGER):
        seats = Seat.objects.filter(standing_seats(partnership), office=office).exclude(pk__in=but)
        if found := list(seats.select_related("record").order_by("body__order", "role")):
            return found
    return []


def contact_of(agency: Agency) -> Contact | None:
    rows = Contact.objects.select_related("seat__record", "seat__agency")
    return rows.filter(agency=agency).first()


def seat_asked(actor: Actor, owner: Owner, partnership: Record) -> Seat | None:
    """The seat in whose work an action of this owner stands; none where nobody can be asked."""
    if isinstance(owner, Seat):
        return owner
    if isinstance(owner, Agency):
        contact = contact_of(owner)
        return contact.seat if contact else None
    held = [each.seat for each in seats_held(owner.pk, on=actor.on) if not each.deputy]
    seats = Seat.objects.filter(standing_seats(partnership.pk), pk__in=held)
    return seats.select_related("record", "agency").order_by("body__order", "role").first()


def agency_of(owner: Owner, asked: Seat | None) -> Agency | None:
    """The agency that answers for what this owner does."""
    if isinstance(owner, Agency):
        return owner
    seat = owner if isinstance(owner, Seat) else asked
    return seat.agency if seat else None


def judging_seats(action: Action) -> list[Seat]:
    """Whom acceptance is asked of: the chair, or the secretariat where the owner chairs."""
    chairs = [seat for seat in chairs_of(action.set_by) if not _is_owners(action, seat)]
    owners = {each for each in (action.owner_seat_id, action.asked_id) if each}
    return chairs or secretariat_of(action.partnership_id, but=owners)


def _is_owners(action: Action, seat: Seat) -> bool:
    if action.owner_agency_id:
        return bool(action.owner_agency_id == seat.agency_id or action.asked_id == seat.pk)
    return seat.pk in (action.owner_seat_id, action.asked_id)
