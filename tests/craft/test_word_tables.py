"""Tables of Word files as people really make them: nothing that is seen is lost."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from concordat.craft import grids
from concordat.craft.tables import MOST, Most, Sheet
from concordat.craft.word_tables import read
from concordat.kernel.errors import Invalid
from tests.craft.hostile import with_part

_W = nsdecls("w")


def cell(inner: str) -> str:
    return f"<w:tc>{inner}</w:tc>"


def words(*runs: str) -> str:
    return cell(f"<w:p>{''.join(runs)}</w:p>")


def said(text: str, look: str = "") -> str:
    return f"<w:r>{look}<w:t>{text}</w:t></w:r>"


def control(inner: str, kind: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{kind}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def row(*cells: str, look: str = "") -> str:
    return f"<w:tr>{look}{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def sheets(*blocks: str, most: Most = MOST) -> list[Sheet]:
    document = docx.Document()
    held = parse_xml(f"<w:body {_W}>{''.join(blocks)}</w:body>")
    for element in reversed(list(held)):
        document.element.body.insert(0, element)
    out = BytesIO()
    document.save(out)
    return read(out.getvalue(), most=most)


def test_what_a_control_holds_is_read_where_it_stands() -> None:
    day = control(said("1 May 2018"), "<w:date/>")
    (sheet,) = sheets(
        table(
            row(words(said("Date")), words(said("Event"))),
            row(words(day), words(said("a"))),
            row(control(words(said("2 May 2018"))), words(said("b"))),
            control(row(words(said("3 May 2018")), words(said("c")))),
        )
    )
    assert sheet.rows[1:] == (("1 May 2018", "a"), ("2 May 2018", "b"), ("3 May 2018", "c"))


def test_a_table_within_a_control_or_a_text_box_is_a_table() -> None:
    held = table(row(words(said("held"))))
    box = f"<w:p><w:r><w:pict><w:txbxContent>{held}</w:txbxContent></w:pict></w:r></w:p>"
    found = sheets(control(held), box)
    assert [sheet.rows for sheet in found] == [(("held",),), (("held",),)]
    assert [sheet.name for sheet in found] == ["Table 1", "Table 2"]


def test_the_prompt_of_a_control_that_nobody_filled_in_is_no_text() -> None:
    prompt = said("Click or tap to enter a date.")
    (sheet,) = sheets(
        table(
            row(
                words(control(prompt, "<w:showingPlcHdr/>")),
                control(words(prompt), "<w:showingPlcHdr/>"),
                words(said("c")),
            )
        )
    )
    assert sheet.rows == ((None, None, "c"),)


def test_tracked_changes_are_read_as_they_become() -> None:
    (sheet,) = sheets(
        table(
            row(words(f"<w:ins>{said('put in')}</w:ins>", "<w:del><w:r><w:delText>x</w:delText>"
                      "</w:r></w:del>")),
            row(words(said("taken out")), look="<w:trPr><w:del/></w:trPr>"),
        )
    )  # fmt: skip
    assert sheet.rows[0] == ("put in",)
    assert sheet.struck == {1}


def test_links_fields_and_boxes_are_words_of_their_cell() -> None:
    link = f"<w:hyperlink>{said('link ')}</w:hyperlink>"
    field = f'<w:fldSimple w:instr="DATE">{said("8 May 2018")}</w:fldSimple>'
    inner = f"<w:p>{said('in a box')}</w:p>"
    box = f"<w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r>"
    (sheet,) = sheets(table(row(words(link, field, box))))
    assert sheet.rows == (("link 8 May 2018\nin a box",),)


def test_a_note_stands_where_it_is_referred_to() -> None:
    document = docx.Document()
    held = document.add_table(1, 1).cell(0, 0)
    held.text = "Ward notes"
    mark = parse_xml(f'<w:r {_W}><w:footnoteReference w:id="2"/></w:r>')
    held.paragraphs[0]._p.append(mark)
    out = BytesIO()
    document.save(out)
    note = f'<w:footnotes {_W}><w:footnote w:id="2"><w:p>{said("page 7")}</w:p></w:footnote>'
    data = with_part(out.getvalue(), "word/footnotes.xml", f"{note}</w:footnotes>".encode())
    assert read(data)[0].rows == (("Ward notes (page 7)",),)


def test_cells_merged_down_and_rows_that_begin_late_keep_their_columns() -> None:
    first, on = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
    late = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    (sheet,) = sheets(
        table(
            row(cell(f"<w:tcPr>{first}</w:tcPr><w:p>{said('day')}</w:p>"), words(said("a"))),
            row(cell(f"<w:tcPr>{on}</w:tcPr><w:p/>"), words(said("b"))),
            row(words(said("c")), look=late),
        )
    )
    assert sheet.rows == (("day", "a"), (None, "b"), (None, "c"))
    assert sheet.merged == ("A1:A2",)


def test_cells_that_say_they_span_more_than_can_be_read_are_refused_as_they_come() -> None:
    wide = cell('<w:tcPr><w:gridSpan w:val="400"/></w:tcPr><w:p/>')
    with pytest.raises(Invalid, match="Table 1' has 3 rows and 400 columns"):
        sheets(table(*[row(wide)] * 9), most=Most(cells=1_000))


def test_all_tables_together_are_bounded_and_there_may_be_one_on_each_page() -> None:
    one = table(row(words(said("a")), words(said("b"))))
    with pytest.raises(Invalid, match="more than 9 cells"):
        sheets(*[one] * 5, most=Most(cells=9))
    assert len(sheets(*[one] * 150, most=grids.LARGE)) == 150
