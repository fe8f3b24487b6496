"""Calling a meeting, moving it on through its life, changing when and where, calling it off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from concordat.domain.base.agencies.rules import free_key
from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.clocks.queries import days_of
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import (
    happened,
    keep,
    no_event,
    operation,
    rename,
    take,
)
from concordat.domain.base.records.queries import can, is_free
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.base.seats.rules import Capacity
from concordat.domain.governance.meetings import queries
from concordat.domain.governance.meetings.models import Meeting, Place, Ways
from concordat.domain.governance.meetings.operations import booking
from concordat.domain.governance.meetings.rules import life, moments, timetable
from concordat.domain.governance.meetings.rules.life import Stage
from concordat.domain.governance.meetings.rules.suggesting import fixed_from, write_fixed
from concordat.domain.governance.meetings.rules.timetable import Timetable
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import day_in_words
from concordat.kernel.verdict import Verdict

COMING = "whether you are coming"


@operation
def call(
    actor: Actor,
    *,
    body: Body,
    starts_at: datetime,
    ends_at: datetime,
    place: str = "",
    join: str = "",
    title: str = "",
    purpose: str = "",
    chair: Seat | None = None,
    follows: Meeting | None = None,
    source: str = "",
) -> Meeting:
    """Call a meeting of a body: its members are those who sit there that day, and are asked
    whether they come; its papers are due as the body's own time limits say. It goes into their
    diaries, and whoever has an address gets an invitation.

    Raises `Invalid` for a day on which the body is no more.
    """
    can(actor, Verb.CHANGE, body.record).require()
    take(body.pk)
    meeting = new_meeting(
        actor,
        body=body,
        day=moments.day_of(starts_at),
        values={
            "title": title.strip(),
            "purpose": purpose.strip(),
            "starts_at": starts_at,
            "ends_at": ends_at,
            "place": place.strip(),
            "join": join.strip(),
            "chair": chair,
            "follows": follows,
            "source": source,
        },
    )
    booking.tell(actor, meeting, [booking.enter(actor, meeting)])
    return meeting


def new_meeting(
    actor: Actor, *, body: Body, day: date | None, values: Mapping[str, Any]
) -> Meeting:
    """A meeting of a body with its members and its time limits, inside an operation that has
    taken the body. Without a day it waits for one. It is held as closely as the body is."""
    queries.may_meet(actor, body, day or actor.on).require()
    keys = set(
        Meeting.objects.filter(partnership=body.partnership_id).values_list("key", flat=True)
    )
    limits = _limits(actor, body, day) if day else {}
    meeting = keep(
        actor,
        model=Meeting,
        partnership=body.partnership,
        key=free_key(f"{body.key}-{day.isoformat() if day else 'next'}", keys),
        values={
            "body": body,
            "date": day.isoformat() if day else "",
            "state": "planned",
            "uid": str(uuid4()),
            **values,
            **limits,
        },
        noun="meeting",
        kind=RecordKind.MEETING,
        title=titled(body, str(values.get("title", "")), day),
    )
    _hold_as(meeting.record, body.record)
    refresh_places(actor, meeting=meeting)
    return meeting


def titled(body: Body | None, title: str, day: date | None) -> str:
    """What a meeting's record is called, until it has a title of its own."""
    name = body.name if body else "Meeting"
    return (title.strip() or f"{name}, {day_in_words(day) if day else 'day to be found'}")[:300]


def _hold_as(record: Record, body: Record) -> None:
    """Who may not open a body may not open its meetings either."""
    if body.level > record.level or not body.listed:
        record.sensitivity, record.listed, record.owner = body.sensitivity, body.listed, body
        record.save(update_fields=["sensitivity", "listed", "owner"])


def _limits(actor: Actor, body: Body, day: date) -> Mapping[str, date | None]:
    found = queries.ways_of(actor, body).timetable
    days = days_of(actor, [body.partnership_id]).england
    told = asdict(timetable.deadlines(day, found, days))
    return {f"{name}_on": on for name, on in told.items()}


