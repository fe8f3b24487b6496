"""Who is who in an incident: the council, the partners of the lead area, and who signs for whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q

from concordat.domain.base.agencies.models import Agency, Area
from concordat.domain.base.records.models import surely_in_force
from concordat.domain.base.records.queries import cut_for, summaries
from concordat.domain.base.records.rules import SCOPED, Cut, Verb, offices_that_may
from concordat.domain.base.records.rules.access import PARTNERS
from concordat.domain.base.seats.models import Partner, Seat
from concordat.domain.practice.reviews.models import Incident, IncidentPlace
from concordat.domain.practice.reviews.rules import Part, Signatory, Stage
from concordat.domain.practice.reviews.rules import signatories as grouped
from concordat.domain.practice.reviews.rules.life import REVIEWED
from concordat.domain.practice.reviews.rules.places import Place, Places, leads_rapid_review
from concordat.domain.practice.reviews.rules.signing import PartnerOf, Speaking
from concordat.kernel.actor import Actor, Kind, Office


class Placed(Protocol):
    """What is of a partnership and happened in an area of it: an incident, or a review."""

    partnership_id: Any
    area_id: Any


COUNCIL = "council"
OLD_BOARD = "old board"


def statutory_partners(actor: Actor, row: Placed) -> list[Partner]:
    """The statutory partners of the lead area on the actor's day, in their order."""
    return _partners(actor, row.partnership_id, row.area_id)


def _partners(actor: Actor, home: UUID, area: Any) -> list[Partner]:
    here = Q(area=None) | Q(area=area)
    rows = Partner.objects.filter(surely_in_force(actor.on), here, partnership=home)
    return list(rows.select_related("agency").order_by("order", "agency__name"))


def council(actor: Actor, row: Incident) -> list[Partner]:
    """The council that has the duty: where there are several, the one whose area it is."""
    return _council(statutory_partners(actor, row), row.area)


def _council(partners: Iterable[Partner], area: Area | None) -> list[Partner]:
    found = [each for each in partners if each.partner_class == COUNCIL]
    key, pk = (area.key, area.pk) if area else ("", None)
    of_area = [each for each in found if each.area_id == pk or key in (each.agency.areas or [])]
    return of_area or found


def seats_that_lead(actor: Actor, area: Area) -> list[Seat]:
    """The seats that speak on the actor's day for the council of an area; where none does, those
    that run its partnership. Never whoever sat there before."""
    home = area.partnership_id
    council = {each.agency_id for each in _council(_partners(actor, home, area.pk), area)}
    found = [each for each in _speaking(actor, home) if council & agencies_of_seat(each)]
    return found or seats_that_run(actor, home)


def places_of(actor: Actor, row: Incident) -> Places:
    """Where it happened, where the child lives and who placed it, as far as that is known."""
    rows = IncidentPlace.objects.filter(incident=row).select_related("area__partnership")
    found = {each.which: each for each in rows}

    def place(which: str) -> Place | None:
        return found[which].place if which in found else None

    which = IncidentPlace.Which
    agreed = found.get(which.AGREED)
    return Places(
        place(which.HAPPENED),
        place(which.HOME),
        place(which.PLACED_BY),
        agreed.place if agreed else None,
        agreed.how if agreed else "",
    )


def joining(actor: Actor, row: Incident) -> list[Area]:
    """The areas of other partnerships of this installation that join its rapid review."""
    if row.stage not in REVIEWED:
        return []
    joins = leads_rapid_review(places_of(actor, row)).joins
    keys = [place.key for place in joins if place.partnership]
    rows = Area.objects.filter(pk__in=keys).exclude(partnership=row.partnership_id)
    found = {str(each.pk): each for each in rows.select_related("partnership")}
    return [found[key] for key in keys if key in found]


def seats_that_join(actor: Actor, area: Area) -> list[Seat]:
    """The seats that speak for a statutory partner of an area on the actor's day, and those that
    run its partnership."""
    home = area.partnership_id
    partners = {each.agency_id for each in _partners(actor, home, area.pk)}
    speak = [each for each in _speaking(actor, home) if partners & agencies_of_seat(each)]
    run = seats_that_run(actor, home)
    return [*run, *(each for each in speak if each not in run)]


def joins_for(actor: Actor, area: Area) -> bool:
    """Whether the actor says something for an area that joins."""
    if area.partnership_id not in actor.partnerships:
        return False
    if actor.kind in SCOPED and Verb.ANSWER not in actor.scope:
        return False
    mine = {held.seat for held in actor.seats}
    return any(each.pk in mine for each in seats_that_join(actor, area))


def seats_that_run(actor: Actor, home: UUID) -> list[Seat]:
    rows = Seat.objects.filter(
        surely_in_force(actor.on), partnership=home, office__in=offices_that_may(Verb.CHANGE)
    )
    return list(rows.select_related("record", "body").order_by("order", "role"))


def passed_to(actor: Actor, row: Incident) -> Area | None:
    """The area of this installation to which it was passed on, until it is taken over."""
    if row.stage != Stage.ELSEWHERE or row.same_as_id:
        return None
    rows = IncidentPlace.objects.filter(incident=row, which=IncidentPlace.Which.HAPPENED)
    found = rows.select_related("area__partnership").first()
    return found.area if found else None


def _leads(actor: Actor, row: Incident) -> bool:
    area = passed_to(actor, row)
    if area is None or area.partnership_id not in actor.partnerships:
        return False
    if actor.kind in SCOPED and Verb.CHANGE not in actor.scope:
        return False
    mine = {held.seat for held in actor.seats}
    lead = {each.pk for each in seats_that_lead(actor, area)}
    return runs(actor, area.partnership_id) or bool(mine & lead)


