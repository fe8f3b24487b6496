"""A long table and what stands beside it, in three formats, none of its rows cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest

from concordat.craft import excel, long_tables, tables
from concordat.craft.long_tables import MOST_IN_WORD
from concordat.kernel.errors import Invalid

MADE = datetime(2019, 3, 29, tzinfo=UTC)


@dataclass(frozen=True)
class Table:
    name: str
    titles: Sequence[str]
    rows: Sequence[Sequence[str | int | None]]
    widths: dict[str, float] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Whole:
    whole: Table
    short: Table
    besides: Sequence[Table] = ()
    about: Sequence[str] = ()
    title: str = "Everything"
    told: str = "All of it."


def content(rows: int) -> Whole:
    long = [(number, f"Event {number}", None) for number in range(1, rows + 1)]
    short = [(str(number), f"Event {number}") for number in range(1, rows + 1)]
    return Whole(
        Table("Rows", ("No", "Event", "Note"), long),
        Table("Rows", ("No", "Event"), short, shares={"Event": 4.0}),
        [Table("Gaps", ("What",), [("Nothing in May",)]), Table("None", ("What",), [])],
        ["What this is."],
    )


def words(data: bytes) -> tuple[str, list[list[list[str]]]]:
    found = docx.Document(BytesIO(data))
    text = "\n".join(paragraph.text for paragraph in found.paragraphs)
    return text, [[[c.text for c in row.cells] for row in table.rows] for table in found.tables]


def test_a_workbook_holds_every_column_what_stands_beside_and_what_it_is() -> None:
    (data,) = long_tables.write(content(3), "xlsx", made=MADE)
    rows, gaps, none, about = excel.read(data)
    assert rows.rows == (("No", "Event", "Note"), *((n, f"Event {n}", None) for n in (1, 2, 3)))
    assert gaps.rows[1:] == (("Nothing in May",),)
    assert (len(none.rows), about.rows[1]) == (1, ("What this is.",))


def test_a_csv_file_holds_the_rows_alone() -> None:
    (data,) = long_tables.write(content(2), "csv", made=MADE)
    assert tables.read_csv(data, "x.csv").rows[1] == ("1", "Event 1", None)


def test_a_short_word_table_is_one_document_with_what_stands_beside() -> None:
    (data,) = long_tables.write(content(2), "docx", made=MADE)
    text, (rows, gaps) = words(data)
    assert "Part" not in text
    assert rows == [["No", "Event"], ["1", "Event 1"], ["2", "Event 2"]]
    assert gaps[1] == ["Nothing in May"]


def test_a_table_without_rows_is_a_document_too() -> None:
    (data,) = long_tables.write(content(0), "docx", made=MADE)
    assert words(data)[1][0] == [["No", "Event"]]


@pytest.mark.long
def test_a_long_word_table_comes_in_parts_that_lose_no_row() -> None:
    parts = long_tables.write(content(MOST_IN_WORD + 1), "docx", made=MADE)
    archive = ZipFile(BytesIO(long_tables.packed(parts, "case.docx")))
    assert archive.namelist() == ["case-01.docx", "case-02.docx"]
    (first, (one,)), (last, (two, gaps)) = (words(archive.read(n)) for n in archive.namelist())
    assert "Part 1 of 2: rows 1 to 5,000." in first
    assert "Part 2 of 2: rows 5,001 to 5,001." in last
    assert [row[0] for row in (*one[1:], *two[1:])] == [str(n) for n in range(1, MOST_IN_WORD + 2)]
    assert gaps[1] == ["Nothing in May"], "what stands out is told once, at the end"


def test_another_ending_is_refused() -> None:
    with pytest.raises(Invalid, match=r"written as \.pdf"):
        long_tables.write(content(1), "pdf", made=MADE)
