"""Planning a year for one or several bodies, and who is wanted by several of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.queries import Body
from concordat.domain.base.seats.rules.rhythm import words_of
from concordat.domain.governance.diaries import operations, queries, rules
from concordat.domain.governance.diaries.operations import Wish
from concordat.domain.governance.diaries.queries import PlannedMeeting, YearPlan
from concordat.domain.governance.diaries.rules import PlanState, School, Span
from concordat.domain.governance.meetings import operations as meetings
from concordat.domain.governance.meetings.queries import Meeting, meetings_from
from concordat.kernel.calendar import add_months
from concordat.web.diaries import facing
from concordat.web.diaries.facing import Request
from concordat.web.diaries.forms import YearForm
from concordat.web.ui.forms import ActForm, ReasonForm
from concordat.web.ui.parts import Fact, Link
from concordat.web.ui.sending import act_page, done, form_page, send

FAIR = 2
"""How much the burden of the worst-off person weighs against the sum of all prices."""


def begin(request: Request, slug: str) -> HttpResponse:
    """Ask for a plan of the bodies of a partnership."""
    home = facing.home_of(request, slug, to_change=True)
    bodies = queries.plannable(request.actor, home.record)
    form = YearForm(
        request.POST or None,
        bodies=[(each.record.reference, each.name, _rhythm(each)) for each in bodies],
        initial=_first(request, home),
    )
    names = {"rhythm": "title", "bodies": "title", "last": "last"}
    sent = send(request, form, partial(_plan, request, home, bodies, form), names=names)
    if sent.done:
        words = "The plan is being worked out. Open this page again in a few seconds."
        return done(request, words, "diaries:plan", sent.result.record.reference)
    told = {
        "heading": "Plan a year of meetings",
        "explain": "Say how often each body meets. A day without a quorum is never planned; "
        "everything else is weighed, and what each date costs is shown.",
        "button": "Work out a plan",
        "back_href": reverse("diaries:diaries"),
    }
    return form_page(request, "act.html", form, sent, **told)


def _rhythm(body: Body) -> str:
    """The body's own rhythm where a plan can be made from it."""
    told = words_of(body.rhythm) if body.rhythm else ""
    return told if told.startswith("every ") and " to " not in told else ""


def _first(request: Request, home: Partnership) -> dict[str, Any]:
    on = request.actor.on
    first = add_months(on.replace(day=1), 1)
    last = add_months(first, 12)
    return {
        "title": f"Meetings from {first:%B %Y}",
        "first": first,
        "last": date.fromordinal(last.toordinal() - 1),
    }


def _plan(request: Request, home: Partnership, bodies: list[Body], form: YearForm) -> YearPlan:
    told, rhythms = form.cleaned_data, form.rhythms()
    shared = {
        name: told[name] for name in ("length", "begins", "ends", "tolerance", "least", "papers")
    }
    wishes = [
        Wish(body=each, rhythm=rhythms[each.record.reference], **shared)
        for each in bodies
        if each.record.reference in rhythms
    ]
    return operations.plan_year(
        request.actor,
        partnership=home.record,
        title=told["title"],
        first=told["first"],
        last=told["last"],
        wishes=wishes,
        school=School(told["school"]),
        fairness=FAIR if told["fair"] else 0,
    )


@require_safe
def plan(request: Request, reference: str) -> HttpResponse:
    """A plan as it stands: being worked out, with its dates and prices, or why there is none."""
    found = queries.plan(request.actor, reference)
    became = {each.engagement_id: each for each in meetings_from(request.actor, found.record)}
    rows = [_row(each, became) for each in queries.meetings_of(request.actor, found)]
    told = {
        "plan": found,
        "record": found.record,
        "state": found.stage.label,
        "tone": facing.PLAN_TONES[found.stage],
        "stage": found.stage,
        "working": found.stage is PlanState.WORKING,
        "may_change": bool(can(request.actor, Verb.CHANGE, found.record)),
        "may_adopt": found.stage is PlanState.PLANNED,
        "over": found.stage is PlanState.WITHDRAWN,
        "rows": rows,
        "without": sum(not row["when"] for row in rows),
        "facts": _facts(request, found),
        "burdens": [(name, weight) for name, weight in found.burdens.items() if weight],
        "links": _links(found),
    }
    return render(request, "diaries/plan.html", told)


