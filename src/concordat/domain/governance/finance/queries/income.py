"""Contributions, by partner and by source inside a partner, and the decisions behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet

from concordat.domain.base.agencies.models import Agency, Partnership
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import can, fetch, visible
from concordat.domain.base.records.rules import Verb, is_reference
from concordat.domain.governance.arrangements.models import Decision
from concordat.domain.governance.finance import rules
from concordat.domain.governance.finance.models import Budget, Contribution
from concordat.domain.governance.finance.rules.income import Income
from concordat.kernel.actor import Actor, Office
from concordat.kernel.verdict import Verdict, no, yes

Home = Partnership | Record
IN_ORDER = F("order").asc(nulls_last=True)
"""As their source has them; what has no place there comes after, on either engine."""


@dataclass(frozen=True, slots=True)
class Source:
    """One agency with everything that it gives; other income stands under no agency."""

    name: str
    agency: Agency | None
    rows: Sequence[Contribution]
    sums: Income
    percent: str = ""
    """Its part of all that is expected, for reading only."""


def named() -> QuerySet[Contribution]:
    return Contribution.objects.select_related(
        "record", "agency__record", "decision", "matter", "partnership"
    )


def contributions(actor: Actor, home: Home) -> QuerySet[Contribution]:
    rows = named().filter(partnership=home.pk).select_related("budget__record")
    return visible(actor, rows).order_by(IN_ORDER, "agency__name", "fund", "pk")


def contribution(actor: Actor, reference: str) -> Contribution:
    """One contribution. Raises DoesNotExist or `Restricted` as `fetch` does."""
    if not is_reference(reference):
        raise Contribution.DoesNotExist
    rows = named().select_related(
        "record__partnership",
        "record__owner",
        "partnership__partnership_row",
        "budget__record",
        "budget__matter",
    )
    return fetch(actor, rows, record__reference=reference)


def by_partner(actor: Actor, budget: Budget) -> list[Source]:
    """Who gives what to a budget: agencies by name, then other income."""
    rows = list(contributions(actor, budget.partnership).filter(budget=budget))
    whole = rules.income.income(each.sums for each in rows).expected
    agencies = {each.agency_id: each.agency for each in rows}
    ordered = sorted(agencies.items(), key=lambda item: item[1].name if item[1] else "\uffff")
    return [
        _source(agency, [each for each in rows if each.agency_id == pk], whole)
        for pk, agency in ordered
    ]


def _source(agency: Agency | None, rows: list[Contribution], whole: int) -> Source:
    sums = rules.income.income(each.sums for each in rows)
    percent = f"{sums.expected * 100 / whole:.1f}%" if whole else ""
    return Source(agency.name if agency else "Other income", agency, rows, sums, percent)


def agencies_that_give(actor: Actor, home: Home) -> QuerySet[Agency]:
    """Every agency of the partnership that could give."""
    rows = Agency.objects.filter(partnership=home.pk).select_related("record")
    return visible(actor, rows).order_by("name")


def decisions(actor: Actor, home: Home) -> QuerySet[Decision]:
    """The decisions made or planned that a sum may rest on, the latest first."""
    rows = Decision.objects.filter(partnership=home.pk).select_related("agency", "body")
    return visible(actor, rows, record="partnership").order_by("-date", "title")


def may_pledge(actor: Actor, contribution: Contribution) -> Verdict:
    """Who may say what an agency pledges: those who speak for it, and the secretariat."""
    if can(actor, Verb.CHANGE, contribution.record):
        return yes()
    if speaks_for(actor, contribution.agency, contribution.partnership_id):
        return yes()
    return no("Those who sit for this agency and the secretariat say what it pledges.")


def speaks_for(actor: Actor, agency: Agency | None, partnership: object) -> bool:
    """Whether the actor sits here for the agency, or for what it is a part of."""
    if agency is None or actor.hand:
        return False
    house = {agency.pk, agency.part_of_id} - {None}
    return any(
        each.agency in house
        and each.partnership == partnership
        and each.office is not Office.OBSERVER
        for each in actor.seats
    )
