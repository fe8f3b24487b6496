"""What a Word template of a partnership may ask for: a report as plain values by fixed names.

`title`, `partnership` and `as_at` are words; `sections` is the list of sections in their order,
`section` the same by key and `block` every block by name, with `_` in the place of each hyphen.
A section has `title`, `text` (its paragraphs), `said` (what sources say), `open` (what they leave
open), `empty` and `blocks`; a block has `title`, `empty` (what is
said where there is nothing), `columns` and `rows`; a row has `cells`, one for each column.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from concordat.domain.assurance.reports.rules.assembling import BARE, FLAWS, SAID, Assembled, Part
from concordat.domain.assurance.reports.rules.blocks import block, columns_of
from concordat.domain.assurance.reports.rules.declared import Declared
from concordat.domain.governance.arrangements.rules.text import Block
from concordat.kernel.labels import day_in_words

Paragraphs = Callable[[str], list[str]]
"""What people wrote, in Markdown, as plain paragraphs."""


def named(key: str) -> str:
    """A key as a template spells it."""
    return key.replace("-", "_")


def values_of(live: Assembled, paragraphs: Paragraphs) -> dict[str, Any]:
    """A report as at a day as the values of a template; every declared block is there, with all
    of its columns, so that a template that was right once is right on every day."""
    sections = {named(part.section.key): _section(part, paragraphs) for part in live.parts}
    blocks = {
        name: _block(block(name, live.ground), columns_of(name))
        for section in live.report.sections
        for name in section.blocks
    }
    return {
        "title": live.report.title,
        "partnership": str(live.ground.home["name"]),
        "as_at": day_in_words(live.ground.on),
        "sections": list(sections.values()),
        "section": sections,
        "block": blocks,
    }


def _section(part: Part, paragraphs: Paragraphs) -> dict[str, Any]:
    return {
        "title": part.section.title,
        "text": paragraphs(part.filled),
        "said": _lines(part, SAID),
        "open": _lines(part, FLAWS),
        "empty": "".join(each.empty for each in part.blocks if each.name == BARE),
        "blocks": [_block(each, each.columns) for each in part.blocks],
    }


def _lines(part: Part, name: str) -> list[str]:
    return [row.cells[0] for each in part.blocks if each.name == name for row in each.rows]


def _block(made: Block, columns: tuple[str, ...]) -> dict[str, Any]:
    told = [dict(zip(made.columns, row.cells, strict=True)) for row in made.rows]
    wanted = columns or made.columns
    return {
        "title": made.title,
        "empty": made.empty,
        "columns": list(wanted),
        "rows": [{"cells": [row.get(name, "") for name in wanted]} for row in told],
    }


def place_holders(report: Declared) -> Mapping[str, str]:
    """What a template may ask for, with what it gives; the lists are named as they are written."""
    plain = {
        "{{ title }}": "What the report is called",
        "{{ partnership }}": "The name of the partnership",
        "{{ as_at }}": "The day of the report, in words",
    }
    sections = {
        f"section.{named(each.key)}": f"{each.title}: title, text, said, open and empty"
        for each in report.sections
    }
    blocks = {
        f"block.{name}.rows": f"{each.title}: {', '.join(columns_of(name)) or 'fact, stated'}"
        for each in report.sections
        for name in each.blocks
    }
    return plain | sections | blocks
