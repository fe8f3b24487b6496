"""Names, dates of birth, numbers and postcodes are found wherever a file can hold them."""

from __future__ import annotations

import struct
import zlib
from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest
import xlsxwriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from concordat.craft import leaks
from concordat.craft.leaks import Kind, Leak, Sought, scan
from concordat.craft.long_workbook import Long, write
from concordat.craft.tables import write_csv
from concordat.kernel.errors import Invalid
from tests.craft.hostile import changed, with_part

SOUGHT = [
    Sought(Kind.NAME, "Zoë Larkspur", "Heron"),
    Sought(Kind.NICKNAME, "Sammo", "Heron"),
    Sought(Kind.BIRTH, "1 May 2018", "Heron"),
    Sought(Kind.NHS, "943 476 5919", "Heron"),
    Sought(Kind.POSTCODE, "E14 3AB", "Mother"),
]


def found(text: str) -> list[tuple[Kind, bool]]:
    return [(leak.kind, leak.whole) for leak in scan("a.txt", text.encode(), SOUGHT)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Seen: ZOE LARKSPUR's GP", Kind.NAME),
        ("zo\u00ad\u00eb  larkspur", Kind.NAME),
        ("Zoe_Larkspur.pdf", Kind.NAME),
        ("Larkspur, Zoe", Kind.NAME),
        ("Z Larkspur", Kind.NAME),
        ("Z. Larkspur’s cot", Kind.NAME),
        ("zoelarkspur@example.org", Kind.NAME),
        ("ZoeLarkspur2018", Kind.NAME),
        ("Zo%C3%AB%20Larkspur", Kind.NAME),
        ("sammos cot", Kind.NICKNAME),
        ("01 / 05 / 2018", Kind.BIRTH),
        ("01–05–2018", Kind.BIRTH),
        ("2018-05-01T00:00:00Z", Kind.BIRTH),
        ("DOB01/05/2018", Kind.BIRTH),
        ("the 1st day of May 2018", Kind.BIRTH),
        ("943/476/5919", Kind.NHS),
        ("E14-3AB", Kind.POSTCODE),
        ("known as sammo.", Kind.NICKNAME),
        ("born 01/05/2018", Kind.BIRTH),
        ("born 1.5.18", Kind.BIRTH),
        ("born 1st of May 2018", Kind.BIRTH),
        ("May 1, 2018", Kind.BIRTH),
        ("2018-05-01", Kind.BIRTH),
        ("1 may '18", Kind.BIRTH),
        ("born 01052018", Kind.BIRTH),
        ("born 1/May/2018", Kind.BIRTH),
        ("NHS 9434765919", Kind.NHS),
        ("943-476-5919", Kind.NHS),
        ("at e143ab now", Kind.POSTCODE),
    ],
)
def test_each_is_found_in_many_forms(text: str, kind: Kind) -> None:
    assert found(text) == [(kind, True)]


@pytest.mark.parametrize(
    "text",
    ["Heron and Mother", "19434765919", "11/05/2018", "E14 3ABC", "Zo", "43221", "z.l", "sammoth"],
)
def test_what_is_something_else_is_not_found(text: str) -> None:
    assert found(text) == []


def test_one_word_of_a_name_is_told_as_such() -> None:
    assert found("The Larkspur flats") == [(Kind.NAME, False)]


@pytest.mark.parametrize("text", ["the Larkspurs moved", "Larkspurs’ flat", "Z.L. was seen"])
def test_a_family_of_the_name_and_initials_are_told_as_what_may_be_somebody_else(text: str) -> None:
    assert found(text) == [(Kind.NAME, False)]


def test_a_name_that_the_end_of_a_line_cuts_is_whole() -> None:
    assert (Kind.NAME, True) in found("Zoe Lark-\nspur was seen")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Jo King", "she was joking"),
        ("Al Most", "almost well"),
        ("Ann Young", "A young mother rang"),
        ("Ian Best", "I best go"),
        ("Will Young", "the young will learn"),
    ],
)
def test_everyday_words_are_no_name(name: str, text: str) -> None:
    about = [Sought(Kind.NAME, name, "Heron")]
    assert not any(leak.whole for leak in scan("a.txt", text.encode(), about))
    assert leaks.Replacing(about)(text) == text


