"""One version of the arrangements put together: facts quoted, narrative filled, told as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from concordat.domain.governance.arrangements.rules.text import quoting
from concordat.domain.governance.arrangements.rules.text.blocks import block, stated
from concordat.domain.governance.arrangements.rules.text.ground import Block, Ground, Plain
from concordat.domain.governance.arrangements.rules.text.quoting import Quote
from concordat.domain.governance.arrangements.rules.text.sections import (
    ALL,
    Section,
    home_of_topic,
)

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Written:
    """What people wrote for a section, with its quotes unfilled."""

    section: str
    text: str
    done: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One section as it reads: what is written, filled, and its blocks of facts."""

    section: Section
    blocks: tuple[Block, ...]
    written: Written | None = None
    filled: str = ""
    quoted: tuple[Quote, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def is_silent(self) -> bool:
        """Nothing is written, and there is no fact to be told or missed."""
        return not self.filled and not self.blocks

    @property
    def refs(self) -> frozenset[str]:
        return frozenset(ref for each in self.blocks for ref in each.refs)


@dataclass(frozen=True, slots=True)
class Assembled:
    """The whole text as at a day."""

    ground: Ground
    version: Plain
    parts: tuple[Part, ...]

    def part(self, key: str) -> Part:
        return next(each for each in self.parts if each.section.key == key)

    def told(self) -> dict[str, Any]:
        """Plain values in a fixed order: what is frozen, compared, shown and set in type."""
        home = self.ground.home
        return {
            "format": FORMAT,
            "partnership": {"key": home["key"], "name": home["name"]},
            "title": self.version["title"],
            "version": self.version["version"],
            "as_at": self.ground.on.isoformat(),
            "regime": self.ground.regime,
            "sections": [_section(each) for each in self.parts if not each.is_silent],
        }


def assemble(ground: Ground, version: Plain, written: Sequence[Written]) -> Assembled:
    """Put the text of one version together. `version` has the row's `key`, `title`, `version`."""
    known = quoting.quotes(ground)
    by_section = {each.section: each for each in written}
    topics: dict[str, list[Plain]] = {}
    for row in ground.of("statements"):
        if row["arrangements__key"] in (None, version["key"]):
            topics.setdefault(home_of_topic(row["topic"]), []).append(row)
    parts = [
        _part(ground, section, by_section.get(section.key), topics.get(section.key, []), known)
        for section in ALL
    ]
    return Assembled(ground, version, tuple(parts))


def _part(
    ground: Ground,
    section: Section,
    written: Written | None,
    statements: list[Plain],
    known: Mapping[str, Quote],
) -> Part:
    blocks = [block(name, ground) for name in section.blocks]
    if said := stated(ground, statements):
        blocks.append(said)
    if written is None or not written.text.strip():
        return Part(section, tuple(blocks), written)
    names = quoting.named_in(written.text)
    return Part(
        section,
        tuple(blocks),
        written,
        quoting.filled(written.text.strip(), known),
        tuple(known[name] for name in names if name in known),
        tuple(name for name in names if name not in known),
    )


def _section(part: Part) -> dict[str, Any]:
    return {
        "key": part.section.key,
        "title": part.section.title,
        "text": part.filled,
        "blocks": [told_block(each) for each in part.blocks],
    }


def told_block(made: Block) -> dict[str, Any]:
    """A block in plain values, as it is frozen, compared, shown and set in type."""
    told: dict[str, Any] = {
        "name": made.name,
        "title": made.title,
        "shape": made.shape.value,
        "columns": list(made.columns),
        "rows": [{"key": row.key, "cells": list(row.cells), "ref": row.ref} for row in made.rows],
        "empty": made.empty,
    }
    if made.nodes:
        told["picture"] = {
            "nodes": [dict(each) for each in made.nodes],
            "edges": [list(each) for each in made.edges],
        }
    return told
