"""Which part somebody has in a request."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from concordat.domain.base.agencies.models import Area
from concordat.domain.base.clocks.models import AreaLive
from concordat.domain.base.clocks.queries.law import law_book
from concordat.domain.base.clocks.rules import Arrangements, Law, Rule
from concordat.domain.base.records.models import Record, surely_in_force
from concordat.domain.base.records.rules import SCOPED, Verb, offices_that_may
from concordat.domain.base.requests import rules
from concordat.domain.base.requests.models import Request
from concordat.domain.base.requests.rules import Basis, Part
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


def bases(actor: Actor, among: Iterable[UUID], *, area: Area | None = None) -> dict[UUID, Basis]:
    """By partnership, what a request rests on on the actor's day. Where the areas of one differ,
    it is absent: then it depends on the area."""
    found = {}
    for home, each in _by_area(actor, list(among), area).items():
        if len({basis.row for basis in each}) == 1:
            found[home] = rules.one_basis(each)
    return found


def basis_of(actor: Actor, home: Record, area: Area | None = None) -> Basis:
    """What a request for one area, or for all of a partnership's, rests on on the actor's day."""
    return rules.one_basis(_by_area(actor, [home.pk], area)[home.pk])


def _by_area(actor: Actor, among: list[UUID], area: Area | None) -> dict[UUID, list[Basis]]:
    rows = Area.objects.filter(partnership__in=among, part_of=None).exclude(outside=True)
    places = [area] if area else list(rows.order_by("order", "name"))
    lives = AreaLive.objects.filter(area__in=places, arrangements=Arrangements.SAFEGUARDING)
    live = dict(lives.values_list("area", "live_on"))
    book = law_book(actor, among)
    found: dict[UUID, list[Basis]] = {home: [] for home in among}
    for place in places:
        rule = _row(book.of(place.partnership_id), actor)
        told = rules.basis_in(rule, place.name, live.get(place.pk), actor.on)
        found.setdefault(place.partnership_id, []).append(told)
    nowhere = {home for home, told in found.items() if not told}
    for home in nowhere:
        found[home] = [rules.basis_in(_row(book.of(home), actor), "", None, actor.on)]
    return found


def _row(law: Law, actor: Actor) -> Rule | None:
    rows = law.variants(rules.BASIS)
    return next((row for row in rows if row.in_force(actor.on)), None)


def may_be_requester(actor: Actor, seat: Seat, basis: str = "") -> Verdict:
    """Whether a seat may ask on the actor's day: a safeguarding partner's (INF-16H), and under an
    old board its chair's. Without a basis, what holds for the seat's partnership."""
    partner = Partner.objects.filter(
        surely_in_force(actor.on), partnership=seat.partnership_id, agency=seat.agency_id
    )
    is_partner = seat.agency_id is not None and partner.exists()
    if not basis:
        here = bases(actor, [seat.partnership_id]).get(seat.partnership_id)
        basis = here.row if here else rules.AGREED
    return rules.may_be_requester(seat.office, is_partner, basis)
