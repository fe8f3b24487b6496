"""The meetings of a body as a series: what its rhythm asks for, and calling what comes next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.queries import Series
from concordat.domain.governance.meetings.rules import life, moments
from concordat.domain.governance.meetings.rules import series as rules
from concordat.domain.governance.meetings.rules.life import Stage
from concordat.domain.governance.meetings.rules.series import Proposed
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count
from concordat.web.meetings import facing
from concordat.web.meetings.facing import Request
from concordat.web.meetings.series_forms import AgainForm, CallManyForm, PlanForm, RhythmForm
from concordat.web.ui.paging import page_of
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_from, act_page

A_YEAR = timedelta(days=364)


@require_safe
def every(request: Request) -> HttpResponse:
    """How often each body should meet, when it does, and where nothing is called."""
    rows = queries.all_series(request.actor)
    silent = [each for each in rows if each.missed.most and not each.ahead]
    page = page_of(rows, request.GET.get("page"))
    told = {"page": page, "rows": page.rows, "sentence": _sentence(rows, silent)}
    return render(request, "meetings/every.html", told)


def _sentence(rows: list[Series], silent: list[Series]) -> str:
    ahead = sum(1 for each in rows if each.ahead)
    told = f"{count(len(rows), 'body', 'bodies')} here, {ahead} of them with a meeting ahead."
    if silent:
        verb = "has" if len(silent) == 1 else "have"
        told += f" {count(len(silent), 'body', 'bodies')} {verb} missed a meeting by the rhythm."
    return told


@require_safe
def series(request: Request, reference: str) -> HttpResponse:
    """One body's meetings in their order, with how far apart they were."""
    body = seats.body(request.actor, reference)
    found = queries.series_of(request.actor, body)
    page = page_of(list(found.held), request.GET.get("page"))
    told = {
        "body": body,
        "series": found,
        "page": page,
        "rows": [_row(each) for each in page.rows],
        "may_change": bool(can(request.actor, Verb.CHANGE, body.record)),
        "may_run": bool(queries.may_run(request.actor, body.record, body.pk)),
    }
    return render(request, "meetings/series.html", told)


def _row(held: queries.Held) -> dict[str, Any]:
    meeting = held.meeting
    words, tone = meeting.stage.capitalize(), "Done"
    if meeting.stage_is is Stage.CANCELLED:
        words, tone = "Called off", "Withdrawn"
    elif meeting.stage_is in life.BEFORE:
        tone = "Open"
    later = getattr(meeting, "replaced_by", None)
    return {
        "meeting": meeting,
        "title": facing.title_of(meeting),
        "when": facing.when(meeting),
        "apart": held.apart,
        "words": words,
        "tone": tone,
        "later": later,
    }


def call_many(request: Request, reference: str) -> HttpResponse:
    """The days that a rhythm asks for, what speaks against each, and calling those ticked."""
    body = seats.body(request.actor, reference)
    can(request.actor, Verb.CHANGE, body.record).require()
    found = queries.series_of(request.actor, body)
    asked = RhythmForm(request.GET, initial=_first(request.actor, found))
    proposed, wrong = _proposed(request.actor, found, asked)
    form = CallManyForm(request.POST or None, proposed=proposed, initial=_usual(request, found))
    return act_from(
        request,
        ("meetings:series", reference),
        form,
        lambda: operations.call_series(request.actor, body=body, **form.answers()),
        words=lambda made: (
            f"{count(len(made), 'meeting')} called. Their members are asked to come."
        ),
        template="meetings/call_many.html",
        heading=f"Call meetings of the {body.name}",
        body=body,
        series=found,
        asked=asked,
        wrong=wrong,
        off=[each for each in proposed if each.off],
    )


def _first(actor: Actor, found: Series) -> dict[str, Any]:
    """The stated rhythm, from the first day that it asks for and that is still to come."""
    first = _phase(found, actor.on)
    return {
        "rhythm": str(found.stated) if found.rhythm else "",
        "first": first,
        "last": first + A_YEAR if first else None,
    }


def _phase(found: Series, on: date) -> date | None:
    reach, rhythm = found.next, found.rhythm
    if rhythm is None or reach is None or reach.earliest != reach.latest:
        return None
    day: date | None = reach.earliest
    while day is not None and day < on:
        day = rules.following(rhythm, day)
    return day


def _proposed(actor: Actor, found: Series, asked: RhythmForm) -> tuple[list[Proposed], str]:
    """The days, or in words why there are none yet."""
    told = {**asked.initial, **asked.chosen}
    if asked.is_bound and asked.errors:
        return [], " ".join(str(each["text"]) for each in asked.summary())
    first, last = told.get("first"), told.get("last")
    if not told.get("rhythm") or not first:
        return [], ""
    try:
        rhythm = rules.read_rhythm(str(told["rhythm"]), found.stated)
        last = last or first + A_YEAR
        return queries.proposed_days(actor, found.body, rhythm, first=first, last=last), ""
    except Invalid as problem:
        return [], " ".join(f"{each.message} {each.mend}".strip() for each in problem.faults)


def _usual(request: Request, found: Series) -> dict[str, Any]:
    """The usual time and place, as settled for the body, else as the last meeting had them."""
    usual = queries.ways_of(request.actor, found.body)
    last = next((each.meeting for each in found.held if each.meeting.starts_at), None)
    starts = ends = ""
    if usual.begins is not None:
        starts = _clock(usual.begins)
        ends = _clock(usual.begins + usual.minutes) if usual.minutes else ""
    elif last and last.starts_at and last.ends_at:
        starts, ends = (f"{moments.local(at):%H:%M}" for at in (last.starts_at, last.ends_at))
    place = usual.place or (last.place if last else "")
    return {"starts": starts, "ends": ends, "place": place}


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def plan(request: Request, reference: str) -> HttpResponse:
    """A meeting that has no day yet."""
    body = seats.body(request.actor, reference)
    can(request.actor, Verb.CHANGE, body.record).require()
    usual = queries.ways_of(request.actor, body)
    form = PlanForm(request.POST or None, initial={"place": usual.place})
    return act_page(
        request,
        form,
        lambda: operations.plan_meeting(request.actor, body=body, **form.answers()),
        words="The meeting is set down. Find a date for it, or give it one.",
        to=lambda made: ("meetings:meeting", made.record.reference),
        heading=f"Plan a meeting of the {body.name}",
        explain="It has no day yet. Find a date with everybody who is needed, or give one later.",
        button="Plan the meeting",
        back_href=reverse("meetings:series", args=[reference]),
    )


def again(request: Request, reference: str) -> HttpResponse:
    """Book again what was called off."""
    found = queries.meeting(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    form = AgainForm(
        request.POST or None,
        initial={"place": found.place, "join": found.join},
        seen_version=found.record.version,
    )
    return act_page(
        request,
        form,
        lambda: operations.call_again(
            request.actor, meeting=found, seen_version=form.seen, **form.answers()
        ),
        record=found.record,
        words="It is booked again, with what was on its agenda.",
        to=lambda made: ("meetings:meeting", made.record.reference),
        heading="Book it again",
        rows=_called_off(found),
        button="Book it again",
        back_href=reverse("meetings:meeting", args=[reference]),
    )


def _called_off(found: queries.Meeting) -> list[Fact]:
    return [
        Fact("Called off", f"{found.record.reference} {facing.title_of(found)}"),
        Fact("Because", found.stage_reason or "No reason is on record"),
    ]
