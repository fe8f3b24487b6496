"""What a file really is, and whether it may come in.

A kind is on the list or it is refused; name and content must agree. The reason is told in
plain words and never shows more of a bad name than is safe to print.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass

from concordat.craft import pdf_dangers
from concordat.craft.marks import OLE, megabytes, shown
from concordat.kernel.errors import Invalid

LIMIT = 25 << 20
"""Bytes that an upload may have unless the caller says otherwise."""
PIXELS = 40_000_000

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ODD = re.compile(f"[\x00-\x1f\x7f-\x9f{_BIDI}\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_DEVICE = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|\Z)", re.IGNORECASE
)
_RUNS = re.compile(r"\.(exe|scr|bat|cmd|vbs|vbe|ps1|lnk|hta|msi|jar|wsf)\.", re.IGNORECASE)
_MARKUP = re.compile(
    rb"\s*(<!doctype|<html|<head|<body|<svg|<script|<\?xml|<\?php|<iframe|#!)", re.IGNORECASE
)
_ACTIVE = re.compile(rb"<(script|html|iframe|svg)[\s>]|<\?php", re.IGNORECASE)
_FORMULA = re.compile(r"\s*(=\s*[\w+\-@\"'({]|[@+\-]\s*[A-Za-z][\w.]*\s*\(|[=@+\-][^\n]*\|[^\n]*!)")


@dataclass(frozen=True, slots=True)
class Sniffed:
    """`kind` is one of pdf, word, excel, csv, text, image, opendocument."""

    kind: str
    extension: str
    media_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
KINDS: dict[str, Sniffed] = {
    each.extension: each
    for each in (
        Sniffed("pdf", "pdf", "application/pdf"),
        Sniffed("word", "docx", _OFFICE + "wordprocessingml.document"),
        Sniffed("excel", "xlsx", _OFFICE + "spreadsheetml.sheet"),
        Sniffed("opendocument", "odt", _OPEN + "text"),
        Sniffed("opendocument", "ods", _OPEN + "spreadsheet"),
        Sniffed("csv", "csv", "text/csv"),
        Sniffed("text", "txt", "text/plain"),
        Sniffed("image", "png", "image/png"),
        Sniffed("image", "jpg", "image/jpeg"),
    )
}


def look_at(
    name: str, data: bytes, *, limit: int = LIMIT, kinds: Collection[str] = frozenset(KINDS)
) -> Sniffed:
    """What the file is, or Invalid with the reason. `kinds` are the extensions taken here."""
    check_name(name)
    sniffed = KINDS.get(_extension(name))
    if sniffed is None or sniffed.extension not in kinds:
        raise Invalid(
            f"'{shown(name)}' is not a kind of file that can be taken here.",
            mend=f"Save it as one of these: {', '.join(sorted(kinds))}.",
        )
    if not data:
        raise Invalid(f"'{shown(name)}' is empty.", mend="Check the file and send it again.")
    if len(data) > limit:
        raise Invalid(
            f"'{shown(name)}' has {megabytes(len(data))}; at most {megabytes(limit)} is taken."
        )
    _CHECKS[sniffed.extension](name, data)
    return sniffed


def _extension(name: str) -> str:
    extension = name.rpartition(".")[2].casefold()
    return "jpg" if extension == "jpeg" else extension


def check_name(name: str) -> None:
    """Refuses names that mislead a reader or a file system."""
    plain = unicodedata.normalize("NFKC", name)
    if not name.rpartition(".")[0].strip(". "):
        raise Invalid("The file has no name with an ending such as .pdf.")
    if _ODD.search(name):
        raise Invalid(f"The name '{shown(name)}' holds characters that hide what it is.")
    if re.search(r"[/\\:]", plain) or ".." in plain:
        raise Invalid(f"The name '{shown(name)}' points to another place.")
    if _DEVICE.match(plain.strip()):
        raise Invalid(f"The name '{shown(name)}' belongs to a device of the computer.")
    if _RUNS.search(plain):
        raise Invalid(f"The name '{shown(name)}' pretends to be something else.")
    if name != name.strip() or name.endswith(".") or len(name.encode()) > 200:
        raise Invalid(f"The name '{shown(name)}' is too long or ends oddly.", mend="Rename it.")


def safe_name(name: str) -> str:
    """A name near the given one that every file system and reader takes as it looks."""
    plain = _ODD.sub("", unicodedata.normalize("NFKC", name))
    plain = re.split(r"[/\\]", plain)[-1]
    plain = re.sub(r"[<>:\"|?*%;]", "-", plain)
    plain = re.sub(r"\s+", " ", re.sub(r"\.{2,}", ".", plain)).strip(". ")
    if not plain:
        return "file"
    if _DEVICE.match(plain):
        plain = f"_{plain}"
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        stem, dot, ending = plain, "", ""
    room = 150 - len((dot + ending).encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(". ") + dot + ending


def _refuse(name: str, expected: str, data: bytes) -> Invalid:
    ending = _extension(name)
    return Invalid(
        f"'{shown(name)}' ends in .{ending} but is not {expected}; it looks like {_seems(data)}.",
        mend=f"Open it, save it as .{ending} and send that.",
    )


def _seems(data: bytes) -> str:
    """A kind in words, for a reason; never a ground for letting a file in."""
    for start, said in _SEEMS.items():
        if data.startswith(start):
            return said
    if _MARKUP.match(data.lstrip(b"\xef\xbb\xbf")):
        return "a web page or markup"
    if b"\x00" in data[:4096]:
        import puremagic

        try:
            return f"a .{puremagic.from_string(data[:8192]).strip('.') or 'binary'} file"
        except (puremagic.PureError, ValueError):
            return "an unknown binary file"
    return "plain text"


_SEEMS = {
    b"MZ": "a Windows program",
    b"\x7fELF": "a program",
    b"%PDF": "a PDF",
    b"PK": "an archive or office file",
    OLE: "an old or protected office file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"{\\rtf": "rich text",
    b"Rar!": "an archive",
    b"7z\xbc\xaf": "an archive",
    b"\x1f\x8b": "an archive",
}


def _check_pdf(name: str, data: bytes) -> None:
    if not data.startswith(b"%PDF-"):
        raise _refuse(name, "a PDF", data)
    _check_tail(name, data, data.rfind(b"%%EOF") + 5)
    if _ACTIVE.search(data[:2048]):
        raise Invalid(f"'{shown(name)}' is a PDF and a web page at once.")
    pdf_dangers.check(data)


def _check_tail(name: str, data: bytes, end: int) -> None:
    """Nothing but a little white space may follow the end, and no archive may end the file."""
    rest = data[end:]
    if end < 5 or len(rest.strip(b"\r\n\x00 ")) > 0 or len(rest) > 4096:
        raise Invalid(f"'{shown(name)}' has something hidden behind its end.")


def _check_office(name: str, data: bytes) -> None:
    from concordat.craft import office

    kind = _extension(name)
    if data.startswith(OLE):
        raise office.old_or_protected(data)
    if not data.startswith(b"PK\x03\x04"):
        raise _refuse(name, "such a document", data)
    office.check(data, kind)


def _check_image(name: str, data: bytes) -> None:
    from concordat.craft import archives, images

    kind = "PNG" if _extension(name) == "png" else "JPEG"
    if not data.startswith(b"\x89PNG\r\n\x1a\n" if kind == "PNG" else b"\xff\xd8\xff"):
        raise _refuse(name, f"a {kind} picture", data)
    images.check(data, kind, pixels=PIXELS)
    if kind == "PNG":
        _check_tail(name, data, data.rfind(b"IEND") + 8)
    if archives.ends_as_archive(data) or _ACTIVE.search(data) or b"%PDF-" in data:
        raise Invalid(f"'{shown(name)}' is a picture and something else at once.")


_WESTERN = "concordat-western"


def _western(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252"), error.end


codecs.register_error(_WESTERN, _western)


def decoded(data: bytes) -> str:
    """Text in UTF-8, UTF-16 with its mark, or Windows western; Invalid if it is not text.

    Rows of several files may have been put together: what is no UTF-8 in it is read as western.
    """
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16") if marked else data.decode("utf-8-sig", _WESTERN)
    except UnicodeDecodeError as error:
        raise Invalid("The file is not readable text.", mend="Save it as UTF-8.") from error
    if found := re.search("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]", text):
        line = text.count("\n", 0, found.start()) + 1
        raise Invalid(f"The file is not text: line {line} holds a control character.")
    return text


def check_text(name: str, data: bytes) -> None:
    """Refuses what is no text, and a program or web page under a text's name."""
    if data.startswith(tuple(_SEEMS)) or _MARKUP.match(data.lstrip(b"\xef\xbb\xbf")):
        raise _refuse(name, "plain text", data)
    text = decoded(data)
    if _ACTIVE.search(text[:2048].encode()):
        raise Invalid(f"'{shown(name)}' is a web page under another name.")


def _check_csv(name: str, data: bytes) -> None:
    from concordat.craft import tables

    check_text(name, data)
    sheet = tables.read_csv(data, name)
    for number, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str) and _FORMULA.match(cell):
                place = sheet.place(number, column)
                raise Invalid(
                    f"{place} holds a formula, which a spreadsheet would run.",
                    mend="Save the values without formulas.",
                )


_CHECKS: dict[str, Callable[[str, bytes], None]] = {
    "pdf": _check_pdf,
    "docx": _check_office,
    "xlsx": _check_office,
    "odt": _check_office,
    "ods": _check_office,
    "csv": _check_csv,
    "txt": check_text,
    "png": _check_image,
    "jpg": _check_image,
}
