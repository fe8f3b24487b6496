"""Published reviews, and what a review is, told to families, staff and agencies."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from concordat.domain.practice.reviews import queries
from concordat.domain.practice.reviews.queries import PublishedReview
from concordat.domain.practice.reviews.rules.clearance import a_year_on
from concordat.web.public import facing
from concordat.web.public.anybody import Request, for_anybody
from concordat.web.ui.attaching import attached_bytes

GONE = 410


def _told(request: Request, **more: Any) -> dict[str, Any]:
    notes = facing.notes(request.actor, request.home)
    return {"home": request.home, "notes": notes, **more}


@for_anybody
def reviews(request: Request) -> HttpResponse:
    """Every review that is published here; one that was taken down says so."""
    rows = list(queries.told_to_public(request.actor, request.home.record))
    newest = list({row.review_id: row for row in reversed(rows)}.values())[::-1]
    return render(request, "public/reviews.html", _told(request, rows=newest))


@for_anybody
def about(request: Request) -> HttpResponse:
    """What a review is and what happens when, for families, staff and agencies."""
    return render(request, "public/about_reviews.html", _told(request))


def _row(request: Request, reference: str) -> PublishedReview:
    row = queries.public_review(request.actor, request.home.record, reference)
    if row is None:
        raise Http404
    return row


@for_anybody
def review(request: Request, reference: str) -> HttpResponse:
    """One review as a page; or that it was taken down, and the notice in its place."""
    row = _row(request, reference)
    if row.down_on:
        return render(request, "public/review_down.html", _told(request, row=row), status=GONE)
    told = _told(
        request,
        row=row,
        # Ours: every text in it was escaped when it was made.
        html=mark_safe(row.html),  # noqa: S308
        until=a_year_on(row.published_on),
    )
    return render(request, "public/review.html", told)


@for_anybody
def pdf(request: Request, reference: str) -> HttpResponse:
    """The same as a tagged PDF."""
    row = _row(request, reference)
    if row.down_on:
        raise Http404
    return attached_bytes(queries.public_pdf(request.actor, row), reference, "pdf")
