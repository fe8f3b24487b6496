"""Money that stands in the wrong year, or below nothing where it cannot."""

from __future__ import annotations

from collections.abc import Iterator

from concordat.domain.assurance.exchange.rules.fields import Row, kind_of
from concordat.domain.assurance.exchange.rules.kinds_running import (
    Budget,
    Contribution,
    Cost,
    Formula,
    ReviewDemand,
    Share,
    Total,
)
from concordat.domain.assurance.exchange.rules.shape import Chapter
from concordat.domain.governance.finance.rules.years import belongs
from concordat.kernel.errors import Fault

_OF_A_BUDGET = (Contribution, Cost, Formula, Share, Total, ReviewDemand)
_NEVER_BELOW = ("pledged", "agreed", "invoiced", "received", "spent")


def other_years(chapter: Chapter) -> Iterator[Fault]:
    """A row of one year in the budget of another. A row without a year takes its budget's."""
    years = {row.key: row.year for row in chapter.of(Budget)}
    for each in _OF_A_BUDGET:
        for row in chapter.of(each):
            year, budget = (str(getattr(row, name)) for name in ("year", "budget"))
            told = belongs(year, to=years.get(budget, ""), what=_noun(row))
            if not told:
                yield Fault(told.reason, "year", row.where("year"), "Name the budget of that year.")


def _noun(row: Row) -> str:
    return kind_of(row).name.removesuffix("s").replace("_", " ")


def below_nothing(chapter: Chapter) -> Iterator[Fault]:
    for row in (*chapter.of(Contribution), *chapter.of(Cost)):
        for name in _NEVER_BELOW:
            if (getattr(row, name, None) or 0) < 0:
                yield Fault("This sum is below nothing.", name, row.where(name), "Write a sum.")
