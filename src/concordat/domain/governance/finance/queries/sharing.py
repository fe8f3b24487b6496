"""Formulas worked out side by side, and the years of reviews that chance brings."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from functools import lru_cache

from django.db.models import QuerySet

from concordat.craft import chance
from concordat.domain.base.records.queries import visible
from concordat.domain.governance.finance.models import Budget, Formula, ReviewDemand, Share
from concordat.domain.governance.finance.queries.budgets import whole
from concordat.domain.governance.finance.queries.income import IN_ORDER, named
from concordat.domain.governance.finance.rules import demand as chances
from concordat.domain.governance.finance.rules import sharing as rules
from concordat.domain.governance.finance.rules.demand import Demand, Drawn
from concordat.domain.governance.finance.rules.income import income
from concordat.domain.governance.finance.rules.sharing import Method, Shared
from concordat.kernel.actor import Actor


def formulas(actor: Actor, budget: Budget) -> QuerySet[Formula]:
    rows = Formula.objects.filter(budget=budget).select_related("decision", "partnership")
    return visible(actor, rows, record="budget__record").order_by(IN_ORDER, "title", "pk")


def formula(actor: Actor, budget: Budget, key: str) -> Formula:
    return formulas(actor, budget).get(key=key)


def sum_to_share(actor: Actor, budget: Budget) -> int:
    """What the budget needs from those who share it: its costs less other income, in pence."""
    (year,) = whole(actor, [budget])
    other = income(
        row.sums for row in visible(actor, named().filter(budget=budget, agency=None))
    ).expected
    return max(0, year.spending.budgeted - other)


def shared(actor: Actor, budget: Budget) -> list[tuple[Formula | None, Shared]]:
    """Every formula of a budget worked out, also those that a file tells by their shares alone."""
    needed = sum_to_share(actor, budget)
    shares = _shares(actor, budget)
    kept = {row.title: row for row in formulas(actor, budget)}
    titles = [*kept, *(title for title in shares if title not in kept)]
    return [
        (kept.get(title), _worked_out(title, kept.get(title), shares.get(title, []), needed))
        for title in titles
    ]


def _shares(actor: Actor, budget: Budget) -> dict[str, list[Share]]:
    rows = Share.objects.filter(budget=budget).select_related("agency")
    found: dict[str, list[Share]] = defaultdict(list)
    for row in visible(actor, rows, record="budget__record").order_by(IN_ORDER, "agency__name"):
        found[row.formula].append(row)
    return found


def _worked_out(title: str, row: Formula | None, shares: list[Share], needed: int) -> Shared:
    partners = tuple(each.partner for each in shares)
    method = Method(row.method) if row and row.method else rules.told_by(partners)
    equal = Decimal(row.equal_part) if row and row.equal_part else None
    total = needed if row is None or row.sum is None else row.sum
    return rules.work_out(rules.Formula(method, partners, title, equal), total)


def demand_of(actor: Actor, budget: Budget) -> ReviewDemand | None:
    rows = ReviewDemand.objects.filter(budget=budget).select_related("partnership")
    return visible(actor, rows, record="budget__record").order_by("pk").first()


def drawn(actor: Actor, demand: Demand) -> Drawn:
    """Many years drawn from the seed of these figures: the same figures give the same answer."""
    return _drawn(demand)


@lru_cache(maxsize=256)
def _drawn(demand: Demand) -> Drawn:
    demand.check()
    outcome = chance.years(
        (demand.low, demand.likely, demand.high),
        (demand.floor, demand.usual, demand.most),
        draws=chances.DRAWS,
        seed=demand.seed,
        hundredths=chances.SURE,
    )
    return Drawn(
        demand,
        chances.DRAWS,
        chances.rounded_up(outcome.mean),
        {each: chances.rounded_up(pence) for each, pence in outcome.at.items()},
        tuple(outcome.steps),
        outcome.width,
    )
