"""A budget with something on each of its pages, and what stands in the addresses of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.records import operations as records
from concordat.domain.governance.arrangements import operations as arrangements
from concordat.domain.governance.arrangements.models import Matter
from concordat.domain.governance.finance import operations
from concordat.domain.governance.finance.models import (
    Budget,
    Contribution,
    Cost,
    Formula,
    FundingDispute,
)
from concordat.domain.governance.finance.operations.disputing import Says
from concordat.domain.governance.finance.operations.sharing import Part
from concordat.domain.governance.finance.rules import Method
from concordat.domain.governance.finance.rules.demand import Demand
from tests.operations.mail.cast import LOADER, House


@dataclass(frozen=True)
class Spent:
    """One of each thing that belongs to money."""

    house: House
    budget: Budget
    cost: Cost
    loose: Cost
    contribution: Contribution
    formula: Formula
    dispute: FundingDispute

    def case(self, name: str) -> dict[str, Any]:
        """Values for the places of a route; nothing for one of the partnership."""
        if name in ("money", "open", "elsewhere"):
            return {}
        if name in _OF_CONTRIBUTIONS:
            return {"reference": self.contribution.record.reference, **_OF_CONTRIBUTIONS[name]}
        if name in _OF_DISPUTES:
            return {"reference": self.dispute.record.reference, **self._of_dispute(name)}
        return {"reference": self.budget.record.reference, **self._of_budget(name)}

    def _of_dispute(self, name: str) -> dict[str, Any]:
        if name == "agree_claim":
            return {"claim": self.dispute.claims.order_by("pk")[0].pk}
        return {"body": self.house.board.record.reference} if name == "carry_up" else {}

    def _of_budget(self, name: str) -> dict[str, Any]:
        return {
            "move": {"verb": "redraft"},
            "put_in": {"kind": "costs", "key": self.loose.key},
            "cost": {"key": self.cost.key},
            "formula": {"method": "percentage"},
            "choose": {"key": self.formula.key},
            "change_formula": {"key": self.formula.key},
        }.get(name, {})


_OF_CONTRIBUTIONS: dict[str, dict[str, Any]] = {
    "contribution": {},
    "describe_contribution": {},
    "pledge": {},
    "decline": {},
    "withdraw_ask": {},
    "ask_again": {},
    "agree": {},
    "rest_on": {},
    "moved": {"verb": "receive"},
}
_OF_DISPUTES = (
    "dispute", "agree_claim", "propose", "settle", "withdraw", "carry", "carry_up",
)  # fmt: skip


def spent(house: House, agency: Agency) -> Spent:
    """The year of 2019/20, of which a second agency wants another formula."""
    matter = Matter.objects.get(partnership=house.here, key="budget")
    budget = operations.open_budget(
        LOADER, partnership=house.here, year="2019/20", matter=matter, reserve=100_00
    )
    arrangements.add(
        LOADER,
        partnership=house.here,
        kind="decisions",
        name="money",
        values={"title": "Money for 2019/20", "state": "made", "date": "2019-03-26"},
    )
    cost = operations.add_cost(
        LOADER, budget=budget, facts={"title": "Scrutineer", "amount": 30_000_00}
    )
    contribution = operations.add_contribution(
        LOADER, budget=budget, agency=agency, fund="General fund", facts={"amount": 15_000_00}
    )
    other = _agency(house)
    formula = operations.set_formula(
        LOADER,
        budget=budget,
        title="Halves",
        method=Method.EQUAL,
        parts=[Part(agency), Part(other)],
    )
    operations.set_demand(
        LOADER,
        budget=budget,
        demand=Demand(low=1, likely=2, high=4, usual=8_000_00, most=15_000_00),
    )
    dispute = operations.open_dispute(
        LOADER,
        budget=budget,
        title="Halves or a flat sum",
        issue="One offers a flat sum",
        claims=[
            Says(agency, "Halves", formula=formula),
            Says(other, "A flat sum", offers=5_000_00),
        ],
        standard="Equitable and proportionate",
        needed=30_000_00,
    )
    operations.propose_settlement(LOADER, dispute=dispute, settlement="Halves from July")
    return Spent(house, budget, cost, _loose(house), contribution, formula, dispute)


def _agency(house: House) -> Agency:
    made = agencies.set_down(
        LOADER,
        partnership=house.here,
        kind="agencies",
        key="heath-police",
        values={"name": "Heath Police", "agency_class": "police"},
    )
    assert isinstance(made, Agency)
    return made


def _loose(house: House) -> Cost:
    """A cost that a source tells and that stands in no budget."""
    return records.keep(
        LOADER,
        model=Cost,
        partnership=house.here,
        key="rooms",
        values={"title": "Rooms", "source": "A paper"},
        noun="cost",
    )
