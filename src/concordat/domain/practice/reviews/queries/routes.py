"""How a local review is begun, as at a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries.access import partnership_records
from concordat.domain.practice.reviews.models import RouteRow
from concordat.domain.practice.reviews.rules.routes import Said
from concordat.kernel.actor import Actor


def route_rows(actor: Actor, homes: Sequence[Record], on: date) -> dict[UUID, list[Said]]:
    """Every row of each partnership in which the actor sits that began by a day, the oldest
    first."""
    open_ = partnership_records(actor).filter(pk__in=[home.pk for home in homes])
    rows = RouteRow.objects.filter(partnership__in=open_.values("pk"), from_day__lte=on)
    found: dict[UUID, list[Said]] = {}
    for row in rows.order_by("from_day", "pk"):
        found.setdefault(row.partnership_id, []).append(row.said())
    return found


def maps(actor: Actor) -> list[Record]:
    """The partnerships whose ways are written down, of those in which the actor sits."""
    written = RouteRow.objects.values("partnership")
    return list(partnership_records(actor).filter(pk__in=written).order_by("title"))
