"""Lists of recommendations, one of them, what we were told before, and bodies at work."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.recommendations import queries, rules
from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import fetch_record, title_for
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.base.seats import queries as seats
from concordat.web.recommendations import acts, facing, sheets
from concordat.web.recommendations.forms import SearchForm, UpdateForm
from concordat.web.ui.addresses import address_of
from concordat.web.ui.doors import Request
from concordat.web.ui.paging import page_of


@require_safe
def recommendations(request: Request) -> HttpResponse:
    """What was recommended, by whom it is owed and how far it is; the sentence first."""
    actor = request.actor
    form = sheets.list_form(request)
    rows = queries.listed(actor, **form.narrowed)
    page = page_of(rows, request.GET.get("page"))
    told = {
        "form": form,
        "page": page,
        "lines": facing.lines(page.rows, actor.on),
        "sentence": queries.in_a_sentence(actor, rows),
        "apart": queries.apart(actor, rows),
        "parts": facing.parts("recommendations"),
        "may_draft": bool(queries.homes(actor)),
        "query": request.GET.urlencode(),
    }
    return render(request, "recommendations/recommendations.html", told)


@require_safe
def recommendation(request: Request, reference: str) -> HttpResponse:
    """One recommendation: how it stands, what it asks, what was measured and said."""
    row = queries.recommendation(request.actor, reference)
    look(request.actor, record=row.record)
    told = facing.face(request.actor, row)
    told["acts"] = acts.offered(row, told["part"])
    texts = {link.text for link in told["acts"]}
    form = UpdateForm(seen_version=row.record.version) if acts.ACTS[0].link in texts else None
    return render(request, "recommendations/recommendation.html", told | {"form": form})


@require_safe
def told_before(request: Request, reference: str) -> HttpResponse:
    """Have we been told this before? What is like one of them, with the words that both say."""
    row = queries.recommendation(request.actor, reference)
    look(request.actor, record=row.record, what="looked for what is like")
    same = queries.same_as(request.actor, row)
    told = {
        **facing.line(row, request.actor.on, others=len(same)),
        "same": same,
        "alike": queries.told_before(request.actor, row),
        "may_link": bool(rules.may_link(queries.part_in(request.actor, row))),
        "back_href": facing.up(row),
    }
    return render(request, "recommendations/told_before.html", told)


@require_safe
def before(request: Request) -> HttpResponse:
    """What came back, year by year, and a search over all that one may see."""
    actor, form = request.actor, SearchForm(request.GET)
    typed = str(form.chosen.get("q", ""))
    told = {
        "form": form,
        "typed": typed,
        "alike": queries.like(actor, typed) if typed else [],
        "strands": page_of(queries.repeated(actor), request.GET.get("page")),
        "years": queries.by_year(actor),
        "parts": facing.parts("before"),
    }
    return render(request, "recommendations/before.html", told)


@require_safe
def bodies(request: Request) -> HttpResponse:
    """Bodies that work drafts, decide and judge, with what waits for each."""
    rows = [facing.loaded(load) for load in queries.loads(request.actor)]
    due = [row["load"].body.name for row in rows if row["load"].is_due]
    told = {"rows": rows, "due": due, "parts": facing.parts("bodies")}
    return render(request, "recommendations/bodies.html", told)


@require_safe
def body(request: Request, reference: str) -> HttpResponse:
    """What one body is to work on, to decide and to judge, and whether that calls for a meeting."""
    found = seats.body(request.actor, reference)
    page = page_of(queries.waiting_for(request.actor, found), request.GET.get("page"))
    told = {
        "body": found,
        "load": queries.load_of(request.actor, found),
        "rule": queries.caseload(request.actor, found),
        "page": page,
        "lines": facing.lines(page.rows, request.actor.on),
        "may_set": queries.leads_any(request.actor, found.partnership_id),
        "parts": facing.parts("bodies"),
    }
    return render(request, "recommendations/body.html", told)


@require_safe
def agency(request: Request, reference: str) -> HttpResponse:
    """What is addressed to one agency, or owned by a post of it."""
    found = agencies.agency(request.actor, reference)
    rows = queries.addressed_to(request.actor, found)
    page = page_of(rows, request.GET.get("page"))
    told = {
        "agency": found,
        "sentence": queries.in_a_sentence(request.actor, rows),
        "page": page,
        "lines": facing.lines(page.rows, request.actor.on),
    }
    return render(request, "recommendations/agency.html", told)


@require_safe
def on(request: Request, reference: str) -> HttpResponse:
    """What came from one record."""
    found = fetch_record(request.actor, reference)
    look(request.actor, record=found, what="listed the recommendations of")
    page = page_of(queries.from_record(request.actor, found), request.GET.get("page"))
    told = {
        "record": found,
        "title": title_for(request.actor, found),
        "kind": RecordKind(found.kind).label,
        "own": address_of(found.kind, found.reference),
        "page": page,
        "lines": facing.lines(page.rows, request.actor.on),
        "may_draft": queries.may_draft_from(request.actor, found),
    }
    return render(request, "recommendations/on.html", told)
