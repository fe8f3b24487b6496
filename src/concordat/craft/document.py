"""One structure that every format writes: HTML, Markdown, PDF and Word.

A document is a title and a sequence of blocks. Text is a string or a sequence of runs.
Pictures are SVG text made by `svg`, always with words that stand in for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Literal

from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count

Align = Literal["left", "right", "centre"]
Tone = Literal["plain", "late", "soon", "done", "held"]

_SAFE_LINK = re.compile(r"(https?://|mailto:|tel:)[^\s<>\"]+\Z", re.IGNORECASE)
_BEYOND = "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
)
_CONTROL = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_BEYOND}]")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one voice. A link that is not web, mail or telephone stays text."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""

    def __post_init__(self) -> None:
        if self.link and not _SAFE_LINK.match(self.link):
            object.__setattr__(self, "link", "")


Text = str | Sequence[Run]


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 is a chapter; the document's title stands above it."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: Text


@dataclass(frozen=True, slots=True)
class Bullets:
    items: Sequence[Text]


@dataclass(frozen=True, slots=True)
class Numbered:
    items: Sequence[Text]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """`share` is the column's part of the width beside the others' shares."""

    title: str
    align: Align = "left"
    share: float = 1


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` is the header row, repeated on every page. Every row has as many cells."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Text]]

    def __post_init__(self) -> None:
        if not self.columns:
            raise Invalid(f"The table '{self.caption}' has no columns.")
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise Invalid(
                    f"Row {number} of the table '{self.caption}' has {len(row)} cells, "
                    f"its header has {len(self.columns)}."
                )


@dataclass(frozen=True, slots=True)
class Picture:
    """`alt` is what the picture says, for whoever does not see it."""

    svg: str
    alt: str
    caption: str = ""

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise Invalid("A picture needs words that stand in for it.", field="alt")


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value pairs, such as a cover sheet."""

    pairs: Sequence[tuple[str, Text]]


@dataclass(frozen=True, slots=True)
class Note:
    """A passage set apart. The tone colours its edge; `label` says the tone in words."""

    text: Text
    label: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


@dataclass(frozen=True, slots=True)
class Sheets:
    """The pages of another PDF, each on a page of its own. `count` is how many it has.

    In a PDF they are drawn where they stand; other formats name the file and leave it apart.
    """

    pdf: bytes
    name: str
    count: int

    def __post_init__(self) -> None:
        if self.count < 1:
            raise Invalid(f"'{self.name}' has no pages.")

    @property
    def in_words(self) -> str:
        return f"{self.name} is a file of its own, {count(self.count, 'page')}."


Block = (
    Heading | Paragraph | Bullets | Numbered | Table | Picture | Facts | Note | PageBreak | Sheets
)


@dataclass(frozen=True, slots=True)
class Document:
    """`mark` is printed at the head of every page (a protective marking, "Invented"),
    `footer` at the foot. `language` is a tag such as "en-GB". Pages are numbered from `first`
    with `prefix` before each number; with a prefix no total is told, since it may grow."""

    title: str
    blocks: Sequence[Block]
    language: str = "en-GB"
    author: str = ""
    mark: str = ""
    footer: str = ""
    page: Literal["portrait", "landscape"] = "portrait"
    first: int = 1
    prefix: str = ""

    def __post_init__(self) -> None:
        if not clean(self.title).strip():
            raise Invalid("A document needs a title.", field="title")
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", self.language):
            raise Invalid(
                f"'{self.language}' is not a language tag.",
                field="language",
                mend="Give one such as en-GB.",
            )


def clean(text: str) -> str:
    """Without the control characters and half characters that no format can hold."""
    return _CONTROL.sub("", text)


def runs(text: Text) -> tuple[Run, ...]:
    """The same shape for plain text and for runs; empty runs are dropped."""
    parts = (Run(text),) if isinstance(text, str) else tuple(text)
    return tuple(replace(part, text=clean(part.text)) for part in parts if clean(part.text))


def plain(text: Text) -> str:
    return "".join(run.text for run in runs(text))


