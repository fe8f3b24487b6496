"""Small files as a reader gives them, without any library."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from concordat.craft.tables import Sheet
from concordat.domain.practice.chronologies.rules import Given, Merged, Read, merge, read_files
from concordat.domain.practice.chronologies.rules.columns import Value

TODAY = date(2019, 3, 29)
TITLES = ("Date", "Time", "Sequence", "Event", "Source of information")


def file(
    name: str,
    *rows: Sequence[Value],
    titles: Sequence[Value] = TITLES,
    kind: str = "sheet",
    nought: date = date(1899, 12, 30),
    merged: tuple[str, ...] = (),
    formulas: tuple[str, ...] = (),
) -> Given:
    wide = max(map(len, [titles, *rows]))
    grid = tuple(tuple(row) + (None,) * (wide - len(row)) for row in [titles, *rows])
    sheet = Sheet("Rows", grid, kind=kind, nought=nought, merged=merged, formulas=formulas)
    return Given(name, [sheet], digest=f"{name}{rows}")


def row(day: Value, event: str, *, time: Value = None, sequence: Value = None) -> tuple[Value, ...]:
    return (day, time, sequence, event, "Record")


def read(*files: Given) -> Read:
    return read_files(files, on=TODAY)


def merged(*files: Given) -> Merged:
    return merge(read(*files).rows)
