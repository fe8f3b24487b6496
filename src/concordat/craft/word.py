"""Word out, from our own structure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from concordat.craft import document as shape
from concordat.craft import pictures
from concordat.craft.document import Document, Text

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph as WordParagraph

_INK, _BRAND, _SECOND, _LINK = "1B2A33", "12436D", "4A5A64", "12557E"
_EDGES = {"plain": _BRAND, "late": "A8201A", "soon": "6B4500", "done": "1D6B45", "held": "54319F"}
_GROUNDS = {
    "plain": "F4F6F7",
    "late": "FBE9E7",
    "soon": "FDF3DC",
    "done": "E3F2EA",
    "held": "EEE8FA",
}
_SIDES = {"left": 0, "centre": 1, "right": 2}
_TERMS = "{http://purl.org/dc/terms/}"
_PER_MM = 36000
"""English metric units in a millimetre, the unit of lengths in Word files."""


def write(document: Document) -> bytes:
    """The document as .docx: real headings, repeated header rows, language, words for pictures."""
    import docx

    word = docx.Document()
    width = _page(word, document)
    _styles(word, document.language)
    _properties(word, document)
    _styled(word, "Title", shape.clean(document.title))
    for block in shape.outlined(document.blocks):
        _BLOCKS[type(block)](word, block, width)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def _page(word: WordDocument, document: Document) -> int:
    """Sets the page, its head and foot; returns the width of the text in millimetres."""
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    section = word.sections[0]
    long, short = Mm(297), Mm(210)
    flipped = document.page == "landscape"
    section.orientation = WD_ORIENT.LANDSCAPE if flipped else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if flipped else (short, long)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(24)
    if document.mark:
        head = section.header.paragraphs[0]
        head.alignment = 1
        head.add_run(shape.clean(document.mark)).bold = True
    foot = section.footer.paragraphs[0]
    width = 297 - 44 if flipped else 210 - 44
    foot.style = word.styles["Normal"]
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{shape.clean(document.footer)}\tPage ")
    _number(foot, "PAGE")
    foot.add_run(" of ")
    _number(foot, "NUMPAGES")
    return width


def _number(paragraph: WordParagraph, code: str) -> None:
    """A field that Word fills in."""
    run = paragraph.add_run()
    run._r.append(_made("w:fldChar", {"w:fldCharType": "begin"}))
    instruction = _made("w:instrText", {"xml:space": "preserve"})
    instruction.text = f" {code} "
    run._r.append(instruction)
    run._r.append(_made("w:fldChar", {"w:fldCharType": "separate"}))
    paragraph.add_run("1")._r.append(_made("w:fldChar", {"w:fldCharType": "end"}))


def _made(tag: str, attributes: Mapping[str, str]) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(
            "{http://www.w3.org/XML/1998/namespace}space" if name == "xml:space" else qn(name),
            value,
        )
    return element


def _styles(word: WordDocument, language: str) -> None:
    from docx.oxml.ns import qn

    _look(word.styles["Normal"], 10.5, _INK, bold=False, after=6)
    _look(word.styles["Title"], 22, _BRAND, bold=True, after=12)
    for level, size in enumerate((15, 12.5, 11.5, 11, 10.5), 1):
        _look(word.styles[f"Heading {level}"], size, _INK, bold=True, after=4)
    _look(word.styles["Caption"], 9.5, _SECOND, bold=True, after=4)
    for element in word.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), language)
    for defaults in word.styles.element.iter(qn("w:rPrDefault")):
        properties = defaults.find(qn("w:rPr"))
        if properties is not None and properties.find(qn("w:lang")) is None:
            properties.append(_made("w:lang", {"w:val": language}))


def _look(style: Any, size: float, colour: str, *, bold: bool, after: float) -> None:
    """Arial throughout: a theme font named in a style would win over it, so it goes."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name = "Arial"
    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), "Arial")
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(colour)
    style.paragraph_format.space_after = Pt(after)


def _properties(word: WordDocument, document: Document) -> None:
    """Nothing of the library's own template may stay: not its author, comment or date."""
    properties = word.core_properties
    properties.title = shape.clean(document.title)[:255]
    properties.author = properties.last_modified_by = shape.clean(document.author)[:255]
    properties.comments = ""
    properties.language = document.language
    stamps = [each for each in properties._element if str(each.tag).startswith(_TERMS)]
    for stamp in stamps:
        properties._element.remove(stamp)


