"""What partners disagree about where money is concerned, and what each of them says."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.models.dated import DIGITS
from concordat.domain.base.records.rules import canonical, digest
from concordat.domain.governance.finance.models.budget import Budget
from concordat.domain.governance.finance.models.income import Contribution
from concordat.domain.governance.finance.models.sharing import Formula
from concordat.domain.governance.finance.rules import disputes
from concordat.domain.governance.meetings.models import Dispute


class FundingDispute(models.Model):
    """A disagreement about money. `needed` is the sum at issue in pence; `carried_to` is the
    disagreement on the ladder of a body that it became. While it is open `settlement` is what is
    proposed, which the agencies agree to; once it has ended, how."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True)
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="disputes")
    contribution = models.ForeignKey(
        Contribution, models.PROTECT, null=True, related_name="disputes"
    )
    issue = models.TextField()
    standard = models.CharField(max_length=400, blank=True)
    needed = models.BigIntegerField(null=True)
    state = models.CharField(
        max_length=20,
        choices=[(each.value, each.value) for each in disputes.State],
        default=disputes.State.OPEN.value,
    )
    carried_to = models.OneToOneField(
        Dispute, models.PROTECT, null=True, related_name="about_money"
    )
    settlement = models.TextField(blank=True)
    proposed_by = models.CharField(max_length=200, blank=True)
    proposed_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=200, blank=True)
    ended_on = models.DateField(null=True)

    PERSONAL = {
        "issue": "free text",
        "settlement": "free text",
        "proposed_by": "name",
        "ended_by": "name",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=[disputes.State.OPEN, disputes.State.CARRIED],
                    ended_by="",
                    ended_on__isnull=True,
                )
                | (
                    Q(state__in=[disputes.State.SETTLED, disputes.State.WITHDRAWN])
                    & ~Q(settlement="")
                    & ~Q(ended_by="")
                    & Q(ended_on__isnull=False)
                ),
                name="a_funding_dispute_ends_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=disputes.State.CARRIED) | Q(carried_to__isnull=False),
                name="a_carried_dispute_says_where_to",
            ),
            models.CheckConstraint(
                condition=Q(proposed_by="", proposed_on__isnull=True)
                | (~Q(settlement="") & ~Q(proposed_by="") & Q(proposed_on__isnull=False)),
                name="a_settlement_is_proposed_whole",
            ),
        ]
        indexes = [models.Index(fields=["budget", "state"], name="funding_dispute_by_budget")]

    @property
    def fingerprint(self) -> int:
        """Of the settlement: what a form that agrees to it carries, so that nobody agrees to
        words that they have not read, and one agency's answer is not another's conflict."""
        return int(digest(canonical({"settlement": self.settlement}))[:DIGITS], 16)


class Claim(models.Model):
    """What one agency says in a disagreement: what it offers in pence, under which formula."""

    dispute = models.ForeignKey(FundingDispute, models.PROTECT, related_name="claims")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    formula = models.ForeignKey(Formula, models.PROTECT, null=True, related_name="+")
    offers = models.BigIntegerField(null=True)
    says = models.TextField()
    agreed_by = models.CharField(max_length=200, blank=True)
    agreed_on = models.DateField(null=True)

    PERSONAL = {"says": "free text", "agreed_by": "name"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dispute", "agency"], name="one_claim_of_an_agency"),
            models.CheckConstraint(
                condition=Q(agreed_by="", agreed_on__isnull=True)
                | (~Q(agreed_by="") & Q(agreed_on__isnull=False)),
                name="a_claim_is_agreed_whole",
            ),
        ]
