"""Word: written from the structure, and filled from a partner's template without obeying it."""

from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from concordat.craft import office, pictures, word, word_templates
from concordat.craft.document import Document, Numbered, Paragraph, Picture
from concordat.craft.word_tables import read as read_word
from concordat.kernel.errors import Invalid
from tests.craft.examples import NASTY, minutes
from tests.craft.hostile import docx as template_with
from tests.craft.hostile import parts_of, with_part


@pytest.fixture(scope="module")
def data() -> bytes:
    return word.write(minutes())


@pytest.fixture
def opened(data: bytes) -> docx.document.Document:
    return docx.Document(BytesIO(data))


def test_the_words_and_headings_come_back(opened: docx.document.Document) -> None:
    said = [(each.style.name, each.text) for each in opened.paragraphs if each.style]
    assert said[0] == ("Title", "Minutes of 4 March 2019")
    assert ("Heading 1", "What was decided") in said
    assert ("Heading 2", "Seats") in said
    assert ("Normal", NASTY) in said
    assert ("Normal", "The partners agreed the draft. See the guidance.") in said
    assert ("List Bullet", "Second point") in said
    assert ("List Number", "Ask the scrutineer") in said
    assert ("Caption", "Structure") in said
    assert opened.sections[0].header.paragraphs[0].text == "Invented"


def test_it_says_its_language_and_title(opened: docx.document.Document) -> None:
    assert opened.core_properties.title == "Minutes of 4 March 2019"
    assert opened.core_properties.author == "Heron Vale Safeguarding Children Partnership"
    assert opened.core_properties.created is None
    assert "python" not in opened.core_properties.comments
    languages = {each.get(qn("w:val")) for each in opened.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_the_header_row_repeats(data: bytes, opened: docx.document.Document) -> None:
    rows = opened.tables[0].rows
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows]
    assert heads == [True] + [False] * 60
    sheet = read_word(data)[0]
    assert sheet.rows[0] == ("Seat", "Holder", "Days")
    assert sheet.rows[60] == ("Seat 59", "Vacant", "59")
    assert sheet.rows[1][1] is None


def test_pictures_have_words_and_show_theirs(data: bytes, opened: docx.document.Document) -> None:
    told = [each.get("descr") for each in opened.element.iter(qn("wp:docPr"))]
    assert told == [each.alt for each in minutes().blocks if isinstance(each, Picture)]
    assert len([name for name in parts_of(data) if name.endswith(".png")]) == 2


def test_a_drawing_loses_no_words_on_its_way_to_png() -> None:
    from PIL import Image

    def dark(text: str) -> int:
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40">'
            f'<text x="4" y="24" font-family="Arial, Helvetica, \'Noto Sans\'">{text}</text></svg>'
        )
        with Image.open(BytesIO(pictures.to_png(svg))) as drawn:
            assert drawn.size == (400, 80)
            return sum(drawn.convert("L").point(lambda level: level < 128).histogram()[1:])

    assert dark("") == 0
    assert dark("Executive group") > 800


@pytest.mark.parametrize("svg", ["<svg", '<svg width="9e9" height="4">', "plain"])
def test_a_broken_drawing_is_told(svg: str) -> None:
    with pytest.raises(Invalid):
        pictures.to_png(svg)


def test_landscape_and_two_lists_that_count_for_themselves() -> None:
    blocks = [Numbered(["a", "b"]), Paragraph("between"), Numbered(["c"], start=7)]
    made = docx.Document(BytesIO(word.write(Document("Wide", blocks, page="landscape"))))
    section = made.sections[0]
    assert (section.page_width or 0) > (section.page_height or 0)
    numbered = [p for p in made.paragraphs if p.style and p.style.name == "List Number"]
    first, second, third = (p._p.pPr.numPr.numId.val for p in numbered)
    assert first == second != third
    starts = [
        each.get(qn("w:val"))
        for each in made.part.numbering_part.element.iter(qn("w:startOverride"))
    ]
    assert starts == ["1", "7"]


def test_what_we_write_we_would_take(data: bytes) -> None:
    assert office.check(data, "docx").names


def text_of(data: bytes) -> str:
    return "\n".join(each.text for each in docx.Document(BytesIO(data)).paragraphs)


def test_a_template_is_filled() -> None:
    body = (
        "Dear {{ chair.title|upper }}, {% for seat in seats %}{% for part in seat %}"
        "{{ part }}{% endfor %}; {% endfor %}{{ note }}"
    )
    made = word_templates.fill(
        template_with(text=body, properties="For {{ note }}"),
        {"chair": {"title": "Chair"}, "seats": ["Health", "Police"], "note": "<A & B> {{ 7*7 }}"},
    )
    assert text_of(made) == "Dear CHAIR, Health; Police; <A & B> {{ 7*7 }}"
    assert docx.Document(BytesIO(made)).core_properties.title == "For <A & B> {{ 7*7 }}"


