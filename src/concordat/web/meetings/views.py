"""Lists of meetings, and one meeting: ready in two minutes."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.meetings import queries
from concordat.domain.governance.meetings.rules import life
from concordat.domain.governance.meetings.rules.quorum import allowed
from concordat.kernel.actor import Actor
from concordat.kernel.labels import count, weekday_in_words
from concordat.web.meetings import facing
from concordat.web.meetings.facing import Request
from concordat.web.meetings.forms import MeetingsFilter
from concordat.web.ui.paging import page_of


@require_safe
def listed(request: Request) -> HttpResponse:
    """What is ahead, and what was held, for every body that somebody may know of."""
    form = MeetingsFilter(request.GET, bodies=facing.bodies(request.actor))
    coming, past = queries.coming(request.actor), queries.past(request.actor)
    if wanted := form.chosen.get("body"):
        coming = coming.filter(body__record__reference=wanted)
        past = past.filter(body__record__reference=wanted)
    page = page_of(past, request.GET.get("page"))
    rows = list(coming[:50])
    told = {
        "form": form,
        "coming": [_row(each) for each in rows],
        "page": page,
        "past": [_row(each) for each in page.rows],
        "sentence": _sentence(rows, request.actor),
        "mine": [each.meeting for each in queries.next_for(request.actor)],
    }
    return render(request, "meetings/list.html", told)


def _row(meeting: queries.Meeting) -> dict[str, Any]:
    return {"meeting": meeting, "title": facing.title_of(meeting), "when": facing.when(meeting)}


def _sentence(rows: list[queries.Meeting], actor: Actor) -> str:
    dated = [each for each in rows if each.day]
    if not dated:
        return "No meeting with a day is ahead."
    first = dated[0]
    told = f"{count(len(rows), 'meeting')} ahead."
    assert first.day is not None  # noqa: S101 - those without a day are left out
    return f"{told} The next is {facing.title_of(first)} on {weekday_in_words(first.day)}."


def _without(actor: Actor, found: queries.Meeting) -> list[str]:
    """What the terms let a meeting do that lacks its quorum, in sentences."""
    terms = queries.terms_on(actor, found.body, found.day or actor.on)
    return [each.sentence for each in allowed(terms)]


@require_safe
def meeting(request: Request, reference: str) -> HttpResponse:
    found = queries.meeting(request.actor, reference)
    look(request.actor, record=found.record)
    told = facing.band(request.actor, found, "meeting") | _whole(request.actor, found)
    return render(request, "meetings/meeting.html", told)


def _whole(actor: Actor, found: queries.Meeting) -> dict[str, Any]:
    places = list(queries.places(actor, found))
    runs = bool(queries.may_run(actor, found.record, found.body_id))
    ahead = found.stage_is in life.BEFORE
    held = found.stage_is in life.AFTER
    return {
        "steps": facing.steps(found),
        "ahead": ahead,
        "mine": facing.mine(actor, places) if ahead else [],
        "quorum": queries.forecast(actor, found) if ahead and found.body else "",
        "was": queries.quorum_of(actor, found) if held and found.body else None,
        "without": _without(actor, found) if held else [],
        "lines": facing.agenda(actor, found, runs),
        "timing": queries.timing(actor, found),
        "before": queries.before_this(actor, found),
        "carried": list(queries.to_carry(actor, found)) if found.day else [],
        "decisions": [
            facing.decision_row(row) for row in queries.resolutions(actor).filter(meeting=found)
        ],
        "may_propose": facing.may_propose(actor, found),
        "may_change": bool(can(actor, Verb.CHANGE, found.record)),
        "dated_by": queries.dated_by(actor, found),
        "searched_by": queries.searched_by(actor, found),
        "later": getattr(found, "replaced_by", None),
    }
