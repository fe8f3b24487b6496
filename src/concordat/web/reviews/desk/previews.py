"""The report as everybody will read it, for those who clear it, check it and agree to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from concordat.domain.base.records.operations import look
from concordat.domain.practice.reviews import queries
from concordat.domain.practice.reviews.queries import Review
from concordat.domain.practice.reviews.rules.desk import Stage
from concordat.kernel.actor import Actor
from concordat.web.ui.attaching import attached_bytes
from concordat.web.ui.doors import Request

MARK = "Restricted: the review group and those let in"


def shown(actor: Actor, review: Review) -> dict[str, Any]:
    """The page of a report, with what its Word file shows and the page does not. Who read it is
    on the look log."""
    found = queries.preview(actor, review)
    own = None if queries.opens(actor, review) else queries.part_of(actor, review)
    record = own.record if own else review.record
    look(actor, record=record)
    return {
        "shown_in": record,
        "review": review,
        "made": found,
        "newest": queries.newest(actor, review.draft),
        # Ours: every text in it was escaped when it was made.
        "html": mark_safe(found.html) if found else "",  # noqa: S308
    }


@require_safe
def page(request: Request, reference: str) -> HttpResponse:
    """The page that would be published."""
    row = queries.read_before(request.actor, reference)
    told = shown(request.actor, row)
    told |= {"record": told["shown_in"], "mark": MARK}
    told["is_published"] = row.stage_is is Stage.PUBLISHED
    return render(request, "reviews/desk/preview.html", told)


@require_safe
def pdf(request: Request, reference: str) -> HttpResponse:
    """The tagged PDF that would be published."""
    row = queries.read_before(request.actor, reference)
    look(request.actor, record=row.record)
    return attached_bytes(queries.preview_pdf(request.actor, row), f"{reference}-preview", "pdf")
