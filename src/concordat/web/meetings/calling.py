"""Calling a meeting, moving it on, changing when and where, calling it off."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

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
from concordat.web.ui.sending import done, form_page, send

PLAIN = ("open the agenda", "call for papers", "draft the minutes", "hold")
WAYS = ("begins", "unit", "closes", "papers", "sends", "cover", "place", "minutes")


def call(request: Request, reference: str) -> HttpResponse:
    """Call a meeting of a body; its members are asked whether they come."""
    body = seats.body(request.actor, reference)
    can(request.actor, Verb.CHANGE, body.record).require()
    usual = queries.ways_of(request.actor, body)
    form = CallForm(request.POST or None, initial={"place": usual.place})
    sent = send(request, form, lambda: operations.call(request.actor, body=body, **form.answers()))
    if sent.done:
        words = "The meeting is called. Its members are asked whether they come."
        return done(request, words, "meetings:meeting", sent.result.record.reference)
    told = {
        "heading": f"Call a meeting of the {body.name}",
        "button": "Call the meeting",
        "back_href": reverse("seats:body", args=[reference]),
    }
    return form_page(request, "act.html", form, sent, **told)


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
    sent = send(request, form, act, record=body.record)
    if sent.done:
        words = "It is settled. Meetings that are called already keep their time limits."
        return done(request, words, "seats:body", reference)
    told = {
        "heading": f"How the {body.name} meets",
        "button": "Settle how it meets",
        "back_href": reverse("seats:body", args=[reference]),
    }
    return form_page(request, "act.html", form, sent, **told)


def _mine(request: Request, reference: str, verb: str) -> queries.Meeting:
    found = queries.meeting(request.actor, reference)
    offices = life.who_may(verb)
    queries.may_run(request.actor, found.record, found.body_id, offices).require()
    return found


def _page(
    request: Request, found: queries.Meeting, form: Any, sent: Any, **told: Any
) -> HttpResponse:
    told |= {"back_href": reverse("meetings:meeting", args=[found.record.reference])}
    return form_page(request, "act.html", form, sent, **told)


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
    sent = send(request, form, lambda: _moved(request, found, told_verb, form), record=found.record)
    if sent.done:
        return done(request, f"The meeting is {sent.result.stage}.", "meetings:meeting", reference)
    words = facing.BUTTONS[told_verb]
    return _page(request, found, form, sent, heading=words, button=words, rows=_facts(found))


def _moved(request: Request, found: queries.Meeting, verb: str, form: ActForm) -> Any:
    if verb == "open the agenda":
        return operations.open_agenda(request.actor, meeting=found, seen_version=form.seen)
    if verb == "hold":
        return operations.hold(request.actor, meeting=found, seen_version=form.seen)
    return operations.move_on(request.actor, meeting=found, verb=verb, seen_version=form.seen)


def rearrange(request: Request, reference: str) -> HttpResponse:
    """Another time or place. On another day everybody is asked again."""
    found = _mine(request, reference, "cancel")
    starts, ends = found.starts_at, found.ends_at
    first = {
        "day": found.day,
        "starts": moments.local(starts).strftime("%H:%M") if starts else "",
        "ends": moments.local(ends).strftime("%H:%M") if ends else "",
        "place": found.place,
        "join": found.join,
    }
    form = RearrangeForm(request.POST or None, initial=first, seen_version=found.record.version)
    form.fields["reason"].required = bool(found.date)
    act = lambda: operations.rearrange(  # noqa: E731
        request.actor, meeting=found, seen_version=form.seen, **form.answers()
    )
    sent = send(request, form, act, record=found.record)
    if sent.done:
        words = "The meeting is rearranged. Its invitation is sent again."
        return done(request, words, "meetings:meeting", reference)
    heading = "Change when or where it is" if found.date else "Give it a day"
    button = "Rearrange the meeting" if found.date else "Set the day"
    return _page(request, found, form, sent, heading=heading, button=button)


def cancel(request: Request, reference: str) -> HttpResponse:
    """Call a meeting off."""
    found = _mine(request, reference, "cancel")
    form = ReasonForm(request.POST or None, seen_version=found.record.version)
    act = lambda: operations.cancel(  # noqa: E731
        request.actor, meeting=found, seen_version=form.seen, **form.answers()
    )
    sent = send(request, form, act, record=found.record)
    if sent.done:
        return done(request, "The meeting is called off.", "meetings:meeting", reference)
    told = {"heading": "Call the meeting off", "button": "Call it off", "rows": _facts(found)}
    return _page(request, found, form, sent, **told)


def members(request: Request, reference: str) -> HttpResponse:
    """Bring the members up to who sits on the body on that day."""
    found = queries.meeting(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    form = ActForm(request.POST or None)
    sent = send(request, form, lambda: operations.refresh_places(request.actor, meeting=found))
    if sent.done:
        words = "The members are those who sit on the body that day."
        return done(request, words, "meetings:attendance", reference)
    heading = "Bring the members up to date"
    told = {
        "heading": heading,
        "button": heading,
        "rows": _facts(found),
        "explain": "New seats are asked whether they come. Who no longer sits there and has not "
        "answered loses the place. Answers are kept.",
    }
    return _page(request, found, form, sent, **told)
