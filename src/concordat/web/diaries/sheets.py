"""School holidays in a file: a row for each, with area, name, first and last day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from concordat.domain.governance.diaries.operations import Holiday
from concordat.kernel.dates import Precision, UncertainDate
from concordat.kernel.errors import Fault, Invalid

COLUMNS = ("Area", "Holiday", "First day", "Last day")
EXAMPLE = ("North", "Easter", "2026-03-30", "2026-04-10")


def holidays_in(file: Any, source: str) -> list[Holiday]:
    """The rows of a CSV file or a workbook. Raises `Invalid` naming each row that is wrong."""
    from concordat.craft import excel, sniff
    from concordat.craft.tables import headed, read_csv

    data, name = file.read(), str(file.name)
    kind = sniff.look_at(name, data, kinds=("xlsx", "csv")).extension
    grid = excel.read(data)[0] if kind == "xlsx" else read_csv(data, name)
    faults: list[Fault] = []
    rows = [
        holiday
        for entry in headed(grid, needed=COLUMNS)
        for holiday in _read(entry.row + 1, entry.values(), source, faults)
    ]
    if faults:
        raise Invalid(faults)
    return rows


def _read(
    number: int, cells: Mapping[str, Any], source: str, faults: list[Fault]
) -> Iterator[Holiday]:
    days = [_day(cells[column]) for column in COLUMNS[2:]]
    for column, day in zip(COLUMNS[2:], days, strict=True):
        if day is None:
            told = f"“{cells[column] or ''}” is no day."
            faults.append(Fault(told, "file", f"row {number}, {column}", "Write 2026-03-30."))
    first, last = days
    if first and last:
        area, title = (str(cells[column] or "").strip() for column in COLUMNS[:2])
        yield Holiday(area, title, first, last, source, place=f"row {number}")


def _day(value: Any) -> date | None:
    try:
        said = UncertainDate.parse(str(value or "")[:20].removesuffix(" 00:00:00"))
    except Invalid:
        return None
    return said.earliest if said.precision is Precision.DAY else None
