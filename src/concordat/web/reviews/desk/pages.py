"""The list of reviews, and one page for each part of the work on one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.documents import queries as documents
from concordat.domain.base.recommendations import queries as recommendations
from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import fetch_record
from concordat.domain.base.seats import queries as seats
from concordat.domain.practice.children import queries as children
from concordat.domain.practice.chronologies import queries as chronologies
from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.operations import Commission
from concordat.domain.practice.reviews.queries import Incident, Review
from concordat.domain.practice.reviews.queries import incident_facts as incidents
from concordat.domain.practice.reviews.queries.group import before_groups
from concordat.domain.practice.reviews.rules import Outcome, clearance, methods
from concordat.domain.practice.reviews.rules.desk import OPEN, TERMS, List, Stage
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused, Restricted
from concordat.web.reviews.desk import choosing, facing
from concordat.web.reviews.desk.forms import CommissionForm, GuideForm, MethodForm
from concordat.web.ui.doors import Request
from concordat.web.ui.paging import page_of
from concordat.web.ui.sending import act_page, done, form_page, send


@require_safe
def reviews(request: Request) -> HttpResponse:
    """Every review that the actor may open, those under way first."""
    rows = queries.reviews(request.actor)
    page = page_of(rows, request.GET.get("page"))
    told = {
        "sentence": facing.in_a_sentence(list(rows[:200])),
        "page": page,
        "lines": facing.lines(page.rows, request.actor.on),
        "may_commission": bool(queries.homes(request.actor)),
        "parts": list(queries.parts(request.actor)[:50]),
    }
    return render(request, "reviews/desk/reviews.html", told)


@require_safe
def library(request: Request) -> HttpResponse:
    """The methods that there are, each with what it takes and how sure that is."""
    told = {"methods": facing.methods_used(request.actor)}
    return render(request, "reviews/desk/methods.html", told)


def commission(request: Request) -> HttpResponse:
    """Begin a review: who leads, why, whom it is about by label, who takes part."""
    actor = request.actor
    homes = queries.homes(actor)
    if not homes:
        raise Refused("The secretariat of a partnership commissions a review.")
    listed = choosing.commission_choices(actor, homes)
    origin = request.GET.get("origin", "").strip().upper()
    given = {"partnership": homes[0].reference, "origin": origin, "old_rules": "no"}
    known = given | _decided_there(actor, origin)
    form = CommissionForm(request.POST or None, choices=listed, initial=known)
    sent = send(request, form, lambda: _begin(request, form.answers()))
    if sent.done:
        reference = sent.result.record.reference
        return done(request, "It is begun. Choose its method next.", "desk:choose", reference)
    told = {
        "heading": "Begin a review",
        "explain": "Its record is restricted: only the body that runs it, and those let in, "
        "know that it is there.",
        "button": "Begin the review",
        "back_href": reverse("desk:reviews"),
    }
    return form_page(request, "act.html", form, sent, **told)


def _decided_there(actor: Actor, reference: str) -> dict[str, Any]:
    """What the decision on an incident says already of the review that it asks for."""
    try:
        row = incidents.incident(actor, reference)
    except (Incident.DoesNotExist, Restricted):
        return {}
    decision = incidents.decision_of(actor, row)
    if decision is None:
        return {}
    return {
        "partnership": row.partnership.reference,
        "title": row.child.label if row.child else "",
        "why": decision.why,
        "decided_on": decision.on,
        "area": row.area.key if row.area else "",
        "statutory": "yes" if decision.outcome_is in (Outcome.LOCAL, Outcome.OLD) else "no",
        "old_rules": "yes" if decision.outcome_is is Outcome.OLD else "no",
        "children": [row.child.record.reference] if row.child else [],
    }


def _begin(request: Request, told: dict[str, Any]) -> Review:
    actor = request.actor
    home = fetch_record(actor, told.pop("partnership"))
    bodies = seats.bodies(actor).filter(partnership=home)
    origin = choosing.record_of(actor, told.pop("origin"), "origin")
    decided_by, area, others = told.pop("decided_by"), told.pop("area"), told.pop("partners")
    own = agencies.own_areas(actor, agencies.partnerships(actor).get(pk=home.pk))
    labelled = told.pop("children")
    return operations.commission(
        actor,
        partnership=home,
        told=Commission(
            group=bodies.get(record__reference=told.pop("group")),
            decided_by=bodies.get(record__reference=decided_by) if decided_by else None,
            area=own.get(key=area) if area else None,
            origin=origin,
            statutory=told.pop("statutory") == "yes",
            old_rules=told.pop("old_rules") == "yes",
            children=[children.child(actor, each) for each in labelled],
            partners=[e for e in queries.others(actor, home) if e.reference in others],
            **told,
        ),
    )


def _shown(request: Request, review: Review, page: str, **more: Any) -> HttpResponse:
    look(request.actor, record=review.record)
    told = facing.frame(request.actor, review, page) | more
    return render(request, f"reviews/desk/{page}.html", told)


@require_safe
def review(request: Request, reference: str) -> HttpResponse:
    """One review as it stands; for a seat with a part of its own, that part."""
    try:
        row = queries.review(request.actor, reference)
    except Review.DoesNotExist:
        return _part(request, reference)
    actor = request.actor
    return _shown(
        request, row, "review",
        clocks=facing.clocks(actor, row),
        steps=facing.tracker(actor, row),
        families=queries.families(actor, row),
        partners=queries.partners(actor, row),
        origin=facing.origin(actor, row),
        chronologies=list(chronologies.on_record(actor, row.record)[:20]),
        method=methods.method(row.method),
        bars=clearance.bars(queries.readiness(actor, row), actor.on)
        if row.stage_is is Stage.CLEARANCE
        else [],
        **facing.standing(actor, row),
        is_open=row.stage_is in OPEN,
    )  # fmt: skip


def _part(request: Request, reference: str) -> HttpResponse:
    """What one seat has to do in a review, and nothing else of it."""
    part = queries.part(request.actor, reference)
    look(request.actor, record=part.called.record)
    review = part.called.review
    ready = queries.readiness(request.actor, review)
    told = {
        "part": part,
        "record": part.called.record,
        "mark": "Restricted: your part alone",
        "meta": f"{part.called.seat.role}, {part.called.seat.body.name}",
        "review": review,
        "text": ready.text,
        "now": ready.step if review.stage_is is Stage.CLEARANCE else None,
        "borough": part.borough,
        "words": review.stage_is.label,
        "draft": review.draft if part.clearings or part.checks or part.agreements else None,
    }
    return render(request, "reviews/desk/part.html", told)


@require_safe
def terms(request: Request, reference: str) -> HttpResponse:
    row = queries.review(request.actor, reference)
    found = list(queries.terms(request.actor, row))
    newest = found[0] if found else None
    said = [(each, newest.says.get(each.key, "")) for each in TERMS] if newest else []
    return _shown(request, row, "terms", versions=found, newest=newest, said=said)


@require_safe
def method(request: Request, reference: str) -> HttpResponse:
    """The method with the reason, and its stages planned against actual."""
    row, actor = queries.review(request.actor, reference), request.actor
    chosen = methods.method(row.method)
    answers = [
        (each.text, methods.words(each, row.method_answers[each.key]))
        for each in methods.QUESTIONS
        if row.method_answers.get(each.key)
    ]
    lists = facing.listed(actor, row, List.STAGE, List.CHECKPOINT)
    told = {"chosen": chosen, "answers": answers, "lists": lists,
            "took": chosen.against(row.decided_on, row.ended_on, actor.on) if chosen else "",
            "cost": queries.cost_so_far(actor, row)}  # fmt: skip
    return _shown(request, row, "method", **told)


def choose(request: Request, reference: str) -> HttpResponse:
    """The guided choice: questions, every method with reasons for and against, and a choice."""
    row = queries.review(request.actor, reference)
    if not queries.may_change(request.actor, row):
        raise Refused("Whoever works on this review chooses its method.")
    guide = GuideForm(request.GET)
    answers = {name: str(value) for name, value in guide.chosen.items()} or row.method_answers
    form = MethodForm(
        request.POST or None, seen_version=row.record.version,
        initial={"method": row.method, "why": row.method_why},
    )  # fmt: skip
    return act_page(
        request, form,
        lambda: operations.choose_method(
            request.actor, review=row, answers=answers, seen_version=form.seen, **form.answers()
        ),
        words="The method is chosen, and its stages are laid out.", record=row.record,
        to=("desk:method", reference), template="reviews/desk/choose.html", review=row,
        guide=guide, answered=bool(answers), ranked=facing.ranked(answers),
        back_href=facing.up(row, "method"),
    )  # fmt: skip


@require_safe
def people(request: Request, reference: str) -> HttpResponse:
    row, actor = queries.review(request.actor, reference), request.actor
    works = queries.may_change(actor, row)
    members = [facing.member(row, e, actor.on, works=works) for e in queries.members(actor, row)]
    fees = [{"row": fee, "links": _fee_links(row, fee) if works else []}
            for fee in queries.fees(actor, row)]  # fmt: skip
    partners = queries.partners(actor, row)
    cost = queries.cost_so_far(actor, row)
    return _shown(request, row, "people", members=members, fees=fees, cost=cost, partners=partners)


def _fee_links(row: Review, fee: Any) -> list[Any]:
    if fee.approved_on:
        return []
    return facing.row_links(row, fee, "approve" if fee.invoiced_on else "invoice")


@require_safe
def agency_reports(request: Request, reference: str) -> HttpResponse:
    """The agencies' own reports, and the documents that were asked for."""
    row, actor = queries.review(request.actor, reference), request.actor
    lists = facing.listed(actor, row, List.PAPER)
    return _shown(request, row, "agencies", reports=facing.reports(actor, row), lists=lists)