def speaking(actor: Actor, row: Placed) -> list[Seat]:
    """The seats that speak for a partner in the lead partnership: a lead's or a delegate's."""
    return _speaking(actor, row.partnership_id)


def _speaking(actor: Actor, home: UUID) -> list[Seat]:
    rows = Seat.objects.filter(
        surely_in_force(actor.on),
        partnership=home,
        office__in=PARTNERS,
        agency__isnull=False,
    )
    return list(rows.select_related("record", "body", "agency__part_of").order_by("order", "role"))


def chairs(actor: Actor, row: Placed) -> list[Seat]:
    """The seats from which the old board of the lead area is chaired."""
    rows = Seat.objects.filter(
        surely_in_force(actor.on),
        partnership=row.partnership_id,
        office=Office.CHAIR,
        body__kind=OLD_BOARD,
    )
    return list(rows.select_related("record", "body", "agency").order_by("order", "role"))


def seats_for(actor: Actor, row: Incident, agencies: Iterable[UUID]) -> list[Seat]:
    wanted = set(agencies)
    return [each for each in speaking(actor, row) if wanted & agencies_of_seat(each)]


def agencies_of_seat(seat: Seat) -> set[UUID]:
    """The agency that a seat speaks for, and those that this is part of."""
    found, agency = set(), seat.agency
    while agency is not None and agency.pk not in found:
        found.add(agency.pk)
        agency = agency.part_of
    return found


def signatories_of(actor: Actor, row: Incident) -> list[Signatory]:
    """Whose signatures a decision needs: each statutory partner's, or the old board's chair's."""
    seats = chairs(actor, row) if row.old_board else speaking(actor, row)

    def spoken(seat: Seat, agencies: Iterable[object]) -> Speaking:
        return Speaking(str(seat.pk), seat.role, frozenset(map(str, agencies)))

    if row.old_board:
        chair = PartnerOf(OLD_BOARD, "The chair of the old board", OLD_BOARD)
        return [Signatory(chair, tuple(spoken(each, [OLD_BOARD]) for each in seats))]
    named = [
        PartnerOf(str(each.agency_id), each.agency.name, each.partner_class)
        for each in statutory_partners(actor, row)
    ]
    return grouped(named, [spoken(each, agencies_of_seat(each)) for each in seats])


def part_in(actor: Actor, row: Incident) -> Part:
    """Which part the actor has. A guest tells what the link was sent for."""
    if actor.kind is Kind.PROCESS:
        return Part(council=True, partner=True, secretariat=True, chair=True, tells=True)
    if actor.kind is Kind.GUEST:
        return Part(tells=row.pk in actor.admitted)
    mine = {held.seat for held in actor.seats if held.partnership == row.partnership_id}
    voice = [each for each in speaking(actor, row) if each.pk in mine]
    spoken = {agency for each in voice for agency in agencies_of_seat(each)}
    changes = actor.kind not in SCOPED or Verb.CHANGE in actor.scope
    says = actor.kind not in SCOPED or Verb.ANSWER in actor.scope
    named = {each.agency_id for each in statutory_partners(actor, row)}
    return Part(
        council=changes and bool(spoken & {each.agency_id for each in council(actor, row)}),
        partner=says and bool(spoken & named),
        secretariat=changes and runs(actor, row.partnership_id),
        leads=_leads(actor, row),
        joins=any(joins_for(actor, each) for each in joining(actor, row)),
        chair=row.old_board and lets_sign(actor) and any(s.pk in mine for s in chairs(actor, row)),
    )


def lets_sign(actor: Actor) -> bool:
    """Whether an assistant or a guest may sign for whoever let them in; others may."""
    return actor.kind not in SCOPED or Verb.SIGN in actor.scope


def runs(actor: Actor, home: UUID) -> bool:
    if actor.kind is Kind.PROCESS:
        return True
    if actor.kind in SCOPED and Verb.CHANGE not in actor.scope:
        return False
    return actor.holds(*offices_that_may(Verb.CHANGE), partnership=home)


def speaks_for(actor: Actor, row: Incident) -> list[Agency]:
    """The partners for which the actor may say something; for the secretariat, all."""
    named = [each.agency for each in statutory_partners(actor, row)]
    if part_in(actor, row).secretariat:
        return named
    mine = {held.seat for held in actor.seats}
    spoken = {
        agency
        for each in speaking(actor, row)
        if each.pk in mine
        for agency in agencies_of_seat(each)
    }
    return [each for each in named if each.pk in spoken]


def seats_to_sign(actor: Actor, row: Incident) -> list[Seat]:
    """The seats in which the actor sits and from which a signature counts."""
    wanted = {s.seat for each in signatories_of(actor, row) for s in each.seats}
    mine = [held.seat for held in actor.seats if str(held.seat) in wanted]
    return list(Seat.objects.filter(pk__in=mine).select_related("record", "body", "agency"))


def is_a_summary(actor: Actor, row: Incident) -> bool:
    """Whether the actor gets no more than the head of it: whoever came to it by a share of that
    cut, or acts for such a person. Who is named on it themself, or sits here, gets the whole."""
    return cut_for(actor, row.record) is Cut.SUMMARY


def summaries_of(actor: Actor, rows: Iterable[Incident]) -> frozenset[UUID]:
    """Of which of them the actor gets no more than the head, as `is_a_summary` says of each."""
    return summaries(actor, [each.record for each in rows])
