"""Calling a meeting, moving it on, changing when and where, calling it off."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse

from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.rules import life, moments
from concordat.domain.governance.meetings.rules.suggesting import CLOSES, OPENS
from concordat.kernel.labels import weekday_in_words
from concordat.web.meetings import facing
from concordat.web.meetings.facing import Request
from concordat.web.meetings.forms import CallForm, RearrangeForm
from concordat.web.meetings.series_forms import WaysForm, lines_of
from concordat.web.ui.forms import ActForm, ReasonForm
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_from

PLAIN = ("open the agenda", "call for papers", "draft the minutes", "hold")
WAYS = ("begins", "unit", "closes", "papers", "sends", "cover", "place", "minutes")


def call(request: Request, reference: str) -> HttpResponse:
    """Call a meeting of a body; its members are asked whether they come."""
    body = seats.body(request.actor, reference)
    can(request.actor, Verb.CHANGE, body.record).require()
    usual = queries.ways_of(request.actor, body)
    form = CallForm(request.POST or None, initial={"place": usual.place})
    return act_from(
        request,
        ("seats:body", reference),
        form,
        lambda: operations.call(request.actor, body=body, **form.answers()),
        words="The meeting is called. Its members are asked whether they come.",
        to=lambda made: ("meetings:meeting", made.record.reference),
        heading=f"Call a meeting of the {body.name}",
        button="Call the meeting",
    )


def ways(request: Request, reference: str) -> HttpResponse:
    """How a body meets: time limits of papers, its cover, its usual place."""
    body = seats.body(request.actor, reference)
    queries.may_run(request.actor, body.record, body.pk).require()
    row = queries.ways_of(request.actor, body)
    form = WaysForm(
        request.POST or None,
        initial={name: getattr(row, name) for name in WAYS}
        | {"opens": lines_of(row.fixed_items, OPENS)}
        | {"closings": lines_of(row.fixed_items, CLOSES)},
        seen_version=body.record.version,
    )
    act = lambda: operations.settle_ways(  # noqa: E731
        request.actor, body=body, values=form.answers(), seen_version=form.seen
    )
    return act_from(
        request,
        ("seats:body", reference),
        form,
        act,
        words="It is settled. Meetings that are called already keep their time limits.",
        record=body.record,
        heading=f"How the {body.name} meets",
        button="Settle how it meets",
    )


def _mine(request: Request, reference: str, verb: str) -> queries.Meeting:
    found = queries.meeting(request.actor, reference)
    offices = life.who_may(verb)
    queries.may_run(request.actor, found.record, found.body_id, offices).require()
    return found


def _facts(found: queries.Meeting) -> list[Fact]:
    return [
        Fact("Meeting", f"{found.record.reference} {facing.title_of(found)}"),
        Fact("Day", weekday_in_words(found.day) if found.day else found.date or "Not set"),
        Fact("Time", moments.span_in_words(found.starts_at, found.ends_at)),
    ]


def move(request: Request, reference: str, verb: str) -> HttpResponse:
    """One step in the life of a meeting."""
    told_verb = facing.verb_of(verb)
    if told_verb not in PLAIN:
        raise Http404
    found = _mine(request, reference, told_verb)
    form = ActForm(request.POST or None, seen_version=found.record.version)
    return act_from(
        request,
        ("meetings:meeting", reference),
        form,
        lambda: _moved(request, found, told_verb, form),
        words=lambda made: f"The meeting is {made.stage}.",
        record=found.record,
        heading=facing.BUTTONS[told_verb],
        button=facing.BUTTONS[told_verb],
        rows=_facts(found),
    )


def _moved(request: Request, found: queries.Meeting, verb: str, form: ActForm) -> Any:
    if verb == "open the agenda":
        return operations.open_agenda(request.actor, meeting=found, seen_version=form.seen)
    if verb == "hold":
        return operations.hold(request.actor, meeting=found, seen_version=form.seen)
    return operations.move_on(request.actor, meeting=found, verb=verb, seen_version=form.seen)


def rearrange(request: Request, reference: str) -> HttpResponse:
    """Another time or place. On another day everybody is asked again."""
    found = _mine(request, reference, "cancel")
    form = RearrangeForm(
        request.POST or None, initial=_first(found), seen_version=found.record.version
    )
    form.fields["reason"].required = bool(found.date)
    act = lambda: operations.rearrange(  # noqa: E731
        request.actor, meeting=found, seen_version=form.seen, **form.answers()
    )
    return act_from(
        request,
        ("meetings:meeting", reference),
        form,
        act,
        words="The meeting is rearranged. Its invitation is sent again.",
        record=found.record,
        heading="Change when or where it is" if found.date else "Give it a day",
        button="Rearrange the meeting" if found.date else "Set the day",
    )


def _first(found: queries.Meeting) -> dict[str, Any]:
    """When and where it is now."""
    starts, ends = found.starts_at, found.ends_at
    return {
        "day": found.day,
        "starts": moments.local(starts).strftime("%H:%M") if starts else "",
        "ends": moments.local(ends).strftime("%H:%M") if ends else "",
        "place": found.place,
        "join": found.join,
    }


def cancel(request: Request, reference: str) -> HttpResponse:
    """Call a meeting off."""
    found = _mine(request, reference, "cancel")
    form = ReasonForm(request.POST or None, seen_version=found.record.version)
    act = lambda: operations.cancel(  # noqa: E731
        request.actor, meeting=found, seen_version=form.seen, **form.answers()
    )
    return act_from(
        request,
        ("meetings:meeting", reference),
        form,
        act,
        words="The meeting is called off.",
        record=found.record,
        heading="Call the meeting off",
        button="Call it off",
        rows=_facts(found),
    )


def members(request: Request, reference: str) -> HttpResponse:
    """Bring the members up to who sits on the body on that day."""
    found = queries.meeting(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    form = ActForm(request.POST or None)
    return act_from(
        request,
        ("meetings:meeting", reference),
        form,
        lambda: operations.refresh_places(request.actor, meeting=found),
        words="The members are those who sit on the body that day.",
        to=("meetings:attendance", reference),
        heading="Bring the members up to date",
        button="Bring the members up to date",
        rows=_facts(found),
        explain="New seats are asked whether they come. Who no longer sits there and has not "
        "answered loses the place. Answers are kept.",
    )
