"""Many years drawn from one seed: how often a thing happens in a year, and what each time costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """Totals of all drawn years: their mean, the total at each asked hundredth, and how many of
    100 years fall into each step of `width`. The same seed gives the same outcome."""

    mean: int
    at: dict[int, int]
    steps: list[int]
    width: int


def years(
    number: tuple[int, int, int],
    cost: tuple[int, int, int],
    *,
    draws: int,
    seed: int,
    hundredths: tuple[int, ...],
    bars: int = 12,
) -> Outcome:
    """Draw years of a triangular number of events, each at a triangular cost.

    `number` and `cost` are the least, the likeliest and the most. `hundredths` such as 95 ask for
    the least total that is enough in that many of 100 years.
    """
    import numpy  # comes with the solver; too heavy for a start-up

    random = numpy.random.default_rng(seed)
    low, likely, high = number
    span = random.triangular(low - 0.5, likely, high + 0.5, draws)
    counts = numpy.sort(numpy.clip(numpy.rint(span), low, high).astype(numpy.int64))[::-1]
    totals = numpy.zeros(draws)
    for nth in range(high):
        years_with = int(numpy.searchsorted(-counts, -nth, side="left"))
        if years_with:
            totals[:years_with] += _costs(random, cost, years_with)
    totals.sort()
    width = max(1, -(-int(high * cost[2]) // bars))
    tall = numpy.histogram(totals, bins=[width * each for each in range(bars + 1)])[0]
    return Outcome(
        mean=int(totals.mean()),
        at={each: _enough(totals, each, draws) for each in hundredths},
        steps=_of_a_hundred([int(each) for each in tall], draws),
        width=width,
    )


def _costs(random: Any, cost: tuple[int, int, int], many: int) -> Any:
    least, likely, most = cost
    if least == most:
        return float(least)
    return random.triangular(least, likely, most, many)


def _enough(totals: Any, hundredth: int, draws: int) -> int:
    place = -(-hundredth * draws // 100) - 1
    return int(-(-totals[place] // 1))


def _of_a_hundred(tall: list[int], draws: int) -> list[int]:
    """Whole hundredths that add up to 100, by the largest remainders."""
    exact = [each * 100 / draws for each in tall]
    told = [int(each) for each in exact]
    order = sorted(range(len(tall)), key=lambda at: told[at] - exact[at])
    for at in order[: 100 - sum(told)]:
        told[at] += 1
    return told
