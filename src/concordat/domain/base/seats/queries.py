"""Who sits where on a day, and the actor that follows from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.people.models import ActingFor, Person
from concordat.domain.base.people.queries import bare_actor
from concordat.domain.base.records.models import surely_in_force
from concordat.domain.base.records.queries import visible
from concordat.domain.base.seats import rules
from concordat.domain.base.seats.models import (
    Body,
    BodyState,
    Holder,
    Incumbency,
    NamedPerson,
    Partner,
    Post,
    Seat,
)
from concordat.kernel.actor import Actor, SeatHeld

__all__ = [
    "Body",
    "Holder",
    "Incumbency",
    "NamedPerson",
    "Partner",
    "Post",
    "Seat",
    "actor_for",
    "bodies",
    "holders_of",
    "incumbents_of",
    "named_people",
    "people_in",
    "posts",
    "seats",
    "seats_held",
]


def actor_for(person: Person, *, on: date, arrangement: ActingFor | None = None) -> Actor:
    """The actor that a person is on a day, with the seats certainly held then.

    With an arrangement it is the principal whose seats count, within the arrangement's scope.
    """
    bare = bare_actor(person, on, arrangement)
    return replace(bare, seats=seats_held(bare.person, on=on)) if bare.person else bare


def _in_post(on: date) -> Q:
    return Q(from_day__lte=on) & (Q(to_day__isnull=True) | Q(to_day__gte=on))


def seats_held(person: UUID, *, on: date) -> tuple[SeatHeld, ...]:
    """Seats whose holder on that day is the person by name, or a post that the person is in."""
    posts = Incumbency.objects.filter(_in_post(on), person=person).values("post")
    held = (
        Holder.objects.filter(surely_in_force(on), surely_in_force(on, "seat__"))
        .filter(Q(post__in=posts) | Q(named__person=person))
        .exclude(holding=rules.Holding.VACANT)
        .select_related("seat__body", "seat__agency")
        .order_by("seat__body__name", "seat__role")
    )
    rows = list(held)
    states = _states({row.seat.body_id for row in rows}, on)
    return tuple(
        _seat_held(row) for row in rows if rules.counts_for_access(states.get(row.seat.body_id, []))
    )


def _states(bodies: set[UUID], on: date) -> dict[UUID, list[rules.Standing]]:
    states: dict[UUID, list[rules.Standing]] = {}
    if not bodies:
        return states
    rows = BodyState.objects.filter(surely_in_force(on), body__in=bodies)
    for body, state in rows.values_list("body", "state"):
        states.setdefault(body, []).append(rules.Standing(state))
    return states


def _seat_held(row: Holder) -> SeatHeld:
    seat = row.seat
    return SeatHeld(
        seat=seat.pk,
        body=seat.body_id,
        partnership=seat.partnership_id,
        office=rules.office_of(seat.office),
        title=seat.role,
        body_name=seat.body.name,
        agency=seat.agency_id,
        agency_name=seat.agency.name if seat.agency else "",
        deputy=row.holding == rules.Holding.DEPUTY,
    )


def bodies(actor: Actor) -> QuerySet[Body]:
    return visible(actor, Body.objects.select_related("record")).order_by("order", "name")


def seats(actor: Actor) -> QuerySet[Seat]:
    queryset = Seat.objects.select_related("record", "body", "agency")
    return visible(actor, queryset).order_by("body__order", "body__name", "order", "role")


def posts(actor: Actor) -> QuerySet[Post]:
    queryset = Post.objects.select_related("agency")
    return visible(actor, queryset, record="partnership").order_by("title")


def named_people(actor: Actor, partnership: Partnership) -> QuerySet[NamedPerson]:
    """People whom the partnership's file names."""
    rows = NamedPerson.objects.filter(partnership=partnership.pk).select_related("agency")
    return visible(actor, rows, record="partnership").order_by("name")


def holders_of(actor: Actor, seat: Seat) -> QuerySet[Holder]:
    """Every row of a seat that the actor may open, latest first."""
    rows = Holder.objects.filter(seat=seat).select_related("post", "named")
    return visible(actor, rows, record="seat__record").order_by("-from_surely", "holding")


def incumbents_of(actor: Actor, post: Post) -> QuerySet[Incumbency]:
    rows = Incumbency.objects.filter(post=post).select_related("person")
    return visible(actor, rows, record="post__partnership").order_by("-from_day")


def people_in(actor: Actor) -> QuerySet[Person]:
    """People who are in a post of a partnership that the actor may open, or were."""
    return visible(actor, Person.objects.select_related("record")).order_by("record__title")
