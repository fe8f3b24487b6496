"""An edition out for comment: whom it went to, what was said, and the end of the round."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.documents import queries as documents
from concordat.domain.base.documents.rules import Outcome
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.arrangements import operations, queries
from concordat.domain.governance.arrangements.rules import text as rules
from concordat.web.arrangements import text_facing as facing
from concordat.web.arrangements.text_forms import ConsultForm
from concordat.web.arrangements.views import Request
from concordat.web.ui.forms import ActForm
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import done, form_page, send


@require_safe
def comments(request: Request, reference: str) -> HttpResponse:
    """What was said of the editions, by whom, and what became of it."""
    found = facing.framed(request.actor, reference)
    told = found.told(request.actor, "comments")
    newest = told["newest"]
    document = newest.version.document if newest else None
    opened = documents.open_round(request.actor, document) if document else None
    said = list(documents.comments(request.actor, document)) if document else []
    told |= {
        "document": document,
        "round": opened,
        "said": [_line(each) for each in said],
        "waiting": sum(1 for each in said if not each.outcome),
        "voices": documents.voices(request.actor, opened) if opened else [],
        "may_comment": bool(opened and documents.my_places(request.actor, opened.document)),
        "is_settled": found.stage is rules.Stage.COMMENT,
    }
    return render(request, "arrangements/text_comments.html", told)


def _line(row: Any) -> dict[str, Any]:
    outcome = Outcome(row.outcome).label if row.outcome else ""
    return {"row": row, "outcome": outcome, "tone": "Done" if outcome else "Waiting"}


def open_round(request: Request, reference: str) -> HttpResponse:
    """Send the newest edition to bodies and seats."""
    found = facing.framed(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.row.record).require()
    document = queries.document_of(request.actor, found.row)
    form = ConsultForm(request.POST or None, **_choices(request, document))
    sent = send(request, form, lambda: _open(request, found, document, form.answers()))
    if sent.done:
        words = "The edition is out for comment. Guests can be invited now."
        return done(request, words, "arrangements:text_comments", reference)
    told = _opening(request, found)
    return form_page(request, "act.html", form, sent, **told)


def _choices(request: Request, document: Any) -> dict[str, list[tuple[str, str]]]:
    rows = list(documents.commenting_seats(request.actor, document)) if document else []
    return {
        "bodies": list({str(row.body.pk): row.body.name for row in rows}.items()),
        "seats": [(row.record.reference, f"{row.role}, {row.body.name}") for row in rows],
    }


def _opening(request: Request, found: facing.Framed) -> dict[str, Any]:
    newest = queries.editions(request.actor, found.row).first()
    return {
        "heading": "Open for comment",
        "explain": "Everybody asked reads this edition and comments on it. Each comment gets an "
        "answer before the partners are asked to sign."
        if newest
        else "Make an edition first: people comment on what cannot change.",
        "rows": [Fact("Edition", str(newest.number))] if newest else [],
        "button": "Open for comment",
        "back_href": reverse("arrangements:text_comments", args=[found.row.record.reference]),
    }


def _open(request: Request, found: facing.Framed, document: Any, answers: dict[str, Any]) -> Any:
    chosen = Q(record__reference__in=answers.pop("seats")) | Q(body__in=answers.pop("bodies"))
    seats = documents.commenting_seats(request.actor, document).filter(chosen) if document else []
    return operations.open_for_comment(
        request.actor, arrangements=found.row, seats=seats, **answers
    )


def close(request: Request, reference: str) -> HttpResponse:
    """End the round. Every comment must have its answer."""
    found = facing.framed(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.row.record).require()
    form = ActForm(request.POST or None)
    sent = send(
        request, form, lambda: operations.close_comments(request.actor, arrangements=found.row)
    )
    if sent.done:
        words = "Comments are closed. The text is a draft again."
        return done(request, words, "arrangements:text", reference)
    document = queries.document_of(request.actor, found.row)
    waiting = documents.unanswered(request.actor, document).count() if document else 0
    told = {
        "heading": "Close the comments",
        "rows": [Fact("Comments without an answer", str(waiting))],
        "button": "Close the comments",
        "back_href": reverse("arrangements:text_comments", args=[reference]),
    }
    return form_page(request, "act.html", form, sent, **told)
