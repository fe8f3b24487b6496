"""Rows in from workbooks, CSV and Word, with addresses; rows out without formulas."""

import csv
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO, StringIO
from pathlib import Path

import docx
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from concordat.craft import office
from concordat.craft.excel import Grid, read, write
from concordat.craft.tables import Most, Sheet, headed, letters, read_csv, write_csv
from concordat.craft.word_tables import read as read_word
from concordat.kernel.errors import Invalid
from tests.craft.hostile import docx as word_file
from tests.craft.hostile import parts_of, with_part, xlsx


def at(*parts: int) -> datetime:
    """A spreadsheet's stamp, which knows no time zone."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)  # type: ignore[misc,arg-type]


MADE = datetime(2019, 3, 29, 10, 0, tzinfo=UTC)
ROWS = [
    ["=1+1", 7, 2.5, True, date(2019, 3, 29), at(2019, 3, 29, 16, 10), None],
    ["0042", -3, 0.0, False, date(1901, 1, 1), at(2030, 1, 1, 0, 1), "https://example.org"],
    ["line\ntwo", 10**14, 1e-9, True, date(2019, 3, 31), at(2019, 10, 27, 1, 30), " x "],
]
TITLES = ["Text", "Whole", "Part", "Flag", "Day", "Stamp", "Note"]


def book(*rows: list[object], **options: object) -> bytes:
    return xlsx([list(row) for row in rows], **options)


def test_a_workbook_comes_back_as_it_went_out() -> None:
    made = write([Grid("Seats", TITLES, ROWS)], title="Seats", made=MADE)
    [sheet] = read(made)
    assert sheet.rows[0] == tuple(TITLES)
    assert [list(row) for row in sheet.rows[1:]] == ROWS
    assert [list(map(type, row)) for row in sheet.rows[1:]] == [
        [int if value == 0.0 and type(value) is float else type(value) for value in row]
        for row in ROWS
    ]
    assert sheet.formulas == ()
    assert office.check(made, "xlsx")


def test_no_text_becomes_a_formula_a_link_or_a_number() -> None:
    texts = ["=1+1", "@SUM(A1)", "{=1}", "https://example.org", "0042", "1e5", "'quoted"]
    made = write([Grid("Seats", ["Text"], [[text] for text in texts])], title="x", made=MADE)
    body = parts_of(made)["xl/worksheets/sheet1.xml"]
    assert b"<f>" not in body
    assert b"hyperlink" not in body
    assert [row[0] for row in read(made)[0].rows[1:]] == texts


def test_a_workbook_is_pleasant_to_use() -> None:
    grid = Grid(
        "Seats", ["Seat", "State"], [["Chair", "Vacant"]], choices={"State": ["Held", "Vacant"]}
    )
    made = write([grid], title="Seats of 29 March", author="Heron Vale", made=MADE)
    assert made == write([grid], title="Seats of 29 March", author="Heron Vale", made=MADE)
    parts = parts_of(made)
    body = parts["xl/worksheets/sheet1.xml"]
    assert b'state="frozen"' in body
    assert b"Held,Vacant" in body
    assert b"<cols>" in body
    assert b"Seats of 29 March" in parts["docProps/core.xml"]
    assert b"2019-03-29T10:00:00Z" in parts["docProps/core.xml"]


def test_what_cannot_be_written_is_told() -> None:
    def wrong(*grids: Grid) -> None:
        write(grids, title="x", made=MADE)

    with pytest.raises(Invalid, match="cannot name a sheet"):
        wrong(Grid("a/b", ["x"], []))
    with pytest.raises(Invalid, match="different names"):
        wrong(Grid("a", ["x"], []), Grid("A", ["x"], []))
    with pytest.raises(Invalid, match="Row 1 of 'a' does not fit"):
        wrong(Grid("a", ["x"], [["1", "2"]]))
    with pytest.raises(Invalid, match="too long for a drop-down"):
        wrong(Grid("a", ["x"], [], choices={"x": ["word" * 20] * 5}))
    with pytest.raises(Invalid, match="A2 is too long for a cell"):
        wrong(Grid("a", ["x"], [["y" * 40_000]]))


@pytest.mark.parametrize("since_1904", [False, True])
def test_both_date_systems_give_the_same_day(since_1904: bool) -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"date_1904": since_1904}) as made:
        tab = made.add_worksheet("Days")
        for number, pattern in enumerate(["yyyy-mm-dd", "d mmm yyyy hh:mm"]):
            form = made.add_format({"num_format": pattern})
            tab.write_datetime(number, 0, at(2019, 3, 29, 12 * number), form)
        tab.write_datetime(2, 0, time(16, 10), made.add_format({"num_format": "hh:mm"}))
        tab.write_datetime(3, 0, timedelta(hours=30), made.add_format({"num_format": "[h]:mm"}))
    values = [row[0] for row in read(out.getvalue())[0].rows]
    assert values == [
        date(2019, 3, 29),
        at(2019, 3, 29, 12),
        time(16, 10),
        timedelta(hours=30),
    ]


def test_formulas_are_named_and_never_worked_out() -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as made:
        tab = made.add_worksheet("Seats")
        tab.write_row(0, 0, ["Days", "Sum"])
        tab.write_formula("B2", "=1+1", None, 99)
        tab.write_formula("AB7", '=HYPERLINK("http://example.org")', None, "told")
    [sheet] = read(out.getvalue())
    assert sheet.rows[1][1] == 99
    assert sheet.formulas == ("B2", "AB7")


def test_merged_cells_hidden_sheets_and_offsets_are_told() -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as made:
        tab = made.add_worksheet("Seats")
        tab.merge_range("B3:D3", "Holder")
        tab.write("B4", "x")
        made.add_worksheet("Old lists").hide()
    first, second = read(out.getvalue())
    assert first.merged == ("B3:D3",)
    assert first.rows[2][1] == "Holder"
    assert first.place(2, 1) == "Seats!B3"
    assert second.place(0, 26) == "'Old lists'!AA1"
    assert (first.hidden, second.hidden) == (False, True)
    with pytest.raises(Invalid, match="Seats, row 3: The header cells B3:D3 are merged"):
        headed(first, header=2)


def test_a_workbook_is_read_from_its_path_too(tmp_path: Path) -> None:
    path = tmp_path / "seats.xlsx"
    path.write_bytes(book(["Seat"], ["Chair"]))
    assert read(path) == read(path.read_bytes())


def test_what_is_not_a_tame_workbook_is_refused() -> None:
    small = Most(rows=10, columns=5, cells=20, packed=20_000, sheets=1)
    with pytest.raises(Invalid, match="'Seats' has 11 rows and 1 columns"):
        read(book(*[["x"]] * 11), most=small)
    with pytest.raises(Invalid, match="1 rows and 6 columns"):
        read(book(["x"] * 6), most=small)
    with pytest.raises(Invalid, match="larger than"):
        read(
            with_part(book(["x"]), "xl/media/a.bin", bytes(range(256)) * 200),
            most=Most(packed=5000),
        )
    for data, said in ((word_file(), "another kind"), (b"Seat,Holder", "begin"), (b"", "begin")):
        with pytest.raises(Invalid, match=said):
            read(data)
    with pytest.raises(Invalid, match="macro"):
        read(with_part(book(["x"]), "xl/vbaProject.bin", b"x"))
    with pytest.raises(Invalid, match="cannot be read"):
        read(with_part(book(["x"]), "xl/styles.xml", b"<a>"))


def test_rows_beneath_a_header_know_their_place() -> None:
    [sheet] = read(book(["Seat", " Holder "], ["Chair", "Health"], ["", ""], ["Deputy", ""]))
    entries = headed(sheet, needed=["Seat", "Holder"])
    assert [entry.values() for entry in entries] == [
        {"Seat": "Chair", "Holder": "Health"},
        {"Seat": "Deputy", "Holder": None},
    ]
    assert entries[1].place("Holder") == "Seats!B4"
    assert entries[1].place() == "Seats, row 4"


def test_a_bad_header_is_told_whole() -> None:
    [sheet] = read(book(["Seat", "Seat", "", "State"], ["a", "b", "c", "d"]))
    with pytest.raises(Invalid) as told:
        headed(sheet, needed=["Holder"])
    assert str(told.value).splitlines() == [
        "Seats!B1: The title 'Seat' stands there twice.",
        "Seats!C1: There are values under no title.",
        "Seats, row 1: The column 'Holder' is missing.",
    ]
    with pytest.raises(Invalid, match="no header row"):
        headed(Sheet("Empty", ()))


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_csv_in_every_dress(code: str, mark: str) -> None:
    text = (
        mark.join(["When", "What"]) + "\r\n" + mark.join(["29 March", '"caf\u00e9 \u2013\nlate"'])
    )
    text += "\r\n\r\n" + mark.join(["?", ""]) + "\r\n"
    data = text.encode(code)
    sheet = read_csv(b"\xfe\xff" + data if code == "utf-16-be" else data, "log.csv")
    assert sheet.rows == (
        ("When", "What"),
        ("29 March", "caf\u00e9 \u2013\nlate"),
        (None, None),
        ("?", None),
    )
    assert sheet.place(3, 1) == "log.csv, line 5, column B"


def test_bad_csv_is_told_with_its_line() -> None:
    with pytest.raises(Invalid, match=r"log\.csv, line 2: The row cannot be read"):
        read_csv(b'a,b\n"c,d\n', "log.csv")
    with pytest.raises(Invalid, match="line 2: The row cannot be read"):
        read_csv(b"a,b\nc," + b"x" * 200_000, "log.csv")
    with pytest.raises(Invalid, match="3 rows and 1 columns"):
        read_csv(b"a\nb\nc\n", "log.csv", most=Most(rows=2))
    with pytest.raises(Invalid, match="line 2 holds a control character"):
        read_csv(b"a\nb\x00", "log.csv")


values = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)


@given(
    st.lists(
        st.tuples(values, st.sampled_from(["=1+1", "+44", "-x", "@a", "'=b", "''-c", "d"])),
        min_size=2,
    )
)
def test_csv_comes_back_as_it_went_out_and_runs_nothing(rows: list[tuple[str, str]]) -> None:
    data = write_csv([("Text", "Other"), *rows])
    cells = [cell for line in csv.reader(StringIO(data.decode("utf-8-sig"), "")) for cell in line]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    back = read_csv(data, "out.csv").rows[1:]
    assert back == tuple(tuple(text if text.strip() else None for text in row) for row in rows)


def test_csv_keeps_numbers_and_days() -> None:
    said = write_csv([[-5, 2.5, date(2019, 3, 29), at(2019, 3, 29, 16, 10), None, True]])
    assert said == b"\xef\xbb\xbf-5,2.5,2019-03-29,2019-03-29T16:10:00,,True\r\n"


def test_marks_within_quoted_lines_do_not_cut_the_columns() -> None:
    lines = "".join(f'{n} May,"one; x; y\ntwo; z; q",src\r\n' for n in range(1, 30))
    sheet = read_csv(f"Date,Event,Source\r\n{lines}".encode(), "x.csv")
    assert sheet.rows[1] == ("1 May", "one; x; y\ntwo; z; q", "src")
    assert len(sheet.rows) == 30


def test_rows_put_together_from_two_encodings_are_each_read_in_their_own() -> None:
    data = "Zoë’s,1\r\n".encode() + "café’s “x” – £5,2\r\n".encode("cp1252")
    assert [row[0] for row in read_csv(data, "x.csv").rows] == ["Zoë’s", "café’s “x” – £5"]
    with pytest.raises(Invalid, match="not readable text"):
        read_csv(b"a,\x81\r\n", "x.csv")


def word_table() -> bytes:
    document = docx.Document()
    table = document.add_table(3, 3)
    for number, text in enumerate(["When", "Who", "What", "?", "School", "Told\nthe mother"]):
        table.cell(number // 3, number % 3).text = text
    table.cell(2, 0).merge(table.cell(2, 2)).text = "No contact"
    inner = table.cell(1, 2).add_table(1, 1)
    inner.cell(0, 0).text = "nested"
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_word_tables_have_the_same_shape() -> None:
    first, second = read_word(word_table(), "school.docx")
    assert first.rows[0] == ("When", "Who", "What")
    assert first.rows[1][:2] == ("?", "School")
    assert first.rows[2] == ("No contact", None, None)
    assert first.merged == ("A3:C3",)
    assert first.place(1, 2) == "school.docx, Table 1, row 2, column 3"
    assert second.rows == (("nested",),)
    with pytest.raises(Invalid, match="more than 1 tables"):
        read_word(word_table(), most=Most(sheets=1))
    with pytest.raises(Invalid, match="another kind"):
        read_word(xlsx())
    body = parts_of(word_table())["word/document.xml"]
    for broken in (body[:-50], body.replace(b"<w:tc>", b"<w:tc w:x>", 1), b"<x/>"):
        with pytest.raises(Invalid, match="malformed"):
            read_word(with_part(word_table(), "word/document.xml", broken))


@given(st.integers(0, 20_000))
def test_letters_count_as_a_spreadsheet_does(column: int) -> None:
    number = 0
    for letter in letters(column):
        number = number * 26 + ord(letter) - 64
    assert number == column + 1
