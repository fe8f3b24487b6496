"""Pages of other files stand in a document with its own numbers, bookmarks and rules."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pdfua
import pytest

from concordat.craft import pdf
from concordat.craft.document import (
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Sheets,
    to_html,
    to_markdown,
)
from concordat.kernel.errors import Invalid


def paper(pages: int, word: str) -> bytes:
    blocks: list[object] = []
    for number in range(pages):
        blocks += [Paragraph(f"{word} {number}"), PageBreak()]
    return pdf.write(Document(f"Paper {word}", blocks))  # type: ignore[arg-type]


def pack(**more: object) -> Document:
    return Document(
        "Pack of 10 April 2019",
        [
            Heading(1, "1. The budget"),
            Paragraph("Cover of the first item"),
            Sheets(paper(3, "kestrel"), "Budget report", 3),
            Heading(1, "2. Methods"),
            Sheets(paper(1, "wren"), "Methods", 1),
            Paragraph("After it"),
        ],
        **more,  # type: ignore[arg-type]
    )


def pages(made: bytes) -> list[str]:
    return ["".join(page.split()) for page in pdf.text(made).split("\f")]


def test_each_page_stands_where_it_was_kept_free() -> None:
    told = pages(pdf.write(pack()))
    assert "kestrel0" in told[1]
    assert "Budgetreport:page1of3" in told[1]
    assert "kestrel2" in told[3]
    assert "wren0" in told[5]
    assert "Page6of7" in told[5]


def test_it_passes_the_accessibility_rules_and_keeps_its_bookmarks(tmp_path: Path) -> None:
    import pikepdf

    made = pdf.write(pack())
    path = tmp_path / "pack.pdf"
    path.write_bytes(made)
    assert [each.message for each in pdfua.validate(str(path)).findings] == []
    with pikepdf.open(BytesIO(made)) as opened, opened.open_outline() as outline:
        assert [each.title for each in outline.root] == ["1. The budget", "2. Methods"]


def test_a_supplement_numbers_its_own_pages_and_tells_no_total() -> None:
    told = pages(pdf.write(pack(first=4, prefix="S1.")))
    assert "PageS1.4" in told[0]
    assert "PageS1.5" in told[1]
    assert "of7" not in "".join(told)
    assert "Page9" in pages(pdf.write(pack(first=9)))[0]


def test_other_formats_name_the_file() -> None:
    assert "Budget report is a file of its own, 3 pages." in to_html(pack())
    assert "Methods is a file of its own, 1 page." in to_markdown(pack())


def test_what_is_no_pdf_or_has_no_page_is_refused() -> None:
    with pytest.raises(Invalid, match="cannot be read"):
        pdf.write(Document("Pack", [Sheets(b"no pdf", "Report", 1)]))
    with pytest.raises(Invalid, match="no pages"):
        Sheets(b"", "Report", 0)
