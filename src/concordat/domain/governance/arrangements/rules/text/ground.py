"""What the text stands on: a partnership's rows as known on a day, and blocks of facts in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from concordat.kernel.dates import UncertainDate
from concordat.kernel.labels import join_words

Plain = Mapping[str, Any]
NOT_STATED = "Not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A rule of law that was read, as a text quotes it."""

    id: str
    title: str
    duty: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Everything that blocks and quotes are made of.

    `home` is the partnership's own row, `rows` holds plain rows by kind of the partnership file,
    each with its `key`; `structure` is that of `structure --json` without what is held closely;
    `around` tells of the shared programmes and partnerships that it belongs to, or that belong
    to it. `regime` is the title of the edition of the rules that the text is written for.
    """

    home: Plain
    on: date
    structure: Plain
    rows: Mapping[str, Sequence[Plain]]
    around: Sequence[Plain] = ()
    duties: Sequence[Duty] = ()
    regime: str = ""

    def of(self, kind: str) -> Sequence[Plain]:
        return self.rows.get(kind, ())

    def title(self, ref: str) -> str:
        """What a row is called in the text; its key where it has no row."""
        kind, _, key = ref.partition(":")
        field = TITLES.get(kind, "title")
        found = next((row[field] for row in self.of(kind) if row["key"] == key), "")
        return str(found) or key.replace("-", " ")

    def titles(self, kind: str, keys: Iterable[str]) -> str:
        return join_words(self.title(f"{kind}:{key}") for key in keys)

    @property
    def bodies(self) -> list[Plain]:
        """The partnership's own bodies that have not ended."""
        return [
            each
            for each in self.structure["bodies"]
            if not each["outside"] and each["state"] != "ended"
        ]


TITLES = {
    "agencies": "name",
    "areas": "name",
    "bodies": "name",
    "footprints": "name",
    "people": "name",
    "promises": "promise",
    "relevant_agencies": "name",
    "seats": "role",
    "statements": "says",
}
"""The field that names a row, by kind; the others have a title."""


@dataclass(frozen=True, slots=True)
class FromAbove:
    """A row that a higher package keeps: what it is called and what it says, in words."""

    key: str
    title: str
    says: str = ""
    stated_on: date | None = None


FROM_ABOVE = ("money", "training")
"""Blocks whose rows are told by packages above this one."""


class Shape(StrEnum):
    FACTS = "facts"
    TABLE = "table"
    SAYINGS = "sayings"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of facts. `key` is the same in every version; `ref` is the kind:key it tells of."""

    key: str
    cells: tuple[str, ...]
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Lacks:
    """Something that a block does not know, and of what."""

    ref: str
    told: str


@dataclass(frozen=True, slots=True)
class Block:
    """Facts quoted live. `empty` is said in place of rows where there are none.

    `lacks` names what is missing though there are rows. `nodes` and `edges` draw a picture.
    """

    name: str
    title: str
    shape: Shape
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    empty: str = ""
    lacks: tuple[Lacks, ...] = ()
    nodes: tuple[Plain, ...] = field(default=())
    edges: tuple[tuple[str, str], ...] = field(default=())

    @property
    def is_bare(self) -> bool:
        return not self.rows

    @property
    def refs(self) -> frozenset[str]:
        return frozenset(row.ref for row in self.rows if row.ref)


def said(text: Any) -> str:
    """A cell: what is stated, or that nothing is."""
    told = " ".join(str(text or "").split())
    return told[:1].upper() + told[1:] if told else NOT_STATED


def when(text: str) -> str:
    """A kept date in the words of its own precision."""
    return str(UncertainDate.parse(text)) if text else ""


def span(row: Plain) -> str:
    """The time for which a row holds, in words; nothing if it is open at both ends."""
    start, end = when(row.get("from_text", "")), when(row.get("to_text", ""))
    if start and end:
        return f"{start} to {end}"
    return f"since {start}" if start else f"until {end}" if end else ""


def listed(texts: Iterable[str]) -> str:
    return "; ".join(text for text in texts if text)


def table(
    name: str,
    title: str,
    columns: Sequence[str],
    rows: Iterable[Row],
    *,
    empty: str,
    lacks: Iterable[Lacks] = (),
) -> Block:
    """A table of facts. Columns in which no row says anything are left out."""
    made = list(rows)
    kept = [
        at
        for at in range(len(columns))
        if at == 0 or any(row.cells[at] not in ("", NOT_STATED) for row in made)
    ]
    trimmed = [
        Row(row.key, tuple(row.cells[at] or NOT_STATED for at in kept), row.ref) for row in made
    ]
    return Block(
        name,
        title,
        Shape.TABLE,
        tuple(columns[at] for at in kept),
        tuple(trimmed),
        empty="" if made else empty,
        lacks=tuple(lacks),
    )
