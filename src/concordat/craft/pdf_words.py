"""What can be read in a PDF, with the place where it stands: its pages, comments and form fields,
bookmarks, alternative texts and properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from concordat.craft import sniff

_XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.S)


def texts_of(data: bytes) -> Iterator[tuple[str, str]]:
    import pypdfium2

    sniff.look_at("file.pdf", data, limit=len(data))
    document = pypdfium2.PdfDocument(data)
    try:
        for key, value in document.get_metadata_dict().items():
            yield f"The properties of the file ({key})", value
        for found in _XMP.finditer(data):
            yield "The properties of the file", found[0].decode("utf-8", "replace")
        for bookmark in document.get_toc():
            yield "A bookmark", bookmark.get_title()
        for number, page in enumerate(document, 1):
            yield f"Page {number}", page.get_textpage().get_text_range()
            for note in _notes(page):
                yield f"A comment or field on page {number}", note
            for words in _told_of_pictures(page):
                yield f"The alternative text of a picture on page {number}", words
    finally:
        document.close()


def _notes(page: Any) -> Iterator[str]:
    """What the annotations and form fields of a page say, and who wrote them."""
    import pypdfium2.raw as raw

    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, at)
        for key in (b"Contents", b"T", b"Subj", b"V", b"DV", b"TU"):
            size = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
            if size > 2:
                held = (raw.FPDF_WCHAR * (size // 2))()
                raw.FPDFAnnot_GetStringValue(note, key, held, size)
                yield bytes(held).decode("utf-16-le").rstrip("\x00")
        raw.FPDFPage_CloseAnnot(note)


def _told_of_pictures(page: Any) -> Iterator[str]:
    """The alternative texts and titles in the structure of a page."""
    import pypdfium2.raw as raw

    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return
    try:
        count = raw.FPDF_StructTree_CountChildren(tree)
        waiting = [raw.FPDF_StructTree_GetChildAtIndex(tree, at) for at in range(count)]
        while waiting:
            if not (element := waiting.pop()):
                continue
            for told in (raw.FPDF_StructElement_GetAltText, raw.FPDF_StructElement_GetTitle):
                if (size := told(element, None, 0)) > 2:
                    held = (raw.FPDF_WCHAR * (size // 2))()
                    told(element, held, size)
                    yield bytes(held).decode("utf-16-le").rstrip("\x00")
            within = raw.FPDF_StructElement_CountChildren(element)
            waiting += [raw.FPDF_StructElement_GetChildAtIndex(element, at) for at in range(within)]
    finally:
        raw.FPDF_StructTree_Close(tree)
