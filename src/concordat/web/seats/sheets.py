"""Many seats from one sheet, in four pages; nothing is written before the last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.assurance.exchange import operations
from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries
from concordat.domain.base.seats.rules import sheet
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count
from concordat.web.seats.facing import Request
from concordat.web.seats.forms import BringInForm, ProblemsForm, SheetForm
from concordat.web.ui.carrying import packed, unpacked
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import Sent, done, form_page, send

Rows = list[tuple[int, Mapping[str, str]]]
SALT = "concordat.seats.sheet"
EXAMPLE = (
    ("Executive", "Delegate for health", "voting", "delegate", "An integrated care board", "",
     "Chief nurse", "Deputy chief nurse", "2026-04-01"),
)  # fmt: skip


@require_safe
def empty_sheet(request: Request, slug: str) -> HttpResponse:
    """The columns with a finished example, to be filled in and brought back."""
    from concordat.craft.tables import write_csv

    agencies.partnership(request.actor, slug)
    answer = HttpResponse(
        write_csv([list(sheet.COLUMNS), *EXAMPLE]), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="seats.csv"'
    return answer


def bring(request: Request, slug: str) -> HttpResponse:
    """The first page takes the file; the others carry its rows along until the last writes."""
    home = agencies.partnership(request.actor, slug)
    can(request.actor, Verb.CHANGE, home.record).require()
    if "rows" not in request.POST:
        return _choose(request, home)
    form = BringInForm(request.POST)
    if not form.is_valid():
        return _choose(request, home)
    lines = sheet.lines(_rows(form.cleaned_data["rows"]), _known(request, home))
    return _page(request, home, lines, form)


def _choose(request: Request, home: Partnership) -> HttpResponse:
    """Page one: choose the file. A good one leads to page two at once."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = form.cleaned_data["file"]
            name, data = str(chosen.name), chosen.read()
            rows = read(name, data)
        except Invalid as problem:
            form.add_faults(problem)
        else:
            lines = sheet.lines(rows, _known(request, home))
            return _shown(request, home, lines, packed(name, data, SALT))
    told = {"home": home, "columns": sheet.COLUMNS.items()}
    return form_page(request, "seats/sheet_file.html", form, Sent(), **told)


def _page(
    request: Request, home: Partnership, lines: list[sheet.Line], form: BringInForm
) -> HttpResponse:
    carried = form.cleaned_data["rows"]
    page, choice = form.cleaned_data["page"], form.cleaned_data["choice"]
    wrong = [line for line in lines if line.problems]
    if page == "rows" and wrong:
        return _problems(request, home, lines, carried, ProblemsForm())
    if page == "problems" and choice not in ("leave out", "mend"):
        asked = ProblemsForm({"form_key": form.key})
        return _problems(request, home, lines, carried, asked)
    if choice == "mend":
        return _choose_again(request, home)
    good = [line for line in lines if not line.problems]
    return _sealed(request, home, lines, good, form)


def _choose_again(request: Request, home: Partnership) -> HttpResponse:
    told = {"home": home, "columns": sheet.COLUMNS.items(), "again": True}
    return form_page(request, "seats/sheet_file.html", SheetForm(), Sent(), **told)


def _shown(
    request: Request, home: Partnership, lines: list[sheet.Line], carried: str
) -> HttpResponse:
    """Page two: the rows as a table, with problems marked."""
    told = _told(home, lines) | {"form": BringInForm.carrying(carried, "rows")}
    return render(request, "seats/sheet_rows.html", told)


def _problems(
    request: Request, home: Partnership, lines: list[sheet.Line], carried: str, form: ProblemsForm
) -> HttpResponse:
    """Page three: what to do with the rows that have a problem."""
    told = _told(home, lines) | {"carried": BringInForm.carrying(carried, "problems")}
    return form_page(request, "seats/sheet_problems.html", form, Sent(), **told)


def _sealed(
    request: Request,
    home: Partnership,
    lines: list[sheet.Line],
    good: list[sheet.Line],
    form: BringInForm,
) -> HttpResponse:
    """Page four: the counts, and the one button that writes."""
    if form.cleaned_data["page"] == "sealed":
        sent = send(request, form, lambda: _bring_in(request, home, lines, form))
        if sent.done:
            words = f"{count(len(sent.result), 'seat')} added. The sheet is kept under Files."
            return done(request, words, "arrangements:structure", home.slug)
    posts = {told for line in good for told in (line.holder, line.deputy) if told}
    rows = [
        Fact("Rows read", str(len(lines))),
        Fact("Seats to add", str(len(good))),
        Fact("Rows left out", str(len(lines) - len(good))),
        Fact("Posts that sit in them", str(len(posts))),
    ]
    sealing = BringInForm.carrying(form.cleaned_data["rows"], "sealed")
    told = {"home": home, "rows": rows, "form": sealing, "problem": form.errors, "none": not good}
    return render(request, "seats/sheet_check.html", told)


def _bring_in(
    request: Request, home: Partnership, lines: list[sheet.Line], form: BringInForm
) -> object:
    file = Upload(*unpacked(form.cleaned_data["rows"], SALT))
    return operations.bring_in_seats(request.actor, home=home, lines=lines, file=file)


def _told(home: Partnership, lines: list[sheet.Line]) -> dict[str, Any]:
    wrong = [line for line in lines if line.problems]
    return {
        "home": home,
        "lines": lines,
        "wrong": wrong,
        "back_href": reverse("seats:bring", args=[home.slug]),
    }


def read(name: str, data: bytes) -> Rows:
    """The rows of a sheet that somebody chose. Raises `Invalid` for what cannot be taken."""
    from concordat.craft import excel, sniff
    from concordat.craft.tables import headed, read_csv

    kind = sniff.look_at(name, data, kinds=("xlsx", "csv")).extension
    grid = excel.read(data)[0] if kind == "xlsx" else read_csv(data, name)
    entries = headed(grid, needed=sheet.NEEDED)
    if not entries:
        raise Invalid("The sheet has a head and no rows.", field="file")
    if len(entries) > sheet.MOST_LINES:
        mend = "Bring it in parts."
        raise Invalid(f"The sheet has more than {sheet.MOST_LINES} rows.", field="file", mend=mend)
    return [
        (each.row + 1, {name: _text(value) for name, value in each.values().items()})
        for each in entries
    ]


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _rows(carried: str) -> Rows:
    """The rows of the file that the form carried along: it is judged again on every page."""
    name, data = unpacked(carried, SALT)
    return read(name, data)


def _known(request: Request, home: Partnership) -> sheet.Known:
    bodies = queries.bodies(request.actor).filter(partnership=home.pk)
    listed = agencies.agencies(request.actor).filter(partnership=home.pk)
    seats = queries.seats(request.actor).filter(partnership=home.pk, to_text="")
    return sheet.Known(
        bodies={row.name.casefold(): row.name for row in bodies},
        agencies={row.name.casefold(): row.name for row in listed},
        seats={(row.body.name.casefold(), row.role.casefold()) for row in seats},
    )
