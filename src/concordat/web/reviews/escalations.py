"""Disagreements about a child: the log, one of them stage by stage, the policy, and figures."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies.queries import Agency
from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import Record, fetch_record
from concordat.domain.base.seats.queries import Seat
from concordat.domain.practice.reviews.operations import escalations as operations
from concordat.domain.practice.reviews.operations.escalations import Raised
from concordat.domain.practice.reviews.queries import Escalation, EscalationPolicy, EscalationStep
from concordat.domain.practice.reviews.queries import escalations as queries
from concordat.domain.practice.reviews.queries.referrals import (
    homes,
    run_by,
    speaks_for_an_agency,
)
from concordat.domain.practice.reviews.rules import escalations as rules
from concordat.domain.practice.reviews.rules.escalations import EscalationState
from concordat.kernel.calendar import WorkingDays
from concordat.kernel.errors import Refused
from concordat.web.reviews import learning_acts
from concordat.web.reviews.escalations_acts import ACTS, OF
from concordat.web.reviews.escalations_forms import PolicyForm, RaiseForm
from concordat.web.reviews.referrals_acts import choices_of, seat_of
from concordat.web.ui.doors import Request
from concordat.web.ui.paging import page_of
from concordat.web.ui.parts import Link, Moment
from concordat.web.ui.sending import done, form_page, send

_TONES = {EscalationState.SETTLED: "Done", EscalationState.WITHDRAWN: "Withdrawn"}


def line(row: Escalation, today: date) -> dict[str, Any]:
    step = next((each for each in row.steps.all() if each.number == row.number), None)
    late = bool(step and row.state_is is EscalationState.OPEN and step.is_late(today))
    return {
        "escalation": row,
        "href": reverse("reviews:escalation", args=[row.record.reference]),
        "tone": "Overdue" if late else _TONES.get(row.state_is, "Open"),
        "words": "Stage overdue" if late else row.get_outcome_display() or row.state_is.label,
        "stage": rules.stage_in_words(row.number, len(row.policy)),
        "due": step.due if step and row.state_is is EscalationState.OPEN else None,
    }


@require_safe
def escalations(request: Request) -> HttpResponse:
    """The log: what is open at which stage, and how the others came out."""
    actor = request.actor
    rows = queries.escalations(actor)
    page = page_of(rows, request.GET.get("page"))
    told = {
        "page": page,
        "lines": [line(row, actor.on) for row in page.rows],
        "sentence": queries.in_a_sentence(actor, rows),
        "parts": learning_acts.parts("escalations"),
        "runs": bool(run_by(actor)),
        "speaks": speaks_for_an_agency(actor),
    }
    return render(request, "reviews/escalations.html", told)


def _step(row: EscalationStep, today: date, days: WorkingDays) -> dict[str, Any]:
    return {
        "row": row,
        "used": rules.days_used(row.from_day, row.ended_on or today, days),
        "late": row.is_late(today),
    }


@require_safe
def escalation(request: Request, reference: str) -> HttpResponse:
    """One disagreement: what it is about, each stage with its days, and how it came out."""
    actor = request.actor
    row = queries.escalation(actor, reference)
    look(actor, record=row.record)
    days = queries.working_days(actor, row.partnership)
    told_row = line(row, actor.on)
    told = {
        **told_row,
        "steps": [_step(each, actor.on, days) for each in queries.steps(actor, row)],
        "left": row.policy[row.number :],
        "links": learning_acts.around(row.record.reference, "Disagreement", told_row["href"]),
        "acts": _offered(request, row),
        "moments": [Moment(t.what, t.on, t.by, t.words) for t in queries.turns(actor, row)],
    }
    return render(request, "reviews/escalation.html", told)


def _offered(request: Request, row: Escalation) -> list[Link]:
    acts = learning_acts.offered(ACTS, OF, row, queries.part_in(request.actor, row))
    last = not rules.may_go_further(row.number, row.policy)
    return [act for act in acts if not (last and act.text == "Take it further")]


@require_safe
def figures(request: Request) -> HttpResponse:
    """How many by stage and outcome, with no small number told."""
    actor = request.actor
    here = homes(actor)
    found = queries.figures_of(actor, here)
    told = {
        "homes": [(home, found[home.pk]) for home in here if home.pk in found],
        "parts": learning_acts.parts("escalation_figures"),
    }
    return render(request, "reviews/figures.html", told)


_SPEAKS_FOR_NONE = (
    "You cannot raise one from here: none of your seats speaks for an agency. Whoever disagrees "
    "raises it, from the seat of their own agency."
)
_RAISE = {
    "heading": "Raise a disagreement about a child",
    "explain": "For practitioners of two agencies who disagree on what a child needs. Where a "
    "child is in danger now, act first. Disputes between partners have a page of their own.",
    "button": "Raise it",
}


def raise_it(request: Request) -> HttpResponse:
    """Raise a disagreement, on one page."""
    here = homes(request.actor)
    people = [seat for home in here for seat in queries.people_of(request.actor, home)]
    own = learning_acts.own_seats(request.actor, here)
    others = {r.record.reference: r for h in here for r in queries.others(request.actor, h)}
    choices = {
        "partnership": [(row.reference, row.title) for row in here],
        "other": [(reference, row.name) for reference, row in others.items()],
        "theirs": choices_of(people),
        "own": choices_of(own),
    }
    first = {"partnership": here[0].reference} if here else {}
    form = RaiseForm(request.POST or None, choices=choices, initial=first)
    sent = send(request, form, lambda: _raised(request, form.answers(), people, others, own))
    if sent.done:
        reference = sent.result.record.reference
        return done(request, "It is raised. They are asked.", "reviews:escalation", reference)
    back = {"back_href": reverse("reviews:escalations")}
    if not speaks_for_an_agency(request.actor):
        back["explain"] = _SPEAKS_FOR_NONE
    return form_page(request, "act.html", form, sent, **(_RAISE | back))


def _raised(
    request: Request, told: dict[str, Any], people: list[Seat], others: dict[str, Agency],
    own: list[Seat],
) -> Escalation:  # fmt: skip
    home = fetch_record(request.actor, told.pop("partnership"))
    theirs = seat_of(people, told.pop("theirs"))
    assert theirs  # noqa: S101 - it was offered
    seat = seat_of(own, told.pop("own", ""))
    raised = Raised(seat=seat, other=others[told.pop("other")], theirs=theirs, **told)
    return operations.raise_it(request.actor, partnership=home, raised=raised)


_EXPLAIN = "No law sets stages or days. What is open keeps the stages it began with."
_START = f"{_EXPLAIN} The stages below are a start, and nobody’s until you set them."


def policy(request: Request) -> HttpResponse:
    """Set the stages of the policy and their working days."""
    here = run_by(request.actor)
    if not here:
        raise Refused("The secretariat sets the policy.")
    home = _chosen(request, here)
    stands = queries.policy(request.actor, home)
    form = _policy_form(request, here, home, stands)
    sent = send(request, form, lambda: _policed(request, home, form), record=home)
    if sent.done:
        return done(request, "The policy is set from today.", "reviews:escalations")
    told = {
        "heading": "Set the policy for disagreements",
        "explain": _EXPLAIN if stands else _START,
        "button": "Set the policy",
        "back_href": reverse("reviews:escalations"),
    }
    return form_page(request, "act.html", form, sent, **told)


def _policy_form(
    request: Request, here: list[Record], home: Record, stands: EscalationPolicy | None
) -> PolicyForm:
    first = {
        "partnership": home.reference,
        "stages": rules.text_of(stands.told if stands else rules.SUGGESTED),
        "source": stands.source if stands else "",
    }
    choices = {"partnership": [(row.reference, row.title) for row in here]}
    posted = request.POST or None
    return PolicyForm(posted, choices=choices, initial=first, seen_version=home.version)


def _policed(request: Request, home: Record, form: PolicyForm) -> EscalationPolicy:
    told = form.answers()
    return operations.set_policy(
        request.actor,
        partnership=home,
        stages=rules.stages_of(told["stages"]),
        source=told["source"],
        seen_version=form.seen,
    )


def _chosen(request: Request, here: list[Record]) -> Record:
    asked = request.POST.get("partnership") or request.GET.get("partnership", "")
    return next((home for home in here if home.reference == asked), here[0])
