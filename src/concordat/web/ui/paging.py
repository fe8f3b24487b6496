"""Pages of a list: never an unending one, and a bad page number is the nearest good one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

PER_PAGE = 25
MOST_ROWS = 1000
_BESIDE = 1


class Rows(Protocol):
    """A query set or a sequence: what can be sliced."""

    def __getitem__(self, at: slice, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows. `total` counts at most `MOST_ROWS`; `more` says that there are others."""

    rows: Sequence[Any]
    number: int
    pages: int
    total: int
    first: int
    more: bool = False

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def all(self) -> str:
        """How many rows there are, in figures."""
        return f"{self.total:,}"

    @property
    def numbers(self) -> list[int]:
        """The page numbers to link to, with 0 where some are left out."""
        near = range(self.number - _BESIDE, self.number + _BESIDE + 1)
        shown = sorted({1, self.pages, *near} & set(range(1, self.pages + 1)))
        told: list[int] = []
        for number in shown:
            if told and number - told[-1] > 1:
                told.append(0)
            told.append(number)
        return told


def page_of(rows: Rows, asked: str | None, *, per_page: int = PER_PAGE) -> Page:
    """The page that was asked for. Costs one count, capped, and one slice."""
    total, more = _counted(rows)
    pages = max(1, -(-total // per_page))
    number = min(max(int(asked), 1), pages) if asked and asked.isdecimal() else 1
    start = (number - 1) * per_page
    shown = list(rows[start : min(start + per_page, total)])
    return Page(shown, number, pages, total, start + 1 if shown else 0, more)


def _counted(rows: Rows) -> tuple[int, bool]:
    capped = rows[: MOST_ROWS + 1]
    found = len(capped) if isinstance(capped, Sequence) else capped.count()
    return min(found, MOST_ROWS), found > MOST_ROWS