def test_a_template_says_what_it_asks_for() -> None:
    template = template_with(text="{{ chair.title }} {% if held %}{{ place }}{% endif %}")
    assert word_templates.place_holders(template) == {"chair", "held", "place"}


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("{{ ''.__class__.__mro__ }}", "__class__"),
        ("{{ seat['__class__'] }}", "worked-out name"),
        ("{{ seat|attr('__class__') }}", "'attr'"),
        ("{{ seat.title() }}", "calls 'title'"),
        ("{{ range(1000000000) }}", "calls 'range'"),
        ("{{ 'a' * 1000000000 }}", "'mul'"),
        ("{% set x = seat %}", "'assign'"),
        ("{% include 'other' %}", "'include'"),
        ("{% macro a() %}{% endmacro %}", "'macro'"),
        ("{{ 9 ** 9 ** 9 }}", "'pow'"),
        ("{{ 'x'|center(999999999) }}", "'center'"),
        ("{{ 'a'|replace('a', 'aaaaaaaaaa')|replace('a', 'aaaaaaaaaa') }}", "'replace'"),
        ("{{ seat|join(seat)|join(seat) }}", "joins what is joined"),
        (
            "{% for a in seat %}{% for b in seat %}{{ b }}{% endfor %}{% endfor %}",
            "repeats a whole",
        ),
        (
            "{% for a in seat %}{% for b in (a and seat) %}{{ b }}{% endfor %}{% endfor %}",
            "repeats a whole",
        ),
        (
            "{% for a in seat %}{% for b in (seat if a else a) %}{{ b }}{% endfor %}{% endfor %}",
            "repeats a whole",
        ),
        (
            "{% for a in seat recursive %}{{ a }}{% endfor %}",
            "within itself",
        ),
        ("{{ seat", "miswritten"),
    ],
)
def test_a_dangerous_template_is_refused_and_named(body: str, named: str) -> None:
    with pytest.raises(Invalid) as told:
        word_templates.fill(template_with(text=body), {"seat": "Chair"})
    assert named in str(told.value)
    assert "the text" in str(told.value)


def test_a_danger_is_named_with_what_stands_before_it() -> None:
    document = docx.Document()
    document.add_heading("Risk implications")
    document.add_paragraph("So far {{ count }} risks, and {{ seat.__class__ }}.")
    out = BytesIO()
    document.save(out)
    with pytest.raises(Invalid) as told:
        word_templates.fill(out.getvalue(), {"seat": "Chair", "count": 4})
    (fault,) = told.value.faults
    assert fault.place == "the text, after “Risk implications So far risks, and”"
    assert fault.mend == "Take {{ seat.__class__ }} out."
    assert "'__class__'" in fault.message


def test_the_danger_is_real() -> None:
    """The library by itself follows such a chain: that is what is being prevented."""
    from docxtpl import DocxTemplate

    template = DocxTemplate(BytesIO(template_with(text="{{ ''.__class__.__mro__|length }} found")))
    template.render({})
    out = BytesIO()
    template.save(out)
    assert text_of(out.getvalue()) == "2 found"


def test_danger_is_found_outside_the_text_too() -> None:
    with pytest.raises(Invalid, match=r"the property 'title'.*__class__"):
        word_templates.fill(template_with(properties="{{ ''.__class__ }}"), {})
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{ ''.__class__ }}"
    document.sections[0].footer.paragraphs[0].text = "{{ x() }}"
    out = BytesIO()
    document.save(out)
    with pytest.raises(Invalid) as told:
        word_templates.fill(out.getvalue(), {})
    assert "the header" in str(told.value)
    assert "the footer" in str(told.value)


def test_a_missing_value_and_a_missing_part_of_one_are_named() -> None:
    with pytest.raises(Invalid, match="chair: The place-holder 'chair' has no value"):
        word_templates.fill(template_with(text="{{ chair }}"), {"seat": 1})
    with pytest.raises(Invalid, match="no attribute 'name'"):
        word_templates.fill(template_with(text="{{ chair.name }}"), {"chair": {"title": "x"}})


def test_a_malformed_template_is_told() -> None:
    body = parts_of(template_with(text="{{ seat }}"))["word/document.xml"]
    broken = with_part(template_with(), "word/document.xml", body[:-40])
    with pytest.raises(Invalid, match="template cannot be read"):
        word_templates.fill(broken, {"seat": "Chair"})


def test_a_template_with_macros_is_refused() -> None:
    with pytest.raises(Invalid, match="macro"):
        word_templates.fill(with_part(template_with(), "word/vbaProject.bin", b"x"), {})
