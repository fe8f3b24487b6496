"""What is planned for later meetings of a body."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.seats import queries as seats
from concordat.domain.base.seats.queries import Body
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.rules.life import Purpose
from concordat.domain.governance.meetings.rules.suggesting import Sort
from concordat.kernel.labels import count
from concordat.web.meetings.facing import Request, decision_row
from concordat.web.meetings.series_forms import ForwardForm
from concordat.web.ui.forms import ReasonForm
from concordat.web.ui.paging import page_of
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_page


@require_safe
def forward(request: Request, reference: str) -> HttpResponse:
    """What is put forward, the decisions to look at again, and the meetings that there are."""
    body = seats.body(request.actor, reference)
    page = page_of(queries.open_suggestions(request.actor, body), request.GET.get("page"))
    reviews = [decision_row(row) for row in queries.forward_plan(request.actor, body.pk)[:25]]
    told = {
        "body": body,
        "page": page,
        "rows": page.rows,
        "reviews": reviews,
        "ahead": queries.series_of(request.actor, body).ahead,
        "may_run": bool(queries.may_run(request.actor, body.record, body.pk)),
        "sentence": _sentence(page.total, len(reviews)),
    }
    return render(request, "meetings/forward.html", told)


def _sentence(planned: int, reviews: int) -> str:
    told = f"{count(planned, 'item')} planned" if planned else "Nothing is planned"
    more = f", {count(reviews, 'decision')} to look at again" if reviews else ""
    return f"{told}{more}."


def plan_item(request: Request, reference: str) -> HttpResponse:
    """Put something on the forward plan."""
    body = seats.body(request.actor, reference)
    queries.may_run(request.actor, body.record, body.pk).require()
    members = list(queries.members(request.actor, body, request.actor.on))
    choices = [(each.record.reference, each.role) for each in members]
    form = ForwardForm(request.POST or None, seats=choices)
    return act_page(
        request,
        form,
        lambda: _suggest(request, body, form, members),
        words="It is planned. It is suggested for the first meeting from that day on.",
        to=("meetings:forward", reference),
        heading=f"Plan an item for the {body.name}",
        button="Plan it",
        back_href=reverse("meetings:forward", args=[reference]),
    )


def _suggest(request: Request, body: Body, form: ForwardForm, members: list[Any]) -> object:
    told = form.answers()
    wanted = told.pop("lead")
    lead = next((each for each in members if each.record.reference == wanted), None)
    return operations.suggest(
        request.actor,
        body=body,
        key=f"plan:{form.key}",
        label=Sort.PLANNED.value,
        lead=lead,
        purpose=Purpose(told.pop("purpose")),
        **told,
    )


def drop(request: Request, reference: str, number: int) -> HttpResponse:
    """Take something off the forward plan."""
    body = seats.body(request.actor, reference)
    queries.may_run(request.actor, body.record, body.pk).require()
    row = queries.open_suggestions(request.actor, body).filter(pk=number).first()
    if row is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    return act_page(
        request,
        form,
        lambda: operations.take_back(
            request.actor, body=body, key=row.key, because=form.answers()["reason"]
        ),
        words="It is off the forward plan.",
        to=("meetings:forward", reference),
        heading="Take it off the forward plan",
        rows=[Fact("Planned", row.title), Fact("By", row.suggested_by)],
        button="Take it off",
        back_href=reverse("meetings:forward", args=[reference]),
    )
