"""How many local reviews a year may bring and what they may cost.

The number is drawn between a low and a high figure, most often near the likely one; each review
costs between the least and the most, most often near the usual cost. Many such years are drawn.
What is asked is the money that is enough in 50, 80 or 95 of 100 of them. Nothing here is law; the
figures are the partnership's own or a source's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from concordat.kernel.errors import Fault, Invalid
from concordat.kernel.labels import count
from concordat.kernel.money import in_pounds

DRAWS = 100_000
SURE = (50, 80, 95)
MOST_REVIEWS = 60
SEED = 2019


@dataclass(frozen=True, slots=True)
class Demand:
    """Reviews in a year, and what one costs in pence. Where no least cost is known none is
    drawn below the usual one."""

    low: int
    likely: int
    high: int
    usual: int
    most: int
    least: int | None = None
    seed: int = SEED

    @property
    def floor(self) -> int:
        return self.usual if self.least is None else self.least

    def check(self) -> None:
        """Raises `Invalid` for figures out of order or out of range."""
        found: list[Fault] = []
        if not 0 <= self.low <= self.likely <= self.high:
            found.append(
                Fault(
                    f"The numbers are {self.low}, {self.likely} and {self.high}: low, likely and "
                    "high must rise.",
                    "low",
                    mend="Give the lowest first.",
                )
            )
        if self.high > MOST_REVIEWS:
            found.append(
                Fault(f"{self.high} reviews a year cannot be drawn.", "high",
                      mend=f"Give at most {MOST_REVIEWS}.")
            )  # fmt: skip
        if not 0 < self.floor <= self.usual <= self.most:
            found.append(
                Fault(
                    f"The costs are {in_pounds(self.floor)}, {in_pounds(self.usual)} and "
                    f"{in_pounds(self.most)}: least, usual and most must rise.",
                    "usual",
                    mend="Give the least first, above nothing.",
                )
            )
        if found:
            raise Invalid(found)

    @property
    def single(self) -> int:
        """The simple sum: the likely number at the usual cost."""
        return self.likely * self.usual

    @property
    def worst(self) -> int:
        return self.high * self.most

    def in_words(self) -> str:
        return (
            f"Between {self.low} and {count(self.high, 'review')} a year, most likely "
            f"{self.likely}; each between {in_pounds(self.floor)} and {in_pounds(self.most)}, "
            f"most likely {in_pounds(self.usual)}."
        )


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the drawn years came to, in pence: the mean, the money that is enough in so many of
    100 years, and how many of 100 years end in each step of `width` pence from nothing up."""

    demand: Demand
    draws: int
    mean: int
    enough: Mapping[int, int]
    steps: Sequence[int]
    width: int

    def sure_of(self, pence: int) -> int:
        """In how many of 100 drawn years this much is enough, from whole steps: rounded down."""
        whole = pence // self.width if self.width else 0
        return min(100, sum(self.steps[:whole]))

    def in_words(self) -> str:
        told = ", ".join(f"{in_pounds(self.enough[each])} in {each}" for each in SURE)
        return f"Of 100 such years this is enough: {told}."


def rounded_up(pence: int, to: int = 100_00) -> int:
    """To the next £100: a finer figure would pretend to more than a guess can know."""
    return -(-pence // to) * to
