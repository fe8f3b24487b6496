"""Formulas set down, compared and chosen; reviews drawn; disagreements; the workbook's round."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from concordat.craft import excel
from concordat.craft.excel import Grid
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.documents.models import Document
from concordat.domain.base.documents.operations import Upload
from concordat.domain.governance.finance import operations, queries
from concordat.domain.governance.finance.models import (
    Claim,
    Contribution,
    Cost,
    Formula,
    FundingDispute,
    ReviewDemand,
    Share,
    Total,
)
from concordat.domain.governance.finance.operations.disputing import Says
from concordat.domain.governance.finance.operations.sharing import Part
from concordat.domain.governance.finance.rules import Method
from concordat.domain.governance.finance.rules.demand import Demand
from concordat.domain.governance.finance.rules.disputes import State
from concordat.domain.governance.finance.rules.sharing import side_by_side
from concordat.domain.governance.meetings import operations as meetings
from concordat.domain.governance.meetings import queries as agendas
from concordat.domain.governance.meetings.models import Position
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.finance.purse import ISSUE, Purse
from tests.operations.mail.cast import LOADER, verbs_on
from tests.operations.meetings.boardroom import seat_row

MADE = datetime(2019, 3, 29, tzinfo=UTC)
PAPER = Demand(low=1, likely=2, high=4, usual=8_000_00, most=15_000_00)


@pytest.mark.long
def test_formulas_stand_side_by_side_to_the_penny(purse: Purse) -> None:
    purse.thirds()
    purse.flat()
    found = queries.shared(purse.manager, purse.now())
    assert [one.formula.title for _, one in found] == ["Equal thirds", "Flat police payment"]
    rows = {row.name: row.pence for row in side_by_side([one for _, one in found])}
    assert rows == {
        "Heath council": (40_000_00, 57_500_00),
        "Heath health": (40_000_00, 57_500_00),
        "Heath police": (40_000_00, 5_000_00),
    }


def test_shares_of_99_9_percent_are_refused_with_their_sum(purse: Purse) -> None:
    parts = [
        Part(purse.agency(each), percent=Decimal("33.3"))
        for each in ("council", "health", "police")
    ]
    with pytest.raises(Invalid, match=r"add up to 99\.9"):
        purse.thirds("Thirds", method=Method.PERCENTAGE, parts=parts)
    assert not Formula.objects.exists()
    assert not Share.objects.exists()


def halves(purse: Purse, formula: Formula, seen: int | None = None) -> Formula:
    parts = [Part(purse.agency("council")), Part(purse.agency("health"))]
    return operations.change_formula(
        purse.manager, formula=formula, method=Method.EQUAL, parts=parts, seen_version=seen
    )


def test_a_title_is_of_one_formula(purse: Purse) -> None:
    purse.thirds()
    with pytest.raises(Invalid, match="set down already") as told:
        purse.thirds("equal THIRDS", parts=[Part(purse.agency("council"))])
    assert told.value.faults[0].field == "title"
    assert Share.objects.count() == 3


@pytest.mark.long
def test_two_people_at_one_formula(purse: Purse) -> None:
    first = purse.thirds()
    seen = purse.now().record.version
    halves(purse, first, seen)
    with pytest.raises(Stale):
        operations.change_formula(
            purse.manager, formula=first, method=Method.EQUAL,
            parts=[Part(purse.agency("police"))], seen_version=seen,
        )  # fmt: skip
    assert Share.objects.count() == 2


@pytest.mark.long
def test_a_formula_is_changed_and_who_shares_no_longer_is_taken_out(purse: Purse) -> None:
    first = purse.thirds()
    again = halves(purse, first)
    assert again.pk == first.pk
    assert Share.objects.count() == 2
    assert "share taken out" in verbs_on(purse.now().record)
    ((_, one),) = queries.shared(purse.manager, purse.now())
    assert sorted(one.pence.values()) == [60_000_00, 60_000_00]


def test_other_income_lowers_what_is_shared(purse: Purse) -> None:
    operations.add_contribution(
        LOADER, budget=purse.now(), agency=None, fund="Charges", facts={"amount": 20_000_00}
    )
    assert queries.sum_to_share(purse.manager, purse.now()) == 100_000_00


@pytest.mark.long
def test_a_chosen_formula_asks_everybody_for_its_share(purse: Purse) -> None:
    operations.pledge(LOADER, contribution=purse.given(), amount=41_000_00)
    formula = purse.thirds()
    operations.choose_formula(purse.manager, formula=formula, decision=purse.decided("Thirds"))
    rows = {row.agency.name: row for row in Contribution.objects.select_related("agency")}
    assert rows["Heath police"].amount == 40_000_00
    assert (rows["Heath council"].amount, rows["Heath council"].pledged) == (45_000_00, 41_000_00)
    with pytest.raises(Refused, match="The partners work to"):
        halves(purse, formula)
    other = purse.flat()
    operations.choose_formula(purse.manager, formula=other, decision=purse.decided("Flat"))
    assert Formula.objects.get(chosen=True).title == "Flat police payment"
    assert Contribution.objects.get(agency=purse.agency("police")).amount == 5_000_00


@pytest.mark.long
def test_reviews_are_drawn_and_the_money_is_put_in(purse: Purse) -> None:
    with pytest.raises(Refused, match="Say first"):
        operations.budget_for_reviews(purse.manager, budget=purse.now(), sure=80)
    with pytest.raises(Invalid, match="must rise"):
        operations.set_demand(purse.manager, budget=purse.now(), demand=replace(PAPER, low=3))
    operations.set_demand(purse.manager, budget=purse.now(), demand=PAPER, about="The paper")
    row = queries.demand_of(purse.manager, purse.now())
    assert row is not None
    assert row.demand == PAPER
    enough = queries.drawn(purse.manager, PAPER).enough
    for sure in (80, 95):
        operations.budget_for_reviews(purse.manager, budget=purse.now(), sure=sure)
    line = Cost.objects.get(title="Local reviews")
    assert (line.amount, ReviewDemand.objects.count()) == (enough[95], 1)
    assert "Enough in 95 of 100 years" in line.about
    with pytest.raises(Invalid, match="50, 80, 95"):
        operations.budget_for_reviews(purse.manager, budget=purse.now(), sure=99)


# --- disagreements


def disputed(purse: Purse) -> FundingDispute:
    row = operations.open_dispute(
        purse.manager,
        budget=purse.now(),
        title="Equal thirds or a flat payment",
        issue=ISSUE,
        claims=purse.says(),
        standard="Equitable and proportionate",
        needed=120_000_00,
    )
    return queries.dispute(purse.manager, row.record.reference)


def claim(purse: Purse, row: FundingDispute, class_: str) -> Claim:
    rows = Claim.objects.select_related("agency", "dispute__record__partnership")
    return rows.get(dispute=row, agency=purse.agency(class_))


def test_a_dispute_says_who_offers_what_and_on_what_standard(purse: Purse) -> None:
    row = disputed(purse)
    assert row.record.reference == "HERE-FD-0001"
    assert (row.state, row.needed) == (State.OPEN, 120_000_00)
    claims = queries.claims_of(purse.room.house.member.actor, row)
    assert [(each.agency.name, each.offers) for each in claims] == [
        ("Heath council", 40_000_00),
        ("Heath police", 5_000_00),
    ]


def suggested(purse: Purse) -> list[str]:
    return [
        f"{each.word}: {each.title}, {each.why}"
        for each in agendas.suggested(purse.manager, purse.room.now())
    ]


@pytest.mark.long
def test_a_dispute_is_suggested_to_the_executive_until_it_ends(purse: Purse) -> None:
    row = disputed(purse)
    assert suggested(purse) == [
        f"disagreement about money: Disagreement about money: {row.record.title}, {ISSUE}"
    ]
    operations.withdraw_dispute(purse.manager, dispute=row, reason="A grant came")
    assert suggested(purse) == []


def test_the_open_disputes_come_first(purse: Purse) -> None:
    ended, open_ = disputed(purse), disputed(purse)
    operations.withdraw_dispute(purse.manager, dispute=ended, reason="A grant came")
    assert list(queries.disputes(purse.manager, purse.here)) == [open_, ended]


@pytest.mark.parametrize("fault", ["alone", "silent", "nothing"])
def test_what_is_no_dispute(purse: Purse, fault: str) -> None:
    claims = purse.says()
    if fault == "alone":
        claims = [claims[0], claims[0]]
    if fault == "silent":
        claims[1] = Says(claims[1].agency, " ")
    with pytest.raises(Invalid):
        operations.open_dispute(
            purse.manager, budget=purse.now(), title="x",
            issue=" " if fault == "nothing" else ISSUE, claims=claims,
        )  # fmt: skip
    assert not FundingDispute.objects.exists()


@pytest.mark.long
def test_it_is_settled_once_each_agency_agrees_for_itself(purse: Purse) -> None:
    row = disputed(purse)
    with pytest.raises(Refused, match="Propose a settlement first"):
        operations.settle_dispute(purse.manager, dispute=row)
    with pytest.raises(Refused, match="No settlement is proposed yet"):
        agreed(purse, row, "council")
    operations.propose_settlement(purse.manager, dispute=row, settlement="Thirds")
    with pytest.raises(Refused, match="Heath council has not agreed yet"):
        operations.settle_dispute(purse.manager, dispute=row)
    with pytest.raises(Refused, match="Only those who sit for this agency"):
        operations.agree_claim(purse.manager, claim=claim(purse, row, "council"))
    agreed(purse, row, "council")
    with pytest.raises(Refused, match="agreed to this settlement already"):
        agreed(purse, row, "council")
    agreed(purse, row, "police")
    done = operations.settle_dispute(purse.manager, dispute=row)
    assert (done.state, done.settlement) == (State.SETTLED, "Thirds")
    with pytest.raises(Refused):
        operations.withdraw_dispute(purse.manager, dispute=row, reason="x")
    with pytest.raises(Refused):
        operations.propose_settlement(purse.manager, dispute=row, settlement="Halves")


def agreed(purse: Purse, row: FundingDispute, class_: str, seen: int | None = None) -> Claim:
    sitters = {"council": purse.room.house.council, "police": purse.room.police}
    mine = claim(purse, row, class_)
    return operations.agree_claim(sitters[class_].actor, claim=mine, seen_version=seen)


def asked(row: FundingDispute) -> list[str]:
    owed = Ask.objects.filter(record=row.record, errand=Errand.ANSWER, cleared_on=None)
    return sorted(owed.values_list("what", flat=True))


@pytest.mark.long
def test_other_words_void_what_was_agreed_and_each_agency_is_asked_anew(purse: Purse) -> None:
    row = disputed(purse)
    assert asked(row) == []
    operations.propose_settlement(purse.manager, dispute=row, settlement="Thirds")
    both = [f"Say whether Heath {each} agrees to the settlement" for each in ("council", "police")]
    assert asked(row) == both
    seen = queries.dispute(purse.manager, row.record.reference).fingerprint
    agreed(purse, row, "council", seen)
    assert asked(row) == both[1:]
    operations.propose_settlement(purse.manager, dispute=row, settlement="Thirds, from July")
    assert asked(row) == both
    assert not row.claims.filter(agreed_on__isnull=False).exists()
    with pytest.raises(Stale) as told:
        agreed(purse, row, "police", seen)
    assert told.value.theirs == {"settlement": "Thirds, from July"}
    assert not row.claims.filter(agreed_on__isnull=False).exists()
    with pytest.raises(Invalid, match="proposed already"):
        operations.propose_settlement(purse.manager, dispute=row, settlement="Thirds, from July")


def test_one_agencys_answer_is_not_anothers_conflict(purse: Purse) -> None:
    row = disputed(purse)
    operations.propose_settlement(purse.manager, dispute=row, settlement="Thirds")
    seen = queries.dispute(purse.manager, row.record.reference).fingerprint
    agreed(purse, row, "council", seen)
    agreed(purse, row, "police", seen)
    assert row.claims.filter(agreed_on__isnull=True).count() == 0


def test_two_people_who_propose_at_once_both_see_both(purse: Purse) -> None:
    row = disputed(purse)
    seen = row.record.version
    operations.propose_settlement(purse.manager, dispute=row, settlement="Thirds")
    with pytest.raises(Stale):
        operations.propose_settlement(
            purse.manager, dispute=row, settlement="Halves", seen_version=seen
        )
    assert queries.dispute(purse.manager, row.record.reference).settlement == "Thirds"


@pytest.mark.long
def test_it_climbs_the_ladder_and_is_settled_there_first(purse: Purse) -> None:
    row = disputed(purse)
    room = purse.room
    positions = [(seat_row(room.house.council), "Thirds"), (seat_row(room.police), "Flat")]
    operations.carry_up(purse.manager, dispute=row, body=room.body, positions=positions)
    now = queries.dispute(purse.manager, row.record.reference)
    assert now.state == State.CARRIED
    assert now.carried_to is not None
    assert now.carried_to.about == row.record
    with pytest.raises(Refused, match="It is settled there first"):
        operations.settle_dispute(purse.manager, dispute=now)
    for sitter in (room.house.council, room.police):
        place = Position.objects.select_related("dispute__record").get(
            dispute=now.carried_to, seat=sitter.seat
        )
        meetings.agree(sitter.actor, position=place)
    meetings.settle_dispute(purse.manager, dispute=now.carried_to, settlement="Thirds")
    done = operations.settle_dispute(purse.manager, dispute=now)
    assert (done.state, done.settlement) == (State.SETTLED, "Thirds")


def test_it_is_withdrawn_with_a_reason(purse: Purse) -> None:
    row = disputed(purse)
    with pytest.raises(Invalid):
        operations.withdraw_dispute(purse.manager, dispute=row, reason="")
    with pytest.raises(Refused):
        operations.withdraw_dispute(purse.room.house.member.actor, dispute=row, reason="x")
    assert (
        operations.withdraw_dispute(purse.manager, dispute=row, reason="A grant came").state
        == State.WITHDRAWN
    )


# --- the workbook


def book(
    purse: Purse, changed: dict[str, dict[str, object]], *more: tuple[str, list[object]]
) -> bytes:
    """The workbook as it is given out, with cells changed by sheet and title, and rows added."""
    sheets = excel.read(queries.workbook(purse.manager, purse.now(), made=MADE))
    grids = []
    for sheet in sheets:
        titles = [str(each) for each in sheet.rows[0]]
        rows = [list(row) for row in sheet.rows[1:]]
        for row in rows:
            for title, value in changed.get(sheet.name, {}).items():
                row[titles.index(title)] = value  # type: ignore[call-overload]
        rows += [list(row) for name, row in more if name == sheet.name]  # type: ignore[arg-type]
        grids.append(Grid(sheet.name, titles, rows))
    return excel.write(grids, title="x", made=MADE)


def brought(purse: Purse, data: bytes) -> int:
    return operations.bring_back(
        purse.manager, budget=purse.now(), file=Upload("budget.xlsx", data)
    )


def test_the_workbook_comes_back_as_it_was_and_changes_nothing(purse: Purse) -> None:
    data = queries.workbook(purse.manager, purse.now(), made=MADE)
    assert not [line for line in queries.judged(purse.manager, purse.now(), data) if line.cells]
    with pytest.raises(Invalid, match="Nothing in the file"):
        brought(purse, data)


@pytest.mark.long
def test_changed_cells_and_new_rows_are_taken_over(purse: Purse) -> None:
    new = ["", "Training", "Delivery", "recurrent", "2019/20", 2500.5, None, None, None]
    data = book(purse, {"Costs": {"Spent": 60000}, "Income": {"Asked": 46000, "Pledged": 40000}},
                ("Costs", new))  # fmt: skip
    assert brought(purse, data) == 3
    assert purse.line().spent == 60_000_00
    assert (purse.given().amount, purse.given().pledged) == (46_000_00, 40_000_00)
    assert Cost.objects.get(title="Training").amount == 2_500_50
    assert Document.objects.count() == 2
    assert verbs_on(purse.now().record)[-1] == "budget workbook taken in"


@pytest.mark.long
def test_a_wrong_total_is_kept_and_flagged(purse: Purse) -> None:
    assert brought(purse, book(purse, {}, ("Totals", ["All costs", 125000, None]))) == 1
    assert Total.objects.get().amount == 125_000_00
    (year,) = queries.whole(purse.manager, [purse.now()])
    assert year.compared[0].difference == 5_000_00
    assert year.spending.budgeted == 120_000_00


@pytest.mark.long
def test_a_total_changed_here_meanwhile_is_not_taken_back(purse: Purse) -> None:
    operations.state_total(purse.manager, budget=purse.now(), of="All costs", amount=1_00)
    old = book(purse, {"Costs": {"Spent": 5}})
    both = book(purse, {"Totals": {"Stated": 3}})
    operations.state_total(purse.manager, budget=purse.now(), of="All costs", amount=2_00)
    assert brought(purse, old) == 1
    assert Total.objects.get().amount == 2_00
    (line,) = [each for each in queries.judged(purse.manager, purse.now(), both) if each.clashes]
    (cell,) = line.clashes
    assert (cell.place, cell.theirs, cell.here) == ("Totals!B2", "£3", "£2")
    with pytest.raises(Invalid, match="Nothing in the file"):
        brought(purse, both)


@pytest.mark.long
@pytest.mark.parametrize(
    ("changed", "place", "says"),
    [
        ({"Costs": {"Budget": "120000.125"}}, "Costs!F2", "parts of a penny"),
        ({"Costs": {"Year": "2018/19"}}, "Costs!E2", "is for 2018/19"),
        ({"Income": {"Key": "nobody"}}, "Income!A2", "no row “nobody”"),
    ],
)
def test_what_is_wrong_in_the_file_is_told_with_its_place(
    purse: Purse, changed: dict[str, dict[str, object]], place: str, says: str
) -> None:
    lines = queries.judged(purse.manager, purse.now(), book(purse, changed))
    (problem,) = [each for line in lines for each in line.problems]
    assert problem.place == place
    assert says in problem.message
    with pytest.raises(Invalid, match="Nothing in the file"):
        brought(purse, book(purse, changed))


@pytest.mark.long
def test_a_row_whose_act_is_refused_is_told_by_its_cell_and_nothing_is_written(
    purse: Purse,
) -> None:
    operations.pledge(purse.manager, contribution=purse.given(), amount=40_000_00)
    agree = purse.decided()
    operations.agree(
        purse.manager,
        contribution=purse.given(),
        amount=40_000_00,
        on=purse.manager.on,
        decision=agree,
    )
    data = book(purse, {"Costs": {"Spent": 60000}, "Income": {"Pledged": 1}})
    with pytest.raises(Invalid) as refusal:
        brought(purse, data)
    assert [each.place for each in refusal.value.faults] == ["Income!I2"]
    assert purse.line().spent is None
    assert not Document.objects.exists()


def test_a_cell_changed_here_meanwhile_is_left_alone(purse: Purse) -> None:
    data = book(purse, {"Costs": {"Budget": 1}})
    operations.change_cost(purse.manager, cost=purse.line(), facts={"amount": 2_00})
    (line,) = [each for each in queries.judged(purse.manager, purse.now(), data) if each.cells]
    assert line.clashes
    assert not line.parts
    assert purse.line().amount == 2_00


def test_only_the_secretariat_takes_a_workbook_in(purse: Purse) -> None:
    data = book(purse, {"Costs": {"Spent": 1}})
    with pytest.raises(Refused):
        operations.bring_back(
            purse.room.house.member.actor, budget=purse.now(), file=Upload("b.xlsx", data)
        )
    with pytest.raises(Invalid, match="no sheet called"):
        brought(purse, excel.write([Grid("Other", ["A"], [["x"]])], title="x", made=MADE))
    assert purse.line().spent is None