@operation
def refresh_places(actor: Actor, *, meeting: Meeting) -> int:
    """Bring a meeting's members up to who sits on its body that day; how many are new.

    Whoever no longer sits there and has not answered loses the place; an answer is kept.
    """
    if meeting.body is None or meeting.day is None:
        no_event("no body, or no certain day, says who belongs to it")
        return 0
    seats = {seat.pk: seat for seat in queries.members(actor, meeting.body, meeting.day)}
    here = Place.objects.filter(meeting=meeting, seat__isnull=False)
    gone = here.exclude(seat__in=seats).filter(answered_on=None)
    known = set(here.values_list("seat", flat=True))
    new = [seat for pk, seat in seats.items() if pk not in known]
    if not new and not gone.exists():
        no_event("its members are as they were")
        return 0
    booking.seat(meeting, [*seats.values()])
    for row in gone.select_related("seat"):
        clear_asks(
            actor,
            record=meeting.record,
            errand=Errand.ANSWER,
            outcome="Not a member",
            seat=row.seat,
        )
    gone.delete()
    Place.objects.bulk_create(
        Place(
            meeting=meeting,
            seat=seat,
            agency=seat.agency,
            capacity=seat.capacity or Capacity.VOTING,
        )
        for seat in new
    )
    for seat in new:
        _ask_to_come(actor, meeting, seat)
    happened(
        actor,
        "members of the meeting settled",
        meeting.record,
        after={"added": [seat.record.reference for seat in new]},
    )
    return len(new)


def _ask_to_come(actor: Actor, meeting: Meeting, seat: Seat) -> None:
    """Asked in the name of the actor, without a letter of its own: the invitation is one."""
    if meeting.stage_is not in life.BEFORE or meeting.day is None or meeting.day < actor.on:
        return
    raise_ask(
        booking.clerk(actor),
        record=meeting.record,
        seat=seat,
        errand=Errand.ANSWER,
        what=COMING,
        why=f"You are a member of {meeting.body.name}" if meeting.body else "",
        due=meeting.papers_on or meeting.day,
    )


def moving(
    actor: Actor,
    meeting: Meeting,
    verb: str,
    *,
    seen_version: int | None = None,
    mine: Mapping[str, str] | None = None,
) -> tuple[Record, Meeting, Stage]:
    """Lock a meeting for a move that its table, its offices and its holds allow."""

    def may(held: Record) -> Verdict:
        return queries.may_run(actor, held, meeting.body_id, life.who_may(verb))

    record = take(
        meeting.pk,
        seen_version=seen_version,
        mine=mine,
        theirs=lambda: as_texts(fresh(meeting)),
        may=may,
    )
    now = fresh(meeting)
    to = life.STATES.after(now.stage, verb)
    is_free(record, verb).require()
    return record, now, Stage(to)


def fresh(meeting: Meeting) -> Meeting:
    """The meeting as it stands now that its record is locked."""
    rows = Meeting.objects.select_related("record", "body__record", "partnership", "engagement")
    return rows.get(pk=meeting.pk)


def as_texts(meeting: Meeting) -> dict[str, str]:
    """When and where, as a conflict shows it."""
    return {
        "Day": day_in_words(meeting.day) if meeting.day else meeting.date,
        "Time": moments.span_in_words(meeting.starts_at, meeting.ends_at),
        "Place": meeting.place,
        "Link to join": meeting.join,
    }


def set_stage(meeting: Meeting, stage: Stage, reason: str = "") -> None:
    """Let a meeting stand at a stage, and say of it what its partnership's file would."""
    meeting.stage, meeting.state = stage, life.stated_of(stage)
    meeting.stage_reason = reason
    meeting.save()


@operation
def move_on(
    actor: Actor, *, meeting: Meeting, verb: str, seen_version: int | None = None
) -> Meeting:
    """One step that needs nothing but its own time: opening the agenda, calling for papers."""
    if verb not in ("open the agenda", "call for papers", "draft the minutes"):
        raise ValueError(f"{verb} is an act of its own.")
    record, now, to = moving(actor, meeting, verb, seen_version=seen_version)
    before = now.stage
    set_stage(now, to)
    happened(actor, f"meeting moved to {to}", record, before={"stage": before}, after={"stage": to})
    return now


@operation
def hold(actor: Actor, *, meeting: Meeting, seen_version: int | None = None) -> Meeting:
    """Record that the meeting took place. What was asked before it falls away."""
    life.may_be_held(meeting.day, actor.on).require()
    record, now, to = moving(actor, meeting, "hold", seen_version=seen_version)
    set_stage(now, to)
    clear_asks(actor, record=record, errand=Errand.ANSWER, outcome="The meeting was held")
    happened(actor, "meeting held", record, after={"on": now.day})
    return now


