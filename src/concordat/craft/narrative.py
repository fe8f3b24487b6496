"""What people write in Markdown, as blocks of a document: paragraphs, lists, headings, quotations.

No markup of the writer's own gets through: HTML is text, pictures are their words, and a link
leads to the web, to mail or to a telephone, or stays text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from concordat.craft.document import (
    Block,
    Bullets,
    Column,
    Heading,
    Note,
    Numbered,
    Paragraph,
    Run,
    Table,
    fragment,
    plain,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

TAGS = {
    "p", "ul", "ol", "li", "strong", "em", "a", "br", "div", "h2", "h3", "h4", "h5", "h6",
    "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")


def read(text: str, *, below: int = 2) -> list[Block]:
    """The blocks of a Markdown text; its own headings stand at or beneath the level `below`."""
    return list(_Reading(_reader().parse(text), below).blocks())


def paragraphs(text: str) -> list[str]:
    """The same as plain paragraphs; an entry of a list is one, and a row of a table."""
    return [told for each in read(text) for told in _plain(each)]


def _plain(made: Block) -> Iterator[str]:
    match made:
        case Heading():
            yield made.text
        case Paragraph():
            yield plain(made.runs)
        case Bullets() | Numbered():
            yield from (plain(each) for each in made.items)
        case Note():
            yield plain(made.text)
        case Table():
            yield from ("; ".join(plain(cell) for cell in row) for row in made.rows)


def to_html(text: str, *, below: int = 2) -> str:
    """The same as a fragment of HTML, escaped by its making and cleaned once more."""
    import nh3

    made = fragment(read(text, below=below))
    return nh3.clean(
        made,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}, "div": {"class"}, "th": {"scope"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )


@dataclass(slots=True)
class _Reading:
    tokens: list[Token]
    below: int
    at: int = field(default=0)

    def blocks(self) -> Iterator[Block]:
        while self.at < len(self.tokens):
            yield from self._block()

    def _next(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def _block(self) -> Iterator[Block]:
        token = self._next()
        match token.type:
            case "heading_open":
                words = "".join(run.text for run in self._inline())
                yield Heading(min(5, self.below + int(token.tag[1]) - 1), words)
            case "paragraph_open":
                if runs := self._inline():
                    yield Paragraph(runs)
            case "bullet_list_open":
                yield Bullets(self._items("bullet_list_close"))
            case "ordered_list_open":
                start = int(token.attrGet("start") or 1)
                yield Numbered(self._items("ordered_list_close"), start)
            case "blockquote_open":
                yield Note(self._flat("blockquote_close"))
            case "table_open":
                yield self._table()
            case "fence" | "code_block":
                yield Paragraph((Run(token.content.rstrip("\n")),))

    def _inline(self) -> tuple[Run, ...]:
        """The runs of the inline token that comes next, and past its closing token."""
        token = self._next()
        self.at += 1
        return tuple(_runs(token.children or []))

    def _items(self, end: str) -> list[tuple[Run, ...]]:
        """Items of a list; a list within an item goes on in the item, after a dash."""
        items: list[tuple[Run, ...]] = []
        while (token := self._next()).type != end:
            if token.type == "list_item_open":
                items.append(self._flat("list_item_close"))
        return items

    def _flat(self, end: str) -> tuple[Run, ...]:
        """All the text until `end` in one stretch, its paragraphs on lines of their own."""
        runs: list[Run] = []
        depth, begin = 0, end.replace("_close", "_open")
        while True:
            token = self._next()
            if token.type == begin:
                depth += 1
                continue
            if token.type == end:
                if not depth:
                    return tuple(runs)
                depth -= 1
            elif token.type == "inline" or token.content:
                inner = _runs(token.children) if token.children else [Run(token.content)]
                runs += [Run("\n– " if depth else "\n")] if runs else []
                runs += inner

    def _table(self) -> Table:
        rows: list[list[tuple[Run, ...]]] = []
        while (token := self._next()).type != "table_close":
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(tuple(_runs(token.children or [])))
        head, *rest = rows
        titles = ["".join(run.text for run in cell) or "—" for cell in head]
        return Table(" and ".join(titles[:2]), [Column(each) for each in titles], rest)


def _runs(tokens: list[Token]) -> Iterator[Run]:
    bold = italic = 0
    link = ""
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "link_open":
                link = str(token.attrGet("href") or "")
            case "link_close":
                link = ""
            case "softbreak":
                yield Run(" ", bool(bold), bool(italic), link)
            case "hardbreak":
                yield Run("\n", bool(bold), bool(italic), link)
            case _ if token.content:
                yield Run(token.content, bool(bold), bool(italic), link)
