"""Seats written in a sheet: which columns it has, and what is wrong with a row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from concordat.domain.base.seats.rules.sitting import Capacity
from concordat.kernel.actor import Office
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import near

COLUMNS = {
    "Body": "The body’s name as it stands here",
    "Seat": "Title of the seat",
    "Capacity": ", ".join(Capacity),
    "Office": ", ".join(Office),
    "Agency": "The agency that fills it, by name",
    "Speaks for": "The sector that it speaks for",
    "Holder": "The post that sits",
    "Deputy": "The post that deputises",
    "From": "Since when they sit",
}
NEEDED = ("Body", "Seat")
MOST_LINES = 500


@dataclass(frozen=True, slots=True)
class Known:
    """What is on record already: names as they stand by the same in small letters.

    `seats` are pairs of body and role, both in small letters.
    """

    bodies: Mapping[str, str]
    agencies: Mapping[str, str]
    seats: Collection[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One seat of a sheet. `row` is its number in the file; `problems` say what is wrong."""

    row: int
    body: str
    role: str
    capacity: str = ""
    office: str = ""
    agency: str = ""
    speaks_for: str = ""
    holder: str = ""
    deputy: str = ""
    from_text: str = ""
    problems: tuple[str, ...] = field(default=())

    @property
    def name(self) -> tuple[str, str]:
        return self.body.casefold(), self.role.casefold()


def lines(rows: list[tuple[int, Mapping[str, str]]], known: Known) -> list[Line]:
    """The seats of a sheet, each with what is wrong with it. `rows` are those beneath the head."""
    found: list[Line] = []
    before: set[tuple[str, str]] = set()
    for number, cells in rows:
        line = _line(number, {name: value.strip() for name, value in cells.items()})
        problems = [*_wrong(line, known), *_twice(line, before, known)]
        before.add(line.name)
        found.append(_with(line, tuple(problems)))
    return found


def _line(number: int, cells: Mapping[str, str]) -> Line:
    return Line(
        row=number,
        body=cells.get("Body", ""),
        role=cells.get("Seat", ""),
        capacity=cells.get("Capacity", "").lower(),
        office=cells.get("Office", "").lower(),
        agency=cells.get("Agency", ""),
        speaks_for=cells.get("Speaks for", ""),
        holder=cells.get("Holder", ""),
        deputy=cells.get("Deputy", ""),
        from_text=cells.get("From", ""),
    )


def _with(line: Line, problems: tuple[str, ...]) -> Line:
    said = _date(line.from_text)
    return replace(line, from_text=said.iso() if said else line.from_text, problems=problems)


def _date(told: str) -> UncertainDate | None:
    """The date that was written; None for none and for what is no date."""
    try:
        return UncertainDate.parse(told) if told else None
    except Invalid:
        return None


def _wrong(line: Line, known: Known) -> Iterator[str]:
    if not line.role:
        yield "The seat has no title."
    if not line.body:
        yield "No body is named."
    elif line.body.casefold() not in known.bodies:
        yield f"There is no body called “{line.body}”.{_like(line.body, known.bodies.values())}"
    if line.agency and line.agency.casefold() not in known.agencies:
        like = _like(line.agency, known.agencies.values())
        yield f"There is no agency called “{line.agency}”.{like}"
    yield from _not_one_of("capacity", line.capacity, list(Capacity))
    yield from _not_one_of("office", line.office, list(Office))
    if line.deputy and line.deputy.casefold() == line.holder.casefold():
        yield "The deputy is the holder."
    if line.from_text and _date(line.from_text) is None:
        yield f"“{line.from_text}” is not a date."


def _not_one_of(what: str, said: str, words: list[str]) -> Iterator[str]:
    if said and said not in words:
        yield f"“{said}” is no {what}.{_like(said, words)}"


def _like(said: str, words: Iterable[str]) -> str:
    close = near(said, words)
    return f" Did you mean “{close[0]}”?" if close else ""


def _twice(line: Line, before: set[tuple[str, str]], known: Known) -> Iterator[str]:
    if line.name in before:
        yield "The same seat stands above in this sheet."
    elif line.name in known.seats:
        yield "This seat is on record already."
