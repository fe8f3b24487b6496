"""The arrangements as published: read, taken along and compared; and who the partners are."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from concordat.craft import formats
from concordat.domain.base.documents import queries as documents
from concordat.domain.base.documents.queries import Publication
from concordat.domain.governance.arrangements import queries
from concordat.domain.governance.arrangements.queries import Edition
from concordat.domain.governance.arrangements.rules import text as rules
from concordat.kernel.labels import slug as named
from concordat.web.public import facing
from concordat.web.public.anybody import Request, for_anybody
from concordat.web.ui import telling

GONE = 410
FIRST = ("plain-words", "young-people")
"""Sections that stand before the whole text."""


def editions(request: Request) -> list[Edition]:
    """What is served now, the newest version first."""
    return queries.published_in(request.actor, request.home)


def _edition(request: Request, reference: str) -> Edition:
    for row in editions(request):
        if row.version.document.record.reference == reference:
            return row
    raise Http404


@for_anybody
def arrangements(request: Request) -> HttpResponse:
    """The newest version; or that there is none yet, or that it was withdrawn and why."""
    served = editions(request)
    if not served:
        return _none(request)
    return _shown(request, served[0], served[1:])


@for_anybody
def version(request: Request, reference: str) -> HttpResponse:
    """Any version that is still served."""
    edition = _edition(request, reference)
    return _shown(request, edition, [row for row in editions(request) if row.pk != edition.pk])


def _none(request: Request) -> HttpResponse:
    """Nothing is served: nothing ever was, or it was withdrawn."""
    rows = documents.told_to_public(request.actor, request.home.record)
    gone: Publication | None = rows.filter(version__edition__isnull=False).first()
    told = {"home": request.home, "notes": facing.notes(request.actor, request.home), "row": gone}
    if gone:
        return render(request, "public/withdrawn.html", told, status=GONE)
    return render(request, "public/not_published.html", told)


def _shown(request: Request, edition: Edition, others: list[Edition]) -> HttpResponse:
    told = queries.told(request.actor, edition)
    sections = telling.sections(told)
    shown = {
        "home": request.home,
        "notes": facing.notes(request.actor, request.home),
        "edition": edition,
        "reference": edition.version.document.record.reference,
        "told": told,
        "as_at": date.fromisoformat(told["as_at"]),
        "summaries": [each for each in sections if each["key"] in FIRST],
        "sections": [each for each in sections if each["key"] not in FIRST],
        "others": others,
        "whole": request.GET.get("whole") == "yes",
    }
    return render(request, "public/arrangements.html", shown)


@for_anybody
def word(request: Request, reference: str) -> HttpResponse:
    """A served version as a Word file, made from exactly what was signed."""
    edition = _edition(request, reference)
    told = queries.told(request.actor, edition)
    made = queries.typeset(request.actor, told, mark="", digest=edition.digest)
    answer = HttpResponse(formats.write(made, "docx"), content_type=formats.MEDIA_TYPES["docx"])
    answer["Content-Disposition"] = f'attachment; filename="{named(told["title"])}.docx"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@for_anybody
def changes(request: Request, reference: str, earlier: str) -> HttpResponse:
    """What is not the same in two versions that are served."""
    new, old = _edition(request, reference), _edition(request, earlier)
    told = [queries.told(request.actor, each) for each in (old, new)]
    shown = {
        "home": request.home,
        "notes": facing.notes(request.actor, request.home),
        "changes": rules.changes(*told),
        "reference": reference,
        "before_head": _headed(told[0]),
        "after_head": _headed(told[1]),
    }
    return render(request, "public/changes.html", shown)


def _headed(told: dict[str, Any]) -> str:
    return told["version"].capitalize() if told["version"] else str(told["title"])


@for_anybody
def who_we_are(request: Request) -> HttpResponse:
    """Partners by their posts and the bodies in force, as they stand in what was published."""
    served = editions(request)
    told = {"home": request.home, "notes": facing.notes(request.actor, request.home)}
    if not served:
        return render(request, "public/not_published.html", told)
    frozen = queries.told(request.actor, served[0])
    told |= {
        "partners": facing.partners(frozen),
        "bodies": facing.bodies(frozen),
        "as_at": date.fromisoformat(frozen["as_at"]),
    }
    return render(request, "public/who_we_are.html", told)
