"""Budgets and contributions as they stand once taken, and what every change of them needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from concordat.domain.base.records.models import Keyed, Record
from concordat.domain.base.records.operations import take
from concordat.domain.base.records.queries import can, is_free
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.arrangements.models import Decision
from concordat.domain.governance.finance import rules
from concordat.domain.governance.finance.models import Budget, Contribution
from concordat.domain.governance.finance.rules.costs import BudgetState
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.money import in_pounds
from concordat.kernel.verdict import Verdict

May = Callable[[Record], Verdict]


def taken_budget(
    actor: Actor,
    budget: Budget,
    move: str,
    *,
    seen_version: int | None = None,
    mine: Mapping[str, str] | None = None,
) -> tuple[Record, Budget]:
    """The budget, locked, by somebody who may change it, while nothing stops the move."""
    record = take(
        budget.pk,
        seen_version=seen_version,
        mine=mine,
        theirs=lambda: as_texts(again(budget)),
        may=lambda held: can(actor, Verb.CHANGE, held),
    )
    held = again(budget)
    rules.BUDGET_STATES.verdict(held.stage, move).require()
    is_free(record, move).require()
    return record, held


def again(budget: Budget) -> Budget:
    rows = Budget.objects.select_related("record", "partnership__partnership_row", "body__record")
    return rows.get(pk=budget.pk)


def as_texts(budget: Budget) -> dict[str, str]:
    reserve = "" if budget.reserve is None else in_pounds(budget.reserve)
    return {"State": budget.stage.label, "Title": budget.title, "Reserve": reserve}


def is_changeable(budget: Budget | None) -> None:
    """Nothing is entered into a year that is closed."""
    if budget and budget.stage is BudgetState.CLOSED:
        raise Refused(f"{budget.title} is closed. Reopen it, with the reason, to change it.")


def taken_contribution(
    actor: Actor,
    contribution: Contribution,
    move: str,
    *,
    may: May | None = None,
    seen_version: int | None = None,
    mine: Mapping[str, str] | None = None,
) -> tuple[Record, Contribution]:
    """The contribution, locked, while its budget is open and nothing stops the move."""
    record = take(
        contribution.pk,
        seen_version=seen_version,
        mine=mine,
        theirs=lambda: told(again_contribution(contribution.pk)),
        may=may or (lambda held: can(actor, Verb.CHANGE, held)),
    )
    held = again_contribution(contribution.pk)
    is_changeable(held.budget)
    is_free(record, move).require()
    return record, held


def again_contribution(pk: UUID) -> Contribution:
    rows = Contribution.objects.select_related("record", "agency", "partnership", "budget")
    return rows.get(pk=pk)


def told(row: Contribution) -> dict[str, str]:
    """The sums of a contribution by stage, as a conflict shows them."""
    sums = {each.label: row.sums.at(each) for each in rules.income.LADDER}
    return {"State": row.stage.label} | {
        name: in_pounds(pence) for name, pence in sums.items() if pence is not None
    }


def valid(verdict: Verdict, field: str) -> None:
    """Raise `Invalid` beside the field unless the answer is yes."""
    if not verdict:
        raise Invalid(str(verdict), field=field)


def reasoned(reason: str) -> str:
    if not reason.strip():
        raise Invalid("Say why in one sentence.", field="reason")
    return reason.strip()


def of_here(row: Keyed, *others: Keyed | None) -> None:
    """What a row names belongs to its own partnership."""
    for other in others:
        if other is not None and other.partnership_id != row.partnership_id:
            raise Refused("Choose something of the budget’s own partnership.")


def is_made(decision: Decision | None) -> None:
    """Only a decision that was made stands behind money."""
    if decision is not None and decision.state != "made":
        raise Invalid(
            f"“{decision.title}” is {decision.state}, not made.",
            field="decision",
            mend="Record it once it is made.",
        )


def known_from(actor: Actor, there: Keyed | None) -> dict[str, str]:
    """A new row is known from today; one that is there says since when already."""
    return {} if there else {"stated_text": actor.on.isoformat()}
