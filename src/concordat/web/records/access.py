"""Who may open a record: asking, answering, giving and ending."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from concordat.domain.base.asks import operations as asks
from concordat.domain.base.people import queries as people
from concordat.domain.base.records import operations, queries
from concordat.domain.base.records.operations import once
from concordat.domain.base.records.queries import Record
from concordat.domain.base.records.rules import Level, Verb
from concordat.domain.base.seats import queries as seats
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.sensitivity import Sensitivity
from concordat.web.records import facing
from concordat.web.records.forms import AnswerForm, AskForm, EndForm, GiveForm
from concordat.web.records.views import Request


@require_safe
def access(request: Request, reference: str) -> HttpResponse:
    """Grants, waiting requests and, for those who decide, who looked."""
    found = queries.admissible_record(request.actor, reference)
    told = {
        **facing.frame(request.actor, found, "access"),
        "grants": queries.access_of(request.actor, found, on=request.actor.on),
        "waiting": queries.open_access_requests(request.actor).filter(record=found),
        "looks": queries.looks_at(request.actor, found)[:50],
        "logged": found.level >= Sensitivity.RESTRICTED,
    }
    return render(request, "records/access.html", told)


def ask(request: Request, reference: str) -> HttpResponse:
    """Ask to open a record that one may know of. An absent one is not found."""
    found = queries.known_record(request.actor, reference)
    form = AskForm(request.POST or None)
    told: dict[str, Any] = {"reference": reference, "owner": found.owner, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            with once(form.key):
                asks.ask_for_access(request.actor, record=found, **form.answers())
        except Invalid as problem:
            form.add_faults(problem)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            return render(request, "records/asked.html", told)
    return render(request, "records/ask.html", told, status=422 if form.errors else 200)


def answer(request: Request, reference: str, request_id: int) -> HttpResponse:
    """Give or refuse access to somebody who asked."""
    found = queries.admissible_record(request.actor, reference)
    waiting = queries.open_access_requests(request.actor).filter(record=found, pk=request_id)
    asked = waiting.first()
    if asked is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.answers()
        with once(form.key):
            asks.answer_access(
                request.actor, request=asked, give=told["give"] == "give", reason=told["reason"]
            )
        messages.success(request, "Your answer is on record.")
        return redirect("records:access", reference)
    told = {**facing.frame(request.actor, found, "access"), "form": form, "asked": asked}
    return render(request, "records/answer.html", told, status=422 if form.errors else 200)


def give(request: Request, reference: str) -> HttpResponse:
    """Open a record to a person, a seat or a body."""
    found = queries.admissible_record(request.actor, reference)
    grantees = _grantees(request)
    form = GiveForm(
        request.POST or None, grantees=[(ref, name) for ref, (name, _) in grantees.items()]
    )
    if request.method == "POST" and form.is_valid():
        try:
            _give(request, found, form, grantees)
        except Invalid as problem:
            form.add_faults(problem)
        else:
            messages.success(request, "Access is given.")
            return redirect("records:access", reference)
    told = {**facing.frame(request.actor, found, "access"), "form": form}
    return render(request, "records/give.html", told, status=422 if form.errors else 200)


def _grantees(request: Request) -> dict[str, tuple[str, Record]]:
    """People and bodies of the actor's partnerships, by reference."""
    rows = [*people.people(request.actor), *seats.bodies(request.actor)]
    return {row.record.reference: (row.record.title, row.record) for row in rows}


def _give(
    request: Request, record: Record, form: GiveForm, grantees: dict[str, tuple[str, Record]]
) -> None:
    told = form.answers()
    with once(form.key):
        operations.admit(
            request.actor,
            record=record,
            grantee=grantees[told["grantee"]][1],
            level=Level(told["level"]),
            reason=told["reason"],
            from_day=request.actor.on,
            to_day=told["to_day"],
        )


def end(request: Request, reference: str, grant_id: int) -> HttpResponse:
    """End somebody's access with a reason."""
    found = queries.admissible_record(request.actor, reference)
    queries.can(request.actor, Verb.ADMIT, found).require()
    grants = queries.access_of(request.actor, found, on=request.actor.on)
    grant = grants.filter(pk=grant_id).first()
    if grant is None:
        raise Http404
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with once(form.key):
            operations.withdraw(request.actor, grant=grant, on=request.actor.on, **form.answers())
        messages.success(request, "Access ends today.")
        return redirect("records:access", reference)
    told = {**facing.frame(request.actor, found, "access"), "form": form, "grant": grant}
    return render(request, "records/end.html", told, status=422 if form.errors else 200)
