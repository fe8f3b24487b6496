"""What changed in a month, the roadmap on paper, and the roadmap as a workbook."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from concordat.domain.base.records.operations import look
from concordat.domain.governance.programme import queries
from concordat.domain.governance.programme.rules.highlights import Span, month_of, sentence
from concordat.kernel.labels import slug
from concordat.web.programme import facing
from concordat.web.programme.facing import Request
from concordat.web.programme.views import whole
from concordat.web.ui.addresses import address_of

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def highlights(request: Request, reference: str) -> HttpResponse:
    """A highlight report from the rows themselves, ready for a cover paper."""
    actor = request.actor
    found = queries.programme(actor, reference)
    span = _span(request.GET.get("month", ""), actor.on)
    told = queries.highlights(actor, found, span)
    sorts = (
        ("Reached", told.reached, "No milestone was reached."),
        ("Planned again", told.planned_again, "No date moved."),
        ("Accepted", told.accepted, "No product was accepted."),
        ("Decided", told.decided, "No gate was decided."),
        ("In their own words", told.said, "Nobody wrote an update."),
        ("Late today", told.late, "Nothing is late."),
        ("Due in the month after", told.next_up, "Nothing is due."),
    )
    return render(
        request,
        "programme/highlights.html",
        {
            "programme": found,
            "record": found.record,
            "restricted": facing.mark(found.record),
            "links": facing.programme_links(found, "highlights"),
            "span": span,
            "later": span.after if span.last < actor.on else None,
            "sentence": sentence(told),
            "sorts": [
                (title, [(each, address_of(each.kind, each.reference)) for each in rows], empty)
                for title, rows, empty in sorts
            ],
        },
    )


def _span(month: str, today: date) -> Span:
    """The month that the address names, else the month of today."""
    try:
        return month_of(date.fromisoformat(f"{month}-01"))
    except ValueError:
        return month_of(today)


@require_safe
def printed(request: Request, reference: str) -> HttpResponse:
    found = queries.programme(request.actor, reference)
    look(request.actor, record=found.record)
    return render(request, "programme/printed.html", whole(request.actor, found))


@require_safe
def workbook(request: Request, reference: str) -> HttpResponse:
    """The roadmap as a workbook to keep: plan, first plan, what it waits for, and the last word."""
    found = queries.programme(request.actor, reference)
    look(request.actor, record=found.record)
    made = queries.workbook(request.actor, found, made=timezone.now())
    response = HttpResponse(made, content_type=WORKBOOK)
    response["Content-Disposition"] = f'attachment; filename="roadmap-{slug(found.title)}.xlsx"'
    return response
