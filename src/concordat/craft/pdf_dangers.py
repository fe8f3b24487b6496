"""What a PDF would do by itself: scripts, programs it launches, files it carries.

The file is searched as bytes, and the packed parts that can hold objects are unpacked within
bounds, because a reader that follows the file's own tables sees only what the file shows it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from concordat.kernel.errors import Invalid

_NAME = re.compile(rb"/([^\s()<>\[\]{}/%\x00#]*#[^\s()<>\[\]{}/%\x00]*)")
_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb">>\s*stream\r?\n")
_UNPACKED = 60 << 20
_END = rb"(?=[\s()<>\[\]{}/%\x00]|\Z)"
_DANGERS = {
    rb"/JavaScript" + _END: "runs a script",
    rb"/Launch" + _END: "starts a program",
    rb"/EmbeddedFiles?" + _END: "carries other files",
    rb"/(RichMedia|Rendition|Movie)\s*[/<\[]": "plays media",
    rb"/XFA\s*(\[|\d+\s+\d+\s+R)": "holds a scripted form",
    rb"/(ImportData|SubmitForm)" + _END: "sends or fetches data",
}
_FOUND = {re.compile(pattern): said for pattern, said in _DANGERS.items()}
_LOCKED = re.compile(rb"/Encrypt\s*(<<|\d+\s+\d+\s+R)")


def check(data: bytes) -> None:
    """Invalid if the PDF is locked, or would do anything but be read."""
    plain = _named(data)
    if _LOCKED.search(plain):
        raise Invalid("The PDF is protected with a password.", mend="Save it without protection.")
    _search(plain)
    room = _UNPACKED
    for objects in _packed(data):
        unpacked = _unpacked(objects, room)
        room -= len(unpacked)
        _search(_named(unpacked))


def _named(data: bytes) -> bytes:
    """Names written with #xx codes in their plain form."""
    if b"#" not in data:
        return data

    def plain(found: re.Match[bytes]) -> bytes:
        return b"/" + _CODE.sub(lambda code: bytes([int(code[1], 16)]), found[1])

    return _NAME.sub(plain, data)


def _search(data: bytes) -> None:
    for pattern, said in _FOUND.items():
        if pattern.search(data):
            raise Invalid(
                f"The PDF {said}.", mend="Print it to PDF again: that keeps only the pages."
            )


def streams(data: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """Dictionary and body of every stream, and where the body begins, whether or not the file's
    tables still lead there."""
    for start in _STREAM.finditer(data):
        head = data[max(0, start.start() - 2000) : start.start() + 2]
        head = _named(head[head.rfind(b"obj") :])
        end = data.find(b"endstream", start.end())
        yield head, data[start.end() : end if end > 0 else len(data)], start.end()


def _packed(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Those streams that may hold objects."""
    for head, body, _ in streams(data):
        if b"/ObjStm" in head or b"/First" in head:
            yield head, body


def _unpacked(objects: tuple[bytes, bytes], room: int) -> bytes:
    head, body = objects
    filters = re.findall(rb"/(\w+Decode|\w+D|Fl|LZW|Crypt)" + _END, head)
    if not filters:
        return body
    if set(filters) - {b"FlateDecode", b"Fl"} or len(filters) > 1:
        raise Invalid("The PDF is packed in an unusual way.", mend="Print it to PDF again.")
    unpack = zlib.decompressobj()
    try:
        out = unpack.decompress(body, max(room, 1))
    except zlib.error as error:
        raise Invalid("The PDF is damaged.", mend="Print it to PDF again.") from error
    if unpack.unconsumed_tail:
        raise Invalid("The PDF unpacks beyond all measure.")
    return out
