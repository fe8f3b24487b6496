"""More rows of every list on the pages of money."""

from __future__ import annotations

from collections.abc import Callable

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents.operations import Upload
from concordat.domain.governance.arrangements import operations as arrangements
from concordat.domain.governance.arrangements.models import Decision
from concordat.domain.governance.finance import operations
from concordat.domain.governance.finance.operations.disputing import Says
from concordat.domain.governance.finance.operations.sharing import Part
from concordat.domain.governance.finance.rules import Method
from tests.operations.mail.cast import LOADER
from tests.pages.furnished import Furnished


def _agency(stands: Furnished, name: str) -> Agency:
    row = agencies.set_down(
        LOADER,
        partnership=stands.house.here,
        kind="agencies",
        key=name.lower().replace(" ", "-"),
        values={"name": name, "agency_class": "education"},
    )
    assert isinstance(row, Agency)
    return row


def more_money(stands: Furnished, numbers: range) -> None:
    """Budgets, what things cost elsewhere, and disagreements."""
    facts = {"average": 8_000_00, "source": "A paper"}
    for each in numbers:
        operations.open_budget(LOADER, partnership=stands.house.here, year=_year(each))
        operations.add_comparator(
            LOADER, partnership=stands.house.here, title=f"Review {each}", facts=facts
        )


def _year(number: int) -> str:
    return f"{1950 + number}/{(1951 + number) % 100:02d}"


def more_of_a_budget(stands: Furnished, numbers: range) -> None:
    """Contributions with a decision, costs, totals and disagreements of one budget."""
    budget = stands.spent.budget
    for each in numbers:
        agency = _agency(stands, f"Payer {each}")
        decision = arrangements.add(
            LOADER,
            partnership=stands.house.here,
            kind="decisions",
            name=f"pays {each}",
            values={"title": f"Pays {each}", "state": "made"},
        )
        assert isinstance(decision, Decision)
        row = operations.add_contribution(
            LOADER, budget=budget, agency=agency, facts={"amount": 1_00}
        )
        operations.agree(LOADER, contribution=row, amount=1_00, on=LOADER.on, decision=decision)
        operations.add_cost(LOADER, budget=budget, facts={"title": f"Cost {each}", "amount": 1})
        operations.state_total(LOADER, budget=budget, of=f"Cost {each}", amount=2)
        operations.open_dispute(
            LOADER,
            budget=budget,
            title=f"Who pays {each}",
            issue="Somebody has to",
            claims=[Says(agency, "Not us"), Says(stands.agency, "Not us")],
        )


def more_formulas(stands: Furnished, numbers: range) -> None:
    agency = Agency.objects.select_related("record", "partnership").get(pk=stands.agency.pk)
    for each in numbers:
        operations.set_formula(
            LOADER,
            budget=stands.spent.budget,
            title=f"Formula {each}",
            method=Method.EQUAL,
            parts=[Part(agency)],
        )


def more_kept(stands: Furnished, numbers: range) -> None:
    """Workbooks that came back before. The page shows ten of them at most."""
    for each in numbers:
        documents.add(
            LOADER,
            partnership=stands.house.here,
            title=f"Budget workbook as it came back {each}",
            file=Upload("came.csv", b"a,b\n1,2\n"),
            about=stands.spent.budget.record,
        )


OF_FINANCE: dict[str, Callable[[Furnished, range], None]] = {
    "money": more_money,
    "budget": more_of_a_budget,
    "formulas": more_formulas,
    "reviews": more_money,
}
