"""The next meetings of one person, with the place that they are asked about at each."""

from __future__ import annotations

from dataclasses import dataclass

from concordat.domain.governance.meetings.models import Meeting, Place
from concordat.domain.governance.meetings.queries.lists import next_for
from concordat.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Ahead:
    """A meeting, and the actor's place there: one still to be answered for before the others."""

    meeting: Meeting
    place: Place


def ahead_for(actor: Actor, most: int = 3) -> list[Ahead]:
    """The next meetings at which a seat of the actor has a place, the soonest first."""
    found = next_for(actor, most)
    seats = [held.seat for held in actor.seats]
    rows = Place.objects.filter(meeting__in=found, seat__in=seats).select_related("seat")
    mine: dict[object, list[Place]] = {}
    for row in rows.order_by("pk"):
        mine.setdefault(row.meeting_id, []).append(row)
    return [Ahead(each, min(mine[each.pk], key=_answered)) for each in found]


def _answered(place: Place) -> bool:
    return place.answered_on is not None
