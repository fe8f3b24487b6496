"""A disagreement about money: put on record, agreed, carried up the ladder, settled."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.finance import operations, queries
from concordat.domain.governance.finance.operations.disputing import Says
from concordat.domain.governance.finance.queries import Budget, Claim, FundingDispute
from concordat.domain.governance.finance.rules.disputes import (
    State,
    age_in_words,
    apart,
    may_agree,
    may_settle,
)
from concordat.domain.governance.meetings import queries as meetings
from concordat.domain.governance.meetings.rules.disputes import State as OnLadder
from concordat.web.finance import facing
from concordat.web.finance.facing import Request, choices, chosen
from concordat.web.finance.forms import (
    SIDES,
    CarryForm,
    DisputeForm,
    WordsForm,
)
from concordat.web.ui.forms import ActForm, ReasonForm
from concordat.web.ui.parts import Fact

PAGE = "finance:dispute"


def new(request: Request, reference: str) -> HttpResponse:
    """Put a disagreement about a budget on record, with where two or three agencies stand."""
    found = facing.mine(request, reference)
    agencies = queries.payers(request.actor, found)
    formulas = list(queries.formulas(request.actor, found))
    named = choices(agencies, "name")
    wanted = choices(formulas, "title")
    form = DisputeForm(
        request.POST or None,
        choices=dict.fromkeys(SIDES, named) | {f"{side}_formula": wanted for side in SIDES},
        initial={"needed": queries.sum_to_share(request.actor, found)},
    )
    send = lambda: _opened(request, found, form, agencies, formulas)  # noqa: E731
    told = facing.of_budget(found, "Put a disagreement about money on record", "Put it on record")
    return facing.sending.act_page(
        request, form, send, words="The disagreement is on record.",
        to=lambda made: (PAGE, made.record.reference), names={"claims": "other"}, **told,
    )  # fmt: skip


def _opened(
    request: Request, found: Budget, form: DisputeForm, agencies: list[Any], formulas: list[Any]
) -> FundingDispute:
    told = form.answers()
    claims = [
        Says(
            chosen(agencies, told[side]),
            told[f"{side}_says"],
            offers=told[f"{side}_offers"],
            formula=chosen(formulas, told[f"{side}_formula"]),
        )
        for side in form.sides
    ]
    words = {name: told[name] for name in ("title", "issue", "standard", "needed")}
    return operations.open_dispute(request.actor, budget=found, claims=claims, **words)


@require_safe
def dispute(request: Request, reference: str) -> HttpResponse:
    """Who says what, on what standard, for how long, and where it stands on the ladder."""
    actor = request.actor
    found = queries.dispute(actor, reference)
    look(actor, record=found.record)
    claims = list(queries.claims_of(actor, found))
    state = State(found.state)
    offers = [each.offers for each in claims if each.offers is not None]
    changes = bool(can(actor, Verb.CHANGE, found.record))
    told = {
        "found": found,
        "record": found.record,
        "budget": found.budget,
        "tone": facing.DISPUTED[state],
        "state": state.label,
        "age": age_in_words(found.record.opened, found.ended_on or actor.on),
        "apart": apart(offers, found.needed),
        "claims": [(each, _may_agree(actor, found, each)) for each in claims],
        "settlement": _settlement(found, state),
        "ladder": queries.ladder(actor, found.budget),
        "open": state in (State.OPEN, State.CARRIED) and changes,
        "may_propose": state is State.OPEN and changes,
        "may_settle": changes and _may_settle(found, claims),
    }
    return render(request, "finance/dispute.html", told)


def _settlement(found: FundingDispute, state: State) -> dict[str, Any]:
    """What is proposed while it is open, or how it ended: under which words, by whom and when."""
    if found.ended_on:
        return {"title": "How it ended", "by": found.ended_by, "on": found.ended_on, "tone": "done"}
    title = "Proposed settlement" if state is State.OPEN else "Proposed before it was carried up"
    return {"title": title, "by": found.proposed_by, "on": found.proposed_on, "tone": "plain"}


def _may_settle(found: FundingDispute, claims: list[Claim]) -> bool:
    """Whether the page offers to record it as settled: where that can be done now."""
    if found.carried_to:
        return found.ended_on is None and found.carried_to.state == OnLadder.SETTLED
    names = [each.agency.name for each in claims]
    agreed = [each.agency.name for each in claims if each.agreed_on]
    return found.state == State.OPEN and bool(may_settle(found.settlement, names, agreed))


def _may_agree(actor: Any, found: FundingDispute, claim: Claim) -> bool:
    waits = found.state == State.OPEN and bool(may_agree(found.settlement, bool(claim.agreed_on)))
    return waits and bool(queries.may_agree(actor, claim))


def _mine(request: Request, reference: str) -> FundingDispute:
    found = queries.dispute(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    return found


def _told(found: FundingDispute, heading: str, button: str) -> dict[str, Any]:
    return {
        "heading": heading,
        "button": button,
        "rows": [Fact("Disagreement", f"{found.record.reference} {found.record.title}")],
        "back_href": reverse(PAGE, args=[found.record.reference]),
    }


def agree(request: Request, reference: str, claim: int) -> HttpResponse:
    """Agree to what is proposed, in its words, for the agency that one sits for."""
    found = queries.dispute(request.actor, reference)
    row = queries.claims_of(request.actor, found).filter(pk=claim).first()
    if row is None:
        raise Http404
    row.dispute = found
    queries.may_agree(request.actor, row).require()
    form = ActForm(request.POST or None, seen_version=found.fingerprint)
    send = lambda: operations.agree_claim(  # noqa: E731
        request.actor, claim=row, seen_version=form.seen
    )
    told = _told(found, f"Agree for {row.agency.name}", "Agree to this settlement")
    told["rows"] += [Fact("Proposed settlement", found.settlement or "None is proposed yet")]
    return facing.act(request, form, send, "Your agency has agreed to this settlement.",
                      (PAGE, reference), row=found, **told)  # fmt: skip


def propose(request: Request, reference: str) -> HttpResponse:
    """Write down how it might be settled, for each agency to agree to."""
    found = _mine(request, reference)
    form = WordsForm(request.POST or None, seen_version=found.record.version,
                     initial={"settlement": found.settlement})  # fmt: skip
    send = lambda: operations.propose_settlement(  # noqa: E731
        request.actor, dispute=found, seen_version=form.seen, **form.answers()
    )
    told = _told(found, "Propose a settlement", "Propose it")
    if found.settlement:
        told["rows"] += [Fact("What changes", "Agencies that agreed before are asked again")]
    return facing.act(request, form, send, "It is proposed. Each agency is asked.",
                      (PAGE, reference), record=found.record, **told)  # fmt: skip


def settle(request: Request, reference: str) -> HttpResponse:
    """Record that it is settled, in the words that every agency agreed to."""
    found = _mine(request, reference)
    form = ActForm(request.POST or None, seen_version=found.record.version)
    send = lambda: operations.settle_dispute(  # noqa: E731
        request.actor, dispute=found, seen_version=form.seen
    )
    told = _told(found, "Record that it is settled", "Record it")
    words = found.carried_to.settlement if found.carried_to else found.settlement
    told["rows"] += [Fact("Settlement", words or "None is proposed yet")]
    return facing.act(request, form, send, "It is settled.", (PAGE, reference),
                      record=found.record, **told)  # fmt: skip


def withdraw(request: Request, reference: str) -> HttpResponse:
    found = _mine(request, reference)
    form = ReasonForm(request.POST or None, seen_version=found.record.version)
    send = lambda: operations.withdraw_dispute(  # noqa: E731
        request.actor, dispute=found, seen_version=form.seen, **form.answers()
    )
    told = _told(found, "Withdraw the disagreement", "Withdraw it")
    return facing.act(request, form, send, "It is withdrawn.", (PAGE, reference),
                      record=found.record, **told)  # fmt: skip


def carry_up(request: Request, reference: str, body: str) -> HttpResponse:
    """Put it on the first rung of a body's ladder, with the seats that speak for each side."""
    found = _mine(request, reference)
    there = facing.body_of(request.actor, body, found)
    members = list(meetings.members(request.actor, there, request.actor.on))
    claims = list(queries.claims_of(request.actor, found))
    named = [(each.record.reference, each.role) for each in members]
    form = CarryForm(
        request.POST or None,
        agencies=[each.agency.name for each in claims],
        seats=named,
        seen_version=found.record.version,
    )

    def send() -> FundingDispute:
        by = {each.record.reference: each for each in members}
        sides = zip(form.seats, claims, strict=True)
        positions = [(by[seat], each.says) for seat, each in sides]
        return operations.carry_up(
            request.actor, dispute=found, body=there, positions=positions, seen_version=form.seen
        )

    told = _told(found, f"Carry it up to {there.name}", "Carry it up")
    return facing.act(request, form, send, "It is on the ladder.", (PAGE, reference),
                      record=found.record, names={"positions": "other"}, **told)  # fmt: skip


@require_safe
def carry(request: Request, reference: str) -> HttpResponse:
    """Choose the body on whose ladder it goes."""
    found = _mine(request, reference)
    bodies = facing.ladders(request.actor, found)
    told = {"found": found, "record": found.record, "bodies": bodies,
            "back_href": reverse(PAGE, args=[reference])}  # fmt: skip
    return render(request, "finance/carry.html", told)
