"""B13: a million deadlines counted again after a bank holiday was moved, against numpy.

Both have the same starts and the same closed days, and must come to the same dates. numpy is given
its own form of them, and returns its own; ours are the dates that the product keeps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from bench_chance import _best
from bench_diaries import Told

MANY, QUICK = 1_000_000, 300_000
MOST = 5.0
FIRST, DAYS = date(2006, 1, 2), 7_300
MOVED_FROM, MOVED_TO = date(2020, 5, 4), date(2020, 5, 8)
"""The early May bank holiday of 2020 was moved to a Friday, eleven months before."""


def measure(seed: int, many: int = MANY) -> Iterator[Told]:
    """One line: how many times the processor seconds of numpy it takes, and that both agree."""
    from concordat.craft.holidays import england_working_days
    from concordat.kernel.calendar import WorkingDays

    england = england_working_days()
    before = WorkingDays((england.closed - {MOVED_TO}) | {MOVED_FROM}, england.horizon)
    work = list(_work(seed, many))
    again = _ours(work, england)
    moved = sum(
        old != new
        for first, second in zip(_ours(work, before), again, strict=True)
        for old, new in zip(first, second, strict=True)
    )
    theirs = _numpy(work, sorted(england.closed))
    equal = moved > 0 and [each.tolist() for each in theirs()] == again
    ratio = _best(lambda: _ours(work, england)) / _best(theirs)
    size = f"{many:,} deadlines, {moved:,} moved"
    goal = f"equal, at most {MOST:g}"
    yield Told("deadlines again", size, ratio, "numpy", goal, equal and ratio <= MOST)


def _work(seed: int, many: int) -> Iterator[tuple[Any, list[date]]]:
    """Every limit in working days that the law sets, with its share of the starts."""
    from concordat.domain.base.clocks.rules import Direction, Unit, law

    limits = [
        rule.deadline
        for rule in law().rules
        if rule.deadline
        and rule.deadline.unit is Unit.WORKING_DAYS
        and rule.deadline.direction is Direction.FORWARD
        and rule.deadline.latest is None
        and rule.deadline.value
    ]
    chance = Random(seed)  # noqa: S311 - the same for the same seed
    every = [FIRST + timedelta(days=number) for number in range(DAYS)]
    share, over = divmod(many, len(limits))
    for number, limit in enumerate(limits):
        yield limit, chance.choices(every, k=share + (number < over))


def _ours(work: Sequence[tuple[Any, list[date]]], days: Any) -> list[list[date | None]]:
    from concordat.domain.base.clocks.rules import working_dues

    return [working_dues(starts, limit, days) for limit, starts in work]


def _numpy(work: Sequence[tuple[Any, list[date]]], closed: Sequence[date]) -> Any:
    import numpy

    from concordat.domain.base.clocks.rules import DayCounting

    days = numpy.busdaycalendar(holidays=numpy.array(closed, "datetime64[D]"))
    told = [
        (
            numpy.array(starts, "datetime64[D]"),
            limit.value - (limit.day_counting is DayCounting.DAY1),
            "forward" if limit.day_counting is DayCounting.DAY1 else "backward",
        )
        for limit, starts in work
    ]

    def count() -> list[Any]:
        return [
            numpy.busday_offset(starts, number, roll=roll, busdaycal=days)
            for starts, number, roll in told
        ]

    return count


if __name__ == "__main__":
    for line in measure(2026):
        print(line)
