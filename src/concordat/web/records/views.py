"""What a record is, what was done to it, and what stops it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from concordat.domain.base.records import operations, queries
from concordat.domain.base.records.operations import once
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.risks.queries import risks_tied
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.web.records import facing
from concordat.web.records.forms import PlaceHoldForm, ReleaseHoldForm
from concordat.web.ui.histories import moments
from concordat.web.ui.paging import page_of

MOST_RISKS = 50


class Request(HttpRequest):
    """A request as the middleware leaves it."""

    actor: Actor


@require_safe
def record(request: Request, reference: str) -> HttpResponse:
    found = queries.fetch_record(request.actor, reference)
    operations.look(request.actor, record=found)
    told = {
        **facing.frame(request.actor, found, "record"),
        "facts": facing.facts(found),
        "holds": queries.open_holds(found).order_by("placed_on"),
        "may_hold": bool(queries.can(request.actor, Verb.HOLD, found)),
        "risks": risks_tied(request.actor, found)[:MOST_RISKS],
    }
    return render(request, "records/record.html", told)


@require_safe
def history(request: Request, reference: str) -> HttpResponse:
    found = queries.fetch_record(request.actor, reference)
    operations.look(request.actor, record=found, what="read the history of")
    page = page_of(queries.timeline(request.actor, found), request.GET.get("page"))
    told = {
        **facing.frame(request.actor, found, "history"),
        "page": page,
        "moments": moments(request.actor, found, page.rows),
    }
    return render(request, "records/history.html", told)


def place_hold(request: Request, reference: str) -> HttpResponse:
    """Stop a move of the record until somebody releases it."""
    found = queries.fetch_record(request.actor, reference)
    queries.can(request.actor, Verb.HOLD, found).require()
    form = PlaceHoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with once(form.key):
                operations.place_hold(
                    request.actor, record=found, on=request.actor.on, **form.answers()
                )
        except Invalid as problem:
            form.add_faults(problem)
        else:
            messages.success(request, "The hold is placed.")
            return redirect("records:record", reference)
    told: dict[str, Any] = {**facing.frame(request.actor, found, "record"), "form": form}
    return render(request, "records/place_hold.html", told, status=422 if form.errors else 200)


def release_hold(request: Request, reference: str, hold_id: int) -> HttpResponse:
    found = queries.fetch_record(request.actor, reference)
    hold = queries.open_holds(found).filter(pk=hold_id).first()
    if hold is None:
        raise Http404
    queries.can(request.actor, Verb.HOLD, found).require()
    form = ReleaseHoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with once(form.key):
            operations.release_hold(request.actor, hold=hold, on=request.actor.on, **form.answers())
        messages.success(request, "The hold is released.")
        return redirect("records:record", reference)
    told = {**facing.frame(request.actor, found, "record"), "form": form, "hold": hold}
    return render(request, "records/release_hold.html", told, status=422 if form.errors else 200)
