"""An agency's round: its workbook out, the file back, looked at first and taken in then."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.actions import operations, queries
from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Agency
from concordat.domain.base.documents.queries import documents_on
from concordat.kernel.labels import slug
from concordat.web.actions import facing
from concordat.web.ui.doors import Request
from concordat.web.ui.rounds import FileForm, Round
from concordat.web.ui.sending import attached

SALT = "concordat.actions.round"
KEPT = "Action round"
MOST_KEPT = 10


def round_of(request: Request, reference: str) -> HttpResponse:
    """What the agency has open, and the file that came back; a good one leads to the check."""
    found = _agency(request, reference)
    form = FileForm(request.POST or None, request.FILES or None)
    if checked := _round(request, found).looked_at(request, form):
        return checked
    told = {
        "agency": found,
        "open": queries.of_agency(request.actor, found).count(),
        "kept": _kept(request, found),
        "contact": queries.contact(request.actor, found),
    }
    return render(
        request, "actions/round.html", told | {"form": form}, status=422 if form.errors else 200
    )


def _round(request: Request, agency: Agency) -> Round:
    reference = agency.record.reference
    return Round(
        "actions/check.html",
        SALT,
        "action",
        lambda data: queries.judged(request.actor, agency, data),
        lambda file: operations.bring_back(request.actor, agency=agency, file=file),
        ("actions:round", reference),
        {"agency": agency, "takes_href": reverse("actions:take_in", args=[reference])},
    )


def _agency(request: Request, reference: str) -> Agency:
    found = agencies.agency(request.actor, reference)
    queries.may_take_round(request.actor, found).require()
    return found


def _kept(request: Request, agency: Agency) -> Any:
    rows = documents_on(request.actor, agency.record)
    return rows.filter(record__title__startswith=KEPT)[:MOST_KEPT]


@require_safe
def workbook(request: Request, reference: str) -> HttpResponse:
    found = _agency(request, reference)
    made = queries.workbook(request.actor, found, made=facing.stamp())
    return attached(made, f"actions-{slug(found.name)}")


def take_in(request: Request, reference: str) -> HttpResponse:
    """Do what was shown. The file and what came of it are kept."""
    return _round(request, _agency(request, reference)).taken_in(request)
