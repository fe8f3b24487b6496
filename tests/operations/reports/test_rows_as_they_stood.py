"""Risks, plans and money in a report of an earlier day, as they stood then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from concordat.domain.assurance.exchange import rules as files
from concordat.domain.assurance.exchange.operations import load
from concordat.domain.assurance.reports import queries
from concordat.domain.assurance.reports.rules import declared
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.records.models import Earlier
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.finance import operations as finance
from concordat.domain.governance.finance.models import Budget, Contribution, Cost, Formula
from concordat.domain.governance.finance.operations.sharing import Part
from concordat.domain.governance.finance.rules import Method
from concordat.domain.governance.finance.rules.demand import Demand
from concordat.domain.governance.programme import operations as programme
from concordat.domain.governance.programme.models import Milestone, Product, Programme
from concordat.domain.governance.programme.rules.cycle import Outcome
from concordat.domain.governance.risks import operations as risks
from concordat.domain.governance.risks.models import Risk
from concordat.kernel.actor import process
from concordat.kernel.dates import UncertainDate
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.reports.reporting import FILE, Reporting

DAY_BEFORE = DAY - timedelta(days=1)


def row(told: Reporting, ref: str, day: date = DAY) -> dict[str, Any]:
    found = told.made(day).ground.row(ref)
    assert found is not None
    return dict(found)


@pytest.mark.long
def test_a_risk_has_the_score_of_the_day(told: Reporting) -> None:
    held = Risk.objects.get(key="cost")
    risks.score(told.manager, risk=held, likelihood="LOW", impact="HIGH", reason="It is costed.")
    assert row(told, "risks:cost")["likelihood"] == "LOW"
    assert row(told, "risks:cost", DAY_BEFORE)["likelihood"] == "HIGH"
    number = "count:risks.likelihood=HIGH"
    assert [len(told.made(day).behind(number)) for day in (DAY_BEFORE, DAY)] == [1, 0]


@pytest.mark.long
def test_a_risk_that_is_raised_later_was_not_there(told: Reporting) -> None:
    register = Risk.objects.get(key="cost").register
    assert register is not None
    risks.add(
        told.manager, register=register, title="New", current=("LOW", "LOW"), reason="Said today."
    )
    assert len(told.made().behind("count:risks")) == 2
    assert len(told.made(DAY_BEFORE).behind("count:risks")) == 1


@pytest.mark.long
def test_a_risk_that_is_held_closely_is_told_to_nobody(told: Reporting) -> None:
    register = Risk.objects.get(key="cost").register
    assert register is not None
    held = risks.add(
        told.manager, register=register, title="Close", current=("LOW", "LOW"),
        reason="Said today.", sensitivity=Sensitivity.RESTRICTED,
    )  # fmt: skip
    assert held.record.level is Sensitivity.RESTRICTED
    assert len(told.made().behind("count:risks")) == 1


@pytest.mark.long
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


@pytest.mark.long
def test_what_is_done_later_was_not_done_then(told: Reporting) -> None:
    held = Milestone.objects.get(key="live")
    programme.reach(told.manager, milestone=held, done_on=UncertainDate.parse(DAY.isoformat()))
    assert row(told, "milestones:live")["state"] == "done"
    before = row(told, "milestones:live", DAY_BEFORE)
    assert (before["done_on"], before["state"]) == ("", "planned")
    made = Product.objects.get(key="plan")
    programme.hand_over(told.manager, product=made)
    assert row(told, "products:plan")["handed_on"] == DAY
    assert row(told, "products:plan", DAY_BEFORE)["handed_on"] is None


@pytest.mark.long
def test_a_phase_that_is_over_is_told_all_the_same(told: Reporting) -> None:
    assert row(told, "phases:first")["title"] == "First phase"


@pytest.mark.long
def test_today_nothing_is_turned_back(told: Reporting) -> None:
    later = process("reader", DAY + timedelta(days=400))
    held = Risk.objects.get(key="cost")
    risks.score(told.manager, risk=held, likelihood="LOW", impact="HIGH", reason="It is costed.")
    ground = queries.ground_of(later, told.home, DAY)
    assert [each["likelihood"] for each in ground.of("risks")] == ["LOW"]


@pytest.mark.long
def test_what_somebody_adds_is_known_from_that_day(told: Reporting) -> None:
    values = {"title": "Sign the lease", "due": "2019-12"}
    programme.add(
        told.manager, partnership=told.home.record, kind="milestones", name="lease", values=values
    )
    budget = finance.open_budget(told.manager, partnership=told.home.record, year="2020/21")
    finance.add_cost(told.manager, budget=budget, facts={"title": "Lease", "amount": 100_00})
    for kind in ("milestones", "costs", "budgets"):
        many = [len(told.made(day).behind(f"count:{kind}")) for day in (DAY_BEFORE, DAY)]
        assert many[1] == many[0] + 1, kind


def both(told: Reporting, ref: str, field: str) -> list[Any]:
    """What a row says as at the day before, and today."""
    return [row(told, ref, day)[field] for day in (DAY_BEFORE, DAY)]


def differ(told: Reporting) -> list[tuple[str, str]]:
    """What the difference view tells of both days, before and after."""
    update = declared("board-update")
    assert update is not None
    found = queries.compared(told.manager, update, told.home, DAY_BEFORE, DAY)
    return [(each.before, each.after) for each in found]


@pytest.mark.long
def test_money_that_changed_later_is_told_as_it_was(told: Reporting) -> None:
    budget = Budget.objects.get(key="year")
    finance.describe_budget(told.manager, budget=budget, facts={"reserve": 9_000_00})
    cost = Cost.objects.get(key="scrutineer")
    finance.change_cost(told.manager, cost=cost, facts={"amount": 150_000_00})
    given = Contribution.objects.get(key="council")
    facts = {"amount": 50_000_00}
    finance.describe_contribution(told.manager, contribution=given, facts=facts)
    finance.agree(told.manager, contribution=given, amount=48_000_00, on=DAY)
    assert both(told, "budgets:year", "reserve") == [10_000_00, 9_000_00]
    assert both(told, "costs:scrutineer", "amount") == [120_000_00, 150_000_00]
    assert both(told, "contributions:council", "amount") == [45_000_00, 50_000_00]
    assert both(told, "contributions:council", "agreed") == [None, 48_000_00]
    assert both(told, "contributions:council", "state") == ["sought", "agreed"]


@pytest.mark.long
def test_an_agreement_of_march_is_not_known_in_february(told: Reporting) -> None:
    given, agreed = Contribution.objects.get(key="council"), date(2019, 3, 26)
    council = process("clerk", agreed)
    finance.agree(council, contribution=given, amount=48_000_00, on=agreed)
    finance.invoice(council, contribution=given, amount=48_000_00, on=agreed)
    days = (date(2019, 2, 15), agreed - timedelta(days=1), agreed)
    stood = [row(told, "contributions:council", day) for day in days]
    assert [each["state"] for each in stood] == ["sought", "sought", "invoiced"]
    assert [each["agreed"] for each in stood] == [None, None, 48_000_00]
    assert [each["agreed_on"] for each in stood] == ["", "", "2019-03-26"]


@pytest.mark.long
def test_the_difference_of_both_days_tells_the_sum_before_and_after(told: Reporting) -> None:
    cost = Cost.objects.get(key="scrutineer")
    finance.change_cost(told.manager, cost=cost, facts={"amount": 150_000_00})
    (changed,) = [each for each in differ(told) if "120,000" in each[0]]
    assert "150,000" in changed[1]


@pytest.mark.long
def test_what_was_said_first_on_a_day_is_what_stood_until_then(told: Reporting) -> None:
    cost = Cost.objects.get(key="scrutineer")
    for amount in (130_000_00, 140_000_00):
        finance.change_cost(told.manager, cost=cost, facts={"amount": amount})
    later = replace(told.manager, on=DAY + timedelta(days=10))
    finance.change_cost(later, cost=cost, facts={"amount": 1_00, "title": "Nobody"})
    days = (DAY_BEFORE, DAY, later.on)
    assert [row(told, "costs:scrutineer", day)["amount"] for day in days] == [
        120_000_00,
        140_000_00,
        1_00,
    ]
    assert row(told, "costs:scrutineer")["title"] == "Scrutineer"


def shared_by(told: Reporting, *parts: tuple[str, int], on: date = DAY) -> None:
    said = {
        "method": Method.PERCENTAGE,
        "total": 100_000_00,
        "parts": [Part(Agency.objects.get(key=key), percent=Decimal(each)) for key, each in parts],
    }
    budget, actor = Budget.objects.get(key="year"), replace(told.manager, on=on)
    if there := Formula.objects.filter(budget=budget).first():
        finance.change_formula(actor, formula=there, **said)  # type: ignore[arg-type]
    else:
        finance.set_formula(actor, budget=budget, title="By share", **said)  # type: ignore[arg-type]


@pytest.mark.long
def test_formulas_shares_and_demand_are_known_from_their_day(told: Reporting) -> None:
    shared_by(told, ("council", 60), ("police", 40))
    finance.set_demand(
        told.manager, budget=Budget.objects.get(key="year"),
        demand=Demand(low=0, likely=1, high=3, usual=8_000_00, most=15_000_00),
    )  # fmt: skip
    for kind, many in (("formulas", 1), ("shares", 2), ("review_demand", 1)):
        found = [len(told.made(day).ground.of(kind)) for day in (DAY_BEFORE, DAY)]
        assert found == [0, many], kind


@pytest.mark.long
def test_shares_as_they_were_with_whoever_shares_no_longer(told: Reporting) -> None:
    shared_by(told, ("council", 60), ("police", 40))
    later = DAY + timedelta(days=10)
    shared_by(told, ("council", 100), on=later)
    shared_by(told, ("council", 50), ("police", 50), on=later + timedelta(days=10))
    for day, said in (
        (DAY_BEFORE, {}),
        (DAY, {"council": "60", "police": "40"}),
        (later, {"council": "100"}),
        (later + timedelta(days=10), {"council": "50", "police": "50"}),
    ):
        found = {each["agency"]: each["percent"] for each in told.made(day).ground.of("shares")}
        assert found == said, day


@pytest.mark.long
def test_a_programme_is_told_as_far_as_it_was(told: Reporting) -> None:
    held = Programme.objects.get(key="change")
    programme.move_on(told.manager, thing=held, verb="begin")
    assert both(told, "programmes:change", "state") == ["", "under way"]
    programme.set_down(
        told.manager, partnership=told.home.record, kind="programmes", key="change",
        values={"amount": 50_000_00},
    )  # fmt: skip
    assert both(told, "programmes:change", "amount") == [None, 50_000_00]


@pytest.mark.long
def test_a_risk_that_is_closed_later_was_open(told: Reporting) -> None:
    held = Risk.objects.get(key="cost")
    risks.close(told.manager, risk=held, reason="It is costed.")
    assert both(told, "risks:cost", "to") == ["", DAY.isoformat()]


@pytest.mark.long
def test_a_file_that_is_loaded_again_corrects_what_was_known(told: Reporting) -> None:
    corrected = FILE.replace("amount: 120000", "amount: 125000")
    assert corrected != FILE
    load(LOADER, file=files.read({"here.yaml": corrected}))
    assert both(told, "costs:scrutineer", "amount") == [125_000_00, 125_000_00]


@pytest.mark.long
def test_a_post_that_is_filled_later_was_looked_for(told: Reporting) -> None:
    held = programme.add(
        LOADER, partnership=told.home.record, kind="appointments", name="analyst",
        values={"title": "Analyst", "how": "An advert", "state": "under way", "stated_text": ""},
    )  # fmt: skip
    programme.fill(told.manager, appointment=held, day=UncertainDate.parse(DAY.isoformat()))
    assert both(told, "appointments:analyst", "state") == ["under way", "done"]
    assert both(told, "appointments:analyst", "date") == ["", DAY.isoformat()]


@pytest.mark.long
def test_a_gate_that_is_decided_later_was_open(told: Reporting) -> None:
    aim = programme.add(
        LOADER, partnership=told.home.record, kind="priorities", name="aim",
        values={"title": "Aim", "stated_text": ""},
    )  # fmt: skip
    gate = programme.add(
        LOADER, partnership=told.home.record, kind="gates", name="hub",
        values={"question": "A hub?", "priority": aim, "stated_text": ""},
    )  # fmt: skip
    body = Body.objects.filter(partnership=told.home.pk).select_related("record").first()
    assert body is not None
    programme.decide_gate(
        told.manager, gate=gate, outcome=Outcome.NO, reason="Too dear", body=body, decided_on=DAY
    )
    assert both(told, "gates:hub", "outcome") == ["", "no"]
    assert both(told, "gates:hub", "decided_by") == [None, body.key]


def test_a_contract_that_is_renewed_keeps_when_it_ended(told: Reporting) -> None:
    held = programme.add(
        LOADER, partnership=told.home.record, kind="contracts", name="ada",
        values={"title": "Ada", "service": "trainer", "supplier": "Ada", "agreed": 10,
                "to_text": "2019-06-30", "stated_text": ""},
    )  # fmt: skip
    programme.order(told.manager, contract=held, number="PO-1")
    programme.renew(
        told.manager, contract=held, until=UncertainDate.parse("2020-06-30"), more=4,
        reason="Good work",
    )  # fmt: skip
    kept = Earlier.objects.get(of="programme.contract", key="ada", until=DAY)
    assert (kept.values["to_text"], kept.values["agreed"]) == ("2019-06-30", 10)
    assert kept.values["state"] == "draft"
