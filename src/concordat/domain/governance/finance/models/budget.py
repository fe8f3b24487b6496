"""The budget of a year, its costs, totals that sources state, and what things cost elsewhere."""

from __future__ import annotations

from decimal import Decimal

from django.db import models

from concordat.domain.base.records.models import Keyed, Record
from concordat.domain.base.seats.models import Body, Role
from concordat.domain.governance.arrangements.models import Decision, Matter
from concordat.domain.governance.finance import rules


class Budget(Keyed):
    """The money of one financial year. `body` is whose it is where not the partnership's own,
    such as an old board's; `inherits` the one that it took over from. Sums are in pence."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    title = models.CharField(max_length=300)
    year = models.CharField(max_length=60)
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="budgets")
    state = models.CharField(max_length=20, blank=True)
    reserve = models.BigIntegerField(null=True)
    inherits = models.ForeignKey("self", models.PROTECT, null=True, related_name="heirs")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    about = models.TextField(blank=True)

    PERSONAL = {"about": "free text"}

    class Meta(Keyed.Meta):
        indexes = [models.Index(fields=["partnership", "year"], name="budget_by_year")]

    @property
    def stage(self) -> rules.BudgetState:
        return rules.costs.stands(self.state)


class Cost(Keyed):
    """What something costs in a year, or that nobody knows yet. A post costs a share of what it
    costs full time, or its days. Sums are in pence, shares and days decimal texts."""

    title = models.CharField(max_length=400)
    heading = models.CharField(max_length=200, blank=True)
    year = models.CharField(max_length=60, blank=True)
    amount = models.BigIntegerField(null=True)
    level = models.CharField(max_length=20, blank=True)
    role = models.ForeignKey(Role, models.PROTECT, null=True, related_name="costs")
    share = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=20, blank=True)
    about = models.TextField(blank=True)
    budget = models.ForeignKey(Budget, models.PROTECT, null=True, related_name="costs")
    grade = models.CharField(max_length=100, blank=True)
    full_cost = models.BigIntegerField(null=True)
    days = models.CharField(max_length=30, blank=True)
    day_rate = models.BigIntegerField(null=True)
    spent = models.BigIntegerField(null=True)
    forecast = models.BigIntegerField(null=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")

    PERSONAL = {"about": "free text"}

    class Meta(Keyed.Meta):
        indexes = [models.Index(fields=["budget"], name="cost_by_budget")]

    @property
    def line(self) -> rules.costs.Line:
        return rules.costs.Line(
            stated=self.amount,
            spent=self.spent,
            forecast=self.forecast,
            full_cost=self.full_cost,
            share=Decimal(self.share) if self.share else None,
            days=Decimal(self.days) if self.days else None,
            day_rate=self.day_rate,
            level=rules.Level(self.level or rules.Level.NOT_STATED),
            heading=self.heading,
            state=self.state,
            decided=self.decision_id is not None,
        )


class Total(Keyed):
    """A total as a source states it, to stand beside the one that adds up. In pence."""

    of = models.CharField(max_length=300)
    year = models.CharField(max_length=60, blank=True)
    amount = models.BigIntegerField(null=True)
    budget = models.ForeignKey(Budget, models.PROTECT, null=True, related_name="totals")


class Comparator(Keyed):
    """What something costs elsewhere, with where, for which year and who says so. In pence."""

    title = models.CharField(max_length=300)
    average = models.BigIntegerField(null=True)
    lowest = models.BigIntegerField(null=True)
    highest = models.BigIntegerField(null=True)
    per = models.CharField(max_length=200, blank=True)
    found_in = models.CharField(max_length=300, blank=True)
    about = models.TextField(blank=True)
    year = models.CharField(max_length=60, blank=True)

    PERSONAL = {"about": "free text"}
