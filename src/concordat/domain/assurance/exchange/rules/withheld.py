"""What a file that leaves the house does not carry.

A partnership file goes by hand and by mail to whoever is to load it. Whoever may take it out need
not be somebody who may open every record, and nobody can say who reads it afterwards. So it never
holds what is kept more closely than its partnership, nor a row that names such a one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from concordat.domain.assurance.exchange.rules.check_links import parted, references
from concordat.domain.assurance.exchange.rules.fields import Row, kind_of
from concordat.domain.assurance.exchange.rules.shape import Chapter, PartnershipFile
from concordat.kernel.labels import count, join_words

Name = tuple[str, str, str]
"""Slug, kind and key of a row."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The part of a file that everybody may read who sits in its partnership, and how many rows
    of each kind are left out, by slug."""

    file: PartnershipFile
    left_out: Mapping[str, Mapping[str, int]]

    def in_words(self) -> str:
        """Empty where nothing is left out."""
        return "\n".join(
            f"{slug}: {count(sum(kinds.values()), 'row')} left out, held more closely than the "
            "partnership or naming what is: "
            f"{join_words([f'{kind} ({number})' for kind, number in kinds.items()])}."
            for slug, kinds in self.left_out.items()
        )


def opened(file: PartnershipFile, closed: Set[Name]) -> Opened:
    """The file without the rows that are closed, those that name one, and those that name these."""
    rows = [(each.slug, row) for each in file.chapters for row in _beneath(each)]
    shut = set(closed)
    while more := {name for name in _naming(rows, shut) if name not in shut}:
        shut |= more
    chapters, left_out = [], {}
    for each in file.chapters:
        kept = {
            kind: tuple(row for row in told if (each.slug, kind, row.key) not in shut)
            for kind, told in each.rows.items()
        }
        gone = {
            kind: len(told) - len(kept[kind])
            for kind, told in each.rows.items()
            if len(told) > len(kept[kind])
        }
        chapters.append(Chapter(each.partnership, kept))
        if gone:
            left_out[each.slug] = gone
    return Opened(PartnershipFile(tuple(chapters), file.found), left_out)


def _beneath(chapter: Chapter) -> Iterator[Row]:
    for rows in chapter.rows.values():
        yield from rows


def _naming(rows: list[tuple[str, Row]], shut: Set[Name]) -> Iterator[Name]:
    for slug, row in rows:
        for spec, told in references(row):
            kind, other, key = parted(spec.kinds[0], told, slug)
            if (other, kind, key) in shut:
                yield slug, kind_of(row).name, row.key
