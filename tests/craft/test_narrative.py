"""What people write in Markdown: blocks of a document, and never their own markup."""

from __future__ import annotations

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.craft import narrative
from concordat.craft.document import (
    Bullets,
    Document,
    Heading,
    Note,
    Numbered,
    Paragraph,
    Table,
    plain,
    to_page,
)

TEXT = """# How we meet

We meet *often* and **always**
in one room.

- Council
  - with its lead
- Health

3. First
4. Second

> Said by a child.

| Who | When |
|---|---|
| All | Monday |
"""


def test_each_kind_of_block_comes_through() -> None:
    heading, paragraph, bullets, numbered, note, table = narrative.read(TEXT, below=2)
    assert heading == Heading(2, "How we meet")
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.runs) == "We meet often and always in one room."
    assert isinstance(bullets, Bullets)
    assert [plain(each) for each in bullets.items] == ["Council\n– with its lead", "Health"]
    assert isinstance(numbered, Numbered)
    assert (numbered.start, len(numbered.items)) == (3, 2)
    assert isinstance(note, Note)
    assert plain(note.text) == "Said by a child."
    assert isinstance(table, Table)
    assert [plain(each) for each in table.rows[0]] == ["All", "Monday"]


@pytest.mark.parametrize(
    "typed",
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
     "![x](http://e.org/p.png)", "<a href='//e.org' onclick=x>y</a>", "&lt;b&gt;"],
)  # fmt: skip
def test_nothing_typed_acts_as_markup(typed: str) -> None:
    made = narrative.to_html(typed)
    tree = html5lib.parseFragment(made, namespaceHTMLElements=False)
    tags = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    assert tags <= {"DOCUMENT_FRAGMENT", "p"}


def test_a_link_to_the_web_stays_and_says_nothing_of_where_it_came_from() -> None:
    made = narrative.to_html("[there](https://example.org/a)")
    assert made == ('<p><a href="https://example.org/a" rel="noopener noreferrer">there</a></p>')


@given(st.text(max_size=300))
def test_any_text_becomes_a_whole_page(text: str) -> None:
    blocks = narrative.read(text)
    page = to_page(Document("Title", blocks))
    html5lib.HTMLParser(strict=True).parse(page)


def test_plain_paragraphs_of_what_is_written() -> None:
    table = "| a | b |\n|---|---|\n| c | d |"
    text = f"# Head\n\nWe **think**\n\n- one\n- two\n\n1. three\n\n> aside\n\n{table}"
    assert narrative.paragraphs(text) == [
        "Head", "We think", "one", "two", "three", "aside", "c; d",
    ]  # fmt: skip
    assert narrative.paragraphs("") == []
