"""Which part somebody has in a request."""

from __future__ import annotations

from uuid import UUID

from concordat.domain.base.records.models import surely_in_force
from concordat.domain.base.records.rules import SCOPED, Verb, offices_that_may
from concordat.domain.base.requests import rules
from concordat.domain.base.requests.models import Request
from concordat.domain.base.requests.rules import Part
from concordat.domain.base.seats.models import Partner, Seat
from concordat.domain.base.seats.queries import seats_held
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.verdict import Verdict


def part_in(actor: Actor, row: Request) -> Part:
    """Whether the actor asks, runs the partnership, or is asked. A guest is whom their link
    names."""
    if actor.kind is Kind.GUEST:
        return Part(answers=row.pk in actor.admitted)
    hand = seats_held(actor.hand_person, on=actor.on) if actor.hand_person else ()
    seats = {held.seat for held in (*actor.seats, *hand)}
    return Part(
        asked=row.requester_id in seats,
        secretariat=runs(actor, row.partnership_id),
        answers=row.seat_id in seats,
    )


def runs(actor: Actor, home: UUID) -> bool:
    if actor.kind is Kind.PROCESS:
        return True
    if actor.kind in SCOPED and Verb.CHANGE not in actor.scope:
        return False
    return actor.holds(*offices_that_may(Verb.CHANGE), partnership=home)


def may_be_requester(actor: Actor, seat: Seat) -> Verdict:
    """Whether a seat is a safeguarding partner's on the actor's day (INF-16H)."""
    partner = Partner.objects.filter(
        surely_in_force(actor.on), partnership=seat.partnership_id, agency=seat.agency_id
    )
    is_partner = seat.agency_id is not None and partner.exists()
    return rules.may_be_requester(seat.office, is_partner)
