"""The merged chronology, one row of it, what stands out, and the files that leave."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.craft.long_tables import MOST_IN_WORD
from concordat.domain.base.records.operations import look
from concordat.domain.practice.chronologies import queries, rules
from concordat.domain.practice.chronologies.queries import (
    Chronology,
    Export,
    Offered,
    Sifted,
    View,
    Wording,
)
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count
from concordat.web.chronologies import facing
from concordat.web.chronologies.forms import ExportForm, SiftForm
from concordat.web.ui.attaching import attached_as, attached_bytes
from concordat.web.ui.doors import Request, also_by_link
from concordat.web.ui.sending import Sent, attached, form_page


def _read(request: Request, reference: str) -> Chronology:
    """A chronology for whoever reads all of it."""
    row = queries.chronology(request.actor, reference)
    rules.may_read_all(queries.place_in(request.actor, row)).require()
    return row


def _words(request: Request, row: Chronology, *, names: bool) -> Wording:
    """The reader's words; a look with names is noted on the chronology and on each key."""
    words = queries.wording(request.actor, row, names=names)
    if names:
        look(request.actor, record=row.record, what="read with names")
        for child in queries.subjects(request.actor, row):
            look(request.actor, record=child.key, what="read names in a chronology")
    return words


@require_safe
def merged(request: Request, reference: str) -> HttpResponse:
    """Every row that agencies signed off, in one order, by label unless names are asked for."""
    actor, row = request.actor, _read(request, reference)
    names, unsigned = "names" in request.GET, "unsigned" in request.GET
    look(actor, record=row.record, what="read the merged chronology")
    words = _words(request, row, names=names)
    view, told = queries.view(actor, row, unsigned=unsigned), queries.said(actor, row)
    form = _sift_form(request, row, queries.offered(actor, row, view, told, words))
    if not (may_name := queries.may_name(actor, row)):
        del form.fields["names"]
    rows = queries.sifted(actor, view, told, words, Sifted(**form.sought))
    asked = request.GET.get("page")
    shown = facing.frame(actor, row, "merged") | {
        **facing.merged_page(row, rows, asked, view, told, words),
        "form": form,
        "names": names,
        "unsigned": unsigned,
        "may_name": may_name,
        "by_name": _with(request, names="yes"),
        "by_label": _with(request, names=""),
        "signed_alone": _with(request, unsigned=""),
        "with_unsigned": _with(request, unsigned="yes"),
    }
    return render(request, "chronologies/merged.html", shown)


def _sift_form(request: Request, row: Chronology, found: Offered) -> SiftForm:
    return SiftForm(
        request.GET,
        offered={
            "agency": [each.name for each in queries.contributions(request.actor, row)],
            "person": found.children,
            "adult": found.adults,
            "theme": found.themes,
            "enquiry": found.enquiries,
        },
    )


def _with(request: Request, **changed: str) -> str:
    """This page with the same filters, read otherwise: an empty text leaves a word out."""
    query = request.GET.copy()
    for name, text in changed.items():
        query.pop(name, None)
        if text:
            query[name] = text
    query.pop("page", None)
    return f"?{query.urlencode()}"


@require_safe
def found(request: Request, reference: str) -> HttpResponse:
    """What stands out: pairs that may be one event, gaps and silences. Nothing is joined here."""
    actor, row = request.actor, _read(request, reference)
    look(actor, record=row.record, what="read what stands out")
    view, told = queries.view(actor, row), queries.said(actor, row)
    words = queries.wording(actor, row)
    shown = facing.frame(actor, row, "found") | {"view": view}
    shown |= facing.standing_out(view, told, words)
    return render(request, "chronologies/found.html", shown)


@also_by_link
@require_safe
def row(request: Request, reference: str, pk: int) -> HttpResponse:
    """One row: as its agency tells it, every wording, and what readers said of it."""
    actor = request.actor
    held = queries.chronology(actor, reference)
    entry = queries.entry(actor, held, pk)
    look(actor, record=held.record, what="read a row")
    place = queries.place_in(actor, held)
    put = queries.wording(actor, held).put if place.reads_all else str
    shown = facing.frame(actor, held, "") | {
        "entry": entry,
        "standing": queries.standing(actor, entry),
        "wordings": [
            (each, facing.worded(each.told, put), facing.placed(each.place, put), put(each.why))
            for each in queries.wordings(actor, entry)
        ],
        "own": place.writes(entry.contribution_id),
    }
    if place.reads_all:
        shown |= facing.said_of(entry, queries.said(actor, held), put)
    return render(request, "chronologies/row.html", shown)


def export(request: Request, reference: str) -> HttpResponse:
    """Hand out the chronology as a file, looked through for names before it leaves."""
    actor, row = request.actor, _read(request, reference)
    names = queries.may_name(actor, row)
    form = ExportForm(request.POST or None, names=names, initial={"view": "labels"})
    view = queries.view(actor, row)
    made: Export | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = _made(request, row, view, form.answers())
        except Invalid as problem:
            form.add_faults(problem, {"out": "ending"})
    if made and (why := _held_back(made, looked=form.cleaned_data["looked"])):
        form.add_error(None, why)
    elif made:
        return _handed_out(request, row, made)
    if not (made and made.leaks):
        del form.fields["looked"]
    shown = facing.frame(actor, row, "export") | _of_export(view, made, reference)
    return form_page(request, "chronologies/export.html", form, Sent(), **shown)


def _held_back(made: Export, *, looked: bool) -> str:
    """Why a file may not leave, or nothing."""
    if made.whole:
        return "It gives somebody away. See where, below."
    if made.leaks and not looked:
        return "A single word of a name stands in it. Look at each place, then tick below."
    return ""


def _of_export(view: View, made: Export | None, reference: str) -> dict[str, Any]:
    return {
        "view": view,
        "leaks": made.leaks if made else [],
        "too_many": len(view.merged.rows) > MOST_IN_WORD,
        "most": f"{MOST_IN_WORD:,}",
        "told": count(len(view.merged.rows), "row"),
        "back_href": reverse("chronologies:chronology", args=[reference]),
    }


def _made(request: Request, row: Chronology, view: View, told: dict[str, Any]) -> Export:
    actor = request.actor
    words = _words(request, row, names=told["view"] == "names")
    day = actor.on
    return queries.export(
        actor, row, view, queries.said(actor, row), words, told["ending"],
        made=datetime(day.year, day.month, day.day, tzinfo=UTC),
    )  # fmt: skip


def _handed_out(request: Request, row: Chronology, made: Export) -> HttpResponse:
    name, _, ending = made.name.rpartition(".")
    look(request.actor, record=row.record, what=f"took out {name.rpartition('-')[2]} as .{ending}")
    if made.ending == "zip":
        return attached_as(made.data, f"{name}.zip", "application/zip")
    if ending == "xlsx":
        return attached(made.data, name)
    return attached_bytes(made.data, name, ending)
