"""What changed in a month, the roadmap on paper, and the workbook that goes out and comes back."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from concordat.craft import formats
from concordat.domain.base.documents.queries import documents_on
from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.programme import operations, queries
from concordat.domain.governance.programme.queries import Programme
from concordat.domain.governance.programme.rules.highlights import (
    Change,
    Highlights,
    Span,
    month_of,
    sentence,
    sorts,
)
from concordat.kernel.labels import slug
from concordat.web.programme import facing
from concordat.web.programme.facing import Request
from concordat.web.programme.views import whole
from concordat.web.ui.addresses import address_of
from concordat.web.ui.attaching import attached as attached_document
from concordat.web.ui.rounds import FileForm, Round
from concordat.web.ui.sending import attached

SALT = "concordat.programme.round"
KEPT = "Roadmap workbook"
MOST_KEPT = 10


@require_safe
def highlights(request: Request, reference: str) -> HttpResponse:
    """A highlight report from the rows themselves, ready for a cover paper."""
    found = queries.programme(request.actor, reference)
    span = _span(request.GET.get("month", ""), request.actor.on)
    told = queries.highlights(request.actor, found, span)
    page = {
        "programme": found,
        "record": found.record,
        "restricted": facing.mark(found.record),
        "links": facing.programme_links(found, "highlights"),
        "span": span,
        "later": span.after if span.last < request.actor.on else None,
        "sentence": sentence(told),
        "sorts": _sorts(told),
        "files": [(words, form) for form, words in formats.NAMES.items() if form != "html"],
    }
    return render(request, "programme/highlights.html", page)


def _sorts(told: Highlights) -> list[tuple[str, list[tuple[Change, str]], str]]:
    """What changed, sort by sort, each thing with where it leads."""
    return [
        (title, [(each, address_of(each.kind, each.reference)) for each in rows], empty)
        for title, rows, empty in sorts(told)
    ]


@require_safe
def highlights_file(request: Request, reference: str, form: str) -> HttpResponse:
    """The same report as a file to hand on."""
    found = queries.programme(request.actor, reference)
    if form not in formats.MEDIA_TYPES:
        raise Http404
    look(request.actor, record=found.record)
    span = _span(request.GET.get("month", ""), request.actor.on)
    made = queries.highlights_document(request.actor, found, span)
    return attached_document(made, f"highlights-{slug(found.title)}-{span.key}", form)


def _span(month: str, today: date) -> Span:
    """The month that the address names, else the month of today."""
    try:
        day = date.fromisoformat(f"{month}-01")
    except ValueError:
        return month_of(today)
    return month_of(day if day.year in YEARS else today)


YEARS = range(1900, 2200)
"""Years whose months have a page."""


@require_safe
def printed(request: Request, reference: str) -> HttpResponse:
    found = queries.programme(request.actor, reference)
    look(request.actor, record=found.record)
    return render(request, "programme/printed.html", whole(request.actor, found))


@require_safe
def workbook(request: Request, reference: str) -> HttpResponse:
    """The roadmap as a workbook: to keep, or to fill in and bring back."""
    found = queries.programme(request.actor, reference)
    look(request.actor, record=found.record)
    made = timezone.now().replace(tzinfo=None, microsecond=0)
    return attached(
        queries.workbook(request.actor, found, made=made), f"roadmap-{slug(found.title)}"
    )


def round_of(request: Request, reference: str) -> HttpResponse:
    """The workbook to download, and the file that came back; a good one leads to the check."""
    found = _mine(request, reference)
    form = FileForm(request.POST or None, request.FILES or None)
    if checked := _round(request, found).looked_at(request, form):
        return checked
    kept = documents_on(request.actor, found.record).filter(record__title__startswith=KEPT)
    told = {
        "programme": found,
        "kept": kept[:MOST_KEPT],
        "form": form,
        "back_href": facing.up(found),
    }
    return render(request, "programme/round.html", told, status=422 if form.errors else 200)


def bring_back(request: Request, reference: str) -> HttpResponse:
    """Do what was shown. The file and what came of it are kept."""
    return _round(request, _mine(request, reference)).taken_in(request)


def _mine(request: Request, reference: str) -> Programme:
    found = queries.programme(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    return found


def _round(request: Request, found: Programme) -> Round:
    reference = found.record.reference
    return Round(
        "programme/check.html",
        SALT,
        "milestone",
        lambda data: queries.judged(request.actor, found, data),
        lambda file: operations.bring_back(request.actor, programme=found, file=file),
        ("programme:round", reference),
        {
            "programme": found,
            "wrong": "Mend this",
            "takes_href": reverse("programme:bring_back", args=[reference]),
        },
    )
