"""B8: the chronologies of ten agencies merged, with duplicates, gaps and silences.

The floor is the same rows in columns of NumPy: sorted by the five order columns, the pauses of
each agency, and for every row the nearest one of each other agency. It reads no word, so that
no duplicate and no matter is found in it. Growth is the exponent fitted through four sizes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from time import process_time
from typing import Any

from bench_diaries import Told
from bench_measure import exponent

AGENCIES, FIRST = 10, date(2010, 1, 1)
FULL, QUICK = (100, 1_000, 10_000, 100_000), (30, 100, 1_000, 10_000)
MOST_GROWTH, MOST_RATIO = 1.15, 10.0
USUAL = [
    *("home", "visit", "school", "nurse", "mother", "seen", "baby", "well", "feeding"),
    *("appointment", "telephone", "call", "clinic", "review", "attended", "weight", "plan"),
]
RARE = ("Police attended a domestic incident", "Bruise seen on the arm", "Missing overnight")


def measure(seed: int, *, whole: bool = True) -> Iterator[Told]:
    """How many times its floor a merge takes, at each size that says something, and by what power
    of the rows it grows."""
    from concordat.domain.practice.chronologies.rules import merge

    sizes, spent = FULL if whole else QUICK, {}
    for size in sizes:
        rows = _rows(size, seed)
        rounds = max(1, 20_000 // size)
        spent[size] = _least(lambda rows=rows: merge(rows), min(5, rounds))  # type: ignore[misc]
        if size >= 1_000:
            columns = _columns(rows)
            floor = _least(lambda columns=columns: _floor(*columns), 5)  # type: ignore[misc]
            ratio, goal = spent[size] / floor, f"at most {MOST_RATIO:g}"
            told = f"{AGENCIES} x {size:,} rows"
            yield Told("chronology merge", told, ratio, "columns", goal, ratio <= MOST_RATIO)
    growth, goal = exponent(list(spent), list(spent.values())), f"at most {MOST_GROWTH:g}"
    named = f"{AGENCIES} x {sizes[0]:,} to {sizes[-1]:,} rows"
    yield Told("chronology growth", named, growth, "power of rows", goal, growth <= MOST_GROWTH)


def _least(act: Callable[[], Any], rounds: int) -> float:
    """Processor seconds of the fastest of some rounds."""
    taken = []
    for _ in range(rounds):
        begun = process_time()
        act()
        taken.append(process_time() - begun)
    return min(taken)


def _columns(rows: list[Any]) -> tuple[Any, ...]:
    import numpy

    day = numpy.array([row.date.earliest.toordinal() for row in rows])
    minute = numpy.array([1440 if row.minute is None else row.minute for row in rows])
    agency = numpy.array([int(row.agency.rpartition(" ")[2]) for row in rows])
    return day, minute, agency, numpy.arange(len(rows))


def _floor(day: Any, minute: Any, agency: Any, arrival: Any) -> int:
    import numpy

    order = numpy.lexsort((arrival, minute, day))
    day, agency = day[order], agency[order]
    told = 0
    by_agency = [day[agency == each] for each in range(AGENCIES)]
    for own in by_agency:
        told += int((numpy.diff(own) > 60).sum())
        near = numpy.searchsorted(own, day).clip(0, len(own) - 1)
        told += int((numpy.abs(own[near] - day) <= 28).sum())
    return told


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
    import sys

    for line in measure(2026, whole="--quick" not in sys.argv):
        print(line)
