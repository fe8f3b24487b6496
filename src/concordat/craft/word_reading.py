"""What a Word file says, as the blocks of a document: from it pages and tagged PDFs are made.

Headings are found by their style, lists by their numbering, tables row by row; content controls
are read as what they hold, a text box after its paragraph, and foot- and endnotes where the notes
stand, at the end. Comments, deleted text and text that is hidden, also by a style, are never told.
What cannot be told is named by `left_out`.
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
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
GONE = (f"{_W}del", f"{_W}moveFrom", f"{_W}sdtPr", f"{_ALTERNATIVE}Fallback")
BOX = f"{_W}txbxContent"
_NOTES = (("footnote", "word/footnotes.xml"), ("endnote", "word/endnotes.xml"))


class _Told:
    """What the words of one file are read with: its notes by kind and number, and the styles
    that hide what is written in them."""

    def __init__(self, archive: Any) -> None:
        self.hidden, self.usual = hidden_styles(archive), _usual_style(archive)
        self.notes: dict[tuple[str, str], str] = {}
        self.notes = _notes(archive, self)


def read(data: bytes) -> list[Block]:
    """Raises `Invalid` for a file that is no Word file or says nothing."""

    archive = office.check(data, "docx")
    body = root_of(archive, "word/document.xml").find(f"{_W}body")
    if body is not None:
        empty_prompts(body)
    told = _Told(archive)
    blocks = list(_joined(_each(body, told))) if body is not None else []
    if not blocks:
        raise Invalid("The file says nothing.", field="file", mend="Choose the Word file.")
    if told.notes:
        blocks += [Heading(1, "Notes"), Numbered(list(told.notes.values()))]
    return blocks


_LEFT = (
    ("altChunk", "text of another file that is joined to it"),
    ("pict", "drawing"),
    ("drawing", "picture or drawing"),
    ("object", "object"),
    ("oMath", "formula"),
    ("sym", "sign of a font of signs"),
)


def left_out(data: bytes) -> list[str]:
    """What the file shows and `read` does not tell, each kind with how often it stands there."""
    root = root_of(office.check(data, "docx"), "word/document.xml")
    tags = [str(each.tag).rpartition("}")[2] for each in _shown(root)]
    told = [(words, tags.count(tag)) for tag, words in _LEFT]
    return [f"{number} × {words}" for words, number in told if number]


def _shown(element: Any) -> Iterator[Any]:
    """Every element of which something is shown; a drawing that is a text box is none."""
    for child in element:
        if child.tag in GONE:
            continue
        if not any(True for _ in child.iter(BOX)):
            yield child
        yield from _shown(child)


def root_of(archive: Any, name: str) -> Any:
    from defusedxml.ElementTree import fromstring

    return fromstring(archive.read(name), forbid_dtd=True)


def empty_prompts(root: Any) -> None:
    """Take the prompts out of content controls that nobody filled in: they are no text."""
    for control in root.iter(f"{_W}sdt"):
        if control.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None:
            for text in control.iter(f"{_W}t"):
                text.text = ""


def hidden_styles(archive: Any) -> frozenset[str]:
    """The styles, by their id, in which text is hidden, those that follow one of them too."""
    if "word/styles.xml" not in archive.names:
        return frozenset()
    own: dict[str, bool | None] = {}
    after: dict[str, str] = {}
    for style in root_of(archive, "word/styles.xml").iter(f"{_W}style"):
        name = str(style.get(f"{_W}styleId", ""))
        look, base = style.find(f"{_W}rPr"), style.find(f"{_W}basedOn")
        own[name] = _hides(look)
        after[name] = str(base.get(f"{_W}val", "")) if base is not None else ""

    def hides(name: str, seen: tuple[str, ...] = ()) -> bool:
        said = own.get(name)
        if said is not None or name not in own or name in seen:
            return bool(said)
        return hides(after[name], (*seen, name))

    return frozenset(name for name in own if hides(name))


def _usual_style(archive: Any) -> str:
    """The style of a paragraph that names none."""
    if "word/styles.xml" not in archive.names:
        return ""
    rows = root_of(archive, "word/styles.xml").iter(f"{_W}style")
    usual = (e for e in rows if (e.get(f"{_W}type"), e.get(f"{_W}default")) == ("paragraph", "1"))
    return next((str(each.get(f"{_W}styleId", "")) for each in usual), "")


def _hides(look: Any) -> bool | None:
    """Whether formatting hides its text; None where it says nothing of that."""
    for name in ("vanish", "webHidden"):
        if look is not None and look.find(f"{_W}{name}") is not None:
            return _is_on(look, name)
    return None


def _notes(archive: Any, told: _Told) -> dict[tuple[str, str], str]:
    """The notes by their kind and number in the file; those that draw lines are none."""
    found: dict[tuple[str, str], str] = {}
    for kind, part in _NOTES:
        if part not in archive.names:
            continue
        for note in root_of(archive, part).iter(f"{_W}{kind}"):
            words = " ".join(_plain(each, told) for each in note.iter(f"{_W}p")).strip()
            if note.get(f"{_W}type") is None and words:
                found[kind, str(note.get(f"{_W}id"))] = words
    return found


def notes_of(archive: Any) -> dict[tuple[str, str], str]:
    """The foot- and endnotes of a document by kind and number: ("footnote", "2")."""
    return _Told(archive).notes


def _plain(paragraph: Any, told: _Told) -> str:
    return "".join(run.text for run in _runs(paragraph, told))


BLOCKS = (f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}tc")


def inside(element: Any) -> Iterator[Any]:
    """What stands in an element, with what content controls, insertions and other wrappers hold
    in their place."""
    for child in element:
        if child.tag in GONE:
            continue
        if child.tag in BLOCKS:
            yield child
        elif child.tag != f"{_W}tblPr":
            yield from inside(child)


def _each(body: Any, told: _Told) -> Iterator[Block]:
    for element in inside(body):
        if element.tag == f"{_W}p":
            yield from _paragraph(element, told)
            for box in boxes(element):
                yield from _each(box, told)
        elif element.tag == f"{_W}tbl":
            yield from _table(element, told)


def boxes(element: Any) -> Iterator[Any]:
    """The text boxes that hang on a paragraph, each once."""
    for child in element:
        if child.tag == BOX:
            yield child
        elif child.tag not in GONE:
            yield from boxes(child)


def _paragraph(element: Any, told: _Told) -> Iterator[Block]:
    runs = list(_runs(element, told))
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


def _runs(element: Any, told: _Told) -> Iterator[Run]:
    """The runs of a paragraph that are seen. What a text box holds is told by itself."""
    style = _value(element, "pStyle") or told.usual
    yield from _seen(element, told, hidden=style in told.hidden)


def _seen(element: Any, told: _Told, *, hidden: bool) -> Iterator[Run]:
    for child in element:
        if child.tag in GONE or child.tag in (BOX, f"{_W}pPr"):
            continue
        if child.tag == f"{_W}r":
            yield from _run(child, told, hidden=hidden)
        else:
            yield from _seen(child, told, hidden=hidden)


def _is_hidden(look: Any, told: _Told, *, hidden: bool) -> bool:
    """A run's own word goes before that of its style, and this before that of its paragraph."""
    own = _hides(look)
    if own is not None:
        return own
    style = look.find(f"{_W}rStyle") if look is not None else None
    return hidden or (style is not None and style.get(f"{_W}val") in told.hidden)