def _fill(paragraph: WordParagraph, text: Text) -> None:
    for run in shape.runs(text):
        target = _link(paragraph, run.link) if run.link else paragraph
        made = _add_run(target, run.text)
        made.bold, made.italic = run.bold or None, run.italic or None
        if run.link:
            _as_link(made)


def _add_run(target: Any, text: str) -> Any:
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    if isinstance(target, Paragraph):
        return target.add_run(text)
    element = _made("w:r", {})
    target.append(element)
    run = Run(element, None)  # type: ignore[arg-type]
    run.text = text
    return run


def _link(paragraph: WordParagraph, address: str) -> Any:
    from docx.opc.constants import RELATIONSHIP_TYPE

    key = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    element = _made("w:hyperlink", {"r:id": key})
    paragraph._p.append(element)
    return element


def _as_link(run: Any) -> None:
    from docx.shared import RGBColor

    run.font.underline = True
    run.font.color.rgb = RGBColor.from_string(_LINK)


def _styled(word: WordDocument, name: str, text: str = "") -> WordParagraph:
    """A paragraph in a style that every new document has. To set it by its name, the library
    would look through all styles each time."""
    made = word.add_paragraph(text)
    made._p.style = _style_id(name)
    return made


def _style_id(name: str) -> str:
    return name.replace(" ", "")


def _heading(word: WordDocument, block: shape.Heading, width: int) -> None:
    _styled(word, f"Heading {block.level}", block.text)


def _paragraph(word: WordDocument, block: shape.Paragraph, width: int) -> None:
    _fill(word.add_paragraph(), block.runs)


def _bullets(word: WordDocument, block: shape.Bullets, width: int) -> None:
    for item in block.items:
        _fill(_styled(word, "List Bullet"), item)


def _numbered(word: WordDocument, block: shape.Numbered, width: int) -> None:
    """Each list counts for itself, from its own start."""
    numbering = word.part.numbering_part.numbering_definitions._numbering
    base = word.styles["List Number"].element.pPr.numPr.numId.val
    abstract = next(each for each in numbering.num_lst if each.numId == base).abstractNumId.val
    own = numbering.add_num(abstract)
    own.add_lvlOverride(ilvl=0).add_startOverride(block.start)
    for item in block.items:
        paragraph = _styled(word, "List Number")
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_numId().val = own.numId
        properties.get_or_add_ilvl().val = 0
        _fill(paragraph, item)


def _table(word: WordDocument, block: shape.Table, width: int) -> None:
    caption = _styled(word, "Caption", shape.clean(block.caption))
    caption.paragraph_format.keep_with_next = True
    table = word.add_table(rows=1, cols=len(block.columns))
    table._tbl.tblStyle_val = _style_id("Table Grid")
    table.autofit = False
    _describe(table, block.caption)
    heads: list[Text] = [(shape.Run(column.title, bold=True),) for column in block.columns]
    _row(table.rows[0], heads, block, width)
    _repeat(table.rows[0])
    for row in block.rows:
        if all(isinstance(text, str) for text in row):
            table._tbl.append(_plain_row(row, block, width))
        else:
            _row(table.add_row(), row, block, width)
    word.add_paragraph()


_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SIDE_NAMES = {"left": "left", "centre": "center", "right": "right"}


def _plain_row(texts: Any, block: shape.Table, width: int) -> Any:
    """A row of plain texts, made in one piece: the library takes ten times as long over it."""
    from docx.oxml import parse_xml

    whole = sum(column.share for column in block.columns)
    cells = [
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{_twips(width * column.share / whole)}"/></w:tcPr>'
        f'<w:p><w:pPr><w:jc w:val="{_SIDE_NAMES[column.align]}"/></w:pPr>{_plain_run(text)}</w:p>'
        "</w:tc>"
        for text, column in zip(texts, block.columns, strict=True)
    ]
    return parse_xml(
        f'<w:tr xmlns:w="{_WORDS}"><w:trPr><w:cantSplit/></w:trPr>{"".join(cells)}</w:tr>'
    )


def _twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