@require_safe
def report(request: Request, reference: str, pk: int) -> HttpResponse:
    """One agency's report: for the desk, and for the seat that signs it."""
    actor = request.actor
    row = queries.report(actor, reference, pk)
    own = None if queries.opens(actor, row.review) else queries.part_of(actor, row.review)
    told = {
        "report": row,
        "record": row.review.record,
        "mark": facing.MARK,
        "tone": facing.REPORT_TAGS[row.stage_is],
        "words": row.stage_is.label,
        "acts": facing.report_links(actor, row.review, row),
        "newest": queries.newest(actor, row.document),
        "back_href": reverse("desk:review", args=[own.record.reference])
        if own
        else facing.up(row.review, "agencies"),
    }
    return render(request, "reviews/desk/report.html", told)


@require_safe
def voices(request: Request, reference: str) -> HttpResponse:
    """Practitioners with their support, and the family contact plan by label."""
    row, actor = queries.review(request.actor, reference), request.actor
    lists = facing.listed(actor, row, List.PRACTITIONER, List.FAMILY)
    return _shown(request, row, "voices", lists=lists, families=queries.families(actor, row))


@require_safe
def proceedings(request: Request, reference: str) -> HttpResponse:
    row, actor = queries.review(request.actor, reference), request.actor
    works = queries.may_change(actor, row)
    found = [
        {"row": e, "links": facing.row_links(row, e, "ended") if works and not e.ended_on else []}
        for e in queries.proceedings(actor, row)
    ]
    clocks = facing.clocks(actor, row)
    return _shown(request, row, "proceedings", proceedings=found, clocks=clocks)


