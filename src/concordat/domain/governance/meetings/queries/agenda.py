"""Agendas as an actor may see them, and where an item has been."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from concordat.domain.base.records.queries import fetch, standing_of, visible
from concordat.domain.base.records.rules import Standing, is_reference
from concordat.domain.governance.meetings.models import Item, Line, Meeting
from concordat.domain.governance.meetings.queries.lists import ways_of
from concordat.domain.governance.meetings.rules import agenda as rules
from concordat.domain.governance.meetings.rules.agenda import Timing
from concordat.domain.governance.meetings.rules.life import LIVE, Place, Stage
from concordat.kernel.actor import Actor

_WITH = ("item__record__owner", "item__about", "item__lead", "meeting__record")


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of an agenda as somebody sees it. `line` is None for what they may know of and
    not open; then only the label and who owns it are told."""

    label: str
    line: Line | None
    starts: datetime | None = None
    owner: str = ""
    reference: str = ""


def lines(actor: Actor, meeting: Meeting) -> QuerySet[Line]:
    """Lines of an agenda whose items the actor may open, in their turn."""
    rows = Line.objects.filter(meeting=meeting).select_related(*_WITH)
    return visible(actor, rows, record="item__record").order_by("turn", "pk")


def agenda(actor: Actor, meeting: Meeting) -> list[Shown]:
    """The agenda with its labels. What the actor may not know of is not there."""
    whole = list(Line.objects.filter(meeting=meeting).select_related(*_WITH).order_by("turn", "pk"))
    opened = set(lines(actor, meeting).values_list("pk", flat=True))
    labelled = [(line.label or label, line) for label, line in rules.numbered(whole)]
    times = rules.starts(labelled, meeting.starts_at) if meeting.starts_at else {}
    return [*_shown(actor, labelled, opened, times)]


def _shown(
    actor: Actor, labelled: list[tuple[str, Line]], opened: set[int], times: dict[str, datetime]
) -> Iterator[Shown]:
    for label, line in labelled:
        record = line.item.record
        if line.pk in opened:
            yield Shown(label, line, times.get(label), reference=record.reference)
        elif standing_of(actor, record) is Standing.KNOWN:
            owner = record.owner.title if record.owner else "the strategy manager"
            yield Shown(label, None, times.get(label), owner, record.reference)


def proposals(actor: Actor, meeting: Meeting) -> QuerySet[Line]:
    """What waits to be taken on to an agenda."""
    return lines(actor, meeting).filter(place=Place.PROPOSED)


def line(actor: Actor, meeting: Meeting, reference: str) -> Line:
    """The line of one item. Raises DoesNotExist or `Restricted` as `fetch` does."""
    if not is_reference(reference):
        raise Line.DoesNotExist
    rows = Line.objects.filter(meeting=meeting).select_related(*_WITH)
    return fetch(actor, rows, record="item__record", item__record__reference=reference)


def item(actor: Actor, reference: str) -> Item:
    if not is_reference(reference):
        raise Item.DoesNotExist
    rows = Item.objects.select_related("record__partnership", "record__owner", "about", "lead")
    return fetch(actor, rows, record__reference=reference)


def history_of(actor: Actor, item: Item) -> QuerySet[Line]:
    """Every agenda that an item has stood on and that the actor may open, the latest first."""
    rows = Line.objects.filter(item=item).select_related("meeting__record", "meeting__body")
    seen = visible(actor, rows, record="meeting__record")
    return visible(actor, seen, record="item__record").order_by("-meeting__day", "-pk")


def timing(actor: Actor, meeting: Meeting) -> Timing:
    """How the minutes asked for compare with the slot, counting only what the actor may open."""
    slot = ways_of(actor, meeting.body).minutes
    if meeting.starts_at and meeting.ends_at:
        slot = int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
    return rules.timing(lines(actor, meeting), slot)


def to_carry(actor: Actor, meeting: Meeting) -> QuerySet[Line]:
    """Items of earlier meetings of this body that are to come back and have not yet, and what
    was on the agenda of one that was called off."""
    if meeting.body_id is None or meeting.day is None:
        return Line.objects.none()
    here = Line.objects.filter(meeting__body=meeting.body_id, carried_to__isnull=True, fixed="")
    left = Q(meeting__day__lt=meeting.day, place__in=[Place.CARRIED, Place.NOT_REACHED])
    off = Q(meeting__stage=Stage.CANCELLED, place=Place.ON_AGENDA)
    mine = Line.objects.filter(meeting=meeting).values("item")
    rows = here.filter(left | off).exclude(meeting=meeting).exclude(item__in=mine)
    rows = visible(actor, rows.select_related(*_WITH), record="item__record")
    return rows.order_by("meeting__day", "turn")


def taken(actor: Actor, meeting: Meeting) -> QuerySet[Line]:
    return lines(actor, meeting).filter(place__in=[place.value for place in LIVE])
