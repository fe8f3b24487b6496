"""What loading a file would change. What is absent is told and never removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from concordat.domain.assurance.exchange.rules.fields import Row, Sort, Spec, kind_of
from concordat.domain.assurance.exchange.rules.shape import Chapter, PartnershipFile
from concordat.domain.assurance.exchange.rules.values import told
from concordat.domain.assurance.exchange.rules.write import plain_fields
from concordat.kernel.money import in_pounds


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: a row to be added, a field to be changed, or a row absent from the file."""

    partnership: str
    kind: str
    key: str
    verb: Literal["add", "change", "absent"]
    field: str = ""
    old: str = ""
    new: str = ""
    place: str = ""

    def __str__(self) -> str:
        row = f"{self.partnership} {self.kind} {self.key}"
        if self.verb == "change":
            return f"change {row}: {self.field} from “{self.old}” to “{self.new}”"
        return f"add {row}" if self.verb == "add" else f"absent from the file, kept: {row}"


def difference(old: PartnershipFile, new: PartnershipFile) -> list[Change]:
    """What `new` would do to `old`. A partnership that `new` does not hold is left out."""
    return [
        change
        for chapter in new.chapters
        for change in _chapter(old.chapter(chapter.slug), chapter)
    ]


def _chapter(old: Chapter | None, new: Chapter) -> Iterator[Change]:
    before = _by_name(old) if old else {}
    after = _by_name(new)
    for (kind, key), row in after.items():
        was = before.get((kind, key))
        if was is None:
            yield Change(new.slug, kind, key, "add", place=row.place)
        else:
            yield from _fields(new.slug, was, row)
    for kind, key in before:
        if (kind, key) not in after:
            yield Change(new.slug, kind, key, "absent")


def _by_name(chapter: Chapter) -> dict[tuple[str, str], Row]:
    return {(kind_of(row).name, row.key): row for row in chapter.every()}


def _fields(slug: str, was: Row, row: Row) -> Iterator[Change]:
    kind = kind_of(row)
    before, after = plain_fields(was), plain_fields(row)
    for name, spec in kind.fields.items():
        if before.get(name) != after.get(name):
            old, new = (_shown(spec, getattr(each, spec.attribute)) for each in (was, row))
            yield Change(slug, kind.name, row.key, "change", name, old, new, row.where(name))


def _shown(spec: Spec, value: Any) -> str:
    if value is None:
        return ""
    if spec.sort is Sort.POUNDS:
        return in_pounds(value)
    return "; ".join(map(told, value)) if isinstance(value, tuple) else told(value)
