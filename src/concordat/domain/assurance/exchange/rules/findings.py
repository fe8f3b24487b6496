"""What follows from a file itself: questions that it leaves open, told but never refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from concordat.domain.assurance.exchange.rules.fields import Row, Sort, kind_of
from concordat.domain.assurance.exchange.rules.kinds_authority import Delegation
from concordat.domain.assurance.exchange.rules.shape import Chapter, PartnershipFile
from concordat.domain.base.seats.rules import rhythm


@dataclass(frozen=True, slots=True)
class Derived:
    """A finding that nobody wrote down: the row it is about, as kind:key, and where it stands."""

    partnership: str
    subject: str
    finding: str
    source: str = ""
    place: str = ""


def derived(file: PartnershipFile) -> list[Derived]:
    return [
        finding
        for chapter in file.chapters
        for row in chapter.every()
        for finding in _of(chapter, row)
    ]


def _of(chapter: Chapter, row: Row) -> Iterator[Derived]:
    kind = kind_of(row)
    subject = f"{kind.name}:{row.key}"
    for name, spec in kind.fields.items():
        value = getattr(row, spec.attribute)
        if spec.sort is Sort.RHYTHM and value is not None and rhythm.open_question(value):
            told = rhythm.open_question(value)
            yield Derived(chapter.slug, subject, told, row.source, row.where(name))
    if isinstance(row, Delegation) and row.instrument in ("", "not stated", "none on record"):
        told = "No instrument is on record for this delegation."
        yield Derived(chapter.slug, subject, told, row.source, row.where("instrument"))
