"""Financial years of public bodies: 1 April to 31 March."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from concordat.kernel.errors import Invalid
from concordat.kernel.verdict import Verdict, no, yes

_WRITTEN = re.compile(r"((?:19|20)[0-9]{2})\s*[/–-]\s*([0-9]{4}|[0-9]{2})")


@dataclass(frozen=True, slots=True, order=True)
class Year:
    """The year that begins on 1 April of `starts`."""

    starts: int

    @property
    def first(self) -> date:
        return date(self.starts, 4, 1)

    @property
    def last(self) -> date:
        return date(self.starts + 1, 3, 31)

    @property
    def before(self) -> Year:
        return Year(self.starts - 1)

    def __str__(self) -> str:
        return f"{self.starts}/{(self.starts + 1) % 100:02d}"


def parse_year(text: str) -> Year:
    """ "2019/20", "2019-20" and "2019/2020". Raises `Invalid` for anything else."""
    found = _WRITTEN.fullmatch(text.strip())
    if not found:
        raise Invalid(f"“{text}” is not a financial year.", mend="Write it like 2019/20.")
    starts, ends = int(found[1]), int(found[2])
    if ends % 100 != (starts + 1) % 100 or (ends > 99 and ends != starts + 1):
        raise Invalid(
            f"“{text}” does not end in the year after it begins.", mend="Write it like 2019/20."
        )
    return Year(starts)


def year_of(day: date) -> Year:
    return Year(day.year if (day.month, day.day) >= (4, 1) else day.year - 1)


def same_year(one: str, other: str) -> bool:
    """Whether two texts mean one year, however they are written; other texts only if equal."""
    return _canonical(one) == _canonical(other)


def _canonical(text: str) -> str:
    try:
        return str(parse_year(text))
    except Invalid:
        return " ".join(text.split()).casefold()


def belongs(year: str, *, to: str, what: str = "contribution") -> Verdict:
    """Whether a row stated for `year` may stand in the budget of the year `to`.

    A row that states no year belongs to the budget that it is put into.
    """
    if not year or not to or same_year(year, to):
        return yes()
    return no(f"This {what} is for {year}, and the budget is for {to}. Put it into that year’s.")
