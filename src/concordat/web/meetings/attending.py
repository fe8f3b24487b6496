"""Saying whether one comes, recording who came, guests and interests."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.queries import Meeting, Place
from concordat.domain.governance.meetings.rules import life, moments
from concordat.domain.governance.meetings.rules.quorum import Presence
from concordat.kernel.labels import count, weekday_in_words
from concordat.web.meetings import facing
from concordat.web.meetings.facing import Request
from concordat.web.meetings.forms import AnswerForm, DeclareForm, GuestForm, MarkForm
from concordat.web.meetings.roll_forms import RollForm
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_from


def _place(request: Request, found: Meeting, pk: int) -> Place:
    row = queries.places(request.actor, found).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _called(row: Place) -> str:
    return row.seat.role if row.seat else row.guest


def answer(request: Request, reference: str, place: int) -> HttpResponse:
    """Are you coming? The shortest form there is, from My work."""
    found = queries.meeting(request.actor, reference)
    row = _place(request, found, place)
    first = {"answer": row.answer, "stands_for": row.stands_for}
    form = AnswerForm(request.POST or None, initial=first)
    return act_from(
        request,
        ("meetings:meeting", reference),
        form,
        lambda: _answer(request, row, form),
        words="Your answer is on record.",
        heading=f"{facing.title_of(found)}: are you coming?",
        button="Answer",
        rows=[
            Fact("Seat", _called(row)),
            Fact("Day", weekday_in_words(found.day) if found.day else "Not set"),
            Fact("Time", moments.span_in_words(found.starts_at, found.ends_at)),
            Fact("Place", found.place or "Not set"),
        ],
    )


def _answer(request: Request, row: Place, form: AnswerForm) -> Any:
    told = form.answers()
    return operations.answer(
        request.actor,
        place=row,
        answer=Presence(told["answer"]),
        stands_for=told["stands_for"],
    )


@require_safe
def attendance(request: Request, reference: str) -> HttpResponse:
    """Who is asked, what they answered, and how they were there."""
    found = queries.meeting(request.actor, reference)
    told = facing.band(request.actor, found, "attendance")
    boards = queries.other_boards(request.actor, found)
    told["rows"] = [
        {
            "place": row,
            "called": _called(row),
            "answer": facing.CAME[Presence(row.answer)],
            "came": facing.CAME[Presence(row.presence)],
            "other": boards.get(row.seat_id, []) if row.seat_id else [],
        }
        for row in queries.places(request.actor, found)
    ]
    told["quorum"] = queries.quorum_of(request.actor, found)
    told["came"] = bool(life.may_be_held(found.day, request.actor.on))
    told["forecast"] = "" if told["came"] else queries.forecast(request.actor, found)
    told["terms"] = queries.terms_on(request.actor, found.body, found.day or request.actor.on)
    told["interests"] = queries.declarations(request.actor, found)
    return render(request, "meetings/attendance.html", told)


def mark(request: Request, reference: str, place: int) -> HttpResponse:
    """How one seat or guest was there."""
    found = queries.meeting(request.actor, reference)
    queries.may_run(request.actor, found.record, found.body_id).require()
    row = _place(request, found, place)
    form = MarkForm(request.POST or None, initial=_first(row), seen_version=found.record.version)
    return act_from(
        request,
        ("meetings:attendance", reference),
        form,
        lambda: _mark(request, found, row, form),
        words=lambda made: f"{_called(row)}: {made.presence}.",
        record=found.record,
        heading=f"How was the {_called(row)} there?",
        button="Record attendance",
    )


def roll(request: Request, reference: str) -> HttpResponse:
    """How everybody was there, on one page that begins with what they answered."""
    found = queries.meeting(request.actor, reference)
    queries.may_run(request.actor, found.record, found.body_id).require()
    rows = list(queries.places(request.actor, found))
    form = RollForm(request.POST or None, places=rows, seen_version=found.record.version)
    act = lambda: operations.take_roll(  # noqa: E731
        request.actor, meeting=found, came=form.came(), seen_version=form.seen
    )
    return act_from(
        request,
        ("meetings:attendance", reference),
        form,
        act,
        words=lambda marked: f"Attendance is recorded for {count(marked, 'place')}.",
        record=found.record,
        heading="How was each of them there?",
        button="Record attendance",
        explain="It begins with what they answered. Whoever came late, left early, joined from "
        "afar or sent a deputy who was not named is recorded alone.",
    )


def _first(row: Place) -> dict[str, Any]:
    known = row.presence if row.presence != Presence.UNKNOWN else row.answer
    return {
        "presence": known,
        "stands_for": row.stands_for,
        "remote": row.remote,
        "came": moments.local(row.came_at).strftime("%H:%M") if row.came_at else "",
        "left": moments.local(row.left_at).strftime("%H:%M") if row.left_at else "",
    }


def _mark(request: Request, found: Meeting, row: Place, form: MarkForm) -> Any:
    told = form.answers()
    day: date = found.day or request.actor.on
    came, left = told.pop("came"), told.pop("left")
    return operations.mark(
        request.actor,
        place=row,
        presence=Presence(told.pop("presence")),
        came_at=moments.moment(day, came) if came else None,
        left_at=moments.moment(day, left) if left else None,
        seen_version=form.seen,
        **told,
    )


def invite(request: Request, reference: str) -> HttpResponse:
    """Ask somebody without a seat to the meeting."""
    found = queries.meeting(request.actor, reference)
    queries.may_run(request.actor, found.record, found.body_id).require()
    form = GuestForm(request.POST or None)
    return act_from(
        request,
        ("meetings:attendance", reference),
        form,
        lambda: operations.invite(request.actor, meeting=found, **form.answers()),
        words="They are on the list. Guests never count towards the quorum.",
        heading="Ask a guest to the meeting",
        button="Add the guest",
    )


def declare(request: Request, reference: str) -> HttpResponse:
    """Put an interest on record."""
    found = queries.meeting(request.actor, reference)
    own = facing.mine(request.actor, queries.places(request.actor, found))
    form = DeclareForm(request.POST or None, initial={"who": request.actor.name})
    act = lambda: operations.declare(  # noqa: E731
        request.actor, meeting=found, place=own[0] if own else None, **form.answers()
    )
    return act_from(
        request,
        ("meetings:attendance", reference),
        form,
        act,
        words="The interest is on record.",
        heading="Declare an interest",
        button="Put it on record",
    )
