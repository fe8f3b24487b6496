"""Pages of other PDFs drawn on the pages that were kept free for them.

What is drawn counts as an artifact: it carries no tags that a reader could follow, so that the
page itself says in a tagged line which page of which file it shows.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from concordat.craft.document import Document, Sheets, clean
from concordat.kernel.errors import Invalid

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_LEFT, _BOTTOM, _WIDE, _HIGH = 40.0, 74.0, 515.0, 666.0
"""The free part of an A4 page in points: below the tagged line and above the foot."""


def place(block: Sheets, number: int) -> str:
    """The line at the head of a page that shows one page of a file."""
    return f"{block.name}: page {number} of {block.count}, as it was given"


def drawn(made: bytes, document: Document) -> bytes:
    """The document with every sheet in its place."""
    sheets = [block for block in document.blocks if isinstance(block, Sheets)]
    if not sheets:
        return made
    import pypdfium2

    base = pypdfium2.PdfDocument(made)
    at = 0
    for block in sheets:
        at = _sheets(base, block, at)
    out = BytesIO()
    base.save(out)
    return out.getvalue()


def _sheets(base: PdfDocument, block: Sheets, at: int) -> int:
    """Draw one file's pages; the page after the last of them."""
    import pypdfium2

    try:
        source = pypdfium2.PdfDocument(block.pdf)
    except pypdfium2.PdfiumError as error:
        raise Invalid(f"'{block.name}' cannot be read as PDF.") from error
    for number in range(1, block.count + 1):
        at = _found(base, place(block, number), at)
        _draw(base, at, source, number - 1)
        at += 1
    return at


def _found(base: PdfDocument, line: str, start: int) -> int:
    wanted = "".join(clean(line).split())
    for at in range(start, len(base)):
        if wanted in "".join(base[at].get_textpage().get_text_range().split()):
            return at
    raise Invalid(f"No page was kept for '{line}'.")


def _draw(base: PdfDocument, at: int, source: PdfDocument, number: int) -> None:
    import pypdfium2
    from pypdfium2 import raw

    wide, high = source[number].get_size()
    scale = min(_WIDE / wide, _HIGH / high, 1.0)
    left = _LEFT + (_WIDE - wide * scale) / 2
    bottom = _BOTTOM + _HIGH - high * scale
    shown: Any = source.page_as_xobject(number, base).as_pageobject()
    shown.set_matrix(pypdfium2.PdfMatrix().scale(scale, scale).translate(left, bottom))
    raw.FPDFPageObj_AddMark(shown.raw, b"Artifact")
    page = base[at]
    page.insert_obj(shown)
    page.gen_content()
