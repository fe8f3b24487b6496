"""A partnership file as sheets: one for each kind of row, one line for each row.

A list of texts stands on lines within its cell, a list of keys or words with commas, a rhythm
in words. Reading an Excel file is somebody else's work: cells arrive with their addresses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from concordat.domain.assurance.exchange.rules import values
from concordat.domain.assurance.exchange.rules.fields import KINDS, LISTS, Kind, Row, Sort, kind_of
from concordat.domain.assurance.exchange.rules.marks import Node
from concordat.domain.assurance.exchange.rules.parse import (
    FORMAT,
    Gathered,
    Part,
    put_together,
    unknown,
)
from concordat.domain.assurance.exchange.rules.shape import (
    HEADER,
    VERSION,
    PartnershipFile,
    row_kinds,
)
from concordat.domain.base.seats.rules import rhythm
from concordat.kernel.errors import Fault

OWNER = "partnership"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its address, such as C7, and what stands in it."""

    address: str
    value: object = None

    @property
    def told(self) -> str:
        """The cell as text: a day as 2019-03-29, a whole number without a point."""
        if self.value is None:
            return ""
        if isinstance(self.value, bool):
            return "yes" if self.value else "no"
        if isinstance(self.value, datetime):
            return self.value.date().isoformat()
        if isinstance(self.value, date):
            return self.value.isoformat()
        if isinstance(self.value, float) and abs(self.value) < 1e15:
            return f"{Decimal(repr(self.value)):f}".removesuffix(".0")
        return str(self.value).strip()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: the names of fields in its first row, then one row for each row of its kind.

    `merged` and `formulas` are addresses such as A1:C1 and C7; either makes the sheet unusable.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[str, ...] = ()
    formulas: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        name: str,
        values: Iterable[Sequence[object]],
        *,
        merged: Sequence[str] = (),
        formulas: Sequence[str] = (),
    ) -> Sheet:
        """A sheet from plain values, the first of them in A1."""
        rows = tuple(
            tuple(Cell(f"{_letters(at)}{line}", value) for at, value in enumerate(row))
            for line, row in enumerate(values, start=1)
        )
        return cls(name, rows, tuple(merged), tuple(formulas))


def _letters(column: int) -> str:
    first, last = divmod(column, 26)
    return (_letters(first - 1) if first else "") + chr(ord("A") + last)


def to_sheets(file: PartnershipFile) -> list[tuple[str, list[list[str]]]]:
    """Sheets by name, each a table of texts whose first row names the fields."""
    owners = len(file.chapters) > 1
    head = [FORMAT, *KINDS[HEADER].fields]
    headers = [[str(VERSION), *_line(chapter.partnership)] for chapter in file.chapters]
    sheets = [(HEADER, [head, *headers])]
    for name, kind in row_kinds().items():
        lines = [
            ([chapter.slug] if owners else []) + _line(row)
            for chapter in file.chapters
            for row in chapter.rows.get(name, ())
        ]
        if lines:
            sheets.append((name, [[OWNER] * owners + list(kind.fields), *lines]))
    return sheets


def _line(row: Row) -> list[str]:
    cells = []
    for spec in kind_of(row).fields.values():
        value = getattr(row, spec.attribute)
        if value is None or value == ():
            cells.append("")
        elif isinstance(value, rhythm.Rhythm):
            cells.append(str(value))
        elif spec.sort is Sort.POUNDS:
            cells.append(values.in_pounds(value))
        elif isinstance(value, tuple):
            joint = "\n" if spec.sort is Sort.TEXTS else ", "
            cells.append(joint.join(values.told(each) for each in value))
        else:
            cells.append(values.told(value))
    return cells


def from_sheets(sheets: Sequence[Sheet], *, name: str = "") -> PartnershipFile:
    """A partnership file from sheets. Never raises: what is wrong stands in `found`."""
    gathered = Gathered()
    parts: dict[str, Part] = {}
    for sheet in sheets:
        gathered.faults += _unfit(sheet, name)
    for sheet in sheets:
        if sheet.name == HEADER:
            _read_headers(gathered, sheet, parts, name)
    for sheet in sheets:
        if sheet.name not in KINDS:
            place = _place(name, sheet, "")
            gathered.faults.append(unknown(sheet.name, list(KINDS), place, "kind of row"))
        elif sheet.name != HEADER:
            _read_rows(gathered, sheet, parts, name)
    gathered.parts += parts.values()
    return put_together(gathered)


