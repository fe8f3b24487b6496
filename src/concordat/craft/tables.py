"""Rows from files: the shape that spreadsheets, CSV and Word tables share.

A value keeps the address a person would look it up by ("Seats!C7", "seats.csv, line 7,
column C", "Table 2, row 7, column 3"), so that a fault can name it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import StringIO
from itertools import islice

from concordat.craft.archives import USUAL, Limits
from concordat.craft.marks import megabytes
from concordat.kernel.errors import Fault, Invalid

Value = str | int | float | bool | date | datetime | time | timedelta | None

_GUARDED = re.compile("'*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_RISKY = frozenset("'=+-@\t\r\uff1d\uff0b\uff0d\uff20")
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Most:
    """How much one reading takes at most; `packed` and `unpacked` are bytes."""

    packed: int = USUAL.packed
    unpacked: int = USUAL.unpacked
    rows: int = 200_000
    columns: int = 500
    cells: int = 3_000_000
    sheets: int = 100

    def archive(self) -> Limits:
        return Limits(packed=self.packed, unpacked=self.unpacked, part=self.unpacked)

    def check(self, name: str, rows: int, columns: int) -> None:
        if rows > self.rows or columns > self.columns or rows * columns > self.cells:
            raise Invalid(
                f"'{name}' has {rows:,} rows and {columns:,} columns, more than can be read.",
                mend=f"Send at most {self.rows:,} rows and {self.columns:,} columns at a time.",
            )


MOST = Most()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A named grid of values, first row first; an empty cell is None.

    `lines` gives each row's own line where lines and rows differ (CSV). `merged` and `formulas`
    are addresses as in "A1:C1" and "C7". `nought` is the day from which its numbers count days.
    `struck` are the rows that a tracked change takes out, `shown` the days that a cell shows in
    part only, by row and column: "March 2019", "22 May", as a reader of the sheet sees them.
    """

    name: str
    rows: tuple[tuple[Value, ...], ...]
    kind: str = "sheet"
    lines: tuple[int, ...] = ()
    merged: tuple[str, ...] = ()
    formulas: tuple[str, ...] = ()
    hidden: bool = False
    nought: date = date(1899, 12, 30)
    struck: frozenset[int] = frozenset()
    shown: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def place(self, row: int, column: int | None = None) -> str:
        """The address of a cell, or of a row; both counted from nought."""
        if self.kind == "sheet" and column is not None:
            name = self.name if self.name.isalnum() else f"'{self.name}'"
            return f"{name}!{letters(column)}{row + 1}"
        if self.kind == "csv":
            line = self.lines[row] if row < len(self.lines) else row + 1
            at = f"{self.name}, line {line}"
            return at if column is None else f"{at}, column {letters(column)}"
        at = f"{self.name}, row {row + 1}"
        return at if column is None else f"{at}, column {column + 1}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row beneath a header: values by column title, each with its address."""

    sheet: Sheet
    row: int
    columns: Mapping[str, int]

    def __getitem__(self, title: str) -> Value:
        return self.sheet.rows[self.row][self.columns[title]]

    def place(self, title: str = "") -> str:
        return self.sheet.place(self.row, self.columns[title] if title else None)

    def values(self) -> dict[str, Value]:
        return {title: self[title] for title in self.columns}


def letters(column: int) -> str:
    """0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def headed(sheet: Sheet, *, needed: Iterable[str] = (), header: int = 0) -> list[Entry]:
    """The rows beneath the header row, empty ones left out.

    Titles are trimmed. A merged, empty, repeated or missing title is a fault with its place.
    """
    if header >= len(sheet.rows):
        raise Invalid([Fault("There is no header row.", place=sheet.name)])
    titles = [_title(value) for value in sheet.rows[header]]
    faults = [
        Fault(f"The title '{title}' stands there twice.", place=sheet.place(header, at))
        for at, title in enumerate(titles)
        if title and title in titles[:at]
    ]
    faults += _merged_titles(sheet, header)
    faults += [
        Fault("There are values under no title.", place=sheet.place(header, at))
        for at, title in enumerate(titles)
        if not title and any(row[at] is not None for row in sheet.rows[header + 1 :])
    ]
    faults += [
        Fault(f"The column '{title}' is missing.", place=sheet.place(header))
        for title in needed
        if title not in titles
    ]
    if faults:
        raise Invalid(faults)
    columns = {title: at for at, title in enumerate(titles) if title}
    below = range(header + 1, len(sheet.rows))
    return [Entry(sheet, n, columns) for n in below if any(v is not None for v in sheet.rows[n])]


def _title(value: Value) -> str:
    return "" if value is None else " ".join(str(value).split())


def _merged_titles(sheet: Sheet, header: int) -> list[Fault]:
    return [
        Fault(
            f"The header cells {area} are merged.",
            place=sheet.place(header),
            mend="Split them and give each column its own title.",
        )
        for area in sheet.merged
        if (rows := [int(number) for number in re.findall(r"\d+", area)])
        and rows[0] <= header + 1 <= rows[-1]
    ]


def read_csv(data: bytes, name: str, *, most: Most = MOST) -> Sheet:
    """CSV in UTF-8, UTF-16 or Windows western, with comma, semicolon, tab or bar.

    A text that `write_csv` guarded comes back as it was.
    """
    from concordat.craft.sniff import decoded

    if len(data) > most.packed:
        raise Invalid(f"'{name}' is larger than {megabytes(most.packed)}.")
    text = decoded(data)
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[tuple[Value, ...]] = []
    lines: list[int] = []
    before = wide = 0
    try:
        for cells in reader:
            rows.append(tuple(_unguarded(cell) for cell in cells))
            lines.append(before + 1)
            before = reader.line_num
            wide = max(wide, len(cells))
            most.check(name, len(rows), wide)
    except csv.Error as error:
        raise Invalid(
            [Fault(f"The row cannot be read ({error}).", place=f"{name}, line {before + 1}")]
        ) from error
    even = tuple(row + (None,) * (wide - len(row)) for row in rows)
    return Sheet(name, even, kind="csv", lines=tuple(lines))


def _delimiter(text: str) -> str:
    """The mark that cuts the first rows most evenly, and into the most columns."""
    sample = text[:20_000]

    def evenness(mark: str) -> tuple[float, int]:
        rows = islice(csv.reader(StringIO(sample, newline=""), delimiter=mark), 20)
        widths = [len(row) for row in rows if row]
        if len(text) > len(sample):
            widths = widths[:-1] or widths
        usual = max(set(widths), key=widths.count, default=1)
        return (widths.count(usual) / len(widths) if usual > 1 else 0, usual)

    try:
        return max(_DELIMITERS, key=evenness)
    except csv.Error:
        return ","


def _unguarded(cell: str) -> str | None:
    if cell.startswith("'") and _GUARDED.match(cell[1:]):
        return cell[1:]
    return cell if cell.strip() else None


def _guarded(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value[:1] in _RISKY and _GUARDED.match(value) else value
    return value.isoformat() if isinstance(value, date | time) else str(value)


def write_csv(rows: Iterable[Sequence[Value]]) -> bytes:
    """UTF-8 with its mark, for Excel's sake; a text that would run as a formula is guarded."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_guarded(value) for value in row])
    return out.getvalue().replace("\x00", "").encode("utf-8-sig")
