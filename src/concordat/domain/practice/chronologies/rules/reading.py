"""From the tables of a file to rows of a chronology: every row is taken or named with a reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from concordat.domain.practice.chronologies.rules.columns import (
    Grid,
    Means,
    Value,
    begins_anew,
    front_of,
    header_of,
    is_front,
    meanings,
    spans,
    title_of,
    titles_of,
)
from concordat.domain.practice.chronologies.rules.dating import Moment, clock, moment
from concordat.domain.practice.chronologies.rules.rows import Rejected, Row
from concordat.kernel.dates import Precision, UncertainDate
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import day_in_words


@dataclass(frozen=True, slots=True)
class Given:
    """One file as it was given: its tables, and the agency where whoever sent it is known."""

    name: str
    grids: Sequence[Grid]
    agency: str = ""
    digest: str = ""


@dataclass(slots=True)
class Read:
    """What files held. `count` is of all rows beneath a header: those taken and those rejected."""

    rows: list[Row] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.rows) + len(self.rejected)


@dataclass(frozen=True, slots=True)
class _Heading:
    """The columns that stand: what each means, and the titles of those that mean nothing known."""

    titles: tuple[str, ...]
    places: Mapping[Means, int]
    more: tuple[tuple[str, int], ...]


class _Refuse(Exception):
    def __init__(self, reason: str, mend: str = "") -> None:
        super().__init__(reason)
        self.mend = mend


_STRUCK = (
    "A tracked change takes the row out.",
    "Accept or reject the changes in the file, and send it again.",
)
_SOURCE = "Say where the fact stands: a record, a file, a person who was asked."


def agency_of(name: str) -> str:
    """The agency that a file's name tells: "health-visiting_chronology.xlsx" is Health visiting."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name)
    words = re.sub(r"[-_. ]+", " ", stem).strip()
    plain = re.sub(r"(?i)\b(integrated |agency )?chronology\b|\bv[0-9]+\b|\bfinal\b", "", words)
    told = " ".join(plain.split()) or words or "Agency not stated"
    return told[:1].upper() + told[1:]


def read_files(files: Iterable[Given], *, on: date) -> Read:
    """All rows of all files, in the order in which they were given.

    `on` is the day of the merge: two-digit years end there. A file that was given before, byte
    for byte, is taken once; its rows are rejected by name.
    """
    given = list(files)
    seen = first_of(given)
    return gathered(
        read_file(each, number=number, on=on, same_as=seen[number])
        for number, each in enumerate(given)
    )


def first_of(files: Sequence[Given]) -> list[str]:
    """For each file the name of the one before it that is the same byte for byte, or nothing."""
    names: dict[str, str] = {}
    told = []
    for each in files:
        told.append(names.get(each.digest, "") if each.digest else "")
        names.setdefault(each.digest, each.name)
    return told


def gathered(reads: Iterable[Read]) -> Read:
    told = Read()
    for each in reads:
        told.rows += each.rows
        told.rejected += each.rejected
        told.notes += each.notes
    told.notes += _names_of_two(told.rows)
    return told


def read_file(given: Given, *, number: int, on: date, same_as: str = "") -> Read:
    """The rows of one file, the `number`th that arrived, counted from nought."""
    told = Read()
    front: Mapping[Means, str] = {}
    heading: _Heading | None = None
    any_heading = any(header_of(grid) is not None for grid in given.grids)
    for grid in given.grids:
        at = header_of(grid)
        own = front
        if at is not None:
            own = _closer(front, front_of(grid.rows[:at]))
            _above(told, given, grid, at)
            heading = _heading(grid, at)
        elif grid.hidden and any_heading:
            told.notes.append(f"{given.name}: the hidden sheet {grid.name} has no chronology.")
            continue
        elif not (heading and _goes_on(grid, heading)):
            front = _closer(front, front_of([row for row in grid.rows if is_front(row)]))
            _without_heading(told, given, grid)
            continue
        assert heading is not None  # noqa: S101 - either branch above has one
        reader = _Reader(given, grid, heading, own, on)
        reader.into(told, 0 if at is None else at + 1, number * _APART)
        heading = reader.heading
        front = reader.front if grid.kind == "table" else _closer(front, _of_file(reader.front))
    return once(told, same_as) if same_as else told


