"""The workbook that an agency fills in: what it holds, what was changed in it, what clashes.

Each row carries a mark of every cell that may be changed, as it was given out. A cell that
still bears its mark was not changed by whoever filled the file in; where what stands here no
longer bears it, somebody changed it here meanwhile. Where both did, it is a conflict and is
left to a person. The marks are keyed, so that a row that was moved or made up is found out.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from concordat.domain.base.actions.rules.acts import is_evidence
from concordat.domain.base.actions.rules.states import LONGEST_WORD, Priority, Stage, Standing
from concordat.kernel.dates import Precision, UncertainDate
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import day_in_words, near

SHEET = "Actions"
REFERENCE, WHAT, MARK = "Reference", "What is to be done", "As given out"
STATE, STANDING, WORD = "State", "How it stands", "Last word"
DUE, WHY_LATER = "Due", "Reason for a new date"
DONE, EVIDENCE, PLACE = "What was done", "Evidence", "Where the evidence is"
LOCKED = (REFERENCE, WHAT, "Set by", "Comes from", "Owner", "Priority", "What good looks like")
CHANGEABLE = (STATE, STANDING, WORD, DUE, WHY_LATER, DONE, EVIDENCE, PLACE)
TITLES = (*LOCKED, *CHANGEABLE, MARK)
NEEDED = (REFERENCE, WHAT, *CHANGEABLE, MARK)
OPEN, CLOSED = "Open", "Closed"
CHOICES = {STATE: (OPEN, CLOSED), STANDING: tuple(each.label for each in Standing)}
MOST_ROWS = 500
LONGEST_TEXT = 4000
_SIGNS = 10

Texts = Mapping[str, str]


class Part(StrEnum):
    """What the cells of a row do together."""

    UPDATE = "update"
    EXTEND = "extend"
    CLOSE = "close"


PARTS = {
    Part.UPDATE: (STANDING, WORD),
    Part.EXTEND: (DUE, WHY_LATER),
    Part.CLOSE: (STATE, DONE, EVIDENCE, PLACE),
}


@dataclass(frozen=True, slots=True)
class Given:
    """A row of a file that came back: its texts, the address of each cell, and its formulas."""

    place: str
    texts: Texts
    places: Texts
    formulas: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Here:
    """An action as it stands here now: the texts that its row would be given out with.

    `may_move` says whether whoever brings the file back may give it another day.
    """

    what: str
    texts: Texts
    stage: str = Stage.OPEN
    priority: str = Priority.ORDINARY
    due: date | None = None
    has_evidence: bool = False
    may_move: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """A changed cell: what the file says and what stands here. A clash is left to a person."""

    title: str
    place: str
    theirs: str
    here: str
    clash: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a row out: where, what, and how to mend it."""

    place: str
    message: str
    mend: str = ""


P = TypeVar("P", bound=StrEnum)


@dataclass(frozen=True)
class Judged(Generic[P]):
    """One row that came back, judged: by part, what is done with it and with which texts.

    Without slots, which a frozen class that is made by a parameter of its own cannot have.
    """

    reference: str
    what: str
    cells: tuple[Cell, ...] = ()
    problems: tuple[Problem, ...] = ()
    parts: Mapping[P, Texts] = field(default_factory=dict)

    @property
    def clashes(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.clash)

    @property
    def changes(self) -> tuple[Cell, ...]:
        """The cells that are applied."""
        titles = {title for texts in self.parts.values() for title in texts}
        return tuple(cell for cell in self.cells if cell.title in titles and not cell.clash)


Line = Judged[Part]


def plain(text: str) -> str:
    """A cell's text as it is compared: without the spaces that nobody sees."""
    return " ".join(text.split())


def mark(key: bytes, reference: str, what: str, texts: Texts) -> str:
    """The mark of a row as it is given out: one for each changeable cell, and one for them all."""
    cells = [cell_mark(key, reference, title, texts[title]) for title in CHANGEABLE]
    return ".".join([*cells, whole_mark(key, reference, what, cells)])


def cell_mark(key: bytes, reference: str, title: str, text: str) -> str:
    """The mark of one cell: it tells whether the cell still says what it was given out with."""
    return _keyed(key, f"{reference}\n{title}\n{plain(text)}")


def whole_mark(key: bytes, reference: str, what: str, cells: Sequence[str]) -> str:
    """The mark of a row: whether its reference, its words and its marks belong together."""
    return _keyed(key, "\n".join([reference, plain(what), *cells]))


