"""How far money has come, what a line costs, how the year stands, and totals that differ."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from concordat.domain.governance.finance.rules import costs, income, totals, years
from concordat.domain.governance.finance.rules.costs import Balance, Level, Line
from concordat.domain.governance.finance.rules.income import Stage, Sums
from concordat.domain.governance.finance.rules.totals import Stated
from concordat.kernel.errors import Invalid, Refused


@pytest.mark.parametrize(
    ("text", "year"),
    [("2019/20", "2019/20"), ("2019-20", "2019/20"), (" 2019/2020 ", "2019/20"),
     ("1999/00", "1999/00"), ("2019–20", "2019/20")],
)  # fmt: skip
def test_a_year_is_read_however_it_is_written(text: str, year: str) -> None:
    assert str(years.parse_year(text)) == year


@pytest.mark.parametrize("text", ["2019", "2019/21", "19/20", "2019/2021", "next year", ""])
def test_what_is_no_year_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="2019/20"):
        years.parse_year(text)


def test_a_year_runs_from_april_to_march() -> None:
    year = years.parse_year("2019/20")
    assert (year.first, year.last) == (date(2019, 4, 1), date(2020, 3, 31))
    assert years.year_of(date(2019, 3, 31)) == year.before
    assert years.year_of(date(2019, 4, 1)) == year


@pytest.mark.parametrize(
    ("year", "to", "fits"),
    [("2019/20", "2019-20", True), ("", "2019/20", True), ("2018/19", "2019/20", False),
     ("first year", "First  year", True), ("first year", "2019/20", False)],
)  # fmt: skip
def test_a_contribution_belongs_to_its_own_year(year: str, to: str, fits: bool) -> None:
    told = years.belongs(year, to=to)
    assert bool(told) is fits
    assert fits or "is for" in str(told)


AGREED = Sums(Stage.AGREED, 45_000_00, {Stage.AGREED: 40_000_00})
PARTLY = Sums(
    Stage.RECEIVED,
    45_000_00,
    {Stage.AGREED: 40_000_00, Stage.INVOICED: 20_000_00, Stage.RECEIVED: 10_000_00},
)


@pytest.mark.parametrize(
    ("sums", "told"),
    [
        (Sums(), [None, None, None, None, None]),
        (Sums(Stage.NOT_STATED, 5), [None, None, None, None, None]),
        (Sums(Stage.SOUGHT, 5), [5, None, None, None, None]),
        (Sums(Stage.RECEIVED, 5), [5, 5, 5, 5, 5]),
        (Sums(Stage.RECEIVED, 5, {Stage.RECEIVED: 3}), [5, 5, 5, 3, 3]),
        (Sums(Stage.INVOICED, None, {Stage.INVOICED: 3}), [None, 3, 3, 3, None]),
        (AGREED, [45_000_00, 40_000_00, 40_000_00, None, None]),
        (PARTLY, [45_000_00, 40_000_00, 40_000_00, 20_000_00, 10_000_00]),
    ],
)
def test_what_a_contribution_comes_to_at_each_stage(sums: Sums, told: list[int | None]) -> None:
    assert [sums.at(stage) for stage in income.LADDER] == told


@pytest.mark.parametrize(
    ("sums", "asked", "may"),
    [
        (Sums(Stage.SOUGHT, 5), 6, True),
        (Sums(Stage.PLEDGED, 5, {Stage.PLEDGED: 4}), 6, True),
        (PARTLY, 6, True),
        (Sums(Stage.PLEDGED, 5), 6, False),
        (Sums(Stage.RECEIVED, 5), 6, False),
        (Sums(Stage.RECEIVED, 5), 5, True),
    ],
)
def test_what_a_source_says_came_is_no_longer_what_is_asked(
    sums: Sums, asked: int, may: bool
) -> None:
    assert bool(income.may_ask(sums, asked)) is may


def test_income_is_counted_by_stage() -> None:
    whole = income.income(
        [AGREED, PARTLY, Sums(in_kind=3_000_00), Sums(Stage.PLEDGED, None, {Stage.PLEDGED: 7})]
    )
    assert whole.at(Stage.AGREED) == 80_000_00
    assert whole.at(Stage.RECEIVED) == 10_000_00
    assert whole.expected == 80_000_07
    assert whole.outstanding == 70_000_00
    assert (whole.in_kind, whole.unknown) == (3_000_00, 1)


def test_more_than_is_agreed_is_neither_invoiced_nor_received() -> None:
    assert income.may_invoice(PARTLY, 20_000_00)
    assert income.may_receive(PARTLY, 30_000_00)
    for verdict in (income.may_invoice(PARTLY, 20_000_01), income.may_receive(PARTLY, 30_000_01)):
        with pytest.raises(Refused, match=r"£40,000 is agreed.*too much"):
            verdict.require()
    whole = Sums(Stage.RECEIVED, 40_000_00)
    assert not income.may_invoice(whole, 1), "a source says that all of it came"
    assert not income.may_receive(whole, 1)
    assert not income.is_sum(0)
    assert not income.is_sum(None)


@pytest.mark.parametrize(
    ("sums", "decided", "lacks"),
    [(AGREED, False, True), (AGREED, True, False), (Sums(Stage.PLEDGED, 5), False, False)],
)
def test_agreed_money_without_a_decision_is_flagged(sums: Sums, decided: bool, lacks: bool) -> None:
    assert income.lacks_decision(sums, decided=decided) is lacks


def test_the_table_of_states_lets_nothing_be_invoiced_that_nobody_agreed() -> None:
    states = income.CONTRIBUTION_STATES
    assert not states.verdict(Stage.PLEDGED, "invoice")
    assert not states.verdict(Stage.SOUGHT, "receive")
    assert states.after(Stage.AGREED, "receive") == Stage.RECEIVED
    assert states.after(Stage.RECEIVED, "agree") == Stage.RECEIVED


@pytest.mark.parametrize(
    ("line", "budgeted", "differs"),
    [
        (Line(stated=8_000_00), 8_000_00, 0),
        (Line(full_cost=50_000_00, share=Decimal("60")), 30_000_00, 0),
        (Line(full_cost=50_000_00), 50_000_00, 0),
        (Line(days=Decimal(96), day_rate=450_00), 43_200_00, 0),
        (Line(stated=40_000_00, days=Decimal(96), day_rate=450_00), 40_000_00, 3_200_00),
        (Line(full_cost=100_01, share=Decimal("33.3")), 33_30, 0),
        (Line(), None, 0),
    ],
)
def test_a_line_costs_what_is_stated_or_worked_out(
    line: Line, budgeted: int | None, differs: int
) -> None:
    assert (line.budgeted, line.differs) == (budgeted, differs)


@pytest.mark.parametrize(
    ("line", "outturn", "variance", "wants"),
    [
        (Line(stated=100), 100, 0, False),
        (Line(stated=100, spent=40), 100, 0, False),
        (Line(stated=100, spent=140), 140, 40, True),
        (Line(stated=100, spent=40, forecast=90), 90, -10, False),
        (Line(stated=100, spent=95, forecast=90), 95, -5, False),
        (Line(stated=100, forecast=130, decided=True), 130, 30, False),
        (Line(spent=50), 50, None, False),
        (Line(), None, None, False),
    ],
)
def test_forecast_and_variance(
    line: Line, outturn: int | None, variance: int | None, wants: bool
) -> None:
    assert (line.outturn, line.variance, line.wants_decision) == (outturn, variance, wants)


def test_spending_leaves_out_what_was_abandoned_and_counts_what_nobody_knows() -> None:
    whole = costs.spending(
        [Line(stated=100, spent=120), Line(), Line(stated=999, state="abandoned"), Line(stated=50)]
    )
    assert (whole.budgeted, whole.spent, whole.outturn) == (150, 120, 170)
    assert (whole.variance, whole.unknown, whole.undecided) == (20, 1, 1)


@pytest.mark.parametrize(
    ("balance", "after", "says"),
    [
        (Balance(0, 100_00, 100_00), 0, "The year balances."),
        (Balance(500, 100_00, 90_00), 15_00, "£10 is left."),
        (Balance(0, 90_00, 100_00), -10_00, "The year is short of £10."),
        (Balance(15_00, 90_00, 100_00), 5_00, "short of £10, which the reserve bears: £5 remains."),
        (Balance(5_00, 90_00, 100_00), -5_00, "short of £10; the reserve does not bear it all."),
    ],
)
def test_how_a_year_stands(balance: Balance, after: int, says: str) -> None:
    assert balance.reserve_after == after
    assert says in balance.in_words()


@pytest.mark.parametrize(("share", "fits"), [("100", True), ("0", False), ("100.1", False)])
def test_a_share_of_a_post(share: str, fits: bool) -> None:
    assert bool(costs.is_share(Decimal(share))) is fits
    assert costs.is_share(None)
    assert not costs.is_cost(-1)


@pytest.mark.parametrize(
    ("of", "computed"),
    [
        ("All income", 300), ("Total income", 300), ("contributions", 300), ("Total costs", 200),
        ("Expenditure", 200), ("Total for Personnel", 150), ("personnel", 150),
        ("Heath Council", 90), ("recurrent", 120), ("Stationery", None),
    ],
)  # fmt: skip
def test_a_stated_total_finds_its_rows(of: str, computed: int | None) -> None:
    given = [("Heath Council", 40), ("Heath council", 50)]
    spent = [("Personnel", 100), ("Total personnel", 50), (Level.RECURRENT.value, 120)]
    (found,) = totals.compare([Stated(of, 300)], income=300, costs=200, given=given, spent=spent)
    assert found.computed == computed


def test_income_and_costs_of_one_name_are_not_added_up() -> None:
    of = [Stated("Training", 300), Stated("Contributions", 300)]
    given, spent = [("Training", 100), ("Contributions", 10)], [("Training", 200)]
    both, whole = totals.compare(of, income=300, costs=200, given=given, spent=spent)
    assert (both.computed, both.both, both.differs) == (None, True, False)
    assert "Both income and costs" in both.in_words()
    assert whole.computed == 300, "a source called so is not all income"


@pytest.mark.parametrize(
    ("stated", "difference", "says"),
    [
        (300_00, 0, "The rows add up to it."),
        (310_00, 10_00, "It states £10 more than the rows, which add up to £300. Neither"),
        (290_00, -10_00, "It states £10 less than the rows"),
        (None, 0, "No sum is stated. The rows add up to £300."),
    ],
)
def test_a_difference_is_told_and_nothing_mended(
    stated: int | None, difference: int, says: str
) -> None:
    of = [Stated("All income", stated)]
    (found,) = totals.compare(of, income=300_00, costs=0, given=[], spent=[])
    assert found.difference == difference
    assert found.agrees is (stated == 300_00)
    assert found.differs is bool(difference)
    assert says in found.in_words()
