"""Who sits where on a day, and the actor that follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from concordat.domain.base.agencies.models import Agency, Partnership
from concordat.domain.base.people.models import ActingFor, Person
from concordat.domain.base.people.queries import bare_actor
from concordat.domain.base.records.models import Record, maybe_in_force, surely_in_force
from concordat.domain.base.records.queries import Prepared, fetch, visible
from concordat.domain.base.seats import rules
from concordat.domain.base.seats.models import (
    Body,
    BodyState,
    Equivalence,
    Holder,
    Incumbency,
    NamedPerson,
    Partner,
    Post,
    Reporting,
    Role,
    RolePhase,
    Seat,
    Terms,
)
from concordat.kernel.actor import Actor, Office, SeatHeld

__all__ = [
    "Body",
    "BodyState",
    "Equivalence",
    "Holder",
    "Incumbency",
    "NamedPerson",
    "Partner",
    "Post",
    "Reporting",
    "Role",
    "Seat",
    "Terms",
    "actor_for",
    "bodies",
    "body",
    "equivalences",
    "held_by_name",
    "holder",
    "holders_of",
    "holdings_in",
    "holdings_of",
    "incumbencies",
    "incumbents_of",
    "named_as",
    "named_people",
    "named_person",
    "people_in",
    "people_in_seats",
    "posts",
    "posts_held",
    "posts_of",
    "posts_sitting",
    "reporting",
    "reporting_of",
    "role_phases",
    "roles",
    "seat",
    "seats",
    "seats_held",
    "sitting_in",
    "states_of",
    "terms_of",
    "who_answers",
]

_ROOT = ("record__partnership", "record__owner", "partnership")


def actor_for(person: Person, *, on: date, arrangement: ActingFor | None = None) -> Actor:
    """The actor that a person is on a day, with the seats certainly held then.

    With an arrangement it is the principal whose seats count, within the arrangement's scope.
    """
    bare = bare_actor(person, on, arrangement)
    return replace(bare, seats=seats_held(bare.person, on=on)) if bare.person else bare


def _in_post(on: date) -> Q:
    return Q(from_day__lte=on) & (Q(to_day__isnull=True) | Q(to_day__gte=on))


def posts_held(person: UUID, *, on: date) -> QuerySet[Incumbency, Any]:
    """The posts (as rows) that somebody is in on a day."""
    return Incumbency.objects.filter(_in_post(on), person=person).values_list("post", flat=True)


def seats_held(person: UUID, *, on: date) -> tuple[SeatHeld, ...]:
    """Seats whose holder on that day is the person by name, or a post that the person is in."""
    found = [_seat_held(*row) for row in _HELD.rows(person=person, on=on)]
    states = _states({each.body for each in found}, on)
    return tuple(each for each in found if rules.counts_for_access(states.get(each.body, [])))


def sitting_in(actor: Actor, seats: Iterable[UUID], *, on: date) -> dict[UUID, list[Person]]:
    """Who certainly sits in each seat on a day, by name or by the post that they are in.

    The other way round from `seats_held`, for letters to whoever holds something.
    """
    asked = list(seats)
    if not asked:
        return {}
    rows = _SITTING.rows(seats=asked, on=on)
    in_post: dict[int, list[UUID]] = {}
    for post, person in _IN_POST.rows(seats=asked, on=on):
        in_post.setdefault(post, []).append(person)
    found: dict[UUID, list[UUID]] = {}
    for seat, post, named in rows:
        people = found.setdefault(seat, [])
        these = [*([named] if named else []), *in_post.get(post, [])]
        people += [each for each in these if each not in people]
    wanted = {each for people in found.values() for each in people}
    known = Person.objects.select_related("record").in_bulk(wanted)
    return {seat: [known[each] for each in people] for seat, people in found.items()}


def hosts_of_agency(actor: Actor, agency: Agency) -> set[str]:
    """The hosts at which those who sit for an agency, or for a part of it, have their mailboxes."""
    rows = Seat.objects.filter(Q(agency=agency) | Q(agency__part_of=agency))
    found = sitting_in(actor, rows.values_list("pk", flat=True), on=actor.on)
    people = [each for those in found.values() for each in those]
    return {each.email.rpartition("@")[2].casefold() for each in people if each.email}


def to_ring(actor: Actor, seat: Seat) -> str:
    """ "ring Hetty Health on 020 7946 0000", as far as a number is on file."""
    people = sitting_in(actor, [seat.pk], on=actor.on).get(seat.pk, [])
    known = next((each for each in people if each.phone), None)
    return f"ring {known.name} on {known.phone}" if known else f"get in touch with {seat.role}"


def _holding(seats: Iterable[UUID], on: date) -> QuerySet[Holder]:
    sure = Holder.objects.filter(surely_in_force(on), surely_in_force(on, "seat__"))
    return sure.filter(seat__in=seats).exclude(holding=rules.Holding.VACANT)


def _joined(seats: Iterable[UUID], on: date) -> QuerySet[Incumbency, Any]:
    posts = _holding(seats, on).values("post")
    return Incumbency.objects.filter(_in_post(on), post__in=posts).order_by("pk")


_SITTING = Prepared(
    lambda seats, on: (
        _holding(seats, on).order_by("seat", "pk").values_list("seat", "post", "named__person")
    )
)
_IN_POST = Prepared(lambda seats, on: _joined(seats, on).values_list("post", "person"))


def _states(bodies: set[UUID], on: date) -> dict[UUID, list[rules.Standing]]:
    states: dict[UUID, list[rules.Standing]] = {}
    if not bodies:
        return states
    for body, state in _STATES.rows(bodies=bodies, on=on):
        states.setdefault(body, []).append(rules.Standing(state))
    return states


def _held_by(person: UUID, on: date) -> QuerySet[Holder, Any]:
    """What every request asks of each seat and no more: whole bodies take twice as long."""
    return (
        Holder.objects.filter(surely_in_force(on), surely_in_force(on, "seat__"))
        .filter(Q(post__in=posts_held(person, on=on)) | Q(named__person=person))
        .exclude(holding=rules.Holding.VACANT)
        .order_by("seat__body__name", "seat__role")
        .values_list(
            *("holding", "seat", "seat__role", "seat__office", "seat__partnership"),
            *("seat__body", "seat__body__name", "seat__agency", "seat__agency__name"),
        )
    )


_HELD = Prepared(_held_by)
_STATES = Prepared(
    lambda bodies, on: BodyState.objects.filter(surely_in_force(on), body__in=bodies).values_list(
        "body", "state"
    )
)


def _seat_held(
    holding: str,
    seat: UUID,
    role: str,
    office: str,
    partnership: UUID,
    body: UUID,
    body_name: str,
    agency: UUID | None,
    agency_name: str | None,
) -> SeatHeld:
    return SeatHeld(
        seat=seat,
        body=body,
        partnership=partnership,
        office=rules.office_of(office),
        title=role,
        body_name=body_name,
        agency=agency,
        agency_name=agency_name or "",
        deputy=holding == rules.Holding.DEPUTY,
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
    rows = NamedPerson.objects.filter(partnership=partnership.pk)
    rows = rows.select_related("agency", "person__record")
    return visible(actor, rows, record="partnership").order_by("name", "key")


def named_person(actor: Actor, partnership: Partnership, key: str) -> NamedPerson:
    """One of them. Raises DoesNotExist for one of a partnership that is not the actor's."""
    rows = NamedPerson.objects.select_related("partnership", "agency", "person__record")
    return fetch(actor, rows, record="partnership", partnership=partnership.pk, key=key)


