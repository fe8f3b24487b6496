"""What a PDF holds is looked through, whether or not a page shows it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from concordat.craft import document as shape
from concordat.craft import leaks
from concordat.craft import pdf as pdfs
from concordat.craft.pdf_words import BEHIND

SOUGHT = [leaks.Sought(leaks.Kind.NAME, "Ada Larkspur", "Mother")]
ADA = String("Ada Larkspur")
CLEAN = pdfs.write(shape.Document("Report", [shape.Paragraph("Nothing here")], author="Nurse"))


def changed(change: Callable[[pikepdf.Pdf], None], *, packed: bool = True) -> bytes:
    with pikepdf.open(BytesIO(CLEAN)) as file:
        change(file)
        out = BytesIO()
        file.save(out, compress_streams=packed)
    return out.getvalue()


def places(data: bytes) -> list[str]:
    return [leak.place for leak in leaks.scan("a.pdf", data, SOUGHT) if leak.whole]


def note(**told: object) -> Callable[[pikepdf.Pdf], None]:
    def change(file: pikepdf.Pdf) -> None:
        held = Dictionary(Type=Name.Annot, Rect=[0, 0, 9, 9], **told)
        file.pages[0].Annots = Array([file.make_indirect(held)])

    return change


def property_of_its_own(file: pikepdf.Pdf) -> None:
    file.docinfo["/Child"] = ADA


def link(file: pikepdf.Pdf) -> None:
    address = String("mailto:ada.larkspur@example.org")
    note(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=address))(file)


def stamp(file: pikepdf.Pdf) -> None:
    drawn = Stream(file, b"BT /F 12 Tf [(Ada) -200 (Lark) 5 (spur)] TJ ET")
    drawn["/Type"], drawn["/Subtype"], drawn["/BBox"] = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    note(Subtype=Name.Stamp, AP=Dictionary(N=drawn))(file)


def field(file: pikepdf.Pdf) -> None:
    held = file.make_indirect(Dictionary(FT=Name.Tx, T=ADA, V=String("x")))
    file.Root.AcroForm = Dictionary(Fields=Array([held]))


def label_of_a_page(file: pikepdf.Pdf) -> None:
    file.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=ADA)]))


def picture(file: pikepdf.Pdf) -> None:
    image = Stream(file, b"\xff\xd8\xff\xfe\x00\x10Ada Larkspur\x00\x00\xff\xd9")
    image["/Type"], image["/Subtype"], image["/Filter"] = (
        Name.XObject, Name.Image, Name.DCTDecode)  # fmt: skip
    file.pages[0].Resources["/XObject"] = Dictionary(Im9=image)


def left_over(file: pikepdf.Pdf) -> None:
    file.Root["/Old"] = file.make_indirect(Stream(file, b"BT (Ada Larkspur) Tj ET"))


def text_in_another_alphabet(file: pikepdf.Pdf) -> None:
    note(Subtype=Name.FreeText, RC=String("<p>Ada Larkspur – Zoë</p>"))(file)


@pytest.mark.parametrize(
    "change",
    [property_of_its_own, link, stamp, field, label_of_a_page, picture, left_over,
     text_in_another_alphabet],
)  # fmt: skip
def test_what_no_page_shows_is_found(change: Callable[[pikepdf.Pdf], None]) -> None:
    assert places(changed(change)) == [BEHIND]


def test_what_a_page_shows_is_told_by_its_page_alone() -> None:
    told = shape.Document("Report", [shape.Paragraph("Ada Larkspur rang")], author="Nurse")
    assert places(pdfs.write(told)) == ["Page 1"]
    assert places(CLEAN) == []


def test_what_an_earlier_version_said_is_still_in_the_file() -> None:
    named = changed(note(Subtype=Name.Text, Contents=ADA))
    with pikepdf.open(BytesIO(named)) as file:
        at = file.pages[0].Annots[0].objgen[0]
        root, size = file.Root.objgen[0], len(file.objects) + 1
    before = named.rfind(b"startxref") + len(b"startxref")
    xref = int(named[before:].split()[0])
    new = f"\n{at} 0 obj\n<</Type/Annot/Subtype/Text/Rect[0 0 9 9]>>\nendobj\n".encode()
    table = (
        f"xref\n0 1\n0000000000 65535 f \n{at} 1\n{len(named) + 1:010d} 00000 n \n"
        f"trailer\n<</Size {size}/Root {root} 0 R/Prev {xref}>>\nstartxref\n"
        f"{len(named) + len(new)}\n%%EOF\n"
    ).encode()
    assert places(named) == ["A comment or field on page 1"]
    assert places(named + new + table) == [BEHIND]


def test_a_word_that_the_end_of_a_line_cuts_is_whole() -> None:
    def cut(file: pikepdf.Pdf) -> None:
        file.pages[0].Resources.Font["/FX"] = Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica
        )
        words = b"BT /FX 12 Tf 100 300 Td (Ada Lark-) Tj 0 -14 Td (spur) Tj ET"
        file.pages[0].contents_add(Stream(file, words))

    assert places(changed(cut)) == ["Page 1"]


def test_the_figures_of_a_drawing_are_no_date() -> None:
    born = [leaks.Sought(leaks.Kind.BIRTH, "1 May 2018", "Heron")]

    def drawn(file: pikepdf.Pdf) -> None:
        file.pages[0].contents_add(Stream(file, b"q 1 0 0 1 5 18 cm 1 5 2018 9 re f Q"))

    assert leaks.scan("a.pdf", changed(drawn, packed=False), born) == []
