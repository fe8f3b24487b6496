"""Partnerships and the agencies in them."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import operations, queries
from concordat.domain.base.agencies.operations import FOUNDERS
from concordat.domain.base.agencies.queries import Agency, Partnership
from concordat.domain.base.records import queries as records
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.arrangements import queries as arrangements
from concordat.domain.governance.arrangements import rules
from concordat.kernel.actor import Actor
from concordat.web.agencies.forms import AgencyForm
from concordat.web.ui.histories import moments
from concordat.web.ui.parts import Moment
from concordat.web.ui.sending import done, form_page, send

FIELDS = ("name", "short", "agency_class", "type", "code", "areas")


class Request(HttpRequest):
    """A request as the middleware leaves it."""

    actor: Actor


@require_safe
def partnerships(request: Request) -> HttpResponse:
    """The one partnership that somebody sits in, or the choice of several."""
    homes = list(queries.partnerships(request.actor))
    may_found = request.actor.holds(*FOUNDERS)
    if len(homes) == 1 and not may_found:
        return redirect("agencies:partnership", homes[0].slug)
    told = {"homes": homes, "may_found": may_found}
    return render(request, "agencies/partnerships.html", told)


@require_safe
def partnership(request: Request, slug: str) -> HttpResponse:
    """What a partnership is, who its partners are, and where to go from here."""
    home = queries.partnership(request.actor, slug)
    actor = request.actor
    found = arrangements.structure(actor, home, actor.on)
    told = {
        "home": home,
        "part": "overview",
        "sentence": rules.in_words(found),
        "gaps": len(rules.gaps(found)),
        "partners": [
            row for row in arrangements.partners(actor, home) if row.in_force(actor.on) != "no"
        ],
        "steps": arrangements.steps(actor, home),
        "promises": arrangements.promises(actor, home),
        "versions": arrangements.arrangements(actor, home),
        "moments": _lately(actor, home),
        "may_change": bool(records.can(actor, Verb.CHANGE, home.record)),
    }
    return render(request, "agencies/partnership.html", told)


def _lately(actor: Actor, home: Partnership) -> list[Moment]:
    return moments(actor, home.record, records.timeline(actor, home.record)[:5])


@require_safe
def agencies(request: Request, slug: str) -> HttpResponse:
    """Every agency by class, those that handed over included."""
    home = queries.partnership(request.actor, slug)
    rows = list(queries.agencies(request.actor).filter(partnership=home.pk))
    partners = {row.agency_id for row in arrangements.partners(request.actor, home)
                if row.in_force(request.actor.on) != "no"}  # fmt: skip
    titles = {row.key: row.name for row in rows}
    told = {
        "home": home,
        "part": "agencies",
        "classes": [
            (name, [_row(request.actor, row, partners, titles) for row in group])
            for name, group in groupby(rows, key=lambda row: row.agency_class)
        ],
        "may_change": bool(records.can(request.actor, Verb.CHANGE, home.record)),
    }
    return render(request, "agencies/agencies.html", told)


def _row(actor: Actor, row: Agency, partners: set[Any], titles: dict[str, str]) -> dict[str, Any]:
    over = bool(row.period.end and row.period.end.certainly_before(actor.on))
    return {
        "agency": row,
        "is_partner": row.pk in partners,
        "over": over,
        "successors": [titles.get(key, key) for key in row.successor],
    }


@require_safe
def agency(request: Request, reference: str) -> HttpResponse:
    """An agency in time: names, parts, what it fills, what it delegated, what it covers."""
    found = queries.agency(request.actor, reference)
    actor = request.actor
    home = queries.partnerships(actor).get(pk=found.partnership_id)
    told = {
        "agency": found,
        "home": home,
        "part": "agencies",
        **_kin(actor, found),
        "partner_rows": [
            row for row in arrangements.partners(actor, home) if row.agency_id == found.pk
        ],
        "seats": seats.seats(actor).filter(agency=found.pk),
        "posts": seats.posts(actor).filter(agency=found.pk),
        "delegations": arrangements.delegations(actor, home).filter(agency=found.pk),
        "footprints": arrangements.footprints_of(actor, found, home),
        "found": arrangements.found_on(actor, home).get(f"agencies:{found.key}", []),
        "may_change": bool(records.can(actor, Verb.CHANGE, found.record)),
    }
    return render(request, "agencies/agency.html", told)


def _kin(actor: Actor, found: Agency) -> dict[str, Any]:
    """Those it took over from and that took over from it, its parts, and its areas."""
    rows = list(queries.agencies(actor).filter(partnership=found.partnership_id))
    areas = queries.areas(actor).filter(partnership=found.partnership_id, key__in=found.areas)
    return {
        "before": [row for row in rows if found.key in row.successor],
        "after": [row for row in rows if row.key in found.successor],
        "parts": [row for row in rows if row.part_of_id == found.pk],
        "areas": areas,
    }


def change(request: Request, reference: str) -> HttpResponse:
    """Correct what an agency says of itself."""
    found = queries.agency(request.actor, reference)
    records.can(request.actor, Verb.CHANGE, found.record).require()
    form = AgencyForm(
        request.POST or None,
        areas=_areas(request.actor, found),
        initial={name: getattr(found, name) for name in FIELDS},
        seen_version=found.record.version,
    )
    sent = send(
        request,
        form,
        lambda: operations.amend_agency(
            request.actor, agency=found, values=form.answers(), seen_version=form.seen
        ),
        record=found.record,
    )
    if sent.done:
        return done(request, "The agency is changed.", "agencies:agency", reference)
    told = {"heading": f"Change {found.name}", "button": "Save the agency"}
    told |= {"back_href": reverse("agencies:agency", args=[reference])}
    told["explain"] = "When agencies merge, split or are renamed from a day, record that instead."
    return form_page(request, "act.html", form, sent, **told)


def _areas(actor: Actor, found: Agency) -> list[tuple[str, str]]:
    rows = queries.areas(actor).filter(partnership=found.partnership_id)
    return [(row.key, row.name) for row in rows]