def _closer(front: Mapping[Means, str], own: Mapping[Means, str]) -> Mapping[Means, str]:
    """What stands above a table wins over what stood above those before it; the birth of another
    person is not taken over."""
    if Means.PERSON in own:
        front = {means: text for means, text in front.items() if means is not Means.BORN}
    return {**front, **own}


def _of_file(front: Mapping[Means, str]) -> Mapping[Means, str]:
    """What one sheet of a workbook tells for those after it: the agency, never the child."""
    return {means: text for means, text in front.items() if means is Means.AGENCY}


def _above(told: Read, given: Given, grid: Grid, header: int) -> None:
    """Rows above the header that may tell something are named."""
    for number, row in enumerate(grid.rows[:header]):
        if sum(value is not None for value in row) > 2 and not front_of([row]):
            reason = "It stands above the header row of its table."
            mend = "Put it beneath the titles, or give it titles of its own."
            place = grid.place(number)
            told.rejected.append(Rejected(given.name, _line(grid, number), place, reason, mend))


_APART = 10_000_000
"""More rows than a file can have: arrivals of one file come after those of the file before."""


def once(told: Read, same_as: str) -> Read:
    """A file that is the same as one before it: its rows are told as rejected."""
    reason = f"The file is the same as {same_as}, which was given before."
    mend = "Its rows are taken once; leave one of the two out."
    told.rejected += [Rejected(row.file, row.row, row.place, reason, mend) for row in told.rows]
    told.rows.clear()
    return told


def _goes_on(grid: Grid, heading: _Heading) -> bool:
    """A Word table that a page cut in two goes on beneath the header of the first part."""
    return grid.kind == "table" and bool(grid.rows) and len(grid.rows[0]) == len(heading.titles)


def _heading(grid: Grid, at: int) -> _Heading:
    titles = titles_of(grid, at)
    places = meanings(titles)
    used = set(places.values())
    more = tuple(
        (title or f"Column {number + 1}", number)
        for number, title in enumerate(titles)
        if number not in used
    )
    return _Heading(tuple(titles), places, more)


def _without_heading(told: Read, given: Given, grid: Grid) -> None:
    for number, row in enumerate(grid.rows):
        if any(value is not None for value in row) and not is_front(row):
            told.rejected.append(
                Rejected(
                    given.name,
                    _line(grid, number),
                    grid.place(number),
                    "It stands under no header row that names a date, an event or a source.",
                    "Give the table titles such as Date, Event and Source of information.",
                )
            )


def _line(grid: Grid, number: int) -> int:
    return grid.lines[number] if number < len(grid.lines) else number + 1


