"""What partners disagree about where money is concerned."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from concordat.domain.base.agencies.models import Agency, Partnership
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import can, fetch, visible
from concordat.domain.base.records.rules import Verb, is_reference
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.arrangements import queries as arrangements
from concordat.domain.governance.finance.models import Budget, Claim, Contribution, FundingDispute
from concordat.domain.governance.finance.queries.income import agencies_that_give, speaks_for
from concordat.kernel.actor import Actor
from concordat.kernel.verdict import Verdict, no

Home = Partnership | Record
_WITH = ("record__partnership", "record__owner", "budget__record", "contribution__record",
         "carried_to__record")  # fmt: skip

_OPEN_FIRST = F("ended_on").desc(nulls_first=True)


def disputes(actor: Actor, home: Home) -> QuerySet[FundingDispute]:
    """Disagreements about money of a partnership, the open ones first, then the latest."""
    rows = FundingDispute.objects.filter(record__partnership=home.pk).select_related(*_WITH)
    return visible(actor, rows).order_by(_OPEN_FIRST, "-record__opened", "pk")


def dispute(actor: Actor, reference: str) -> FundingDispute:
    """One disagreement. Raises DoesNotExist or `Restricted` as `fetch` does."""
    if not is_reference(reference):
        raise FundingDispute.DoesNotExist
    rows = FundingDispute.objects.select_related(
        *_WITH, "budget__partnership__partnership_row", "budget__body__record"
    )
    return fetch(actor, rows, record__reference=reference)


def body_of(actor: Actor, budget: Budget) -> Body | None:
    """The body whose money it is: the one that the budget names, or the executive."""
    if budget.body:
        return budget.body
    rows = Body.objects.filter(partnership=budget.partnership_id, kind="executive")
    rows = rows.exclude(outside=True).select_related("record")
    return visible(actor, rows).order_by("order", "key").first()


def claims_of(actor: Actor, dispute: FundingDispute) -> QuerySet[Claim]:
    rows = Claim.objects.filter(dispute=dispute).select_related("agency__record", "formula")
    return visible(actor, rows, record="dispute__record").order_by("agency__name")


def may_agree(actor: Actor, claim: Claim) -> Verdict:
    """Only those who sit for the agency agree for it."""
    if not speaks_for(actor, claim.agency, claim.dispute.record.partnership_id):
        return no("Only those who sit for this agency agree for it.")
    return can(actor, Verb.SIGN, claim.dispute.record)


def payers(actor: Actor, budget: Budget) -> list[Agency]:
    """The agencies that pay into a budget or are statutory partners here, by name."""
    given = Contribution.objects.filter(budget=budget).values("agency")
    home: Partnership = budget.partnership.partnership_row
    partners = arrangements.partners(actor, home).values("agency")
    rows = agencies_that_give(actor, home)
    return list(rows.filter(Q(pk__in=given) | Q(pk__in=partners)))
