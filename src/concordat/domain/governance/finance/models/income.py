"""What comes in: any number of sources for each agency, and other income."""

from __future__ import annotations

from django.db import models

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.records.models import Keyed, Record
from concordat.domain.governance.arrangements.models import Decision, Matter
from concordat.domain.governance.finance import rules
from concordat.domain.governance.finance.models.budget import Budget
from concordat.domain.governance.finance.rules.income import Stage, Sums


class Contribution(Keyed):
    """One source of one agency for a year; without an agency other income, such as charges.

    `amount` is what is asked or what a source states; each stage has its own sum in pence, and
    what is invoiced or received in parts is their sum. `decision` is the one behind it, and
    `because` says why it was declined or taken back.
    """

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="contributions")
    year = models.CharField(max_length=60, blank=True)
    fund = models.CharField(max_length=300, blank=True)
    amount = models.BigIntegerField(null=True)
    in_kind = models.TextField(blank=True)
    state = models.CharField(max_length=20, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="contributions")
    authorised_by = models.CharField(max_length=250, blank=True)
    budget = models.ForeignKey(Budget, models.PROTECT, null=True, related_name="contributions")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    pledged = models.BigIntegerField(null=True)
    agreed = models.BigIntegerField(null=True)
    agreed_on = models.CharField(max_length=60, blank=True)
    invoiced = models.BigIntegerField(null=True)
    invoiced_on = models.CharField(max_length=60, blank=True)
    received = models.BigIntegerField(null=True)
    received_on = models.CharField(max_length=60, blank=True)
    in_kind_value = models.BigIntegerField(null=True)
    conditions = models.TextField(blank=True)
    report_due = models.CharField(max_length=60, blank=True)
    because = models.TextField(blank=True)

    PERSONAL = {"in_kind": "free text", "conditions": "free text", "because": "free text"}

    class Meta(Keyed.Meta):
        indexes = [models.Index(fields=["budget"], name="contribution_by_budget")]

    @property
    def stage(self) -> Stage:
        return Stage(self.state or Stage.NOT_STATED)

    @property
    def sums(self) -> Sums:
        steps = (self.pledged, self.agreed, self.invoiced, self.received)
        return Sums(
            self.stage,
            self.amount,
            dict(zip(rules.income.STEPS, steps, strict=True)),
            self.in_kind_value,
        )

    @property
    def called(self) -> str:
        return rules.income.called(self.agency.name if self.agency else "", self.fund, self.year)
