"""What the columns of a chronology mean, whatever an agency calls them.

Up to five columns order a row (date, time, end date, end time, sequence); the source of
information is the one that every row must fill (CHRON-FIELDS). Facts stand apart from comment.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

Value = str | int | float | bool | date | datetime | time | timedelta | None


class Grid(Protocol):
    """A table of a file as it is read: cells by row, and the address of each."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def rows(self) -> Sequence[Sequence[Value]]: ...
    @property
    def merged(self) -> Sequence[str]: ...
    @property
    def formulas(self) -> Sequence[str]: ...
    @property
    def hidden(self) -> bool: ...
    @property
    def lines(self) -> Sequence[int]: ...
    @property
    def nought(self) -> date: ...
    @property
    def struck(self) -> Collection[int]: ...
    @property
    def shown(self) -> Mapping[tuple[int, int], str]: ...
    def place(self, row: int, column: int | None = None) -> str: ...


class Means(StrEnum):
    """What a column holds; the value is its title in what we write."""

    DATE = "Date"
    TIME = "Time"
    END_DATE = "End date"
    END_TIME = "End time"
    SEQUENCE = "Sequence"
    AGENCY = "Agency"
    PERSON = "Person concerned"
    EVENT = "Event"
    PRESENT = "Who was present"
    ACTION = "Action"
    COMMENT = "Comment"
    SIGNIFICANCE = "Significance"
    SOURCE = "Source of information"
    REFERENCE = "Reference"
    BORN = "Date of birth"


ORDERING = (Means.DATE, Means.TIME, Means.END_DATE, Means.END_TIME, Means.SEQUENCE)
OF_EVENT = frozenset({Means.DATE, Means.EVENT, Means.SOURCE})
"""A table without any of these is no chronology."""

_NAMES: dict[Means, str] = {
    Means.DATE: "date|date of event|date of contact|event date|when|start date|date from"
    "|date of incident|incident date|date of occurrence|date occurred|date of visit|contact date",
    Means.TIME: "time|time of event|start time|time from|event time|time 24 hour",
    Means.END_DATE: "end date|date to|date ended|to date|date end|date finished|finish date",
    Means.END_TIME: "end time|time to|time ended|to time|time end",
    Means.SEQUENCE: "sequence|seq|order|order in day|order within day|sequence number",
    Means.AGENCY: "agency|organisation|service|agency name|name of agency|organization",
    Means.PERSON: "person concerned|person|family member concerned|family member|child|subject"
    "|who it concerns|child or adult|person involved",
    Means.EVENT: "event|event or contact|details of event|description|what happened|what|contact"
    "|incident|details|information|significant event|event details|facts|entry",
    Means.PRESENT: "who was present|who present|present|those present|attendees|persons present",
    Means.ACTION: "action|action taken|actions|decision|action or decision taken|response"
    "|outcome|action or decision|decision or action|actions taken",
    Means.COMMENT: "comment|comments|analysis|comment or analysis|author comment|reviewer comment"
    "|comment and analysis|notes",
    Means.SIGNIFICANCE: "significance|significant|key practice episode|key episode|kpe"
    "|significance of event",
    Means.SOURCE: "source of information|source|information source|source of info"
    "|source of evidence|evidence source|record source|where recorded|recorded in",
    Means.REFERENCE: "reference|record reference|ref|record number|case reference|record id",
    Means.BORN: "date of birth|dob|born|child date of birth|birth date",
}
_EXACT = {name: means for means, names in _NAMES.items() for name in names.split("|")}
_OF_A_CHILD = r"\b(seen|voice|wish|wishes|feelings?|views?|age|impact|experience|lived|risk|plan)\b"
"""Words with which a title asks something of a child, and not who it is."""
_LIKE: tuple[tuple[re.Pattern[str], Means], ...] = tuple(
    (re.compile(form), means)
    for form, means in (
        (r"\bbirth|\bdob\b", Means.BORN),
        (r"\b(end|to|finish)\b.*\bdate\b|\bdate\b.*\b(end|ended|to)\b", Means.END_DATE),
        (r"\b(end|to|finish)\b.*\btime\b|\btime\b.*\b(end|ended|to)\b", Means.END_TIME),
        (r"\bsource\b", Means.SOURCE),
        (r"\bdate\b", Means.DATE),
        (r"\btime\b", Means.TIME),
        (r"\b(sequence|order)\b", Means.SEQUENCE),
        (r"\b(present|attend)", Means.PRESENT),
        (r"\b(action|decision|response)", Means.ACTION),
        (r"\b(comment|analysis|opinion)", Means.COMMENT),
        (r"\b(significan|key practice)", Means.SIGNIFICANCE),
        (r"\b(agency|organisation)\b", Means.AGENCY),
        (r"\b(event|contact|happened|incident|description|narrative)", Means.EVENT),
        (rf"^(?!.*{_OF_A_CHILD}).*\b(person|child|subject|family member)\b", Means.PERSON),
        (r"\b(reference|record number)\b", Means.REFERENCE),
    )
)
_LONGEST_TITLE = 45
_SPAN = {"from": Means.DATE, "to": Means.END_DATE, "until": Means.END_DATE}
"""Titles that name a day only where no other column does: a letter too is from somebody to
somebody."""
_KNOWN = {**_EXACT, **_SPAN}
_SEARCHED = 25
"""How many rows of a table may stand above its header."""


