"""A date that diaries fixed becomes a meeting of its body, once, and the meeting follows it.

`diaries` stands below and knows no meetings. So whoever fixes, moves or calls a date off does it
by these acts, which ask diaries first and let the meeting follow in the same transaction; a
daily run takes up whatever was fixed by any other way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet

from concordat.domain.base.asks.operations import clear_asks
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.domain.base.seats.models import Seat
from concordat.domain.base.seats.rules import Holding
from concordat.domain.governance.diaries import operations as diaries
from concordat.domain.governance.diaries.models import (
    Answer,
    Diary,
    Engagement,
    PlannedMeeting,
    Voice,
    YearPlan,
)
from concordat.domain.governance.diaries.operations import Wanted
from concordat.domain.governance.diaries.rules import DiaryState, EntryState, Says
from concordat.domain.governance.meetings.models import Meeting, Place
from concordat.domain.governance.meetings.operations import booking
from concordat.domain.governance.meetings.operations.calling import (
    COMING,
    as_texts,
    ask_again,
    fresh,
    new_meeting,
    set_stage,
    set_time,
)
from concordat.domain.governance.meetings.rules import life, moments
from concordat.domain.governance.meetings.rules.life import Stage
from concordat.domain.governance.meetings.rules.quorum import Presence
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused

OFF = "Its date was called off"


@operation
def look_for_date(actor: Actor, *, meeting: Meeting, title: str, wanted: Wanted) -> Diary:
    """Look for a date of a meeting that has none, or that is to have another.

    What is fixed in the end is the day of this meeting, and makes no second one.
    """
    if meeting.body is None:
        raise Refused("This meeting is of no body, so that nobody is known who must come.")
    record = take(meeting.pk, may=lambda held: can(actor, Verb.CHANGE, held))
    now = fresh(meeting)
    if now.stage_is not in life.BEFORE:
        raise Refused(f"This meeting is {now.stage}. No date is looked for any more.")
    open_ = Diary.objects.filter(meeting=now).exclude(state=DiaryState.WITHDRAWN)
    before = open_.exclude(state=DiaryState.FIXED).select_related("record").first()
    if before is not None:
        raise Refused(f"A date is looked for already: {before.record.reference}.")
    assert now.body is not None  # noqa: S101 - asked for above
    found = diaries.look_for_date(actor, body=now.body, title=title, wanted=wanted)
    now.search = found
    now.save(update_fields=["search"])
    happened(actor, "date looked for", record, after={"by": found.record.reference})
    return found


@operation
def fix_date(
    actor: Actor,
    *,
    diary: Diary,
    start: datetime,
    reason: str = "",
    seen_version: int | None = None,
) -> Diary:
    """Fix a date of a search, or move it, and let it be a meeting of the body."""
    _is_ahead(diary.record)
    held = diaries.fix_date(
        actor, diary=diary, start=start, reason=reason, seen_version=seen_version
    )
    _follow(actor, _engagements(diary.record))
    return held


@operation
def withdraw_search(
    actor: Actor, *, diary: Diary, reason: str, seen_version: int | None = None
) -> Diary:
    """Give a search up; a date that was fixed is called off, and the meeting with it."""
    _is_ahead(diary.record)
    held = diaries.withdraw_search(actor, diary=diary, reason=reason, seen_version=seen_version)
    _follow(actor, _engagements(diary.record), reason)
    return held


@operation
def adopt_plan(actor: Actor, *, plan: YearPlan, seen_version: int | None = None) -> YearPlan:
    """Fix every date of a plan, each as a meeting of its body."""
    held = diaries.adopt_plan(actor, plan=plan, seen_version=seen_version)
    _follow(actor, _engagements(plan.record))
    return held


@operation
def withdraw_plan(
    actor: Actor, *, plan: YearPlan, reason: str, seen_version: int | None = None
) -> YearPlan:
    """Give a plan up; its meetings that are still ahead are called off."""
    held = diaries.withdraw_plan(actor, plan=plan, reason=reason, seen_version=seen_version)
    _follow(actor, _engagements(plan.record), reason)
    return held


def _is_ahead(record: Record) -> None:
    """A date on which the body has met is not moved or called off any more."""
    after = [stage.value for stage in life.AFTER]
    held = Meeting.objects.filter(engagement__record=record, stage__in=after)
    found = held.select_related("record").first()
    if found is not None:
        raise Refused(f"{found.record.reference} was held on this date.")


@operation
def follow_dates(actor: Actor) -> int:
    """Take up every date that diaries fixed, moved or called off meanwhile; how many. Safe to
    run twice."""
    rows = Engagement.objects.filter(record__kind=RecordKind.DIARY, start__date__gte=actor.on)
    number = _follow(actor, rows, carry_on=True)
    if not number:
        no_event("no date was fixed, moved or called off")
    return number


def _engagements(record: Record) -> QuerySet[Engagement]:
    return Engagement.objects.filter(record=record)


def _follow(
    actor: Actor, rows: QuerySet[Engagement], reason: str = "", *, carry_on: bool = False
) -> int:
    """Let meetings follow these times. `carry_on` leaves out one that cannot be followed, so
    that it keeps no other from its turn."""
    whole = rows.select_related("record", "body__record", "body__partnership")
    fixed = whole.filter(state=EntryState.CONFIRMED, body__isnull=False, meeting__isnull=True)
    changed = whole.filter(meeting__isnull=False).exclude(sequence=F("meeting__sequence"))
    number = 0
    for row in [*fixed.order_by("start", "pk"), *changed.order_by("start", "pk")]:
        try:
            number += _followed(actor, row, reason)
        except Refused:
            if not carry_on:
                raise
    return number


@operation
def _followed(actor: Actor, row: Engagement, reason: str) -> int:
    meeting = Meeting.objects.filter(engagement=row).first()
    if meeting is None:
        _take_up(booking.clerk(actor), row)
        return 1
    take(meeting.pk)
    now = fresh(meeting)
    if now.stage_is not in life.BEFORE:
        booking.adopt(now, row)
        no_event("what was held or called off follows no date any more")
        return 0
    if row.state == EntryState.CANCELLED:
        _call_off(booking.clerk(actor), now, row, reason)
    else:
        _move(booking.clerk(actor), now, row, reason)
    return 1


def _take_up(actor: Actor, row: Engagement) -> None:
    """Let a fixed time be the meeting that looked for it, one at that very time, or a new one."""
    assert row.body is not None  # noqa: S101 - asked for by whoever calls this
    sought = Meeting.objects.filter(search=row.record_id).first()
    here = Meeting.objects.filter(body=row.body, starts_at=row.start, engagement__record=F("pk"))
    found = sought or here.exclude(stage=Stage.CANCELLED).first()
    if found is not None:
        take(found.pk)
        now = fresh(found)
        if now.stage_is in life.BEFORE:
            _give_up_own(actor, now)
            _move(actor, now, row, "")
            return
    take(row.body_id or row.record_id)
    planned = PlannedMeeting.objects.filter(engagement=row).first()
    values = {"starts_at": row.start, "ends_at": row.end, "place": row.place}
    if planned and not _is_taken(row, planned):
        values["wanted"] = planned.wanted
    day = moments.day_of(row.start)
    made = new_meeting(actor, body=row.body, day=day, values=values)
    booking.adopt(made, row)
    booking.seat(made, [place.seat for place in _seated(made) if place.seat])
    _as_answered(actor, made, row)
    happened(actor, "date taken up", made.record, after={"from": row.record.reference})


def _is_taken(row: Engagement, planned: PlannedMeeting) -> bool:
    stand = Meeting.objects.filter(body=row.body, wanted=planned.wanted)
    return stand.exclude(stage=Stage.CANCELLED).exists()


def _give_up_own(actor: Actor, meeting: Meeting) -> None:
    """The time that a meeting had before leaves diaries: the one that was fixed takes its place."""
    own = meeting.engagement
    if own is not None and own.state != EntryState.CANCELLED:
        gone = diaries.call_off(actor, engagement=own)
        booking.tell(actor, meeting, [gone])


def _move(actor: Actor, meeting: Meeting, row: Engagement, reason: str) -> None:
    before, day = as_texts(meeting), meeting.day
    set_time(actor, meeting, row.start, row.end)
    meeting.place = row.place or meeting.place
    meeting.save()
    booking.adopt(meeting, row)
    verb = "meeting rearranged" if day else "day of the meeting set"
    happened(actor, verb, meeting.record, reason=reason, before=before, after=as_texts(meeting))
    if meeting.day != day:
        ask_again(actor, meeting)
    booking.seat(meeting, [place.seat for place in _seated(meeting) if place.seat])
    _as_answered(actor, meeting, row)


def _call_off(actor: Actor, meeting: Meeting, row: Engagement, reason: str) -> None:
    why = f"{OFF}: {reason.strip()}" if reason.strip() else f"{OFF}."
    set_stage(meeting, Stage.CANCELLED, why)
    booking.adopt(meeting, row)
    for errand in (Errand.ANSWER, Errand.GIVE):
        clear_asks(actor, record=meeting.record, errand=errand, outcome="The meeting is off")
    happened(actor, "meeting called off", meeting.record, reason=why)


def _seated(meeting: Meeting) -> Iterable[Place]:
    return Place.objects.filter(meeting=meeting, seat__isnull=False).select_related("seat__record")


def _as_answered(actor: Actor, meeting: Meeting, row: Engagement) -> None:
    """Whoever said yes to this date has answered whether they come, and is not asked twice. A
    deputy who said so comes where nobody who holds the seat may come themselves."""
    said = Answer.objects.filter(offer__engagement=row).select_related("voice__person")
    by_seat: dict[UUID, list[Answer]] = {}
    for each in said.order_by("said_at"):
        by_seat.setdefault(each.voice.seat_id, []).append(each)
    for place in _seated(meeting):
        if place.seat is None or place.answer != Presence.UNKNOWN:
            continue
        if answer := _who_comes(row, place.seat, by_seat.get(place.seat.pk, [])):
            _comes(actor, meeting, place, answer)


def _who_comes(row: Engagement, seat: Seat, said: Sequence[Answer]) -> Answer | None:
    """The answer by which a seat comes: the last yes of who holds it, else of a deputy where each
    of those who hold it was asked and said no."""
    own = [each for each in said if each.voice.holding != Holding.DEPUTY]
    if yes := [each for each in own if each.says == Says.YES]:
        return yes[-1]
    asked = Voice.objects.filter(diary__offers__engagement=row, seat=seat)
    silent = asked.exclude(holding=Holding.DEPUTY).exclude(pk__in=[each.voice_id for each in own])
    if any(each.says != Says.NO for each in own) or silent.exists():
        return None
    deputies = [each for each in said if each not in own and each.says == Says.YES]
    return deputies[-1] if deputies else None


def _comes(actor: Actor, meeting: Meeting, place: Place, answer: Answer) -> None:
    place.answer, place.answered_by = Presence.PRESENT, answer.said_by
    if answer.voice.holding == Holding.DEPUTY:
        place.answer = Presence.DEPUTY
        place.stands_for, place.deputy = answer.voice.name, answer.voice.person
    place.answered_on = moments.day_of(answer.said_at)
    place.save()
    clear_asks(
        actor,
        record=meeting.record,
        errand=Errand.ANSWER,
        what=COMING,
        seat=place.seat,
        outcome="Said yes to this date when it was looked for",
    )
