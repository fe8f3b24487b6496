"""Disagreements between partners: where each stands, what was tried, who decides next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.records.operations import look
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.queries import Dispute
from concordat.domain.governance.meetings.rules import disputes as rules
from concordat.domain.governance.meetings.rules.disputes import Rung, State
from concordat.kernel.actor import Actor, Office
from concordat.kernel.labels import count
from concordat.web.meetings.facing import Request
from concordat.web.meetings.forms import DisputeForm, WordsForm
from concordat.web.ui.forms import ActForm, PageForm, ReasonForm
from concordat.web.ui.parts import Fact, Step
from concordat.web.ui.sending import act_from

TONES = {State.OPEN: "Open", State.SETTLED: "Done", State.WITHDRAWN: "Withdrawn"}


@require_safe
def listed(request: Request) -> HttpResponse:
    """What partners disagree about, and how long each has been open."""
    rows = list(queries.disputes(request.actor))
    open_ = [row for row in rows if row.state == State.OPEN]
    told = {
        "rows": [_row(request.actor, row) for row in rows],
        "sentence": f"{count(len(open_), 'disagreement')} open." if open_ else
        "Partners disagree about nothing that is on record.",
    }  # fmt: skip
    return render(request, "meetings/disputes.html", told)


def _row(actor: Actor, row: Dispute) -> dict[str, Any]:
    return {
        "row": row,
        "href": reverse("meetings:dispute", args=[row.record.reference]),
        "tone": TONES[State(row.state)],
        "rung": _rung(row).title,
        "age": rules.age_in_words(row.record.opened, actor.on, _rung(row), row.rung_due)
        if row.state == State.OPEN
        else row.settlement,
    }


def _rung(row: Dispute) -> Rung:
    title, days, decides = row.ladder[row.rung]
    return Rung(str(title), days, bool(decides))


def new(request: Request, reference: str) -> HttpResponse:
    """Put a disagreement on record with where two partners stand."""
    body = seats.body(request.actor, reference)
    queries.may_run(request.actor, body.record, body.pk).require()
    members = list(queries.members(request.actor, body, request.actor.on))
    choices = [(each.record.reference, each.role) for each in members]
    form = DisputeForm(request.POST or None, seats=choices)
    return act_from(
        request,
        ("seats:body", reference),
        form,
        lambda: _opened(request, body, form, members),
        words="The disagreement is on record. Both seats are asked.",
        to=lambda made: ("meetings:dispute", made.record.reference),
        heading="Put a disagreement on record",
        button="Put it on record",
    )


def _opened(request: Request, body: Any, form: DisputeForm, members: list[Any]) -> Dispute:
    told = form.answers()
    by = {each.record.reference: each for each in members}
    positions = [(by[told[name]], told[f"{name}_says"]) for name in ("one", "other")]
    words = {name: told[name] for name in ("title", "issue", "standard")}
    return operations.open_dispute(request.actor, body=body, positions=positions, **words)


@require_safe
def dispute(request: Request, reference: str) -> HttpResponse:
    found = queries.dispute(request.actor, reference)
    look(request.actor, record=found.record)
    actor = request.actor
    runs = bool(queries.may_run(actor, found.record, found.body_id))
    positions = list(queries.positions_of(actor, found))
    own = {row.pk for row in positions if queries.sits_in(actor, row.seat_id)}
    open_ = found.state == State.OPEN
    told = {
        "dispute": found,
        "record": found.record,
        "tone": TONES[State(found.state)],
        "age": _row(actor, found)["age"],
        "positions": [(row, row.pk in own and not row.agreed_on and open_) for row in positions],
        "tried": [_tried(found, row) for row in queries.tried_of(actor, found)],
        "steps": _steps(found),
        "runs": runs and open_,
        "may_tell": open_ and (runs or bool(own) or actor.holds(Office.SCRUTINEER)),
    }
    return render(request, "meetings/dispute.html", told)


def _steps(found: Dispute) -> list[Step]:
    over = found.state != State.OPEN
    return [
        Step(
            str(title),
            "done" if n < found.rung or (over and n == found.rung)
            else "now" if n == found.rung else "next",
        )
        for n, (title, _, _) in enumerate(found.ladder)
    ]  # fmt: skip


def _tried(found: Dispute, row: Any) -> dict[str, Any]:
    return {"row": row, "rung": found.ladder[row.rung][0]}


def _page(
    request: Request, found: Dispute, form: PageForm, act: Callable[[], object], **told: Any
) -> HttpResponse:
    """A page of one act on a disagreement, which it says and leads back to."""
    at = ("meetings:dispute", found.record.reference)
    return act_from(request, at, form, act, rows=[Fact("Disagreement", found.issue)], **told)


def tell(request: Request, reference: str) -> HttpResponse:
    """Write down what was tried, or the scrutineer's advice."""
    found = queries.dispute(request.actor, reference)
    form = WordsForm(request.POST or None)
    return _page(
        request,
        found,
        form,
        lambda: operations.tell(request.actor, dispute=found, **form.answers()),
        words="It is on record.",
        heading="What was tried or advised",
        button="Put it on record",
    )


def _mine(request: Request, reference: str) -> Dispute:
    found = queries.dispute(request.actor, reference)
    queries.may_run(request.actor, found.record, found.body_id).require()
    return found


def climb(request: Request, reference: str) -> HttpResponse:
    """Carry it up one rung."""
    found = _mine(request, reference)
    form = WordsForm(request.POST or None, seen_version=found.record.version)
    act = lambda: operations.climb(  # noqa: E731
        request.actor, dispute=found, tried=form.answers()["text"], seen_version=form.seen
    )
    return _page(
        request,
        found,
        form,
        act,
        words="It is carried up one rung. Those who differ are asked again.",
        record=found.record,
        heading="What was tried on this rung?",
        button="Carry it up",
    )


def settle(request: Request, reference: str) -> HttpResponse:
    """Record a settlement that all who differ have agreed to."""
    found = _mine(request, reference)
    form = WordsForm(request.POST or None, seen_version=found.record.version)
    act = lambda: operations.settle_dispute(  # noqa: E731
        request.actor, dispute=found, settlement=form.answers()["text"], seen_version=form.seen
    )
    return _page(
        request,
        found,
        form,
        act,
        words="It is settled.",
        record=found.record,
        heading="What was settled?",
        button="Record the settlement",
    )


def withdraw(request: Request, reference: str) -> HttpResponse:
    """End a disagreement that has lost its object."""
    found = _mine(request, reference)
    form = ReasonForm(request.POST or None)
    return _page(
        request,
        found,
        form,
        lambda: operations.withdraw_dispute(request.actor, dispute=found, **form.answers()),
        words="It is withdrawn.",
        heading="Withdraw the disagreement",
        button="Withdraw it",
    )


def agree(request: Request, reference: str, position: int) -> HttpResponse:
    """Agree, for one's own seat, to settle."""
    found = queries.dispute(request.actor, reference)
    row = queries.positions_of(request.actor, found).filter(pk=position).first()
    if row is None or not queries.sits_in(request.actor, row.seat_id):
        raise Http404
    form = ActForm(request.POST or None)
    return _page(
        request,
        found,
        form,
        lambda: operations.agree(request.actor, position=row),
        words="You have agreed to settle it.",
        heading="Agree to settle it",
        button="Agree to settle it",
    )
