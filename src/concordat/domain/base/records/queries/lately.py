"""What was done lately, as far as an actor may know."""

from __future__ import annotations

from collections.abc import Collection

from concordat.domain.base.records.models import Event, Record
from concordat.domain.base.records.queries.access import visible
from concordat.domain.base.records.rules import RecordKind
from concordat.kernel.actor import Actor

LOOKED_AT = 300


def lately(
    actor: Actor, *, most: int = 10, leaving_out: Collection[str] = ()
) -> list[tuple[Event, Record]]:
    """The newest events in the actor's partnerships on records that they may open.

    Who signed in when is nobody's news, so events about people are left out. One event a record,
    its newest, so that a busy record does not hide the others, and none whose verb is to be left
    out. Only the last 300 events are looked at: this is a glance, the timeline is the whole.
    """
    if not actor.partnerships:
        return []
    rows = Event.objects.filter(partnership__in=actor.partnerships, record__isnull=False)
    rows = rows.exclude(kind=RecordKind.PERSON).exclude(verb__in=leaving_out)
    newest: dict[object, Event] = {}
    for event in rows.order_by("-id")[:LOOKED_AT]:
        newest.setdefault(event.record, event)
    records = visible(actor, Record.objects.filter(pk__in=list(newest))).in_bulk()
    found = [(event, records[key]) for key, event in newest.items() if key in records]
    return found[:most]
