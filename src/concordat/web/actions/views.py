"""The tracker, one action, what hangs on a record, and the agencies over a year."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.domain.base.actions import queries
from concordat.domain.base.agencies import queries as partnerships
from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import can, fetch_record, title_for
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.kernel.calendar import add_months
from concordat.web.actions import facing, picture
from concordat.web.actions.forms import ListForm, UpdateForm
from concordat.web.ui.addresses import address_of
from concordat.web.ui.doors import Request, also_by_link
from concordat.web.ui.forms import ActForm
from concordat.web.ui.paging import page_of
from concordat.web.ui.parts import Column
from concordat.web.ui.sending import attached

MONTHS = 12


@require_safe
def actions(request: Request) -> HttpResponse:
    """Who owes what; the sentence first."""
    form = _filters(request)
    rows = queries.listed(request.actor, **form.narrowed)
    page = page_of(rows, request.GET.get("page"))
    told: dict[str, Any] = {
        "form": form,
        "page": page,
        "lines": facing.lines(queries.shown(request.actor, page.rows), request.actor.on),
        "sentence": queries.in_a_sentence(request.actor, rows, form.narrowed["stages"]),
        "parts": facing.parts("actions"),
        "due": _sorted(request, "Due", "due"),
        "said": _sorted(request, "State and last word", "said"),
        "query": request.GET.urlencode(),
        "may_add": queries.may_raise(request.actor),
    }
    return render(request, "actions/actions.html", told)


def _filters(request: Request) -> ListForm:
    actor = request.actor
    bodies = [(str(row.pk), row.name) for row in queries.bodies_that_set(actor)]
    agencies = [(str(row.pk), row.name) for row in queries.agencies_that_answer(actor)]
    return ListForm(request.GET, bodies=bodies, agencies=agencies)


def _sorted(request: Request, text: str, by: str) -> Column:
    """A column that sorts the list: up first, then down. Filters stay, the page begins anew."""
    now = request.GET.get("sort", "")
    query = request.GET.copy()
    query.pop("page", None)
    query["sort"] = f"-{by}" if now == by else by
    order = {by: "ascending", f"-{by}": "descending"}.get(now, "")
    return Column(text, sort=f"?{query.urlencode()}", order=order)  # type: ignore[arg-type]


@require_safe
def workbook(request: Request) -> HttpResponse:
    """The list as it is filtered, to keep or print."""
    rows = queries.listed(request.actor, **_filters(request).narrowed)
    made = queries.list_workbook(request.actor, rows, made=facing.stamp())
    return attached(made, "actions")


@also_by_link
@require_safe
def action(request: Request, reference: str) -> HttpResponse:
    """One action: how it stands, what is asked, what shows it, and all that was told of it."""
    found = queries.action(request.actor, reference)
    look(request.actor, record=found.record)
    told = facing.face(request.actor, found)
    form = UpdateForm(seen_version=found.record.version) if told["may_update"] else None
    more = {"form": form, "read_form": ActForm() if told["to_read"] else None}
    return render(request, "actions/action.html", told | more)


@require_safe
def on(request: Request, reference: str) -> HttpResponse:
    """What was raised from a record."""
    found = fetch_record(request.actor, reference)
    look(request.actor, record=found, what="listed the actions of")
    page = page_of(queries.actions_on(request.actor, found), request.GET.get("page"))
    told = {
        "record": found,
        "title": title_for(request.actor, found),
        "kind": RecordKind(found.kind).label,
        "own": address_of(found.kind, found.reference),
        "page": page,
        "lines": facing.lines(page.rows, request.actor.on),
        "may_add": queries.may_raise(request.actor) or bool(can(request.actor, Verb.CHANGE, found)),
    }
    return render(request, "actions/on.html", told)


@require_safe
def agencies(request: Request) -> HttpResponse:
    """What each agency was given, closed and put off over the last year."""
    since = add_months(request.actor.on, -MONTHS)
    homes = [
        {"home": home, "tallies": tallies, "picture": picture.drawn(tallies)}
        for home, tallies in queries.by_agency(
            request.actor, partnerships.partnerships(request.actor), since
        )
    ]
    return render(
        request,
        "actions/agencies.html",
        {"homes": homes, "since": since, "parts": facing.parts("agencies")},
    )
