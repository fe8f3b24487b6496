"""Totals as a source states them beside those that add up. A difference is told, never mended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from concordat.kernel.money import in_pounds

_FILLER = re.compile(r"\b(the|all|total|totals|sum|of|in|for|overall|grand)\b")
INCOME = frozenset({"income", "contributions", "funding", "money", "revenue", "receipts"})
COSTS = frozenset({"costs", "cost", "spend", "spending", "expenditure", "expenses"})


@dataclass(frozen=True, slots=True)
class Stated:
    """A total that somebody states: of what, how much (pence), and where it stands."""

    of: str
    amount: int | None
    source: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """A stated total and what adds up here. `computed` is None where nothing answers to it."""

    stated: Stated
    computed: int | None

    @property
    def difference(self) -> int:
        """Stated less added up."""
        if self.stated.amount is None or self.computed is None:
            return 0
        return self.stated.amount - self.computed

    @property
    def agrees(self) -> bool:
        known = self.stated.amount is not None and self.computed is not None
        return known and not self.difference

    def in_words(self) -> str:
        if self.computed is None:
            return "Nothing here adds up to this."
        if self.stated.amount is None:
            return f"No sum is stated. The rows add up to {in_pounds(self.computed)}."
        if self.agrees:
            return "The rows add up to it."
        more = "more" if self.difference > 0 else "less"
        return (
            f"It states {in_pounds(abs(self.difference))} {more} than the rows, "
            f"which add up to {in_pounds(self.computed)}. Neither is changed."
        )


def compare(
    stated: Iterable[Stated], *, income: int, costs: int, parts: Mapping[str, int]
) -> list[Compared]:
    """Each stated total beside its sum. `parts` are sums by heading, level, agency or source."""
    named = {_bare(name): pence for name, pence in parts.items()}
    return [Compared(each, _sum_of(each.of, income, costs, named)) for each in stated]


def _sum_of(of: str, income: int, costs: int, named: Mapping[str, int]) -> int | None:
    bare = _bare(of)
    if bare in named:
        return named[bare]
    if bare in INCOME:
        return income
    return costs if bare in COSTS else None


def _bare(text: str) -> str:
    """What a total is of, without the words that only say that it is one."""
    return " ".join(_FILLER.sub(" ", text.casefold()).replace(":", " ").split())
