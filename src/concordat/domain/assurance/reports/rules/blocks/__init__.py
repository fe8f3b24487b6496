"""Blocks of facts by name: tables and lists that are declared, and three of their own shape."""

from __future__ import annotations

from collections.abc import Callable

from concordat.domain.assurance.reports.rules.blocks import asked, learnt
from concordat.domain.assurance.reports.rules.blocks.asked import ASKED
from concordat.domain.assurance.reports.rules.blocks.learnt import LEARNT
from concordat.domain.assurance.reports.rules.blocks.system import SYSTEM
from concordat.domain.assurance.reports.rules.blocks.work import WORK
from concordat.domain.assurance.reports.rules.ground import Ground, Tabled
from concordat.domain.governance.arrangements.rules.text import Block

DECLARED = {**ASKED, **SYSTEM, **WORK, **LEARNT}
OWN: dict[str, Callable[[Ground], Block]] = {
    "asks": asked.asks,
    "cover": asked.cover,
    "evaluation": learnt.evaluation,
}
BLOCKS = frozenset({*DECLARED, *OWN})


def block(name: str, ground: Ground) -> Block:
    """One block. Raises KeyError for a name that is none."""
    return OWN[name](ground) if name in OWN else DECLARED[name].block(name, ground)


def columns_of(name: str) -> tuple[str, ...]:
    """All columns that a table is declared with, also those in which no row says anything that
    day; nothing for a list."""
    found = DECLARED.get(name)
    return tuple(found.cells) if isinstance(found, Tabled) else ()
