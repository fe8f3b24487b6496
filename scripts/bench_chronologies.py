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


EVENTS_OF_A_CASE = 2_000


def page_of_a_case(slug: str, seed: int, today: date) -> Callable[[], object]:
    """What the page of a merged chronology of many events asks, and what it shows of them.

    The rows are set down at once, without events: the page is measured, not the setting down.
    """
    from concordat.domain.practice.chronologies import queries
    from concordat.kernel.actor import process
    from concordat.web.chronologies import facing

    reference, actor = _case(slug, seed, today), process("bench", today)

    def read() -> object:
        row = queries.chronology(actor, reference)
        words, told = queries.wording(actor, row), queries.said(actor, row)
        view = queries.view(actor, row)
        rows = queries.sifted(actor, view, told, words, queries.Sifted())
        return facing.merged_page(row, rows, None, view, told, words)

    read()
    return read


def _case(slug: str, seed: int, today: date) -> str:
    """A chronology of as many agencies as the partnership has, ten at most; its reference."""
    from concordat.domain.base.agencies.models import Agency, Partnership
    from concordat.domain.base.records.models import Record
    from concordat.domain.practice.chronologies.models import Chronology, Contribution

    home, chance = Partnership.objects.get(key=slug).record, Random(seed)  # noqa: S311
    record = Record.objects.create(
        kind="chronology",
        reference=f"{home.reference}-CY-0001",
        title="Heron",
        partnership=home,
        opened=today,
    )
    row = Chronology.objects.create(
        record=record, partnership=home, first=FIRST, last=FIRST + timedelta(days=3_650)
    )
    agencies = list(Agency.objects.filter(partnership=home)[:AGENCIES])
    for agency in agencies:
        asked = Contribution.objects.create(
            chronology=row, agency=agency, due=today, asked_on=today
        )
        _version(asked, EVENTS_OF_A_CASE // len(agencies), chance, today)
    return record.reference


def _version(asked: Any, rows: int, chance: Random, today: date) -> None:
    """The rows of one agency, given and signed off."""
    from concordat.domain.practice.chronologies.models import Entry, Version
    from concordat.domain.practice.chronologies.rules import Means

    digest, by = f"{chance.getrandbits(256):064x}", "Somebody"
    Version.objects.create(
        contribution=asked, number=1, rows=rows, read=rows, given_by=by, given_on=today,
        digest=digest, signed=digest, signed_by=by, signed_on=today,
    )  # fmt: skip
    days = [FIRST + timedelta(days=chance.randrange(3_650)) for _ in range(rows)]
    Entry.objects.bulk_create(
        Entry(
            contribution=asked,
            since=1,
            position=float(place),
            told={Means.DATE: f"{day:%d/%m/%Y}", Means.EVENT: _event(chance), Means.SOURCE: "Log"},
            year=today.year,
        )
        for place, day in enumerate(days, 1)
    )


def _event(chance: Random) -> str:
    usual = " ".join(chance.choices(USUAL, k=8))
    return f"{chance.choice(RARE)}, {usual}" if chance.random() < 0.1 else usual


if __name__ == "__main__":
    import sys

    for line in measure(2026, whole="--quick" not in sys.argv):
        print(line)
