"""A body over a year: who came, what interests were declared, and where else its members sit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from concordat.domain.base.records.queries import visible
from concordat.domain.base.seats.models import Body, Holder, Seat
from concordat.domain.governance.meetings.models import (
    AttendanceYear,
    Declaration,
    Meeting,
    Place,
)
from concordat.domain.governance.meetings.queries.lists import of_body
from concordat.domain.governance.meetings.queries.table import beside, members, sitting_in
from concordat.domain.governance.meetings.rules import attendance as rules
from concordat.domain.governance.meetings.rules.attendance import Came, Row
from concordat.domain.governance.meetings.rules.life import AFTER
from concordat.domain.governance.meetings.rules.quorum import Presence
from concordat.kernel.actor import Actor

NO_AGENCY = "Of no agency"
"""Seats such as the independent scrutineer's."""


def held(actor: Actor, body: Body, since: date, until: date) -> QuerySet[Meeting]:
    """Meetings of a body that were held between two days, the earliest first."""
    rows = of_body(actor, body).filter(stage__in=[stage.value for stage in AFTER])
    return rows.filter(day__range=(since, until)).order_by("day", "record__reference")


def came(actor: Actor, body: Body, since: date, until: date) -> list[Came]:
    """How each seat was at each of these meetings."""
    rows = Place.objects.filter(meeting__in=held(actor, body, since, until), seat__isnull=False)
    rows = rows.select_related("meeting__record", "agency", "seat__agency")
    found = []
    for row in rows.order_by("meeting__day", "seat__order", "seat__role"):
        seat, agency = row.seat, row.agency
        assert seat is not None  # noqa: S101 - guests are left out above
        named = agency or seat.agency
        found.append(
            Came(
                row.meeting.record.reference,
                named.name if named else NO_AGENCY,
                seat.role,
                Presence(row.presence),
            )
        )
    return found


def by_agency(actor: Actor, body: Body, since: date, until: date) -> list[Row]:
    return rules.by_agency(came(actor, body, since, until))


def stated(actor: Actor, body: Body) -> QuerySet[AttendanceYear]:
    """What sources say of attendance at a body, beside what is recorded here."""
    rows = AttendanceYear.objects.filter(body=body).select_related("agency", "seat")
    return visible(actor, rows, record="body__record").order_by("year", "order", "pk")


def declared(actor: Actor, body: Body, since: date, until: date) -> QuerySet[Declaration]:
    """Interests declared at a body's meetings, as far as the actor may open what they concern."""
    rows = Declaration.objects.filter(
        meeting__in=of_body(actor, body), declared_on__range=(since, until)
    ).select_related("meeting__record", "item", "seat")
    general = rows.filter(item__isnull=True)
    return (general | visible(actor, rows.filter(item__isnull=False), record="item")).order_by(
        "declared_on", "pk"
    )


@dataclass(frozen=True, slots=True)
class Member:
    """One seat of a body with who holds it and the other bodies on which they sit."""

    seat: Seat
    holders: tuple[Holder, ...]
    boards: tuple[str, ...]


def boards_of(actor: Actor, body: Body, on: date) -> list[Member]:
    """For each seat of a body, on which other bodies its holders sit that day."""
    seats = list(members(actor, body, on))
    keys = [seat.pk for seat in seats]
    sitting = sitting_in(actor, keys, on)
    boards = beside(actor, keys, on, body)
    return [
        Member(seat, tuple(sitting.get(seat.pk, ())), tuple(boards.get(seat.pk, ())))
        for seat in seats
    ]
