"""A workbook that was given out, changed as somebody would, and brought back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from concordat.craft import excel
from concordat.domain.base.actions import queries
from concordat.domain.base.actions.rules import round as sheets
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.documents.operations import Upload
from concordat.kernel.actor import Actor

MADE = datetime(2019, 3, 29, 9, 0, tzinfo=UTC)


class Formula(str):
    """A cell that is worked out."""


class Filled:
    """The workbook as somebody keeps it: every cell may be changed, as in any program."""

    def __init__(self, data: bytes) -> None:
        self.given = data
        (sheet,) = excel.read(data)
        self.name = sheet.name
        self.titles: list[Any] = list(sheet.rows[0])
        self.rows: list[list[Any]] = [list(row) for row in sheet.rows[1:]]
        self.merged: list[str] = []

    def row(self, reference: str) -> list[Any]:
        return next(row for row in self.rows if row[0] == reference)

    def at(self, reference: str, title: str) -> Any:
        return self.row(reference)[self.titles.index(title)]

    def put(self, reference: str, /, **cells: Any) -> Filled:
        row = self.row(reference)
        for name, value in cells.items():
            row[self.titles.index(NAMES[name])] = value
        return self

    @property
    def data(self) -> bytes:
        out = BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
            tab, day = book.add_worksheet(self.name), book.add_format({"num_format": "d mmm yyyy"})
            for number, row in enumerate([self.titles, *self.rows]):
                for at, value in enumerate(row):
                    if isinstance(value, Formula):
                        tab.write_formula(number, at, value, None, "worked out")
                    elif isinstance(value, date):
                        tab.write_datetime(number, at, value, day)
                    elif value is not None:
                        tab.write(number, at, value)
            for area in self.merged:
                tab.merge_range(area, "together")
        return out.getvalue()

    @property
    def file(self) -> Upload:
        return Upload("actions.xlsx", self.data)


NAMES = {
    "state": sheets.STATE,
    "standing": sheets.STANDING,
    "word": sheets.WORD,
    "due": sheets.DUE,
    "why": sheets.WHY_LATER,
    "done": sheets.DONE,
    "evidence": sheets.EVIDENCE,
    "place": sheets.PLACE,
    "reference": sheets.REFERENCE,
    "what": sheets.WHAT,
    "mark": sheets.MARK,
}


def given_out(actor: Actor, agency: Agency) -> Filled:
    return Filled(queries.workbook(actor, agency, made=MADE))
