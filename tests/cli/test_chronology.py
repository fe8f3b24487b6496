"""`concordat chronology merge`: files of agencies to one, no row lost."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from random import Random

import docx
import pytest
import xlsxwriter

from concordat.cli import run
from concordat.craft import excel, tables
from concordat.craft.tables import Value
from tests.cli.loaded import Told, answer, refusal, told
from tests.craft.hostile import macros

TITLES = ["Date", "Time", "Event", "Source of information"]
GP: list[list[Value]] = [
    ["12 February 2019", "10:30", "Bruise on the left cheek, not explained", "GP record"],
    ["?22 May", None, "Registered with the practice", "GP record"],
    ["early 2015", None, "Mother seen about sleep", "GP record"],
    ["29/02/2019", None, "Phone call", "GP record"],
    ["26/03/2019", "09:00", "Swollen arm, sent to Riverside by ambulance", "GP record"],
]
HEALTH: list[list[Value]] = [
    [date(2019, 2, 20), "2pm", "Home visit, well and feeding", "HV notes"],
    [43538, None, "GP told us of the bruise seen in February", "HV notes"],
    ["26 March 2019", "9.15am", "Told that baby with swollen arm went to Riverside", "HV notes"],
    ["26 March 2019", None, "Rang the ward", None],
]
HOSPITAL: list[list[Value]] = [
    ["26.03.19", "1010", "Arrived by ambulance with arm swollen, x-ray", "ED card"],
    ["27 March 2019", None, "Café – £5 voucher for father", "Ward notes"],
]


def csv(rows: list[list[Value]], code: str = "utf-8") -> bytes:
    return tables.write_csv([TITLES, *rows]).decode("utf-8-sig").encode(code)


def workbook(rows: list[list[Value]]) -> bytes:
    """Dates as Excel holds them in the system of 1904, with a header merged over two columns."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"date_1904": True}) as book:
        tab = book.add_worksheet("Rows")
        tab.merge_range("A1:B1", "Date and time")
        tab.write_row(0, 2, TITLES[2:])
        stamp = book.add_format({"num_format": "dd/mm/yyyy"})
        for at, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    day = datetime(value.year, value.month, value.day, tzinfo=UTC)
                    tab.write_datetime(at, column, day.replace(tzinfo=None), stamp)
                elif isinstance(value, int):
                    tab.write_number(at, column, value - 1462)
                elif value is not None:
                    tab.write(at, column, value)
    return out.getvalue()


def word(rows: list[list[Value]]) -> bytes:
    """Two tables, as if a page had cut one, the second with the header once more."""
    out = BytesIO()
    document = docx.Document()
    for row in rows:
        table = document.add_table(rows=2, cols=len(TITLES))
        for line, cells in zip(table.rows, (TITLES, row), strict=True):
            for cell, value in zip(line.cells, cells, strict=True):
                cell.text = str(value or "")
        document.add_paragraph()
    document.save(out)
    return out.getvalue()


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    made = {
        "Poplars Surgery.csv": csv(GP, "cp1252"),
        "health-visiting.xlsx": workbook(HEALTH),
        "Riverside Hospital.docx": word(HOSPITAL),
    }
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    return [str(tmp_path / name) for name in made]


def merge(files: list[str], out: str, *more: str) -> list[str]:
    return ["chronology", "merge", *files, "--out", out, "--on", "2019-03-29", *more]


def test_three_kinds_of_file_merge_without_a_lost_row(
    files: list[str], tmp_path: Path, capsys: Told
) -> None:
    out = tmp_path / "merged.xlsx"
    assert run(merge(files, str(out), "--json")) == 0
    heard = capsys.readouterr()
    found = json.loads(heard.out)
    assert (found["rows_in"], found["rows_out"], found["undated"]) == (11, 9, 1)
    assert found["rows_in"] == found["rows_out"] + len(found["rejected"])
    assert [(each["file"], each["row"], each["reason"]) for each in found["rejected"]] == [
        ("Poplars Surgery.csv", 5, "There is no 29 February 2019."),
        ("health-visiting.xlsx", 5, "The source of information is missing."),
    ]
    assert "health-visiting.xlsx, Rows, row 5: The source" in heard.err
    chronology, pairs, _, silences, rejected = excel.read(out)
    assert [row[1] for row in chronology.rows[1:]] == [
        "early 2015",
        "12 February 2019",
        "20 February 2019",
        "14 March 2019",
        "26/03/2019",
        "26 March 2019",
        "26.03.19",
        "27 March 2019",
        "?22 May",
    ]
    assert chronology.rows[1][13] == "Poplars Surgery: GP record"
    assert len(pairs.rows) - 1 == len(found["duplicates"]) > 0
    assert len(rejected.rows) == 3
    planted = [each for each in found["silences"] if each["knew"] == "Poplars Surgery"]
    assert [(each["silent"], each["from"], each["to"]) for each in planted] == [
        ("Health visiting", "2019-02-12", "2019-03-14")
    ]
    assert any("30 days later" in str(row[2]) for row in silences.rows)


