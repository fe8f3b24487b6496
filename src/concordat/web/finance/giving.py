"""A contribution: asked for, pledged, agreed by a decision, invoiced, received."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.finance import operations, queries, rules
from concordat.domain.governance.finance.queries import Contribution
from concordat.domain.governance.finance.rules import BudgetState, Stage
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.labels import day_in_words
from concordat.web.finance import facing
from concordat.web.finance.facing import Request, choices, chosen
from concordat.web.finance.forms import (
    AgreeForm,
    AskAgainForm,
    ContributionForm,
    DecisionForm,
    DescribeContributionForm,
    MoneyMovedForm,
    PledgeForm,
)
from concordat.web.ui import sending
from concordat.web.ui.forms import ReasonForm
from concordat.web.ui.parts import Step

PAGE = "finance:contribution"


def add(request: Request, reference: str) -> HttpResponse:
    """Ask an agency for one of its sources, or enter other income."""
    found = facing.mine(request, reference)
    actor = request.actor
    agencies = list(queries.agencies_that_give(actor, found.partnership))
    matters = list(queries.matters(actor, found.partnership.partnership_row))
    named = {"agency": choices(agencies, "name"),
             "matter": choices(matters, "title")}  # fmt: skip
    form = ContributionForm(request.POST or None, choices=named)

    def send() -> Contribution:
        told = _facts(form, matters)
        agency = chosen(agencies, told.pop("agency"))
        fund = told.pop("fund")
        return operations.add_contribution(
            actor, budget=found, agency=agency, fund=fund, facts=told
        )

    told = facing.of_budget(found, "Ask for a contribution", "Ask for it")
    return sending.act_page(
        request, form, send, words="It is on record, and the agency’s seats are asked.",
        to=lambda made: (PAGE, made.record.reference), **told,
    )  # fmt: skip


def _facts(form: Any, matters: list[Any]) -> dict[str, Any]:
    told: dict[str, Any] = form.answers()
    due = told["report_due"]
    return told | {
        "matter": chosen(matters, told["matter"]),
        "report_due": due.iso() if isinstance(due, UncertainDate) else "",
    }


@require_safe
def contribution(request: Request, reference: str) -> HttpResponse:
    """How far it has come, the decision behind it, and who could authorise it."""
    actor = request.actor
    found = queries.contribution(actor, reference)
    look(actor, record=found.record)
    who = queries.authorising(actor, found)
    told = {
        "found": found,
        "record": found.record,
        "budget": found.budget,
        "sums": facing.sums_of(found),
        "steps": _steps(found),
        "tone": facing.STAGES[found.stage],
        "stage": found.stage.label,
        "authorising": who,
        "purse": queries.purse_of(actor, found),
        "who_tone": facing.ANSWERS.get(who.answer, "Draft") if who.answer else "Draft",
        "who_said": facing.SAID[who.answer],
        "on": day_in_words(actor.on),
        "matter": found.matter or (found.budget.matter if found.budget else None),
        "ended": found.stage in rules.income.ENDED,
        "lacks": rules.income.lacks_decision(found.sums, decided=found.decision_id is not None),
        **_may(actor, found),
    }
    return render(request, "finance/contribution.html", told)


def _steps(found: Contribution) -> list[Step]:
    if found.stage not in rules.income.LADDER:
        return [Step(each.label) for each in rules.income.LADDER]
    at = rules.income.LADDER.index(found.stage)
    whole = found.stage is Stage.RECEIVED and not found.sums.outstanding
    return [
        Step(each.label, "done" if n < at or whole else "now" if n == at else "next")
        for n, each in enumerate(rules.income.LADDER)
    ]


def _may(actor: Actor, found: Contribution) -> dict[str, bool]:
    """Which acts the actor may do next."""
    open_ = found.budget is None or found.budget.stage is not BudgetState.CLOSED
    changes = open_ and bool(can(actor, Verb.CHANGE, found.record))
    states = rules.CONTRIBUTION_STATES
    answers = can(actor, Verb.ANSWER, found.record) & queries.may_pledge(actor, found)
    return {
        "may_change": changes,
        "may_pledge": open_ and bool(answers) and bool(states.verdict(found.stage, "pledge")),
        "may_decline": open_ and bool(answers) and bool(states.verdict(found.stage, "decline")),
        "may_withdraw": changes and bool(states.verdict(found.stage, "withdraw")),
        "may_ask_again": changes and bool(states.verdict(found.stage, "ask again")),
        "may_agree": changes and bool(states.verdict(found.stage, "agree")),
        "may_invoice": changes and bool(states.verdict(found.stage, "invoice")),
        "may_receive": changes and bool(states.verdict(found.stage, "receive")),
    }


def _mine(request: Request, reference: str) -> Contribution:
    found = queries.contribution(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    return found


def describe(request: Request, reference: str) -> HttpResponse:
    found = _mine(request, reference)
    matters = list(queries.matters(request.actor, found.partnership.partnership_row))
    names = ("fund", "amount", "in_kind", "in_kind_value", "conditions", "report_due")
    held = {name: getattr(found, name) for name in names}
    held["matter"] = found.matter.key if found.matter else ""
    form = DescribeContributionForm(
        request.POST or None, initial=held, seen_version=found.record.version,
        choices={"matter": choices(matters, "title")},
    )  # fmt: skip
    send = lambda: operations.describe_contribution(  # noqa: E731
        request.actor, contribution=found, facts=_facts(form, matters), seen_version=form.seen
    )
    told = facing.of_contribution(found, "Change what is asked", "Save it")
    return facing.act(request, form, send, "It is saved.", (PAGE, reference),
                      record=found.record, **told)  # fmt: skip


def pledge(request: Request, reference: str) -> HttpResponse:
    """What the agency means to give: by those who sit for it, or the secretariat."""
    found = queries.contribution(request.actor, reference)
    (
        can(request.actor, Verb.ANSWER, found.record) & queries.may_pledge(request.actor, found)
    ).require()
    form = PledgeForm(request.POST or None, initial={"amount": found.pledged or found.amount},
                      seen_version=found.record.version)  # fmt: skip
    send = lambda: operations.pledge(  # noqa: E731
        request.actor, contribution=found, seen_version=form.seen, **form.answers()
    )
    told = facing.of_contribution(found, "Record a pledge", "Record the pledge")
    told["explain"] = "A pledge says what the agency means to give. It binds nobody yet."
    return facing.act(request, form, send, "The pledge is on record.", (PAGE, reference),
                      record=found.record, **told)  # fmt: skip


def decline(request: Request, reference: str) -> HttpResponse:
    """The agency gives nothing, or takes its pledge back: by those who may pledge for it."""
    found = queries.contribution(request.actor, reference)
    (
        can(request.actor, Verb.ANSWER, found.record) & queries.may_pledge(request.actor, found)
    ).require()
    back = found.stage is Stage.PLEDGED
    heading = "Take the pledge back" if back else "Decline to give"
    words = "The pledge is taken back." if back else "It is declined."
    return _reasoned(request, found, operations.decline, heading, words)


def withdraw(request: Request, reference: str) -> HttpResponse:
    """Take back what was asked, such as by mistake."""
    found = _mine(request, reference)
    words = "What was asked is taken back."
    return _reasoned(
        request, found, operations.withdraw_contribution, "Take back what was asked", words
    )


def _reasoned(
    request: Request, found: Contribution, act: Any, heading: str, words: str
) -> HttpResponse:
    """An act that needs a reason and nothing else."""
    form = ReasonForm(request.POST or None, seen_version=found.record.version)
    send = lambda: act(  # noqa: E731
        request.actor, contribution=found, seen_version=form.seen, **form.answers()
    )
    told = facing.of_contribution(found, heading, heading)
    return facing.act(request, form, send, words, (PAGE, found.record.reference),
                      record=found.record, **told)  # fmt: skip


def ask_again(request: Request, reference: str) -> HttpResponse:
    """Ask anew for what was declined or taken back."""
    found = _mine(request, reference)
    form = AskAgainForm(request.POST or None, initial={"amount": found.amount},
                        seen_version=found.record.version)  # fmt: skip
    send = lambda: operations.ask_again(  # noqa: E731
        request.actor, contribution=found, seen_version=form.seen, **form.answers()
    )
    told = facing.of_contribution(found, "Ask for it again", "Ask again")
    return facing.act(request, form, send, "It is asked for again.", (PAGE, reference),
                      record=found.record, **told)  # fmt: skip


def agree(request: Request, reference: str) -> HttpResponse:
    """The sum that is agreed, with the decision behind it."""
    found = _mine(request, reference)
    rows = list(queries.decisions(request.actor, found.partnership))
    form = AgreeForm(
        request.POST or None,
        choices={"decision": choices(rows, "title")},
        initial={"amount": found.sums.expected},
        seen_version=found.record.version,
    )

    def send() -> Contribution:
        told = form.answers()
        told["decision"] = chosen(rows, told["decision"])
        return operations.agree(request.actor, contribution=found, seen_version=form.seen, **told)

    told = facing.of_contribution(found, "Record what is agreed", "Record the agreement")
    return facing.act(request, form, send, "The agreement is on record.", (PAGE, reference),
                      record=found.record, **told)  # fmt: skip


def rest_on(request: Request, reference: str) -> HttpResponse:
    """Name the decision behind what is agreed."""
    found = _mine(request, reference)
    rows = list(queries.decisions(request.actor, found.partnership))
    form = DecisionForm(request.POST or None, choices={"decision": choices(rows, "title")},
                        seen_version=found.record.version)  # fmt: skip
    send = lambda: operations.rest_on(  # noqa: E731
        request.actor, contribution=found, seen_version=form.seen,
        decision=chosen(rows, form.answers()["decision"]),
    )  # fmt: skip
    told = facing.of_contribution(found, "Name the decision behind it", "Name the decision")
    return facing.act(request, form, send, "The decision is named.", (PAGE, reference),
                      record=found.record, **told)  # fmt: skip


_MOVED = {
    "invoice": (operations.invoice, "Record an invoice", "The invoice is on record."),
    "receive": (operations.receive, "Record money received", "What came is on record."),
}


def moved(request: Request, reference: str, verb: str) -> HttpResponse:
    """Money invoiced or received, all or a part."""
    if verb not in _MOVED:
        raise Http404
    found = _mine(request, reference)
    act, heading, words = _MOVED[verb]
    form = MoneyMovedForm(request.POST or None, seen_version=found.record.version)
    send = lambda: act(  # noqa: E731
        request.actor, contribution=found, seen_version=form.seen, **form.answers()
    )
    told = facing.of_contribution(found, heading, heading)
    return facing.act(request, form, send, words, (PAGE, reference), record=found.record, **told)