@operation
def cancel(
    actor: Actor, *, meeting: Meeting, reason: str, seen_version: int | None = None
) -> Meeting:
    """Call a meeting off, with the reason. Its invitation is withdrawn with a higher sequence."""
    why = reason_of(reason)
    mine = {"Called off because": why}
    record, now, to = moving(actor, meeting, "cancel", seen_version=seen_version, mine=mine)
    set_stage(now, to, why)
    booking.clear(actor, now)
    for errand in (Errand.ANSWER, Errand.GIVE):
        clear_asks(actor, record=record, errand=errand, outcome="The meeting was called off")
    happened(actor, "meeting called off", record, reason=why, after={"sequence": now.sequence})
    return now


def reason_of(reason: str) -> str:
    bare = reason.strip()
    if not bare:
        raise Invalid("A reason is needed.", field="reason", mend="Say why in one sentence.")
    return bare


@operation
def rearrange(
    actor: Actor,
    *,
    meeting: Meeting,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    join: str,
    reason: str,
    seen_version: int | None = None,
) -> Meeting:
    """Change when or where a meeting is. Every change raises the sequence of its invitation.

    On another day its members and time limits are worked out anew, and all are asked again. A
    meeting that has no day yet is given one without a reason.
    """
    why = reason_of(reason) if meeting.date else reason.strip()
    day = moments.day_of(starts_at)
    mine = {
        "Day": day_in_words(day),
        "Time": moments.span_in_words(starts_at, ends_at),
        "Place": place,
        "Link to join": join,
    }
    record, now, _ = moving(actor, meeting, "cancel", seen_version=seen_version, mine=mine)
    before, other_day = as_texts(now), day != now.day
    set_time(actor, now, starts_at, ends_at)
    now.place, now.join = place.strip(), join.strip()
    now.save()
    booking.shift(actor, now)
    verb = "meeting rearranged" if meeting.date else "day of the meeting set"
    happened(actor, verb, record, reason=why, before=before, after=as_texts(now))
    if other_day:
        ask_again(actor, now)
    return now


def set_time(actor: Actor, meeting: Meeting, starts_at: datetime, ends_at: datetime) -> None:
    """Give a meeting its day and time. On another day its time limits are worked out anew, and
    it is called by that day."""
    day, old = moments.day_of(starts_at), meeting.day
    meeting.starts_at, meeting.ends_at, meeting.date = starts_at, ends_at, day.isoformat()
    if day == old or meeting.body is None:
        return
    queries.may_meet(actor, meeting.body, day).require()
    for name, on in _limits(actor, meeting.body, day).items():
        setattr(meeting, name, on)
    if not meeting.title:
        name = titled(meeting.body, "", day)
        rename(booking.clerk(actor), record=meeting.pk, title=name)


def ask_again(actor: Actor, meeting: Meeting) -> None:
    clear_asks(actor, record=meeting.record, errand=Errand.ANSWER, outcome="Another day was set")
    rows = Place.objects.filter(meeting=meeting)
    rows.update(answer="not answered", answered_by="", answered_on=None)
    refresh_places(actor, meeting=meeting)
    for row in rows.filter(seat__isnull=False).select_related("seat__record"):
        if row.seat:
            _ask_to_come(actor, meeting, row.seat)


@operation
def settle_ways(
    actor: Actor, *, body: Body, values: Mapping[str, Any], seen_version: int | None = None
) -> Ways:
    """Settle how a body runs its meetings. Meetings called already keep their time limits."""
    Timetable(
        timetable.Count(values.get("unit", timetable.Count.WORKING)),
        values.get("closes"),
        values.get("papers"),
        values.get("sends"),
    )
    record = take(
        body.pk,
        seen_version=seen_version,
        mine=_ways_in_words(values),
        theirs=lambda: _ways_in_words({name: getattr(_ways(body), name) for name in values}),
        may=lambda held: queries.may_run(actor, held, body.pk),
    )
    row = _ways(body)
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    happened(actor, "ways of meeting settled", record, before=before, after=dict(values))
    return row


def _ways_in_words(values: Mapping[str, Any]) -> dict[str, str]:
    """What is settled as a conflict shows it; nothing settled is empty."""
    told = {name: "" if value is None else str(value) for name, value in values.items()}
    if "fixed_items" in values:
        told["fixed_items"] = "\n".join(write_fixed(fixed_from(values["fixed_items"])))
    return told


def _ways(body: Body) -> Ways:
    return Ways.objects.filter(body=body).first() or Ways(body=body)
