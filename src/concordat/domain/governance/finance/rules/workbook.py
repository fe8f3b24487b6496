"""The workbook of one budget: what it holds, and what was changed in it when it comes back.

Each row carries, in a hidden column, its cells as they were given out. A cell that still says so
was not changed by whoever filled the file in; where what stands here says otherwise, somebody
changed it here meanwhile. Where both did, it is left to a person. A row without a key is new; one
that says what another says already would be there twice: its file was taken in before, or its key
is lost. A total that differs from its rows is kept as a stated total and flagged. One that stands
here and that the file was not given out with was stated here meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import isfinite

from concordat.domain.governance.finance.rules.costs import Level
from concordat.domain.governance.finance.rules.years import belongs
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import near
from concordat.kernel.money import in_pounds, parse_pounds

KEY, GIVEN, YEAR = "Key", "As given out", "Year"
AGENCY, FUND = "Agency", "Source"
WHAT, HEADING, LEVEL = "What", "Heading", "How often"
ASKED, PLEDGED, IN_KIND = "Asked", "Pledged", "Worth in kind"
AGREED, INVOICED, RECEIVED = "Agreed", "Invoiced", "Received"
BUDGET, SPENT, FORECAST = "Budget", "Spent", "Forecast"
OF, STATED = "Total of", "Stated"
MOST_ROWS = 500
PARTED = "|"
LONGEST = {WHAT: 400, HEADING: 200, FUND: 300, OF: 300}
"""Characters that a new row has room for."""


class Part(StrEnum):
    """The sheets."""

    INCOME = "Income"
    COSTS = "Costs"
    TOTALS = "Totals"


LOCKED = {
    Part.INCOME: (KEY, AGENCY, FUND, YEAR, AGREED, INVOICED, RECEIVED),
    Part.COSTS: (KEY, WHAT, HEADING, LEVEL, YEAR),
    Part.TOTALS: (OF,),
}
CHANGEABLE = {
    Part.INCOME: (ASKED, PLEDGED, IN_KIND),
    Part.COSTS: (BUDGET, SPENT, FORECAST),
    Part.TOTALS: (STATED,),
}
KNOWN_BY = {
    Part.INCOME: (AGENCY, FUND),
    Part.COSTS: (WHAT, HEADING),
    Part.TOTALS: (OF,),
}
"""What no two rows of a sheet say alike, whatever their capitals."""
NEEDED = {
    Part.INCOME: (AGENCY, FUND, *CHANGEABLE[Part.INCOME]),
    Part.COSTS: (WHAT, *CHANGEABLE[Part.COSTS]),
    Part.TOTALS: (OF, STATED),
}
TITLES = {part: (*LOCKED[part], *CHANGEABLE[part], GIVEN) for part in Part}
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Given:
    """A row that came back: its texts and the address of each cell, by title."""

    part: Part
    texts: Texts
    places: Texts
    formulas: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Here:
    """A row as it stands here now: its name, each changeable sum in pence or None, and by what it
    is known."""

    name: str
    pence: Mapping[str, int | None]
    known: tuple[str, ...] = ()


Standing = Mapping[tuple[Part, str], Here]


@dataclass(frozen=True, slots=True)
class Cell:
    """A changed sum in pence: what the file says and what stands here."""

    title: str
    place: str
    pence: int | None
    stands: int | None
    clash: bool = False

    @property
    def theirs(self) -> str:
        """What the file says, in pounds; empty where it says nothing."""
        return pounds(self.pence)

    @property
    def here(self) -> str:
        return pounds(self.stands)


@dataclass(frozen=True, slots=True)
class Problem:
    place: str
    message: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row that came back, judged. `key` is empty for a new one."""

    part: Part
    key: str
    name: str
    texts: Texts = field(default_factory=dict)
    cells: tuple[Cell, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_new: bool = False

    @property
    def clashes(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.clash)

    @property
    def changes(self) -> tuple[Cell, ...]:
        """The cells that are taken over."""
        return () if self.problems else tuple(cell for cell in self.cells if not cell.clash)

    @property
    def what(self) -> str:
        return self.name

    @property
    def about(self) -> str:
        """In which sheet it stands, and whether it is new there."""
        return f"{self.part}, new" if self.is_new else self.part

    @property
    def outcome(self) -> str:
        """What comes of a total: it is kept beside the one that adds up."""
        return "Kept as stated" if self.part is Part.TOTALS else ""

    @property
    def parts(self) -> tuple[str, ...]:
        """What the row does once it is taken: the sums that it changes, or that it is new."""
        if self.problems or not (self.changes or self.is_new):
            return ()
        return tuple(cell.title for cell in self.changes) or ("new row",)


def pounds(pence: int | None) -> str:
    return "" if pence is None else in_pounds(pence)


def as_given(pence: Mapping[str, int | None], part: Part) -> str:
    """What the hidden column says of a row that is given out."""
    told = [pence.get(title) for title in CHANGEABLE[part]]
    return PARTED.join("" if each is None else str(each) for each in told)


def judge(
    rows: Sequence[Given],
    here: Standing,
    *,
    year: str,
    agencies: Sequence[str],
) -> tuple[Line, ...]:
    """Every row against what stands here. `agencies` are the names that a new row may give."""
    seen: set[tuple[Part, str]] = set()
    there = {(part, *_folded(stands.known)) for (part, _), stands in here.items()}
    found = []
    for row in rows:
        key = _key(row)
        twice = bool(key) and (row.part, key) in seen
        line = _judged(row, here, twice, year, agencies)
        if line.is_new and not key:
            line = _of_its_own(row, line, there)
        found.append(line)
        seen.add((row.part, key))
    return tuple(found)


def _of_its_own(row: Given, line: Line, there: set[tuple[str, ...]]) -> Line:
    """A new row, with a problem where one that is known by the same is there or stands above."""
    known = (row.part, *_folded([row.texts.get(title, "") for title in KNOWN_BY[row.part]]))
    if known not in there:
        there.add(known)
        return line
    place = row.places[NEEDED[row.part][0]]
    problem = Problem(
        place, f"“{line.name}” is there already.", "Change that row, or give this one another name."
    )
    return replace(line, cells=(), problems=(*line.problems, problem))


def _folded(words: Sequence[str]) -> list[str]:
    return [" ".join(each.split()).casefold() for each in words]


def _judged(
    row: Given,
    here: Mapping[tuple[Part, str], Here],
    twice: bool,
    year: str,
    agencies: Sequence[str],
) -> Line:
    key = _key(row)
    stands = here.get((row.part, key))
    name = stands.name if stands else _name(row)
    problems = [*_formulas(row), *_of_row(row, key, stands, twice, year, agencies)]
    sums: dict[str, int | None] = {}
    for title in CHANGEABLE[row.part]:
        try:
            sums[title] = read_sum(row.texts.get(title, ""))
        except Invalid as problem:
            fault = problem.faults[0]
            problems.append(Problem(row.places[title], fault.message, fault.mend))
        if row.part is not Part.TOTALS and (sums.get(title) or 0) < 0:
            told = f"{pounds(sums[title])} is below nothing."
            problems.append(Problem(row.places[title], told, _BELOW[row.part]))
    cells = () if problems else tuple(_changed(row, stands, sums))
    return Line(row.part, key, name, row.texts, cells, tuple(problems), is_new=stands is None)


_BELOW = {
    Part.INCOME: "Enter it as a cost.",
    Part.COSTS: "Enter it as income.",
}


def _key(row: Given) -> str:
    """By what a row is known: its key, and a total by what it is of."""
    return row.texts[OF] if row.part is Part.TOTALS else row.texts.get(KEY, "")


def _name(row: Given) -> str:
    if row.part is Part.INCOME:
        return ", ".join(filter(None, (row.texts[AGENCY], row.texts[FUND])))
    return row.texts[WHAT if row.part is Part.COSTS else OF]


def _formulas(row: Given) -> Iterator[Problem]:
    for title in CHANGEABLE[row.part]:
        if title in row.formulas and row.part is not Part.TOTALS:
            yield Problem(row.places[title], "This is a formula.", "Write the sum itself.")


def _of_row(
    row: Given, key: str, stands: Here | None, twice: bool, year: str, agencies: Sequence[str]
) -> Iterator[Problem]:
    first = row.places[NEEDED[row.part][0]]
    if row.part is not Part.TOTALS and key and stands is None:
        yield Problem(
            row.places.get(KEY, first), f"There is no row “{key}” in this budget.",
            "Empty the key to add a new row.",
        )  # fmt: skip
    if twice:
        yield Problem(
            row.places.get(KEY, first), f"“{key}” stands above in this sheet.", "Keep one of them."
        )
    told = belongs(row.texts.get(YEAR, ""), to=year, what="row")
    if not told:
        yield Problem(row.places[YEAR], told.reason, "Take it out of this file.")
    if stands is None:
        yield from _of_new(row, first, agencies)
    elif row.part is Part.INCOME and stands.pence.get(PLEDGED) and not row.texts.get(PLEDGED):
        yield Problem(
            row.places[PLEDGED], "A pledge is not taken back by emptying its cell.",
            "Take it back on the page of the contribution, with the reason.",
        )  # fmt: skip


def _of_new(row: Given, first: str, agencies: Sequence[str]) -> Iterator[Problem]:
    for title, most in LONGEST.items():
        if len(row.texts.get(title, "")) > most:
            told = f"This has {len(row.texts[title])} characters."
            yield Problem(row.places[title], told, f"Use {most} or fewer.")
    if row.part is Part.INCOME:
        agency = row.texts[AGENCY]
        if agency and agency not in agencies:
            close = near(agency, agencies)
            mend = f"Did you mean “{close[0]}”?" if close else "Write the name as it stands here."
            yield Problem(first, f"There is no agency called “{agency}” here.", mend)
        if not agency and not row.texts[FUND]:
            yield Problem(first, "The row says neither who gives nor from what.", "Write one.")
    elif not row.texts[NEEDED[row.part][0]]:
        yield Problem(first, "The row has no name.", "Write what it is.")
    level = row.texts.get(LEVEL, "").casefold()
    if row.part is Part.COSTS and level and level not in set(Level):
        yield Problem(
            row.places[LEVEL], f"“{row.texts[LEVEL]}” does not say how often.",
            f"Write one of these: {', '.join(each.label for each in Level)}.",
        )  # fmt: skip


def _changed(row: Given, stands: Here | None, sums: Mapping[str, int | None]) -> Iterator[Cell]:
    given = row.texts[GIVEN].split(PARTED) if row.texts.get(GIVEN) else []
    titles = CHANGEABLE[row.part]
    were = dict(zip(titles, given, strict=True)) if len(given) == len(titles) else {}
    for title in titles:
        theirs = sums[title]
        ours = stands.pence.get(title) if stands else None
        if theirs == ours or (stands and title in were and _told(theirs) == were[title]):
            continue
        unseen = row.part is Part.TOTALS and title not in were
        clash = bool(stands) and (unseen or (title in were and _told(ours) != were[title]))
        yield Cell(title, row.places[title], theirs, ours, clash)


def _told(pence: int | None) -> str:
    return "" if pence is None else str(pence)


def read_sum(text: str) -> int | None:
    """Pence of a cell; None for an empty one. Raises `Invalid` for parts of a penny."""
    return parse_pounds(text) if text else None


def cell_text(value: object) -> str:
    """A cell as text. A number that a spreadsheet holds a hair's breadth beside whole pence is
    those pence; anything finer stays as it is, so that it is refused."""
    if isinstance(value, float) and isfinite(value):
        near_by = round(value * 100)
        return f"{near_by / 100:.2f}" if abs(value * 100 - near_by) < 1e-4 else repr(value)
    return "" if value is None else str(value).strip()
