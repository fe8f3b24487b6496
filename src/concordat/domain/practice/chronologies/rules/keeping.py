"""A chronology as it is kept: its team, its columns, its period, and rows as they were told.

Columns are set for each chronology; the source of information is asked of every row (CHRON-FIELDS).
A row falls outside the period or not, and is kept either way (CHRON-RULES: the window comes from
the terms of reference).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from concordat.domain.practice.chronologies.rules.columns import Means
from concordat.domain.practice.chronologies.rules.dating import clock, moment
from concordat.domain.practice.chronologies.rules.reading import Read, rank_of
from concordat.domain.practice.chronologies.rules.rows import Rejected, Row
from concordat.kernel.dates import Precision, UncertainDate
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import day_in_words
from concordat.kernel.transitions import Move, States
from concordat.kernel.verdict import Verdict, no, yes

LONGEST_TITLE, LONGEST_TEXT, LONGEST_SHORT = 200, 20_000, 300
MOST_ROWS = 100_000


class Part(StrEnum):
    """What somebody of the team does."""

    AUTHOR = "author for an agency"
    REVIEWER = "reviewer"
    MANAGER = "manager"


class Stage(StrEnum):
    OPEN = "open"
    LOCKED = "locked"

    @property
    def label(self) -> str:
        return self.value.capitalize()


STATES = States(
    [
        Move("lock", Stage.OPEN, Stage.LOCKED, note="with the reason; nobody changes a row after"),
        Move("unlock", Stage.LOCKED, Stage.OPEN, note="with the reason"),
    ],
    Stage.OPEN,
)


def is_open(stage: Stage) -> Verdict:
    """Whether rows, and what is said of them, may change now."""
    if stage is Stage.LOCKED:
        return no("The chronology is locked. Its manager can unlock it.")
    return yes()


class MarkKind(StrEnum):
    """What a reader says of a row; the last four name a value besides."""

    SIGNIFICANT = "significant"
    MISSED = "missed chance"
    GOOD = "good practice"
    GAP = "gap"
    CHILD = "child"
    ADULT = "adult"
    THEME = "theme"
    LINE = "line of enquiry"


VALUED = (MarkKind.CHILD, MarkKind.ADULT, MarkKind.THEME, MarkKind.LINE)


@dataclass(frozen=True, slots=True)
class Place:
    """Who somebody is in one chronology: which parts, and the agencies they write for."""

    parts: frozenset[Part] = frozenset()
    agencies: frozenset[int] = frozenset()

    @property
    def manages(self) -> bool:
        return Part.MANAGER in self.parts

    @property
    def reads_all(self) -> bool:
        return self.manages or Part.REVIEWER in self.parts

    def writes(self, contribution: int) -> bool:
        return self.manages or contribution in self.agencies


def may_manage(place: Place) -> Verdict:
    return yes() if place.manages else no("Whoever manages the chronology does this.")


def may_read_all(place: Place) -> Verdict:
    return yes() if place.reads_all else no("The reviewers and the manager do this.")


def may_sign(place: Place, contribution: int) -> Verdict:
    """An agency answers for its rows itself: whoever manages may send them for it, never sign."""
    if contribution in place.agencies:
        return yes()
    return no(
        "The agency’s own authors sign off. Name one of them, or invite somebody of it by link."
    )


def may_write(place: Place, contribution: int) -> Verdict:
    if place.writes(contribution):
        return yes()
    return no("The agency’s own authors do this, or the manager for them.")


def owed_in_words(reference: str, due: date, today: date) -> tuple[str, ...]:
    """What an agency owes, as a letter says it: by reference, never about whom."""
    when = f"was due on {day_in_words(due)}" if due < today else f"is due on {day_in_words(due)}"
    return (
        f"The rows of your agency for the chronology {reference} are asked of you: what your "
        "agency knew and did, from its own records, with the source of each row.",
        f"Your agency’s sign-off {when}. You can send a file or type rows.",
    )


CHOOSABLE = tuple(m for m in Means if m not in (Means.SOURCE, Means.AGENCY, Means.BORN))
USUAL = (Means.DATE, Means.TIME, Means.PERSON, Means.EVENT, Means.ACTION, Means.COMMENT)
"""Columns of a chronology unless it says otherwise; the source of information comes besides."""


def columns_of(chosen: Iterable[str]) -> tuple[Means, ...]:
    """The columns in the order in which they are written; the source is always among them."""
    wanted = set(chosen) | {Means.DATE, Means.EVENT, Means.SOURCE}
    return tuple(each for each in Means if each in wanted)


def missing_of(told: Mapping[str, Any], required: Iterable[str]) -> list[str]:
    """The required columns that a row leaves empty, the source of information among them."""
    wanted = [*required, Means.SOURCE]
    return [each for each in dict.fromkeys(map(str, wanted)) if not told.get(each)]


@dataclass(frozen=True, slots=True)
class Scope:
    """The period that is asked for; both days belong to it."""

    first: date
    last: date

    def note(self, when: UncertainDate) -> str:
        """Why a date is surely outside, or nothing. What may lie within is not called outside."""
        if when.earliest is None or when.latest is None:
            return ""
        if when.latest < self.first:
            return f"Before the period, which begins on {day_in_words(self.first)}."
        if when.earliest > self.last:
            return f"After the period, which ends on {day_in_words(self.last)}."
        return ""


_TEXTS: tuple[tuple[Means, str], ...] = (
    (Means.TIME, "time"),
    (Means.END_TIME, "end_time"),
    (Means.SEQUENCE, "sequence"),
    (Means.PERSON, "person"),
    (Means.EVENT, "event"),
    (Means.PRESENT, "present"),
    (Means.ACTION, "action"),
    (Means.COMMENT, "comment"),
    (Means.SIGNIFICANCE, "significance"),
    (Means.SOURCE, "source"),
    (Means.REFERENCE, "reference"),
)
_DATES: tuple[tuple[Means, str], ...] = (
    (Means.DATE, "date"),
    (Means.END_DATE, "end_date"),
    (Means.BORN, "born"),
)
Told = dict[str, Any]
"""A row as it is kept: the texts by the title of their column, and under "more" its own columns."""


def told_of(row: Row) -> Told:
    """A row as it is kept: what was typed, and nothing that can be worked out again."""
    told: Told = {means.value: getattr(row, name) for means, name in _TEXTS}
    for means, name in _DATES:
        stated: UncertainDate | None = getattr(row, name)
        told[means.value] = stated.text if stated else ""
    kept = {title: text for title, text in told.items() if text}
    if row.more:
        kept["more"] = [list(each) for each in row.more]
    return kept


def row_of(
    told: Told, *, agency: str, file: str, line: int, place: str, arrival: int, year: int
) -> Row:
    """The row again. `year` is the latest that two digits of it can mean."""
    when = moment(told.get(Means.DATE) or None, year=year)
    typed, minute, _ = clock(told.get(Means.TIME) or None)
    if not typed:
        typed, minute = when.clock, when.minute
    end = moment(told[Means.END_DATE], year=year).date if told.get(Means.END_DATE) else None
    end_typed, end_minute, _ = clock(told.get(Means.END_TIME) or None)
    sequence = told.get(Means.SEQUENCE, "")
    texts = {name: told.get(means, "") for means, name in _TEXTS if means not in _CLOCKS}
    return Row(
        file=file, row=line, place=place, arrival=arrival, agency=agency, date=when.date,
        time=typed, minute=minute, end_date=end, end_time=end_typed, end_minute=end_minute,
        rank=rank_of(sequence), born=_born(told.get(Means.BORN), year),
        more=tuple((title, text) for title, text in told.get("more", ())),
        **texts,
    )  # fmt: skip


_CLOCKS = (Means.TIME, Means.END_TIME)


def _born(text: str | None, year: int) -> UncertainDate | None:
    if not text:
        return None
    found = moment(text, year=year).date
    return None if found.precision is Precision.UNKNOWN else found


def typed(told: Mapping[str, str], required: Iterable[str], *, year: int) -> Told:
    """A row that was typed on screen, as it is kept. Raises `Invalid` with every fault at once.

    What cannot be read is a fault beside its field; nothing is made of it.
    """
    kept: Told = {name: text.strip() for name, text in told.items() if text.strip()}
    faults = [
        Invalid(f"{name} is missing.", field=name, mend=_mend(name))
        for name in missing_of(kept, required)
    ]
    for name, text in kept.items():
        if len(text) > LONGEST_TEXT:
            faults.append(Invalid(f"Use {LONGEST_TEXT:,} characters or fewer.", field=name))
    for means in (Means.DATE, Means.END_DATE):
        try:
            moment(kept.get(means) or None, year=year)
        except Invalid as problem:
            fault = problem.faults[0]
            faults.append(Invalid(fault.message, field=means, mend=fault.mend))
    if not faults and (told_late := _backwards(kept, year)):
        faults.append(told_late)
    if faults:
        raise Invalid([fault for each in faults for fault in each.faults])
    return kept


def _mend(name: str) -> str:
    if name == Means.SOURCE:
        return "Say where the fact stands: a record, a file, a person who was asked."
    return "This chronology asks for it in every row."


def _backwards(kept: Told, year: int) -> Invalid | None:
    if not kept.get(Means.END_DATE):
        return None
    first = moment(kept.get(Means.DATE) or None, year=year).date
    last = moment(kept[Means.END_DATE], year=year).date
    if first.earliest and last.latest and last.latest < first.earliest:
        return Invalid(
            "It ends before it starts.", field=Means.END_DATE, mend="Give the earlier date first."
        )
    return None


def judged(read: Read, required: Sequence[str]) -> Read:
    """Rows that leave a required cell empty become rejected, named with the column."""
    found = Read(notes=list(read.notes), rejected=list(read.rejected))
    for row in read.rows:
        lacking = missing_of(told_of(row), required)
        if not lacking:
            found.rows.append(row)
            continue
        place = f"{row.place}, column {lacking[0]}"
        reason = f"{lacking[0]} is missing."
        found.rejected.append(Rejected(row.file, row.row, place, reason, _mend(lacking[0])))
    found.rejected.sort(key=lambda each: each.row)
    return found


def digest_of(rows: Iterable[Told]) -> str:
    """The digest of rows in their order: what an agency signs, and what a view is made of."""
    whole = sha256()
    for told in rows:
        line = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        whole.update(line.encode() + b"\n")
    return whole.hexdigest()


def digest_of_parts(parts: Iterable[tuple[str, int, str]]) -> str:
    """The digest of a view: of each agency, its version and the digest of that version."""
    return digest_of({"agency": a, "version": v, "digest": d} for a, v, d in parts)
