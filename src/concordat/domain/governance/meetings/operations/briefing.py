"""What an agency sends its member or deputy with, and a person's own notes."""

from __future__ import annotations

from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.meetings.models import Brief, Line, Meeting, Note, Read
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused


@operation
def brief(
    actor: Actor, *, line: Line, seat: Seat, our_line: str, limit: str, came_back: str = ""
) -> Brief:
    """Write an agency's line on one item, how far its member may go, and what came back.

    Seats of the same agency write it; nobody else ever sees it.
    """
    if seat.agency_id is None or seat.agency_id not in actor.agencies:
        raise Refused("Only your own agency briefs its seat.")
    record = take(line.meeting_id, may=lambda held: can(actor, Verb.ANSWER, held))
    can(actor, Verb.SEE, line.item.record).require()
    row = Brief.objects.filter(line=line, seat=seat).first() or Brief(line=line, seat=seat)
    row.our_line, row.limit, row.came_back = our_line.strip(), limit.strip(), came_back.strip()
    row.written_by, row.written_on = actor.signature[:200], actor.on
    row.save()
    happened(actor, "deputy briefed", record, after={"seat": seat.record.reference})
    return row


@operation
def note(actor: Actor, *, line: Line, text: str) -> Note | None:
    """Keep a note of one's own on an item; an empty one is thrown away."""
    if actor.person is None:
        raise Refused("Only a person keeps notes.")
    can(actor, Verb.SEE, line.item.record).require()
    no_event("a note is nobody's business but its writer's")
    rows = Note.objects.filter(line=line, person=actor.person)
    if not text.strip():
        rows.delete()
        return None
    row = rows.first() or Note(line=line, person=actor.person)
    row.text = text.strip()
    row.save()
    return row


@operation
def mark_read(actor: Actor, *, meeting: Meeting, supplement: int) -> None:
    """Remember up to which supplement somebody has read a meeting's pack."""
    if actor.person is None:
        raise Refused("Only a person reads.")
    can(actor, Verb.SEE, meeting.record).require()
    no_event("that somebody read is kept for themselves")
    row = Read.objects.filter(meeting=meeting, person=actor.person).first()
    row = row or Read(meeting=meeting, person=actor.person, supplement=0)
    row.supplement = max(row.supplement, supplement)
    row.save()