def outlined(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with no heading empty and no level skipped: screen readers need an outline."""
    last = 0
    for block in blocks:
        if not isinstance(block, Heading):
            yield block
        elif text := " ".join(clean(block.text).split()):
            last = max(1, min(block.level, last + 1, 5))
            yield Heading(last, text)


def to_html(document: Document) -> str:
    """An `article` element with the title as its h1; every text escaped, no styles."""
    parts = [f"<h1>{escape(clean(document.title))}</h1>"]
    if document.mark:
        parts.insert(0, f'<p class="document-mark">{escape(clean(document.mark))}</p>')
    parts.append(fragment([*outlined(document.blocks)]))
    if document.footer:
        parts.append(f"<footer><p>{escape(clean(document.footer))}</p></footer>")
    body = "\n".join(part for part in parts if part)
    return f'<article class="document" lang="{escape(document.language)}">\n{body}\n</article>\n'


_PAGE_STYLE = """body{max-width:46rem;margin:2rem auto;padding:0 1rem;
font:1.06rem/1.5 Arial,sans-serif;color:#1b2a33}
table{border-collapse:collapse;width:100%;margin:1rem 0}caption{text-align:left;
font-weight:700;padding:.3rem 0}th,td{border-top:1px solid #d5dce0;padding:.35rem .5rem;
text-align:left;vertical-align:top}dt{font-weight:700}dd{margin:0 0 .4rem}svg{max-width:100%;
height:auto}.note{border-left:4px solid #12436d;padding:.1rem 1rem;background:#f4f6f7}
.document-mark{font-weight:700}footer{margin-top:2rem;border-top:1px solid #d5dce0}"""


def to_page(document: Document) -> str:
    """A whole page of HTML that stands by itself: the accessible original of a document."""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(document.language)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(clean(document.title))}</title>\n<style>{_PAGE_STYLE}</style>\n"
        f"</head>\n<body>\n<main>\n{to_html(document)}</main>\n</body>\n</html>\n"
    )


def fragment(blocks: Sequence[Block]) -> str:
    """Blocks by themselves, every text escaped; a heading of level 1 is an h2."""
    made = (_HTML[type(block)](block) for block in blocks)
    return "\n".join(part for part in made if part)


def _html_run(run: Run) -> str:
    text = escape(run.text).replace("\n", "<br>")
    if run.italic:
        text = f"<em>{text}</em>"
    if run.bold:
        text = f"<strong>{text}</strong>"
    return f'<a href="{escape(run.link)}">{text}</a>' if run.link else text


def _html_text(text: Text) -> str:
    return "".join(_html_run(run) for run in runs(text))


def _html_items(tag: str, items: Sequence[Text], more: str = "") -> str:
    body = "".join(f"<li>{_html_text(item)}</li>" for item in items)
    return f"<{tag}{more}>{body}</{tag}>" if body else ""


def _html_numbered(block: Numbered) -> str:
    more = "" if block.start == 1 else f' start="{block.start}"'
    return _html_items("ol", block.items, more)


def _html_align(column: Column) -> str:
    return "" if column.align == "left" else f' class="align-{column.align}"'


def _html_table(table: Table) -> str:
    classes = [_html_align(column) for column in table.columns]
    head = "".join(
        f'<th scope="col"{name}>{escape(clean(column.title))}</th>'
        for column, name in zip(table.columns, classes, strict=True)
    )
    body = "\n".join(
        "<tr>"
        + "".join(f"<td{n}>{_html_text(c)}</td>" for c, n in zip(row, classes, strict=True))
        + "</tr>"
        for row in table.rows
    )
    caption = f"<caption>{escape(clean(table.caption))}</caption>"
    return f"<table>{caption}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"


def _html_picture(picture: Picture) -> str:
    """The SVG is ours (`svg` escapes it), so it stands inline with its own title."""
    words = picture.caption or picture.alt
    return f"<figure>{picture.svg}<figcaption>{escape(clean(words))}</figcaption></figure>"


def _html_facts(facts: Facts) -> str:
    rows = "".join(
        f"<div><dt>{escape(clean(label))}</dt><dd>{_html_text(value)}</dd></div>"
        for label, value in facts.pairs
    )
    return f"<dl>{rows}</dl>" if rows else ""


def _html_note(note: Note) -> str:
    label = f"<p><strong>{escape(clean(note.label))}</strong></p>" if note.label else ""
    return f'<div class="note note-{note.tone}">{label}<p>{_html_text(note.text)}</p></div>'


_HTML: dict[type[Block], Callable[..., str]] = {
    Heading: lambda b: f"<h{b.level + 1}>{escape(b.text)}</h{b.level + 1}>",
    Paragraph: lambda b: f"<p>{_html_text(b.runs)}</p>",
    Bullets: lambda b: _html_items("ul", b.items),
    Numbered: _html_numbered,
    Table: _html_table,
    Picture: _html_picture,
    Facts: _html_facts,
    Note: _html_note,
    PageBreak: lambda b: "",
    Sheets: lambda b: f"<p>{escape(clean(b.in_words))}</p>",
}


def to_markdown(document: Document) -> str:
    """CommonMark with pipe tables; what an author typed never turns into markup."""
    parts = [f"# {_marked(document.title)}"]
    if document.mark:
        parts.append(f"**{_marked(document.mark)}**")
    parts += [_MARKDOWN[type(block)](block) for block in outlined(document.blocks)]
    if document.footer:
        parts += ["---", _marked(document.footer)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _marked(text: str) -> str:
    """On one line, with every character escaped that could start markup."""
    text = re.sub(r"([\\`*_\[\]<>|#&~])", r"\\\1", " ".join(clean(text).split()))
    return re.sub(r"\A(\d+)([.)])(?=\s|\Z)", r"\1\\\2", re.sub(r"\A([-+=])", r"\\\1", text))


def _markdown_run(run: Run) -> str:
    text = _marked(run.text)
    if text and (run.bold or run.italic):
        mark = "*" * (run.italic + 2 * run.bold)
        text = f"{mark}{text}{mark}"
    if text and run.link:
        text = f"[{text}](<{run.link}>)"
    return " " * run.text[:1].isspace() + text + " " * run.text[-1:].isspace()


def _markdown_text(text: Text) -> str:
    return re.sub(" {2,}", " ", "".join(_markdown_run(run) for run in runs(text))).strip()


def _markdown_table(table: Table) -> str:
    rule = {"left": "---", "right": "--:", "centre": ":-:"}
    lines = [
        [_marked(column.title) for column in table.columns],
        [rule[column.align] for column in table.columns],
        *([_markdown_text(cell) for cell in row] for row in table.rows),
    ]
    body = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"**{_marked(table.caption)}**\n\n{body}"


def _markdown_picture(picture: Picture) -> str:
    caption = f"**{_marked(picture.caption)}** " if picture.caption else ""
    return f"{caption}(Picture: {_marked(picture.alt)})"


def _markdown_note(note: Note) -> str:
    label = f"**{_marked(note.label)}** " if note.label else ""
    return f"> {label}{_markdown_text(note.text)}"


_MARKDOWN: dict[type[Block], Callable[..., str]] = {
    Heading: lambda b: f"{'#' * (b.level + 1)} {_marked(b.text)}",
    Paragraph: lambda b: _markdown_text(b.runs),
    Bullets: lambda b: "\n".join(f"- {_markdown_text(item)}" for item in b.items),
    Numbered: lambda b: "\n".join(
        f"{number}. {_markdown_text(item)}" for number, item in enumerate(b.items, b.start)
    ),
    Table: _markdown_table,
    Picture: _markdown_picture,
    Facts: lambda b: "\n".join(
        f"- **{_marked(label)}**: {_markdown_text(value)}" for label, value in b.pairs
    ),
    Note: _markdown_note,
    PageBreak: lambda b: "",
    Sheets: lambda b: _marked(b.in_words),
}