def named_as(actor: Actor, person: Person) -> QuerySet[NamedPerson]:
    """Under which names files know somebody."""
    rows = NamedPerson.objects.filter(person=person).select_related("partnership")
    return visible(actor, rows, record="partnership").order_by("name", "key")


def held_by_name(actor: Actor, partnership: Partnership) -> QuerySet[Holder]:
    """Every seat that somebody holds by name, the latest first."""
    rows = Holder.objects.filter(partnership=partnership.pk, named__isnull=False)
    rows = rows.select_related("seat__record", "seat__body", "named")
    return visible(actor, rows, record="seat__record").order_by("-from_surely", "seat__role")


def body(actor: Actor, reference: str) -> Body:
    """One body by reference. Raises DoesNotExist or `Restricted` as `fetch` does."""
    rows = Body.objects.select_related(*_ROOT, "agency__record")
    return fetch(actor, rows, record__reference=reference)


def seat(actor: Actor, reference: str) -> Seat:
    """One seat by reference. Raises DoesNotExist or `Restricted` as `fetch` does."""
    rows = Seat.objects.select_related(*_ROOT, "body__record", "agency__record")
    return fetch(actor, rows, record__reference=reference)


def states_of(actor: Actor, body: Body) -> QuerySet[BodyState]:
    rows = BodyState.objects.filter(body=body)
    return visible(actor, rows, record="body__record").order_by("-from_surely", "-pk")


def terms_of(actor: Actor, body: Body) -> QuerySet[Terms]:
    rows = Terms.objects.filter(body=body).select_related("agreed_by")
    return visible(actor, rows, record="body__record").order_by("-from_surely", "-pk")


def reporting_of(actor: Actor, subjects: Iterable[str], partnership: UUID) -> QuerySet[Reporting]:
    """The lines from or to bodies, seats and posts, each named as kind:key."""
    named = list(subjects)
    lines = Q(who__in=named) | Q(reports_to__in=named)
    rows = Reporting.objects.filter(lines, partnership=partnership)
    return visible(actor, rows, record="partnership").order_by("order", "key")


