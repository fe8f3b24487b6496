"""Requests as lists: what we asked and what we were asked, what is late first."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from concordat.domain.base.records.models import Record, surely_in_force
from concordat.domain.base.records.queries import can, visible
from concordat.domain.base.records.queries.access import partnership_records
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.requests import rules
from concordat.domain.base.requests.models import Request
from concordat.domain.base.requests.queries.access import bases, runs
from concordat.domain.base.requests.rules import OVER, WAITING, Basis, Stage, Tally
from concordat.domain.base.seats.models import Partner, Seat
from concordat.kernel.actor import Actor

MOST_COUNTED = 500
_SHOWN = ("record", "about", "requester__body", "agency", "seat__agency")


def requests(actor: Actor) -> QuerySet[Request]:
    """Requests that the actor may open: late ones first, then what waits by its day."""
    late = When(Q(stage__in=WAITING, due__lt=actor.on), then=Value(0))
    waits = When(stage__in=[*WAITING, Stage.ANSWERED, Stage.REFUSED], then=Value(1))
    over = When(stage__in=OVER, then=Value(3))
    place = Case(late, waits, over, default=Value(2), output_field=IntegerField())
    rows = visible(actor, Request.objects.select_related(*_SHOWN))
    return rows.annotate(place=place).order_by("place", "due", "record")


def asked_by_us(actor: Actor) -> QuerySet[Request]:
    """What the actor's seats asked; for the secretariat, what its partnership did."""
    run = {home for home in actor.partnerships if runs(actor, home)}
    mine = Q(requester__in=[held.seat for held in actor.seats]) | Q(partnership__in=run)
    return requests(actor).filter(mine)


def asked_of_us(actor: Actor) -> QuerySet[Request]:
    """What the actor's seats were asked, or seats of their agencies that they may open."""
    seats = [held.seat for held in actor.seats]
    mine = Q(seat__in=seats) | Q(agency__in=actor.agencies)
    return requests(actor).filter(mine).exclude(stage=Stage.DRAFT)


def to_chase(actor: Actor) -> QuerySet[Request]:
    """What was asked and is owed: how often they were reminded, and how far up the ladder."""
    return asked_by_us(actor).filter(stage__in=WAITING)


def on_record(actor: Actor, record: Record) -> QuerySet[Request]:
    rows = requests(actor)
    return rows.filter(about=record) if can(actor, Verb.SEE, record) else rows.none()


def in_a_sentence(actor: Actor, rows: QuerySet[Request]) -> str:
    def many(of: Q) -> int:
        return rows.order_by().filter(of)[:MOST_COUNTED].count()

    return rules.in_a_sentence(
        Tally(
            waiting=many(Q(stage__in=WAITING)),
            late=many(Q(stage__in=WAITING, due__lt=actor.on)),
            to_check=many(Q(stage=Stage.ANSWERED)),
            refused=many(Q(stage=Stage.REFUSED)),
        )
    )


def homes(actor: Actor) -> list[Record]:
    """The partnerships in which the actor drafts requests."""
    rows = list(partnership_records(actor).order_by("title"))
    asking = {seat.partnership_id for seat in _asking(actor, [row.pk for row in rows])}
    return [row for row in rows if runs(actor, row.pk) or row.pk in asking]


def ever_asks(actor: Actor) -> bool:
    """Whether the actor may ask, or asked once: others only answer."""
    return bool(homes(actor)) or asked_by_us(actor).exists()


def requesters(actor: Actor, home: UUID) -> list[Seat]:
    """The seats of safeguarding partners for which the actor may ask."""
    return _asking(actor, [home])


def _asking(actor: Actor, among: Sequence[UUID]) -> list[Seat]:
    """Such seats of several partnerships, with as many questions to the database as for one."""
    run = [home for home in among if runs(actor, home)]
    mine = Q(partnership__in=run) | Q(pk__in={held.seat for held in actor.seats})
    seats = Seat.objects.filter(mine, partnership__in=among, to_text="")
    seats = visible(actor, seats.select_related("body", "agency", "record"))
    partners = set(
        Partner.objects.filter(surely_in_force(actor.on), partnership__in=among).values_list(
            "partnership", "agency"
        )
    )
    rest_on = bases(actor, among)
    return [
        seat
        for seat in seats.order_by("body__order", "role")
        if rules.may_be_requester(
            seat.office,
            (seat.partnership_id, seat.agency_id) in partners,
            _basis(rest_on.get(seat.partnership_id)),
        )
    ]


def _basis(found: Basis | None) -> str:
    """Where it depends on the area, the chair is offered as well; the draft says whether it may."""
    return found.row if found else rules.AGREED
