"""A Word file read back as a document: nothing hidden or deleted is told."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from concordat.craft import word, word_reading
from concordat.craft.document import (
    Bullets,
    Column,
    Document,
    Heading,
    Numbered,
    Paragraph,
    Run,
    Table,
    plain,
)
from concordat.kernel.errors import Invalid
from tests.operations.reviews.desk.examples import report

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def written(*blocks: object) -> bytes:
    return word.write(Document("Report", blocks))  # type: ignore[arg-type]


def test_what_was_written_is_read_back() -> None:
    table = Table("Who knew", [Column("Agency"), Column("When")], [["School", "May"]])
    found = word_reading.read(
        written(
            Heading(1, "What happened"), Paragraph([Run("They "), Run("moved", bold=True)]),
            Bullets(["One", "Two"]), table,
        )
    )  # fmt: skip
    texts = [each.text for each in found if isinstance(each, Heading)]
    assert "What happened" in texts
    said = next(
        each for each in found if isinstance(each, Paragraph) and "moved" in plain(each.runs)
    )
    assert any(run.bold for run in said.runs if isinstance(run, Run))
    lists = [each for each in found if isinstance(each, Bullets)]
    assert [plain(each) for each in lists[0].items] == ["One", "Two"]
    tables = [each for each in found if isinstance(each, Table)]
    assert [column.title for column in tables[0].columns] == ["Agency", "When"]
    assert [plain(cell) for cell in tables[0].rows[0]] == ["School", "May"]


def test_a_footnote_is_told_at_the_end_and_marked_where_it_stands() -> None:
    found = word_reading.read(report(footnote="From the file").data)
    notes = found[-1]
    assert isinstance(notes, Numbered)
    assert list(notes.items) == ["From the file"]
    assert any(isinstance(e, Paragraph) and "(note 1)" in plain(e.runs) for e in found)


def test_hidden_and_deleted_text_is_not_told() -> None:
    made = written(Paragraph("Seen"))
    hidden = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden</w:t></w:r>"
        "<w:del><w:r><w:delText>Gone</w:delText><w:t>Gone</w:t></w:r></w:del></w:p>"
    )
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "word/document.xml":
                at = body.index(b"<w:sectPr")
                body = body[:at] + hidden.encode() + body[at:]
            new.writestr(name, body)
    told = " ".join(
        plain(e.runs) for e in word_reading.read(out.getvalue()) if isinstance(e, Paragraph)
    )
    assert "Seen" in told
    assert "Hidden" not in told
    assert "Gone" not in told


@pytest.mark.parametrize("data", [b"no file at all", b"PK\x03\x04"])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        word_reading.read(data)


def holding(xml: str, styles: str = "") -> bytes:
    """A Word file with this where its last section begins, and these styles besides its own."""
    made, out = written(Paragraph("Before")), BytesIO()
    with zipfile.ZipFile(BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "word/document.xml":
                body = body.replace(b"<w:sectPr", f"{xml}<w:sectPr".encode(), 1)
            if name == "word/styles.xml":
                body = body.replace(b"</w:styles>", f"{styles}</w:styles>".encode(), 1)
            new.writestr(name, body)
    return out.getvalue()


def said(data: bytes) -> list[str]:
    return [plain(each.runs) for each in word_reading.read(data) if isinstance(each, Paragraph)]


def test_the_prompt_of_a_control_that_nobody_filled_in_is_not_told() -> None:
    prompt = "<w:p><w:r><w:t>Click here to enter text.</w:t></w:r></w:p>"
    told = "<w:p><w:r><w:t>Filled in</w:t></w:r></w:p>"
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    shown = control.format("<w:showingPlcHdr/>", prompt) + control.format("", told)
    assert said(holding(shown)) == ["Before", "Filled in"]


HIDDEN = (
    '<w:style w:type="paragraph" w:styleId="Dark"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Darker"><w:basedOn w:val="Dark"/></w:style>'
    '<w:style w:type="character" w:styleId="Shade"><w:rPr><w:vanish/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    "xml",
    [
        '<w:p><w:pPr><w:pStyle w:val="Dark"/></w:pPr><w:r><w:t>Secret</w:t></w:r></w:p>',
        '<w:p><w:pPr><w:pStyle w:val="Darker"/></w:pPr><w:r><w:t>Secret</w:t></w:r></w:p>',
        '<w:p><w:r><w:rPr><w:rStyle w:val="Shade"/></w:rPr><w:t>Secret</w:t></w:r></w:p>',
    ],
)
def test_what_a_style_hides_is_not_told(xml: str) -> None:
    assert "Secret" not in said(holding(xml, HIDDEN))
    assert "Secret" in said(holding(xml))


def test_a_run_that_is_shown_in_a_hidden_paragraph_is_told() -> None:
    xml = (
        '<w:p><w:pPr><w:pStyle w:val="Dark"/></w:pPr><w:r><w:rPr><w:vanish w:val="0"/></w:rPr>'
        "<w:t>Shown</w:t></w:r></w:p>"
    )
    assert "Shown" in said(holding(xml, HIDDEN))


def test_controls_and_text_boxes_are_told_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    xml = (
        "<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Held</w:t>"
        "</w:r></w:p></w:sdtContent></w:sdt>"
        f'<w:p><w:r><w:t>Round</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="{mc}">'
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict>'
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    found = said(holding(xml))
    assert [found.count(each) for each in ("Held", "Round", "Boxed")] == [1, 1, 1]


def test_what_is_not_told_is_named() -> None:
    assert word_reading.left_out(holding("")) == []
    pictures = "<w:p><w:r><w:drawing/></w:r><w:r><w:drawing/></w:r></w:p>"
    assert word_reading.left_out(holding(pictures)) == ["2 × picture or drawing"]
