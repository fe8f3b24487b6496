"""What we asked, what we were asked, the chaser, the question sets, and one request."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Area
from concordat.domain.base.clocks import queries as clocks
from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import Record, fetch_record, title_for
from concordat.domain.base.requests import operations, queries, rules
from concordat.domain.base.requests.operations import Asked
from concordat.domain.base.requests.queries import Request as Asking
from concordat.domain.base.seats import queries as seats
from concordat.domain.practice.children import queries as children
from concordat.domain.practice.reviews.queries import incident_facts as reviews
from concordat.kernel.errors import Invalid, Refused
from concordat.web.requests import acts, facing
from concordat.web.requests.forms import DraftForm
from concordat.web.ui.doors import Request, also_by_link
from concordat.web.ui.paging import page_of
from concordat.web.ui.sending import done, form_page, send

_Row = TypeVar("_Row", bound=Model)


def _list(request: Request, rows: Any, current: str, heading: str, empty: str) -> HttpResponse:
    page = page_of(rows, request.GET.get("page"))
    told = {
        "heading": heading,
        "sentence": queries.in_a_sentence(request.actor, rows),
        "page": page,
        "lines": facing.lines(page.rows, request.actor.on),
        "parts": facing.parts(request.actor, current),
        "empty": empty,
        "chaser": current == "chaser",
        "may_draft": current == "asked" and bool(queries.homes(request.actor)),
        "ladder": rules.LADDER,
    }
    return render(request, "requests/list.html", told)


@require_safe
def asked(request: Request) -> HttpResponse:
    """What we asked, late ones first; for whoever only answers, what they were asked."""
    if not queries.ever_asks(request.actor):
        return received(request)
    rows = queries.asked_by_us(request.actor)
    empty = "Nobody here has asked for information yet."
    return _list(request, rows, "asked", "What we asked", empty)


@require_safe
def received(request: Request) -> HttpResponse:
    """What we were asked, late ones first."""
    rows = queries.asked_of_us(request.actor)
    return _list(request, rows, "received", "What we were asked", "Nobody has asked you yet.")


@require_safe
def chaser(request: Request) -> HttpResponse:
    """Who owes an answer, how often they were reminded, and who was told."""
    rows = queries.to_chase(request.actor)
    return _list(request, rows, "chaser", "Who owes an answer", "Nobody owes you an answer.")


@require_safe
def library(request: Request) -> HttpResponse:
    """The sets of questions that there are."""
    told = {"forms": rules.LIBRARY, "parts": facing.parts(request.actor, "library")}
    return render(request, "requests/library.html", told)


@also_by_link
@require_safe
def request(request: Request, reference: str) -> HttpResponse:
    """One request: what is asked, on what basis, for which purpose, and what came."""
    row = queries.request(request.actor, reference)
    look(request.actor, record=row.record)
    told = facing.face(request.actor, row)
    told["acts"] = acts.offered(row, told["part"])
    return render(request, "requests/request.html", told)


@require_safe
def on(request: Request, reference: str) -> HttpResponse:
    """What was asked about one record."""
    found = fetch_record(request.actor, reference)
    look(request.actor, record=found, what="listed the requests about")
    page = page_of(queries.on_record(request.actor, found), request.GET.get("page"))
    told = {
        "record": found,
        "title": title_for(request.actor, found),
        "page": page,
        "lines": facing.lines(page.rows, request.actor.on),
        "empty": "Nothing was asked about this.",
    }
    return render(request, "requests/on.html", told)


def draft(request: Request) -> HttpResponse:
    """One dense page with everything that a request records."""
    homes = queries.homes(request.actor)
    if not homes:
        raise Refused("A safeguarding partner asks by this power, or the secretariat for one.")
    form = DraftForm(request.POST or None, **_choices(request, homes))
    sent = send(request, form, lambda: _draft(request, form.answers()))
    if sent.done:
        reference = sent.result.record.reference
        return done(request, "Drafted. Read it, then send it.", "requests:request", reference)
    told = {
        "heading": "Ask for information",
        "button": "Save the draft",
        "explain": facing.in_force(request.actor, homes),
        "back_href": reverse("requests:asked"),
    }
    return form_page(request, "act.html", form, sent, **told)


def _choices(request: Request, homes: list[Record]) -> dict[str, Any]:
    actor = request.actor
    asking = [seat for home in homes for seat in queries.requesters(actor, home.pk)]
    here = seats.seats(actor).filter(partnership__in=[home.pk for home in homes], to_text="")
    theirs = agencies.agencies(actor).filter(partnership__in=[home.pk for home in homes])
    return {
        "areas": _areas(request, homes),
        "homes": [(row.reference, row.title) for row in homes],
        "requesters": [(s.record.reference, f"{s.role} ({s.body.name})") for s in asking],
        "seats": [(s.record.reference, f"{s.role} ({s.body.name})") for s in here],
        "agencies": [(row.record.reference, row.name) for row in theirs],
        "initial": {"partnership": homes[0].reference, **_like(request)},
    }


def _areas(request: Request, homes: list[Record]) -> list[tuple[str, str]]:
    """Their own areas, where one of them has more than one."""
    found = [list(clocks.own_areas(request.actor, home)) for home in homes]
    if not any(len(rows) > 1 for rows in found):
        return []
    return [(str(row.pk), row.name) for rows in found for row in rows]


def _area(request: Request, home: Record, chosen: str, about: Record | None) -> Area | None:
    """The one chosen, the one in which what it is about happened, or the only one there is."""
    own = list(clocks.own_areas(request.actor, home))
    if chosen:
        found = next((area for area in own if str(area.pk) == chosen), None)
        if found is None:
            raise Invalid("This is another partnership’s.", field="area", mend="Choose one.")
        return found
    happened = reviews.area_of(request.actor, about) if about else None
    if happened in own:
        return happened
    return own[0] if len(own) == 1 else None


def _like(request: Request) -> dict[str, Any]:
    """What a new request takes over from one that was asked of somebody else."""
    reference = request.GET.get("like", "").strip().upper()
    try:
        row = queries.request(request.actor, reference)
    except Asking.DoesNotExist:
        return {"about": request.GET.get("about", "")}
    about = row.about.reference if row.about else ""
    kept = ("form", "purpose", "exact", "deliver_to", "due", "chase_every")
    asker = row.requester.record.reference
    return {name: getattr(row, name) for name in kept} | {
        "partnership": row.partnership.reference,
        "requester": asker,
        "area": str(row.area_id or ""),
        "about": about,
    }


def _draft(request: Request, told: dict[str, Any]) -> Asking:
    actor = request.actor
    home = fetch_record(actor, told.pop("partnership"))
    about = told.pop("about").strip().upper()
    here = seats.seats(actor).filter(partnership=home.pk)
    asked_of, agency, senior = told.pop("seat"), told.pop("agency"), told.pop("senior")
    theirs = agencies.agencies(actor).filter(partnership=home.pk)
    on = _about(request, about) if about else None
    area = _area(request, home, told.pop("area", ""), on)
    return operations.draft(
        actor,
        partnership=home,
        asked=Asked(
            requester=_one(here, told.pop("requester"), "requester"),
            seat=_one(here, asked_of, "seat") if asked_of else None,
            senior=_one(here, senior, "senior") if senior else None,
            agency=_one(theirs, agency, "agency") if agency else None,
            about=on,
            area=area,
            agreement=children.agreement_of(actor, area) if area else None,
            **told,
        ),
    )


def _one(rows: QuerySet[_Row], reference: str, field: str) -> _Row:
    """Raises `Invalid` beside the field: the lists hold those of every partnership one is in."""
    found = rows.filter(record__reference=reference).first()
    if found is None:
        raise Invalid("This is another partnership’s.", field=field, mend="Choose one from here.")
    return found


def _about(request: Request, reference: str) -> Record:
    try:
        return fetch_record(request.actor, reference)
    except Record.DoesNotExist:
        raise Invalid(
            f"There is no record {reference}.", field="about", mend="Check the reference."
        ) from None
