"""Every comment in one table with its answer: read, filtered, answered and taken away."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from concordat.domain.base.documents import operations, queries
from concordat.domain.base.documents.queries import Comment, Document, Round, Voice
from concordat.domain.base.documents.rules import Outcome, Reply
from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor
from concordat.kernel.labels import count, day_in_words
from concordat.web.documents import facing, tabling
from concordat.web.documents.facing import Request
from concordat.web.documents.forms import AnswerForm, MatrixFilter
from concordat.web.ui import sending
from concordat.web.ui.paging import page_of
from concordat.web.ui.parts import Fact

TONES = {Outcome.TAKEN: "Accepted", Outcome.IN_PART: "Accepted", Outcome.DECLINED: "Closed"}
REPLIES = {
    Reply.COMMENTED: ("Done", "Commented"),
    Reply.NOTHING: ("Done", "No comment"),
    Reply.HANDED_ON: ("Closed", "Handed on"),
    Reply.SILENT: ("Waiting", "Silent"),
}


@require_safe
def comments(request: Request, reference: str) -> HttpResponse:
    """The matrix: section, who, what, answer and reason; and who was asked."""
    actor, found = request.actor, queries.document(request.actor, reference)
    queries.readable(actor, found).require()
    look(actor, record=found.record, what="read the comments on")
    form, said = _filter(request, found), queries.comments(actor, found)
    page = page_of(tabling.narrowed(said, form.chosen), request.GET.get("page"))
    told = {
        "document": found,
        "filter": form,
        "page": page,
        "rows": [(each, *_answered(each)) for each in page.rows],
        "query": request.GET.urlencode(),
    }
    return render(request, "documents/comments.html", told | _round(actor, found))


def _round(actor: Actor, found: Document) -> dict[str, Any]:
    """Where the newest round stands, and what this actor may do with it."""
    record, held = found.record, queries.newest_round(actor, found)
    voices = queries.voices(actor, held) if held else []
    return {
        "record": record,
        "restricted": facing.mark(found),
        "links": facing.links(actor, found, "Comments"),
        "round": held,
        "is_open": held is not None and held.closed_on is None,
        "sentence": _sentence(held, voices, queries.unanswered(actor, found).count()),
        "voices": [(each, *REPLIES[each.reply]) for each in voices],
        "silent": sum(1 for each in voices if each.is_silent),
        "may_comment": facing.may_comment(actor, found),
        "may_change": bool(can(actor, Verb.CHANGE, record)) and not record.closed,
        "may_admit": bool(can(actor, Verb.ADMIT, record)),
    }


def _filter(request: Request, found: Document) -> MatrixFilter:
    rows = queries.comments(request.actor, found)
    rounds = queries.rounds(request.actor, found)
    return MatrixFilter(
        request.GET,
        who=[(each, each) for each in tabling.speakers(rows)],
        places=[(each, each) for each in tabling.sections(rows)],
        rounds=[(str(each.pk), f"Opened {day_in_words(each.opened_on)}") for each in rounds],
    )


def _answered(row: Comment) -> tuple[str, str]:
    """The tone and the words of a comment's answer."""
    if row.answer is None:
        return "Waiting", "No answer yet"
    return TONES[row.answer], row.answer.label


def _sentence(held: Round | None, voices: list[Voice], waiting: int) -> str:
    """Where the newest round stands, in words."""
    if held is None:
        return "This document has not been out for comment."
    asked = [each for each in voices if each.asked]
    heard = [each for each in asked if not each.is_silent]
    told = f"{len(heard)} of {len(asked)} who were asked have answered. " if asked else ""
    has = "has" if waiting == 1 else "have"
    left = f"{count(waiting, 'comment')} {has} no answer yet." if waiting else ""
    if held.closed_on:
        return f"Comments were closed on {day_in_words(held.closed_on)}. {told}".strip()
    until = f"Comments are taken until {day_in_words(held.closes)}. "
    return f"{until}{told}{left}".strip()


def answer(request: Request, reference: str, comment: int) -> HttpResponse:
    """What becomes of one comment. Whoever answers second sees both answers."""
    found = queries.document(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    row = queries.comment(request.actor, found, comment)
    held = {"outcome": row.outcome, "reason": row.reason}
    form = AnswerForm(request.POST or None, initial=held, seen_version=row.answers)
    sent = sending.send(request, form, lambda: _answer(request, row, form))
    if sent.done:
        words = "The comment is answered."
        return sending.done(request, words, "documents:comments", reference)
    if sent.stale:
        form.renew(queries.comment(request.actor, found, comment).answers)
    told = {"row": row, "rows": _facts(row), "document": found, "up": _back(reference)}
    return sending.form_page(request, "documents/answer.html", form, sent, **told)


def _answer(request: Request, row: Comment, form: AnswerForm) -> Any:
    seen = form.seen if form.seen is not None else -1
    return operations.answer(request.actor, comment=row, seen_version=seen, **form.answers())


def _facts(row: Comment) -> list[Fact]:
    return [
        Fact("Section", row.place or "The whole document"),
        Fact("From", tabling.speaker(row)),
        Fact("Made", tabling.made(row)),
        Fact("On", row.version.in_words),
    ]


def _back(reference: str) -> str:
    return reverse("documents:comments", args=[reference])


@require_safe
def download(request: Request, reference: str, way: str) -> HttpResponse:
    """The matrix as a workbook or as a Word file, narrowed as the page is."""
    found = queries.document(request.actor, reference)
    queries.readable(request.actor, found).require()
    if way not in tabling.WAYS:
        raise Http404
    rows = list(
        tabling.narrowed(queries.comments(request.actor, found), _filter(request, found).chosen)
    )
    look(request.actor, record=found.record, what="downloaded the comments on")
    kind, ending, made = tabling.WAYS[way]
    answer = HttpResponse(made(found, rows, timezone.now()), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{reference}-comments.{ending}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer
