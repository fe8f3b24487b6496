"""The workbook of a budget: out, and back, looked at first and taken in then."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.documents.queries import documents_on
from concordat.domain.governance.finance import operations, queries
from concordat.domain.governance.finance.queries import Budget
from concordat.kernel.labels import slug
from concordat.web.finance import facing
from concordat.web.finance.facing import Request
from concordat.web.ui.rounds import FileForm, Round
from concordat.web.ui.sending import attached

SALT = "concordat.finance.round"
KEPT = "Budget workbook"
MOST_KEPT = 10


def round_of(request: Request, reference: str) -> HttpResponse:
    """The workbook to download, and the file that came back; a good one leads to the check."""
    found = facing.mine(request, reference)
    form = FileForm(request.POST or None, request.FILES or None)
    if checked := _round(request, found).looked_at(request, form):
        return checked
    kept = documents_on(request.actor, found.record).filter(record__title__startswith=KEPT)
    told = {"budget": found, "record": found.record, "form": form, "kept": kept[:MOST_KEPT],
            "back_href": facing.up(found)}  # fmt: skip
    return render(request, "finance/round.html", told, status=422 if form.errors else 200)


def _round(request: Request, budget: Budget) -> Round:
    reference = budget.record.reference
    return Round(
        "finance/check.html",
        SALT,
        "row",
        lambda data: queries.judged(request.actor, budget, data),
        lambda file: operations.bring_back(request.actor, budget=budget, file=file),
        ("finance:round", reference),
        {"budget": budget, "takes_href": reverse("finance:take_in", args=[reference])},
    )


@require_safe
def workbook(request: Request, reference: str) -> HttpResponse:
    found = queries.budget(request.actor, reference)
    made = queries.workbook(request.actor, found, made=facing.stamp())
    return attached(made, slug(found.title))


def take_in(request: Request, reference: str) -> HttpResponse:
    """Do what was shown. The file and what came of it are kept."""
    return _round(request, facing.mine(request, reference)).taken_in(request)
