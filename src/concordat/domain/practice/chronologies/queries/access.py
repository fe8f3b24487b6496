"""Which part somebody has in a chronology, on the actor's day."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import Event, can, fetch, timeline, usable, visible
from concordat.domain.base.records.queries.access import partnership_records
from concordat.domain.base.records.rules import Verb, is_reference
from concordat.domain.practice.chronologies.models import (
    Chronology,
    Contribution,
    Guest,
    Member,
)
from concordat.domain.practice.chronologies.rules import Part, Place, Stage
from concordat.kernel.actor import Actor, Kind

_WITH = ("record__partnership", "record__owner", "partnership", "about")


def chronologies(actor: Actor) -> QuerySet[Chronology]:
    """The chronologies whose record the actor may open, open ones first."""
    rows = Chronology.objects.select_related("record", "partnership", "about")
    return visible(actor, rows).order_by("-stage", "record__title", "pk")


def chronology(actor: Actor, reference: str) -> Chronology:
    """Raises DoesNotExist or `Restricted` as for any record."""
    if not is_reference(reference):
        raise Chronology.DoesNotExist
    return fetch(actor, Chronology.objects.select_related(*_WITH), record__reference=reference)


def locking(actor: Actor, row: Chronology) -> Event | None:
    """The event by which it was locked: who did so, when and why; none while it is open."""
    if row.stage_is is not Stage.LOCKED:
        return None
    return timeline(actor, row.record).filter(verb="chronology locked").first()


def on_record(actor: Actor, record: Record) -> QuerySet[Chronology]:
    """The chronologies about a record, such as a review, that the actor may open."""
    rows = chronologies(actor)
    return rows.filter(about=record) if can(actor, Verb.SEE, record) else rows.none()


def place_in(actor: Actor, row: Chronology) -> Place:
    """The actor's parts, as far as the grant of each lasts; a process has all of them, and a guest
    writes for the agency that their link names."""
    if actor.kind is Kind.PROCESS:
        return Place(frozenset(Part))
    if actor.kind is Kind.GUEST:
        own = Guest.objects.filter(link=actor.link, contribution__chronology=row)
        writes = frozenset(own.values_list("contribution", flat=True))
        return Place(frozenset({Part.AUTHOR} if writes else ()), writes)
    found = list(_in_force(actor, row).values_list("part", "contribution"))
    parts = frozenset(Part(part) for part, _ in found)
    agencies: list[int | None] = [pk for _, pk in found]
    return Place(parts, frozenset(pk for pk in agencies if pk is not None))


def _in_force(actor: Actor, row: Chronology) -> QuerySet[Member]:
    lasting = Q(grant__to_day__isnull=True) | Q(grant__to_day__gte=actor.on)
    return Member.objects.filter(
        lasting,
        chronology=row,
        grant__from_day__lte=actor.on,
        grant__grantee__in=actor.identities,
    )


def homes(actor: Actor) -> list[Record]:
    """The partnerships in which the actor opens chronologies."""
    return usable(actor, Verb.CHANGE, partnership_records(actor).order_by("title"))


def contributions(actor: Actor, row: Chronology) -> QuerySet[Contribution]:
    """The agencies that were asked: all for who reads all, their own for authors."""
    rows = Contribution.objects.select_related("agency__record", "chronology__record")
    rows = rows.filter(chronology=row).order_by("agency__name", "pk")
    place = place_in(actor, row)
    return rows if place.reads_all else rows.filter(pk__in=place.agencies)


def contribution(actor: Actor, row: Chronology, pk: int) -> Contribution:
    """One agency's part. Raises DoesNotExist for whoever may not read its rows."""
    return contributions(actor, row).get(pk=pk)


def unheard(actor: Actor, row: Chronology) -> set[int]:
    """The agencies for which nobody writes, by contribution: no author whose time lasts, and no
    guest whose link was not taken back."""
    asked = set(contributions(actor, row).values_list("pk", flat=True))
    lasting = Q(grant__to_day__isnull=True) | Q(grant__to_day__gte=actor.on)
    authors = Member.objects.filter(lasting, contribution__in=asked)
    links = Guest.objects.filter(contribution__in=asked, link__revoked_at=None)
    found = authors.values_list("contribution", flat=True)
    return asked - set(found) - set(links.values_list("contribution", flat=True))


def team(actor: Actor, row: Chronology) -> QuerySet[Member]:
    """The whole team for who reads all; nobody for others."""
    rows = Member.objects.select_related("grant__grantee", "contribution__agency")
    rows = rows.filter(chronology=row).order_by("part", "grant__grantee__title", "pk")
    return rows if place_in(actor, row).reads_all else rows.none()


def guests(actor: Actor, row: Contribution) -> QuerySet[Guest]:
    """Who writes for an agency by a link, for who manages; nobody for others."""
    rows = Guest.objects.select_related("link", "contribution__agency")
    rows = rows.filter(contribution=row).order_by("-link__invited_at", "pk")
    return rows if place_in(actor, row.chronology).manages else rows.none()
