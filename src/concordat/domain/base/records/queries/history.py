"""A record's timeline, its holds, and who has access to it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from concordat.domain.base.records.models import (
    AccessRequest,
    Event,
    EventDetail,
    Grant,
    Hold,
    Look,
    Record,
)
from concordat.domain.base.records.queries.access import admissible, can
from concordat.domain.base.records.queries.cuts import cut_for
from concordat.domain.base.records.rules import Cut, Verb
from concordat.kernel.actor import Actor
from concordat.kernel.verdict import Verdict, no, yes

Told = tuple[Mapping[str, Any], Mapping[str, Any]]


def timeline(actor: Actor, record: Record) -> QuerySet[Event]:
    """What was done to a record that the actor may open, newest first. A summary has none."""
    if not can(actor, Verb.SEE, record) or cut_for(actor, record) is Cut.SUMMARY:
        return Event.objects.none()
    return Event.objects.filter(record=record.pk).order_by("-id")


def told_in(actor: Actor, record: Record, events: Sequence[Event]) -> dict[int, Told]:
    """What events of a record's timeline changed: before and after by their number. Nothing of
    a detail that was disposed of, nor for somebody who may not read the timeline."""
    allowed = timeline(actor, record).filter(pk__in=[event.pk for event in events])
    rows = EventDetail.objects.filter(pk__in=allowed.values("pk"))
    return {row.pk: (json.loads(row.before), json.loads(row.after)) for row in rows}


def looks_at(actor: Actor, record: Record) -> QuerySet[Look]:
    """Who opened a record: for those who decide who may."""
    if not can(actor, Verb.ADMIT, record):
        return Look.objects.none()
    return Look.objects.filter(record=record.pk).order_by("-at")


def open_holds(record: Record, *, blocks: str | None = None) -> QuerySet[Hold]:
    holds = Hold.objects.filter(record=record, released_on__isnull=True)
    return holds.filter(blocks=blocks) if blocks else holds


def is_free(record: Record, move: str) -> Verdict:
    """Whether no open hold blocks this move."""
    hold = open_holds(record, blocks=move).order_by("placed_on").first()
    if hold is None:
        return yes()
    return no(f"{hold.placed_by} stopped this on {hold.placed_on:%-d %B %Y}: {hold.reason}")


def access_of(actor: Actor, record: Record, *, on: date) -> QuerySet[Grant]:
    """The grants in force on a record that the actor may open."""
    if not can(actor, Verb.SEE, record):
        return Grant.objects.none()
    return (
        Grant.objects.filter(Q(to_day__isnull=True) | Q(to_day__gte=on), record=record)
        .filter(from_day__lte=on)
        .select_related("grantee")
        .order_by("grantee__title")
    )


def open_access_requests(actor: Actor) -> QuerySet[AccessRequest]:
    """Requests that wait for an answer, on records that the actor may admit others to."""
    waiting = AccessRequest.objects.filter(answer="").select_related("record", "person")
    return admissible(actor, waiting, record="record").order_by("asked_on", "pk")
