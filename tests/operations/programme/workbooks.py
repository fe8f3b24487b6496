"""The workbook of a roadmap, given out, filled in and brought back."""

from __future__ import annotations

from concordat.craft import excel
from concordat.domain.base.documents.operations import Upload
from concordat.domain.governance.programme import queries
from concordat.domain.governance.programme.models import Programme
from concordat.domain.governance.programme.rules import round as sheets
from concordat.kernel.actor import Actor
from tests.operations.actions.workbooks import MADE, Filled

NAMES = {
    "milestone": sheets.MILESTONE, "due": sheets.DUE, "why": sheets.WHY, "agreed": sheets.AGREED,
    "reached": sheets.REACHED, "health": sheets.HEALTH, "words": sheets.WORDS,
    "expected": sheets.EXPECTED,
}  # fmt: skip


class Planned(Filled):
    """The first sheet of the two; the changes of plan are there to read."""

    def __init__(self, data: bytes) -> None:
        self.given = data
        sheet = excel.read(data)[0]
        self.name = sheet.name
        self.titles = list(sheet.rows[0])
        self.rows = [list(row) for row in sheet.rows[1:]]
        self.merged: list[str] = []

    def put(self, reference: str, /, **cells: object) -> Planned:
        return self._put(self.row(reference), cells)

    def add(self, **cells: object) -> Planned:
        """Fill in a row without a reference."""
        self.rows.append([None] * len(self.titles))
        return self._put(self.rows[-1], cells)

    def _put(self, row: list[object], cells: dict[str, object]) -> Planned:
        for name, value in cells.items():
            row[self.titles.index(NAMES[name])] = value
        return self

    @property
    def file(self) -> Upload:
        return Upload("roadmap.xlsx", self.data)


def given_out(actor: Actor, programme: Programme) -> Planned:
    return Planned(queries.workbook(actor, programme, made=MADE))