def test_a_middle_name_that_is_left_out_hides_nobody() -> None:
    about = [Sought(Kind.NAME, "Zoë Rose Larkspur", "Heron")]
    for text in ("Zoe Larkspur", "Larkspur, Zoe Rose", "Z. R. Larkspur", "Z Larkspur"):
        assert [leak.whole for leak in scan("a.txt", text.encode(), about)] == [True]
        assert leaks.Replacing(about)(text) == "Heron"


def test_a_name_of_two_parts_is_found_by_either() -> None:
    about = [Sought(Kind.NAME, "Liam O’Brien-Smith", "Father")]
    for text in ("Liam OBrien Smith", "Liam O'Brien", "Liam Smith", "L. O’Brien"):
        assert [leak.whole for leak in scan("a.txt", text.encode(), about)] == [True]
    assert leaks.Replacing(about)("Mr O’Brien rang") == "Mr Father rang"


def test_a_short_name_is_not_found_in_the_plural_of_an_everyday_word() -> None:
    about = [Sought(Kind.NICKNAME, "Bee", "Heron")]
    assert leaks.Replacing(about)("Bee saw the bees") == "Heron saw the bees"


def test_two_children_of_one_name_are_told_by_both_labels() -> None:
    about = [Sought(Kind.NAME, "Sam Reed", "Heron"), Sought(Kind.NAME, "Sam Reed", "Wren")]
    assert leaks.Replacing(about)("Sam Reed was seen") == "[Heron or Wren] was seen"


@pytest.mark.parametrize("since_1904", [False, True])
def test_a_date_of_birth_is_found_in_a_cell_that_holds_a_number(since_1904: bool) -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"date_1904": since_1904}) as book:
        tab = book.add_worksheet("Rows")
        born = datetime(2018, 5, 1, tzinfo=UTC).replace(tzinfo=None)
        tab.write_datetime(0, 0, born, book.add_format({"num_format": "dddd"}))
    found = scan("a.xlsx", out.getvalue(), SOUGHT)
    assert [leak.kind for leak in found] == [Kind.BIRTH]


def test_a_finding_does_not_repeat_what_it_found() -> None:
    [leak] = scan("a.txt", b"x\nSammo", SOUGHT)
    assert str(leak) == "Line 2: the nickname of Heron."


def word() -> tuple[docx.document.Document, BytesIO]:
    return docx.Document(), BytesIO()


def places(document: docx.document.Document) -> list[str]:
    out = BytesIO()
    document.save(out)
    return [leak.place for leak in scan("a.docx", out.getvalue(), SOUGHT)]


def test_a_clean_word_file_is_clean() -> None:
    document, _ = word()
    document.add_paragraph("Heron was seen with Mother")
    assert places(document) == []


def test_a_name_cut_into_runs_in_a_table() -> None:
    document, _ = word()
    cell = document.add_table(1, 1).rows[0].cells[0].paragraphs[0]
    for part in ("Sa", "mm", "o"):
        cell.add_run(part)
    assert places(document) == ["The text"]


def test_a_name_cut_into_cells_is_whole_across_them() -> None:
    document, out = word()
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "Zoë", "Larkspur"
    document.save(out)
    found = [leak for leak in scan("a.docx", out.getvalue(), SOUGHT) if leak.whole]
    assert [leak.place for leak in found] == [f"The text{leaks.CELLS}"]
    made = datetime(2019, 3, 29, tzinfo=UTC)
    data = write([Long("Rows", ["First", "Last"], [["Zoë", "Larkspur"]])], title="t", made=made)
    found = [leak for leak in scan("a.xlsx", data, SOUGHT) if leak.whole]
    assert [leak.place for leak in found] == [f"The text{leaks.CELLS}"]


def test_heads_feet_properties_and_comments() -> None:
    document, _ = word()
    run = document.add_paragraph("Heron").add_run(" was seen")
    document.sections[0].header.paragraphs[0].text = "Sammo"
    document.sections[0].footer.paragraphs[0].text = "Sammo"
    document.core_properties.author = "Sammo"
    document.add_comment(run, text="Sammo", author="Nurse")
    assert set(places(document)) == {
        "The head of a page",
        "The foot of a page",
        "The properties of the file",
        "A comment",
    }


