"""A partnership's file in and out: chosen, shown with its difference, and only then loaded."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.assurance.exchange import operations, queries
from concordat.domain.assurance.exchange.operations import Loaded
from concordat.domain.assurance.exchange.rules.shape import PartnershipFile
from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count
from concordat.web.exchange import reading
from concordat.web.exchange.forms import CarriedForm, FileForm
from concordat.web.ui.carrying import packed, unpacked
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import Sent, done, form_page, send

MOST_SHOWN = 200
SALT = "concordat.exchange.upload"
WAYS = {
    "zip": ("application/zip", "zip"),
    "workbook": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
    ),
}


class Request(HttpRequest):
    """A request as the middleware leaves it."""

    actor: Actor


@require_safe
def files(request: Request, slug: str) -> HttpResponse:
    """What came in when, and the ways in and out."""
    home = agencies.partnership(request.actor, slug)
    told = {
        "home": home,
        "part": "files",
        "loads": queries.loads(request.actor, home),
        "may_change": bool(can(request.actor, Verb.CHANGE, home.record)),
    }
    return render(request, "exchange/files.html", told)


@require_safe
def export(request: Request, slug: str, way: str) -> HttpResponse:
    """Everything that the partnership says of itself, in the format that loads it again."""
    home = _mine(request, slug)
    if way not in WAYS:
        raise Http404
    file = queries.file_to_take_out(request.actor, [slug]).file
    look(request.actor, record=home.record, what="exported")
    made = reading.as_zip(file) if way == "zip" else reading.as_workbook(file, home.name)
    kind, ending = WAYS[way]
    answer = HttpResponse(made, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{slug}.{ending}"'
    return answer


def _mine(request: Request, slug: str) -> Partnership:
    home = agencies.partnership(request.actor, slug)
    can(request.actor, Verb.CHANGE, home.record).require()
    return home


def bring(request: Request, slug: str) -> HttpResponse:
    """Choose the file; then the difference is shown, and nothing is written."""
    home = _mine(request, slug)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["file"]
        data, name = chosen.read(), str(chosen.name)
        try:
            return _difference(request, home, name, data)
        except Invalid as problem:
            form.add_faults(problem)
    told = {"home": home, "back_href": reverse("exchange:files", args=[slug])}
    return form_page(request, "exchange/bring.html", form, Sent(), **told)


def _difference(request: Request, home: Partnership, name: str, data: bytes) -> HttpResponse:
    file = reading.read(name, data)
    loaded = _previewed(request, home, file)
    form = CarriedForm(initial={"carried": packed(name, data, SALT)})
    return render(request, "exchange/difference.html", _told(home, name, loaded) | {"form": form})


def _previewed(request: Request, home: Partnership, file: PartnershipFile) -> Loaded:
    """What loading would change. A file of another partnership is refused before it is read on."""
    if file.found and not file.slugs:
        raise Invalid(list(file.found))
    if file.slugs != (home.slug,):
        raise Invalid(f"This file is not of {home.name}.", field="file", mend="Choose another.")
    return operations.preview(request.actor, file=file)


def _told(home: Partnership, name: str, loaded: Loaded) -> dict[str, Any]:
    changes = [each for each in loaded.changes if each.verb != "absent"]
    return {
        "home": home,
        "changes": changes[:MOST_SHOWN],
        "more": max(0, len(changes) - MOST_SHOWN),
        "absent": loaded.of("absent")[:MOST_SHOWN],
        "rows": [
            Fact("File", name),
            Fact("Rows read", str(loaded.rows)),
            Fact("Added", str(len(loaded.of("add")))),
            Fact("Amended", str(loaded.amended)),
            Fact("Unchanged", str(loaded.unchanged)),
            Fact("Absent from the file, and kept", str(len(loaded.of("absent")))),
        ],
        "back_href": reverse("exchange:bring", args=[home.slug]),
    }


def load(request: Request, slug: str) -> HttpResponse:
    """Load the file whose difference was shown."""
    home = _mine(request, slug)
    form = CarriedForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return done(request, "Choose the file first.", "exchange:bring", slug)
    name, data = unpacked(form.cleaned_data["carried"], SALT)
    file = reading.read(name, data)
    chosen = operations.Chosen(name, data)
    sent = send(
        request,
        form,
        lambda: operations.bring_in(request.actor, home=home, file=file, chosen=chosen),
    )
    if sent.done:
        words = f"{count(sent.result, 'row')} added or amended. What was absent is kept."
        return done(request, words, "exchange:files", slug)
    told = _told(home, name, _previewed(request, home, file)) | {"form": form}
    return render(request, "exchange/difference.html", told, status=422)
