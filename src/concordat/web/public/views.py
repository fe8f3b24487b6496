"""What a partnership tells everybody: whom to call, who it is, and what it has published."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from concordat.domain.base.documents import queries as documents_
from concordat.domain.base.documents.queries import Publication
from concordat.web.public import facing
from concordat.web.public.anybody import Request, for_anybody

LONGEST_QUESTION = 100
GONE = 410


def _told(request: Request, **more: Any) -> dict[str, Any]:
    return {
        "home": request.home,
        "notes": facing.notes(request.actor, request.home),
        **more,
    }


def _served(request: Request) -> list[Publication]:
    """What is served now: one row a document."""
    rows = documents_.published(request.actor)
    return list(rows.filter(document__record__partnership=request.home.pk))


@for_anybody
def home(request: Request) -> HttpResponse:
    """Whom to call first, then what there is."""
    told = _told(
        request,
        doors=facing.doors(request.actor, request.home),
        published=_served(request),
    )
    return render(request, "public/home.html", told)


@for_anybody
def worried(request: Request) -> HttpResponse:
    """Whom to call about a child, with a quick way off the page."""
    told = _told(request, doors=facing.doors(request.actor, request.home))
    return render(request, "public/worried.html", told)


@for_anybody
def documents(request: Request) -> HttpResponse:
    return render(request, "public/documents.html", _told(request, published=_served(request)))


@for_anybody
def document(request: Request, reference: str) -> HttpResponse:
    """One document that is served; or that it was withdrawn, when and why."""
    rows = documents_.told_to_public(request.actor, request.home.record)
    row = rows.filter(document__record__reference=reference).first()
    if row is None:
        raise Http404
    if row.withdrawn_on:
        return render(request, "public/withdrawn.html", _told(request, row=row), status=GONE)
    return render(request, "public/document.html", _told(request, row=row))


@for_anybody
def accessibility(request: Request) -> HttpResponse:
    return render(request, "public/accessibility.html", _told(request))


@for_anybody
def search(request: Request) -> HttpResponse:
    """What is published, by its words."""
    asked = " ".join(request.GET.get("q", "").split())[:LONGEST_QUESTION]
    told = _told(request, asked=asked, results=_results(request, asked) if asked else [])
    return render(request, "public/search.html", told)


def _results(request: Request, asked: str) -> list[dict[str, str]]:
    """Documents that are served, and what was written for the public."""
    slug = request.home.slug
    found = [
        {
            "title": row.document.record.title,
            "href": reverse("public:document", args=[slug, row.document.record.reference]),
            "text": "",
        }
        for row in _served(request)
        if facing.found_in(asked, row.document.record.title)
    ]
    for each in facing.notes(request.actor, request.home).values():
        note = each["row"]
        title = note.get_topic_display()
        if facing.found_in(asked, title, note.says):
            href = reverse("public:home", args=[slug])
            found.append({"title": title, "href": href, "text": facing.around(note.says, asked)})
    doors = facing.doors(request.actor, request.home)
    rows = [*doors.everywhere, *(door for _, there in doors.by_area for door in there)]
    if any(facing.found_in(asked, door.row.name, door.row.about) for door in rows):
        href = reverse("public:worried", args=[slug])
        found.insert(0, {"title": "Worried about a child?", "href": href, "text": ""})
    return found