def posts_sitting(actor: Actor, partnership: UUID, seats: Iterable[str], on: date) -> list[str]:
    """The keys of posts that sit, or may sit, in seats of a partnership that day."""
    rows = Holder.objects.filter(
        maybe_in_force(on),
        seat__partnership=partnership,
        seat__key__in=list(seats),
        post__partnership=partnership,
    )
    seen = visible(actor, rows, record="seat__record").order_by("post__key")
    return list(seen.values_list("post__key", flat=True).distinct())


def roles(actor: Actor, partnership: Partnership) -> QuerySet[Role]:
    rows = Role.objects.filter(partnership=partnership.pk).prefetch_related("phases", "posts")
    return visible(actor, rows, record="partnership").order_by("order", "title")


def role_phases(actor: Actor, partnership: Partnership) -> QuerySet[RolePhase]:
    rows = RolePhase.objects.filter(partnership=partnership.pk).select_related("role")
    return visible(actor, rows, record="partnership").order_by("role__title", "order", "key")


def reporting(actor: Actor, partnership: Partnership) -> QuerySet[Reporting]:
    """Every line of a partnership between bodies, seats and posts."""
    rows = Reporting.objects.filter(partnership=partnership.pk)
    return visible(actor, rows, record="partnership").order_by("order", "key")


def equivalences(actor: Actor, partnership: Partnership) -> QuerySet[Equivalence]:
    rows = Equivalence.objects.filter(partnership=partnership.pk).select_related("body")
    return visible(actor, rows, record="partnership").order_by("order", "level")


def incumbencies(actor: Actor, partnership: Partnership) -> QuerySet[Incumbency]:
    """Who is or was in which post of a partnership, the latest first."""
    rows = Incumbency.objects.filter(post__partnership=partnership.pk)
    rows = rows.select_related("post__agency", "person__record")
    seen = visible(actor, rows, record="post__partnership")
    return visible(actor, seen, record="person__record").order_by("post__title", "-from_day")


def posts_of(actor: Actor, person: Person) -> QuerySet[Incumbency]:
    """The posts that somebody is or was in, the latest first."""
    rows = Incumbency.objects.filter(person=person)
    rows = rows.select_related("post__agency", "post__partnership", "person__record")
    return visible(actor, rows, record="post__partnership").order_by("-from_day")


def holdings_in(
    actor: Actor, *, posts: Iterable[int] = (), person: UUID | None = None
) -> QuerySet[Holder]:
    """Seats held through posts, or by a person named in a file, with their bodies."""
    mine = Q(post__in=list(posts)) | (Q(named__person=person) if person else Q(pk__in=[]))
    rows = Holder.objects.filter(mine)
    rows = rows.select_related("seat__record", "seat__body__record", "post", "named")
    return visible(actor, rows, record="seat__record").order_by("-from_surely", "seat__role")


def holdings_of(actor: Actor, partnership: Partnership) -> QuerySet[Holder]:
    """Every row by which a post sits on a body of a partnership, but for its secretariat."""
    rows = Holder.objects.filter(seat__body__partnership=partnership.pk, post__isnull=False)
    rows = rows.exclude(seat__body__kind="secretariat").select_related("seat")
    return visible(actor, rows, record="seat__record").order_by("seat", "pk")


def holder(actor: Actor, seat: Seat, pk: int) -> Holder:
    """One row of a seat."""
    rows = Holder.objects.select_related("seat__record", "seat__partnership", "post", "named")
    return fetch(actor, rows, record="seat__record", seat=seat, pk=pk)


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


def people_in_seats(actor: Actor, seats: Iterable[UUID]) -> QuerySet[Person]:
    """Who certainly sits in one of these seats on the actor's day, deputies with them."""
    rows = Holder.objects.filter(surely_in_force(actor.on), seat__in=list(seats))
    held = visible(actor, rows.exclude(holding=rules.Holding.VACANT), record="seat__record")
    posts = Incumbency.objects.filter(_in_post(actor.on), post__in=held.values("post"))
    people = Q(pk__in=posts.values("person")) | Q(pk__in=held.values("named__person"))
    return visible(actor, Person.objects.filter(people)).order_by("record__title")


def who_answers(
    actor: Actor, partnership: Record, *, post: Post | None = None, body: Body | None = None
) -> Seat | None:
    """The one seat of a partnership that is asked for a post or a body: a seat that the post
    holds, or the body's chair, or any seat of it; failing that, whoever runs the partnership, in
    their seat of the secretariat if they have one there."""
    there = Seat.objects.filter(surely_in_force(actor.on), partnership=partnership)
    there = visible(actor, there.select_related("record")).order_by("key")
    if post:
        held = there.filter(surely_in_force(actor.on, "holders__"), holders__post=post)
        if found := held.distinct().first():
            return found
    if body:
        mine = there.filter(body=body)
        if found := mine.filter(office=Office.CHAIR).first() or mine.first():
            return found
    runs = there.filter(office=Office.STRATEGY_MANAGER)
    return runs.filter(body__kind="secretariat").first() or runs.first()