class _Reader:
    """Reads the rows of one table beneath one header."""

    def __init__(
        self,
        given: Given,
        grid: Grid,
        heading: _Heading,
        front: Mapping[Means, str],
        on: date,
    ) -> None:
        self.given, self.grid, self.on = given, grid, on
        self.formulas = frozenset(grid.formulas)
        self.covered = _covered(grid)
        self.rows = _as_shown(grid)
        self._begin(heading, front)

    def _begin(self, heading: _Heading, front: Mapping[Means, str]) -> None:
        self.heading, self.front = heading, front
        self.agency = self.given.agency or front.get(Means.AGENCY, "") or agency_of(self.given.name)
        self.born = _born(front.get(Means.BORN), self.on)
        self.ends = not {Means.END_DATE, Means.END_TIME}.isdisjoint(heading.places)
        self.header = [title.casefold() for title in heading.titles]

    def into(self, told: Read, first: int, arrival: int) -> None:
        for number in range(first, len(self.rows)):
            row = self.rows[number]
            if number in self.grid.struck:
                told.rejected.append(self._rejected(number, *_STRUCK))
                continue
            if self.covered:
                row = self._filled(number, row)
            if all(value is None for value in row) or self._is_header(row):
                continue
            if self._may_begin(row) and begins_anew(row):
                between = [each for each in self.grid.rows[first:number] if is_front(each)]
                self._begin(_heading(self.grid, number), _closer(self.front, front_of(between)))
                place, first = self.grid.place(number), number + 1
                told.notes.append(f"{self.given.name}, {place}: other titles begin here.")
                continue
            try:
                told.rows.append(self._row(number, row, arrival + told.count))
            except _Refuse as refusal:
                told.rejected.append(self._rejected(number, str(refusal), refusal.mend))
            except Invalid as fault:
                each = fault.faults[0]
                told.rejected.append(self._rejected(number, each.message, each.mend))

    def _may_begin(self, row: Sequence[Value]) -> bool:
        """A row that states a date is no header."""
        value = self._cell(row, Means.DATE)
        return value is None or (isinstance(value, str) and not any(map(str.isdigit, value)))

    def _is_header(self, row: Sequence[Value]) -> bool:
        """The header once more, as a table has it that was cut at each page."""
        first = next(value for value in row if value is not None)
        if not isinstance(first, str) or first.strip().casefold() not in self.header:
            return False
        words = [title_of(value).casefold() for value in row]
        return any(words) and all(
            not word or word == title for word, title in zip(words, self.header, strict=False)
        )

    def _filled(self, number: int, row: Sequence[Value]) -> Sequence[Value]:
        """A cell merged over several rows tells the same of each."""
        cells = list(row)
        for at in range(len(cells)):
            if cells[at] is None and (top := self.covered.get((number, at))) is not None:
                cells[at] = self.rows[top][at]
        return cells

    def _rejected(self, number: int, reason: str, mend: str) -> Rejected:
        grid = self.grid
        return Rejected(self.given.name, _line(grid, number), grid.place(number), reason, mend)

    def _row(self, number: int, row: Sequence[Value], arrival: int) -> Row:
        notes = list(self._formulas(number, row)) if self._may_run(row) else []
        if self.grid.shown:
            notes += self._in_part(number, row)
        text = {
            means: text_of(row[at]) for means, at in self.heading.places.items() if at < len(row)
        }
        source = text.get(Means.SOURCE, "")
        if not source:
            raise self._no_source()
        when, minute, time_typed = self._when(row, notes)
        end, end_minute, end_typed = self._end(row, notes) if self.ends else _NO_END
        if end is not None and when.latest and end.latest and end.latest < (when.earliest or _LAST):
            raise _Refuse("It ends before it starts.", "Give the earlier date first.")
        return Row(
            file=self.given.name,
            row=_line(self.grid, number),
            place=self.grid.place(number),
            arrival=arrival,
            agency=text.get(Means.AGENCY) or self.agency,
            date=when,
            time=time_typed,
            minute=minute,
            end_date=end,
            end_time=end_typed,
            end_minute=end_minute,
            sequence=text.get(Means.SEQUENCE, ""),
            rank=rank_of(text.get(Means.SEQUENCE, "")),
            source=source,
            event=text.get(Means.EVENT, ""),
            person=text.get(Means.PERSON, "") or self.front.get(Means.PERSON, ""),
            present=text.get(Means.PRESENT, ""),
            action=text.get(Means.ACTION, ""),
            comment=text.get(Means.COMMENT, ""),
            significance=text.get(Means.SIGNIFICANCE, ""),
            reference=text.get(Means.REFERENCE, ""),
            born=self._birth(row, notes) if Means.BORN in self.heading.places else self.born,
            more=tuple(
                (title, told)
                for title, at in self.heading.more
                if at < len(row) and (told := text_of(row[at]))
            ),
            notes=tuple(notes),
        )

    def _no_source(self) -> _Refuse:
        if Means.SOURCE not in self.heading.places:
            return _Refuse("There is no column for the source of information.", _SOURCE)
        return _Refuse("The source of information is missing.", _SOURCE)

    def _may_run(self, row: Sequence[Value]) -> bool:
        if self.formulas:
            return True
        return any(type(value) is str and value[0] == "=" for value in row if value)

    def _formulas(self, number: int, row: Sequence[Value]) -> Iterator[str]:
        for at, value in enumerate(row):
            if self.formulas and (address := _address(number, at)) in self.formulas:
                if value is None:
                    raise _Refuse(
                        f"Cell {address} holds a formula without a stored value.",
                        "Paste its value in place of the formula.",
                    )
                yield f"Cell {address} holds a formula; its last value was taken."
            elif type(value) is str and value[:1] == "=":
                yield f"A text that starts with = was kept as text: {self.grid.place(number, at)}."

    def _in_part(self, number: int, row: Sequence[Value]) -> Iterator[str]:
        for at in range(len(row)):
            if shown := self.grid.shown.get((number, at)):
                yield (
                    f'Cell {_address(number, at)} shows only "{shown}". The workbook fills in the '
                    "rest of the day by itself, so it was not taken."
                )

    def _cell(self, row: Sequence[Value], means: Means) -> Value:
        at = self.heading.places.get(means)
        return row[at] if at is not None and at < len(row) else None

    def _moment(self, value: Value, notes: list[str]) -> Moment:
        found = moment(value, year=self.on.year, nought=self.grid.nought)
        if found.note:
            notes.append(found.note)
        return found

    def _when(
        self, row: Sequence[Value], notes: list[str]
    ) -> tuple[UncertainDate, int | None, str]:
        value = self._cell(row, Means.DATE)
        found = self._moment(value, notes)
        typed, minute, note = clock(self._cell(row, Means.TIME))
        notes += [note] if note else []
        if not typed:
            typed, minute = found.clock, found.minute
        if found.date.earliest is not None and found.date.earliest > self.on:
            notes.append("The date is after the day of the merge.")
        return found.date, minute, typed

    def _end(
        self, row: Sequence[Value], notes: list[str]
    ) -> tuple[UncertainDate | None, int | None, str]:
        value = self._cell(row, Means.END_DATE)
        found = self._moment(value, notes) if value is not None else None
        typed, minute, note = clock(self._cell(row, Means.END_TIME))
        notes += [note] if note else []
        return found.date if found else None, minute, typed

    def _birth(self, row: Sequence[Value], notes: list[str]) -> UncertainDate | None:
        if (value := self._cell(row, Means.BORN)) is None:
            return self.born
        born = _born(value, self.on)
        if born is None:
            notes.append(f'The date of birth "{text_of(value)}" cannot be read.')
        return born


