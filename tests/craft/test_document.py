"""HTML and Markdown written from the shared structure."""

from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from concordat.craft.document import (
    Bullets,
    Column,
    Document,
    Heading,
    Note,
    Paragraph,
    Picture,
    Run,
    Table,
    outlined,
    plain,
    to_html,
    to_markdown,
)
from concordat.kernel.errors import Invalid
from tests.craft.examples import NASTY, minutes

XHTML = "{http://www.w3.org/1999/xhtml}"


def parsed(document: Document) -> Element:
    head = "<!DOCTYPE html><html lang='en'><head><title>x</title></head><body>"
    tree: Element = html5lib.HTMLParser(strict=True).parse(head + to_html(document))
    return tree


def tags(document: Document) -> list[str]:
    return [each.tag.removeprefix(XHTML) for each in parsed(document).iter()]


def test_html_is_strict_and_says_everything() -> None:
    tree = parsed(minutes(3))
    text = "".join(tree.itertext())
    assert NASTY in text
    headings = [tag for tag in tags(minutes(3)) if tag in {"h1", "h2", "h3"}]
    assert headings == ["h1", "h2", "h3", "h2"]
    assert [each.text for each in tree.iter(f"{XHTML}th")] == ["Seat", "Holder", "Days"]
    assert {each.get("scope") for each in tree.iter(f"{XHTML}th")} == {"col"}
    assert [each.text for each in tree.iter(f"{XHTML}caption")] == ["Seats and who holds them"]
    assert [each.get("start") for each in tree.iter(f"{XHTML}ol")] == ["4"]
    assert [each.text for each in tree.iter(f"{XHTML}dt")] == ["Reference", "Held"]


def test_html_holds_nothing_that_a_strict_policy_blocks() -> None:
    html = to_html(minutes(3))
    assert "style=" not in html
    assert "<style" not in html
    assert "<script" not in html
    assert "onclick" not in html


@pytest.mark.long
@settings(deadline=None, max_examples=60)
@given(st.text(max_size=80))
def test_no_text_becomes_markup(text: str) -> None:
    def said(words: str) -> Document:
        return Document("Title", [Paragraph(words), Bullets([words]), Note(words, label=words)])

    usual = tags(said("a"))
    found = [tag for tag in tags(said(text)) if tag != "br"]
    assert set(found) <= set(usual)
    assert len(found) <= len(usual)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", " https://x", "//x.org", 'https://x"onclick="y'],
)
def test_a_link_that_could_run_stays_text(address: str) -> None:
    document = Document("Title", [Paragraph([Run("read this", link=address)])])
    assert "<a " not in to_html(document)
    assert "](" not in to_markdown(document)
    assert "read this" in to_html(document)


def test_markdown_gives_the_same_words_back() -> None:
    said = to_markdown(minutes(3))
    html = MarkdownIt("commonmark").enable("table").render(said)
    text = "".join(html5lib.parseFragment(html).itertext())
    for words in (
        *NASTY.split(),
        "Minutes of 4 March 2019",
        "Seat 2",
        "Vacant",
        "Ask the scrutineer",
    ):
        assert words in text
    assert "<b>" not in html
    assert html.count("<tr>") == 4
    assert '<ol start="4">' in html


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_no_text_becomes_markdown(text: str) -> None:
    said = to_markdown(Document("Title", [Paragraph(text)]))
    html = MarkdownIt("commonmark").enable("table").render(said)
    words = [each.tag for each in html5lib.parseFragment(html).iter()][1:]
    assert set(words) <= {f"{XHTML}h1", f"{XHTML}p"}


def test_headings_skip_no_level() -> None:
    blocks = [Heading(3, "a"), Heading(3, "b"), Heading(2, "c"), Heading(5, "d"), Heading(0, "e")]
    assert [each.level for each in outlined(blocks) if isinstance(each, Heading)] == [1, 2, 2, 3, 1]


def test_what_cannot_be_written_is_told() -> None:
    with pytest.raises(Invalid, match="Row 2 of the table 'Seats' has 1 cells, its header has 2"):
        Table("Seats", [Column("a"), Column("b")], [["1", "2"], ["1"]])
    with pytest.raises(Invalid, match="needs words that stand in for it"):
        Picture("<svg/>", " ")
    with pytest.raises(Invalid, match="needs a title"):
        Document("  ", [])
    with pytest.raises(Invalid, match="'english' is not a language tag"):
        Document("Title", [], language="english")


def test_control_characters_are_dropped() -> None:
    assert plain([Run("a\x00b"), Run("\x07"), Run("\ud800c")]) == "abc"
