"""Formulas with the numbers that they rest on, and how many reviews a year may bring."""

from __future__ import annotations

from decimal import Decimal

from django.db import models

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.records.models import Keyed
from concordat.domain.governance.arrangements.models import Decision
from concordat.domain.governance.finance.models.budget import Budget
from concordat.domain.governance.finance.rules import sharing
from concordat.domain.governance.finance.rules.demand import SEED, Demand


class Formula(Keyed):
    """One way to share a sum in a year. Its shares name it by its title.

    `sum` is in pence; empty, it is what the budget needs from partners. `chosen` says that the
    partners work to it, with the decision.
    """

    title = models.CharField(max_length=200)
    year = models.CharField(max_length=60, blank=True)
    method = models.CharField(max_length=20, blank=True)
    budget = models.ForeignKey(Budget, models.PROTECT, null=True, related_name="formulas")
    sum = models.BigIntegerField(null=True)
    equal_part = models.CharField(max_length=30, blank=True)
    chosen = models.BooleanField(null=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    about = models.TextField(blank=True)

    PERSONAL = {"about": "free text"}


class Share(Keyed):
    """One agency under a formula: its percentage, its number, or its flat sum in pence."""

    formula = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="shares")
    year = models.CharField(max_length=60, blank=True)
    percent = models.CharField(max_length=30, blank=True)
    amount = models.BigIntegerField(null=True)
    about = models.TextField(blank=True)
    number = models.CharField(max_length=30, blank=True)
    budget = models.ForeignKey(Budget, models.PROTECT, null=True, related_name="shares")

    PERSONAL = {"about": "free text"}

    @property
    def partner(self) -> sharing.Partner:
        return sharing.Partner(
            str(self.agency_id),
            self.agency.name,
            percent=Decimal(self.percent) if self.percent else None,
            number=Decimal(self.number) if self.number else None,
            flat=self.amount,
            short=self.agency.short,
        )


class ReviewDemand(Keyed):
    """How many local reviews a year may bring, and what one costs, in pence."""

    year = models.CharField(max_length=60, blank=True)
    budget = models.ForeignKey(Budget, models.PROTECT, null=True, related_name="demand")
    low = models.PositiveSmallIntegerField(null=True)
    likely = models.PositiveSmallIntegerField(null=True)
    high = models.PositiveSmallIntegerField(null=True)
    least = models.BigIntegerField(null=True)
    usual = models.BigIntegerField(null=True)
    most = models.BigIntegerField(null=True)
    seed = models.PositiveIntegerField(null=True)
    about = models.TextField(blank=True)

    PERSONAL = {"about": "free text"}

    @property
    def demand(self) -> Demand | None:
        """The figures, once all of them are known."""
        if None in (self.low, self.likely, self.high, self.usual, self.most):
            return None
        return Demand(
            low=self.low or 0,
            likely=self.likely or 0,
            high=self.high or 0,
            usual=self.usual or 0,
            most=self.most or 0,
            least=self.least,
            seed=SEED if self.seed is None else self.seed,
        )
