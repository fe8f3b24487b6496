"""Who is coming, who came, and what interests they declared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from concordat.domain.base.asks.operations import clear_asks
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.meetings import queries
from concordat.domain.governance.meetings.models import Declaration, Item, Meeting, Place
from concordat.domain.governance.meetings.operations.calling import fresh
from concordat.domain.governance.meetings.rules import life
from concordat.domain.governance.meetings.rules.quorum import Presence
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.verdict import Verdict, no, yes

ANSWERS = (Presence.PRESENT, Presence.DEPUTY, Presence.APOLOGIES)
DONE = ("stayed", "stood aside", "left the room")


def _may_answer(actor: Actor, place: Place, held: Record) -> Verdict:
    """Whoever sits in the seat says whether it comes, and so may the secretariat."""
    if place.seat_id and queries.sits_in(actor, place.seat_id):
        return can(actor, Verb.ANSWER, held)
    return queries.may_run(actor, held, place.meeting.body_id)


@operation
def answer(
    actor: Actor,
    *,
    place: Place,
    answer: Presence,
    stands_for: str = "",
    deputy: Person | None = None,
) -> Place:
    """Say whether a seat comes: itself, by a named deputy, or with apologies."""
    if answer not in ANSWERS:
        raise Invalid("Choose one of the answers.", field="answer")
    _deputy_is_named(answer, stands_for, deputy)
    record = take(place.meeting_id, may=lambda held: _may_answer(actor, place, held))
    meeting = fresh(place.meeting)
    if meeting.stage_is not in life.BEFORE:
        raise Refused(f"This meeting is {meeting.stage}. Answers are closed.")
    row = Place.objects.select_related("seat__record").get(pk=place.pk)
    before = row.answer
    row.answer, row.stands_for, row.deputy = answer, stands_for.strip(), deputy
    row.answered_by, row.answered_on = actor.signature[:200], actor.on
    row.save()
    if row.seat:
        clear_asks(actor, record=record, errand=Errand.ANSWER, outcome=answer.value, seat=row.seat)
    happened(
        actor,
        "attendance answered",
        record,
        before={"answer": before},
        after={"seat": _called(row), "answer": answer.value, "deputy": row.stands_for},
    )
    return row


def _deputy_is_named(presence: Presence, stands_for: str, deputy: Person | None) -> None:
    if presence is Presence.DEPUTY and not stands_for.strip() and deputy is None:
        raise Invalid(
            "A deputy is one named person.", field="stands_for", mend="Say who comes instead."
        )


def _called(row: Place) -> str:
    return row.seat.record.reference if row.seat else row.guest


@operation
def invite(actor: Actor, *, meeting: Meeting, guest: str, capacity: str = "in attendance") -> Place:
    """Ask somebody without a seat to a meeting. They never count towards its quorum."""
    name = " ".join(guest.split())
    if not name:
        raise Invalid("A guest is one named person.", field="guest", mend="Write who it is.")
    record = take(meeting.pk, may=lambda held: queries.may_run(actor, held, meeting.body_id))
    if Place.objects.filter(meeting=meeting, guest__iexact=name).exists():
        raise Refused(f"{name} is asked to this meeting already.")
    row = Place.objects.create(meeting=meeting, guest=name[:200], capacity=capacity)
    happened(actor, "guest asked to the meeting", record, after={"capacity": capacity})
    return row


@operation
def mark(
    actor: Actor,
    *,
    place: Place,
    presence: Presence,
    remote: bool = False,
    came_at: datetime | None = None,
    left_at: datetime | None = None,
    stands_for: str = "",
    deputy: Person | None = None,
    seen_version: int | None = None,
) -> Place:
    """Record how a seat or guest was at a meeting, with when they came late or left."""
    _deputy_is_named(presence, stands_for, deputy)
    if came_at and left_at and left_at < came_at:
        raise Invalid("Nobody leaves before coming.", field="left_at", mend="Check the two times.")
    record = take(
        place.meeting_id,
        seen_version=seen_version,
        mine={"Attendance": presence.value},
        theirs=lambda: {"Attendance": Place.objects.get(pk=place.pk).presence},
        may=lambda held: queries.may_run(actor, held, place.meeting.body_id),
    )
    meeting = fresh(place.meeting)
    life.may_be_held(meeting.day, actor.on).require()
    _minutes_are_open(meeting).require()
    row = Place.objects.select_related("seat__record").get(pk=place.pk)
    before = row.presence
    row.presence, row.remote = presence, remote
    row.came_at, row.left_at = came_at, left_at
    row.stands_for, row.deputy = stands_for.strip(), deputy
    row.save()
    happened(
        actor,
        "attendance recorded",
        record,
        before={"presence": before},
        after={"seat": _called(row), "presence": presence.value, "deputy": row.stands_for},
    )
    return row


@operation
def take_roll(
    actor: Actor,
    *,
    meeting: Meeting,
    came: Mapping[int, Presence],
    seen_version: int | None = None,
) -> int:
    """Record at once how those at a meeting were there, and how many rows that changed.

    A deputy is the one who was named beforehand; whoever came late is marked alone.
    """
    rows = list(queries.places(actor, meeting).filter(pk__in=came))
    take(
        meeting.pk,
        seen_version=seen_version,
        mine={"Attendance": _roll(rows, came)},
        theirs=lambda: {"Attendance": _roll(Place.objects.filter(pk__in=came), {})},
        may=lambda held: queries.may_run(actor, held, meeting.body_id),
    )
    changed = [row for row in rows if came[row.pk] != row.presence]
    if not changed:
        raise Refused("That is how it is on record already.")
    for row in changed:
        instead = row.stands_for if came[row.pk] is Presence.DEPUTY else ""
        mark(actor, place=row, presence=came[row.pk], stands_for=instead)
    return len(changed)


def _roll(rows: Iterable[Place], came: Mapping[int, Presence]) -> str:
    return "; ".join(
        f"{row.seat.role if row.seat else row.guest}: {came.get(row.pk, row.presence)}"
        for row in rows
    )


def _minutes_are_open(meeting: Meeting) -> Verdict:
    if meeting.stage_is in (life.Stage.MINUTES_AGREED, life.Stage.CANCELLED):
        return no(f"This meeting is {meeting.stage}. Who came stays as it is.")
    return yes()


@operation
def declare(
    actor: Actor,
    *,
    meeting: Meeting,
    who: str,
    interest: str,
    done: str,
    place: Place | None = None,
    item: Item | None = None,
) -> Declaration:
    """Put an interest on record, and what was done about it. Anybody at the table may declare
    their own; the chair and the secretariat may for others."""
    if not interest.strip():
        raise Invalid("Say what the interest is.", field="interest")
    if done not in DONE:
        raise Invalid("Say what was done about it.", field="done")
    own = place is not None and place.seat_id is not None
    sits = own and queries.sits_in(actor, place.seat_id)  # type: ignore[union-attr,arg-type]

    def may(held: Record) -> Verdict:
        opened = can(actor, Verb.ANSWER, held)
        return opened if sits else queries.may_run(actor, held, meeting.body_id)

    record = take(meeting.pk, may=may)
    row = Declaration.objects.create(
        meeting=meeting,
        item=item.record if item else None,
        seat=place.seat if place else None,
        who=who.strip()[:200],
        interest=interest.strip(),
        done=done,
        declared_by=actor.signature[:200],
        declared_on=actor.on,
    )
    happened(actor, "interest declared", record, after={"done": done})
    return row
