"""What one's own agency sends one with, and one's own notes."""

from __future__ import annotations

from django.db.models import QuerySet

from concordat.domain.base.records.queries import visible
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.meetings.models import Brief, Line, Meeting, Note
from concordat.kernel.actor import Actor


def briefs(actor: Actor, line: Line) -> QuerySet[Brief]:
    """Briefs on one item for the seats of the actor's own agencies; nobody else's are seen."""
    rows = Brief.objects.filter(line=line, seat__agency__in=actor.agencies)
    rows = rows.select_related("seat__record", "seat__agency")
    return visible(actor, rows, record="line__item__record").order_by("seat__role")


def briefs_for(actor: Actor, meeting: Meeting) -> QuerySet[Brief]:
    """The deputy's brief of a whole meeting, in the order of its agenda."""
    rows = Brief.objects.filter(line__meeting=meeting, seat__agency__in=actor.agencies)
    rows = rows.select_related("seat__record", "line__item__record")
    return visible(actor, rows, record="line__item__record").order_by("line__turn", "seat__role")


def briefable(actor: Actor, meeting: Meeting) -> list[Seat]:
    """Seats of the actor's own agencies at a meeting, which they may brief."""
    rows = Seat.objects.filter(places__meeting=meeting, agency__in=actor.agencies)
    return list(visible(actor, rows.select_related("record")).order_by("role"))


def own_note(actor: Actor, line: Line) -> str:
    if actor.person is None:
        return ""
    row = Note.objects.filter(line=line, person=actor.person).first()
    return row.text if row else ""


def own_notes(actor: Actor, meeting: Meeting) -> dict[int, str]:
    """One's own notes on a meeting's items, by the line's id."""
    if actor.person is None:
        return {}
    rows = Note.objects.filter(line__meeting=meeting, person=actor.person)
    return {row.line_id: row.text for row in rows}