def _run(run: Any, told: _Told, *, hidden: bool) -> Iterator[Run]:
    look = run.find(f"{_W}rPr")
    if _is_hidden(look, told, hidden=hidden):
        return
    bold, italic = (look is not None and _is_on(look, name) for name in ("b", "i"))
    text = ""
    for part in run:
        tag = str(part.tag).removeprefix(_W)
        if tag == "t":
            text += part.text or ""
        elif tag in ("tab", "br", "cr"):
            text += " "
        elif tag == "noBreakHyphen":
            text += "-"
        elif tag in ("footnoteReference", "endnoteReference"):
            text += _mark(told, tag.removesuffix("Reference"), str(part.get(f"{_W}id")))
    if text:
        yield Run(text, bold=bold, italic=italic)


def _is_on(look: Any, name: str) -> bool:
    found = look.find(f"{_W}{name}")
    return found is not None and found.get(f"{_W}val", "true") not in ("false", "0", "none")


def _mark(told: _Told, kind: str, number: str) -> str:
    known = list(told.notes)
    return f" (note {known.index((kind, number)) + 1})" if (kind, number) in told.notes else ""


def _table(element: Any, told: _Told) -> Iterator[Block]:
    style = element.find(f"{_W}tblPr/{_W}tblStyle")
    if style is not None and style.get(f"{_W}val") in told.hidden:
        return
    rows = [
        [" ".join(_cell(cell, told)).strip() for cell in inside(row) if cell.tag == f"{_W}tc"]
        for row in inside(element)
        if row.tag == f"{_W}tr" and row.find(f"{_W}trPr/{_W}del") is None
    ]
    width = max((len(row) for row in rows), default=0)
    if not width:
        return
    head, *body = [row + [""] * (width - len(row)) for row in rows]
    titles = [Column(text or f"Column {at}") for at, text in enumerate(head, 1)]
    yield Table(caption=_caption(element) or "Table", columns=titles, rows=body)


def _cell(cell: Any, told: _Told) -> Iterator[str]:
    for each in inside(cell):
        if each.tag == f"{_W}p":
            yield _plain(each, told)
            for box in boxes(each):
                yield from _cell(box, told)
        else:
            yield from _cell(each, told)


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
