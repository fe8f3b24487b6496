"""Recommendations out as a workbook, and in from a sheet."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.recommendations import operations, queries
from concordat.domain.base.recommendations.rules.sheet import COLUMNS, MOST_LINES, NEEDED
from concordat.domain.base.records.queries import fetch_record
from concordat.kernel.errors import Refused
from concordat.kernel.labels import count
from concordat.web.recommendations import facing
from concordat.web.recommendations.forms import ListForm, SheetForm
from concordat.web.ui.doors import Request
from concordat.web.ui.sending import attached, done, form_page, send

EXAMPLE = {
    "Recommendation": "Health visitors learn of every move between boroughs",
    "Comes from": "review",
    "Source": "Serious case review, published in 2018",
    "Number": "4",
    "Made on": "March 2018",
    "Level": "system",
}


def list_form(request: Request) -> ListForm:
    """The filters of the list, which narrow the workbook too."""
    actor = request.actor
    return ListForm(
        request.GET,
        agencies=[(str(row.pk), row.name) for row in queries.agencies_here(actor)],
        bodies=[(str(row.pk), row.name) for row in queries.bodies_here(actor)],
        seats=[(str(row.pk), f"{row.role} ({row.body.name})") for row in queries.seats_here(actor)],
    )


@require_safe
def workbook(request: Request) -> HttpResponse:
    """The list as it is filtered, to keep, or to add to and bring back."""
    rows = queries.listed(request.actor, **list_form(request).narrowed)
    stamp = timezone.now().replace(tzinfo=None, microsecond=0)
    return attached(queries.workbook(request.actor, rows, made=stamp), "recommendations")


@require_safe
def empty_sheet(request: Request) -> HttpResponse:
    """The columns with one row as an example, to be filled in and brought back."""
    from concordat.craft.tables import write_csv

    _homes(request)
    rows = [list(COLUMNS), [EXAMPLE.get(column, "") for column in COLUMNS]]
    answer = HttpResponse(write_csv(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="recommendations.csv"'
    return answer


def bring(request: Request) -> HttpResponse:
    """Choose the sheet. Every row is read first: with one fault nothing is written."""
    homes = _homes(request)
    form = SheetForm(
        request.POST or None, request.FILES or None, homes=homes,
        initial={"partnership": homes[0][0]},
    )  # fmt: skip
    sent = send(request, form, lambda: _brought(request, form))
    if sent.done:
        words = f"{count(len(sent.result), 'recommendation')} brought in. The sheet is kept."
        return done(request, words, "recommendations:recommendations")
    told = {
        "columns": COLUMNS.items(),
        "needed": NEEDED,
        "most": MOST_LINES,
        "parts": facing.parts("recommendations"),
        "back_href": reverse("recommendations:recommendations"),
    }
    return form_page(request, "recommendations/bring.html", form, sent, **told)


def _brought(request: Request, form: SheetForm) -> object:
    told = form.answers()
    file = told["file"]
    home = fetch_record(request.actor, told["partnership"])
    return operations.bring_in(
        request.actor, partnership=home, file=Upload(str(file.name), file.read())
    )


def _homes(request: Request) -> list[tuple[str, str]]:
    homes = queries.homes(request.actor)
    if not homes:
        raise Refused("Only a chair and the secretariat bring recommendations in.")
    return [(row.reference, row.title) for row in homes]