def test_hidden_text_and_bookmarks() -> None:
    document, _ = word()
    run = document.add_paragraph().add_run("Sammo")
    run.font.hidden = True
    mark = OxmlElement("w:bookmarkStart")
    mark.set(qn("w:id"), "7")
    mark.set(qn("w:name"), "Sammo")
    document.add_paragraph()._p.append(mark)
    assert set(places(document)) == {"The text, hidden or deleted", "A bookmark, sheet or name"}


def test_a_footnote() -> None:
    document, out = word()
    document.save(out)
    note = (
        b'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:footnote><w:p><w:r><w:t>Zo\xc3\xab </w:t></w:r><w:r><w:t>Larkspur</w:t></w:r></w:p>"
        b"</w:footnote></w:footnotes>"
    )
    data = with_part(out.getvalue(), "word/footnotes.xml", note)
    assert scan("a.docx", data, SOUGHT) == [Leak("A footnote or endnote", Kind.NAME, "Heron")]


def test_a_workbook_in_cells_and_in_the_name_of_a_sheet() -> None:
    made = datetime(2019, 3, 29, tzinfo=UTC)
    clean = write([Long("Rows", ["Event"], [["Heron seen"]])], title="t", made=made)
    assert scan("a.xlsx", clean, SOUGHT) == []
    data = write([Long("Rows", ["Event"], [["Sammo seen"]])], title="t", made=made)
    assert [leak.place for leak in scan("a.xlsx", data, SOUGHT)] == ["The text"]
    named = changed(clean, "xl/workbook.xml", b'name="Rows"', b'name="Sammo"')
    assert [leak.place for leak in scan("a.xlsx", named, SOUGHT)] == ["A bookmark, sheet or name"]


def test_a_csv_file_and_the_name_of_a_file() -> None:
    data = write_csv([["Event"], ["NHS 943 476 5919"]])
    assert [leak.place for leak in scan("sammo.csv", data, SOUGHT)] == [
        "The name of the file",
        "Line 2",
    ]


def test_a_kind_that_nobody_can_look_through_is_not_clean() -> None:
    with pytest.raises(Invalid, match="cannot be looked through"):
        scan("a.zip", b"x", SOUGHT)


def test_the_properties_and_comments_of_a_pdf() -> None:
    from concordat.craft import document as shape
    from concordat.craft import pdf as pdfs

    made = shape.Document("Heron", [shape.Paragraph("Seen by Sammo on 1 May 2018")], author="Nurse")
    leaks = scan("a.pdf", pdfs.write(made), SOUGHT)
    assert [(leak.place, leak.kind) for leak in leaks] == [
        ("Page 1", Kind.NICKNAME),
        ("Page 1", Kind.BIRTH),
    ]


HERON = leaks.Sought(leaks.Kind.NAME, "Zoë Rose Larkspur", "Heron")
MOTHER = leaks.Sought(leaks.Kind.NAME, "Ada Larkspur", "Mother")
ABOUT = (
    HERON,
    MOTHER,
    leaks.Sought(leaks.Kind.NICKNAME, "Zo-Zo", "Heron"),
    leaks.Sought(leaks.Kind.BIRTH, "4 May 2018", "Heron"),
    leaks.Sought(leaks.Kind.NHS, "943 476 5919", "Heron"),
    leaks.Sought(leaks.Kind.POSTCODE, "E14 3AB", "Mother"),
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Zoe Rose Larkspur seen", "Heron seen"),
        ("ZOË  ROSE\nLARKSPUR seen", "Heron seen"),
        ("Zo\u200bë Rose Larkspur seen", "Heron seen"),
        ("Ada Larkspur’s flat", "Mother’s flat"),
        ("Mrs Larkspur rang", "Mrs [family name] rang"),
        ("Zo-zo smiled", "Heron smiled"),
        ("Born on 04/05/2018 at home", "Born on [date of birth of Heron] at home"),
        ("NHS 9434765919", "NHS [NHS number of Heron]"),
        ("at e143ab", "at [postcode of Mother]"),
        ("Rose said so", "Heron said so"),
        ("a rose in the yard", "a rose in the yard"),
        ("Seen by a nurse", "Seen by a nurse"),
        ("", ""),
    ],
)
def test_labels_stand_where_somebody_would_be_given_away(text: str, told: str) -> None:
    assert leaks.Replacing(ABOUT)(text) == told


