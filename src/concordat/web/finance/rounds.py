"""The workbook of a budget: out, and back, looked at first and taken in then."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.documents.queries import documents_on
from concordat.domain.governance.finance import operations, queries
from concordat.domain.governance.finance.queries import Budget
from concordat.domain.governance.finance.rules.workbook import Line
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count, slug
from concordat.web.finance import facing
from concordat.web.finance.facing import Request
from concordat.web.finance.forms import CarriedForm, FileForm
from concordat.web.ui.carrying import packed, unpacked
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import done, form_page, send

SALT = "concordat.finance.round"
KEPT = "Budget workbook"
MOST_KEPT = 10


def round_of(request: Request, reference: str) -> HttpResponse:
    """The workbook to download, and the file that came back; a good one leads to the check."""
    found = facing.mine(request, reference)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return _check(request, found, str(file.name), file.read())
        except Invalid as problem:
            form.add_faults(problem)
    kept = documents_on(request.actor, found.record).filter(record__title__startswith=KEPT)
    told = {"budget": found, "record": found.record, "form": form, "kept": kept[:MOST_KEPT],
            "back_href": facing.up(found)}  # fmt: skip
    return render(request, "finance/round.html", told, status=422 if form.errors else 200)


@require_safe
def workbook(request: Request, reference: str) -> HttpResponse:
    found = queries.budget(request.actor, reference)
    made = queries.workbook(request.actor, found, made=facing.stamp())
    return facing.attached(made, slug(found.title))


def _check(request: Request, found: Budget, name: str, data: bytes) -> HttpResponse:
    """The rows as a table with what was changed and what is wrong. Nothing is written."""
    lines = queries.judged(request.actor, found, data)
    form = CarriedForm(initial={"carried": packed(name, data, SALT)})
    return render(request, "finance/check.html", _told(found, lines) | {"form": form})


def _told(found: Budget, lines: tuple[Line, ...]) -> dict[str, Any]:
    taken = [line for line in lines if line.taken]
    return {
        "budget": found,
        "lines": [line for line in lines if line.cells or line.problems],
        "taken": taken,
        "rows": [
            Fact("Rows read", str(len(lines))),
            Fact("Rows to change or add", str(len(taken))),
            Fact("Changed here meanwhile, left to you", str(sum(bool(e.clashes) for e in lines))),
            Fact("Left out because of a problem", str(sum(bool(e.problems) for e in lines))),
        ],
        "back_href": reverse("finance:round", args=[found.record.reference]),
        "takes_href": reverse("finance:take_in", args=[found.record.reference]),
    }


def take_in(request: Request, reference: str) -> HttpResponse:
    """Do what was shown. The file and what came of it are kept."""
    found = facing.mine(request, reference)
    form = CarriedForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return done(request, "Choose the file first.", "finance:round", reference)
    name, data = unpacked(form.cleaned_data["carried"], SALT)
    file = Upload(name, data)
    sent = send(
        request, form, lambda: operations.bring_back(request.actor, budget=found, file=file)
    )
    if sent.done:
        words = f"{count(sent.result, 'row')} taken over. The file and what came of it are kept."
        return done(request, words, "finance:budget", reference)
    told = _told(found, queries.judged(request.actor, found, data))
    return form_page(request, "finance/check.html", form, sent, **told)
