"""One recommendation, what was told of it, and what is on its file."""

from __future__ import annotations

from django.db.models import QuerySet

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.recommendations.models import Checked, Entry, Recommendation, Shown
from concordat.domain.base.recommendations.queries.lists import (
    agencies_here,
    bodies_here,
    posts_here,
    recommendations,
    seats_here,
)
from concordat.domain.base.recommendations.rules import Facts, Point
from concordat.domain.base.records.queries import fetch
from concordat.domain.base.records.rules import is_reference
from concordat.domain.base.seats.models import Body, Post, Seat
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid

_WHOLE = (
    "record__partnership",
    "record__owner",
    "partnership",
    "from_record",
    "agency__record",
    "body__record",
    "seat__body",
    "seat__record",
    "owner__agency",
    "asked__record",
    "set_by__record",
    "decision",
    "worked_by__record",
)


def recommendation(actor: Actor, reference: str) -> Recommendation:
    """Raises DoesNotExist or `Restricted` as for any record."""
    if not is_reference(reference):
        raise Recommendation.DoesNotExist
    rows = Recommendation.objects.select_related(*_WHOLE)
    return fetch(actor, rows, record__reference=reference)


def entries(actor: Actor, row: Recommendation) -> QuerySet[Entry]:
    """What was told of it, the newest first; none of what the actor may not open."""
    open_ = recommendations(actor).filter(pk=row.pk)
    return Entry.objects.filter(recommendation__in=open_.values("pk")).order_by("-on", "-pk")


def shown(actor: Actor, row: Recommendation) -> QuerySet[Shown]:
    """What was measured, said and done, oldest first."""
    open_ = recommendations(actor).filter(pk=row.pk)
    rows = Shown.objects.filter(recommendation__in=open_.values("pk"))
    return rows.select_related("record", "document__record").order_by("on", "pk")


def checks(actor: Actor, row: Recommendation) -> dict[Point, Checked]:
    """The points of its check list that were answered."""
    open_ = recommendations(actor).filter(pk=row.pk)
    rows = Checked.objects.filter(recommendation__in=open_.values("pk"))
    return {Point(each.point): each for each in rows}


def facts(actor: Actor, row: Recommendation) -> Facts:
    """What is on file about a draft, as its check list reads it."""
    same = recommendations(actor).filter(strand=row.strand).exclude(pk=row.pk)
    return Facts(row.addressee, row.measure, row.nature, same.count())


def body_of(actor: Actor, reference: str, field: str) -> Body:
    """A body of the actor's partnerships. Raises `Invalid` beside the field for any other."""
    found = bodies_here(actor).filter(record__reference=reference).first()
    if found is None:
        raise Invalid("This body is not of your partnership.", field=field, mend="Choose another.")
    return found


def agency_of(actor: Actor, reference: str) -> Agency | None:
    return agencies_here(actor).filter(record__reference=reference).first() if reference else None


def seat_of(actor: Actor, reference: str) -> Seat | None:
    return seats_here(actor).filter(record__reference=reference).first() if reference else None


def post_of(actor: Actor, key: str) -> Post | None:
    """A post by the number that a form gives it."""
    return posts_here(actor).filter(pk=key).first() if key.isdecimal() else None
