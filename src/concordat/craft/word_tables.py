"""The tables of a Word document, as rows with addresses.

What content controls, links, insertions and text boxes hold is read where it stands, as somebody
who looks at the document sees it, and a note where it is referred to; the prompt of a control that
nobody filled in is no text. Deleted text is left out, and a row that a tracked change takes out is
named by its number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from concordat.craft import office
from concordat.craft.archives import Archive
from concordat.craft.tables import MOST, Most, Sheet, Value, letters
from concordat.craft.word_reading import BOX, GONE, boxes, empty_prompts, inside, notes_of, root_of
from concordat.kernel.errors import Invalid

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORDS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read(data: bytes, name: str = "", *, most: Most = MOST) -> list[Sheet]:
    """Every table of a Word document, named "Table 1" and so on, those within cells too."""
    archive = office.check(data, "docx", limits=most.archive())
    with office.reading("Word document"):
        root = root_of(archive, _main(archive))
        body = root.find(f"{_W}body")
        if body is None:
            raise ValueError
        empty_prompts(root)
        _put_notes(root, archive)
        found: list[Sheet] = []
        _gather(_tables(body), f"{name}, " if name else "", most, found)
    return found


def _main(archive: Archive) -> str:
    """The part with the text: some programs give it another name than the usual."""
    for link in office.parsed(archive, "_rels/.rels").iter():
        if str(link.get("Type", "")).endswith("/officeDocument"):
            return str(link.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _put_notes(root: Any, archive: Archive) -> None:
    """Put the words of a foot- or endnote where it is referred to: a source often stands there."""
    if not {"word/footnotes.xml", "word/endnotes.xml"}.isdisjoint(archive.names):
        notes = notes_of(archive)
        for kind in ("footnote", "endnote"):
            for mark in root.iter(f"{_W}{kind}Reference"):
                note = notes.get((kind, str(mark.get(f"{_W}id"))), "")
                mark.tag, mark.text = f"{_W}t", f" ({note})" if note else ""


def _tables(element: Any) -> Iterator[Any]:
    """The tables that stand in a body or cell, those in its text boxes too."""
    for each in inside(element):
        if each.tag == f"{_W}tbl":
            yield each
        else:
            for box in boxes(each):
                yield from _tables(box)


def _gather(tables: Iterator[Any], prefix: str, most: Most, found: list[Sheet]) -> None:
    for table in tables:
        if len(found) >= most.sheets:
            raise Invalid(f"The document has more than {most.sheets} tables.")
        rows = [each for each in inside(table) if each.tag == f"{_W}tr"]
        name = f"{prefix}Table {len(found) + 1}"
        grid = _grid(rows, name, most)
        struck = (n for n, row in enumerate(rows) if row.find(f"{_W}trPr/{_W}del") is not None)
        found.append(_sheet(name, grid, frozenset(struck)))
        if sum(len(each.rows) * len(each.rows[0]) for each in found if each.rows) > most.cells:
            raise Invalid(
                f"The tables hold more than {most.cells:,} cells.", mend="Send fewer at a time."
            )
        for row in rows:
            for cell in inside(row):
                _gather(_tables(cell), prefix, most, found)


def _grid(rows: Sequence[Any], name: str, most: Most) -> list[list[Any]]:
    """The cell that covers each place; None where a row begins late. A cell that says it spans
    more than can be read stops it before its places are laid out."""
    grid: list[list[Any]] = []
    wide = 0
    for row in rows:
        line: list[Any] = [None] * _number(row, "trPr", "gridBefore", 0)
        for cell in inside(row):
            if cell.tag == f"{_W}tc":
                over = grid[-1][len(line)] if grid and len(line) < len(grid[-1]) else None
                owner = over if over is not None and _goes_on(cell) else cell
                line += [owner] * max(1, _number(cell, "tcPr", "gridSpan", 1))
        grid.append(line)
        wide = max(wide, len(line))
        most.check(name, len(grid), wide)
    return grid


def _number(element: Any, look: str, name: str, usual: int) -> int:
    found = element.find(f"{_W}{look}/{_W}{name}")
    return usual if found is None else min(int(found.get(f"{_W}val", usual)), 500)


def _goes_on(cell: Any) -> bool:
    """Whether it is merged with the cell above it."""
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val", "continue") == "continue"


def _sheet(name: str, grid: Sequence[Sequence[Any]], struck: frozenset[int]) -> Sheet:
    """A merged cell's words stand in its first place only; the merge is reported."""
    places: dict[Any, list[tuple[int, int]]] = {}
    for number, row in enumerate(grid):
        for at, cell in enumerate(row):
            if cell is not None:
                places.setdefault(cell, []).append((number, at))
    wide = max((len(row) for row in grid), default=0)
    rows: list[list[Value]] = [[None] * wide for _ in grid]
    merged = []
    for cell, spots in places.items():
        (top, left), (bottom, right) = spots[0], spots[-1]
        rows[top][left] = _text(cell).replace("\xa0", " ").strip() or None
        if len(spots) > 1:
            merged.append(f"{letters(left)}{top + 1}:{letters(right)}{bottom + 1}")
    told = tuple(map(tuple, rows))
    return Sheet(name, told, kind="table", merged=tuple(merged), struck=struck)


def _text(element: Any) -> str:
    """The paragraphs of a cell or text box, a line each."""
    lines = []
    for each in inside(element):
        if each.tag == f"{_W}p":
            lines.append("".join(_words(each)))
            lines += [_text(box) for box in boxes(each)]
    return "\n".join(lines)


def _words(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in GONE or child.tag in (BOX, f"{_W}pPr", f"{_W}rPr"):
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif (told := _WORDS.get(str(child.tag).removeprefix(_W))) is not None:
            yield told
        else:
            yield from _words(child)