def _keyed(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:_SIGNS]


def judge(
    key: bytes, rows: Sequence[Given], here: Mapping[str, Here], today: date
) -> tuple[Line, ...]:
    """Every row that came back, against what stands here. `here` is by reference."""
    seen: set[str] = set()
    found = []
    for row in rows:
        reference = plain(row.texts[REFERENCE])
        found.append(_judged(key, row, reference, here.get(reference), reference in seen, today))
        seen.add(reference)
    return tuple(found)


def _judged(
    key: bytes, row: Given, reference: str, here: Here | None, twice: bool, today: date
) -> Line:
    what = plain(row.texts[WHAT])
    if reason := _no_row_of_ours(key, row, reference, here, twice):
        return Line(reference, what, problems=(reason,))
    assert here is not None  # noqa: S101 - what is not here was told just now
    cells = tuple(_changed(key, row, reference, here))
    problems = [*_formulas(row), *_of_the_stage(row, here, cells)]
    problems = problems or [*_wrong(row, here, cells, today)]
    parts = {} if problems else parts_of(PARTS, row, cells, as_kept)
    return Line(reference, here.what, cells, tuple(problems), parts)


def _no_row_of_ours(
    key: bytes, row: Given, reference: str, here: Here | None, twice: bool
) -> Problem | None:
    place = row.places[REFERENCE]
    if here is None:
        return Problem(
            place,
            f"There is no open action “{reference}” of this agency that you may update."
            if reference
            else "The row has no reference.",
            "Add actions on screen. Leave this row as it was given out, or delete it.",
        )
    if twice:
        return Problem(place, f"{reference} stands above in this file.", "Keep one of the rows.")
    cells = row.texts[MARK].split(".")
    given = [*cells[:-1]]
    whole = whole_mark(key, reference, row.texts[WHAT], given)
    if len(given) != len(CHANGEABLE) or not hmac.compare_digest(whole, cells[-1]):
        return Problem(
            row.places[MARK],
            "This row is not as it was given out: its reference, its wording or its mark was "
            "changed, or it was sorted apart.",
            "Download the workbook again and copy your changes into it.",
        )
    return None


def _changed(key: bytes, row: Given, reference: str, here: Here) -> Iterator[Cell]:
    for title, given in zip(CHANGEABLE, row.texts[MARK].split("."), strict=False):
        theirs, ours = as_kept(title, row.texts[title]), here.texts[title]
        if plain(theirs) == plain(ours) or cell_mark(key, reference, title, theirs) == given:
            continue
        clash = cell_mark(key, reference, title, ours) != given
        yield Cell(title, row.places[title], theirs, ours, clash)


def as_kept(title: str, text: str) -> str:
    """A cell's text in the form in which it is given out, as far as it has one."""
    text = plain(text)
    if title == DUE:
        day = as_day(text)
        return day.isoformat() if day else text
    for choice in CHOICES.get(title, ()):
        if choice.casefold() == text.casefold():
            return choice
    return text


def as_day(text: str) -> date | None:
    """The day that a cell's text gives; None for anything else."""
    try:
        said = UncertainDate.parse(text) if text else None
    except Invalid:
        return None
    return said.earliest if said and said.precision is Precision.DAY else None


def _formulas(row: Given) -> Iterator[Problem]:
    for title in (REFERENCE, WHAT, *CHANGEABLE, MARK):
        if title in row.formulas:
            yield Problem(
                row.places[title], "This is a formula.", "Write the value itself in the cell."
            )


def _of_the_stage(row: Given, here: Here, cells: Sequence[Cell]) -> Iterator[Problem]:
    if here.stage != Stage.OPEN and cells:
        yield Problem(
            row.places[STATE],
            f"This action is {Stage(here.stage).words.lower()}: nothing of the row is taken.",
            "Look at it on screen.",
        )


def _wrong(row: Given, here: Here, cells: Sequence[Cell], today: date) -> Iterator[Problem]:
    changed = {cell.title: cell for cell in cells}
    for title, choices in CHOICES.items():
        if title in changed and changed[title].theirs not in choices:
            yield _not_offered(changed[title], choices)
    for title, most in ((WORD, LONGEST_WORD), *((each, LONGEST_TEXT) for each in (DONE, EVIDENCE))):
        if title in changed and len(changed[title].theirs) > most:
            message = f"The text is {len(changed[title].theirs)} characters long."
            yield Problem(row.places[title], message, f"Use {most} or fewer.")
    yield from _of_the_update(row, changed)
    yield from _of_the_day(row, here, changed, today)
    yield from _of_closing(row, here, changed)