@lru_cache(maxsize=1024)
def _bare(title: str) -> str:
    plain = re.sub(r"\([^)]*\)|['\u2019]s\b", " ", title.lower())
    return " ".join(re.sub(r"[^a-z0-9 ]", " ", plain.replace("&", " and ")).split())


def title_of(value: Value) -> str:
    return " ".join(str(value).split()) if isinstance(value, str) else ""


def meanings(titles: Sequence[str]) -> dict[Means, int]:
    """Which column holds what. A name that is known wins over one that is like it."""
    found: dict[Means, int] = {}
    short = [_bare(title) if len(title) <= _LONGEST_TITLE else "" for title in titles]
    for at, title in enumerate(short):
        if (means := _EXACT.get(title)) and means not in found:
            found[means] = at
    for at, title in enumerate(short):
        if title and at not in found.values():
            likely = (means for form, means in _LIKE if form.search(title))
            if (means := next(likely, None)) and means not in found:
                found[means] = at
    if Means.DATE not in found or "from" not in short:
        for at, title in enumerate(short):
            if (means := _SPAN.get(title)) and means not in found:
                found[means] = at
    return found


def _weight(titles: Sequence[str]) -> int:
    """How much a row looks like a header: known names count twice, nothing but titles counts."""
    found = meanings(titles)
    if not OF_EVENT & set(found):
        return 0
    return sum(2 if _bare(titles[at]) in _KNOWN else 1 for at in found.values())


def header_of(grid: Grid) -> int | None:
    """The first row that looks like a header; None where none does. A fuller one beneath it
    begins a table of its own."""
    for number, row in enumerate(grid.rows[:_SEARCHED]):
        if _weight([title_of(value) for value in row]) > _LEAST:
            return number
    return None


_LEAST = 3
"""A header weighs more than this."""


def begins_anew(row: Sequence[Value]) -> bool:
    """Whether a row beneath a header is surely the header of another table: it holds nothing but
    titles, and names the date and another column as they are known."""
    titles = [title_of(value) for value in row]
    if any(value is not None and not title for value, title in zip(row, titles, strict=True)):
        return False
    known = {_EXACT[bare] for title in titles if (bare := _bare(title)) in _EXACT}
    return Means.DATE in known and len(known) > 1 and _weight(titles) > _LEAST


def spans(merged: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Top, left, bottom and right of each merged area, counted from nought."""
    for area in merged:
        if found := re.fullmatch(r"([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)", area):
            yield int(found[2]) - 1, _number(found[1]), int(found[4]) - 1, _number(found[3])


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def titles_of(grid: Grid, header: int) -> list[str]:
    """The titles beneath which the values stand.

    A title merged over two columns names both: "Date and time" is a date and a time; one merged
    over two rows stands in the lower too. A column that has values and no title is named by its
    place, so that its words are kept.
    """
    titles = [title_of(value) for value in grid.rows[header]]
    for top, left, bottom, right in spans(grid.merged):
        if top < header <= bottom and left == right and not titles[left]:
            titles[left] = title_of(grid.rows[top][left])
    for top, left, bottom, right in spans(grid.merged):
        if top <= header <= bottom and right > left and titles[left]:
            both = re.fullmatch(r"date (and |or )?time", _bare(titles[left]))
            for at in range(left + 1, min(right + 1, len(titles))):
                if not titles[at]:
                    titles[at] = "Time" if both and at == left + 1 else f"{titles[left]} ({at})"
    return titles


def front_of(rows: Sequence[Sequence[Value]]) -> Mapping[Means, str]:
    """What stands above a table about all of it: "Agency: Poplars Surgery", or label and value."""
    told: dict[Means, str] = {}
    for row in rows:
        cells = [title_of(value) or str(value) for value in row if value is not None]
        for at, cell in enumerate(cells):
            label, colon, rest = cell.partition(":")
            means = _EXACT.get(_bare(label)) or _FRONT.get(_bare(label))
            value = rest.strip() if colon and rest.strip() else "".join(cells[at + 1 : at + 2])
            if means is Means.PERSON and (found := _AND_BORN.fullmatch(value)):
                value = found["name"]
                told.setdefault(Means.BORN, found["born"])
            if means in (Means.AGENCY, Means.PERSON, Means.BORN) and value:
                told.setdefault(means, value)
    return told


_AND_BORN = re.compile(
    r"(?P<name>.*\w)[\s,;(-]+(?:d\.?o\.?b\.?|date of birth|born)[\s:]*(?P<born>[^)]*[0-9][^)]*)\)?",
    re.IGNORECASE,
)
"""A name with the date of birth behind it in one cell."""


_FRONT = {
    "name of child": Means.PERSON,
    "child name": Means.PERSON,
    "name of organisation": Means.AGENCY,
    "completed by agency": Means.AGENCY,
}
_ABOUT = {
    *("author", "completed by", "date completed", "period", "review", "version", "name", "role"),
    *("period covered", "date", "title", "scope", "signed off by", "date of sign off"),
}


def is_front(row: Sequence[Value]) -> bool:
    """Whether a row of a table without header only labels the file, as a front sheet does."""
    cells = [title_of(value) or str(value) for value in row if value is not None]
    if not cells or len(cells) > 2:
        return False
    label = _bare(cells[0].partition(":")[0])
    return label in _ABOUT or label in _FRONT or _EXACT.get(label) in _WHOLE


_WHOLE = {Means.AGENCY, Means.PERSON, Means.BORN}