def test_what_was_replaced_is_found_no_more() -> None:
    text = "Zoë Rose Larkspur, born 4.5.18, E14 3AB, with Ada Larkspur and Zo-Zo"
    assert leaks.scan("a.txt", text.encode(), ABOUT)
    assert not leaks.scan("a.txt", leaks.Replacing(ABOUT)(text).encode(), ABOUT)
    assert leaks.Replacing(())(text) == text


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = b"<w:sectPr"


def holding(xml: str) -> bytes:
    """A Word file with this where its last section begins."""
    document, out = word()
    document.add_paragraph("Heron was seen")
    document.save(out)
    body = f"{xml}<w:sectPr".encode()
    return changed(out.getvalue(), "word/document.xml", BODY, body)


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def told(data: bytes) -> set[tuple[str, bool]]:
    return {(leak.place, leak.whole) for leak in scan("a.docx", data, SOUGHT)}


DELETED = '<w:del w:id="1" w:author="N"><w:r><w:delText> Anna </w:delText></w:r></w:del>'
INSERTED = f'<w:ins w:id="2" w:author="N">{run(" Anna ")}</w:ins>'


@pytest.mark.parametrize(
    "xml",
    [
        f"<w:p>{run('Zoë ')}{DELETED}{run('Larkspur')}</w:p>",
        f"<w:p>{run('Zoë ')}{INSERTED}{run('Larkspur')}</w:p>",
        f"<w:p>{DELETED.replace('Anna', 'Zoë Larkspur')}</w:p>",
        f"<w:p>{run('Zoë ')}<w:r><w:instrText> PAGE </w:instrText></w:r>{run('Larkspur')}</w:p>",
        f"<w:p><w:sdt><w:sdtContent>{run('Zoë ')}</w:sdtContent></w:sdt>{run('Larkspur')}</w:p>",
        f"<w:sdt><w:sdtContent><w:p>{run('Zoë Larkspur')}</w:p></w:sdtContent></w:sdt>",
        "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox>"
        f"<w:txbxContent><w:p>{run('Zoë Larkspur')}</w:p></w:txbxContent></v:textbox></v:shape>"
        "</w:pict></w:r></w:p>",
        f"<w:p>{run('Zoë ')}<w:r><w:pict><w:txbxContent><w:p>{run('a box')}</w:p>"
        f"</w:txbxContent></w:pict></w:r>{run('Larkspur')}</w:p>",
        f"<w:p>{run('Zoë')}<w:r><w:noBreakHyphen/></w:r>{run('Larkspur')}</w:p>",
    ],
    ids=["deleted amid", "inserted amid", "deleted", "field amid", "control", "block control",
         "text box", "text box amid", "hyphen"],
)  # fmt: skip
def test_a_name_is_whole_in_one_reading_of_a_word_file(xml: str) -> None:
    assert True in {whole for _, whole in told(holding(xml))}


def test_text_that_a_style_hides_is_told_as_hidden() -> None:
    document, out = word()
    style = document.styles.add_style("Secret", 1)
    style.font.hidden = True
    document.add_paragraph("Sammo", style=style)
    document.save(out)
    assert told(out.getvalue()) == {("The text, hidden or deleted", True)}


@pytest.mark.parametrize(
    ("part", "body", "place"),
    [
        ("customXml/item1.xml", b"<x><a/>Sammo</x>", "The custom data of the file"),
        ("customXml/item2.xml", b"<x y='Sammo'/>", "The custom data of the file"),
        ("customXml/item3.xml", b"<x><!-- Sammo --></x>",
         "The custom data of the file, a remark that no program shows"),
        ("customXml/item4.xml", b"<x n='9434765919'/>", "The custom data of the file"),
        ("word/media/image1.jpeg", b"\xff\xd8\xff\xe1Exif\x00Sammo\x00",
         "What is written inside the part word/media/image1.jpeg"),
        ("word/media/image2.png", b"\x89PNG" + "Sammo".encode("utf-16-le"),
         "What is written inside the part word/media/image2.png"),
    ],
)  # fmt: skip
def test_custom_data_remarks_and_pictures_are_read(part: str, body: bytes, place: str) -> None:
    document, out = word()
    document.save(out)
    assert told(with_part(out.getvalue(), part, body)) == {(place, True)}


