"""What a report stands on: rows of one partnership as known on a day, and how they are told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from concordat.domain.base.seats.rules.rhythm import words_of
from concordat.domain.governance.arrangements.rules.structure import settled
from concordat.domain.governance.arrangements.rules.text import Block, Row, Shape
from concordat.domain.governance.arrangements.rules.text.ground import table
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import join_words
from concordat.kernel.money import in_pounds

Plain = Mapping[str, Any]

TITLES = {
    "cycle_findings": "says",
    "cycle_members": "who",
    "cycle_works": "what",
    "consultations": "about",
    "delegations": "instrument",
    "evaluation_parts": "says",
    "findings": "finding",
    "gates": "question",
    "learning_cycles": "theme",
    "lessons": "says",
    "links": "owed",
    "promises": "promise",
    "questions": "question",
    "replans": "after",
    "reviewing": "says",
    "scrutiny": "says",
    "seats": "role",
    "statements": "says",
}
"""The field that names a row, by kind; the others have a title or a name."""

MONEY = frozenset({"amount", "average", "lowest", "highest", "limit"})
DATES = frozenset(
    [
        "agreed_on",
        "answered_on",
        "as_at",
        "at",
        "bid_on",
        "awarded_on",
        "check_on",
        "checked_on",
        "date",
        "dated",
        "done_on",
        "due",
        "earliest",
        "first_due",
        "from",
        "latest",
        "publish_by",
        "published_on",
        "reported_on",
        "review_on",
        "sent_on",
        "settled_on",
        "since",
        "stated_on",
        "to",
        "until",
    ]
)
KIND_OF = {
    "accountable": "posts",
    "agencies": "agencies",
    "agency": "agencies",
    "answers": "lessons",
    "area": "areas",
    "areas": "areas",
    "arrangements": "arrangements",
    "audiences": "audiences",
    "board": "bodies",
    "checked_in": "learning_cycles",
    "cycle": "learning_cycles",
    "bodies": "bodies",
    "body": "bodies",
    "by": "agencies",
    "lead": "posts",
    "decision": "decisions",
    "delegate": "posts",
    "depends_on": "milestones",
    "evaluation": "evaluations",
    "host": "agencies",
    "matters": "matters",
    "paper": "papers",
    "parents": "bodies",
    "post": "posts",
    "presented_by": "posts",
    "priority": "priorities",
    "programme": "programmes",
    "register": "registers",
    "rests_on": "learning_cycles",
    "role": "roles",
    "seat": "seats",
    "steered_by": "bodies",
}
"""Fields that hold keys of another kind."""
OF_ITS_KIND = frozenset({"follows", "inherits", "part_of", "successor", "supersedes", "under"})
"""Fields that hold the key of another row of the same kind."""
UNSAID = ("", "not stated", None)
RHYTHM = "rhythm"
REF = re.compile(r"[a-z_]+:[a-z0-9_-]+(?:/[a-z0-9_-]+)?")
"""What names a row: its kind and key, of another partnership with its slug between."""


@dataclass(frozen=True, slots=True)
class GoingOut:
    """The paper as which a report is about to go out: what its cover says, and before whom."""

    paper: Plain
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The rows that a report is made of.

    `home` is the partnership's own row; `rows` holds plain rows by kind of the partnership file,
    each with its `key` and the names of fields that the file uses, money in pence. `names` holds
    titles of rows of other partnerships, as kind:slug/key. `report` is the name of the report
    that is made; its text tells of the paper that is going out, or of the one that last did.
    """

    home: Plain
    on: date
    rows: Mapping[str, Sequence[Plain]]
    names: Mapping[str, str] = field(default_factory=dict)
    report: str = ""
    going_out: GoingOut | None = None

    def of(self, kind: str) -> Sequence[Plain]:
        return self.rows.get(kind, ())

    def row(self, ref: str) -> Plain | None:
        kind, _, key = ref.partition(":")
        return next((each for each in self.of(kind) if each["key"] == key), None)

    def title(self, ref: str) -> str:
        """What a row is called; its key in words where it is not known."""
        kind, _, key = ref.partition(":")
        if kind == "partnership":
            return str(self.home["name"])
        found = self.row(ref)
        told = title_of(kind, found) if found else self.names.get(ref, "")
        return told or key.rpartition("/")[2].replace("-", " ")

    def titles(self, kind: str, keys: Iterable[str]) -> str:
        return join_words(self.title(f"{kind}:{key}") for key in keys)

    def linked(self, row: Plain, name: str) -> str:
        """The title of the row that a field points to; nothing where it points to none."""
        key = row.get(name)
        return self.title(f"{KIND_OF[name]}:{key}") if key else ""

    def where(self, kind: str, /, **fields: object) -> list[Plain]:
        """The rows of a kind whose fields say these things."""
        return [
            row
            for row in self.of(kind)
            if all(row.get(name) == value for name, value in fields.items())
        ]


def title_of(kind: str, row: Plain) -> str:
    named = row.get(TITLES.get(kind, "title")) or row.get("name") or row.get("title")
    return " ".join(str(named or "").split())