def _not_offered(cell: Cell, choices: Sequence[str]) -> Problem:
    close = near(cell.theirs, choices)
    mend = f"Did you mean “{close[0]}”?" if close else f"Choose {' or '.join(choices)}."
    return Problem(cell.place, f"“{cell.theirs}” is not one of the values offered.", mend)


def _of_the_update(row: Given, changed: Mapping[str, Cell]) -> Iterator[Problem]:
    standing = as_kept(STANDING, row.texts[STANDING])
    if STANDING in changed and standing != Standing.ON_TRACK.label and WORD not in changed:
        yield Problem(
            row.places[WORD], f"It is “{standing}” now, and the last word is the old one.",
            "Say in one line why.",
        )  # fmt: skip
    if WORD in changed and not changed[WORD].theirs:
        yield Problem(row.places[WORD], "The last word was emptied.", "Write a new one.")
    if WORD in changed and STANDING not in changed and not standing:
        yield Problem(row.places[STANDING], "Nothing says how it stands.", "Choose a value.")


def _of_the_day(
    row: Given, here: Here, changed: Mapping[str, Cell], today: date
) -> Iterator[Problem]:
    if DUE not in changed:
        if WHY_LATER in changed:
            message = "There is a reason for a new date, and the date is the old one."
            yield Problem(row.places[DUE], message, "Give the new date, or empty the reason.")
        return
    if not here.may_move:
        message = "Its priority is high: the body that set it moves its day."
        yield Problem(row.places[DUE], message, "Put the old day back, and ask its chair.")
        return
    day = as_day(changed[DUE].theirs)
    if day is None:
        told = changed[DUE].theirs
        message = f"“{told}” is not a day." if told else "The date was emptied."
        yield Problem(row.places[DUE], message, "Write a day, such as 12 April 2019.")
        return
    if day < today:
        message = f"{day_in_words(day)} is over."
        yield Problem(row.places[DUE], message, "Give a day that is still to come.")
    elif here.due is not None and day <= here.due and not changed[DUE].clash:
        message = f"It is due on {day_in_words(here.due)} already."
        yield Problem(row.places[DUE], message, "A new date is later than that.")
    if not plain(row.texts[WHY_LATER]):
        yield Problem(row.places[WHY_LATER], "A new date needs its reason.", "Say why.")


def _of_closing(row: Given, here: Here, changed: Mapping[str, Cell]) -> Iterator[Problem]:
    closing = STATE in changed and changed[STATE].theirs == CLOSED
    told = {title: plain(row.texts[title]) for title in (DONE, EVIDENCE, PLACE)}
    if not closing:
        if any(title in changed for title in (DONE, EVIDENCE, PLACE)):
            message = "What was done is told, and the action is still open."
            yield Problem(row.places[STATE], message, f"Choose {CLOSED}, or empty those cells.")
        return
    if not told[DONE]:
        yield Problem(row.places[DONE], "A closed action says what was done.", "One sentence.")
    if not (whole := is_evidence(told[EVIDENCE], told[PLACE])):
        where = EVIDENCE if not told[EVIDENCE] else PLACE
        yield Problem(row.places[where], "The evidence is not whole.", str(whole))
    elif here.priority == Priority.HIGH and not here.has_evidence and not told[EVIDENCE]:
        message = "Its priority is high: it needs evidence before it is closed."
        yield Problem(row.places[EVIDENCE], message, "Say what shows it and where that is.")


def parts_of(
    belonging: Mapping[P, Sequence[str]],
    row: Given,
    cells: Sequence[Cell],
    kept: Callable[[str, str], str],
) -> dict[P, Texts]:
    """What is done with a row; where one cell of a part clashes, the part is left alone.

    `kept` gives a cell's text, by its title, in the form in which it is kept.
    """
    titles = {cell.title for cell in cells}
    clashing = {cell.title for cell in cells if cell.clash}
    return {
        part: {title: kept(title, row.texts[title]) for title in together}
        for part, together in belonging.items()
        if titles.intersection(together) and not clashing.intersection(together)
    }
