"""Putting a time in people's diaries, changing it and calling it off.

Any package does so for a record of its own: feeds show it, searches see that its seats are
taken, and whoever has an address gets an invitation that a calendar knows again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from concordat.craft import ics
from concordat.domain.base.mail import rules as letters
from concordat.domain.base.mail.operations import post
from concordat.domain.base.mail.rules import Purpose
from concordat.domain.base.people.rules import is_address
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.governance.diaries import queries, rules
from concordat.domain.governance.diaries.models import Engagement
from concordat.domain.governance.diaries.queries import Guest
from concordat.domain.governance.diaries.rules import EntryState
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import count


@operation
def engage(
    actor: Actor,
    *,
    record: Record,
    body: Body,
    seats: Iterable[Seat],
    start: datetime,
    end: datetime,
    state: EntryState,
    place: str = "",
    what: str = "Meeting",
) -> Engagement:
    """Put a time into the diaries of some seats, for a record that the actor may change.

    Its title is made here, so that nothing told in confidence stands in anybody's calendar.
    """
    root = take(record.pk, may=lambda held: can(actor, Verb.CHANGE, held))
    if end <= start:
        raise Invalid("The end is not after the start.", field="end")
    row = Engagement.objects.create(
        record=root,
        body=body,
        start=start,
        end=end,
        state=state,
        place=place.strip()[:200],
        title=_title(root, body, what),
        changed_at=timezone.now(),
    )
    row.seats.set(seats)
    happened(actor, "engagement made", root, after=_told(row))
    return row


def _title(record: Record, body: Body, what: str) -> str:
    """By the body's name only where both it and the record are open to the partnership."""
    closer = max((record, body.record), key=lambda each: each.sensitivity)
    return rules.plain_title(
        what,
        body.name,
        record.reference,
        level=closer.level,
        listed=record.listed and body.record.listed,
    )[:200]


def _told(row: Engagement) -> dict[str, object]:
    return {"from": row.start, "to": row.end, "state": row.state, "sequence": row.sequence}


@operation
def change_engagement(
    actor: Actor,
    *,
    engagement: Engagement,
    start: datetime | None = None,
    end: datetime | None = None,
    place: str | None = None,
    state: EntryState | None = None,
) -> Engagement:
    """Change an engagement; its sequence rises, so that calendars take the newer one."""
    root = take(engagement.record_id, may=lambda held: can(actor, Verb.CHANGE, held))
    held = Engagement.objects.select_for_update().get(pk=engagement.pk)
    if held.state == EntryState.CANCELLED:
        raise Refused("This was called off already.")
    before = _told(held)
    held.start, held.end = start or held.start, end or held.end
    if held.end <= held.start:
        raise Invalid("The end is not after the start.", field="end")
    held.place = held.place if place is None else place.strip()[:200]
    held.state = state or held.state
    held.sequence += 1
    held.changed_at = timezone.now()
    held.save()
    happened(actor, "engagement changed", root, before=before, after=_told(held))
    return held


@operation
def call_off(actor: Actor, *, engagement: Engagement) -> Engagement:
    return change_engagement(actor, engagement=engagement, state=EntryState.CANCELLED)


@operation
def tell_guests(
    actor: Actor,
    *,
    record: Record,
    engagements: Sequence[Engagement],
    guests: Iterable[Guest],
    purpose: Purpose | None = None,
) -> int:
    """Queue an invitation or its update, one letter for each guest with every date in it.

    A letter names the others who are invited to nobody. `purpose` is what its subject says;
    without one, whether the dates are new. How many were queued.
    """
    can(actor, Verb.CHANGE, record).require()
    rows = sorted(engagements, key=lambda each: each.start)
    known = {guest.email.strip().lower(): guest for guest in guests}
    able = [guest for address, guest in known.items() if rows and is_address(address)]
    for guest in able:
        _tell(actor, record, rows, guest, purpose or _purpose(rows))
    happened(actor, "invitations queued", record, after={"guests": len(able), "dates": len(rows)})
    return len(able)


def _purpose(rows: Sequence[Engagement]) -> Purpose:
    first = all(row.sequence == 0 or row.state == EntryState.TENTATIVE for row in rows)
    return Purpose.DATES if first else Purpose.MEETING


def _tell(
    actor: Actor, record: Record, rows: Sequence[Engagement], guest: Guest, purpose: Purpose
) -> None:
    text = ics.write(
        [queries.entry_of(actor, row) for row in rows],
        name=record.reference,
        now=timezone.now(),
        method=_method(rows),
        organiser=settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">"),
        guests=[(guest.name, guest.email)] if len(rows) == 1 else [],
    )
    states = "-".join(f"{row.uid.hex[:8]}.{row.sequence}" for row in rows[:1])
    post(
        actor,
        to=guest.email,
        purpose=purpose,
        subject=letters.subject(purpose, reference=record.reference),
        text=_letter(record, rows, guest),
        about=record,
        attachment=("invitation.ics", text),
        key=f"dates {states} {len(rows)} {guest.email}"[:120],
    )


def _method(rows: Sequence[Engagement]) -> str:
    if len(rows) > 1:
        return "PUBLISH"
    return "CANCEL" if rows[0].state == EntryState.CANCELLED else "REQUEST"


ABOUT = {
    EntryState.TENTATIVE: "held for you until one is fixed; the others are then withdrawn:",
    EntryState.CANCELLED: "called off:",
}


def _letter(record: Record, rows: Sequence[Engagement], guest: Guest) -> str:
    told = [_line(row) for row in rows]
    states = {EntryState(row.state) for row in rows}
    about = ABOUT.get(states.pop(), "") if len(states) == 1 else ""
    verb = "is" if len(rows) == 1 else "are"
    dates = f"{count(len(rows), 'date')} of {record.reference}"
    opening = f"{dates} {verb} {about or 'for your diary:'}"
    return "\n\n".join(
        [
            f"Dear {guest.name},",
            opening,
            "\n".join(told),
            "Open the attached file to put this into your calendar. A later letter about the same "
            "date changes what is there; it makes no second one.",
        ]
    )


def _line(row: Engagement) -> str:
    span = rules.Span(rules.minute_of(row.start), rules.minute_of(row.end))
    state = "" if row.state == EntryState.CONFIRMED else f" ({EntryState(row.state).label.lower()})"
    place = f", {row.place}" if row.place else ""
    return f"{rules.in_words(span)}{place}{state}"
