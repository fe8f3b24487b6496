"""Formulas side by side and drawn years as pictures; each stands beside its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from concordat.craft.bars import Bar, bars
from concordat.domain.governance.finance.rules.demand import Drawn
from concordat.domain.governance.finance.rules.sharing import Beside, Shared, are_of_one_sum
from concordat.kernel.money import in_pounds

MOST_BARS = 18


@dataclass(frozen=True, slots=True)
class Picture:
    svg: SafeString
    title: str
    sentence: str


def formulas(shared: Sequence[Shared], rows: Sequence[Beside]) -> Picture | None:
    """What each partner would pay under each formula, in whole pounds; None where none works."""
    names = [one.formula.title for one in shared]
    drawn = [
        Bar(f"{row.short or row.name}: {name}", (pence // 100,))
        for row in rows
        for name, pence in zip(names, row.pence, strict=True)
        if pence is not None
    ]
    if not drawn or len(drawn) > MOST_BARS:
        return None
    widest = max(rows, key=lambda row: row.spread)
    if not are_of_one_sum(shared):
        title = "What each would pay, of sums that differ"
    elif widest.spread:
        title = f"{widest.name} would pay {in_pounds(widest.spread)} more or less by formula"
    else:
        title = "Every formula asks the same of everybody"
    sentence = "What each would pay in pounds a year. To the penny it stands in the table above."
    return _picture(drawn, "Pounds a year", title, sentence)


def years(drawn: Drawn) -> Picture:
    """How many of 100 drawn years end in each step of cost."""
    steps = list(drawn.steps)
    while len(steps) > 1 and not steps[-1]:
        steps.pop()
    rows = [
        Bar(f"Up to {in_pounds(-(-drawn.width * number // 100) * 100)}", (many,))
        for number, many in enumerate(steps, 1)
    ]
    title = f"{in_pounds(drawn.enough[80])} is enough in 80 of 100 years"
    sentence = "How many of 100 years come to this much, and no more."
    return _picture(rows, "Years out of 100", title, sentence)


def _picture(rows: Sequence[Bar], part: str, title: str, sentence: str) -> Picture:
    svg = bars(rows, [(part, "plain")], title=title, desc=sentence)
    return Picture(mark_safe(svg), title, sentence)  # noqa: S308 - drawn here, its texts escaped