def _row(meeting: PlannedMeeting, became: Mapping[int | None, Meeting]) -> dict[str, Any]:
    when = ""
    if meeting.start and meeting.end:
        span = Span(rules.minute_of(meeting.start), rules.minute_of(meeting.end))
        when = rules.in_words(span)
    return {
        "meeting": meeting,
        "became": became.get(meeting.engagement_id) if meeting.engagement_id else None,
        "when": when,
        "prices": [f"{words} ({price})" for words, price in meeting.prices],
        "price": sum(price for _, price in meeting.prices),
    }


def _facts(request: Request, found: YearPlan) -> list[Fact]:
    facts = [Fact(name, rhythm) for name, rhythm in queries.wished(request.actor, found)]
    facts.append(Fact("School holidays", School(found.school).label))
    if found.price is None or found.bound is None:
        return facts
    off = found.price - found.bound
    share = f"{100 * off / found.price:.1f} %" if found.price else "0 %"
    proof = "Proven: no plan costs less" if off <= 0 else f"At most {share} from the best"
    told = f"{found.price:,}; no plan is under {found.bound:,}"
    return [
        Fact("Found", found.found_by.capitalize()),
        Fact("Price", told),
        Fact("Gap", proof),
        *facts,
    ]


def _links(found: YearPlan) -> list[Link]:
    reference = found.record.reference
    return [
        Link("Plan", reverse("diaries:plan", args=[reference]), current=True),
        Link("History", reverse("records:history", args=[reference])),
        Link("About", reverse("records:record", args=[reference])),
    ]


def _held(request: Request, reference: str) -> YearPlan:
    found = queries.plan(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    return found


def adopt(request: Request, reference: str) -> HttpResponse:
    found = _held(request, reference)
    form = ActForm(request.POST or None, seen_version=found.record.version)
    sent = send(
        request,
        form,
        lambda: meetings.adopt_plan(request.actor, plan=found, seen_version=form.seen),
        record=found.record,
    )
    if sent.done:
        words = "The plan is adopted. Each member gets one letter with all of their dates."
        return done(request, words, "diaries:plan", reference)
    rows = queries.meetings_of(request.actor, found)
    told = {
        "heading": "Adopt this plan",
        "rows": [
            Fact("Dates", sum(row.start is not None for row in rows)),
            Fact("Meetings without a date", sum(row.start is None for row in rows)),
        ],
        "seal": "Adopt the plan",
        "lasting": "Every date goes into people’s diaries. A date can be moved later by itself.",
        "back_href": reverse("diaries:plan", args=[reference]),
    }
    return form_page(request, "diaries/adopt.html", form, sent, **told)


def withdraw(request: Request, reference: str) -> HttpResponse:
    found = _held(request, reference)
    form = ReasonForm(request.POST or None, seen_version=found.record.version)
    return act_page(
        request,
        form,
        lambda: meetings.withdraw_plan(
            request.actor, plan=found, seen_version=form.seen, **form.answers()
        ),
        words="The plan is withdrawn.",
        to=("diaries:plan", reference),
        record=found.record,
        heading="Withdraw this plan",
        explain="Dates that it fixed are called off, and whoever was invited is told.",
        button="Withdraw the plan",
        back_href=reverse("diaries:plan", args=[reference]),
    )


@require_safe
def rivals(request: Request, slug: str) -> HttpResponse:
    """Which bodies want the same people in the coming year."""
    home = facing.home_of(request, slug)
    first = request.actor.on
    last = add_months(first, 12)
    rows = queries.rivals(request.actor, home.record, first=first, last=last)
    return render(
        request, "diaries/rivals.html", {"home": home, "rows": rows, "first": first, "last": last}
    )
