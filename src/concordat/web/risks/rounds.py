"""A register's workbook out, the file back, looked at first and taken in then."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from concordat.domain.base.documents.queries import documents_on
from concordat.domain.governance.risks import operations, queries
from concordat.domain.governance.risks.queries import Register
from concordat.domain.governance.risks.rules import life
from concordat.kernel.labels import slug
from concordat.web.risks.facing import Request
from concordat.web.ui.rounds import FileForm, Round
from concordat.web.ui.sending import attached

SALT = "concordat.risks.round"
KEPT = "Risk workbook"
MOST_KEPT = 10


def _register(request: Request, reference: str) -> Register:
    found = queries.register(request.actor, reference)
    life.may_keep(queries.part_on(request.actor, found)).require()
    return found


def round_of(request: Request, reference: str) -> HttpResponse:
    """The workbook to download, and the file that came back; a good one leads to the check."""
    found = _register(request, reference)
    form = FileForm(request.POST or None, request.FILES or None)
    if checked := _round(request, found).looked_at(request, form):
        return checked
    kept = documents_on(request.actor, found.record).filter(record__title__startswith=KEPT)
    told = {
        "register": found,
        "open": queries.listed(request.actor, found).count(),
        "kept": kept[:MOST_KEPT],
        "form": form,
        "back_href": reverse("risks:register", args=[reference]),
    }
    return render(request, "risks/round.html", told, status=422 if form.errors else 200)


def _round(request: Request, register: Register) -> Round:
    reference = register.record.reference
    return Round(
        "risks/check.html",
        SALT,
        "risk",
        lambda data: queries.judged(request.actor, register, data),
        lambda file: operations.bring_back(request.actor, register=register, file=file),
        ("risks:round", reference),
        {"register": register, "takes_href": reverse("risks:bring_back", args=[reference])},
    )


@require_safe
def workbook(request: Request, reference: str) -> HttpResponse:
    found = _register(request, reference)
    made = timezone.now().replace(tzinfo=None, microsecond=0)
    return attached(queries.workbook(request.actor, found, made=made), f"risks-{slug(found.title)}")


def bring_back(request: Request, reference: str) -> HttpResponse:
    """Do what was shown. The file and what came of it are kept."""
    return _round(request, _register(request, reference)).taken_in(request)
