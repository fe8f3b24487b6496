"""What can be read in a PDF, with the place where it stands: its pages, comments and form fields,
bookmarks, alternative texts and properties; and whatever else it holds, such as links, forms,
notes of a picture, and what an earlier version of it said and a later one no longer shows."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any

from concordat.craft import pdf_dangers, sniff

_XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.S)
BEHIND = "What stands behind the pages"
_MOST = 60 << 20
"""Bytes that are unpacked to be looked through."""


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
    for words in _behind(data):
        yield BEHIND, words


_NO_WORDS = re.compile(rb"/Subtype\s*/(Image|Type1C|CIDFontType0C|OpenType)\b|/Length1\b")
"""Points of a picture, and the shapes of letters."""
_TOLD = rb"(?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.){0,999}\)){0,999}\)){0,9999}"
_STRING = re.compile(rb"\((%s)\)|<([0-9A-Fa-f\s]{4,9999})>" % _TOLD, re.S)
_ARRAY = re.compile(rb"\[((?:[^\[\]()]|\(%s\)){1,9999})\]\s*TJ" % _TOLD, re.S)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.S)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b"", b"\n": b"", b"\r\n": b""}


def _behind(data: bytes) -> Iterator[str]:
    """The strings of everything that the file holds, and the words in what is no such object."""
    room, last, outside = _MOST, 0, []
    for head, body, begins in pdf_dangers.streams(data):
        outside.append(data[last:begins])
        last = begins + len(body)
        if not re.search(rb"/Filter", head):
            yield _strings(body)
            if b"/XML" in head:
                yield body.decode("utf-8", "replace")
        elif re.search(rb"/Filter\s*\[?\s*/(?:FlateDecode|Fl)\s*\]?\s*(?:/|>>)", head):
            if not _NO_WORDS.search(head):
                unpacked = _unpacked(body, room)
                room -= len(unpacked)
                yield _strings(unpacked)
                if b"/XML" in head:
                    yield unpacked.decode("utf-8", "replace")
        else:
            yield body.decode("utf-8", "replace")
    yield _strings(b"\n".join([*outside, data[last:]]))


def _unpacked(body: bytes, room: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(body, max(room, 1))
    except zlib.error:
        return b""


def _strings(data: bytes) -> str:
    """Every string, a line each; those that are shown as one stand together."""
    told = ["".join(_each(found[1])) for found in _ARRAY.finditer(data)]
    return "\n".join([*told, *_each(data)])


def _each(data: bytes) -> Iterator[str]:
    for found in _STRING.finditer(data):
        plain = found[1]
        if plain is None:
            figures = b"".join(found[2].split())
            plain = bytes.fromhex((figures + b"0" * (len(figures) % 2)).decode())
        else:
            plain = _ESCAPE.sub(_escaped, plain)
        code = {b"\xfe\xff": "utf-16", b"\xff\xfe": "utf-16", b"\xef\xbb": "utf-8-sig"}
        yield plain.decode(code.get(plain[:2], "cp1252"), "replace")


def _escaped(found: re.Match[bytes]) -> bytes:
    said = found[1]
    return bytes([int(said, 8) & 255]) if said.isdigit() else _ESCAPED.get(said, said)


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
