"""A workbook that came back, cell by cell: what is taken, what clashes, what is wrong and where."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from concordat.domain.governance.finance.rules import workbook as sheets
from concordat.domain.governance.finance.rules.workbook import Given, Here, Line, Part

HERE: Mapping[tuple[Part, str], Here] = {
    (Part.COSTS, "scrutineer"): Here(
        "Scrutineer",
        {sheets.BUDGET: 40_000_00, sheets.SPENT: None, sheets.FORECAST: None},
        ("Scrutineer", "Personnel"),
    ),
    (Part.INCOME, "council"): Here(
        "Council",
        {sheets.ASKED: 50_000_00, sheets.PLEDGED: None, sheets.IN_KIND: None},
        ("Heath Council", "General fund"),
    ),
    (Part.TOTALS, "All costs"): Here("All costs", {sheets.STATED: 40_000_00}),
}
GIVEN_OUT = sheets.as_given(HERE[Part.COSTS, "scrutineer"].pence, Part.COSTS)


def cost(**texts: str) -> Given:
    told = {sheets.KEY: "scrutineer", sheets.WHAT: "Scrutineer", sheets.BUDGET: "40000",
            sheets.SPENT: "", sheets.FORECAST: "", sheets.YEAR: "2019/20",
            sheets.GIVEN: GIVEN_OUT}  # fmt: skip
    return given(Part.COSTS, **(told | texts))


def given(part: Part, formulas: frozenset[str] = frozenset(), **texts: str) -> Given:
    places = {title: f"{part}!{title}2" for title in texts}
    return Given(part, texts, places, formulas)


def judged(*rows: Given) -> list[Line]:
    return list(sheets.judge(rows, HERE, year="2019/20", agencies=["Heath Council"]))


def test_a_row_as_it_was_given_out_changes_nothing() -> None:
    (line,) = judged(cost())
    assert not line.cells
    assert not line.parts


def test_a_changed_cell_is_taken() -> None:
    (line,) = judged(cost(Spent="£1,200.50"))
    (cell,) = line.changes
    assert (cell.title, cell.pence, cell.stands, cell.clash) == (
        sheets.SPENT,
        1_200_50,
        None,
        False,
    )


def test_a_cell_that_was_changed_here_meanwhile_is_left_to_a_person() -> None:
    was = GIVEN_OUT.replace("4000000", "3900000")
    (line,) = judged(cost(**{sheets.BUDGET: "41000", sheets.GIVEN: was}))
    assert [cell.clash for cell in line.cells] == [True]
    assert not line.parts
    (line,) = judged(cost(**{sheets.BUDGET: "39000", sheets.GIVEN: was}))
    assert not line.cells


@pytest.mark.parametrize(
    ("texts", "place", "says"),
    [
        ({"Budget": "40000.125"}, "Costs!Budget2", "parts of a penny"),
        ({"Budget": "lots"}, "Costs!Budget2", "not an amount in pounds"),
        ({"Year": "2018/19"}, "Costs!Year2", "is for 2018/19, and the budget is for 2019/20"),
        ({"Key": "scrutiny"}, "Costs!Key2", "no row “scrutiny”"),
        ({"Key": "", "What": ""}, "Costs!What2", "The row has no name"),
        ({"Key": "", "What": "x" * 401}, "Costs!What2", "This has 401 characters"),
        ({"Spent": "-5"}, "Costs!Spent2", "-£5 is below nothing"),
        ({"Budget": "1" + "0" * 13}, "Costs!Budget2", "not an amount in pounds"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(texts: dict[str, str], place: str, says: str) -> None:
    (line,) = judged(cost(**texts))
    assert (line.problems[0].place, says in line.problems[0].message) == (place, True)
    assert not line.parts


def test_a_formula_is_refused_and_a_row_that_stands_twice() -> None:
    row = cost()
    formula = Given(row.part, row.texts, row.places, frozenset({sheets.BUDGET}))
    assert "formula" in judged(formula)[0].problems[0].message
    assert "stands above" in judged(cost(), cost(Spent="5"))[1].problems[0].message


def test_a_row_without_a_key_is_new() -> None:
    (line,) = judged(cost(**{sheets.KEY: "", sheets.WHAT: "Training", sheets.GIVEN: ""}))
    assert line.is_new
    assert line.parts
    assert [cell.pence for cell in line.changes] == [40_000_00]


@pytest.mark.parametrize(
    ("agency", "fund", "says"),
    [("Heath Counci", "", "There is no agency"), ("", "", "The row says neither"),
     ("Heath Council", "", ""), ("", "Charges", "")],
)  # fmt: skip
def test_a_new_contribution_names_an_agency_that_is_here(agency: str, fund: str, says: str) -> None:
    row = given(Part.INCOME, Agency=agency, Source=fund, Asked="100", Pledged="",
                **{sheets.IN_KIND: ""})  # fmt: skip
    (line,) = judged(row)
    assert (line.problems[0].message if line.problems else "").startswith(says)
    assert bool(line.parts) is not bool(says)


def total(stated: str, was: str = "4000000", of: str = "All costs") -> Given:
    return given(Part.TOTALS, **{sheets.OF: of, sheets.STATED: stated, sheets.GIVEN: was})


def test_a_wrong_total_is_kept_as_stated() -> None:
    (line,) = judged(total("45000"))
    assert [cell.pence for cell in line.changes] == [45_000_00]
    assert line.outcome == "Kept as stated"


@pytest.mark.parametrize("was", ["3900000", ""])
def test_a_total_that_was_stated_here_meanwhile_is_left_to_a_person(was: str) -> None:
    (line,) = judged(total("45000", was))
    (cell,) = line.clashes
    assert (cell.place, cell.theirs, cell.here) == ("Totals!Stated2", "£45,000", "£40,000")
    assert not line.parts


def test_a_total_that_only_others_changed_is_not_taken_back() -> None:
    (line,) = judged(total("39000", "3900000"))
    assert not line.cells


def test_a_total_stands_once_in_a_sheet_and_a_new_one_is_new() -> None:
    first, second = judged(total("41000"), total("42000"))
    assert first.parts
    assert second.problems[0].place == "Totals!Total of2"
    assert "stands above" in second.problems[0].message
    (line,) = judged(total("5", was="", of="Training"))
    assert line.is_new
    assert [cell.pence for cell in line.changes] == [5_00]


def test_what_would_do_nothing_is_told() -> None:
    here = {(Part.INCOME, "council"): Here("Council", {sheets.ASKED: None, sheets.PLEDGED: 5_00})}
    row = given(Part.INCOME, Key="council", Agency="Heath Council", Source="", Asked="",
                Pledged="", **{sheets.IN_KIND: ""})  # fmt: skip
    (line,) = sheets.judge([row], here, year="2019/20", agencies=["Heath Council"])
    assert line.problems[0].place == "Income!Pledged2"
    (line,) = judged(cost(**{sheets.KEY: "", sheets.WHAT: "Rooms", sheets.LEVEL: "sometimes"}))
    assert line.problems[0].place == "Costs!How often2"
    assert "“sometimes” does not say how often" in line.problems[0].message


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (8000, "8000"), (12.5, "12.50"), (0.1 + 0.2, "0.30"), (12.345, "12.345"),
     (" £5 ", "£5")],
)  # fmt: skip
def test_a_cell_is_read_as_text(value: object, text: str) -> None:
    assert sheets.cell_text(value) == text


def test_a_new_row_that_says_what_another_says_is_not_added_twice() -> None:
    new = {sheets.KEY: "", sheets.GIVEN: ""}
    again = cost(Heading="personnel", **(new | {sheets.WHAT: "SCRUTINEER"}))
    first, other, twice = (
        cost(Heading="Delivery", What=what, **new)
        for what in ("Scrutineer", "Training", "training")
    )
    lines = judged(again, first, other, twice)
    told = ["“SCRUTINEER” is there already.", "", "", "“training” is there already."]
    assert [line.problems[0].message if line.problems else "" for line in lines] == told
    assert [bool(line.parts) for line in lines] == [False, True, True, False]
    texts = dict.fromkeys((*sheets.LOCKED[Part.INCOME], *sheets.CHANGEABLE[Part.INCOME]), "")
    texts |= {sheets.AGENCY: "Heath Council", sheets.FUND: "general fund", sheets.ASKED: "5"}
    asked = given(Part.INCOME, **texts)
    (line,) = judged(asked)
    assert line.problems[0].place == "Income!Agency2"
    assert not line.parts
