"""Who owes which paper for a meeting, and reminding them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.queries import Meeting, Owed
from concordat.domain.governance.meetings.rules import chasing, life
from concordat.domain.governance.meetings.rules.chasing import Owing
from concordat.domain.governance.meetings.rules.life import PAPERS
from concordat.kernel.labels import count, join_words
from concordat.web.meetings import facing
from concordat.web.meetings.facing import Request
from concordat.web.meetings.series_forms import ChaseForm
from concordat.web.ui.forms import ActForm
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_page

TONES = {
    Owing.LATE: "Overdue",
    Owing.NOT_ASKED: "Due soon",
    Owing.OWED: "Waiting",
    Owing.CLEARING: "Waiting",
    Owing.FOLLOWS: "Due soon",
    Owing.READY: "Accepted",
    Owing.SENT: "Done",
    Owing.WITHDRAWN: "Withdrawn",
}


@require_safe
def owed(request: Request, reference: str) -> HttpResponse:
    """Every paper of the agenda: who owes it, by when, and whether they were reminded."""
    found = queries.meeting(request.actor, reference)
    told = facing.band(request.actor, found, "papers")
    rows = queries.owed(request.actor, found)
    ahead = found.stage_is in life.BEFORE
    told |= {
        "rows": [_row(found, each, told["runs"] and ahead) for each in rows],
        "sentence": chasing.in_a_sentence(each.stands for each in rows),
        "late": sum(1 for each in rows if each.stands is Owing.LATE and each.may_chase),
        "may_chase": told["runs"] and ahead,
    }
    return render(request, "meetings/owed.html", told)


def _row(found: Meeting, each: Owed, runs: bool) -> dict[str, Any]:
    reference, item = found.record.reference, each.line.item.record.reference
    told = {
        "label": each.label,
        "title": each.paper.title if each.paper else each.line.item.record.title,
        "who": join_words(seat.role for seat in each.who),
        "row": each,
        "tone": TONES[each.stands],
        "href": reverse("meetings:item", args=[reference, item]),
        "acts": [],
    }
    if each.paper is None:
        if runs:
            told["acts"] = [("Ask for a paper", reverse("meetings:want", args=[reference, item]))]
        return told
    told["href"] = reverse("meetings:paper", args=[reference, item, each.paper.pk])
    if runs:
        told["acts"] = [*_acts(reference, item, each)]
    return told


def _acts(reference: str, item: str, each: Owed) -> list[tuple[str, str]]:
    assert each.paper is not None  # noqa: S101 - asked for by whoever calls this
    told = []
    if each.may_chase:
        told.append(("Remind them", reverse("meetings:chase", args=[reference, each.paper.pk])))
    allowed = {move.verb for move in PAPERS.allowed(each.paper.stage)}
    for verb, words in (("follow", "Let it follow"), ("withdraw", "Withdraw it")):
        if verb in allowed:
            address = reverse("meetings:move_paper", args=[reference, item, each.paper.pk, verb])
            told.append((words, address))
    return told


def chase(request: Request, reference: str, paper: int) -> HttpResponse:
    """Remind whoever owes one paper."""
    found = queries.meeting(request.actor, reference)
    queries.may_run(request.actor, found.record, found.body_id).require()
    rows = [each for each in queries.owed(request.actor, found) if _is(each, paper)]
    if not rows:
        raise Http404
    row = rows[0]
    assert row.paper is not None  # noqa: S101 - it was found by its paper
    form, wanted = ChaseForm(request.POST or None), row.paper
    return act_page(
        request,
        form,
        lambda: operations.chase(request.actor, meeting=found, paper=wanted, **form.answers()),
        words="They are reminded, in their work and by letter.",
        to=("meetings:owed", reference),
        heading=f"Remind them: {wanted.title}",
        rows=[
            Fact("Owed by", join_words(seat.role for seat in row.who) or "Nobody yet"),
            Fact("Stands", f"{row.stands.capitalize()}, {row.when}" if row.when else row.stands),
        ],
        button="Remind them",
        back_href=reverse("meetings:owed", args=[reference]),
    )


def _is(each: Owed, paper: int) -> bool:
    return each.paper is not None and each.paper.pk == paper


def chase_all(request: Request, reference: str) -> HttpResponse:
    """Remind everybody who is late, once a day."""
    found = queries.meeting(request.actor, reference)
    queries.may_run(request.actor, found.record, found.body_id).require()
    late = [each for each in queries.owed(request.actor, found) if each.stands is Owing.LATE]
    form = ActForm(request.POST or None)
    return act_page(
        request,
        form,
        lambda: operations.chase_all(request.actor, meeting=found),
        words=lambda number: f"Reminded of {count(number, 'paper')}.",
        to=("meetings:owed", reference),
        heading="Remind everybody who is late",
        explain="Each is reminded in their work and by letter, once a day at most.",
        rows=[Fact("Late", count(len(late), "paper"))],
        button="Remind them",
        back_href=reverse("meetings:owed", args=[reference]),
    )
