"""The list of searches, one search, and one of its dates."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.records.queries import can, usable
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.diaries import queries, rules
from concordat.domain.governance.diaries.queries import Diary, YearPlan
from concordat.domain.governance.diaries.rules import DiaryState, Found, Span
from concordat.domain.governance.meetings.queries import Meeting, meetings_from
from concordat.domain.governance.meetings.rules import moments
from concordat.kernel.actor import Actor
from concordat.kernel.labels import weekday_in_words
from concordat.web.diaries import facing
from concordat.web.diaries.facing import Request
from concordat.web.ui.doors import also_by_link
from concordat.web.ui.paging import page_of
from concordat.web.ui.parts import Fact, Link


@require_safe
def diaries(request: Request) -> HttpResponse:
    """What waits for an answer, the searches there are, and where to begin."""
    actor = request.actor
    page = page_of(queries.diaries(actor), request.GET.get("page"))
    bodies = queries.searchable(actor)
    homes = list(agencies.partnerships(actor))
    led = usable(actor, Verb.CHANGE, [each.record for each in homes])
    told = {
        "waiting": queries.waiting_polls(actor),
        "page": page,
        "rows": [(each, facing.TONES[each.stage], each.stage.label) for each in page.rows],
        "plans": [
            (each, facing.PLAN_TONES[each.stage], each.stage.label)
            for each in queries.plans(actor)[:12]
        ],
        "bodies": bodies,
        "homes": [(each, each.record in led) for each in homes],
    }
    return render(request, "diaries/diaries.html", told)


@also_by_link
@require_safe
def diary(request: Request, reference: str) -> HttpResponse:
    """One search as it stands. A guest goes on to what they are asked; a plan has its own page."""
    if request.guest_link:
        return redirect("diaries:answer", reference)
    try:
        found = queries.diary(request.actor, reference)
    except Diary.DoesNotExist:
        return _its_plan(request, reference)
    return render(request, "diaries/diary.html", _whole(request.actor, found))


def _its_plan(request: Request, reference: str) -> HttpResponse:
    """The page of a plan with this reference, or of a poll that an assistant may answer."""
    try:
        queries.plan(request.actor, reference)
        return redirect("diaries:plan", reference)
    except YearPlan.DoesNotExist:
        _, voices = queries.eyes_of(request.actor, reference)
    if not voices:
        raise Http404
    return redirect("diaries:answer", reference)


def _whole(actor: Actor, found: Diary) -> dict[str, Any]:
    """Everything that a search's page shows to this actor."""
    may_change = bool(can(actor, Verb.CHANGE, found.record))
    standings = queries.standings(actor, found)
    _, mine = queries.eyes_of(actor, found.record.reference)
    looked = queries.found(actor, found) if may_change and _looks(found) else None
    several = sum(not each.offer.withdrawn_at for each in standings) > 1
    offered = {
        rules.minute_of(each.offer.start) for each in standings if not each.offer.withdrawn_at
    }
    return {
        "diary": found,
        "record": found.record,
        "state": found.stage.label,
        "tone": facing.TONES[found.stage],
        "stage": found.stage.value,
        "facts": _facts(actor, found),
        "may_change": may_change,
        "offers": [facing.stood(found, each, several=several) for each in standings],
        "grid": facing.grid(actor, found, standings),
        "mine": [voice.name for _, voice in mine] if found.stage is DiaryState.ASKING else [],
        "links": _links(found),
        "meetings": [_met(found, each) for each in meetings_from(actor, found.record)],
        **_proposals(found, looked, offered),
    }


def _met(found: Diary, meeting: Meeting) -> dict[str, Any]:
    """The meeting of a date, and where it has gone from there by itself."""
    times = moments.span_in_words(meeting.starts_at, meeting.ends_at)
    day = weekday_in_words(meeting.day) if meeting.day else "no day yet"
    stage = "called off" if meeting.stage == "cancelled" else meeting.stage
    told = f"{day}, {times}" if meeting.starts_at else day
    return {"meeting": meeting, "when": told, "stage": stage}


def _looks(found: Diary) -> bool:
    return found.stage is not DiaryState.WITHDRAWN


def _proposals(found: Diary, looked: Found | None, offered: set[int]) -> dict[str, Any]:
    if looked is None:
        return {"looked": None}
    lines = [facing.proposed(found, slot) for slot in looked.slots]
    return {
        "looked": looked,
        "slots": [each for each in lines if each.start not in offered],
        "misses": [(str(each), each.span.start) for each in looked.misses],
        "left_out": sorted(looked.left_out.items()),
    }


def _facts(actor: Actor, found: Diary) -> list[Fact]:
    names = {need: [] for need in ("required", "any one of", "optional")}  # type: ignore[var-annotated]
    for row in queries.asked_of(actor, found):
        names[row.need].append(row.seat.role)
    school = rules.School(found.school).label
    between = f"{rules.clock(found.begins)} and {rules.clock(found.ends)}"
    place = found.place or ("Not stated" if not found.remote else "From elsewhere")
    facts = [
        Fact("For", found.body.name),
        Fact("Lasts", f"{found.length} minutes, between {between}"),
        Fact("Looked at", _days(found)),
        Fact("Must be there", ", ".join(names["required"]) or "Nobody by name"),
        Fact("Any one of", ", ".join(names["any one of"]) or "None"),
        Fact("Welcome", ", ".join(names["optional"]) or "None"),
        Fact("Deputies", "Count" if found.deputies else "Do not count"),
        Fact("School holidays", school),
        Fact("Place", place),
    ]
    if found.deadline:
        facts.append(Fact("Answers until", rules.moment_in_words(found.deadline)))
    if found.reason:
        facts.append(Fact("Reason", found.reason))
    return facts


def _days(found: Diary) -> str:
    first, last = (rules.whole_day(each).start for each in (found.first_day, found.last_day))
    return f"{rules.local(first):%-d %B %Y} to {rules.local(last):%-d %B %Y}"


def _links(found: Diary) -> list[Link]:
    reference = found.record.reference
    return [
        Link("Dates", reverse("diaries:diary", args=[reference]), current=True),
        Link("History", reverse("records:history", args=[reference])),
        Link("About", reverse("records:record", args=[reference])),
    ]


@require_safe
def slot(request: Request, reference: str, start: int) -> HttpResponse:
    """One date: who could come, who could not and why, and what else they have that day."""
    found = queries.diary(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    span = _span(found, start)
    chairs, quorum = queries.room_of(request.actor, found)
    window = queries.window_of(request.actor, found)
    line = facing.proposed(found, rules.slot_for(chairs, quorum, span, window))
    seats = [row.seat for row in queries.asked_of(request.actor, found)]
    day = rules.day_of(span.start)
    clashes = queries.clashes_on(request.actor, seats, day, besides=found.record)
    rows = [rules.sits_at(chair, quorum, span) for chair in chairs]
    told = {"diary": found, "record": found.record, "line": line, "rows": rows, "clashes": clashes}
    return render(request, "diaries/slot.html", told)


def _span(found: Diary, start: int) -> Span:
    """The span of a start that lies in the days of the search."""
    if start > 2**31 or not found.first_day <= rules.day_of(start) <= found.last_day:
        raise Http404
    return Span(start, start + found.length)