def test_word_and_csv_out(files: list[str], tmp_path: Path, capsys: Told) -> None:
    said = told(capsys, *merge(files, str(tmp_path / "m.docx")))
    assert "11 rows read, 9 rows written" in said
    document = docx.Document(str(tmp_path / "m.docx"))
    section, table = document.sections[0], document.tables[0]
    assert section.page_width > section.page_height
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert len(table.rows) == 10
    told(capsys, *merge(files, str(tmp_path / "m.csv")))
    sheet = tables.read_csv((tmp_path / "m.csv").read_bytes(), "m.csv")
    assert len(sheet.rows) == 10


def test_what_was_merged_merges_again(files: list[str], tmp_path: Path, capsys: Told) -> None:
    first, second = tmp_path / "m.csv", tmp_path / "n.csv"
    told(capsys, *merge(files, str(first)))
    again = answer(capsys, *merge([str(first)], str(second)))
    assert (again["rows_in"], again["rows_out"], again["undated"]) == (9, 9, 1)
    assert len(again["agencies"]) == 3


def test_expected_contacts_are_asked_for(files: list[str], tmp_path: Path, capsys: Told) -> None:
    out = str(tmp_path / "m.csv")
    found = answer(capsys, *merge(files, out, "--expect", "Health visiting=14", "--gap-days", "30"))
    kinds = [each["kind"] for each in found["silences"]]
    assert kinds.count("expected contact absent") == 1
    assert "Did you mean" in refusal(capsys, *merge(files, out, "--expect", "Health visitin=14"))
    assert "does not say how often" in refusal(capsys, *merge(files, out, "--expect", "GP"))


@pytest.mark.parametrize("out", ["merged.pdf", "merged", "nowhere/merged.csv"])
def test_nothing_is_read_for_an_output_that_cannot_be(
    files: list[str], tmp_path: Path, capsys: Told, out: str
) -> None:
    assert "out" in refusal(capsys, *merge(files, str(tmp_path / out)))


def test_a_file_that_cannot_be_read_stops_all_and_is_named(
    files: list[str], tmp_path: Path, capsys: Told
) -> None:
    case = next(each for each in macros() if each.name.endswith(".xlsx"))
    (tmp_path / case.name).write_bytes(case.data)
    out = tmp_path / "m.csv"
    said = refusal(capsys, *merge([*files, str(tmp_path / case.name), "gone.csv"], str(out)))
    assert case.name in said
    assert "gone.csv: No such file" in said
    assert not out.exists()


def test_the_same_file_twice_is_told(files: list[str], tmp_path: Path, capsys: Told) -> None:
    out = str(tmp_path / "m.csv")
    run(merge([files[0], files[0]], out, "--json"))
    found = json.loads(capsys.readouterr().out)
    assert (found["rows_in"], found["rows_out"], len(found["rejected"])) == (10, 4, 6)


def test_a_long_word_table_is_written_in_numbered_parts(
    files: list[str], tmp_path: Path, capsys: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("concordat.craft.long_tables.MOST_IN_WORD", 5)
    said = told(capsys, *merge(files, str(tmp_path / "m.docx")))
    assert f"9 rows written to 2 parts, {tmp_path / 'm-01.docx'} to" in said
    held = [docx.Document(str(tmp_path / f"m-0{n}.docx")).tables[0].rows for n in (1, 2)]
    assert [len(rows) for rows in held] == [6, 5]
    assert not (tmp_path / "m.docx").exists()


@pytest.mark.long
def test_many_rows_on_all_cores_give_what_one_core_gives(
    tmp_path: Path, capsys: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = Random(7)  # noqa: S311 - the same for the same seed
    events = ["Bruise on the arm", "Home visit, weighed", "Rang about housing", "Missing overnight"]
    names = []
    for agency in ("One", "Two", "Three"):
        rows: list[list[Value]] = [
            [
                f"{chance.randint(1, 28)}/{chance.randint(1, 12)}/{chance.randint(2012, 2018)}",
                None,
                f"{chance.choice(events)} {chance.randint(100, 999)}",
                "Record",
            ]
            for _ in range(8_000)
        ]
        (tmp_path / f"{agency}.csv").write_bytes(csv(rows))
        names.append(str(tmp_path / f"{agency}.csv"))
    found, written = [], []
    out = tmp_path / "m.xlsx"
    for large in (1, 1 << 40):
        monkeypatch.setattr("concordat.cli.chronology.LARGE", large)
        monkeypatch.setattr("concordat.cli.chronology.MANY", large)
        found.append(answer(capsys, *merge(names, str(out))))
        written.append(out.read_bytes())
    assert found[0] == found[1]
    assert found[0]["rows_out"] == 24_000
    assert written[0] == written[1]


def test_no_file_that_is_merged_is_written_over(tmp_path: Path) -> None:
    given = tmp_path / "gp.csv"
    given.write_bytes(csv(GP))
    before = given.read_bytes()
    out = str(tmp_path / "." / "gp.csv")
    assert run(["chronology", "merge", str(given), "--out", out]) != 0
    assert given.read_bytes() == before
