"""The merged chronology, one row of it, what stands out, and the files that leave."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.records.operations import look
from concordat.domain.practice.chronologies import queries, rules
from concordat.domain.practice.chronologies.queries import (
    MOST_IN_WORD,
    Chronology,
    Export,
    Sifted,
    Wording,
)
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count
from concordat.web.chronologies import facing
from concordat.web.chronologies.forms import ExportForm, SiftForm
from concordat.web.ui.attaching import attached_bytes
from concordat.web.ui.doors import Request
from concordat.web.ui.sending import Sent, attached, form_page

MOST_TOLD = 200


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
    view = queries.view(actor, row, unsigned=unsigned)
    told = queries.said(actor, row)
    form = _sift_form(request, row)
    rows = queries.sifted(view, told, words, Sifted(**_texts(form)))
    page = facing.page_of(rows, request.GET.get("page"))
    since = facing.since_before(rows)
    shown = facing.frame(actor, row, "merged") | {
        "view": view,
        "page": page,
        "form": form,
        "lines": [
            facing.merged_line(row, number, each, view, told, words)
            | {"since": since.get(number, "")}
            for number, each in page.rows
        ],
        "picture": facing.lanes(rows, told, view),
        "names": names,
        "unsigned": unsigned,
        "may_name": queries.may_name(actor, row),
        "without": [o.contribution.name for o in view.of if o.version is None],
    }
    return render(request, "chronologies/merged.html", shown)


def _sift_form(request: Request, row: Chronology) -> SiftForm:
    asked = queries.contributions(request.actor, row)
    return SiftForm(
        request.GET,
        agencies=[(each.name, each.name) for each in asked],
        themes=[(each, each) for each in row.themes],
        enquiries=[(each, each) for each in row.enquiries],
    )


def _texts(form: SiftForm) -> dict[str, str]:
    return {name: str(text) for name, text in form.chosen.items()}


@require_safe
def found(request: Request, reference: str) -> HttpResponse:
    """What stands out: pairs that may be one event, gaps and silences. Nothing is joined here."""
    actor, row = request.actor, _read(request, reference)
    look(actor, record=row.record, what="read what stands out")
    view, told = queries.view(actor, row), queries.said(actor, row)
    words = queries.wording(actor, row)
    at = {each.arrival: number for number, each in enumerate(view.merged.rows, 1)}
    stem = {each.arrival: view.heard[each.arrival].stem for each in view.merged.rows}
    pairs = []
    for pair in view.merged.duplicates[:MOST_TOLD]:
        both = tuple(sorted((stem[pair.first.arrival], stem[pair.second.arrival])))
        pairs.append(
            {
                "pair": pair,
                "reason": words.put(pair.reason),
                "rows": [
                    (at[each.arrival], stem[each.arrival], queries.worded(each, words))
                    for each in (pair.first, pair.second)
                ],
                "decided": told.decided.get((both[0], both[1])),
            }
        )
    silences = [
        (words.put(each.reason), at[each.known.arrival] if each.known else 0,
         stem[each.known.arrival] if each.known else 0, each)
        for each in view.merged.silences[:MOST_TOLD]
    ]  # fmt: skip
    gaps = [
        (each, at[each.before.arrival], at[each.after.arrival])
        for each in view.merged.gaps[:MOST_TOLD]
    ]
    by_stem = view.by_stem
    decided = [
        (each, by_stem.get(each.first_id, 0), by_stem.get(each.second_id, 0))
        for each in told.pairings
    ]
    shown = facing.frame(actor, row, "found") | {
        "view": view, "pairs": pairs, "silences": silences, "gaps": gaps, "decided": decided,
        "most": MOST_TOLD,
    }  # fmt: skip
    return render(request, "chronologies/found.html", shown)


@require_safe
def row(request: Request, reference: str, pk: int) -> HttpResponse:
    """One row: as its agency tells it, every wording, and what readers said of it."""
    actor = request.actor
    held = queries.chronology(actor, reference)
    entry = queries.entry(actor, held, pk)
    look(actor, record=held.record, what="read a row")
    place = queries.place_in(actor, held)
    own = place.writes(entry.contribution_id)
    words = queries.wording(actor, held)
    put = str if own and not place.reads_all else words.put
    standing = queries.standing(actor, entry)
    shown = facing.frame(actor, held, "") | {
        "entry": entry,
        "standing": standing,
        "wordings": [
            (each, [(title, put(text)) for title, text in facing.told_rows(each.told)])
            for each in queries.wordings(actor, entry)
        ],
        "own": own,
    }
    if place.reads_all:
        told = queries.said(actor, held)
        shown |= {
            "marks": [(mark, put(mark.value), put(mark.words))
                      for mark in told.marks.get(entry.stem, ())],
            "disputes": [(each, put(each.words), put(each.settled))
                         for each in told.disputes.get(entry.stem, ())],
        }  # fmt: skip
    return render(request, "chronologies/row.html", shown)


def export(request: Request, reference: str) -> HttpResponse:
    """Hand out the chronology as a file, looked through for names before it leaves."""
    actor, row = request.actor, _read(request, reference)
    may_name = queries.may_name(actor, row)
    form = ExportForm(request.POST or None, names=may_name, initial={"view": "labels"})
    view = queries.view(actor, row)
    made: Export | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = _made(request, row, view, form.answers())
        except Invalid as problem:
            form.add_faults(problem, {"out": "ending"})
        else:
            if not made.whole and (form.cleaned_data["looked"] or not made.leaks):
                return _handed_out(request, row, made)
            told = (
                "It gives somebody away. See where, below."
                if made.whole
                else ("A single word of a name stands in it. Look at each place, then tick below.")
            )
            form.add_error(None, told)
    shown = facing.frame(actor, row, "export") | {
        "view": view, "leaks": made.leaks if made else [], "may_name": may_name,
        "too_many": len(view.merged.rows) > MOST_IN_WORD, "most": f"{MOST_IN_WORD:,}",
        "told": count(len(view.merged.rows), "row"),
        "back_href": reverse("chronologies:chronology", args=[reference]),
    }  # fmt: skip
    return form_page(request, "chronologies/export.html", form, Sent(), **shown)


def _made(request: Request, row: Chronology, view: Any, told: dict[str, Any]) -> Export:
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
    if ending == "xlsx":
        return attached(made.data, name)
    return attached_bytes(made.data, name, ending)
