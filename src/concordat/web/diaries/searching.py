"""Setting up a search for a date, and changing it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.queries import Body, Seat, body
from concordat.domain.governance.diaries import operations, queries, rules
from concordat.domain.governance.diaries.operations import Wanted
from concordat.domain.governance.diaries.queries import Diary
from concordat.domain.governance.diaries.rules import Need, School
from concordat.domain.governance.meetings import queries as meetings
from concordat.domain.governance.meetings.operations import look_for_date as begin_for
from concordat.domain.governance.meetings.queries import Meeting
from concordat.web.diaries.facing import Request
from concordat.web.diaries.forms import NOT_ASKED, SearchForm
from concordat.web.ui.sending import Sent, done, form_page, send

NAMES = {"seats": "title", "rhythm": "title"}


def begin(request: Request, reference: str) -> HttpResponse:
    """Look for a date of a body, or of a meeting of it that the address names."""
    found = body(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    meeting = _meeting(request, found)
    seats = queries.seats_of(request.actor, found)
    first = _first(request, found) | _of_meeting(meeting)
    form = SearchForm(request.POST or None, seats=_likely(seats), initial=first)
    act = partial(_look, request, found, seats, form, meeting)
    sent = send(request, form, act, names=NAMES)
    if sent.done:
        words = "Every start in these days was looked at."
        return done(request, words, "diaries:diary", sent.result.record.reference)
    up = reverse("seats:body", args=[reference])
    if meeting is not None:
        up = reverse("meetings:meeting", args=[meeting.record.reference])
    return _page(request, form, sent, f"Find a date for the {found.name}", up)


def _meeting(request: Request, found: Body) -> Meeting | None:
    """The meeting whose date is looked for. One of another body, or none at all, is absent."""
    wanted = request.GET.get("meeting", "")
    if not wanted:
        return None
    meeting = meetings.meeting(request.actor, wanted)
    if meeting.body_id != found.pk:
        raise Http404
    return meeting


def _of_meeting(meeting: Meeting | None) -> dict[str, Any]:
    """What a meeting says already of its date: how long it is, and where."""
    if meeting is None:
        return {}
    told: dict[str, Any] = {"title": meeting.record.title, "place": meeting.place}
    if meeting.starts_at and meeting.ends_at:
        told["length"] = int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
    return told


def _page(request: Request, form: SearchForm, sent: Sent, heading: str, up: str) -> HttpResponse:
    told = {"heading": heading, "button": "Find dates", "back_href": up}
    told["general"] = [form[name] for name in form.fields if not name.startswith("need-")]  # type: ignore[assignment]
    told["needs"] = [form[name] for name in form.fields if name.startswith("need-")]  # type: ignore[assignment]
    return form_page(request, "diaries/search.html", form, sent, **told)


def _likely(seats: list[Seat]) -> list[tuple[str, str, str]]:
    """Voting seats are likely needed, others welcome."""
    return [
        (
            each.record.reference,
            each.role,
            Need.REQUIRED.value if rules.is_voting(each.capacity) else Need.OPTIONAL.value,
        )
        for each in seats
    ]


def _first(request: Request, found: Body) -> dict[str, Any]:
    """What is likely: two hours, from next week on, for eight weeks."""
    on = request.actor.on
    monday = on + timedelta(days=7 - on.weekday())
    counted = queries.terms_let_deputies(request.actor, found, on=on)
    return {
        "title": f"{found.name}: next meeting",
        "length": 120,
        "first": monday,
        "last": monday + timedelta(days=55),
        "deputies": "yes" if counted else "no",
    }


def _look(
    request: Request, found: Body, seats: list[Seat], form: SearchForm, meeting: Meeting | None
) -> Diary:
    title, wanted = form.cleaned_data["title"], _wanted(form, seats)
    if meeting is not None:
        return begin_for(request.actor, meeting=meeting, title=title, wanted=wanted)
    return operations.look_for_date(request.actor, body=found, title=title, wanted=wanted)


def _wanted(form: SearchForm, seats: list[Seat]) -> Wanted:
    told, needs = form.cleaned_data, form.needs()
    return Wanted(
        length=told["length"],
        first=told["first"],
        last=told["last"],
        begins=told["begins"],
        ends=told["ends"],
        avoid=form.avoided(),
        school=School(told["school"]),
        deputies=told["deputies"] == "yes",
        place=told["place"],
        remote=told["remote"],
        holds=told["holds"],
        seats={
            seat: Need(needs[seat.record.reference])
            for seat in seats
            if seat.record.reference in needs
        },
    )


def change(request: Request, reference: str) -> HttpResponse:
    """Look for something else, while nobody has been asked."""
    found = queries.diary(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    seats = queries.seats_of(request.actor, found.body)
    form = SearchForm(
        request.POST or None,
        seats=_as_asked(request, found, seats),
        initial=_stands(found),
        seen_version=found.record.version,
    )
    del form.fields["title"]
    act = partial(_change, request, found, seats, form)
    sent = send(request, form, act, record=found.record, names={"seats": "length"})
    if sent.done:
        return done(request, "The search is changed.", "diaries:diary", reference)
    up = reverse("diaries:diary", args=[reference])
    return _page(request, form, sent, "Look for something else", up)


def _change(request: Request, found: Diary, seats: list[Seat], form: SearchForm) -> Diary:
    return operations.change_search(
        request.actor, diary=found, wanted=_wanted(form, seats), seen_version=form.seen
    )


def _as_asked(request: Request, found: Diary, seats: list[Seat]) -> list[tuple[str, str, str]]:
    needs = {row.seat_id: row.need for row in queries.asked_of(request.actor, found)}
    return [(each.record.reference, each.role, needs.get(each.pk, NOT_ASKED)) for each in seats]


def _stands(found: Diary) -> dict[str, Any]:
    return {
        "length": found.length,
        "first": found.first_day,
        "last": found.last_day,
        "begins": found.begins,
        "ends": found.ends,
        "avoid": [f"{day}:{part}" for day, part in found.avoid],
        "school": found.school,
        "deputies": "yes" if found.deputies else "no",
        "place": found.place,
        "remote": found.remote,
        "holds": found.holds,
    }
