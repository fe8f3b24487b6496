"""PDF out, declared PDF/UA-1 (tagged, with language, title and bookmarks), and PDF text in.

The words of a document reach the typesetter as data and are printed as strings, so that
nothing in them can act as markup.
"""

from __future__ import annotations

import json
import logging
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from concordat.craft import document as shape
from concordat.craft import overlay
from concordat.craft.document import Document, Text
from concordat.kernel.errors import Invalid

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument
    from typst import Fonts

log = logging.getLogger(__name__)

_MISSING = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_HEX = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_INSTEAD = "\N{WHITE SQUARE}"
_pdfium = threading.Lock()


def write(document: Document) -> bytes:
    """The document as PDF. The same document gives the same bytes, unless it holds sheets.

    A character that no packaged font can show is printed as a square; the last page says
    which, and the log holds their code points.
    """
    return overlay.drawn(bare(document), document)


def bare(document: Document) -> bytes:
    """The document with its pages kept free for sheets that are not drawn yet: what it takes to
    learn on which page each heading stands."""
    missing: set[str] = set()
    for _ in range(6):
        try:
            return _compile(_payload(document, missing))
        except _Unprintable as told:
            if told.characters <= missing:
                break
            missing |= told.characters
            log.warning("not in the font: %s", _points(told.characters))
    raise Invalid(f"Some characters cannot be printed: {_points(missing)}.")


def page_count(data: bytes) -> int:
    with _opened(data) as pdf:
        return len(pdf)


def outline(data: bytes) -> dict[str, int]:
    """The page, counted from 1, on which each heading of the outline stands; the first of two
    that are called the same."""
    with _opened(data) as pdf:
        found: dict[str, int] = {}
        for each in pdf.get_toc():
            at = each.get_dest()
            if at is not None:
                found.setdefault(each.get_title(), (at.get_index() or 0) + 1)
        return found


def text(data: bytes, *, pages: int = 2000) -> str:
    """The words of at most `pages` pages, pages divided by a form feed."""
    with _opened(data) as pdf:
        if len(pdf) > pages:
            raise Invalid(f"Of a PDF at most {pages} pages can be read; it has {len(pdf)}.")
        return "\f".join(_page_text(pdf, number) for number in range(len(pdf)))


def picture(data: bytes, *, page: int = 0, scale: float = 1.5) -> bytes:
    """One page as PNG, at most 3,000 pixels on its longer side."""
    from io import BytesIO

    with _opened(data) as pdf:
        width, height = pdf[page].get_size()
        scale = min(scale, 3000 / max(width, height, 1))
        out = BytesIO()
        pdf[page].render(scale=scale).to_pil().save(out, "PNG")
        return out.getvalue()


@contextmanager
def _opened(data: bytes) -> Iterator[PdfDocument]:
    """PDFium is not thread-safe, so one thread at a time has it."""
    import pypdfium2

    with _pdfium:
        try:
            with pypdfium2.PdfDocument(data) as pdf:
                yield pdf
        except pypdfium2.PdfiumError as error:
            raise Invalid(
                "The PDF cannot be read.", mend="Open it, print it to PDF again and use that file."
            ) from error


def _page_text(pdf: PdfDocument, number: int) -> str:
    page = pdf[number]
    words = page.get_textpage()
    try:
        return str(words.get_text_range()).replace("\r\n", "\n").replace("\ufffe", "-")
    finally:
        words.close()
        page.close()


class _Unprintable(Exception):
    def __init__(self, characters: set[str]) -> None:
        super().__init__(_points(characters))
        self.characters = characters


def _points(characters: set[str]) -> str:
    return ", ".join(f"U+{ord(each):04X}" for each in sorted(characters))


@lru_cache(maxsize=1)
def _setting() -> bytes:
    return (resources.files("concordat.craft") / "document.typ").read_bytes()


@lru_cache(maxsize=1)
def _fonts() -> Fonts:
    """The packaged font and the typesetter's own; never the machine's, so output is the same."""
    from fontpkg_noto_sans import ROOT
    from typst import Fonts

    return Fonts(include_system_fonts=False, font_paths=[str(ROOT / "files")])


