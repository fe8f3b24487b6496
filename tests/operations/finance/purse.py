"""A partnership of council, health and police with the budget of 2019/20, by real operations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.records.models import Record
from concordat.domain.governance.arrangements import operations as arrangements
from concordat.domain.governance.arrangements.models import Decision
from concordat.domain.governance.finance import operations
from concordat.domain.governance.finance.models import Budget, Contribution, Cost, Formula
from concordat.domain.governance.finance.operations.disputing import Says
from concordat.domain.governance.finance.operations.sharing import Part
from concordat.domain.governance.finance.rules import Method
from concordat.kernel.actor import Actor
from tests.operations.mail.cast import LOADER
from tests.operations.meetings.boardroom import Boardroom

YEAR = "2019/20"
ISSUE = "The police offer a flat sum; the others want equal thirds"


@dataclass(frozen=True)
class Purse:
    """The boardroom with a budget: a scrutineer who is costed, a council that is asked."""

    room: Boardroom
    budget: Budget
    cost: Cost
    council: Contribution

    @property
    def here(self) -> Record:
        return self.room.here

    @property
    def manager(self) -> Actor:
        return self.room.manager

    def agency(self, class_: str) -> Agency:
        return Agency.objects.select_related("record", "partnership").get(
            pk=self.room.agencies[class_].pk
        )

    def now(self) -> Budget:
        return Budget.objects.select_related(
            "record__partnership", "partnership__partnership_row", "matter", "body"
        ).get(pk=self.budget.pk)

    def given(self, row: Contribution | None = None) -> Contribution:
        rows = Contribution.objects.select_related(
            "record__partnership",
            "agency",
            "partnership__partnership_row",
            "budget__matter",
            "decision",
            "matter",
        )
        return rows.get(pk=(row or self.council).pk)

    def line(self) -> Cost:
        return Cost.objects.select_related("budget__record", "partnership").get(pk=self.cost.pk)

    def decided(self, title: str = "Contribution approved", state: str = "made") -> Decision:
        row = arrangements.add(
            LOADER,
            partnership=self.here,
            kind="decisions",
            name=title,
            values={"title": title, "state": state, "date": "2019-03-26",
                    "agency": self.agency("council")},
        )  # fmt: skip
        assert isinstance(row, Decision)
        return row

    def thirds(self, title: str = "Equal thirds", **more: Any) -> Formula:
        parts = [Part(self.agency(each)) for each in ("council", "health", "police")]
        told: dict[str, Any] = {"method": Method.EQUAL, "parts": parts} | more
        return operations.set_formula(self.manager, budget=self.now(), title=title, **told)

    def flat(self) -> Formula:
        parts = [
            Part(self.agency("council")),
            Part(self.agency("health")),
            Part(self.agency("police"), flat=5_000_00),
        ]
        return self.thirds("Flat police payment", method=Method.FLAT, parts=parts)

    def says(self) -> list[Says]:
        return [
            Says(self.agency("council"), "Equal thirds", offers=40_000_00),
            Says(self.agency("police"), "A flat sum", offers=5_000_00),
        ]


def filled(room: Boardroom) -> Purse:
    budget = operations.open_budget(
        LOADER, partnership=room.here, year=YEAR, matter=room.matter("money"), reserve=10_000_00
    )
    cost = operations.add_cost(
        LOADER,
        budget=budget,
        facts={"title": "Scrutineer", "heading": "Personnel", "level": "recurrent",
               "amount": 120_000_00},
    )  # fmt: skip
    council = operations.add_contribution(
        LOADER,
        budget=budget,
        agency=room.agencies["council"],
        fund="General fund",
        facts={"amount": 45_000_00},
    )
    return Purse(room, budget, cost, council)
