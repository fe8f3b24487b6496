"""Papers whichever meeting they come before: the register, one paper, and one body's cover."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import Record
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.queries import Feedback, Paper, Presentation, packing
from concordat.domain.governance.meetings.queries import presenting as asked
from concordat.domain.governance.meetings.rules import papers as covers
from concordat.domain.governance.meetings.rules import presenting as rules
from concordat.domain.governance.meetings.rules.life import Purpose
from concordat.domain.governance.meetings.rules.papers import Status
from concordat.domain.governance.meetings.rules.presenting import Response
from concordat.kernel.actor import Actor
from concordat.kernel.labels import count
from concordat.web.meetings import facing
from concordat.web.meetings.facing import Request
from concordat.web.meetings.paper_forms import (
    AnswerFeedbackForm,
    AskFeedbackForm,
    FeedbackForm,
    PapersFilter,
    PutBeforeForm,
    TellBodyForm,
)
from concordat.web.ui.forms import PageForm
from concordat.web.ui.paging import page_of
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_page


@require_safe
def listed(request: Request) -> HttpResponse:
    """Every paper, the latest first, with where each has been."""
    form = PapersFilter(request.GET, bodies=facing.bodies(request.actor))
    rows = queries.papers(request.actor)
    if wanted := form.chosen.get("body"):
        rows = rows.filter(presentations__body__record__reference=wanted).distinct()
    page = page_of(rows, request.GET.get("page"))
    been = asked.whereabouts(request.actor, page.rows)
    told = {
        "form": form,
        "page": page,
        "rows": [_row(row, been[row.pk].words(row)) for row in page.rows],
        "sentence": f"{count(page.total, 'paper')} on record." if page.total else
        "No paper is on record.",
    }  # fmt: skip
    return render(request, "meetings/papers.html", told)


def _row(row: Paper, been: list[str]) -> dict[str, Any]:
    return {"paper": row, "been": been, "tone": facing.PAPERS.get(row.stage, "Open")}


def _paper(request: Request, pk: int) -> Paper:
    found = queries.papers(request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _presented(request: Request, pk: int, presentation: int) -> tuple[Paper, Presentation]:
    found = _paper(request, pk)
    for row in queries.presentations(request.actor, found):
        if row.pk == presentation:
            return found, row
    raise Http404


@require_safe
def whole(request: Request, paper: int) -> HttpResponse:
    """One paper: what it says, where it has been, what came back, and its versions."""
    found = _paper(request, paper)
    look(request.actor, record=asked.root_of(found), what="read a paper of")
    rows = queries.presentations(request.actor, found)
    told = _told(request.actor, found)
    told |= {
        "rows": [_been(row) for row in rows],
        "feedback": [_point(each) for each in queries.feedback_on(request.actor, found)],
        "earlier": asked.earlier(request.actor, found),
        "later": asked.later(request.actor, found),
        "may_put": bool(asked.can_come_before(request.actor, found)),
        "version": packing.versions_of(request.actor, [found]).get(found.pk),
        "warnings": facing.warnings(found),
    }
    return render(request, "meetings/paper_whole.html", told)


def _told(actor: Actor, found: Paper) -> dict[str, Any]:
    return {
        "paper": found,
        "tone": facing.PAPERS.get(found.stage, "Open"),
        "may_write": bool(queries.may_write(actor, found)),
        "reference": asked.root_of(found).reference,
    }


def _been(row: Presentation) -> dict[str, Any]:
    done = asked.is_done(row)
    return {
        "row": row,
        "where": row.body.name if row.body else row.title,
        "tone": "Done" if done else "Waiting",
        "stands": "Presented" if done else "Planned" if row.state == "planned" else "Not stated",
        "back": rules.answered_in_words(row.points, row.answered),
        "href": reverse("meetings:presentation", args=[row.paper_id, row.pk]),
    }


def _point(row: Feedback) -> dict[str, Any]:
    return {
        "row": row,
        "tone": "Waiting" if not row.response else "Done",
        "stands": (row.response or "waiting").capitalize(),
        "href": reverse(
            "meetings:answer_feedback",
            args=[row.presentation.paper_id, row.presentation_id, row.number],
        ),
    }


@require_safe
def presentation(request: Request, paper: int, presentation: int) -> HttpResponse:
    """A paper as one body has it: under that body's cover, with what came back from there."""
    found, row = _presented(request, paper, presentation)
    look(request.actor, record=asked.root_of(found), what="read a paper of")
    drawn = asked.whereabouts(request.actor, [found])[found.pk].drawn(row)
    points = list(queries.feedback_of(request.actor, row))
    told = _told(request.actor, found) | _been(row)
    told |= {
        "cover": asked.cover_of(row, found, drawn),
        "lacking": covers.is_whole(asked.template_of(row), _words(row, found)),
        "template": asked.template_of(row),
        "points": [_point(each) for each in points],
        "may_speak": bool(asked.may_speak(request.actor, row)),
        "warnings": facing.warnings(found, row),
    }
    return render(request, "meetings/presentation.html", told)


def _words(row: Presentation, found: Paper) -> dict[covers.Part, str]:
    return {part: str(told) for part, told in asked.written(row, found).items() if told}


