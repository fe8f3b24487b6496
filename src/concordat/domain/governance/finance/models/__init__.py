"""Budgets, what comes in, what it costs, who shares how, what is disputed."""

from concordat.domain.base.records.models import Keyed
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.governance.finance.models.budget import Budget, Comparator, Cost, Total
from concordat.domain.governance.finance.models.disputing import Claim, FundingDispute
from concordat.domain.governance.finance.models.income import Contribution
from concordat.domain.governance.finance.models.sharing import Formula, ReviewDemand, Share

KINDS: dict[str, tuple[type[Keyed], str]] = {
    "budgets": (Budget, "budget"),
    "contributions": (Contribution, "contribution"),
    "costs": (Cost, "cost"),
    "formulas": (Formula, "formula"),
    "shares": (Share, "share"),
    "totals": (Total, "stated total"),
    "comparators": (Comparator, "comparator"),
    "review_demand": (ReviewDemand, "review demand"),
}
"""Kinds of the partnership file that are kept here, and the noun of their events."""

ADDRESSED: dict[str, tuple[RecordKind, str]] = {
    "budgets": (RecordKind.BUDGET, "title"),
    "contributions": (RecordKind.CONTRIBUTION, ""),
}
"""Kinds of which each row is a record of its own, with the field of its title.

The title of a contribution is made of who gives, from what and for when (`rules.income.called`).
"""

__all__ = [
    "ADDRESSED",
    "KINDS",
    "Budget",
    "Claim",
    "Comparator",
    "Contribution",
    "Cost",
    "Formula",
    "FundingDispute",
    "ReviewDemand",
    "Share",
    "Total",
]
