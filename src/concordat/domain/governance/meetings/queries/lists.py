"""Meetings that an actor may open, and one of them."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet

from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import fetch, visible
from concordat.domain.base.records.rules import is_reference
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.meetings.models import Meeting, Ways
from concordat.domain.governance.meetings.rules.life import BEFORE, Stage
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate

_WITH = ("record__partnership", "record__owner", "body__record", "body__agency", "chair")


def meetings(actor: Actor) -> QuerySet[Meeting]:
    """Every meeting that the actor may open, the latest day first, those without a day last."""
    rows = visible(actor, Meeting.objects.select_related(*_WITH))
    return rows.order_by(F("day").desc(nulls_last=True), "starts_at", "record__reference")


def meeting(actor: Actor, reference: str) -> Meeting:
    """One meeting. Raises DoesNotExist or `Restricted` as `fetch` does."""
    if not is_reference(reference):
        raise Meeting.DoesNotExist
    rows = Meeting.objects.select_related(
        *_WITH,
        "follows__record",
        "minutes__record",
        "agreed_at",
        "body__partnership",
        "engagement",
        "search__record",
        "replaces__record",
        "replaced_by__record",
    )
    return fetch(actor, rows, record__reference=reference)


def coming(actor: Actor) -> QuerySet[Meeting]:
    """What is still ahead, the next first; what has no day yet comes last."""
    rows = meetings(actor).filter(stage__in=[stage.value for stage in BEFORE])
    ahead = rows.filter(Q(day__gte=actor.on) | Q(day__isnull=True))
    return ahead.order_by(F("day").asc(nulls_last=True), "starts_at", "record__reference")


def past(actor: Actor) -> QuerySet[Meeting]:
    """What was held or went by, the latest first."""
    ended = ~Q(stage__in=[stage.value for stage in BEFORE])
    return meetings(actor).filter(ended | Q(day__lt=actor.on))


def of_body(actor: Actor, body: Body) -> QuerySet[Meeting]:
    return meetings(actor).filter(body=body)


def before_this(actor: Actor, meeting: Meeting) -> Meeting | None:
    """The meeting of the same body before this one, from which matters arise."""
    if meeting.body is None or meeting.day is None:
        return None
    rows = of_body(actor, meeting.body).filter(day__lt=meeting.day)
    return rows.exclude(stage=Stage.CANCELLED).exclude(pk=meeting.pk).first()


def ways_of(actor: Actor, body: Body | None) -> Ways:
    """How a body runs its meetings; what it has not settled is empty."""
    if body is None:
        return Ways()
    found = visible(actor, Ways.objects.filter(body=body), record="body__record").first()
    return found or Ways(body=body)


def on_day(actor: Actor, day: date) -> QuerySet[Meeting]:
    return meetings(actor).filter(day=day)


def between(actor: Actor, partnership: Record, first: date, last: date) -> list[Meeting]:
    """A partnership's meetings that lie in some days, or may: one of which only the month is
    known is there where any day of it is. The earliest first; what has no day is left out."""
    rows = visible(actor, Meeting.objects.filter(partnership=partnership).exclude(date=""))
    rows = rows.select_related(*_WITH, "replaces__record")
    found = [(UncertainDate.parse(row.date), row) for row in rows]
    inside = [
        (said, row)
        for said, row in found
        if said.earliest and said.latest and said.earliest <= last and said.latest >= first
    ]
    inside.sort(key=lambda each: (each[0].sort_key, each[1].order or 0, each[1].key))
    return [row for _, row in inside]
