"""Every fact that a page of the arrangements holds is in every format of the same text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import unescape
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element

import docx
import html5lib
import pdfua
import pytest
from django.utils.html import strip_tags

from concordat.craft import formats, pdf
from tests.operations.arrangements.drafting import Drafting
from tests.pages.people.browsing import client
from tests.pages.public.test_published_text import HOME, TEXT, publish
from tests.pages.seats.looking import read
from tests.pages.signed_in import as_

ONE = "/arrangements/HERE-MA-0001"
TOLD_IN = {"td", "th", "dt", "dd", "li", "p", "h2", "h3", "h4", "caption"}
ONLY_ON_A_PAGE = {"c-no-print", "c-meta", "c-gap", "govuk-visually-hidden", "c-contents"}
"""Classes of what leads through a page, and of what stands before a format in words of its own."""


def squeezed(text: str) -> str:
    return "".join(text.split())


def facts_of(page: str, *classes: str) -> set[str]:
    """The words of the text on a page: cells, headings, lines and paragraphs, each by itself.

    A section of which nothing is told yet has a heading on the page alone.
    """
    root = html5lib.parse(page, namespaceHTMLElements=False)
    found: set[str] = set()
    for part in root.iter():
        if set(_classes(part)) & set(classes):
            told = [squeezed(each) for each in _told(part)]
            found |= set(told) if len(told) > 1 else set()
    return found - {"", "Notstated"}


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _told(element: Element) -> Iterator[str]:
    for each in element:
        if not isinstance(each.tag, str) or set(_classes(each)) & ONLY_ON_A_PAGE:
            continue
        if each.tag in ("svg", "nav", "figure", "thead"):
            continue
        inner = list(_told(each))
        if inner:
            yield from inner
        elif each.tag in TOLD_IN:
            yield "".join(each.itertext())


def from_pdf(data: bytes) -> str:
    return pdf.text(data)


def from_word(data: bytes) -> str:
    return " ".join(docx.Document(BytesIO(data)).element.body.itertext())


def from_page(data: bytes) -> str:
    return unescape(strip_tags(data.decode()))


def from_markdown(data: bytes) -> str:
    return data.decode().replace("\\", "")


READERS: dict[str, Callable[[bytes], str]] = {
    "pdf": from_pdf,
    "docx": from_word,
    "html": from_page,
    "md": from_markdown,
}


def all_there(facts: set[str], data: bytes, form: str) -> None:
    assert len(facts) > 40
    whole = squeezed(READERS[form](data))
    assert [fact for fact in sorted(facts) if fact not in whole] == []


def passes_the_smoke_check(data: bytes, folder: Path) -> None:
    place = folder / "text.pdf"
    place.write_bytes(data)
    assert [each.message for each in pdfua.validate(str(place)).findings] == []


def reads_as_a_document(data: bytes) -> None:
    word = docx.Document(BytesIO(data))
    xml = word.element.xml
    assert any(each.style.name == "Heading 1" for each in word.paragraphs)
    assert "w:tblHeader" in xml
    assert xml.count("<pic:pic") == xml.count("descr=") > 0
    assert 'w:val="en-GB"' in word.styles.element.xml


def test_every_format_is_read_here() -> None:
    assert set(formats.MEDIA_TYPES) == set(READERS)


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("", "/text.{}"),
        ("?as-at=2019-04-05", "/text.{}?as-at=2019-04-05"),
        ("/editions/1", "/editions/1.{}"),
    ],
    ids=["the text of today", "the text of another day", "a frozen edition"],
)
def test_a_text_inside_and_its_files(draft: Drafting, tmp_path: Path, page: str, file: str) -> None:
    publish(draft)
    member = as_(draft.house.member)
    facts = facts_of(read(member, f"{ONE}{page}"), "c-text")
    files = {form: member.get(f"{ONE}{file.format(form)}").content for form in READERS}
    for form, data in files.items():
        all_there(facts, data, form)
    passes_the_smoke_check(files["pdf"], tmp_path)
    reads_as_a_document(files["docx"])


def test_the_text_that_anybody_reads_and_its_files(draft: Drafting, tmp_path: Path) -> None:
    reference = publish(draft)
    facts = facts_of(read(client(), TEXT), "c-text", "c-section__text")
    signed = client().get(f"/published/{reference}").content
    word = client().get(f"{TEXT}/{reference}/word").content
    all_there(facts, signed, "pdf")
    all_there(facts, word, "docx")
    passes_the_smoke_check(signed, tmp_path)
    reads_as_a_document(word)


def test_what_is_stored_says_in_its_foot_that_it_is_a_draft_until_it_is_published(
    draft: Drafting,
) -> None:
    reference = publish(draft)
    signed = squeezed(pdf.text(client().get(f"/published/{reference}").content))
    assert squeezed("a draft until it is published") in signed
    assert client().get(f"{HOME}/arrangements").status_code == 200