def put_before(request: Request, paper: int) -> HttpResponse:
    """Put the paper before one more body, at one of its meetings."""
    found = _paper(request, paper)
    ahead = asked.can_come_before(request.actor, found)
    if not ahead:
        raise Http404
    choices = [(row.record.reference, f"{row.record.title}") for row in ahead]
    form = PutBeforeForm(
        request.POST or None, meetings=choices, bodies=facing.bodies(request.actor)
    )
    return act_page(
        request,
        form,
        lambda: _put(request, found, form),
        words="The paper is on that agenda, under that body’s own cover.",
        to=lambda row: ("meetings:presentation", *_pair(row)),
        heading="Put the paper before a body",
        button="Put it on the agenda",
        rows=[Fact("Paper", found.title)],
        back_href=reverse("meetings:paper_whole", args=[found.pk]),
    )


def _put(request: Request, found: Paper, form: PutBeforeForm) -> Presentation:
    told = form.answers()
    return operations.put_before(
        request.actor,
        paper=found,
        meeting=queries.meeting(request.actor, told["meeting"]),
        purpose=Purpose(told["purpose"]),
        minutes=told["minutes"],
        **_for_body(request, told),
    )


def _for_body(request: Request, told: dict[str, Any]) -> dict[str, Any]:
    wanted = told["requested_by"]
    return {
        "purposes": [Status(each) for each in told["purposes"]],
        "asks": told["asks"],
        "requested_by": seats.body(request.actor, wanted) if wanted else None,
    }


def tell_body(request: Request, paper: int, presentation: int) -> HttpResponse:
    """What one body alone is told on its cover."""
    found, row = _presented(request, paper, presentation)
    queries.may_write(request.actor, found).require()
    root = asked.root_of(found)
    form = TellBodyForm(
        request.POST or None,
        initial=_first(row),
        bodies=facing.bodies(request.actor),
        seen_version=root.version,
    )
    act = lambda: operations.tell_body(  # noqa: E731
        request.actor,
        presentation=row,
        cover=form.answers()["cover"],
        seen_version=form.seen,
        **_for_body(request, form.answers()),
    )
    texts = ("The cover for this body is settled.", "Settle the cover for this body")
    return _act(request, row, form, act, texts, "Settle the cover", record=root)


def _first(row: Presentation) -> dict[str, Any]:
    return {
        "purposes": row.purposes,
        "asks": "\n".join(row.asks),
        "requested_by": row.requested_by.record.reference if row.requested_by else "",
        "cover": asked.template_of(row).key,
    }


def _pair(row: Presentation) -> tuple[str, str]:
    return str(row.paper_id), str(row.pk)


def _act(
    request: Request,
    row: Presentation,
    form: PageForm,
    act: Callable[[], object],
    texts: tuple[str, str],
    button: str,
    facts: Sequence[Fact] = (),
    record: Record | None = None,
) -> HttpResponse:
    """A page of one act on what a body has; `texts` are what was done and the heading."""
    done, heading = texts
    where = Fact("Before", _been(row)["where"])
    return act_page(
        request,
        form,
        act,
        words=done,
        to=("meetings:presentation", *_pair(row)),
        record=record,
        heading=heading,
        button=button,
        rows=[Fact("Paper", row.paper.title if row.paper else row.title), where, *facts],
        back_href=_been(row)["href"],
    )


def ask_feedback(request: Request, paper: int, presentation: int) -> HttpResponse:
    """Ask seats of a body what they make of the paper, by a day."""
    found, row = _presented(request, paper, presentation)
    queries.may_write(request.actor, found).require()
    rows = asked.asked_seats(request.actor, row)
    choices = [(each.record.reference, each.role) for each in rows]
    form = AskFeedbackForm(request.POST or None, seats=choices)

    def act() -> object:
        told = form.answers()
        chosen = [each for each in rows if each.record.reference in told["seats"]]
        return operations.ask_feedback(
            request.actor, presentation=row, due=told["due"], seats=chosen
        )

    texts = ("They are asked. It stands in their work.", "Ask for feedback")
    return _act(request, row, form, act, texts, "Ask them")


def give_feedback(request: Request, paper: int, presentation: int) -> HttpResponse:
    """Say what one makes of the paper, point by point."""
    _, row = _presented(request, paper, presentation)
    asked.may_speak(request.actor, row).require()
    form = FeedbackForm(request.POST or None)
    act = lambda: operations.give_feedback(  # noqa: E731
        request.actor,
        presentation=row,
        points=rules.points(form.answers()["points"]),
        who=form.answers()["who"],
    )
    texts = ("It is on record. Each point is answered.", "Give feedback on the paper")
    return _act(request, row, form, act, texts, "Give feedback")


def answer_feedback(request: Request, paper: int, presentation: int, number: int) -> HttpResponse:
    """Answer one point of what came back."""
    found, row = _presented(request, paper, presentation)
    queries.may_write(request.actor, found).require()
    point = queries.feedback_of(request.actor, row).filter(number=number).first()
    if point is None:
        raise Http404
    first = {"response": point.response, "answer": point.answer}
    form = AnswerFeedbackForm(request.POST or None, initial=first, seen_version=point.version)
    act = lambda: operations.answer_feedback(  # noqa: E731
        request.actor,
        feedback=point,
        response=Response(form.answers()["response"]),
        answer=form.answers()["answer"],
        seen=form.seen,
    )
    texts = ("The point is answered.", f"Answer point {point.number}")
    facts = [Fact("Point", point.point), Fact("From", point.who)]
    return _act(request, row, form, act, texts, "Keep the answer", facts)
