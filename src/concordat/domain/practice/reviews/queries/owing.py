"""Whose word clearance cannot go without: each agency that reports, for the facts about itself, and
each statutory partner of the lead area, for the report and its publication."""

from __future__ import annotations

from uuid import UUID

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.seats.models import Seat
from concordat.domain.practice.reviews.models import AgencyReport, Review
from concordat.domain.practice.reviews.queries import incident_people as people
from concordat.domain.practice.reviews.queries.reviews import seats_of
from concordat.domain.practice.reviews.rules.clearance import Owed, Step
from concordat.kernel.actor import Actor

NOBODY = "no seat speaks for it"


def owed(actor: Actor, review: Review) -> list[Owed]:
    """Everybody whose word is owed, agencies first, each with the seats that may give it."""
    return [*_agencies(actor, review), *_partners(actor, review)]


def _agencies(actor: Actor, review: Review) -> list[Owed]:
    rows = AgencyReport.objects.filter(review=review).select_related("agency")
    reports = list(rows.order_by("agency__name"))
    seats = _speaking_for(actor, review, {each.agency_id for each in reports}) if reports else []
    found = []
    for each in reports:
        others = [seat.pk for seat, agency in seats if agency.pk == each.agency_id]
        mine = dict.fromkeys([each.seat_id, *others])
        found.append(Owed(Step.ACCURACY, each.agency.name, tuple(mine)))
    return found


def _speaking_for(actor: Actor, review: Review, wanted: set[UUID]) -> list[tuple[Seat, Agency]]:
    rows = seats_of(actor, review).filter(agency__in=wanted)
    return [(seat, seat.agency) for seat in rows if seat.agency]


def _partners(actor: Actor, review: Review) -> list[Owed]:
    """Where the old board's rules apply its chair signs; else every statutory partner. Where the
    law asks for the review and nobody has set the partners down, the step waits for them."""
    if review.old_rules:
        chairs = tuple(each.pk for each in people.chairs(actor, review))
        return [Owed(Step.PARTNERS, _told("The chair of the old board", chairs), chairs)]
    named = people.statutory_partners(actor, review)
    if not named and review.statutory:
        told = "the statutory partners of the area, none of whom is set down,"
        return [Owed(Step.PARTNERS, told, ())]
    speaking = [(each, people.agencies_of_seat(each)) for each in people.speaking(actor, review)]
    found = []
    for each in named:
        seats = tuple(seat.pk for seat, agencies in speaking if each.agency_id in agencies)
        found.append(Owed(Step.PARTNERS, _told(each.agency.name, seats), seats))
    return found


def _told(name: str, seats: tuple[object, ...]) -> str:
    return name if seats else f"{name} ({NOBODY})"
