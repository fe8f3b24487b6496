"""B15: a hundred thousand years of reviews drawn, against the same drawn with NumPy alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from bench_diaries import Told

DRAWS, ROUNDS = 100_000, 5
MOST = 5.0
FIGURES = (((1, 2, 4), "1 to 4 reviews"), ((3, 8, 20), "3 to 20 reviews"))
COST = (8_000_00, 8_000_00, 15_000_00)
HUNDREDTHS = (50, 80, 95)


def measure(seed: int) -> Iterator[Told]:
    """One line for each size: how many times the bare drawing it takes."""
    from concordat.craft import chance

    for number, size in FIGURES:
        ours = _best(
            lambda number=number: chance.years(  # type: ignore[misc]
                number, COST, draws=DRAWS, seed=seed, hundredths=HUNDREDTHS
            )
        )
        ratio = ours / _best(lambda number=number: _bare(number, seed))  # type: ignore[misc]
        told = f"at most {MOST:g}"
        yield Told("reviews drawn", size, ratio, "NumPy alone", told, ratio <= MOST)


def _best(act: Callable[[], Any]) -> float:
    """Processor seconds of the fastest of some rounds, after one that warms up."""
    act()
    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        act()
        taken.append(time.process_time() - begun)
    return min(taken)


def _bare(number: tuple[int, int, int], seed: int) -> Any:
    """Every possible review of every year drawn, and those that did not come left out."""
    import numpy

    random = numpy.random.default_rng(seed)
    low, likely, high = number
    many = numpy.rint(random.triangular(low - 0.5, likely, high + 0.5, DRAWS))
    costs = random.triangular(*COST, (DRAWS, high))
    came = numpy.arange(high) < many[:, None]
    return numpy.percentile((costs * came).sum(axis=1), HUNDREDTHS)


if __name__ == "__main__":
    for line in measure(2026):
        print(line)
