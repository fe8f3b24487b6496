"""The text, live or frozen, as a document that every format is written from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from concordat.craft import narrative
from concordat.craft.document import (
    Block,
    Bullets,
    Column,
    Document,
    Facts,
    Heading,
    Note,
    Picture,
    Run,
    Table,
)
from concordat.domain.governance.arrangements.models import Arrangements
from concordat.domain.governance.arrangements.queries.grounding import Plain
from concordat.domain.governance.arrangements.rules import text as rules
from concordat.kernel.actor import Actor
from concordat.kernel.labels import day_in_words

DRAFT = "Draft"
UNTIL_PUBLISHED = "a draft until it is published"
"""What the foot of every edition says. The file that is signed is the file that is published, so
that it bears only words that are true before and after."""
_WIDE = 6


def typeset(
    actor: Actor, told: Mapping[str, Any], *, mark: str = DRAFT, digest: str = ""
) -> Document:
    """What `Assembled.told` gives as a document. `mark` stands at the head of every page.

    Nothing but what was told enters it, so that the same text always gives the same bytes.
    """
    as_at = day_in_words(date.fromisoformat(told["as_at"]))
    foot = [told["title"], f"as at {as_at}", f"digest {digest[:12]}" if digest else ""]
    foot += [UNTIL_PUBLISHED] if digest else []
    return Document(
        title=f"{told['title']}: {told['partnership']['name']}",
        blocks=[block for each in told["sections"] for block in _section(each)],
        author=told["partnership"]["name"],
        mark=mark,
        footer=", ".join(part for part in foot if part),
    )


def mark_of(actor: Actor, arrangements: Arrangements) -> str:
    """What stands at the head of every page of a text that nobody is bound by yet."""
    in_force = (rules.Stage.PUBLISHED, rules.Stage.IN_FORCE, rules.Stage.SUPERSEDED)
    return "" if arrangements.state in in_force else DRAFT


def _section(section: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading(1, section["title"])
    if section["text"]:
        yield from narrative.read(section["text"], below=2)
    for block in section["blocks"]:
        yield from _block(block)


def _block(block: Mapping[str, Any]) -> Iterator[Block]:
    if block["empty"]:
        yield Note(block["empty"], label=block["title"])
        return
    if picture := block.get("picture"):
        yield _picture(block["title"], picture)
    match block["shape"]:
        case rules.Shape.FACTS.value:
            yield Heading(2, block["title"])
            yield Facts([(row["cells"][0], row["cells"][1]) for row in block["rows"]])
        case rules.Shape.SAYINGS.value:
            yield Heading(2, block["title"])
            yield Bullets([_saying(row) for row in block["rows"]])
        case _:
            yield from _table(block)


def _saying(row: Plain) -> tuple[Run, ...]:
    says, law = row["cells"]
    return (Run(says), Run(f" (Relies on: {law})", italic=True)) if law else (Run(says),)


def _table(block: Mapping[str, Any]) -> Iterator[Block]:
    """A table; one with more columns than a page holds is told as a list of facts for each row."""
    columns, rows = block["columns"], block["rows"]
    if len(columns) < _WIDE:
        made = [Column(each, share=_share(rows, at)) for at, each in enumerate(columns)]
        yield Table(block["title"], made, [row["cells"] for row in rows])
        return
    yield Heading(2, block["title"])
    for row in rows:
        yield Heading(3, row["cells"][0])
        yield Facts([(name, cell) for name, cell in _stated(columns, row)])


def _stated(columns: list[str], row: Plain) -> Iterator[tuple[str, str]]:
    """The cells of a row after its first that say something."""
    pairs = zip(columns[1:], row["cells"][1:], strict=True)
    return (pair for pair in pairs if pair[1] != rules.NOT_STATED)


def _share(rows: list[Plain], at: int) -> float:
    """More room for a column that says more, within bounds."""
    longest = max((len(row["cells"][at]) for row in rows), default=1)
    return min(3.0, max(1.0, longest / 40))


def _picture(title: str, picture: Mapping[str, Any]) -> Picture:
    from concordat.craft.org_chart import Node, org_chart

    nodes = [Node(**each) for each in picture["nodes"]]
    edges = [(one, other) for one, other in picture["edges"]]
    names = {node.key: node.label for node in nodes}
    told = [f"{node.label} ({node.state})" for node in nodes]
    lines = [f"{names[child]} answers to {names[parent]}" for parent, child in edges]
    alt = f"Chart of {'; '.join(told)}. {'; '.join(lines)}."
    svg = org_chart(nodes, edges, title=title, desc=alt)
    return Picture(svg, alt, caption=f"{title} and who answers to whom")
