"""Workbooks: faults name the sheet and the cell."""

from __future__ import annotations

from concordat.domain.assurance.exchange.rules import Sheet, faults, from_sheets, to_yaml
from concordat.kernel.errors import Fault
from tests.rules.exchange.examples import whole

HEAD = Sheet.of("partnership", [["format", "key", "name"], [1, "fenmarsh", "Fenmarsh"]])
TWO = Sheet.of("partnership", [["format", "key", "name"], [1, "fen", "F"], [1, "wold", "W"]])


def only(*sheets: Sheet) -> Fault:
    found = faults(from_sheets(sheets))
    assert len(found) == 1, [str(fault) for fault in found]
    return found[0]


def test_a_wrong_date_names_its_cell() -> None:
    rows = [["key", "name", "from"], ["a", "A", "2019"], [], ["b", "B", "30/02/2019"]]
    fault = only(HEAD, Sheet.of("areas", rows))
    assert (fault.place, fault.field) == ("areas!C4", "from")


def test_the_file_s_name_comes_first() -> None:
    sheet = Sheet.of("seats", [["key", "body", "role"], ["a", "", "Chair"]])
    found = faults(from_sheets([HEAD, sheet], name="world.xlsx"))
    assert [(fault.place, fault.field) for fault in found] == [("world.xlsx seats!A2", "body")]


def test_an_unknown_sheet_and_column_get_near_names() -> None:
    fault = only(HEAD, Sheet.of("bodeis", [["key"]]))
    assert fault.place == "bodeis"
    assert fault.mend.startswith("Did you mean bodies")
    fault = only(HEAD, Sheet.of("areas", [["key", "name", "kindd"], ["a", "A", "city"]]))
    assert (fault.place, fault.field) == ("areas!C2", "kindd")
    assert "kind" in fault.mend


def test_formulas_and_merged_cells_are_named_one_by_one() -> None:
    rows = [["key", "name"], ["a", "A"]]
    sheet = Sheet.of("areas", rows, merged=["A3:B3"], formulas=["B2"])
    found = faults(from_sheets([HEAD, sheet]))
    assert {(fault.place, fault.message) for fault in found} == {
        ("areas!A3:B3", "These cells are merged."),
        ("areas!B2", "This cell holds a formula."),
    }
    assert all(fault.mend for fault in found)


def test_a_cell_without_a_name_above_it_and_a_column_that_stands_twice() -> None:
    fault = only(HEAD, Sheet.of("areas", [["key", "name"], ["a", "A", "stray"]]))
    assert fault.place == "areas!C2"
    fault = only(HEAD, Sheet.of("areas", [["key", "name", "name"], ["a", "A"]]))
    assert (fault.place, fault.field) == ("areas!C1", "name")


def test_two_partnerships_need_a_column_that_says_whose_row_it_is() -> None:
    fault = only(TWO, Sheet.of("areas", [["key", "name"], ["a", "A"]]))
    assert (fault.place, fault.field) == ("areas!A2", "partnership")
    fault = only(TWO, Sheet.of("areas", [["partnership", "key", "name"], ["wolds", "a", "A"]]))
    assert (fault.place, fault.mend) == ("areas!A2", "Did you mean wold?")
    rows = [["partnership", "key", "name"], ["wold", "a", "A"], ["fen", "a", "A"]]
    file = whole(from_sheets([Sheet.of("areas", rows), TWO]))
    assert [len(chapter.rows["areas"]) for chapter in file.chapters] == [1, 1]


def test_the_same_partnership_twice() -> None:
    rows = [["format", "key", "name"], [1, "fen", "F"], [1, "fen", "F"]]
    fault = only(Sheet.of("partnership", rows))
    assert (fault.message, fault.place) == (
        "The partnership “fen” is also at partnership!B2.",
        "partnership!B3",
    )


def test_a_newer_format_and_a_missing_one() -> None:
    newer = Sheet.of("partnership", [["format", "key", "name"], [7, "fen", "F"]])
    assert (fault := only(newer)).place == "partnership!A2"
    assert "newer" in fault.message
    missing = Sheet.of("partnership", [["key", "name"], ["fen", "F"]])
    assert only(missing).field == "format"


def test_an_empty_workbook() -> None:
    assert only().message == "There is no partnership here."


def test_lists_rhythms_and_sums_in_cells() -> None:
    bodies = [
        ["key", "name", "kind", "functions", "parents", "rhythm"],
        ["a", "A", "panel", "one, two\nthree", "", "every 2 months"],
        ["b", "B", "panel", "", "a", "bi-monthly"],
    ]
    costs = [["key", "title", "amount"], ["c", "C", 12.5]]
    sheets = [HEAD, Sheet.of("bodies", bodies), Sheet.of("costs", costs)]
    texts = to_yaml(whole(from_sheets(sheets)))
    assert "functions:\n      - one, two\n      - three\n" in texts["structure.yaml"]
    assert "rhythm: {every: {months: 2}}" in texts["structure.yaml"]
    assert "rhythm: {unsettled: bi-monthly}" in texts["structure.yaml"]
    assert "parents: [a]" in texts["structure.yaml"]
    assert "amount: 12.50" in texts["finance.yaml"]


def test_columns_past_z_have_their_address() -> None:
    heads = ["key", "name", *[f"x{n}" for n in range(30)]]
    row = ["a", "A", *[""] * 29, "odd"]
    assert only(HEAD, Sheet.of("areas", [heads, row])).place == "areas!AF2"
