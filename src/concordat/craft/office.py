"""What may not be inside an office file: macros, embedded programs, remote templates, entities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from xml.etree.ElementTree import Element

from concordat.craft.archives import USUAL, Archive, Limits, check_xml, opened
from concordat.craft.marks import OLE, shown
from concordat.kernel.errors import Invalid

_MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_OPEN = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
_MACROS = re.compile(r"vbaproject|vbadata|macrosheets/|activex|\.(bas|vbs|js|exe|dll)\Z", re.I)
_ODF_MACROS = re.compile(r"\A(basic|scripts|configurations2/macros)/", re.I)
_XML = re.compile(r"\.(xml|rels|vml|rdf)\Z", re.I)
_EMBEDDED = re.compile(r"embeddings/[^/]+\.(xlsx|docx)\Z", re.I)
_REMOTE = ("attachedTemplate", "oleObject", "frame", "subDocument", "externalLinkPath")
_FIELD = re.compile(rb"<(?:\w+:)?instrText[^>]*>([^<]*)|\binstr=\"([^\"]*)")
_DDE = re.compile(r"\bDDE(AUTO)?\b")


def check(data: bytes, kind: str, *, limits: Limits = USUAL, depth: int = 0) -> Archive:
    """The proven archive, or Invalid with the reason. `kind` is docx, xlsx, odt or ods."""
    archive = opened(data, limits)
    if kind in _OPEN:
        _check_open(archive, kind)
    else:
        _check_types(archive, kind)
    for name in archive.names:
        _check_part(archive, name, depth)
    if kind in _MAIN:
        _check_links(archive)
        _check_fields(archive)
    return archive


def old_or_protected(data: bytes) -> Invalid:
    """The reason for a file in the old container: a password, or an old format."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Invalid(
            "The file is protected with a password.",
            mend="Take the password off in File, Info, Protect, and send it again.",
        )
    return Invalid(
        "The file is in an old office format.", mend="Save it as .docx or .xlsx and send that."
    )


@contextmanager
def reading(what: str) -> Iterator[None]:
    """The libraries that read office files fail in many ways over one that is malformed."""
    broken = (AttributeError, IndexError, KeyError, RecursionError, SyntaxError, TypeError)
    try:
        yield
    except (*broken, ValueError) as error:
        raise Invalid(
            f"The {what} cannot be read: something inside it is malformed.",
            mend="Open it, save it again and send that.",
        ) from error


def parsed(archive: Archive, name: str) -> Element:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    if name not in archive.names:
        raise Invalid(f"The part '{name}' is missing: this is not such a document.")
    if archive.sized(name) > 4 << 20:
        raise Invalid(f"The part '{shown(name)}' is too large.")
    check_xml(archive, name)
    try:
        return fromstring(archive.read(name), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Invalid(f"The part '{shown(name)}' is not readable XML.") from error


def _check_types(archive: Archive, kind: str) -> None:
    types = [
        str(each.get("ContentType", "")) for each in parsed(archive, "[Content_Types].xml").iter()
    ]
    if any(re.search("macro|vba|activex", each, re.I) for each in types):
        raise Invalid("The file can hold macros.", mend=f"Save it as .{kind} without macros.")
    if _MAIN[kind] not in types:
        raise Invalid(
            f"The file ends in .{kind} but is another kind of document.",
            mend=f"Open it, save it as .{kind} and send that.",
        )


def _check_open(archive: Archive, kind: str) -> None:
    if archive.names[:1] != ("mimetype",) or archive.sized("mimetype") > 200:
        raise Invalid(f"The file ends in .{kind} but is another kind of document.")
    if archive.read("mimetype").strip() != _OPEN[kind]:
        raise Invalid(f"The file ends in .{kind} but is another kind of document.")
    if any(_ODF_MACROS.match(name) for name in archive.names):
        raise Invalid("The file holds macros.", mend="Take the macros out and save it again.")
    manifest = parsed(archive, "META-INF/manifest.xml")
    if any(each.tag.endswith("}encryption-data") for each in manifest.iter()):
        raise Invalid("The file is protected with a password.", mend="Save it without one.")


def _check_part(archive: Archive, name: str, depth: int) -> None:
    if _MACROS.search(name):
        raise Invalid(f"The file holds a macro or a program: '{shown(name)}'.")
    if _XML.search(name):
        if archive.sized(name):
            check_xml(archive, name)
        return
    start = archive.start(name)
    if start.startswith(OLE):
        raise Invalid(
            f"The file holds an embedded object: '{shown(name)}'.",
            mend="Take it out, or save the file as PDF.",
        )
    if start.startswith((b"MZ", b"\x7fELF")):
        raise Invalid(f"The file holds a program: '{shown(name)}'.")
    if start.startswith((b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        _check_nested(archive, name, depth)


def _check_nested(archive: Archive, name: str, depth: int) -> None:
    """The table behind a chart is a workbook inside the document; nothing else may be packed."""
    if depth or not _EMBEDDED.search(name):
        raise Invalid(f"The file holds another archive: '{shown(name)}'.")
    inner = Limits(unpacked=archive.limits.unpacked // 4, part=archive.limits.part // 4)
    check(archive.read(name), name[-4:].lower(), limits=inner, depth=depth + 1)


def _check_links(archive: Archive) -> None:
    """Word and Excel fetch some targets on opening without asking; those must not be remote."""
    for name in archive.names:
        if not name.lower().endswith(".rels"):
            continue
        for link in parsed(archive, name).iter():
            kind = str(link.get("Type", "")).rpartition("/")[2]
            target = str(link.get("Target", ""))
            if link.get("TargetMode") == "External" and kind in _REMOTE and _is_remote(target):
                raise Invalid(
                    f"The file fetches something from elsewhere when opened: '{shown(target)}'.",
                    mend="Take away its attached template or linked object and save it again.",
                )
            if re.match(r"\s*(javascript|vbscript|mhtml|ms-msdt|search-ms):", target, re.I):
                raise Invalid(f"The file holds a link that runs a program: '{shown(target)}'.")


def _is_remote(target: str) -> bool:
    """Web addresses, and shares of a host with a full name; the own network's short names pass."""
    if re.match(r"\s*(https?|ftp|mhtml)[:!]", target, re.I):
        return True
    host = re.match(r"\s*(?:file:)?[/\\]{2,5}([^/\\]+)[/\\]", target, re.I)
    return bool(host and ("." in host[1] or "@" in host[1]) and not host[1].endswith(":"))


def _check_fields(archive: Archive) -> None:
    """A DDE field or link starts a program; its words may be cut into several runs."""
    for name in archive.names:
        if not name.lower().endswith(".xml") or archive.sized(name) > 64 << 20:
            continue
        body = archive.read(name)
        if body.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in body[:4]:
            body = body.decode("utf-16", "replace").encode()
        if b"ddeLink" in body:
            raise Invalid("The workbook starts another program (a DDE link).")
        if b"instr" in body:
            code = b"".join(one or two for one, two in _FIELD.findall(body))
            if _DDE.search(unescape(code.decode("utf-8", "replace"))):
                raise Invalid("The document starts another program (a DDE field).")
