"""Office files are zip archives: opened here and nowhere else before they are proven tame.

Every part is unpacked once against the limits, so that what the archive says of itself is
never believed. Sizes are bytes.
"""

from __future__ import annotations

import re
import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from concordat.craft.marks import megabytes, shown
from concordat.kernel.errors import Invalid

_END = b"PK\x05\x06"
_CHUNK = 1 << 16
_BETWEEN = 24
"""Bytes that an honest writer may leave after a part: its sizes written a second time."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`ratio` counts only for parts over a mebibyte: small ones cannot do harm."""

    packed: int = 25 << 20
    unpacked: int = 200 << 20
    part: int = 120 << 20
    ratio: int = 150
    parts: int = 4000


USUAL = Limits()


class Archive:
    """A proven archive: parts by name, in the order of the file."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._zip = ZipFile(BytesIO(data))
        self._data = data
        self.limits = limits
        self.names = tuple(info.filename for info in self._zip.infolist())

    def read(self, name: str) -> bytes:
        """A part whole; its size and checksum were proven when the archive was opened."""
        return self._zip.read(name)

    def start(self, name: str) -> bytes:
        """The first bytes of a part."""
        with self._zip.open(name) as part:
            return part.read(16)

    def sized(self, name: str) -> int:
        return self._zip.getinfo(name).file_size

    def chunks(self, info: ZipInfo) -> Iterator[bytes]:
        """What a part really holds, unpacked piece by piece from its raw bytes."""
        raw = memoryview(self._data)[_body(self._data, info) :][: info.compress_size]
        if info.compress_type == ZIP_STORED:
            yield from (bytes(raw[at : at + _CHUNK]) for at in range(0, len(raw), _CHUNK))
            return
        unpack = zlib.decompressobj(-15)
        for at in range(0, len(raw), _CHUNK):
            piece = bytes(raw[at : at + _CHUNK])
            while piece and not unpack.eof:
                yield unpack.decompress(piece, _CHUNK)
                piece = unpack.unconsumed_tail
        while rest := unpack.decompress(unpack.unconsumed_tail, _CHUNK):
            yield rest
        if not unpack.eof:
            raise Invalid(f"The part '{info.filename}' is cut short.")


def opened(data: bytes, limits: Limits = USUAL) -> Archive:
    """The archive, or Invalid: too big, a bomb, odd names, hidden or trailing data."""
    if len(data) > limits.packed:
        raise Invalid(f"The file is larger than {megabytes(limits.packed)}.")
    _check_end(data, limits)
    try:
        archive = Archive(data, limits)
        infos = archive._zip.infolist()
        _check_names(infos)
        _check_places(data, infos)
        _check_sizes(archive, infos, limits)
    except (BadZipFile, zlib.error, struct.error, NotImplementedError, UnicodeError) as error:
        raise Invalid(
            "The archive inside this file is damaged.", mend="Save the file again and try that."
        ) from error
    return archive


def ends_as_archive(data: bytes) -> bool:
    """Whether a reader that looks from the end would take this for an archive."""
    at = data.rfind(_END, max(0, len(data) - 65535 - 22))
    if at < 0 or at + 22 > len(data):
        return False
    size, start = struct.unpack("<12xII", data[at : at + 20])
    return b"PK\x01\x02" in data[max(0, at - max(size, 46)) : at] and start <= len(data)


def _check_end(data: bytes, limits: Limits) -> None:
    """The end record must be the end of the file, and its directory of modest size."""
    if not data.startswith(b"PK\x03\x04"):
        raise Invalid("The file does not begin as an office file does.")
    at = data.rfind(_END, -(65535 + 22))
    if at < 0 or at + 22 > len(data):
        raise Invalid("The file is cut short.", mend="Send it again.")
    comment = struct.unpack("<H", data[at + 20 : at + 22])[0]
    count, size, start, head = _directory(data, at)
    if count > limits.parts:
        raise Invalid(f"The file holds more than {limits.parts:,} parts.")
    if size > limits.parts * 512:
        raise Invalid("The file's list of parts is too long.")
    if at + 22 + comment != len(data) or start + size != head:
        raise Invalid("There is hidden data before or after the end of the file.")


def _directory(data: bytes, at: int) -> tuple[int, int, int, int]:
    """Parts, length and start of the directory, and where its end record begins.

    Some exporters always write the 64-bit end record, 76 bytes before the common one.
    """
    count, size, start = struct.unpack("<10xHII", data[at : at + 20])
    if data[at - 20 : at - 16] == b"PK\x06\x07" and data[at - 76 : at - 72] == b"PK\x06\x06":
        count, size, start = struct.unpack("<32xQQQ", data[at - 76 : at - 20])
        return count, size, start, at - 76
    return count, size, start, at


def _check_names(infos: list[ZipInfo]) -> None:
    seen: set[str] = set()
    for info in infos:
        name = info.orig_filename
        steps = re.split(r"[/\\]", name)
        if ".." in steps or name.startswith(("/", "\\")) or re.match("[A-Za-z]:", name):
            raise Invalid(f"A part of the file wants to be put elsewhere: '{shown(name)}'.")
        if re.search("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", name) or not name:
            raise Invalid(f"A part of the file has an unreadable name: '{shown(name)}'.")
        if name.casefold() in seen:
            raise Invalid(f"Two parts of the file have the same name: '{shown(name)}'.")
        seen.add(name.casefold())
        if info.flag_bits & 0x61:
            raise Invalid("The file is protected with a password.", mend="Save it without one.")
        if info.create_system == 3 and stat.S_ISLNK(info.external_attr >> 16):
            raise Invalid(f"A part of the file points elsewhere: '{shown(name)}'.")
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise Invalid(f"The part '{shown(name)}' is packed in an unusual way.")


def _body(data: bytes, info: ZipInfo) -> int:
    """Where the packed bytes of a part begin, by its own local header."""
    at = info.header_offset
    if data[at : at + 4] != b"PK\x03\x04":
        raise Invalid("The file's list of parts does not match its content.")
    flags, kind = struct.unpack("<HH", data[at + 6 : at + 10])
    length, extra = struct.unpack("<HH", data[at + 26 : at + 30])
    code = "utf-8" if flags & 0x800 else "cp437"
    named = data[at + 30 : at + 30 + length].decode(code)
    if named != info.orig_filename or kind != info.compress_type or flags & 0x61:
        raise Invalid("The file's list of parts does not match its content.")
    return int(at + 30 + length + extra)


def _check_places(data: bytes, infos: list[ZipInfo]) -> None:
    """Parts lie one after another: overlap is how small files unpack to enormous ones."""
    end = 0
    for info in sorted(infos, key=lambda each: each.header_offset):
        if not 0 <= info.header_offset - end <= (_BETWEEN if end else 0):
            raise Invalid("Parts of the file overlap or hide something.")
        end = _body(data, info) + info.compress_size
    if end > len(data):
        raise Invalid("The file is cut short.", mend="Send it again.")


def _check_sizes(archive: Archive, infos: list[ZipInfo], limits: Limits) -> None:
    """Unpacks every part and stops at the first limit passed."""
    total = 0
    for info in infos:
        real = check = 0
        for chunk in archive.chunks(info):
            real += len(chunk)
            check = zlib.crc32(chunk, check)
            total += len(chunk)
            if real > 1 << 20 and real > limits.ratio * max(info.compress_size, 1):
                raise Invalid(f"The part '{shown(info.filename)}' unpacks beyond all measure.")
            if real > limits.part or total > limits.unpacked:
                raise Invalid(f"The file unpacks to more than {megabytes(limits.unpacked)}.")
        if real != info.file_size:
            raise Invalid(f"The part '{shown(info.filename)}' is not the size it claims.")
        if check != info.CRC:
            raise Invalid(f"The part '{shown(info.filename)}' is damaged.")


def check_xml(archive: Archive, name: str) -> None:
    """The part is XML without a document type: no entity can hide in it.

    A document type must stand before the first element, so the reader stops there.
    """
    from xml.parsers import expat

    def found(*_: object) -> None:
        raise Invalid(f"The part '{shown(name)}' declares entities or a document type.")

    def reached(*_: object) -> None:
        raise StopIteration

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = found
    parser.EntityDeclHandler = found
    parser.StartElementHandler = reached
    try:
        parser.Parse(archive.read(name), True)
    except StopIteration:
        return
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Invalid(f"The part '{shown(name)}' is not readable XML.") from error
