"""What a Word file says, as the blocks of a document: from it pages and tagged PDFs are made.

Headings are found by their style, lists by their numbering, tables row by row; a footnote is
told where the notes stand, at the end. Comments, deleted text and hidden text are never told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from concordat.craft import office
from concordat.craft.document import (
    Block,
    Bullets,
    Column,
    Heading,
    Numbered,
    Paragraph,
    Run,
    Table,
)
from concordat.kernel.errors import Invalid

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = (f"{_W}del", f"{_W}moveFrom")


def read(data: bytes) -> list[Block]:
    """Raises `Invalid` for a file that is no Word file or says nothing."""
    from defusedxml.ElementTree import fromstring

    archive = office.check(data, "docx")
    body = fromstring(archive.read("word/document.xml"), forbid_dtd=True).find(f"{_W}body")
    notes = _notes(archive)
    blocks = list(_joined(_each(body, notes))) if body is not None else []
    if not blocks:
        raise Invalid("The file says nothing.", field="file", mend="Choose the Word file.")
    if notes:
        blocks += [Heading(1, "Notes"), Numbered(list(notes.values()))]
    return blocks


def _notes(archive: Any) -> dict[str, str]:
    """The footnotes by their number in the file; the two that draw lines are none."""
    from defusedxml.ElementTree import fromstring

    if "word/footnotes.xml" not in archive.names:
        return {}
    root = fromstring(archive.read("word/footnotes.xml"), forbid_dtd=True)
    told = {}
    for note in root.iter(f"{_W}footnote"):
        text = " ".join(_plain(each) for each in note.iter(f"{_W}p")).strip()
        if note.get(f"{_W}type") is None and text:
            told[str(note.get(f"{_W}id"))] = text
    return told


def _plain(paragraph: Any) -> str:
    return "".join(run.text for run in _runs(paragraph, {}))


def _each(body: Any, notes: dict[str, str]) -> Iterator[Block]:
    for element in body:
        if element.tag == f"{_W}p":
            yield from _paragraph(element, notes)
        elif element.tag == f"{_W}tbl":
            yield from _table(element, notes)


def _paragraph(element: Any, notes: dict[str, str]) -> Iterator[Block]:
    runs = list(_runs(element, notes))
    if not any(run.text.strip() for run in runs):
        return
    style = _value(element, "pStyle").casefold().replace(" ", "")
    if style.startswith(("heading", "title")):
        level = int(style[-1]) if style[-1:].isdigit() else 1
        yield Heading(level, "".join(run.text for run in runs))
    elif element.find(f"{_W}pPr/{_W}numPr") is not None or "list" in style:
        yield Bullets([runs])
    else:
        yield Paragraph(runs)


def _value(element: Any, name: str) -> str:
    found = element.find(f"{_W}pPr/{_W}{name}")
    return str(found.get(f"{_W}val", "")) if found is not None else ""


def _runs(element: Any, notes: dict[str, str]) -> Iterator[Run]:
    for child in element:
        if child.tag in _GONE:
            continue
        if child.tag == f"{_W}r":
            yield from _run(child, notes)
        elif child.tag != f"{_W}pPr":
            yield from _runs(child, notes)


def _run(run: Any, notes: dict[str, str]) -> Iterator[Run]:
    look = run.find(f"{_W}rPr")
    if look is not None and _is_on(look, "vanish"):
        return
    bold, italic = (look is not None and _is_on(look, name) for name in ("b", "i"))
    text = ""
    for part in run:
        if part.tag == f"{_W}t":
            text += part.text or ""
        elif part.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            text += " "
        elif part.tag == f"{_W}footnoteReference":
            text += _mark(notes, str(part.get(f"{_W}id")))
    if text:
        yield Run(text, bold=bold, italic=italic)


def _is_on(look: Any, name: str) -> bool:
    found = look.find(f"{_W}{name}")
    return found is not None and found.get(f"{_W}val", "true") not in ("false", "0", "none")


def _mark(notes: dict[str, str], number: str) -> str:
    return f" (note {list(notes).index(number) + 1})" if number in notes else ""


def _table(element: Any, notes: dict[str, str]) -> Iterator[Block]:
    rows = [
        [
            " ".join(
                "".join(run.text for run in _runs(each, notes)) for each in cell.iter(f"{_W}p")
            ).strip()
            for cell in row.findall(f"{_W}tc")
        ]
        for row in element.findall(f"{_W}tr")
    ]
    width = max((len(row) for row in rows), default=0)
    if not width:
        return
    head, *body = [row + [""] * (width - len(row)) for row in rows]
    titles = [Column(text or f"Column {at}") for at, text in enumerate(head, 1)]
    yield Table(caption=_caption(element) or "Table", columns=titles, rows=body)


def _caption(element: Any) -> str:
    found = element.find(f"{_W}tblPr/{_W}tblCaption")
    return str(found.get(f"{_W}val", "")) if found is not None else ""


def _joined(blocks: Iterator[Block]) -> Iterator[Block]:
    """Entries of a list that follow one another are one list."""
    items: list[Any] = []
    for block in blocks:
        if isinstance(block, Bullets):
            items += block.items
            continue
        if items:
            yield Bullets(items)
            items = []
        yield block
    if items:
        yield Bullets(items)