@require_safe
def findings(request: Request, reference: str) -> HttpResponse:
    """Lines of enquiry with their conclusions, findings, and what was recommended from them."""
    row, actor = queries.review(request.actor, reference), request.actor
    on = queries.may_change(actor, row) and row.stage_is in OPEN

    def told(each: Any, *slugs: str) -> dict[str, Any]:
        return {"row": each, "links": facing.row_links(row, each, *slugs) if on else []}

    return _shown(
        request, row, "findings",
        lines=[told(each, *_of_line(each)) for each in queries.lines(actor, row)],
        findings=[
            told(each, "rests", "amend", "recommend") for each in queries.findings(actor, row)
        ],
        recommended=list(recommendations.from_record(actor, row.record)),
    )  # fmt: skip


def _of_line(line: Any) -> tuple[str, ...]:
    if line.set_aside_why:
        return ()
    return ("point", "conclude") if line.conclusion else ("point", "conclude", "set-aside")


@require_safe
def drafts(request: Request, reference: str) -> HttpResponse:
    """Versions of the report, what was said of them, and what a scan of the newest found."""
    row, actor = queries.review(request.actor, reference), request.actor
    draft = row.draft
    said = list(documents.comments(actor, draft)) if draft else []
    return _shown(
        request, row, "drafts",
        draft=draft,
        versions=list(queries.versions_of(actor, row)) if draft else [],
        round=documents.open_round(actor, draft) if draft else None,
        comments=said,
        leaks=list(queries.leaks(actor, row)),
        lacks=queries.lacks(actor, row) if row.stage_is is Stage.UNDER_WAY else [],
    )  # fmt: skip


