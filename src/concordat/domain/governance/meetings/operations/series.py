"""Calling the meetings that a rhythm asks for, booking again what was called off, and setting
down a meeting that has no day yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.diaries.rules.rhythms import MOST_MEETINGS
from concordat.domain.governance.meetings.models import Line, Meeting
from concordat.domain.governance.meetings.operations import booking
from concordat.domain.governance.meetings.operations.agenda import bring
from concordat.domain.governance.meetings.operations.calling import as_texts, fresh, new_meeting
from concordat.domain.governance.meetings.rules import moments
from concordat.domain.governance.meetings.rules.life import Place, Stage
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import count, day_in_words, join_words


@dataclass(frozen=True, slots=True)
class Turn:
    """One meeting of a series: the day that the rhythm asks for, and when it is."""

    wanted: date
    starts_at: datetime
    ends_at: datetime


@operation
def call_series(
    actor: Actor, *, body: Body, turns: Sequence[Turn], place: str = "", join: str = ""
) -> list[Meeting]:
    """Call several meetings of a body at once, all of them or none, with one letter to each
    member that holds every date. Refused where somebody called one of them first.
    """
    can(actor, Verb.CHANGE, body.record).require()
    record = take(body.pk)
    if not 1 <= len(turns) <= MOST_MEETINGS:
        raise Invalid(f"Choose from 1 to {MOST_MEETINGS} days.", field="days")
    _nobody_came_first(body, turns)
    values = {"place": place.strip(), "join": join.strip()}
    made = [_called(actor, body, turn, values) for turn in turns]
    rows = [booking.enter(actor, meeting) for meeting in made]
    booking.tell(actor, made[0], rows, record=record)
    after = {"meetings": [each.record.reference for each in made]}
    happened(actor, "series called", record, after=after)
    return made


def _nobody_came_first(body: Body, turns: Sequence[Turn]) -> None:
    days = sorted(turn.wanted for turn in turns)
    if len(set(days)) != len(days):
        raise Invalid("The same day is there twice.", field="days")
    rows = Meeting.objects.filter(body=body, wanted__in=days).exclude(stage=Stage.CANCELLED)
    stand = [
        f"{row.record.reference} for {day_in_words(row.wanted)}"
        for row in rows.select_related("record").order_by("wanted")
        if row.wanted
    ]
    if stand:
        raise Refused(f"Somebody came first and called {join_words(stand)}. Choose other days.")


def _called(actor: Actor, body: Body, turn: Turn, values: dict[str, str]) -> Meeting:
    return new_meeting(
        actor,
        body=body,
        day=moments.day_of(turn.starts_at),
        values={
            **values,
            "wanted": turn.wanted,
            "starts_at": turn.starts_at,
            "ends_at": turn.ends_at,
        },
    )


@operation
def call_again(
    actor: Actor,
    *,
    meeting: Meeting,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    place: str = "",
    join: str = "",
    seen_version: int | None = None,
) -> Meeting:
    """Book a meeting that was called off again, on another day or on one still to be found.

    It takes the turn of the first in its series, and brings what was on its agenda. What was
    called off stays called off, with its reason.
    """
    if meeting.body is None:
        raise Refused("This meeting is of no body. Call a meeting from the page of a body.")
    can(actor, Verb.CHANGE, meeting.body.record).require()
    take(
        meeting.pk,
        seen_version=seen_version,
        mine={
            "Day": day_in_words(moments.day_of(starts_at)) if starts_at else "",
            "Time": moments.span_in_words(starts_at, ends_at),
            "Place": place,
            "Link to join": join,
        },
        theirs=lambda: as_texts(fresh(meeting)),
        may=lambda held: can(actor, Verb.CHANGE, held),
    )
    before = fresh(meeting)
    if before.stage_is is not Stage.CANCELLED:
        raise Refused(f"This meeting is {before.stage}. Only one called off is booked again.")
    later = Meeting.objects.filter(replaces=before).select_related("record").first()
    if later is not None:
        raise Refused(f"It is booked again already: {later.record.reference}.")
    assert before.body is not None  # noqa: S101 - asked for above
    made = new_meeting(
        actor,
        body=before.body,
        day=moments.day_of(starts_at) if starts_at else None,
        values={
            "title": before.title,
            "purpose": before.purpose,
            "starts_at": starts_at,
            "ends_at": ends_at,
            "place": place.strip(),
            "join": join.strip(),
            "chair": before.chair,
            "follows": before.follows,
            "replaces": before,
            "wanted": _free_turn(before),
        },
    )
    brought = _bring_over(actor, before, made)
    booking.tell(actor, made, [booking.enter(actor, made)])
    after = {"as": made.record.reference, "items": count(brought, "item")}
    happened(actor, "meeting booked again", before.record, after=after)
    return made


def _free_turn(before: Meeting) -> date | None:
    """The turn in its series that a meeting had, unless another has been called for it since."""
    taken = Meeting.objects.filter(body=before.body_id, wanted=before.wanted)
    return None if taken.exclude(stage=Stage.CANCELLED).exists() else before.wanted


def _bring_over(actor: Actor, before: Meeting, made: Meeting) -> int:
    """What was on the agenda, in its order, as far as it was not carried elsewhere."""
    places = [Place.ON_AGENDA.value, Place.NOT_REACHED.value]
    rows = Line.objects.filter(meeting=before, place__in=places, carried_to__isnull=True, fixed="")
    found = list(rows.select_related("item__record").order_by("turn", "pk"))
    for line in found:
        bring(
            booking.clerk(actor),
            meeting=made,
            item=line.item,
            purpose=line.purpose_is,
            minutes=line.minutes,
            carried_from=line,
        )
    return len(found)


@operation
def plan_meeting(
    actor: Actor, *, body: Body, title: str = "", purpose: str = "", place: str = ""
) -> Meeting:
    """Set a meeting down that has no day yet. A date is then looked for, or given."""
    can(actor, Verb.CHANGE, body.record).require()
    take(body.pk)
    values = {"title": title.strip(), "purpose": purpose.strip(), "place": place.strip()}
    return new_meeting(actor, body=body, day=None, values=values)