def of_row(ground: Ground, name: str, value: Any, kind: str = "") -> str:
    """What one field of a row says, in words; nothing where it says nothing. `kind` is that of
    the row, where it is known."""
    if value in UNSAID or value in ([], (), {}):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in MONEY:
        return in_pounds(int(value))
    if isinstance(value, Mapping):
        return _rhythm(value) if name == RHYTHM else _parts(value)
    if name in DATES:
        return when(str(value))
    if isinstance(value, list | tuple):
        *others, last = (_one(ground, name, each, kind) for each in value)
        return "; ".join([*(each.rstrip(".") for each in others), last])
    return _one(ground, name, value, kind)


def _rhythm(value: Plain) -> str:
    rhythm, question = settled(words_of(value))
    return f"not settled (“{rhythm}”)" if question else rhythm


def _parts(value: Plain) -> str:
    """What has parts, each under its own name; parts that say nothing are left out."""
    return "; ".join(
        f"{name.replace('_', ' ')}: {' '.join(str(part).split()).rstrip('.')}"
        for name, part in value.items()
        if part not in UNSAID and part not in ([], (), {})
    )


def _one(ground: Ground, name: str, value: Any, kind: str = "") -> str:
    told = " ".join(str(value).split())
    named = kind if name in OF_ITS_KIND else KIND_OF.get(name, "")
    if named:
        ref = told if ":" in told else f"{named}:{told}"
        return ground.title(ref) if REF.fullmatch(ref) else told
    return ground.title(told) if REF.fullmatch(told) and told.split(":")[0] in ground.rows else told


def when(text: Any) -> str:
    """A stated date in the words of its own precision."""
    if not text:
        return ""
    try:
        return str(UncertainDate.parse(str(text)))
    except Invalid:
        return str(text)


def span(start: Any, end: Any) -> str:
    one, other = when(start), when(end)
    return f"{one} to {other}" if one and other else one or (f"until {other}" if other else "")


def said(text: Any) -> str:
    told = " ".join(str(text or "").split())
    return "" if told in UNSAID else told[:1].upper() + told[1:]


def sentence(*parts: Any) -> str:
    """Parts that say something, parted by semicolons, the first with a capital letter."""
    return said("; ".join(str(part).rstrip(".") for part in parts if part not in UNSAID))


def sayings(
    name: str, title: str, rows: Iterable[tuple[str, str, str]], *, empty: str = ""
) -> Block:
    """A list of things said: (key, ref, words) of each."""
    made = tuple(Row(key, (words, ""), ref) for key, ref, words in rows)
    told = "" if made else empty
    return Block(name, title, Shape.SAYINGS, ("Said", "Relies on"), made, empty=told)


Cell = str | Callable[[Ground, Plain], Any]
"""What stands in a cell: the name of a field, or how it is told of a row."""
Rows = Callable[[Ground], Sequence[Plain]]


@dataclass(frozen=True, slots=True)
class Tabled:
    """A table of one kind of row, declared: its columns with what stands in their cells.

    `rows` gives the rows where they are not simply all of the kind.
    """

    title: str
    kind: str
    cells: Mapping[str, Cell]
    empty: str
    rows: Rows | None = None

    def block(self, name: str, ground: Ground) -> Block:
        found = self.rows(ground) if self.rows else ground.of(self.kind)
        made = [
            Row(
                row["key"],
                tuple(_cell(ground, row, cell, self.kind) for cell in self.cells.values()),
                f"{self.kind}:{row['key']}",
            )
            for row in found
        ]
        return table(name, self.title, tuple(self.cells), made, empty=self.empty)


@dataclass(frozen=True, slots=True)
class Said:
    """A list of things said in rows of one kind, declared. With nothing to say in its place it
    is left out where there is none."""

    title: str
    kind: str
    words: Callable[[Ground, Plain], str]
    empty: str = ""
    rows: Rows | None = None

    def block(self, name: str, ground: Ground) -> Block:
        found = self.rows(ground) if self.rows else ground.of(self.kind)
        told = [(row["key"], f"{self.kind}:{row['key']}", self.words(ground, row)) for row in found]
        return sayings(name, self.title, told, empty=self.empty)


def _cell(ground: Ground, row: Plain, cell: Cell, kind: str) -> str:
    if isinstance(cell, str):
        return said(of_row(ground, cell, row.get(cell), kind))
    return said(cell(ground, row))


def among(name: str) -> Callable[[Ground, Plain], str]:
    """The things that a field lists, as words of a sentence."""

    def told(ground: Ground, row: Plain) -> str:
        return join_words(_one(ground, name, each) for each in row.get(name) or ())

    return told


def facts(name: str, title: str, rows: Iterable[tuple[str, str, str]]) -> Block:
    """Label and value pairs: (label, value, ref) of each. What is not said is said to be so."""
    made = tuple(
        Row(label.lower().replace(" ", "-"), (label, value or "Not stated"), ref)
        for label, value, ref in rows
    )
    return Block(name, title, Shape.FACTS, ("Fact", "Stated"), made)
