"""Money in a report: what is agreed is told as agreed, and a total stands beside its rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from concordat.domain.assurance.reports.rules.blocks import block
from concordat.domain.assurance.reports.rules.ground import Ground

AGENCIES = [{"key": "council", "name": "Council"}, {"key": "police", "name": "Police"}]


def told(name: str, **rows: list[dict[str, Any]]) -> tuple[tuple[str, ...], ...]:
    """The columns of a block and its rows."""
    ground = Ground(
        home={"name": "Here"}, on=date(2019, 3, 29), rows={"agencies": AGENCIES, **rows}
    )
    made = block(name, ground)
    return (tuple(made.columns), *(tuple(row.cells) for row in made.rows))


def given(key: str, agency: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "agency": agency, "amount": 50_000_00, "budget": "b"} | more


def test_what_is_agreed_is_told_and_not_what_was_asked() -> None:
    rows = [
        given("a", "council", state="agreed", pledged=40_000_00, agreed=48_000_00),
        given("b", "police", state="received", agreed=48_000_00, received=12_000_00),
        given("c", "police", state="agreed", fund="As a source states it"),
        given("d", "council", state="declined"),
        given("e", "council", state="sought"),
        given("f", "council", state=""),
    ]
    columns, *cells = told("contributions", contributions=rows)
    assert columns == ("From", "Amount", "Stands")
    assert cells == [
        ("Council", "£48,000", "Agreed; £50,000 asked, £40,000 pledged"),
        ("Police", "£12,000", "Received; £50,000 asked, £48,000 agreed"),
        ("Police, As a source states it", "£50,000", "Agreed"),
        ("Council", "Not stated", "Declined; £50,000 asked"),
        ("Council", "£50,000", "Sought"),
        ("Council", "£50,000", "Not stated"),
    ]


def test_a_cost_is_told_that_its_days_or_its_share_come_to() -> None:
    rows = [
        {"key": "a", "title": "Days", "days": "100.5", "day_rate": 333_33},
        {"key": "b", "title": "Share", "full_cost": 60_000_00, "share": "33.333"},
        {"key": "c", "title": "Stated", "amount": 5_00, "days": "1", "day_rate": 1},
        {"key": "d", "title": "Unknown"},
    ]
    _, *cells = told("costs", costs=rows)
    assert [row[1] for row in cells] == ["£33,499.67", "£19,999.80", "£5", "Not stated"]


def test_a_stated_total_stands_beside_what_adds_up() -> None:
    contributions = [
        given("a", "council", state="agreed", agreed=30_000_00, fund="Health"),
        given("b", "police", state="declined"),
        given("c", "police", amount=5_000_00),
        given("d", "police", budget=None, year="2018/19"),
    ]
    costs = [
        {"key": "a", "title": "Rooms", "heading": "Premises", "amount": 7_00, "budget": "b"},
        {"key": "b", "title": "Cars", "amount": 9_00, "budget": "b", "state": "abandoned"},
    ]
    totals = [
        {"key": str(number), "of": of, "amount": amount, "budget": "b"}
        for number, (of, amount) in enumerate(
            [("All income", 36_000_00), ("All costs", 7_00), ("Council", 1_00), ("Cars", 9_00)]
        )
    ]
    totals.append({"key": "old", "of": "All income", "amount": 50_000_00, "year": "2018/19"})
    columns, *cells = told("totals", totals=totals, contributions=contributions, costs=costs)
    assert columns == ("Total of", "Year", "As stated", "Beside the rows")
    assert [row[-1] for row in cells] == [
        "It states £1,000 more than the rows, which add up to £35,000. Neither is changed.",
        "The rows add up to it.",
        "It states £29,999 less than the rows, which add up to £30,000. Neither is changed.",
        "Nothing here adds up to this.",
        "The rows add up to it.",
    ]


def share(agency: str, formula: str, **more: Any) -> dict[str, Any]:
    return {
        "key": f"{agency}-{formula}",
        "agency": agency,
        "formula": formula,
        "budget": "b",
    } | more


def test_what_each_pays_under_a_formula_is_told_to_the_penny() -> None:
    formulas = [
        {"key": "a", "title": "Halves", "method": "equal", "budget": "b", "chosen": True},
        {"key": "b", "title": "Parts", "method": "percentage", "budget": "b", "sum": 1_00},
    ]
    shares = [
        share("police", "Halves"),
        share("council", "Halves"),
        share("council", "Parts", percent="50"),
        share("police", "Parts", percent="49.9"),
        share("council", "Flat", amount=2_00),
        share("police", "Flat"),
        share("council", "Of a paper", percent="100", budget=None),
    ]
    costs = [{"key": "a", "title": "Rooms", "amount": 10_01, "budget": "b"}]
    other = [{"key": "a", "fund": "Charges", "amount": 1_00, "state": "agreed", "budget": "b"}]
    columns, *cells = told(
        "shares", shares=shares, formulas=formulas, costs=costs, contributions=other
    )
    assert columns == ("Agency", "Formula", "By", "Pays")
    wrong = "The percentages add up to 99.9, which is 0.1 less than 100."
    assert [row[-1] for row in cells] == [
        "£4.50", "£4.51", wrong, wrong, "£2", "£7.01", "Not stated"
    ]  # fmt: skip
    assert [row[1] for row in cells[:3]] == ["Halves; the partners work to it"] * 2 + ["Parts"]
    assert [row[2] for row in cells[2:6]] == ["50%", "49.9%", "£2", "Not stated"]
