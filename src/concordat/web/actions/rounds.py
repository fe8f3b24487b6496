"""An agency's round: its workbook out, the file back, looked at first and taken in then."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.actions import operations, queries
from concordat.domain.base.actions.rules.round import Line
from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Agency
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.documents.queries import documents_on
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count, slug
from concordat.web.actions import facing
from concordat.web.actions.forms import CarriedForm, FileForm
from concordat.web.ui.carrying import packed, unpacked
from concordat.web.ui.doors import Request
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import done, form_page, send

SALT = "concordat.actions.round"
KEPT = "Action round"
MOST_KEPT = 10


def round_of(request: Request, reference: str) -> HttpResponse:
    """What the agency has open, and the file that came back; a good one leads to the check."""
    found = _agency(request, reference)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return _check(request, found, str(file.name), file.read())
        except Invalid as problem:
            form.add_faults(problem)
    told = {
        "agency": found,
        "open": queries.of_agency(request.actor, found).count(),
        "kept": _kept(request, found),
        "contact": queries.contact(request.actor, found),
    }
    return render(
        request, "actions/round.html", told | {"form": form}, status=422 if form.errors else 200
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
    return facing.attached(made, f"actions-{slug(found.name)}")


def _check(request: Request, agency: Agency, name: str, data: bytes) -> HttpResponse:
    """The rows as a table with what was changed and what is wrong. Nothing is written."""
    lines = queries.judged(request.actor, agency, data)
    form = CarriedForm(initial={"carried": packed(name, data, SALT)})
    return render(request, "actions/check.html", _told(agency, lines) | {"form": form})


def _told(agency: Agency, lines: tuple[Line, ...]) -> dict[str, Any]:
    taken = [line for line in lines if line.parts]
    clashes = [line for line in lines if line.clashes and not line.problems]
    wrong = [line for line in lines if line.problems]
    return {
        "agency": agency,
        "lines": [line for line in lines if line.cells or line.problems],
        "taken": taken,
        "rows": [
            Fact("Rows read", str(len(lines))),
            Fact("Not changed", str(sum(not (line.cells or line.problems) for line in lines))),
            Fact("Actions to change", str(len(taken))),
            Fact("Changed here meanwhile, left to you", str(len(clashes))),
            Fact("Left out because of a problem", str(len(wrong))),
        ],
        "back_href": reverse("actions:round", args=[agency.record.reference]),
    }


def take_in(request: Request, reference: str) -> HttpResponse:
    """Do what was shown. The file and what came of it are kept."""
    found = _agency(request, reference)
    form = CarriedForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return done(request, "Choose the file first.", "actions:round", reference)
    name, data = unpacked(form.cleaned_data["carried"], SALT)
    file = Upload(name, data)
    sent = send(
        request, form, lambda: operations.bring_back(request.actor, agency=found, file=file)
    )
    if sent.done:
        words = f"{count(sent.result, 'action')} changed. The file and what came of it are kept."
        return done(request, words, "actions:round", reference)
    told = _told(found, queries.judged(request.actor, found, data))
    return form_page(request, "actions/check.html", form, sent, **told)