def _plain_run(text: str) -> str:
    """A run of text with its tabs and line breaks, as the library writes one."""
    said = escape(shape.clean(text)).replace("\r\n", "\n").replace("\r", "\n")
    if not said:
        return ""
    parts = said.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">').replace(
        "\n", '</w:t><w:br/><w:t xml:space="preserve">'
    )
    return f'<w:r><w:t xml:space="preserve">{parts}</w:t></w:r>'


def _row(row: Any, texts: Any, block: shape.Table, width: int) -> None:
    whole = sum(column.share for column in block.columns)
    row._tr.get_or_add_trPr().append(_made("w:cantSplit", {}))
    for cell, text, column in zip(row.cells, texts, block.columns, strict=True):
        cell.width = int(width * _PER_MM * column.share / whole)
        paragraph = cell.paragraphs[0]
        paragraph.alignment = _SIDES[column.align]
        _fill(paragraph, text)


def _repeat(row: Any) -> None:
    row._tr.get_or_add_trPr().append(_made("w:tblHeader", {"w:val": "true"}))
    for cell in row.cells:
        _shade(cell, _GROUNDS["plain"])


def _shade(cell: Any, colour: str) -> None:
    properties = cell._tc.get_or_add_tcPr()
    properties.append(_made("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": colour}))


def _describe(table: Any, words: str) -> None:
    """Hairlines instead of boxes, and the caption as the table's name for screen readers."""
    borders = _made("w:tblBorders", {})
    line = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "D5DCE0"}
    none = {"w:val": "nil"}
    sides = {"top": line, "left": none, "bottom": line, "right": none}
    for side, attributes in {**sides, "insideH": line, "insideV": none}.items():
        borders.append(_made(f"w:{side}", attributes))
    properties = table._tbl.tblPr
    layout = properties.find(borders.nsmap["w"].join(("{", "}tblLayout")))
    if layout is None:
        properties.append(borders)
    else:
        layout.addprevious(borders)
    properties.append(_made("w:tblCaption", {"w:val": shape.clean(words)}))


def _picture(word: WordDocument, block: shape.Picture, width: int) -> None:
    wide, _ = pictures.size(block.svg)
    drawn = BytesIO(pictures.to_png(block.svg))
    inline = word.add_picture(drawn, width=int(min(width, wide * 25.4 / 96) * _PER_MM))
    named = inline._inline.docPr
    named.set("descr", shape.clean(block.alt))
    named.set("title", shape.clean(block.caption or block.alt)[:200])
    if block.caption:
        word.paragraphs[-1].paragraph_format.keep_with_next = True
        _styled(word, "Caption", shape.clean(block.caption))


def _facts(word: WordDocument, block: shape.Facts, width: int) -> None:
    for label, value in block.pairs:
        paragraph = word.add_paragraph()
        paragraph.paragraph_format.space_after = 25400
        paragraph.add_run(f"{shape.clean(label)}: ").bold = True
        _fill(paragraph, value)


def _note(word: WordDocument, block: shape.Note, width: int) -> None:
    colour, ground = _EDGES[block.tone], _GROUNDS[block.tone]
    label: tuple[Text, ...] = ((shape.Run(block.label, bold=True),),) if block.label else ()
    for text in (*label, block.text):
        paragraph = word.add_paragraph()
        _fill(paragraph, text)
        edge = _made("w:pBdr", {})
        line = {"w:val": "single", "w:sz": "24", "w:space": "8", "w:color": colour}
        edge.append(_made("w:left", line))
        properties = paragraph._p.get_or_add_pPr()
        shade = _made("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": ground})
        properties.extend([edge, shade])


def _break(word: WordDocument, block: shape.PageBreak, width: int) -> None:
    from docx.enum.text import WD_BREAK

    word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _sheets(word: WordDocument, block: shape.Sheets, width: int) -> None:
    _fill(word.add_paragraph(), block.in_words)


_BLOCKS: dict[type[shape.Block], Callable[..., None]] = {
    shape.Heading: _heading,
    shape.Paragraph: _paragraph,
    shape.Bullets: _bullets,
    shape.Numbered: _numbered,
    shape.Table: _table,
    shape.Picture: _picture,
    shape.Facts: _facts,
    shape.Note: _note,
    shape.PageBreak: _break,
    shape.Sheets: _sheets,
}
