"""Partnerships, areas and agencies that an actor may see."""

from __future__ import annotations

from django.db.models import QuerySet

from concordat.domain.base.agencies.models import Agency, Area, Member, Partnership, Source
from concordat.domain.base.records.queries import fetch, visible
from concordat.kernel.actor import Actor, Kind

__all__ = [
    "Agency",
    "Area",
    "Member",
    "Partnership",
    "Source",
    "agencies",
    "agency",
    "areas",
    "partnership",
    "partnerships",
]


def partnerships(actor: Actor) -> QuerySet[Partnership]:
    """The partnerships in which the actor sits; every one for a process."""
    rows = Partnership.objects.select_related("record").order_by("name")
    return rows if actor.kind is Kind.PROCESS else rows.filter(pk__in=actor.partnerships)


def partnership(actor: Actor, slug: str) -> Partnership:
    """A partnership by its slug. Raises DoesNotExist for one that the actor has no seat in."""
    return fetch(actor, Partnership.objects.select_related("record"), key=slug)


def areas(actor: Actor) -> QuerySet[Area]:
    return visible(actor, Area.objects.all(), record="partnership").order_by("name")


def agency(actor: Actor, reference: str) -> Agency:
    """One agency by reference. Raises DoesNotExist or `Restricted` as `fetch` does."""
    rows = Agency.objects.select_related(
        "record__partnership", "record__owner", "partnership", "part_of__record"
    )
    return fetch(actor, rows, record__reference=reference)


def agencies(actor: Actor) -> QuerySet[Agency]:
    rows = Agency.objects.select_related("record", "part_of")
    return visible(actor, rows).order_by("agency_class", "name")
