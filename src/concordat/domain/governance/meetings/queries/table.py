"""Who belongs to a meeting, who is there, and by which terms its quorum is judged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from concordat.domain.base.records.models import surely_in_force
from concordat.domain.base.records.queries import visible
from concordat.domain.base.seats.models import Body, Holder, Seat, Terms
from concordat.domain.base.seats.rules import Capacity, Holding
from concordat.domain.governance.meetings.models import Declaration, Meeting, Place
from concordat.domain.governance.meetings.rules import quorum
from concordat.domain.governance.meetings.rules.quorum import Chair, Presence
from concordat.kernel.actor import Actor

_AGREED = ("", "agreed", "published", "in force")


def members(actor: Actor, body: Body, on: date) -> QuerySet[Seat]:
    """The seats of a body on a day, as the circulation list has them."""
    rows = Seat.objects.filter(surely_in_force(on), body=body)
    rows = rows.select_related("record", "agency", "body")
    return visible(actor, rows).order_by("order", "role", "key")


def terms_on(actor: Actor, body: Body | None, on: date) -> quorum.Terms:
    """What the terms in force that day say; where none do, what the body says of itself."""
    if body is None:
        return quorum.Terms()
    rows = Terms.objects.filter(surely_in_force(on), body=body, state__in=_AGREED)
    row = rows.order_by("-from_surely", "-pk").first()
    if row is None:
        return quorum.Terms(words=body.quorum)
    return quorum.Terms(
        members=row.quorum_members,
        classes=tuple(row.quorum_classes),
        seats=tuple(row.quorum_seats),
        substitutes=row.substitutes,
        remote=row.remote,
        words=row.quorum or body.quorum,
        discretion=row.discretion,
        inquorate=row.inquorate,
        title=row.title,
    )


def places(actor: Actor, meeting: Meeting) -> QuerySet[Place]:
    """Everybody who is asked to a meeting, seats first, in the order of the seats."""
    rows = Place.objects.filter(meeting=meeting)
    rows = rows.select_related("seat__record", "seat__agency", "agency", "deputy")
    seen = visible(actor, rows, record="meeting__record")
    return seen.order_by("guest", "seat__order", "seat__role", "pk")


def table(actor: Actor, meeting: Meeting, *, answered: bool = False) -> list[Chair]:
    """The seats at a meeting as the quorum rules take them.

    `answered` takes what they said beforehand instead of who came.
    """
    return [
        _chair(row, row.answer if answered else row.presence)
        for row in places(actor, meeting)
        if row.seat is not None
    ]


def _chair(row: Place, presence: str) -> Chair:
    seat = row.seat
    assert seat is not None  # noqa: S101 - guests sit at no place of the quorum
    agency = seat.agency
    return Chair(
        seat=seat.key,
        title=seat.role,
        class_=(agency.agency_class if agency else "") or seat.seat_class,
        agency=agency.name if agency else "",
        voting=(row.capacity or Capacity.VOTING) == Capacity.VOTING,
        presence=Presence(presence),
        remote=row.remote,
        came=row.came_at,
        left=row.left_at,
    )


def quorum_of(
    actor: Actor, meeting: Meeting, *, at: datetime | None = None, answered: bool = False
) -> quorum.Quorum:
    """Whether a meeting is quorate at a moment, or would be by what was answered."""
    on = meeting.day or actor.on
    chairs = table(actor, meeting, answered=answered)
    names = {chair.seat: chair.title for chair in chairs}
    return quorum.is_quorate(chairs, terms_on(actor, meeting.body, on), at=at, names=names)


def forecast(actor: Actor, meeting: Meeting) -> str:
    """The quorum that the answers so far would give, in words."""
    terms = terms_on(actor, meeting.body, meeting.day or actor.on)
    return quorum.forecast(table(actor, meeting, answered=True), terms)


def sitting_in(actor: Actor, seats: list[UUID], on: date) -> Mapping[UUID, list[Holder]]:
    """Who sits in each of these seats on a day, holders before deputies."""
    rows = Holder.objects.filter(surely_in_force(on), seat__in=seats)
    rows = rows.exclude(holding=Holding.VACANT).select_related("post", "named")
    found: dict[UUID, list[Holder]] = {}
    for row in sorted(rows, key=lambda row: row.holding == Holding.DEPUTY):
        found.setdefault(row.seat_id, []).append(row)
    return found


def other_boards(actor: Actor, meeting: Meeting) -> Mapping[UUID, list[str]]:
    """For each seat at a meeting, the other bodies on which its holders sit that day."""
    seats = [row.seat_id for row in places(actor, meeting) if row.seat_id]
    return beside(actor, seats, meeting.day or actor.on, meeting.body)


def beside(
    actor: Actor, seats: list[UUID], on: date, body: Body | None
) -> Mapping[UUID, list[str]]:
    """For each of these seats of a body, the other bodies on which its holders sit that day."""
    held = sitting_in(actor, seats, on)
    posts = {row.post_id for rows in held.values() for row in rows if row.post_id}
    elsewhere = Holder.objects.filter(surely_in_force(on), post__in=posts)
    elsewhere = elsewhere.exclude(seat__body=body).select_related("seat__body")
    boards: dict[int | None, set[str]] = {}
    for row in visible(actor, elsewhere, record="seat__record"):
        boards.setdefault(row.post_id, set()).add(row.seat.body.name)
    return {
        seat: sorted(set().union(*(boards.get(row.post_id, set()) for row in rows)))
        for seat, rows in held.items()
    }


def declarations(actor: Actor, meeting: Meeting) -> QuerySet[Declaration]:
    """Interests declared at a meeting, as far as the actor may open what they concern."""
    rows = Declaration.objects.filter(meeting=meeting).select_related("item", "seat")
    seen = visible(actor, rows, record="meeting__record")
    general = seen.filter(item__isnull=True)
    return (general | visible(actor, seen.filter(item__isnull=False), record="item")).order_by("pk")
