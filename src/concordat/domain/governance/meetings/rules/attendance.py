"""Who came over a year, by agency, with deputies told apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from concordat.domain.governance.meetings.rules.quorum import Presence
from concordat.kernel.labels import count


@dataclass(frozen=True, slots=True)
class Came:
    """How one seat was at one meeting."""

    meeting: str
    agency: str
    seat: str
    presence: Presence


@dataclass(frozen=True, slots=True)
class Row:
    """One agency over a time. A meeting counts once, however many of its seats came; it came in
    person if anybody of it did."""

    agency: str
    meetings: int
    in_person: int
    by_deputy: int
    apologies: int

    @property
    def silent(self) -> int:
        return self.meetings - self.in_person - self.by_deputy - self.apologies

    @property
    def sentence(self) -> str:
        told = f"{self.agency} came to {self.in_person + self.by_deputy} of "
        told += count(self.meetings, "meeting")
        return f"{told}, {self.by_deputy} of them by deputy." if self.by_deputy else f"{told}."


_BEST = (Presence.PRESENT, Presence.DEPUTY, Presence.APOLOGIES)


def by_agency(rows: Iterable[Came]) -> list[Row]:
    """One row for each agency that had a seat at any of the meetings, by name."""
    found: dict[str, dict[str, Presence]] = {}
    for row in rows:
        at = found.setdefault(row.agency, {})
        at[row.meeting] = _better(at.get(row.meeting), row.presence)
    return [_row(agency, [*at.values()]) for agency, at in sorted(found.items())]


def _better(one: Presence | None, other: Presence) -> Presence:
    if one is None:
        return other
    return next((each for each in _BEST if each in (one, other)), one)


def _row(agency: str, told: list[Presence]) -> Row:
    return Row(
        agency,
        len(told),
        told.count(Presence.PRESENT),
        told.count(Presence.DEPUTY),
        told.count(Presence.APOLOGIES),
    )


def in_words(rows: Iterable[Row], meetings: int) -> str:
    """How a body was attended: how often every agency was there, and who came least."""
    told = [*rows]
    if not meetings or not told:
        return "No meeting was held in this time."
    there = {row.agency: row.in_person + row.by_deputy for row in told}
    every = sum(1 for row in told if there[row.agency] == row.meetings)
    least = min(told, key=lambda row: (there[row.agency] / row.meetings, row.agency))
    said = f"{count(meetings, 'meeting')} held; {every} of {count(len(told), 'agency', 'agencies')}"
    said += " came to all."
    return said if every == len(told) else f"{said} {least.sentence}"


def by_deputies(rows: Iterable[Row]) -> str:
    """How much of the attendance was by deputies."""
    told = [*rows]
    there = sum(row.in_person + row.by_deputy for row in told)
    deputies = sum(row.by_deputy for row in told)
    if not deputies:
        return "Nobody came by deputy."
    were = "was" if deputies == 1 else "were"
    return f"{deputies} of {count(there, 'attendance')} {were} by deputy."
