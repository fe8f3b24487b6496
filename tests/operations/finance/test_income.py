"""Contributions: asked, pledged by those who give, agreed, invoiced, received; who authorises."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import keep
from concordat.domain.governance.arrangements.rules.question import Answer
from concordat.domain.governance.finance import operations, queries
from concordat.domain.governance.finance.models import Contribution
from concordat.domain.governance.finance.rules import Stage
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.finance.purse import Purse
from tests.operations.mail.cast import DAY, LOADER, verbs_on


def waiting(row: Contribution) -> list[str]:
    return list(Ask.objects.filter(record=row.pk, cleared_on=None).values_list("what", flat=True))


def agreed(purse: Purse, amount: int = 40_000_00, **more: Any) -> Contribution:
    row = operations.agree(purse.manager, contribution=purse.given(), amount=amount, on=DAY, **more)
    return purse.given(row)


def test_whoever_gives_is_asked_and_pledges(purse: Purse) -> None:
    row = purse.given()
    assert row.record.reference == "HERE-CN-0001"
    assert row.record.title == "Heath council, General fund, 2019/20"
    assert waiting(row) == ["Say what Heath council pledges"]
    operations.pledge(purse.room.house.council.actor, contribution=row, amount=42_000_00)
    assert (purse.given().pledged, purse.given().stage) == (42_000_00, Stage.PLEDGED)
    assert not waiting(row)
    assert "contribution pledged" in verbs_on(row.record)


def test_nobody_pledges_for_another_agency(purse: Purse) -> None:
    for somebody in (purse.room.house.health, purse.room.house.member, purse.room.house.outsider):
        with pytest.raises((Refused, Contribution.DoesNotExist, Record.DoesNotExist)):
            operations.pledge(somebody.actor, contribution=purse.given(), amount=1)
    assert purse.given().pledged is None


@pytest.mark.long
def test_from_asked_to_received_in_parts(purse: Purse) -> None:
    decision = purse.decided()
    row = agreed(purse, decision=decision)
    assert (row.agreed, row.agreed_on, row.decision) == (40_000_00, "2019-03-29", decision)
    operations.invoice(purse.manager, contribution=row, amount=40_000_00, on=DAY)
    for amount in (15_000_00, 25_000_00):
        operations.receive(purse.manager, contribution=purse.given(), amount=amount, on=DAY)
    row = purse.given()
    assert (row.received, row.stage, row.sums.outstanding) == (40_000_00, Stage.RECEIVED, 0)
    with pytest.raises(Invalid, match="too much"):
        operations.receive(purse.manager, contribution=row, amount=1, on=DAY)
    assert purse.given().received == 40_000_00


@pytest.mark.parametrize(
    ("act", "says"),
    [(operations.invoice, "You cannot invoice"), (operations.receive, "You cannot receive")],
)
def test_what_nobody_agreed_is_neither_invoiced_nor_received(
    purse: Purse, act: Any, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        act(purse.manager, contribution=purse.given(), amount=1, on=DAY)
    assert purse.given().stage is Stage.SOUGHT


def test_the_sums_that_cannot_be(purse: Purse) -> None:
    agreed(purse)
    for amount, on, says in (
        (0, DAY, "above nothing"),
        (40_000_01, DAY, "too much"),
        (1, DAY + timedelta(days=1), "still to come"),
    ):
        with pytest.raises(Invalid, match=says):
            operations.invoice(purse.manager, contribution=purse.given(), amount=amount, on=on)
    operations.invoice(purse.manager, contribution=purse.given(), amount=30_000_00, on=DAY)
    with pytest.raises(Invalid, match="£30,000 is invoiced or received already"):
        agreed(purse, 20_000_00)
    assert agreed(purse, 35_000_00).stage is Stage.INVOICED


def test_agreed_without_a_decision_is_flagged_until_one_is_named(purse: Purse) -> None:
    agreed(purse)
    (year,) = queries.whole(purse.manager, [purse.now()])
    assert year.undecided == 1
    with pytest.raises(Invalid, match="not made"):
        operations.rest_on(
            purse.manager, contribution=purse.given(), decision=purse.decided("To come", "planned")
        )
    operations.rest_on(purse.manager, contribution=purse.given(), decision=purse.decided())
    (year,) = queries.whole(purse.manager, [purse.now()])
    assert year.undecided == 0


@pytest.mark.long
def test_another_sum_does_not_rest_on_the_decision_for_the_former(purse: Purse) -> None:
    decision = purse.decided()
    agreed(purse, decision=decision)
    assert agreed(purse).decision == decision, "the same sum, said again"
    assert agreed(purse, 90_000_00).decision is None
    (year,) = queries.whole(purse.manager, [purse.now()])
    assert year.undecided == 1
    another = purse.decided("More approved")
    assert agreed(purse, 95_000_00, decision=another).decision == another


def from_a_source(purse: Purse, stage: Stage) -> Contribution:
    """A row that a file tells: one sum, and how far it is."""
    row = keep(
        LOADER,
        model=Contribution,
        partnership=purse.here,
        key=purse.council.key,
        values={"state": stage.value, "amount": 40_000_00},
        noun="contribution",
    )
    return purse.given(row)


def test_what_a_source_says_came_is_not_counted_or_written_over(purse: Purse) -> None:
    row = from_a_source(purse, Stage.RECEIVED)
    for act in (operations.invoice, operations.receive):
        with pytest.raises(Invalid, match="too much"):
            act(purse.manager, contribution=row, amount=1, on=DAY)
    with pytest.raises(Invalid, match="invoiced or received already"):
        agreed(purse, 1)
    with pytest.raises(Invalid, match="received by its source"):
        operations.describe_contribution(
            purse.manager, contribution=row, facts={"amount": 90_000_00}
        )
    agreed(purse, 50_000_00)
    operations.receive(purse.manager, contribution=purse.given(), amount=5_000_00, on=DAY)
    row = purse.given()
    assert (row.received, row.sums.outstanding, row.amount) == (45_000_00, 5_000_00, 40_000_00)


def test_an_agency_declines_or_takes_its_pledge_back(purse: Purse) -> None:
    council = purse.room.house.council.actor
    with pytest.raises(Invalid, match="Say why"):
        operations.decline(council, contribution=purse.given(), reason=" ")
    with pytest.raises(Refused):
        operations.decline(
            purse.room.house.health.actor, contribution=purse.given(), reason="No money"
        )
    operations.pledge(council, contribution=purse.given(), amount=42_000_00)
    operations.decline(council, contribution=purse.given(), reason="The budget was cut")
    row = purse.given()
    assert (row.stage, row.pledged, row.because) == (Stage.DECLINED, None, "The budget was cut")
    assert (row.sums.expected, waiting(row)) == (0, [])
    (year,) = queries.whole(purse.manager, [purse.now()])
    assert (year.income.expected, year.income.unknown) == (0, 0)
    with pytest.raises(Refused):
        operations.invoice(purse.manager, contribution=row, amount=1, on=DAY)


def test_what_was_asked_by_mistake_is_taken_back_and_asked_again(purse: Purse) -> None:
    council = purse.room.house.council.actor
    with pytest.raises(Refused):
        operations.withdraw_contribution(council, contribution=purse.given(), reason="Not ours")
    operations.withdraw_contribution(purse.manager, contribution=purse.given(), reason="Twice")
    row = purse.given()
    assert (row.stage, waiting(row), row.sums.expected) == (Stage.WITHDRAWN, [], 0)
    operations.ask_again(purse.manager, contribution=row, amount=30_000_00)
    row = purse.given()
    assert (row.stage, row.amount, row.because) == (Stage.SOUGHT, 30_000_00, "")
    assert waiting(row) == ["Say what Heath council pledges"]
    agreed(purse)
    with pytest.raises(Refused):
        operations.decline(council, contribution=purse.given(), reason="Late")


@pytest.mark.long
def test_a_chosen_formula_asks_again_whoever_declined(purse: Purse) -> None:
    operations.decline(purse.manager, contribution=purse.given(), reason="Too much")
    decision = purse.decided("Thirds")
    operations.choose_formula(purse.manager, formula=purse.thirds(), decision=decision)
    row = purse.given()
    assert (row.stage, row.amount) == (Stage.SOUGHT, 40_000_00)


def test_two_people_at_one_contribution(purse: Purse) -> None:
    seen = purse.given().record.version
    operations.pledge(LOADER, contribution=purse.given(), amount=1_00, seen_version=seen)
    with pytest.raises(Stale) as told:
        operations.pledge(LOADER, contribution=purse.given(), amount=2_00, seen_version=seen)
    assert told.value.mine == {"Pledged": "£2"}
    assert told.value.theirs["Pledged"] == "£1"
    assert purse.given().pledged == 1_00


def test_a_contribution_in_another_year_is_refused(purse: Purse) -> None:
    with pytest.raises(Invalid, match="is for 2018/19, and the budget is for 2019/20"):
        operations.add_contribution(
            purse.manager,
            budget=purse.now(),
            agency=purse.agency("health"),
            facts={"year": "2018/19", "amount": 1},
        )
    assert Contribution.objects.count() == 1


def test_sources_stand_inside_a_partner_and_other_income_under_none(purse: Purse) -> None:
    for agency, fund, amount in (
        (purse.agency("council"), "Public health", 5_000_00),
        (purse.agency("police"), "", 5_000_00),
        (None, "Charges for training", 1_000_00),
    ):
        operations.add_contribution(
            purse.manager, budget=purse.now(), agency=agency, fund=fund, facts={"amount": amount}
        )
    found = queries.by_partner(purse.room.house.member.actor, purse.now())
    assert [(each.name, len(each.rows), each.sums.expected) for each in found] == [
        ("Heath council", 2, 50_000_00),
        ("Heath police", 1, 5_000_00),
        ("Other income", 1, 1_000_00),
    ]
    assert [each.percent for each in found] == ["89.3%", "8.9%", "1.8%"]


@pytest.mark.parametrize(
    ("fund", "facts", "says"),
    [
        ("General Fund", {}, "is there already"),
        ("x", {"amount": -1}, "below nothing"),
    ],
)
def test_income_that_cannot_be(purse: Purse, fund: str, facts: dict[str, Any], says: str) -> None:
    with pytest.raises(Invalid, match=says):
        operations.add_contribution(
            purse.manager, budget=purse.now(), agency=purse.agency("council"), fund=fund,
            facts=facts,
        )  # fmt: skip
    with pytest.raises(Invalid, match="who gives"):
        operations.add_contribution(purse.manager, budget=purse.now(), agency=None)
    assert Contribution.objects.count() == 1


def test_a_source_is_not_renamed_to_one_that_is_there(purse: Purse) -> None:
    other = operations.add_contribution(
        purse.manager, budget=purse.now(), agency=purse.agency("council"), fund="Public health"
    )
    taken = purse.given().fund.upper()
    with pytest.raises(Invalid, match="is there already"):
        operations.describe_contribution(
            purse.manager, contribution=purse.given(other), facts={"fund": taken}
        )
    assert purse.given(other).fund == "Public health"
    row = operations.describe_contribution(
        purse.manager, contribution=purse.given(other), facts={"fund": "PUBLIC HEALTH"}
    )
    assert row.fund == "PUBLIC HEALTH"


def test_its_own_words_change_and_its_sums_do_not(purse: Purse) -> None:
    agreed(purse)
    row = operations.describe_contribution(
        purse.manager,
        contribution=purse.given(),
        facts={"conditions": "A report by May", "report_due": "2020-05", "agreed": 1, "state": "x"},
    )
    assert (row.conditions, row.agreed, row.stage) == (
        "A report by May",
        40_000_00,
        Stage.AGREED,
    )


def test_who_could_authorise_is_asked_of_the_arrangements(purse: Purse) -> None:
    member = purse.room.house.member.actor
    assert queries.authorising(member, purse.given()).answer is Answer.YES
    police = operations.add_contribution(
        LOADER, budget=purse.now(), agency=purse.agency("police"), facts={"amount": 5_000_00}
    )
    found = queries.authorising(member, purse.given(police))
    assert found.answer is not Answer.YES
    assert found.reason
    other = operations.add_contribution(LOADER, budget=purse.now(), agency=None, fund="Charges")
    assert queries.authorising(member, purse.given(other)).answer is None


def test_police_money_is_decided_by_the_mayors_office_where_one_is_on_record(purse: Purse) -> None:
    police = operations.add_contribution(
        LOADER, budget=purse.now(), agency=purse.agency("police"), facts={"amount": 5_000_00}
    )
    assert queries.purse_of(purse.manager, purse.given(police)) == ""
    agencies.set_down(
        LOADER,
        partnership=purse.here,
        kind="agencies",
        key="mayor",
        values={"name": "Mayor’s Office", "agency_class": "mayor or commissioner"},
    )
    told = queries.purse_of(purse.room.house.member.actor, purse.given(police))
    assert told.startswith("On record here, police money is decided by Mayor’s Office")
    assert queries.purse_of(purse.manager, purse.given()) == ""


def test_the_papers_three_questions_have_an_answer(purse: Purse) -> None:
    found = queries.could_authorise(purse.manager, purse.now())
    assert found is not None
    assert [each.name for each in found.givers] == ["Heath council"]
    answers = {each.class_: each.answer for each in found.authority.opinions}
    assert answers["council"] is Answer.YES
    assert answers["police"] is not Answer.YES
    assert found.ladder[0].title.startswith("The delegated partners")
    operations.describe_budget(purse.manager, budget=purse.now(), facts={"matter": None})
    assert queries.could_authorise(purse.manager, purse.now()) is None
    assert queries.authorising(purse.manager, purse.given()).needs == "the matter"


def test_a_day_of_a_later_year_may_bring_last_years_money(purse: Purse) -> None:
    row = agreed(purse)
    late = date(2020, 5, 2)
    later = LOADER.__class__(**{**_fields(LOADER), "on": late})
    operations.receive(later, contribution=row, amount=1_00, on=late)
    assert purse.given().received_on == "2020-05-02"


def _fields(actor: Any) -> dict[str, Any]:
    from dataclasses import fields

    return {each.name: getattr(actor, each.name) for each in fields(actor)}
