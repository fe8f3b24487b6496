"""What a partnership tells everybody: whom to call, who it is, and what it has published."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import strip_tags

from concordat.domain.base.documents import queries as documents_
from concordat.domain.base.documents.queries import Publication
from concordat.domain.governance.arrangements import queries as arrangements
from concordat.domain.governance.policies import queries as policies_
from concordat.domain.practice.reviews import queries as reviews_
from concordat.web.public import facing
from concordat.web.public.anybody import Request, for_anybody
from concordat.web.public.arrangements import editions

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
        arrangements=editions(request)[:1],
    )
    return render(request, "public/home.html", told)


@for_anybody
def worried(request: Request) -> HttpResponse:
    """Whom to call about a child, with a quick way off the page."""
    told = _told(request, doors=facing.doors(request.actor, request.home))
    return render(request, "public/worried.html", told)


@for_anybody
def policies(request: Request) -> HttpResponse:
    """Policies in force that anybody may read, each with its day of review."""
    rows = policies_.public_policies(request.actor, request.home)
    return render(request, "public/policies.html", _told(request, policies=rows))


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
    """Whom to call, the arrangements by section, policies, documents, reviews, notes; in order."""
    found = [*_doors(request), *_text(request), *_policies(request), *_documents(request)]
    found += [*_reviews(request), *_notes(request)]
    return [
        {"title": title, "href": href, "text": facing.around(text, asked) if text else ""}
        for title, href, text in found
        if facing.found_in(asked, title, text)
    ]


Found = tuple[str, str, str]
"""A title, its address, and the words in which it is found."""


def _doors(request: Request) -> Iterator[Found]:
    doors = facing.doors(request.actor, request.home)
    rows = [*doors.everywhere, *(door for _, there in doors.by_area for door in there)]
    words = " ".join(f"{door.row.name} {door.row.about}" for door in rows)
    yield "Worried about a child?", reverse("public:worried", args=[request.home.slug]), words


def _text(request: Request) -> Iterator[Found]:
    """The newest version of the arrangements, section by section."""
    href = reverse("public:arrangements", args=[request.home.slug])
    for edition in editions(request)[:1]:
        told = arrangements.told(request.actor, edition)
        for each in told["sections"]:
            title = f"{told['title']}: {each['title']}"
            yield title, f"{href}#{each['key']}", facing.words_of(each)


def _policies(request: Request) -> Iterator[Found]:
    for row in policies_.public_policies(request.actor, request.home):
        href = reverse("public:policies", args=[request.home.slug])
        yield row.title, f"{href}#{row.reference}", row.summary


def _documents(request: Request) -> Iterator[Found]:
    for row in _served(request):
        record = row.document.record
        yield (
            record.title,
            reverse("public:document", args=[request.home.slug, record.reference]),
            "",
        )


def _reviews(request: Request) -> Iterator[Found]:
    for row in reviews_.told_to_public(request.actor, request.home.record).filter(down_on=None):
        href = reverse("public:review", args=[request.home.slug, row.review.record.reference])
        yield row.title, href, unescape(strip_tags(row.html))


def _notes(request: Request) -> Iterator[Found]:
    for each in facing.notes(request.actor, request.home).values():
        href = reverse("public:home", args=[request.home.slug])
        yield each["row"].get_topic_display(), href, each["row"].says
