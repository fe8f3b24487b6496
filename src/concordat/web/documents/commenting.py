"""Commenting on a draft: one short form, as a member on a phone or as a guest by a link."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from concordat.domain.base.documents import operations, queries
from concordat.domain.base.documents.queries import Document, Round
from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries as seats
from concordat.web.documents import facing
from concordat.web.documents.facing import Request, also_by_link
from concordat.web.documents.forms import CommentForm, NothingForm
from concordat.web.ui import sending


@also_by_link
def comment(request: Request, reference: str) -> HttpResponse:
    """What is asked, the form, and what was said from here before."""
    found = queries.document(request.actor, reference)
    can(request.actor, Verb.ANSWER, found.record).require()
    look(request.actor, record=found.record)
    may = facing.may_comment(request.actor, found)
    if not may:
        told = _told(request, found) | {"why_not": str(may)}
        return render(request, "documents/comment.html", told)
    places, held = _places(request, found), _begun(request, found)
    form = CommentForm(request.POST or None, seats=places, initial=held)
    sent = sending.send(request, form, lambda: _comment(request, found, form.answers()))
    if sent.done:
        words = "Your comment is sent. You can add another."
        return sending.done(request, words, "documents:comment", reference)
    if sent.stale:
        typed = {name: form.data.get(name, "") for name in ("seat", "place", "text")}
        form = CommentForm(seats=places, initial=held | typed)
    told = _told(request, found)
    return sending.form_page(request, "documents/comment.html", form, sent, **told)


def _told(request: Request, found: Document) -> dict[str, Any]:
    actor = request.actor
    return {
        "document": found,
        "record": found.record,
        "restricted": facing.mark(found),
        "latest": queries.latest(actor, found),
        "round": queries.newest_round(actor, found),
        "mine": queries.my_comments(actor, found, link=request.guest_link),
        "asked": queries.my_asked(actor, found, link=request.guest_link),
        "readable": queries.readable(actor, found),
        "is_guest": request.guest_link is not None,
        "up": facing.up(found),
    }


def _places(request: Request, found: Document) -> list[tuple[str, str]]:
    """The seats in which the actor may speak, those that were asked first."""
    asked = {row.seat_id for row in queries.my_asked(request.actor, found) if row.seat_id}
    held = sorted(queries.my_places(request.actor, found), key=lambda each: each.seat not in asked)
    return [(str(each.seat), f"{each.title}, {each.body_name}") for each in held]


def _begun(request: Request, found: Document) -> dict[str, str]:
    """What a form begins with: the version that is read, and the one seat that was asked."""
    held = {str(each.seat) for each in queries.my_places(request.actor, found)}
    asked = [str(row.seat_id) for row in queries.my_asked(request.actor, found) if row.seat_id]
    mine = [seat for seat in asked if seat in held]
    seat = {"seat": mine[0]} if len(mine) == 1 else {}
    return {"digest": queries.latest(request.actor, found).digest, **seat}


def _round(request: Request, found: Document) -> Round:
    held = queries.open_round(request.actor, found)
    if held is None:
        raise Round.DoesNotExist
    return held


def _said(request: Request, found: Document, answers: dict[str, Any]) -> dict[str, Any]:
    """What an operation is given: a guest's link, or the seat that was chosen or the only one."""
    places = _places(request, found)
    chosen = answers.pop("seat", "") or (places[0][0] if places else "")
    mine = seats.seats(request.actor).filter(pk=chosen).first() if chosen else None
    told = {"round": _round(request, found), "seat": mine, "link": request.guest_link}
    return told | {"now": timezone.now()} | answers


def _comment(request: Request, found: Document, answers: dict[str, Any]) -> Any:
    return operations.comment(request.actor, **_said(request, found, answers))


@also_by_link
def nothing(request: Request, reference: str) -> HttpResponse:
    """No comment is an answer too, and is put on record."""
    found = queries.document(request.actor, reference)
    can(request.actor, Verb.ANSWER, found.record).require()
    facing.may_comment(request.actor, found).require()
    places, held = _places(request, found), _begun(request, found)
    form = NothingForm(request.POST or None, seats=places, initial=held)
    sent = sending.send(request, form, lambda: _nothing(request, found, form.answers()))
    if sent.done:
        words = "It is on record that you have no comment."
        return sending.done(request, words, "documents:comment", reference)
    if sent.stale:
        form = NothingForm(seats=places, initial=held)
    told = _told(request, found)
    return sending.form_page(request, "documents/nothing.html", form, sent, **told)


def _nothing(request: Request, found: Document, answers: dict[str, Any]) -> Any:
    return operations.say_nothing(request.actor, **_said(request, found, answers))
