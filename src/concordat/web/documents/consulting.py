"""Sending a draft out for comment, asking more people, giving more time, reminding, closing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from concordat.domain.base.documents import operations, queries
from concordat.domain.base.documents.queries import Document, Round
from concordat.domain.base.documents.rules import Came
from concordat.domain.base.mail.rules import TOKEN
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.kernel.labels import count
from concordat.web.documents.facing import Request
from concordat.web.documents.forms import ExtendForm, GuestForm, RecordForm
from concordat.web.ui import sending
from concordat.web.ui.consulting import OpenForm, SeatsForm
from concordat.web.ui.forms import PageForm
from concordat.web.ui.parts import Fact


def _mine(request: Request, reference: str) -> Document:
    found = queries.document(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    return found


def _opened(request: Request, reference: str) -> tuple[Document, Round]:
    """A document with its open round, for whoever sends it out; without one nothing is here."""
    found = _mine(request, reference)
    held = queries.open_round(request.actor, found)
    if held is None:
        raise Http404
    return found, held


def _back(reference: str) -> str:
    return reverse("documents:comments", args=[reference])


def open_round(request: Request, reference: str) -> HttpResponse:
    found = _mine(request, reference)
    rows = queries.commenting_seats(request.actor, found)
    form = OpenForm(request.POST or None, rows=rows)

    def send_out() -> Any:
        return operations.open_for_comment(
            request.actor, document=found, seats=form.chosen(rows), **form.rest()
        )

    told = {"document": found, "latest": queries.latest(request.actor, found)}
    return sending.act_page(
        request,
        form,
        send_out,
        words="The draft is out for comment. Guests can be invited now.",
        to=("documents:comments", reference),
        template="documents/open_round.html",
        up=_back(reference),
        **told,
    )


def ask_also(request: Request, reference: str) -> HttpResponse:
    found, held = _opened(request, reference)
    rows = queries.commenting_seats(request.actor, found)
    form = SeatsForm(request.POST or None, rows=rows)

    def ask() -> Any:
        return operations.ask_also(request.actor, round=held, seats=form.chosen(rows))

    told = {
        "heading": f"Ask more people about {reference}",
        "explain": "Whoever was asked already is not asked again.",
        "button": "Ask them",
    }
    return _acted(request, found, form, ask, "They are asked to comment.", told)


def _acted(
    request: Request,
    found: Document,
    form: PageForm,
    act: Callable[[], Any],
    words: str | Callable[[Any], str],
    told: dict[str, Any],
) -> HttpResponse:
    """One act on the open round, and back to the comments."""
    reference = found.record.reference
    back = _back(reference)
    to = ("documents:comments", reference)
    return sending.act_page(request, form, act, words=words, to=to, back_href=back, **told)


def _door(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("mail:door", args=[TOKEN]))


def invite(request: Request, reference: str) -> HttpResponse:
    """A guest without an account, for whoever may admit others to the document."""
    found, held = _opened(request, reference)
    can(request.actor, Verb.ADMIT, found.record).require()
    form = GuestForm(request.POST or None)

    def ask() -> Any:
        return operations.invite_to_comment(
            request.actor,
            round=held,
            place=_door(request),
            now=timezone.now(),
            **form.answers(),
        )

    told = {
        "heading": f"Invite a guest to comment on {reference}",
        "explain": "We mail them a link. They need no account. They read this document alone, "
        "comment on it, and see no comments but their own.",
        "button": "Send the link",
    }
    return _acted(request, found, form, ask, "The link is on its way.", told)


def record(request: Request, reference: str) -> HttpResponse:
    """What came by email or on paper, put on record for the seat whose body said it."""
    found, held = _opened(request, reference)
    rows = queries.commenting_seats(request.actor, found)
    versions = queries.versions(request.actor, found).filter(number__gte=held.version.number)
    form = RecordForm(
        request.POST or None,
        seats=[(str(each.pk), f"{each.role}, {each.body.name}") for each in rows],
        versions=[(each.digest, each.in_words) for each in versions],
        initial={"digest": queries.latest(request.actor, found).digest},
    )

    def keep() -> Any:
        answers = form.answers()
        seat, came = rows.get(pk=answers.pop("seat")), Came(answers.pop("came"))
        return operations.record_comment(request.actor, round=held, seat=seat, came=came, **answers)

    told = {
        "heading": "Record a comment that came another way",
        "explain": "It stands in the table as theirs, with who said it, how it came, and that you "
        "put it on record. Their seat is asked no more.",
        "rows": [Fact("Taken until", held.closes)],
        "button": "Record the comment",
    }
    return _acted(request, found, form, keep, "The comment is recorded.", told)


def extend(request: Request, reference: str) -> HttpResponse:
    found, held = _opened(request, reference)
    form = ExtendForm(request.POST or None)

    def give() -> Any:
        return operations.extend(request.actor, round=held, **form.answers())

    told = {
        "heading": "Take comments for longer",
        "explain": "Whoever has not answered yet sees the new day in their work.",
        "rows": [Fact("Taken until", held.closes)],
        "button": "Give more time",
    }
    return _acted(request, found, form, give, "They have more time.", told)


def remind(request: Request, reference: str) -> HttpResponse:
    found, held = _opened(request, reference)
    form = PageForm(request.POST or None)
    place = request.build_absolute_uri(reverse("documents:comment", args=[reference]))

    def write() -> Any:
        return operations.nudge(
            request.actor, round=held, place=place, door=_door(request), now=timezone.now()
        )

    silent = [each for each in queries.voices(request.actor, held) if each.is_silent]
    told = {
        "heading": "Remind those who are silent",
        "explain": "One letter for each person who sits in these seats, at most one a day. "
        "A guest gets a new link, and their old one stops working.",
        "rows": [Fact(each.name, each.body) for each in silent],
        "button": "Send the reminders",
    }
    return _acted(request, found, form, write, _reminded, told)


def _reminded(letters: int) -> str:
    if letters:
        return f"{count(letters, 'reminder')} on the way."
    return "Nobody could be written to: no address is known, or they had a letter today."


def close(request: Request, reference: str) -> HttpResponse:
    found, held = _opened(request, reference)
    form = PageForm(request.POST or None)
    waiting = queries.unanswered(request.actor, found).count()
    told = {
        "heading": "Close the comments",
        "explain": "Nobody comments after this, and the answers stay as they are. "
        "Those who are silent are asked no more.",
        "rows": [
            Fact("Taken until", held.closes),
            Fact("Without an answer", count(waiting, "comment")),
        ],
        "button": "Close the comments",
    }

    def end() -> Any:
        return operations.close_comments(request.actor, round=held)

    return _acted(request, found, form, end, "The comments are closed.", told)