@require_safe
def clearing(request: Request, reference: str) -> HttpResponse:
    """The steps in order, advance copies, the two checks, and what the scan found."""
    row, actor = queries.review(request.actor, reference), request.actor
    works = queries.may_change(actor, row)
    leaks = [
        {"row": e, "links": facing.row_links(row, e, "aside")
         if works and not e.certain and not e.aside_why else []}
        for e in queries.leaks(actor, row)
    ]  # fmt: skip
    checks = [
        {"check": e, "links": facing.row_links(row, e.row, "check")
         if e.is_mine and not e.is_in else []}
        for e in queries.checks(actor, row)
    ]  # fmt: skip
    ready = queries.readiness(actor, row)
    return _shown(
        request, row, "clearance",
        steps=facing.steps(actor, row), copies=list(queries.copies(actor, row)), leaks=leaks,
        checks=checks, text=ready.text, newest=queries.newest(actor, row.draft),
        bars=clearance.bars(ready, actor.on) if row.stage_is is Stage.CLEARANCE else [],
        questions=clearance.DISCLOSURE, clocks=facing.clocks(actor, row),
    )  # fmt: skip


@require_safe
def publication(request: Request, reference: str) -> HttpResponse:
    """Where it is published, who agreed, and until when it stays public."""
    row, actor = queries.review(request.actor, reference), request.actor
    put = list(queries.published_here(actor, row))
    there = {each.partnership_id for each in put if not each.down_on}
    works = queries.may_change(actor, row)
    mine = {each.seat for each in actor.seats}
    agreements = [
        {"row": e, "links": _agreement_links(row, e, works, e.seat_id in mine, there)}
        for e in queries.agreements(actor, row)
    ]
    slugs = queries.slugs(actor, put)
    ready = queries.readiness(actor, row)
    return _shown(
        request, row, "publication", agreements=agreements,
        published=[
            {"row": e, "slug": slugs[e.partnership_id],
             "until": clearance.a_year_on(e.published_on),
             "links": facing.row_links(row, e, "down")
             if not e.down_on and queries.may_be_taken_down(actor, e) else []}
            for e in put
        ],
        bars=clearance.bars(ready, actor.on) if row.stage_is is Stage.CLEARANCE else [],
        short_notice=clearance.short_notice(ready) if row.stage_is is Stage.CLEARANCE else "",
    )  # fmt: skip


def _agreement_links(row: Review, each: Any, works: bool, mine: bool, there: set[Any]) -> list[Any]:
    slugs = ["answer"] if mine and each.partnership_id not in there else []
    ready = row.stage_is is Stage.PUBLISHED and each.state_is is clearance.Agreed.AGREED
    if works and ready and each.partnership_id not in there:
        slugs.append("publish-there")
    return facing.row_links(row, each, *slugs)


@require_safe
def learning(request: Request, reference: str) -> HttpResponse:
    """Joint events with who came and what each borough does, and the learning products."""
    row, actor = queries.review(request.actor, reference), request.actor
    works = queries.may_change(actor, row)
    events = [
        {
            "row": each,
            "links": facing.row_links(row, each, "came", "follow") if works else [],
            "came": list(each.attendance.all()),
            "follow_ups": [
                {"row": f, "links": facing.row_links(row, f, "did") if works and not f.done_on
                 else []}
                for f in each.follow_ups.all()
            ],
        }
        for each in queries.events(actor, row)
    ]  # fmt: skip
    lists, groups = facing.listed(actor, row, List.PRODUCT), list(before_groups(actor, row))
    return _shown(request, row, "learning", events=events, lists=lists, groups=groups)
