"""What waits for somebody at meetings: their own next places, and voices to confirm."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from concordat.domain.base.records.queries import visible
from concordat.domain.governance.meetings.models import Place, Voice
from concordat.domain.governance.meetings.rules import deciding
from concordat.domain.governance.meetings.rules.life import BEFORE
from concordat.kernel.actor import Actor


def next_places(actor: Actor) -> QuerySet[Place]:
    """The places of the actor's seats at meetings that are ahead, the nearest first."""
    rows = Place.objects.filter(
        seat__in=[held.seat for held in actor.seats],
        meeting__stage__in=[stage.value for stage in BEFORE],
        meeting__day__gte=actor.on,
    ).select_related("meeting__record", "meeting__body", "seat")
    seen = visible(actor, rows, record="meeting__record")
    return seen.order_by("meeting__day", "meeting__starts_at", "pk")


def next_for(actor: Actor, most: int = 3) -> list[Place]:
    """The place that somebody is asked about at each of their next meetings, the nearest first:
    one that is still to be answered for before the others."""
    found: dict[UUID, Place] = {}
    for row in next_places(actor):
        kept = found.setdefault(row.meeting_id, row)
        if kept.answered_on is not None and row.answered_on is None:
            found[row.meeting_id] = row
    return list(found.values())[:most]


def to_confirm(actor: Actor) -> QuerySet[Voice]:
    """Voices of the actor's seats that agreed to what was sealed, and are not confirmed."""
    rows = Voice.objects.filter(
        seat__in=[held.seat for held in actor.seats],
        voice=deciding.Voice.AGREE,
        confirmed_on__isnull=True,
    ).exclude(resolution__state=deciding.State.DRAFT)
    seen = visible(actor, rows.select_related("resolution__record"), record="resolution__record")
    return seen.order_by("pk")
