"""Recommendations as a sentence, and what came back year by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from concordat.domain.base.recommendations.rules.states import Nature
from concordat.kernel.labels import count


@dataclass(frozen=True, slots=True)
class Tally:
    """How many there are of what a sentence tells of."""

    open: int
    overdue: int = 0
    without_owner: int = 0
    framed: int = 0
    waiting: int = 0
    more: bool = False


def in_a_sentence(tally: Tally) -> str:
    """ "11 open; 3 overdue, 1 without an owner. 2 drafts are being framed."."""
    if not any((tally.open, tally.framed, tally.waiting)):
        return "Nothing is open."
    many = f"More than {tally.open}" if tally.more else str(tally.open)
    told = f"{many} open" if tally.open else "Nothing is open"
    wanting = [f"{tally.overdue} overdue"] if tally.overdue else []
    wanting += [f"{tally.without_owner} without an owner"] if tally.without_owner else []
    told += f"; {', '.join(wanting)}." if wanting else "."
    if tally.waiting:
        waits = "waits" if tally.waiting == 1 else "wait"
        told += f" {tally.waiting} {waits} for acceptance as adequate."
    if tally.framed:
        told += f" {count(tally.framed, 'draft')} {'is' if tally.framed == 1 else 'are'} framed."
    return told


def apart(natures: Iterable[str]) -> str:
    """System change and compliance counted apart, and what nobody has judged."""
    held = Counter(natures)
    told = [
        f"{held[Nature.SYSTEM_CHANGE]} ask for system change",
        f"{held[Nature.COMPLIANCE]} for compliance",
    ]
    if held[""]:
        told.append(f"{held['']} {'is' if held[''] == 1 else 'are'} not judged yet")
    return f"{', '.join(told)}."


def times(others: int) -> str:
    """How often we were told, in words; empty for the first time."""
    return f"Told {others + 1} times" if others else ""


def by_year(days: Sequence[tuple[date, bool]]) -> list[tuple[int, int, int]]:
    """Of each year: how many recommendations were made, and how many of them repeated one that
    was made before. `days` are the day of each and whether it was a repetition."""
    made, again = Counter[int](), Counter[int]()
    for day, repeated in days:
        made[day.year] += 1
        again[day.year] += repeated
    return [(year, made[year], again[year]) for year in sorted(made)]
