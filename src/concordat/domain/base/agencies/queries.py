"""Partnerships, areas and agencies that an actor may see."""

from __future__ import annotations

from django.db.models import QuerySet

from concordat.domain.base.agencies.models import (
    Agency,
    Area,
    FrontDoor,
    Member,
    Partnership,
    PublicNote,
    Source,
)
from concordat.domain.base.records.queries import PreparedRows, fetch, visible
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.sensitivity import Sensitivity

__all__ = [
    "Agency",
    "Area",
    "FrontDoor",
    "Member",
    "Partnership",
    "PublicNote",
    "Source",
    "agencies",
    "agency",
    "areas",
    "front_doors",
    "home",
    "logo",
    "own_areas",
    "partnership",
    "partnerships",
    "public_home",
    "public_homes",
    "public_notes",
]


def partnerships(actor: Actor) -> QuerySet[Partnership]:
    """The partnerships in which the actor sits; every one for a process."""
    rows = Partnership.objects.select_related("record").defer("logo").order_by("name")
    return rows if actor.kind is Kind.PROCESS else rows.filter(pk__in=actor.partnerships)


def home(actor: Actor) -> Partnership | None:
    """The partnership of the actor's first seat, whose face the pages wear."""
    first = next((seat.partnership for seat in actor.seats), None)
    return _HOME.first(pk=first) if first else None


_HOME = PreparedRows(
    lambda pk: Partnership.objects.filter(pk=pk).select_related("record").defer("logo")
)


def partnership(actor: Actor, slug: str) -> Partnership:
    """A partnership by its slug. Raises DoesNotExist for one that the actor has no seat in."""
    return fetch(actor, Partnership.objects.select_related("record").defer("logo"), key=slug)


def logo(actor: Actor, slug: str, digest: str) -> bytes:
    """A partnership's logo as PNG, for anybody who was shown a page with it.

    Raises DoesNotExist for one that was taken away or replaced.
    """
    dressed = Partnership.objects.exclude(logo=None).get(key=slug, logo_digest=digest)
    return bytes(dressed.logo or b"")


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


# --- what anybody at all is told


def public_homes(actor: Actor) -> QuerySet[Partnership]:
    """The partnerships that have a page for the public, whoever asks."""
    rows = Partnership.objects.filter(record__sensitivity__lte=Sensitivity.PARTNERSHIP)
    return rows.select_related("record").defer("logo").order_by("name")


def public_home(actor: Actor, slug: str) -> Partnership:
    """A partnership by its slug for anybody at all. Raises DoesNotExist."""
    return public_homes(actor).get(key=slug)


def own_areas(actor: Actor, home: Partnership) -> QuerySet[Area]:
    """The partnership's own places, without their parts: their names are no secret."""
    rows = Area.objects.filter(partnership=home.pk, part_of__isnull=True).exclude(outside=True)
    return rows.order_by("order", "name")


def front_doors(actor: Actor, home: Partnership) -> list[FrontDoor]:
    """Whom to call about a child on the actor's day, as anybody may know."""
    rows = FrontDoor.objects.filter(partnership=home.pk).select_related("area")
    return [row for row in rows.order_by("order", "key") if row.in_force(actor.on) != "no"]


def public_notes(actor: Actor, home: Partnership) -> QuerySet[PublicNote]:
    """What the partnership tells everybody about itself."""
    return PublicNote.objects.filter(partnership=home.pk).order_by("order", "key")
