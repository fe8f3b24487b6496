"""The workbook of a roadmap: what it holds, what was changed in it, what clashes.

As with the workbook of an agency's actions: a cell that still bears the mark with which it was
given out was not changed by whoever filled the file in, and what both changed is left to a person.
A plan hangs together, so that one wrong cell keeps the whole file out: moving half of what belongs
together would make a plan that nobody has agreed.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from concordat.domain.base.actions.rules.round import (
    Cell,
    Given,
    Judged,
    Problem,
    cell_mark,
    parts_of,
    plain,
    whole_mark,
)
from concordat.domain.governance.programme.rules.health import Health, is_update
from concordat.domain.governance.programme.rules.life import LONGEST_REASON, LONGEST_TITLE
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import join_words

SHEET = "Roadmap"
REFERENCE, MILESTONE, MARK = "Reference", "Milestone", "As given out"
DUE, WHY, AGREED = "Due", "Why it moves", "Who agreed"
REACHED = "Reached"
HEALTH, WORDS, EXPECTED = "How it goes", "Last word", "Expected"
TOLD = ("Workstream", "Owner", "First due", "Slip", "State", "Waits for", "Last day by law")
LOCKED = (REFERENCE, *TOLD)
CHANGEABLE = (DUE, WHY, AGREED, REACHED, HEALTH, WORDS, EXPECTED)
TITLES = (REFERENCE, MILESTONE, *TOLD, *CHANGEABLE, "Said on", MARK)
NEEDED = (REFERENCE, MILESTONE, *CHANGEABLE, MARK)
DATES = (DUE, REACHED, EXPECTED)
CHOICES: dict[str, Sequence[str]] = {HEALTH: tuple(each.label for each in Health)}
FRESH_ROWS = 10
"""Rows without a reference that a workbook offers for milestones that are new."""


class Part(StrEnum):
    """What the cells of a row do together."""

    ADD = "add"
    PLAN = "plan again"
    REACH = "reach"
    TELL = "tell"


PARTS = {
    Part.ADD: (MILESTONE, DUE),
    Part.PLAN: (DUE, WHY, AGREED),
    Part.REACH: (REACHED,),
    Part.TELL: (HEALTH, WORDS, EXPECTED),
}
_OF_WHAT_STANDS: dict[Part, tuple[str, ...]] = {
    part: titles for part, titles in PARTS.items() if part is not Part.ADD
}


@dataclass(frozen=True, slots=True)
class Here:
    """A milestone as it stands here now: the texts that its row would be given out with."""

    what: str
    texts: Mapping[str, str]
    is_over: bool = False


Line = Judged[Part]
"""A new milestone has no reference."""


def mark(key: bytes, reference: str, what: str, texts: Mapping[str, str]) -> str:
    """The mark of a row as it is given out: one for each changeable cell, and one for them all."""
    cells = [cell_mark(key, reference, title, texts[title]) for title in CHANGEABLE]
    return ".".join([*cells, whole_mark(key, reference, what, cells)])


def judge(
    key: bytes, rows: Sequence[Given], here: Mapping[str, Here], today: date
) -> tuple[Line, ...]:
    """Every row that came back, against what stands here. `here` is by reference.

    Where any cell is wrong, no row does anything: `parts` are empty throughout.
    """
    seen: set[str] = set()
    found: list[Line] = []
    for row in rows:
        reference = plain(row.texts[REFERENCE])
        if reference:
            stands = None if reference in seen else here.get(reference)
            found.append(_judged(key, row, reference, stands, today))
        elif any(plain(row.texts[title]) for title in NEEDED):
            found.append(_fresh(row))
        seen.add(reference)
    wrong = any(line.problems for line in found)
    return tuple(replace(line, parts={}) if wrong else line for line in found)


def _fresh(row: Given) -> Line:
    """A row without a reference: a milestone that is not on record yet."""
    title = plain(row.texts[MILESTONE])
    problems = list(_of_fresh(row, title))
    cells = tuple(
        Cell(each, row.places[each], shown(each, as_kept(each, row.texts[each])), "")
        for each in PARTS[Part.ADD]
        if plain(row.texts[each])
    )
    told = {MILESTONE: title, DUE: as_kept(DUE, row.texts[DUE])}
    return Line("", title, cells, tuple(problems), {} if problems else {Part.ADD: told})


def _of_fresh(row: Given, title: str) -> Iterator[Problem]:
    yield from _formulas(row)
    if not title:
        yield Problem(row.places[MILESTONE], "A new milestone needs a name.", "Write what it is.")
    if len(title) > LONGEST_TITLE:
        yield Problem(row.places[MILESTONE], f"Use {LONGEST_TITLE} characters or fewer.")
    yield from _is_date(row, DUE)
    for each in CHANGEABLE:
        if each != DUE and plain(row.texts[each]):
            told = "A new milestone has a name and a day. The rest is said once it is on record."
            yield Problem(row.places[each], told, "Empty this cell.")


def _judged(key: bytes, row: Given, reference: str, here: Here | None, today: date) -> Line:
    what = plain(row.texts[MILESTONE])
    if here is None:
        told = "This is no milestone of the programme, or stands above in this file."
        problem = Problem(row.places[REFERENCE], told, "Leave the cell empty for a new milestone.")
        return Line(reference, what, problems=(problem,))
    *marks, whole = row.texts[MARK].split(".")
    right = whole_mark(key, reference, what, marks)
    if len(marks) != len(CHANGEABLE) or not hmac.compare_digest(right, whole):
        problem = Problem(
            row.places[MILESTONE],
            "This row is not as it was given out: its name, its reference or its mark was changed, "
            "or it was sorted apart.",
            "Download the workbook again. A name is changed on the milestone’s own page.",
        )
        return Line(reference, here.what, problems=(problem,))
    cells = tuple(_changed(key, row, reference, here))
    problems = tuple(_wrong(row, here, cells, today))
    parts = parts_of(_OF_WHAT_STANDS, row, cells, as_kept)
    return Line(reference, here.what, cells, problems, parts)


def as_kept(title: str, text: str) -> str:
    """A cell as it is kept: a date in the form in which it is kept, as exact as it was said."""
    bare = plain(text)
    if title not in DATES or not bare:
        return bare
    try:
        return UncertainDate.parse(bare).iso()
    except Invalid:
        return bare


def shown(title: str, text: str) -> str:
    """A kept cell as a person reads it: a date in words. What is no date stays as it is."""
    try:
        return str(UncertainDate.parse(text)) if text and title in DATES else text
    except Invalid:
        return text


def _changed(key: bytes, row: Given, reference: str, here: Here) -> Iterator[Cell]:
    for title, given in zip(CHANGEABLE, row.texts[MARK].split("."), strict=False):
        theirs, ours = as_kept(title, row.texts[title]), here.texts[title]
        if theirs == plain(ours) or cell_mark(key, reference, title, theirs) == given:
            continue
        clash = cell_mark(key, reference, title, ours) != given
        yield Cell(title, row.places[title], shown(title, theirs), shown(title, ours), clash)


def _formulas(row: Given) -> Iterator[Problem]:
    for title in row.formulas:
        yield Problem(row.places[title], "This is a formula.", "Write the value itself.")


def _wrong(row: Given, here: Here, cells: Sequence[Cell], today: date) -> Iterator[Problem]:
    yield from _formulas(row)
    changed = {cell.title for cell in cells}
    if here.is_over and changed:
        told = "This milestone is reached or abandoned."
        yield Problem(row.places[REFERENCE], told, "Open it again on its own page first.")
    if changed.intersection(PARTS[Part.PLAN]):
        yield from _of_plan(row, changed)
    if REACHED in changed:
        yield from _of_reached(row, today)
    if changed.intersection(PARTS[Part.TELL]):
        yield from _of_word(row)


def _of_plan(row: Given, changed: Collection[str]) -> Iterator[Problem]:
    if not plain(row.texts[DUE]):
        yield Problem(row.places[DUE], "A day is not taken away by a file.", "Write a day.")
    elif DUE not in changed:
        yield Problem(row.places[DUE], "The day is not changed.", "Write the new day.")
    yield from _is_date(row, DUE)
    if not plain(row.texts[WHY]):
        yield Problem(row.places[WHY], "Say why the plan changes.")
    if len(row.texts[WHY]) > LONGEST_REASON:
        yield Problem(row.places[WHY], f"Use {LONGEST_REASON:,} characters or fewer.")
    if not plain(row.texts[AGREED]):
        yield Problem(row.places[AGREED], "Say who agreed.", "Such as the steering group.")


def _of_reached(row: Given, today: date) -> Iterator[Problem]:
    wrong = list(_is_date(row, REACHED))
    yield from wrong
    said = plain(row.texts[REACHED])
    if wrong:
        return
    day = UncertainDate.parse(said) if said else None
    if day is None or day.earliest is None or day.earliest > today:
        yield Problem(row.places[REACHED], "Give the day on which it was reached.")


def _of_word(row: Given) -> Iterator[Problem]:
    said = plain(row.texts[HEALTH]).capitalize()
    known = {each.label: each for each in Health}
    health = known.get(said)
    if health is None:
        told = f"“{said[:40]}” is none of the three." if said else "It is not said how it goes."
        yield Problem(row.places[HEALTH], told, f"Write {join_words(known)}.")
    elif not (allowed := is_update(row.texts[WORDS], health)):
        yield Problem(row.places[WORDS], str(allowed))
    yield from _is_date(row, EXPECTED)


def _is_date(row: Given, title: str) -> Iterator[Problem]:
    try:
        UncertainDate.parse(plain(row.texts[title]) or "?")
    except Invalid as problem:
        for fault in problem.faults:
            yield Problem(row.places[title], fault.message, fault.mend)


def reasons(text: str) -> list[str]:
    """The reasons of one cell, which stand with semicolons or on lines of their own."""
    return [each.strip() for each in text.replace("\n", ";").split(";") if each.strip()]
