"""Tables out of files from outside, and long workbooks written straight."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import docx
import pytest
import xlsxwriter

from concordat.craft import excel, grids, office
from concordat.craft.long_workbook import Long, write
from concordat.kernel.errors import Invalid
from tests.craft.hostile import entities, honest, hostile, macros

MADE = datetime(2019, 3, 29, tzinfo=UTC)


@pytest.mark.long
def test_hostile_files_are_refused_in_words() -> None:
    bad = [each for each in hostile() if each.name.rpartition(".")[2] in ("xlsx", "docx")]
    assert len(bad) > 50
    for case in bad:
        with pytest.raises(Invalid) as refusal:
            grids.read(case.name, case.data)
        assert refusal.value.faults[0].message, case.name


@pytest.mark.long
def test_macros_and_entities_are_told_by_name() -> None:
    for kind, word in ((macros, "macro"), (entities, "entit")):
        told = []
        for case in kind():
            if case.name.rpartition(".")[2] not in grids.ENDINGS:
                continue
            with pytest.raises(Invalid) as refusal:
                grids.read(case.name, case.data)
            told.append(str(refusal.value).lower())
        assert any(word in each for each in told), told


def test_a_formula_in_a_csv_file_is_a_text() -> None:
    [sheet] = grids.read("gp.csv", b'Date,Event\n1 May 2018,"=HYPERLINK(""x"")"\n')
    assert sheet.rows[1][1] == '=HYPERLINK("x")'


@pytest.mark.parametrize("code", ["utf-8-sig", "cp1252", "utf-16"])
def test_csv_in_any_usual_code(code: str) -> None:
    [sheet] = grids.read("gp.csv", "Date;Event\n1 May 2018;£5 – “café”\n".encode(code))
    assert sheet.rows[1] == ("1 May 2018", "£5 – “café”")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsm", b"PK"),
        ("a.doc", b"x"),
        ("a.csv", b""),
        ("a.xlsx", b"Date,Event"),
        ("../a.csv", b"x"),
    ],
)
def test_what_is_no_such_file(name: str, data: bytes) -> None:
    with pytest.raises(Invalid):
        grids.read(name, data)


def test_a_word_file_without_a_table() -> None:
    out = BytesIO()
    docx.Document().save(out)
    with pytest.raises(Invalid, match="holds no table"):
        grids.read("a.docx", out.getvalue())


@pytest.mark.parametrize(("old", "day"), [(False, date(1899, 12, 30)), (True, date(1904, 1, 1))])
def test_a_workbook_tells_from_when_it_counts_days(old: bool, day: date) -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"date_1904": old}) as made:
        tab = made.add_worksheet()
        tab.write_datetime(0, 0, datetime(2019, 3, 29), made.add_format({"num_format": "d/m/yy"}))  # noqa: DTZ001
    [sheet] = grids.read("a.xlsx", out.getvalue())
    assert (sheet.nought, sheet.rows[0][0]) == (day, date(2019, 3, 29))


def test_a_long_workbook_reads_back_as_it_was_written() -> None:
    rows: list[list[str | int | None]] = [
        ["=1+1", 7, None, "a < b & c > d"],
        [" two\nlines ", -3, "", "“café” \x07"],
    ]
    sheets = [Long("Rows & more", ["A", "B", "C", "D"], rows), Long("None", ["X"], [])]
    data = write(sheets, title="A <title>", made=MADE)
    office.check(data, "xlsx")
    first, second = excel.read(data)
    assert first.name == "Rows & more"
    assert first.formulas == ()
    assert first.rows[1:] == (
        ("=1+1", 7, None, "a < b & c > d"),
        (" two\nlines ", -3, None, "“café” "),
    )
    assert second.rows == (("X",),)
    assert data == write(sheets, title="A <title>", made=MADE)


def test_a_text_too_long_for_a_cell_is_refused() -> None:
    with pytest.raises(Invalid, match="too long"):
        write([Long("x", ["A"], [["y" * 40_000]])], title="t", made=MADE)


@pytest.mark.long
def test_honest_files_with_tables_are_read() -> None:
    taken = [each for each in honest() if each.name.endswith((".xlsx", ".csv"))]
    assert taken
    for case in taken:
        assert grids.read(case.name, case.data)
