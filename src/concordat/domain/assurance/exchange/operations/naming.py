"""The rows that a cast names as kind:key."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from concordat.domain.assurance.exchange.rules.cast import Cast
from concordat.domain.base.agencies.models import Agency, Partnership
from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats.models import Body, Incumbency, Seat
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.governance.arrangements.models import Arrangements
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid

R = TypeVar("R", Body, Seat, Agency)

_KINDS: dict[str, type[Body] | type[Seat] | type[Agency] | type[Arrangements]] = {
    "agencies": Agency,
    "arrangements": Arrangements,
    "bodies": Body,
    "seats": Seat,
}


def record_of(cast: Cast, told: str) -> Record:
    """The record that a cast names as kind:key; a document by the title of its paper."""
    kind, _, key = told.partition(":")
    home = Partnership.objects.get(key=cast.partnership)
    if kind == "documents":
        paper = next(each for each in cast.documents if each.key == key)
        return Record.objects.get(partnership=home.pk, title=paper.title)
    row = _KINDS[kind]._default_manager.select_related("record").get(partnership=home.pk, key=key)
    return row.record


def seat_of(cast: Cast, key: str) -> Seat:
    return Seat.objects.select_related("record").get(
        partnership__partnership_row__key=cast.partnership, key=key
    )


def owner_of(cast: Cast, told: str) -> Seat | Agency:
    """The seat or agency that a cast names as the owner of an action."""
    kind, _, key = told.partition(":")
    if kind == "seats":
        return seat_of(cast, key)
    if kind != "agencies":
        raise Invalid(f"“{told}” cannot own an action.", field="owner")
    rows = Agency.objects.select_related("record", "partnership")
    return rows.get(partnership__partnership_row__key=cast.partnership, key=key)


def home_at(slug: str) -> Record:
    return Partnership.objects.select_related("record").get(key=slug).record


def body_at(told: str) -> Body:
    return _at(Body, told)


def seat_at(told: str) -> Seat:
    return _at(Seat, told)


def agency_at(told: str) -> Agency:
    return _at(Agency, told)


def _at(model: type[R], told: str) -> R:
    """A row by partnership:key."""
    slug, _, key = told.partition(":")
    rows = model._default_manager.select_related("record", "partnership")
    found = rows.filter(partnership__partnership_row__key=slug, key=key).first()
    if found is None:
        raise Invalid(f"The cast names {told}, which is not there.", field="cast")
    return found


def person_in(post: str) -> Person:
    """Whoever is in a post, given as partnership:key."""
    slug, _, key = post.partition(":")
    return _incumbent(post, post__partnership__partnership_row__key=slug, post__key=key)


def sitting_in(seat: str, on: date) -> Actor:
    """Whoever is in the post that holds a seat, given as partnership:key."""
    return actor_for(_incumbent(seat, post__holdings__seat=seat_at(seat)), on=on)


def _incumbent(told: str, **where: object) -> Person:
    rows = Incumbency.objects.filter(to_day=None, **where).select_related("person__record")
    found = rows.first()
    if found is None:
        raise Invalid(f"Nobody of the cast sits in {told}.", field="cast")
    return found.person
