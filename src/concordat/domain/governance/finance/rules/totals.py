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
    """A stated total and what adds up here. `computed` is None where nothing answers to it, or
    where income and costs both do (`both`)."""

    stated: Stated
    computed: int | None
    both: bool = False

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

    @property
    def differs(self) -> bool:
        """Whether it wants somebody's eye: what is stated is not what adds up."""
        return bool(self.difference)

    def in_words(self) -> str:
        if self.both:
            return "Both income and costs are called so. Say which it is the total of."
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
    stated: Iterable[Stated],
    *,
    income: int,
    costs: int,
    given: Iterable[tuple[str, int]],
    spent: Iterable[tuple[str, int]],
) -> list[Compared]:
    """Each stated total beside its sum. `given` are sums of income by agency or source, `spent`
    those of costs by heading, level or line; what one name is said of adds up."""
    comes, goes = _by_name(given), _by_name(spent)
    return [_compared(each, income, costs, comes, goes) for each in stated]


def _by_name(parts: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, pence in parts:
        found[_bare(name)] = found.get(_bare(name), 0) + pence
    return found


def _compared(
    each: Stated, income: int, costs: int, comes: Mapping[str, int], goes: Mapping[str, int]
) -> Compared:
    bare = _bare(each.of)
    if bare in INCOME:
        return Compared(each, income)
    if bare in COSTS:
        return Compared(each, costs)
    if bare in comes and bare in goes:
        return Compared(each, None, both=True)
    return Compared(each, comes.get(bare, goes.get(bare)))


def _bare(text: str) -> str:
    """What a total is of, without the words that only say that it is one."""
    return " ".join(_FILLER.sub(" ", text.casefold()).replace(":", " ").split())
