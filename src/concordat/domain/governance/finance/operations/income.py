"""Contributions: asked for, pledged, agreed with the decision behind them, invoiced, received."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from concordat.domain.base.actions.operations.owning import grant
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Record, surely_in_force
from concordat.domain.base.records.operations import (
    change,
    happened,
    hold_still,
    operation,
    remember,
)
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Level, RecordKind, Verb
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.arrangements.models import Decision
from concordat.domain.governance.finance import rules
from concordat.domain.governance.finance.models import KINDS, Budget, Contribution
from concordat.domain.governance.finance.operations.costs import new_key
from concordat.domain.governance.finance.operations.taking import (
    May,
    is_made,
    of_here,
    reasoned,
    taken_budget,
    taken_contribution,
    told,
    valid,
)
from concordat.domain.governance.finance.operations.telling import tell_arrangements
from concordat.domain.governance.finance.queries import income as queries
from concordat.domain.governance.finance.rules.income import Stage
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.money import in_pounds
from concordat.kernel.sensitivity import Sensitivity

NOUN = KINDS["contributions"][1]


@operation
def add_contribution(
    actor: Actor,
    *,
    budget: Budget,
    agency: Agency | None,
    fund: str = "",
    facts: Mapping[str, Any] | None = None,
) -> Contribution:
    """Ask an agency for one of its sources, or enter other income under what it is.

    `facts` are fields of `Contribution` that a partnership file may hold; sums in pence. The
    seats of the agency are asked what it pledges.
    """
    _, held = taken_budget(actor, budget, "change")
    hold_still(actor, partnerships=[held.partnership])
    facts, fund = dict(facts or {}), fund.strip()
    year = str(facts.pop("year", "") or held.year)
    valid(rules.years.belongs(year, to=held.year), "year")
    _is_income(agency, fund, facts)
    _is_its_own(held, agency, fund)
    name = agency.name if agency else ""
    title = rules.income.called(name, fund, held.year)
    row = change(
        actor,
        model=Contribution,
        partnership=held.partnership,
        key=new_key(Contribution, held.partnership, f"{name} {fund} {held.year}"),
        values={"state": Stage.SOUGHT.value, "stated_text": actor.on.isoformat(), **facts,
                "agency": agency, "fund": fund, "year": held.year, "budget": held},
        noun=NOUN,
        kind=RecordKind.CONTRIBUTION,
        title=title,
        beneath=held.record,
    )  # fmt: skip
    of_here(row, agency, row.matter, row.decision)
    is_made(row.decision)
    _ask(actor, row)
    tell_arrangements(actor, partnership=held.partnership)
    return row


def _is_income(agency: Agency | None, fund: str, facts: Mapping[str, Any]) -> None:
    if agency is None and not fund:
        raise Invalid("Say who gives, or what the income is.", field="fund")
    for name in ("amount", "pledged", "in_kind_value"):
        if (facts.get(name) or 0) < 0:
            raise Invalid("A sum cannot be below nothing.", field=name, mend="Enter a cost.")


def _is_its_own(
    budget: Budget | None, agency: Agency | None, fund: str, but: Contribution | None = None
) -> None:
    """An agency gives from each of its sources once a year."""
    rows = Contribution.objects.filter(budget=budget, agency=agency, fund__iexact=fund)
    twice = rows.exclude(pk=but.pk).first() if but else rows.first()
    if budget and twice:
        raise Invalid(f"{twice.called} is there already.", field="fund", mend="Change that one.")


def _ask(actor: Actor, row: Contribution) -> None:
    """Each seat of the agency has it in its work until the agency has pledged."""
    if row.agency is None or row.stage not in (Stage.SOUGHT, Stage.NOT_STATED):
        return
    seats = Seat.objects.filter(
        surely_in_force(actor.on), agency=row.agency, partnership=row.partnership
    )
    for seat in seats.select_related("record").order_by("key"):
        if Sensitivity.PARTNERSHIP < row.record.level < Sensitivity.SEALED:
            grant(actor, row.record, seat.record, Level.WORK, "Says what its agency pledges.")
        raise_ask(
            actor,
            record=row.record,
            seat=seat,
            errand=Errand.ANSWER,
            what=f"Say what {row.agency.name} pledges"[:200],
            why=f"For {row.year}, {row.fund or 'its contribution'}"[:300],
        )


@operation
def describe_contribution(
    actor: Actor,
    *,
    contribution: Contribution,
    facts: Mapping[str, Any],
    seen_version: int | None = None,
) -> Contribution:
    """Say anew what is asked, what is given in kind, its conditions and its matter. Sums that
    were pledged, agreed, invoiced or received change by their own acts only."""
    _, held = taken_contribution(actor, contribution, "describe")
    fund = str(facts.get("fund", held.fund)).strip()
    _is_income(held.agency, fund, facts)
    if fund.casefold() != held.fund.casefold():
        _is_its_own(held.budget, held.agency, fund, held)
    if "amount" in facts:
        valid(rules.income.may_ask(held.sums, facts["amount"]), "amount")
    row = change(
        actor,
        model=Contribution,
        partnership=contribution.partnership,
        key=contribution.key,
        values={name: facts[name] for name in DESCRIBED if name in facts},
        noun=NOUN,
        kind=RecordKind.CONTRIBUTION,
        title=rules.income.called(
            held.agency.name if held.agency else "",
            fund,
            held.year,
        ),
        seen_version=seen_version,
    )
    of_here(row, row.matter)
    tell_arrangements(actor, partnership=row.partnership)
    return row


DESCRIBED = (
    "fund", "amount", "in_kind", "in_kind_value", "conditions", "report_due", "matter",
    "authorised_by", "source", "note",
)  # fmt: skip
"""What is asked and under which conditions; all else of a contribution changes by its own acts."""


@operation
def pledge(
    actor: Actor, *, contribution: Contribution, amount: int, seen_version: int | None = None
) -> Contribution:
    """What the agency says that it means to give, in pence: said by those who sit for it, or
    written down by the secretariat. It binds nobody until it is agreed."""
    record, held = taken_contribution(
        actor,
        contribution,
        "pledge",
        may=lambda held: can(actor, Verb.ANSWER, held) & queries.may_pledge(actor, contribution),
        seen_version=seen_version,
        mine={"Pledged": in_pounds(amount)},
    )
    before = _moved(held, Stage.PLEDGED, amount)
    held.pledged, held.because = amount, ""
    remember(actor, row=held)
    held.save()
    clear_asks(actor, record=record, errand=Errand.ANSWER, outcome="Pledged")
    return _told(actor, record, held, "contribution pledged", before)


@operation
def decline(
    actor: Actor, *, contribution: Contribution, reason: str, seen_version: int | None = None
) -> Contribution:
    """Say that the agency gives nothing, or takes its pledge back, and why: by those who may
    pledge for it. What is agreed is changed by another agreement only."""
    return _ended(
        actor, contribution, Stage.DECLINED, reason, seen_version,
        may=lambda held: can(actor, Verb.ANSWER, held) & queries.may_pledge(actor, contribution),
    )  # fmt: skip


@operation
def withdraw_contribution(
    actor: Actor, *, contribution: Contribution, reason: str, seen_version: int | None = None
) -> Contribution:
    """Take back what was asked, such as by mistake, and why."""
    return _ended(actor, contribution, Stage.WITHDRAWN, reason, seen_version)


def _ended(
    actor: Actor,
    contribution: Contribution,
    to: Stage,
    reason: str,
    seen: int | None,
    may: May | None = None,
) -> Contribution:
    verb = rules.income.VERBS[to]
    record, held = taken_contribution(
        actor, contribution, verb, may=may, seen_version=seen, mine={"Reason": reason.strip()}
    )
    before = told(held)
    held.state = rules.CONTRIBUTION_STATES.after(held.stage, verb)
    held.because, held.pledged = reasoned(reason), None
    remember(actor, row=held)
    held.save()
    clear_asks(actor, record=record, errand=Errand.ANSWER, outcome=to.label)
    happened(
        actor, f"contribution {to.value}", record,
        reason=held.because, before=before, after=told(held),
    )  # fmt: skip
    tell_arrangements(actor, partnership=held.partnership)
    return held


@operation
def ask_again(
    actor: Actor,
    *,
    contribution: Contribution,
    amount: int | None = None,
    seen_version: int | None = None,
) -> Contribution:
    """Ask anew for what was declined or taken back; `amount` in pence, or what was asked before."""
    record, held = taken_contribution(actor, contribution, "ask again", seen_version=seen_version)
    before = told(held)
    held.state = rules.CONTRIBUTION_STATES.after(held.stage, "ask again")
    if amount is not None:
        valid(rules.income.is_sum(amount), "amount")
        held.amount = amount
    held.because = ""
    remember(actor, row=held)
    held.save()
    _ask(actor, held)
    return _told(actor, record, held, "contribution asked for again", before)


@operation
def agree(
    actor: Actor,
    *,
    contribution: Contribution,
    amount: int,
    on: date,
    decision: Decision | None = None,
    seen_version: int | None = None,
) -> Contribution:
    """The sum that is agreed, on a day, by a decision. Without one it is flagged until one is
    named: money that nobody decided on is not hidden, and not stopped either. The decision
    behind a former sum is not behind another."""
    record, held = taken_contribution(
        actor,
        contribution,
        "agree",
        seen_version=seen_version,
        mine={"Agreed": in_pounds(amount)},
    )
    of_here(held, decision)
    is_made(decision)
    _is_past(on, actor.on)
    got = max(held.sums.at(Stage.INVOICED) or 0, held.sums.at(Stage.RECEIVED) or 0)
    if amount < got:
        raise Invalid(
            f"{in_pounds(got)} is invoiced or received already.",
            field="amount",
            mend="Agree on at least that.",
        )
    former = held.sums.at(Stage.AGREED)
    before = _moved(held, Stage.AGREED, amount)
    held.agreed, held.agreed_on = amount, on.isoformat()
    if decision or former not in (None, amount):
        held.decision = decision
    remember(actor, row=held)
    held.save()
    clear_asks(actor, record=record, errand=Errand.ANSWER, outcome="Agreed")
    return _told(actor, record, held, "contribution agreed", before)


@operation
def rest_on(
    actor: Actor, *, contribution: Contribution, decision: Decision, seen_version: int | None = None
) -> Contribution:
    """Name the decision behind what is agreed."""
    record, held = taken_contribution(actor, contribution, "rest on", seen_version=seen_version)
    of_here(held, decision)
    is_made(decision)
    before = {"decision": held.decision.title if held.decision else ""}
    held.decision = decision
    remember(actor, row=held)
    held.save()
    happened(actor, "decision named", record, before=before, after={"decision": decision.title})
    return held


@operation
def invoice(
    actor: Actor,
    *,
    contribution: Contribution,
    amount: int,
    on: date,
    seen_version: int | None = None,
) -> Contribution:
    """An invoice for all or a part of what is agreed; `amount` in pence is added to what was
    invoiced before."""
    return _in_part(actor, contribution, Stage.INVOICED, amount, on, seen_version)


@operation
def receive(
    actor: Actor,
    *,
    contribution: Contribution,
    amount: int,
    on: date,
    seen_version: int | None = None,
) -> Contribution:
    """Money that came, all or a part; `amount` in pence is added to what came before."""
    return _in_part(actor, contribution, Stage.RECEIVED, amount, on, seen_version)


_MOST = {Stage.INVOICED: rules.income.may_invoice, Stage.RECEIVED: rules.income.may_receive}


def _in_part(
    actor: Actor, contribution: Contribution, to: Stage, amount: int, on: date, seen: int | None
) -> Contribution:
    """Money that moves in parts: never more than is agreed, and never ahead of its day."""
    verb = rules.income.VERBS[to]
    record, held = taken_contribution(actor, contribution, verb, seen_version=seen)
    rules.CONTRIBUTION_STATES.verdict(held.stage, verb).require()
    _is_past(on, actor.on)
    valid(rules.income.is_sum(amount), "amount")
    valid(_MOST[to](held.sums, amount), "amount")
    held.agreed = held.sums.at(Stage.AGREED)
    come = (held.sums.at(to) or 0) + amount
    before = _moved(held, to, amount)
    setattr(held, to.value, come)
    setattr(held, f"{to.value}_on", on.isoformat())
    remember(actor, row=held)
    held.save()
    return _told(actor, record, held, f"contribution {to.value}", before)


def _moved(held: Contribution, to: Stage, amount: int) -> dict[str, str]:
    """Take it on by the table; what it said before, for the event."""
    valid(rules.income.is_sum(amount), "amount")
    before = told(held)
    held.state = rules.CONTRIBUTION_STATES.after(held.stage, rules.income.VERBS[to])
    return before


def _is_past(on: date, today: date) -> None:
    if on > today:
        raise Invalid("This day is still to come.", field="on", mend="Record it once it happened.")


def _told(
    actor: Actor, record: Record, held: Contribution, verb: str, before: Mapping[str, str]
) -> Contribution:
    after = told(held) | ({"Decision": held.decision.title} if held.decision else {})
    happened(actor, verb, record, before=before, after=after)
    tell_arrangements(actor, partnership=held.partnership)
    return held