def _unfit(sheet: Sheet, file: str) -> Iterator[Fault]:
    for address in sheet.formulas:
        place = _place(file, sheet, address)
        yield Fault("This cell holds a formula.", place=place, mend="Put its value there instead.")
    for address in sheet.merged:
        place = _place(file, sheet, address)
        mend = "Unmerge them and fill each cell that is meant."
        yield Fault("These cells are merged.", place=place, mend=mend)


def _place(file: str, sheet: Sheet, address: str) -> str:
    within = f"{sheet.name}!{address}" if address else sheet.name
    return f"{file} {within}" if file else within


def _read_headers(gathered: Gathered, sheet: Sheet, parts: dict[str, Part], file: str) -> None:
    for node in _nodes(gathered, sheet, KINDS[HEADER], file):
        said = node.value if isinstance(node.value, dict) else {}
        told = said.pop(FORMAT, None)
        key = said["key"].value if "key" in said else ""
        slug = key if isinstance(key, str) and key not in parts else node.place
        parts[slug] = Part(f"{slug}/", node, told)


def _read_rows(gathered: Gathered, sheet: Sheet, parts: dict[str, Part], file: str) -> None:
    for node in _nodes(gathered, sheet, KINDS[sheet.name], file):
        said = node.value if isinstance(node.value, dict) else {}
        owner = said.pop(OWNER, None)
        part = _part_of(owner, parts)
        if part is None:
            gathered.faults.append(_ownerless(owner, node, parts))
        else:
            part.lists.setdefault(sheet.name, []).append(node)


def _part_of(owner: Node | None, parts: dict[str, Part]) -> Part | None:
    if owner is None:
        return next(iter(parts.values())) if len(parts) == 1 else None
    return parts.get(str(owner.value))


def _ownerless(owner: Node | None, node: Node, parts: dict[str, Part]) -> Fault:
    if owner is not None:
        return unknown(str(owner.value), list(parts), owner.place, OWNER)
    message = "It is not clear to which partnership this row belongs."
    mend = f"Add a column “{OWNER}” with its key, and a sheet “{HEADER}”."
    return Fault(message, OWNER, node.place, mend)


def _nodes(gathered: Gathered, sheet: Sheet, kind: Kind, file: str) -> Iterator[Node]:
    """Rows of a sheet as the tree that a YAML file would give."""
    filled = [row for row in sheet.rows if any(cell.told for cell in row)]
    if not filled:
        return
    heads = [cell.told.lower() for cell in filled[0]]
    gathered.faults += _twice(filled[0], heads, sheet, file)
    for row in filled[1:]:
        place = _place(file, sheet, next(cell.address for cell in row if cell.told))
        node = Node({}, place)
        for at, cell in enumerate(row):
            where = _place(file, sheet, cell.address)
            if at >= len(heads) or not heads[at]:
                gathered.faults += _headless(cell, where)
            elif cell.told and isinstance(node.value, dict):
                node.value.setdefault(heads[at], _cell_node(kind, heads[at], cell.told, where))
        yield node


def _twice(row: Sequence[Cell], heads: list[str], sheet: Sheet, file: str) -> Iterable[Fault]:
    for at, head in enumerate(heads):
        if head and head in heads[:at]:
            place = _place(file, sheet, row[at].address)
            yield Fault(f"The column “{head}” stands twice.", head, place, "Keep one of them.")


def _headless(cell: Cell, place: str) -> list[Fault]:
    if not cell.told:
        return []
    mend = "Name the field in the first row, or empty the cell."
    return [Fault("This cell stands under no name.", place=place, mend=mend)]


def _cell_node(kind: Kind, head: str, told: str, place: str) -> Node:
    spec = kind.fields.get(head)
    if spec is None or spec.sort not in LISTS:
        return Node(told, place, quoted=True)
    parts = told.split("\n") if spec.sort is Sort.TEXTS else told.replace("\n", ",").split(",")
    return Node([Node(part.strip(), place) for part in parts if part.strip()], place)
