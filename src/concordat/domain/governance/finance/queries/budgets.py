"""Budgets by year, what is in them, and rows that belong to none yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import fetch, visible
from concordat.domain.base.records.rules import is_reference
from concordat.domain.base.seats.models import Role
from concordat.domain.governance.finance import rules
from concordat.domain.governance.finance.models import (
    Budget,
    Comparator,
    Contribution,
    Cost,
    Total,
)
from concordat.domain.governance.finance.queries.income import IN_ORDER, contributions, named
from concordat.domain.governance.finance.rules.costs import Balance, Line, Spending
from concordat.domain.governance.finance.rules.income import Income
from concordat.domain.governance.finance.rules.totals import Compared, Stated
from concordat.kernel.actor import Actor

Home = Partnership | Record


@dataclass(frozen=True, slots=True)
class Year:
    """One budget with its sums."""

    budget: Budget
    income: Income
    spending: Spending
    balance: Balance
    compared: Sequence[Compared]
    undecided: int
    """Contributions that count as agreed with no decision behind them."""

    @property
    def flags(self) -> int:
        """How many things want somebody's eye."""
        return (
            self.undecided + self.spending.undecided + sum(each.differs for each in self.compared)
        )


def budgets(actor: Actor, home: Home) -> QuerySet[Budget]:
    """The budgets of a partnership, the latest year first, its own before another body's."""
    rows = Budget.objects.filter(partnership=home.pk)
    rows = rows.select_related("record", "partnership", "body__record", "inherits__record")
    return visible(actor, rows).order_by("-year", "body__name", "pk")


def budget(actor: Actor, reference: str) -> Budget:
    """One budget. Raises DoesNotExist or `Restricted` as `fetch` does."""
    if not is_reference(reference):
        raise Budget.DoesNotExist
    rows = Budget.objects.select_related(
        "record__partnership",
        "record__owner",
        "partnership__partnership_row",
        "body__record",
        "inherits__record",
        "matter",
        "decision",
    )
    return fetch(actor, rows, record__reference=reference)


def costs(actor: Actor, budget: Budget) -> QuerySet[Cost]:
    rows = Cost.objects.filter(budget=budget).select_related("role", "decision", "partnership")
    return visible(actor, rows, record="budget__record").order_by(
        IN_ORDER, "heading", "title", "pk"
    )


def cost(actor: Actor, budget: Budget, key: str) -> Cost:
    return costs(actor, budget).get(key=key)


def totals(actor: Actor, budget: Budget) -> QuerySet[Total]:
    rows = Total.objects.filter(budget=budget).select_related("partnership")
    return visible(actor, rows, record="budget__record").order_by(IN_ORDER, "of", "pk")


def comparators(actor: Actor, home: Home) -> QuerySet[Comparator]:
    rows = Comparator.objects.filter(partnership=home.pk)
    return visible(actor, rows, record="partnership").order_by(IN_ORDER, "title", "pk")


def roles(actor: Actor, home: Home) -> QuerySet[Role]:
    rows = Role.objects.filter(partnership=home.pk)
    return visible(actor, rows, record="partnership").order_by(IN_ORDER, "title")


@dataclass(frozen=True, slots=True)
class Loose:
    """Rows of money that a source tells and that stand in no budget here."""

    contributions: Sequence[Contribution]
    costs: Sequence[Cost]
    totals: Sequence[Total]

    @property
    def count(self) -> int:
        return len(self.contributions) + len(self.costs) + len(self.totals)


def loose(actor: Actor, home: Home) -> Loose:
    given = contributions(actor, home).filter(budget=None)
    spent = Cost.objects.filter(partnership=home.pk, budget=None).select_related("role")
    stated = Total.objects.filter(partnership=home.pk, budget=None)
    return Loose(
        list(given),
        list(visible(actor, spent, record="partnership").order_by(IN_ORDER, "year", "title")),
        list(visible(actor, stated, record="partnership").order_by(IN_ORDER, "year", "of")),
    )


def whole(actor: Actor, rows: Iterable[Budget]) -> list[Year]:
    """Budgets with the sums of what the actor may open. Asks as much for one as for many."""
    rows = list(rows)
    given = _by_budget(visible(actor, named().filter(budget__in=rows)))
    spent = _by_budget(
        visible(actor, Cost.objects.filter(budget__in=rows), record="budget__record")
    )
    totals = Total.objects.filter(budget__in=rows).order_by(IN_ORDER, "of")
    stated = _by_budget(visible(actor, totals, record="budget__record"))
    return [_year(each, given[each.pk], spent[each.pk], stated[each.pk]) for each in rows]


def _by_budget(rows: QuerySet[Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.budget_id].append(row)
    return found


def _year(
    budget: Budget, given: list[Contribution], spent: list[Cost], stated: list[Total]
) -> Year:
    income = rules.income.income(each.sums for each in given)
    lines = [each.line for each in spent]
    spending = rules.costs.spending(lines)
    compared = rules.totals.compare(
        [Stated(each.of, each.amount, each.source, each.key) for each in stated],
        income=income.expected,
        costs=spending.budgeted,
        given=_given(given),
        spent=_spent(lines, spent),
    )
    balance = Balance(budget.reserve or 0, income.expected, spending.outturn)
    lacking = sum(
        rules.income.lacks_decision(each.sums, decided=each.decision_id is not None)
        for each in given
    )
    return Year(budget, income, spending, balance, compared, lacking)


def _given(rows: list[Contribution]) -> Iterator[tuple[str, int]]:
    """Sums of income by whatever a source may state a total of: agency and source."""
    for each in rows:
        for name in {each.agency.name if each.agency else "", each.fund} - {""}:
            yield name, each.sums.expected or 0


def _spent(lines: list[Line], rows: list[Cost]) -> Iterator[tuple[str, int]]:
    """Sums of costs by heading, how often, and title."""
    for line, row in zip(lines, rows, strict=True):
        if line.counts:
            for name in {row.heading, line.level.value, row.title} - {""}:
                yield name, line.budgeted or 0