def _compile(payload: dict[str, Any]) -> bytes:
    import typst

    try:
        made = typst.compile(
            _setting(),
            font_paths=_fonts(),
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs={"document": json.dumps(payload)},
        )
    except typst.TypstError as error:
        found = _characters(error.diagnostic)
        if found:
            raise _Unprintable(found) from None
        raise Invalid(f"The document cannot be set as PDF: {error.message}") from error
    if not isinstance(made, bytes):
        raise TypeError("The typesetter gave no single file.")
    return made


def _characters(diagnostic: str) -> set[str]:
    named = (_HEX.sub(lambda m: chr(int(m[1], 16)), each) for each in _MISSING.findall(diagnostic))
    return {character for each in named for character in each}


def _payload(document: Document, missing: set[str]) -> dict[str, Any]:
    table = str.maketrans(dict.fromkeys(missing, _INSTEAD))

    def say(words: str) -> str:
        return shape.clean(words).translate(table)

    blocks = [_BLOCKS[type(block)](block, say) for block in shape.outlined(document.blocks)]
    if missing:
        told = (
            f"The font of this file lacks {len(missing)} of the characters used "
            f"({_points(missing)}). Each is printed as {_INSTEAD}; other formats show them."
        )
        blocks.append({"kind": "note", "tone": "soon", "label": "", "runs": _runs(told, say)})
    language, _, region = document.language.partition("-")
    return {
        "title": say(document.title),
        "author": say(document.author),
        "language": language,
        "region": region,
        "mark": say(document.mark),
        "footer": say(document.footer),
        "flipped": document.page == "landscape",
        "first": document.first,
        "prefix": say(document.prefix),
        "blocks": blocks,
    }


Say = Callable[[str], str]


def _runs(text: Text, say: Say) -> list[dict[str, Any]]:
    return [
        {"text": say(run.text), "bold": run.bold, "italic": run.italic, "link": run.link}
        for run in shape.runs(text)
    ]


def _heading(block: shape.Heading, say: Say) -> dict[str, Any]:
    return {"kind": "heading", "level": block.level, "text": say(block.text)}


def _paragraph(block: shape.Paragraph, say: Say) -> dict[str, Any]:
    return {"kind": "paragraph", "runs": _runs(block.runs, say)}


def _bullets(block: shape.Bullets, say: Say) -> dict[str, Any]:
    return {"kind": "bullets", "items": [_runs(item, say) for item in block.items]}


def _numbered(block: shape.Numbered, say: Say) -> dict[str, Any]:
    items = [_runs(item, say) for item in block.items]
    return {"kind": "numbered", "items": items, "start": block.start}


def _table(block: shape.Table, say: Say) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": say(block.caption),
        "columns": [
            {"title": say(column.title), "align": column.align, "share": column.share}
            for column in block.columns
        ],
        "rows": [[_runs(cell, say) for cell in row] for row in block.rows],
    }


def _picture(block: shape.Picture, say: Say) -> dict[str, Any]:
    words = {"alt": say(block.alt), "caption": say(block.caption)}
    return {"kind": "picture", "svg": say(block.svg), **words}


def _facts(block: shape.Facts, say: Say) -> dict[str, Any]:
    pairs = [{"label": say(label), "runs": _runs(value, say)} for label, value in block.pairs]
    return {"kind": "facts", "pairs": pairs}


def _note(block: shape.Note, say: Say) -> dict[str, Any]:
    runs = _runs(block.text, say)
    return {"kind": "note", "tone": block.tone, "label": say(block.label), "runs": runs}


def _sheets(block: shape.Sheets, say: Say) -> dict[str, Any]:
    lines = [say(overlay.place(block, number)) for number in range(1, block.count + 1)]
    return {"kind": "sheets", "lines": lines}


_BLOCKS: dict[type[shape.Block], Callable[..., dict[str, Any]]] = {
    shape.Heading: _heading,
    shape.Paragraph: _paragraph,
    shape.Bullets: _bullets,
    shape.Numbered: _numbered,
    shape.Table: _table,
    shape.Picture: _picture,
    shape.Facts: _facts,
    shape.Note: _note,
    shape.PageBreak: lambda block, say: {"kind": "break"},
    shape.Sheets: _sheets,
}
