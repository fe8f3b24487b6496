"""A meeting's time in people's diaries, and the letters that carry it into their calendars.

Called inside an operation that has taken the meeting and asked its rules. Whoever may move a
meeting moves its time with it: the diary follows in their name, since a chair who may not
change a search for a date may still change the meeting that came of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from concordat.domain.base.records.models import Record
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.diaries import operations as diaries
from concordat.domain.governance.diaries import queries as dates
from concordat.domain.governance.diaries.models import Engagement
from concordat.domain.governance.diaries.rules import EntryState
from concordat.domain.governance.meetings import queries
from concordat.domain.governance.meetings.models import Meeting
from concordat.kernel.actor import Actor, process


def clerk(actor: Actor) -> Actor:
    """Whoever keeps diaries for the actor, under their name."""
    return process(actor.signature, actor.on)


def enter(actor: Actor, meeting: Meeting) -> Engagement | None:
    """Put a meeting's time into its members' diaries; nothing for one that has gone by."""
    if meeting.body is None or meeting.starts_at is None or meeting.ends_at is None:
        return None
    if meeting.day is None or meeting.day < actor.on:
        return None
    row = diaries.engage(
        clerk(actor),
        record=meeting.record,
        body=meeting.body,
        seats=queries.members(clerk(actor), meeting.body, meeting.day),
        start=meeting.starts_at,
        end=meeting.ends_at,
        state=EntryState.CONFIRMED,
        place=meeting.place,
    )
    meeting.record = row.record
    adopt(meeting, row)
    return row


def adopt(meeting: Meeting, row: Engagement) -> None:
    """Let a meeting have a time that is in diaries already: calendars go on knowing it."""
    meeting.engagement, meeting.uid, meeting.sequence = row, str(row.uid), row.sequence
    meeting.save(update_fields=["engagement", "uid", "sequence"])


def seat(meeting: Meeting, seats: Sequence[Seat]) -> None:
    """Let the diaries of those who belong to a meeting hold it, and no others."""
    if meeting.engagement is not None:
        meeting.engagement.seats.set(seats)


def shift(actor: Actor, meeting: Meeting) -> None:
    """Move the time in diaries to where the meeting stands now, and tell whoever has an address."""
    row = meeting.engagement
    if row is None or row.state == EntryState.CANCELLED:
        meeting.sequence += 1
        meeting.engagement = None
        meeting.save(update_fields=["sequence", "engagement"])
        tell(actor, meeting, [enter(actor, meeting)])
        return
    changed = diaries.change_engagement(
        clerk(actor),
        engagement=row,
        start=meeting.starts_at,
        end=meeting.ends_at,
        place=meeting.place,
    )
    adopt(meeting, changed)
    tell(actor, meeting, [changed])


def clear(actor: Actor, meeting: Meeting) -> None:
    """Take a meeting that is called off out of diaries, and tell whoever has an address."""
    row = meeting.engagement
    if row is None or row.state == EntryState.CANCELLED:
        meeting.sequence += 1
        meeting.save(update_fields=["sequence"])
        return
    gone = diaries.call_off(clerk(actor), engagement=row)
    adopt(meeting, gone)
    tell(actor, meeting, [gone])


def tell(
    actor: Actor,
    meeting: Meeting,
    rows: Sequence[Engagement | None],
    record: Record | None = None,
) -> None:
    """One letter to each member with all these times in it."""
    told = [row for row in rows if row is not None]
    if not told or meeting.body is None:
        return
    diaries.tell_guests(
        clerk(actor),
        record=record or meeting.record,
        engagements=told,
        guests=dates.sitters_of(clerk(actor), meeting.body),
    )
