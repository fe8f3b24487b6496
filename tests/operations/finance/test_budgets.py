"""Budgets opened, agreed and closed; costs, totals and comparators; what the arrangements quote."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import keep, restrict
from concordat.domain.governance.arrangements.models import QuotedRow
from concordat.domain.governance.finance import operations, queries
from concordat.domain.governance.finance.models import Budget, Comparator, Cost, Total
from concordat.domain.governance.finance.rules import BudgetState
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.finance.purse import Purse
from tests.operations.mail.cast import LOADER, verbs_on

AFTER = process("after the year", date(2020, 4, 1))


def year(purse: Purse) -> queries.Year:
    (found,) = queries.whole(purse.manager, [purse.now()])
    return found


def opened(purse: Purse, year: str, **more: Any) -> Budget:
    return operations.open_budget(purse.manager, partnership=purse.here, year=year, **more)


def test_a_budget_has_an_address_a_year_and_a_state(purse: Purse) -> None:
    row = purse.now()
    assert row.record.reference == "HERE-BU-0001"
    assert (row.title, row.year, row.stage) == ("Budget 2019/20", "2019/20", BudgetState.DRAFT)
    assert "budget set down" in verbs_on(row.record)


@pytest.mark.parametrize(
    ("year", "says"), [("2019-20", "is there already"), ("2019", "not a financial year")]
)
def test_one_budget_a_year(purse: Purse, year: str, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        opened(purse, year)
    assert Budget.objects.count() == 1


def test_the_old_boards_budget_is_inherited(purse: Purse) -> None:
    old = opened(purse, "2018/19", body=purse.room.body)
    assert old.title == "Budget 2018/19, Executive"
    operations.describe_budget(purse.manager, budget=purse.now(), facts={"inherits": old})
    found = queries.budget(purse.room.house.member.actor, "HERE-BU-0001")
    assert found.inherits == old
    with pytest.raises(Invalid, match="inherit from itself"):
        operations.describe_budget(
            purse.manager, budget=purse.now(), facts={"inherits": purse.now()}
        )


def test_only_those_who_run_the_partnership_change_money(purse: Purse) -> None:
    member = purse.room.house.member.actor
    for act in (
        lambda: operations.open_budget(member, partnership=purse.here, year="2021/22"),
        lambda: operations.add_cost(member, budget=purse.now(), facts={"title": "Cake"}),
        lambda: operations.change_cost(member, cost=purse.line(), facts={"spent": 1}),
        lambda: operations.close_budget(member, budget=purse.now()),
    ):
        with pytest.raises(Refused):
            act()
    assert (Budget.objects.count(), Cost.objects.count()) == (1, 1)
    with pytest.raises(Budget.DoesNotExist):
        queries.budget(purse.room.house.outsider.actor, "HERE-BU-0001")


def test_a_budget_is_agreed_by_a_decision_that_was_made(purse: Purse) -> None:
    planned = purse.decided("Budget to be set", state="planned")
    with pytest.raises(Invalid, match="is planned, not made"):
        operations.agree_budget(purse.manager, budget=purse.now(), decision=planned)
    operations.agree_budget(purse.manager, budget=purse.now(), decision=purse.decided())
    assert purse.now().stage is BudgetState.AGREED
    with pytest.raises(Invalid, match="Say why"):
        operations.redraft_budget(purse.manager, budget=purse.now(), reason=" ")
    operations.redraft_budget(purse.manager, budget=purse.now(), reason="A partner fell out")
    assert (purse.now().stage, purse.now().decision) == (BudgetState.DRAFT, None)


def test_a_year_is_closed_once_it_is_over_and_then_nothing_is_entered(purse: Purse) -> None:
    operations.agree_budget(LOADER, budget=purse.now(), decision=purse.decided())
    with pytest.raises(Refused, match="runs until 31 March 2020"):
        operations.close_budget(purse.manager, budget=purse.now())
    operations.close_budget(AFTER, budget=purse.now())
    for act in (
        lambda: operations.change_cost(AFTER, cost=purse.line(), facts={"spent": 1}),
        lambda: operations.pledge(AFTER, contribution=purse.given(), amount=1),
        lambda: operations.add_cost(AFTER, budget=purse.now(), facts={"title": "Cake"}),
        lambda: operations.describe_budget(AFTER, budget=purse.now(), facts={"reserve": 1}),
    ):
        with pytest.raises(Refused, match=r"closed"):
            act()
    operations.reopen_budget(AFTER, budget=purse.now(), reason="An invoice came late")
    operations.change_cost(AFTER, cost=purse.line(), facts={"spent": 1})
    assert purse.line().spent == 1


def test_what_is_closed_asks_nobody_any_more(purse: Purse) -> None:
    assert Ask.objects.filter(record=purse.council.pk, cleared_on=None).exists()
    operations.agree_budget(LOADER, budget=purse.now(), decision=purse.decided())
    operations.close_budget(AFTER, budget=purse.now())
    assert not Ask.objects.filter(record=purse.council.pk, cleared_on=None).exists()


def test_whoever_loaded_it_before_the_year_closed_changes_nothing(purse: Purse) -> None:
    line, budget = purse.line(), purse.now()
    operations.agree_budget(LOADER, budget=purse.now(), decision=purse.decided())
    operations.close_budget(AFTER, budget=purse.now())
    for act in (
        lambda: operations.change_cost(AFTER, cost=line, facts={"spent": 1}),
        lambda: operations.describe_budget(AFTER, budget=budget, facts={"reserve": 1}),
    ):
        with pytest.raises(Refused, match="closed"):
            act()
    assert (purse.line().spent, purse.now().reserve) == (None, 10_000_00)


def close(record: Record) -> None:
    restrict(LOADER, record=record, sensitivity=Sensitivity.RESTRICTED, reason="Under discussion")


def test_a_restricted_contribution_is_in_no_sum_and_no_quotation_of_others(purse: Purse) -> None:
    close(purse.council.record)
    operations.add_cost(LOADER, budget=purse.now(), facts={"title": "Rooms"})
    member = purse.room.house.member.actor
    (theirs,) = queries.whole(member, [purse.now()])
    assert (theirs.income.expected, year_of(LOADER, purse).income.expected) == (0, 45_000_00)
    assert "Heath council, General fund" not in [title for title, _ in quoted()]
    assert "Rooms" in [title for title, _ in quoted()]


def test_a_restricted_budget_is_quoted_nowhere(purse: Purse) -> None:
    close(purse.now().record)
    operations.pledge(LOADER, contribution=purse.given(), amount=40_000_00)
    assert not quoted()


def test_what_is_asked_of_a_restricted_budget_is_held_as_closely(purse: Purse) -> None:
    close(purse.now().record)
    row = operations.add_contribution(
        LOADER, budget=purse.now(), agency=purse.agency("police"), facts={"amount": 1_00}
    )
    assert row.record.level is Sensitivity.RESTRICTED
    with pytest.raises(Refused, match="do not have access"):
        operations.pledge(purse.room.house.member.actor, contribution=row, amount=1_00)
    operations.pledge(purse.room.police.actor, contribution=row, amount=1_00)


@pytest.mark.long
def test_what_moves_in_a_budget_stands_in_its_own_history(purse: Purse) -> None:
    before = verbs_on(purse.here)
    line = operations.add_cost(LOADER, budget=purse.now(), facts={"title": "Rooms", "amount": 1})
    operations.change_cost(LOADER, cost=line, facts={"amount": 2})
    operations.state_total(LOADER, budget=purse.now(), of="All costs", amount=3)
    purse.thirds()
    mine = verbs_on(purse.now().record)
    for verb in ("cost set down", "cost amended", "stated total set down", "formula set down"):
        assert any(each.startswith(verb.rpartition(" ")[0][:4]) for each in mine), (verb, mine)
    new = verbs_on(purse.here)[len(before) :]
    assert not [each for each in new if each.split()[0] in ("cost", "total", "formula", "share")]


def test_money_follows_a_budget_that_is_restricted_later(purse: Purse) -> None:
    close(purse.now().record)
    assert purse.given().record.level is Sensitivity.PARTNERSHIP
    watcher = process("money watcher", LOADER.on)
    assert operations.hold_as_closely(watcher) == 1
    assert purse.given().record.level is Sensitivity.RESTRICTED
    assert operations.hold_as_closely(watcher) == 0


def year_of(actor: Actor, purse: Purse) -> queries.Year:
    (found,) = queries.whole(actor, [purse.now()])
    return found


def test_the_year_says_how_it_stands(purse: Purse) -> None:
    found = year(purse)
    assert (found.income.expected, found.spending.budgeted) == (45_000_00, 120_000_00)
    assert found.balance.reserve_after == -65_000_00
    assert found.balance.in_words().startswith("The year is short of £75,000")
    operations.change_cost(
        purse.manager, cost=purse.line(), facts={"spent": 60_000_00, "forecast": 130_000_00}
    )
    found = year(purse)
    assert (found.spending.variance, found.spending.undecided) == (10_000_00, 1)
    operations.change_cost(
        purse.manager, cost=purse.line(), facts={"decision": purse.decided("Overspend agreed")}
    )
    assert year(purse).spending.undecided == 0


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"title": " "}, "Say what is paid for"),
        ({"title": "Cake", "amount": -1}, "below nothing"),
        ({"title": "Post", "share": "101"}, "cannot be paid"),
        ({"title": "Post", "share": "many"}, "not a number"),
        ({"title": "Post", "days": "400"}, "days are not in a year"),
        ({"title": "Cake", "year": "2018/19"}, "is for 2018/19"),
    ],
)
def test_a_cost_that_cannot_be_is_refused(purse: Purse, facts: dict[str, Any], says: str) -> None:
    with pytest.raises(Invalid, match=says):
        operations.add_cost(purse.manager, budget=purse.now(), facts=facts)
    assert Cost.objects.count() == 1


def test_a_post_by_its_share_and_by_its_days(purse: Purse) -> None:
    for facts in (
        {"title": "Analyst", "grade": "PO5", "full_cost": 50_000_00, "share": "40"},
        {"title": "Reviewer", "days": "8", "day_rate": 450_00},
    ):
        operations.add_cost(purse.manager, budget=purse.now(), facts=facts)
    found = {row.title: row.line.budgeted for row in queries.costs(purse.manager, purse.now())}
    assert found == {"Analyst": 20_000_00, "Reviewer": 3_600_00, "Scrutineer": 120_000_00}


def test_two_people_at_one_cost(purse: Purse) -> None:
    seen = purse.line().fingerprint
    operations.change_cost(
        purse.manager, cost=purse.line(), facts={"amount": 1_00}, seen_version=seen
    )
    with pytest.raises(Stale):
        operations.change_cost(
            purse.manager, cost=purse.line(), facts={"amount": 2_00}, seen_version=seen
        )
    assert purse.line().amount == 1_00


def test_a_stated_total_stands_beside_what_adds_up(purse: Purse) -> None:
    for amount in (125_000_00, 121_000_00):
        operations.state_total(
            purse.manager, budget=purse.now(), of="All costs", amount=amount, source="Paper"
        )
    assert Total.objects.count() == 1
    (found,) = year(purse).compared
    assert found.difference == 1_000_00
    assert "Neither is changed" in found.in_words()
    assert purse.line().amount == 120_000_00
    with pytest.raises(Invalid, match="total of"):
        operations.state_total(purse.manager, budget=purse.now(), of=" ", amount=1)


def test_a_comparator_says_where_when_and_who(purse: Purse) -> None:
    facts = {"average": 8_000_00, "highest": 15_000_00, "source": "Report", "year": "2018/19"}
    row = operations.add_comparator(
        purse.manager, partnership=purse.here, title="A local review", facts=facts
    )
    assert (row.average, row.year, row.source) == (8_000_00, "2018/19", "Report")
    for wrong, says in (
        ({"source": ""}, "Say who says so"),
        ({"average": 16_000_00}, "must rise"),
        ({"average": None, "highest": None}, "at least one sum"),
        ({"lowest": -5_00}, "not below nothing"),
    ):
        with pytest.raises(Invalid, match=says):
            operations.add_comparator(
                purse.manager, partnership=purse.here, title="x", facts=facts | wrong
            )
    assert Comparator.objects.count() == 1


def test_a_loose_row_goes_into_the_budget_of_its_year_only(purse: Purse) -> None:
    old = opened(purse, "2018/19")
    row = Cost.objects.get(pk=purse.cost.pk)
    with pytest.raises(Refused, match="in a budget already"):
        operations.put_in(purse.manager, budget=old, row=row)
    values = {"title": "Rooms", "year": "2018/19"}
    loose = keep(
        LOADER, model=Cost, partnership=purse.here, key="rooms", values=values, noun="cost"
    )
    with pytest.raises(Invalid, match="is for 2018/19"):
        operations.put_in(purse.manager, budget=purse.now(), row=loose)
    assert queries.loose(purse.manager, purse.here).costs == [loose]
    operations.put_in(purse.manager, budget=old, row=loose)
    assert Cost.objects.get(pk=loose.pk).budget == old
    assert queries.loose(purse.manager, purse.here).count == 0


def quoted() -> list[tuple[str, str]]:
    rows = QuotedRow.objects.filter(block="money").order_by("order")
    return list(rows.values_list("title", "says"))


def test_the_arrangements_quote_money_as_it_stands(purse: Purse) -> None:
    assert quoted() == [
        ("Heath council, General fund", "£45,000; for 2019/20; sought"),
        ("Scrutineer", "Personnel; £120,000; recurrent; for 2019/20"),
    ]
    operations.pledge(LOADER, contribution=purse.given(), amount=40_000_00)
    operations.change_cost(purse.manager, cost=purse.line(), facts={"amount": 90_000_00})
    assert [says for _, says in quoted()] == [
        "£40,000; for 2019/20; pledged (£45,000 asked)",
        "Personnel; £90,000; recurrent; for 2019/20",
    ]
    facts = {"amount": None, "days": "100.5", "day_rate": 333_33}
    operations.change_cost(purse.manager, cost=purse.line(), facts=facts)
    operations.decline(LOADER, contribution=purse.given(), reason="The purse is empty")
    assert [says for _, says in quoted()] == [
        "For 2019/20; declined (£45,000 asked)",
        "Personnel; £33,499.67; recurrent; for 2019/20",
    ]


def test_what_is_not_quoted_does_not_touch_the_partnership(purse: Purse) -> None:
    before = purse.here.__class__.objects.get(pk=purse.here.pk).version
    operations.change_cost(purse.manager, cost=purse.line(), facts={"grade": "PO8"})
    assert purse.line().grade == "PO8"
    touched = purse.here.__class__.objects.get(pk=purse.here.pk).version
    assert touched - before <= 1


def test_a_look_on_another_day_is_no_other_budget(purse: Purse) -> None:
    for actor in (purse.manager, AFTER):
        assert [row.year for row in queries.budgets(actor, purse.here)] == ["2019/20"]
