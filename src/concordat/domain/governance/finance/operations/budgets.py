"""Opening the budget of a year, setting it by a decision, closing it; taking loose rows in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from concordat.domain.base.agencies.rules import free_key
from concordat.domain.base.asks.operations import clear_asks
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import (
    change,
    happened,
    hold_still,
    operation,
    remember,
)
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.arrangements.models import Decision, Matter
from concordat.domain.governance.finance import rules
from concordat.domain.governance.finance.models import Budget, Contribution, Cost, Total
from concordat.domain.governance.finance.operations.taking import (
    is_made,
    of_here,
    reasoned,
    taken_budget,
    valid,
)
from concordat.domain.governance.finance.operations.telling import tell_arrangements
from concordat.domain.governance.finance.rules.costs import BudgetState
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused

DESCRIBED = ("title", "reserve", "inherits", "matter", "about", "source", "note")
"""What a budget says of itself; all else of it changes by acts of its own."""


@operation
def open_budget(
    actor: Actor,
    *,
    partnership: Record,
    year: str,
    body: Body | None = None,
    inherits: Budget | None = None,
    reserve: int | None = None,
    matter: Matter | None = None,
    about: str = "",
) -> Budget:
    """Open the budget of a financial year: the partnership's own, or that of a body such as the
    old board, from which a later one can inherit. One of each a year. `reserve` is in pence."""
    hold_still(actor, partnerships=[partnership])
    told = str(_year(year))
    of_whom = f", {body.name}" if body else ""
    there = Budget.objects.filter(partnership=partnership, body=body).values_list("year", "title")
    for stated, title in there:
        if rules.years.same_year(stated, told):
            raise Invalid(f"{title} is there already.", field="year", mend="Open that one.")
    keys = set(Budget.objects.filter(partnership=partnership).values_list("key", flat=True))
    values = {
        "title": f"Budget {told}{of_whom}"[:300],
        "year": told,
        "body": body,
        "inherits": inherits,
        "reserve": reserve,
        "matter": matter,
        "about": about.strip(),
        "state": BudgetState.DRAFT.value,
        "stated_text": actor.on.isoformat(),
    }
    row = change(
        actor,
        model=Budget,
        partnership=partnership,
        key=free_key(f"budget {told}{of_whom}", keys),
        values=values,
        noun="budget",
        kind=RecordKind.BUDGET,
        title=str(values["title"]),
    )
    of_here(row, body, inherits, matter)
    return row


def _year(text: str) -> rules.Year:
    try:
        return rules.parse_year(text)
    except Invalid as problem:
        fault = problem.faults[0]
        raise Invalid(fault.message, field="year", mend=fault.mend) from None


@operation
def describe_budget(
    actor: Actor, *, budget: Budget, facts: Mapping[str, Any], seen_version: int | None = None
) -> Budget:
    """Say anew what was left over, what it inherits, by which matter its money is authorised.

    The year stays: another year is another budget.
    """
    taken_budget(actor, budget, "change")
    row = change(
        actor,
        model=Budget,
        partnership=budget.partnership,
        key=budget.key,
        values={name: facts[name] for name in DESCRIBED if name in facts},
        noun="budget",
        kind=RecordKind.BUDGET,
        title=str(facts.get("title", budget.title)),
        seen_version=seen_version,
    )
    of_here(row, row.inherits, row.matter)
    if row.inherits_id == row.pk:
        raise Invalid("A budget cannot inherit from itself.", field="inherits")
    return row


@operation
def agree_budget(
    actor: Actor, *, budget: Budget, decision: Decision, seen_version: int | None = None
) -> Budget:
    """The decision that set the budget. It stays changeable; each change says what was before."""
    record, held = taken_budget(actor, budget, "agree", seen_version=seen_version)
    of_here(held, decision)
    is_made(decision)
    held.state = rules.BUDGET_STATES.after(held.stage, "agree")
    held.decision = decision
    remember(actor, row=held)
    held.save()
    happened(actor, "budget agreed", record, after={"decision": decision.key})
    return held


@operation
def redraft_budget(
    actor: Actor, *, budget: Budget, reason: str, seen_version: int | None = None
) -> Budget:
    """An agreed budget is a draft again; the decision that set it no longer carries it."""
    record, held = taken_budget(actor, budget, "redraft", seen_version=seen_version)
    told = reasoned(reason)
    before = held.decision.key if held.decision else ""
    held.state, held.decision = rules.BUDGET_STATES.after(held.stage, "redraft"), None
    remember(actor, row=held)
    held.save()
    happened(actor, "budget redrafted", record, reason=told, before={"decision": before})
    return held


@operation
def close_budget(actor: Actor, *, budget: Budget, seen_version: int | None = None) -> Budget:
    """Close the year once it is over: nothing is entered any more."""
    record, held = taken_budget(actor, budget, "close", seen_version=seen_version)
    year = rules.parse_year(held.year)
    if actor.on <= year.last:
        raise Refused(f"The year {year} runs until 31 March {year.last.year}. Close it after that.")
    held.state = rules.BUDGET_STATES.after(held.stage, "close")
    remember(actor, row=held)
    held.save()
    for row in held.contributions.select_related("record"):
        clear_asks(actor, record=row.record, errand=Errand.ANSWER, outcome="The year is closed")
    happened(actor, "budget closed", record, after={"year": held.year})
    return held


@operation
def reopen_budget(
    actor: Actor, *, budget: Budget, reason: str, seen_version: int | None = None
) -> Budget:
    record, held = taken_budget(actor, budget, "reopen", seen_version=seen_version)
    told = reasoned(reason)
    held.state = rules.BUDGET_STATES.after(held.stage, "reopen")
    remember(actor, row=held)
    held.save()
    happened(actor, "budget reopened", record, reason=told)
    return held


@operation
def put_in(actor: Actor, *, budget: Budget, row: Contribution | Cost | Total) -> Budget:
    """Put a row that a source tells into a budget. A row of another year is refused."""
    record, held = taken_budget(actor, budget, "change")
    now = _again(row)
    of_here(held, now)
    if now.budget_id:
        raise Refused("This row stands in a budget already.")
    what = {Contribution: "contribution", Cost: "cost", Total: "total"}[type(row)]
    valid(rules.years.belongs(now.year, to=held.year, what=what), "row")
    now.budget = held
    remember(actor, row=now)
    now.save()
    happened(actor, f"{what} put in", record, after={"key": now.key})
    tell_arrangements(actor, partnership=held.partnership)
    return held


def _again(row: Contribution | Cost | Total) -> Contribution | Cost | Total:
    """The row as it stands now that its budget is locked."""
    if isinstance(row, Contribution):
        return Contribution.objects.get(pk=row.pk)
    if isinstance(row, Cost):
        return Cost.objects.get(pk=row.pk)
    return Total.objects.get(pk=row.pk)