_LAST = date.max
_NO_END = (None, None, "")


def _born(value: Value, on: date) -> UncertainDate | None:
    if value is None:
        return None
    try:
        found = moment(value, year=on.year).date
    except Invalid:
        return None
    return None if found.precision is Precision.UNKNOWN else found


_BANNER = 2
"""A cell merged over more columns heads what is beneath it; a date may go over that of its time."""


def _covered(grid: Grid) -> dict[tuple[int, int], int]:
    """The cells that a cell merged downwards covers, with the row in which its value stands."""
    covered = {}
    for top, left, bottom, right in spans(grid.merged):
        if right - left < _BANNER and bottom - top < 500:
            covered.update({(number, left): top for number in range(top + 1, bottom + 1)})
    return covered


def _as_shown(grid: Grid) -> Sequence[Sequence[Value]]:
    """The rows, with no day said more closely than its cell shows it."""
    if not grid.shown:
        return grid.rows
    rows = [list(row) for row in grid.rows]
    for (row, column), text in grid.shown.items():
        rows[row][column] = text
    return rows


def _address(row: int, column: int) -> str:
    name, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return f"{name}{row + 1}"


def rank_of(text: str) -> float | None:
    found = re.search(r"[0-9]{1,9}(\.[0-9]{1,6})?", text)
    return float(found[0]) if found else None


def text_of(value: Value) -> str:
    """A cell as text: what was typed, trimmed; a day in words, a whole number without a point."""
    if value is None:
        return ""
    if isinstance(value, str):
        if value.isascii():
            return value.strip()
        return unicodedata.normalize("NFC", value).replace("\xa0", " ").strip()
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return f"{day_in_words(value.date())} {value:%H:%M}"
    if isinstance(value, date):
        return day_in_words(value)
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def _names_of_two(rows: Sequence[Row]) -> Iterator[str]:
    """A name under which two dates of birth stand: two children, whom the name cannot part."""
    born: dict[str, set[str]] = {}
    for row in rows:
        if row.person and row.born is not None:
            born.setdefault(row.person.casefold(), set()).add(row.born.iso())
    for person, days in born.items():
        if len(days) > 1:
            name = next(row.person for row in rows if row.person.casefold() == person)
            yield (
                f'"{name}" stands with {len(days)} dates of birth, so it may be more than one '
                "person. Their rows are not joined, and each keeps the date that it gives."
            )
