"""B8: the chronologies of ten agencies merged, with duplicates, gaps and silences.

The floor is the same rows sorted bare, by plain tuples; growth is the exponent between sizes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from math import log
from random import Random
from typing import Any

from bench_chance import _best
from bench_diaries import Told

AGENCIES, SIZES, FIRST = 10, (100, 1_000, 10_000), date(2010, 1, 1)
MOST_GROWTH = 1.15
USUAL = [
    *("home", "visit", "school", "nurse", "mother", "seen", "baby", "well", "feeding"),
    *("appointment", "telephone", "call", "clinic", "review", "attended", "weight", "plan"),
]
RARE = ("Police attended a domestic incident", "Bruise seen on the arm", "Missing overnight")


def measure(seed: int) -> Iterator[Told]:
    """How many times the bare sort a merge takes, and by what power of the rows it grows."""
    from concordat.domain.practice.chronologies.rules import merge

    spent = {}
    for size in SIZES:
        rows = _rows(size, seed)
        spent[size] = _best(lambda rows=rows: merge(rows))
        if size == SIZES[-1]:
            bare = _best(
                lambda rows=rows: sorted((r.date.earliest, r.minute or 0, r.arrival) for r in rows)
            )
            told = f"{AGENCIES} x {size:,} rows"
            yield Told("chronology merge", told, spent[size] / bare, "a bare sort", "told", True)
    growth = log(spent[SIZES[-1]] / spent[SIZES[-2]]) / log(SIZES[-1] / SIZES[-2])
    named = f"{AGENCIES} x {SIZES[-2]:,} to {SIZES[-1]:,} rows"
    goal = f"at most {MOST_GROWTH:g}"
    yield Told("chronology growth", named, growth, "power of rows", goal, growth <= MOST_GROWTH)


def _rows(size: int, seed: int) -> list[Any]:
    """Ten agencies over a time that grows with the rows, as a longer chronology does."""
    from concordat.domain.practice.chronologies.rules import Row
    from concordat.kernel.dates import UncertainDate

    chance = Random(seed)  # noqa: S311 - the same for the same seed
    days = [FIRST + timedelta(days=n) for n in range(max(60, size // 3))]
    read = [UncertainDate.parse(day.isoformat()) for day in days]
    return [
        Row(
            file=f"{agency}.csv",
            row=number,
            place=f"line {number}",
            arrival=agency * 1_000_000 + number,
            agency=f"Agency {agency}",
            date=chance.choice(read),
            source="Record",
            event=_event(chance),
            minute=chance.randint(480, 1080) if chance.random() < 0.6 else None,
        )
        for agency in range(AGENCIES)
        for number in range(size)
    ]


def _event(chance: Random) -> str:
    usual = " ".join(chance.choices(USUAL, k=8))
    return f"{chance.choice(RARE)}, {usual}" if chance.random() < 0.1 else usual


if __name__ == "__main__":
    for line in measure(2026):
        print(line)