def test_the_alternative_text_of_a_picture() -> None:
    xml = '<w:p><w:r><w:pict><w:shape alt="Sammo smiles"/></w:pict></w:r></w:p>'
    assert told(holding(xml)) == {("The alternative text of a picture", True)}


@pytest.mark.parametrize(
    "said",
    [
        b"tEXtAuthor\0Zo\xc3\xab Larkspur",
        b"zTXtAuthor\0\0" + zlib.compress(bytes(range(256)) * 3 + " Zoë Larkspur".encode()),
        b"iTXtXML\0\1\0\0\0" + zlib.compress("<by>Zoë Larkspur</by>".encode()),
    ],
    ids=["plain", "packed", "packed in XML"],
)
def test_what_a_picture_says_of_itself(said: bytes) -> None:
    document, out = word()
    document.save(out)
    image = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(said) - 4) + said + b"XXXX"
    found = scan("a.docx", with_part(out.getvalue(), "word/media/a.png", image), SOUGHT)
    assert [str(each) for each in found if each.whole] == [
        "What is written inside the part word/media/a.png: the name of Heron."
    ]
    western = with_part(out.getvalue(), "word/media/a.bin", "Zoë Larkspur".encode("cp1252"))
    assert any(each.whole for each in scan("a.docx", western, SOUGHT))


def test_the_table_behind_a_chart() -> None:
    made = datetime(2019, 3, 29, tzinfo=UTC)
    table = write([Long("Rows", ["Event"], [["Sammo seen"]])], title="t", made=made)
    document, out = word()
    document.save(out)
    data = with_part(out.getvalue(), "word/embeddings/table.xlsx", table)
    assert told(data) == {("A file inside the file: the text", True)}


@pytest.mark.parametrize(
    "page",
    ["<p>Zoë <b>Lark</b>spur</p>", "<p>Zo&euml; Larkspur</p>", "<p>Zoë\nLarkspur</p>",
     "<p title='Zo&#235; Larkspur'>x</p>", "<!-- Zoë Larkspur -->"],
)  # fmt: skip
def test_a_page_is_read_as_it_is_shown(page: str) -> None:
    assert True in {leak.whole for leak in scan("page.html", page.encode(), SOUGHT)}


def test_blocks_of_a_page_are_not_run_together() -> None:
    assert scan("page.html", b"<p>Sam</p><p>mo</p>", SOUGHT) == []


def test_a_name_over_two_lines_is_whole() -> None:
    leaks_found = scan("a.txt", "Zoë\nLarkspur".encode(), SOUGHT)
    assert [leak.whole for leak in leaks_found if leak.place == leaks.ACROSS] == [True]


MICHAL = Sought(Kind.NAME, "Michał Øster", "Heron")


@pytest.mark.parametrize("text", ["Michal Oster", "MICHAŁ ØSTER", "michal øster"])
def test_letters_that_no_accent_can_be_taken_off_are_written_either_way(text: str) -> None:
    assert [leak.whole for leak in scan("a.txt", text.encode(), [MICHAL])] == [True]
    assert leaks.Replacing([MICHAL])(f"Saw {text} today") == "Saw Heron today"
    plain = Sought(Kind.NAME, "Michal Oster", "Heron")
    assert leaks.Replacing([plain])(f"Saw {text} today") == "Saw Heron today"


def test_a_name_of_two_letters_is_looked_for_where_it_has_its_capital() -> None:
    jo = Sought(Kind.NAME, "Jo Bell", "Heron")
    assert leaks.Replacing([jo])("Jo seen at school") == "Heron seen at school"
    assert [leak.whole for leak in scan("a.txt", b"Jo seen at school", [jo])] == [False]
    so = Sought(Kind.NAME, "So Bell", "Heron")
    assert scan("a.txt", b"and so they left", [so]) == []
    assert leaks.Replacing([so])("and so they left") == "and so they left"


def test_the_xmp_properties_of_a_pdf_are_read() -> None:
    from concordat.craft import document as shape
    from concordat.craft import pdf as pdfs

    data = pdfs.write(shape.Document("Heron", [shape.Paragraph("Seen")], author="Nurse"))
    packet = b"\n<x:xmpmeta xmlns:x='adobe:ns:meta/'>Sammo</x:xmpmeta>\n%%EOF"
    found = scan("a.pdf", data + packet, SOUGHT)
    assert [leak.place for leak in found] == ["The properties of the file"]
