"""PDF: declared accessible, tagged, faithful to its words, and safe from them."""

import logging
import re
from io import BytesIO

import pdfua
import pytest

from concordat.craft import pdf
from concordat.craft.document import Column, Document, Heading, Paragraph, Picture, Table
from concordat.kernel.errors import Invalid
from tests.craft.examples import NASTY, minutes
from tests.craft.hostile import pdf as plain_pdf


@pytest.fixture(scope="module")
def made() -> bytes:
    return pdf.write(minutes())


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_it_passes_the_accessibility_rules(
    made: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("pdf") / "minutes.pdf"
    path.write_bytes(made)
    report = pdfua.validate(str(path))
    assert [finding.message for finding in report.findings] == []
    path.write_bytes(plain_pdf())
    assert pdfua.validate(str(path)).findings


def test_it_declares_itself_and_its_language(made: bytes) -> None:
    import pikepdf

    with pikepdf.open(BytesIO(made)) as opened:
        assert str(opened.Root.Lang) == "en-GB"
        assert opened.Root.MarkInfo.Marked
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        with opened.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert meta["dc:title"] == "Minutes of 4 March 2019"
        with opened.open_outline() as outline:
            assert [each.title for each in outline.root] == ["What was decided", "Next"]
            assert [each.title for each in outline.root[0].children] == ["Seats"]


def test_the_words_come_back(made: bytes) -> None:
    text = squeezed(pdf.text(made))
    assert squeezed(NASTY) in text
    for words in (
        "The partners agreed the draft.",
        "First point",
        "4. Ask the scrutineer",
        "Seat 59",
        "Council Cabinet",
        "Rapid review due (14 working days left)",
        "Due in 1 working day",
    ):
        assert squeezed(words) in text


def test_the_header_row_and_the_mark_stand_on_every_page(made: bytes) -> None:
    pages = pdf.text(made).split("\f")
    assert len(pages) == pdf.page_count(made) >= 3
    for number, page in enumerate(pages, 1):
        assert "Invented" in page
        assert f"Page {number} of {len(pages)}" in page
    seats = [page for page in pages if re.search(r"Seat \d+", page)]
    assert len(seats) >= 2
    assert all("Seat Holder Days" in page for page in seats)


def test_the_same_document_gives_the_same_bytes(made: bytes) -> None:
    assert pdf.write(minutes()) == made


def test_a_missing_character_is_shown_and_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        made = pdf.write(
            Document("Names \u0985", [Paragraph("\u0985\u09aa\u09bf and \U0001f600 and \u20ac")])
        )
    text = pdf.text(made)
    assert "U+0985" in text
    assert "U+1F600" in text
    assert "\u20ac" in text
    assert "\u0985" not in text
    assert "U+0985" in caplog.text
    assert "seat" not in caplog.text


def test_long_addresses_stay_whole_and_on_the_page() -> None:
    address = "mary.jane-oconnor@children.heronvale.example.org"
    table = Table(
        "Contacts",
        [Column("Name"), Column("Address"), Column("A"), Column("B")],
        [["Chair", address, "x", "y"]],
    )
    assert address in squeezed(pdf.text(pdf.write(Document("Contacts", [table]))))


def test_odd_documents_are_written() -> None:
    empty = Table("Nothing yet", [Column("Seat")], [])
    for document in (
        Document("Bare", []),
        Document("Empty", [empty, Paragraph(""), Heading(1, "")]),
        Document("Wide", [empty], page="landscape", language="cy"),
    ):
        assert pdf.page_count(pdf.write(document)) == 1


def test_a_broken_picture_is_told() -> None:
    with pytest.raises(Invalid, match="cannot be set as PDF"):
        pdf.write(Document("Title", [Picture("<svg", "words")]))


def test_a_broken_pdf_is_told() -> None:
    for data in (b"", b"%PDF-1.7\n", b"x" * 5000):
        with pytest.raises(Invalid, match="cannot be read"):
            pdf.text(data)
    with pytest.raises(Invalid, match="at most 0 pages can be read; it has 1"):
        pdf.text(plain_pdf(), pages=0)


def test_a_page_can_be_seen(made: bytes) -> None:
    from PIL import Image

    with Image.open(BytesIO(pdf.picture(made, scale=50))) as seen:
        assert max(seen.size) <= 3001
        assert len(seen.convert("L").getcolors() or []) > 20
