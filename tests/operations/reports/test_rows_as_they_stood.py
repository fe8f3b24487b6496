"""Risks, milestones and products in a report of an earlier day, as they stood then."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from concordat.domain.assurance.reports import queries
from concordat.domain.governance.finance import operations as finance
from concordat.domain.governance.programme import operations as programme
from concordat.domain.governance.programme.models import Milestone, Product
from concordat.domain.governance.risks import operations as risks
from concordat.domain.governance.risks.models import Risk
from concordat.kernel.actor import process
from concordat.kernel.dates import UncertainDate
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY
from tests.operations.reports.reporting import Reporting

DAY_BEFORE = DAY - timedelta(days=1)


def row(told: Reporting, ref: str, day: date = DAY) -> dict[str, Any]:
    found = told.made(day).ground.row(ref)
    assert found is not None
    return dict(found)


def test_a_risk_has_the_score_of_the_day(told: Reporting) -> None:
    held = Risk.objects.get(key="cost")
    risks.score(told.manager, risk=held, likelihood="LOW", impact="HIGH", reason="It is costed.")
    assert row(told, "risks:cost")["likelihood"] == "LOW"
    assert row(told, "risks:cost", DAY_BEFORE)["likelihood"] == "HIGH"
    number = "count:risks.likelihood=HIGH"
    assert [len(told.made(day).behind(number)) for day in (DAY_BEFORE, DAY)] == [1, 0]


def test_a_risk_that_is_raised_later_was_not_there(told: Reporting) -> None:
    register = Risk.objects.get(key="cost").register
    assert register is not None
    risks.add(
        told.manager, register=register, title="New", current=("LOW", "LOW"), reason="Said today."
    )
    assert len(told.made().behind("count:risks")) == 2
    assert len(told.made(DAY_BEFORE).behind("count:risks")) == 1


def test_a_risk_that_is_held_closely_is_told_to_nobody(told: Reporting) -> None:
    register = Risk.objects.get(key="cost").register
    assert register is not None
    held = risks.add(
        told.manager, register=register, title="Close", current=("LOW", "LOW"),
        reason="Said today.", sensitivity=Sensitivity.RESTRICTED,
    )  # fmt: skip
    assert held.record.level is Sensitivity.RESTRICTED
    assert len(told.made().behind("count:risks")) == 1


def test_a_milestone_has_the_day_that_was_planned_then(told: Reporting) -> None:
    held = Milestone.objects.get(key="live")
    programme.replan(
        told.manager, milestone=held, due=UncertainDate.parse("2019-12"),
        reasons=["The money came late"], agreed_by="The executive",
    )  # fmt: skip
    assert row(told, "milestones:live")["due"] == "2019-12"
    assert row(told, "milestones:live", DAY_BEFORE)["due"] == "2019-09"
    (change,) = told.made().part("products").blocks[1].rows
    assert "December 2019" in change.cells
    assert told.made(DAY_BEFORE).behind("count:replans") == []


def test_what_is_done_later_was_not_done_then(told: Reporting) -> None:
    held = Milestone.objects.get(key="live")
    programme.reach(told.manager, milestone=held, done_on=UncertainDate.parse(DAY.isoformat()))
    assert row(told, "milestones:live")["state"] == "done"
    before = row(told, "milestones:live", DAY_BEFORE)
    assert (before["done_on"], before["state"]) == ("", "")
    made = Product.objects.get(key="plan")
    programme.hand_over(told.manager, product=made)
    assert row(told, "products:plan")["handed_on"] == DAY
    assert row(told, "products:plan", DAY_BEFORE)["handed_on"] == ""


def test_a_phase_that_is_over_is_told_all_the_same(told: Reporting) -> None:
    assert row(told, "phases:first")["title"] == "First phase"


def test_today_nothing_is_turned_back(told: Reporting) -> None:
    later = process("reader", DAY + timedelta(days=400))
    held = Risk.objects.get(key="cost")
    risks.score(told.manager, risk=held, likelihood="LOW", impact="HIGH", reason="It is costed.")
    ground = queries.ground_of(later, told.home, DAY)
    assert [each["likelihood"] for each in ground.of("risks")] == ["LOW"]


def test_what_somebody_adds_is_known_from_that_day(told: Reporting) -> None:
    values = {"title": "Sign the lease", "due": "2019-12"}
    programme.add(
        told.manager, partnership=told.home.record, kind="milestones", name="lease", values=values
    )
    budget = finance.open_budget(told.manager, partnership=told.home.record, year="2019/20")
    finance.add_cost(told.manager, budget=budget, facts={"title": "Lease", "amount": 100_00})
    for kind in ("milestones", "costs", "budgets"):
        many = [len(told.made(day).behind(f"count:{kind}")) for day in (DAY_BEFORE, DAY)]
        assert many[1] == many[0] + 1, kind
