"""What a partnership file holds once it has been read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast

from concordat.domain.assurance.exchange.rules import (
    kinds_authority,
    kinds_public,
    kinds_running,
    kinds_structure,
    kinds_work,
)
from concordat.domain.assurance.exchange.rules.fields import KINDS, Kind, Row, kind_of
from concordat.domain.assurance.exchange.rules.kinds_structure import Partnership
from concordat.kernel.errors import Fault

VERSION = 1
HEADER = "partnership"
R = TypeVar("R", bound=Row)


def row_kinds() -> dict[str, Kind]:
    """Every kind but the partnership itself, in the order in which kinds are declared."""
    order = (kinds_structure, kinds_public, kinds_authority, kinds_work, kinds_running)
    modules = [module.__name__ for module in order]
    names = sorted(KINDS, key=lambda name: modules.index(KINDS[name].row.__module__))
    return {name: KINDS[name] for name in names if name != HEADER}


def in_order(rows: list[Row]) -> tuple[Row, ...]:
    """By `order` where it is given, then by key: the order of every export."""
    return tuple(sorted(rows, key=lambda row: (row.order is None, row.order or 0, row.key)))


@dataclass(frozen=True)
class Chapter:
    """One partnership and everything that its files say, by kind, in canonical order."""

    partnership: Partnership
    rows: Mapping[str, tuple[Row, ...]]

    @property
    def slug(self) -> str:
        return self.partnership.key

    def of(self, cls: type[R]) -> tuple[R, ...]:
        return cast(tuple[R, ...], self.rows.get(kind_of(cls).name, ()))

    def every(self) -> Iterator[Row]:
        yield self.partnership
        for rows in self.rows.values():
            yield from rows


@dataclass(frozen=True)
class PartnershipFile:
    """Everything that was given at once: one partnership or several, by slug.

    `found` holds what was wrong already while reading; `check.faults` tells the whole.
    """

    chapters: tuple[Chapter, ...]
    found: tuple[Fault, ...] = field(default=(), compare=False)

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(chapter.slug for chapter in self.chapters)

    def chapter(self, slug: str) -> Chapter | None:
        return next((each for each in self.chapters if each.slug == slug), None)
