"""A report put together as at a day: narrative filled, facts quoted, flaws named, told as JSON.

What is told has the shape in which a text of the arrangements is told, so that whatever sets,
compares or shows the one does so with the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from concordat.domain.assurance.reports.rules import quoting
from concordat.domain.assurance.reports.rules.blocks import block
from concordat.domain.assurance.reports.rules.declared import LEFT_OPEN, Declared, Section
from concordat.domain.assurance.reports.rules.ground import Ground, Plain, sayings
from concordat.domain.assurance.reports.rules.quoting import Quote
from concordat.domain.governance.arrangements.rules.text import Block, Shape, told_block

FORMAT = 1
FLAWS, SAID, BARE = "flaws", "said", "nothing"
NOTHING = "Nothing is on record under this heading."


@dataclass(frozen=True, slots=True)
class Part:
    """One section as it reads that day; in `marked` every quote is between marks."""

    section: Section
    marked: str
    quoted: tuple[Quote, ...]
    blocks: tuple[Block, ...]

    @property
    def filled(self) -> str:
        return quoting.bare(self.marked)

    @property
    def flaws(self) -> int:
        """How much the sources leave open here."""
        return sum(len(each.rows) for each in self.blocks if each.name == FLAWS)

    @property
    def refs(self) -> frozenset[str]:
        return frozenset(ref for each in self.blocks for ref in each.refs)


@dataclass(frozen=True, slots=True)
class Assembled:
    """A whole report as at a day."""

    report: Declared
    ground: Ground
    parts: tuple[Part, ...]

    def part(self, key: str) -> Part:
        return next(each for each in self.parts if each.section.key == key)

    def behind(self, name: str) -> Sequence[tuple[str, Plain]]:
        """The rows behind a row's name or a number, each with its kind, as they stood."""
        if name.startswith(f"{quoting.COUNT}:"):
            return quoting.counted(name, self.ground)
        row = self.ground.row(name)
        return [(name.partition(":")[0], row)] if row else []

    def told(self) -> dict[str, Any]:
        """Plain values in a fixed order."""
        home = self.ground.home
        return {
            "format": FORMAT,
            "partnership": {"key": home["key"], "name": home["name"]},
            "title": self.report.title,
            "version": "",
            "as_at": self.ground.on.isoformat(),
            "regime": "",
            "sections": [_section(each) for each in self.parts],
        }


def assemble(report: Declared, ground: Ground, narrative: Mapping[str, str]) -> Assembled:
    """`narrative` holds what people wrote for each section, as it stood that day.

    A finding or question stands in the first section whose tables tell of its subject, else in the
    first that says something of it or quotes it, and in the last one where none does.
    """
    parts = [_part(report, section, ground, narrative) for section in report.sections]
    at = _places(ground, parts)
    return Assembled(report, ground, tuple(_with_flaws(part, at, ground) for part in parts))


def _part(report: Declared, section: Section, ground: Ground, narrative: Mapping[str, str]) -> Part:
    text, quoted = quoting.filled(narrative.get(section.key, ""), ground, narrative)
    return Part(section, text, tuple(quoted), tuple(_blocks(report, section, ground)))


def _places(ground: Ground, parts: list[Part]) -> dict[str, str]:
    """For each finding and question the key of the section in which it stands."""
    quoted = {each.ref: part.section.key for part in reversed(parts) for each in part.quoted}
    told = quoted | _told_in(parts, Shape.SAYINGS) | _told_in(parts, Shape.TABLE, Shape.FACTS)
    return {
        f"{kind}:{row['key']}": told.get(str(row.get("subject") or ""), LEFT_OPEN.key)
        for kind in _OPEN
        for row in ground.of(kind)
    }


def _told_in(parts: list[Part], *shapes: Shape) -> dict[str, str]:
    """For each row that blocks of these shapes tell of the key of the first such section."""
    return {
        ref: part.section.key
        for part in reversed(parts)
        for made in part.blocks
        if made.shape in shapes
        for ref in made.refs
    }


_OPEN = {"findings": "finding", "questions": "question"}


def _with_flaws(part: Part, at: Mapping[str, str], ground: Ground) -> Part:
    rows = [
        (f"{kind}-{row['key']}", f"{kind}:{row['key']}", _open(kind, row))
        for kind in _OPEN
        for row in ground.of(kind)
        if at[f"{kind}:{row['key']}"] == part.section.key
    ]
    flaws = sayings(FLAWS, "What the sources leave open", rows)
    blocks = (*part.blocks, *((flaws,) if flaws.rows else ()))
    if not (part.filled or blocks):
        blocks = (sayings(BARE, part.section.title, [], empty=NOTHING),)
    return replace(part, blocks=blocks)


def _open(kind: str, row: Plain) -> str:
    words = str(row[_OPEN[kind]])
    if kind == "questions":
        return f"Open question: {words.rstrip('?')}?"
    return _with(words, "Against", row.get("against"))


def _blocks(report: Declared, section: Section, ground: Ground) -> Iterator[Block]:
    said = _statements(report, section, ground)
    if said.rows:
        yield said
    for name in section.blocks:
        made = block(name, ground)
        if made.rows or made.empty:
            yield made


def _statements(report: Declared, section: Section, ground: Ground) -> Block:
    rows = [
        (row["key"], f"statements:{row['key']}", _with(row["says"], "Relies on", row.get("law")))
        for row in ground.of("statements")
        if report.tells(section, row["topic"])
    ]
    return sayings(SAID, "What is said", rows)


def _with(words: str, label: str, more: Any) -> str:
    return f"{words} ({label}: {more})" if more else words


def _section(part: Part) -> dict[str, Any]:
    return {
        "key": part.section.key,
        "title": part.section.title,
        "text": part.filled,
        "blocks": [told_block(each) for each in part.blocks],
    }
