"""Meetings and the searches or plans that their dates came from, each from the other."""

from __future__ import annotations

from django.db.models import Q

from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import can, visible
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.domain.governance.diaries.models import Diary
from concordat.domain.governance.diaries.rules import DiaryState
from concordat.domain.governance.meetings.models import Meeting
from concordat.kernel.actor import Actor


def meetings_from(actor: Actor, record: Record) -> list[Meeting]:
    """The meetings whose date a search or a plan found, or is looking for."""
    rows = Meeting.objects.filter(Q(engagement__record=record) | Q(search__record=record))
    rows = rows.select_related("record", "body", "engagement")
    return list(visible(actor, rows).distinct().order_by("day", "pk"))


def dated_by(actor: Actor, meeting: Meeting) -> Record | None:
    """The search or the plan that found a meeting's date, if the actor may open it."""
    row = meeting.engagement
    if row is None or row.record_id == meeting.pk:
        return None
    found = Record.objects.get(pk=row.record_id)
    return found if found.kind == RecordKind.DIARY and can(actor, Verb.SEE, found) else None


def searched_by(actor: Actor, meeting: Meeting) -> Diary | None:
    """The search that is looking for a meeting's date, if it goes on and the actor may open it."""
    if meeting.search_id is None:
        return None
    rows = Diary.objects.filter(pk=meeting.search_id).select_related("record")
    rows = rows.exclude(state__in=[DiaryState.WITHDRAWN, DiaryState.FIXED])
    return visible(actor, rows).first()
