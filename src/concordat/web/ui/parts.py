"""The values that components are given: plain, frozen, and checked when they are made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from concordat.kernel.dates import UncertainDate
from concordat.web.ui.states import Progress

When = date | datetime | UncertainDate


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a navigation. `count` is words: "7", "5 of 7", "4 due"."""

    text: str
    href: str
    current: bool = False
    count: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of a summary list. `change` is the address where it can be changed."""

    label: str
    value: object
    change: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a progress tracker."""

    text: str
    stands: Literal["done", "now", "next"] = "next"


@dataclass(frozen=True, slots=True)
class Task:
    """One row of a task list. A task that cannot start yet is never a link."""

    text: str
    stands: Progress
    href: str = ""
    hint: str = ""

    @property
    def opens(self) -> bool:
        return bool(self.href) and self.stands is not Progress.CANNOT_START


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of a timeline. A datetime shows its time; a date never gains one."""

    title: str
    when: When
    by: str = ""
    text: str = ""
    href: str = ""
    link: str = ""

    def __post_init__(self) -> None:
        if bool(self.href) != bool(self.link):
            raise ValueError("A link in a timeline needs both its address and its own words.")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    `kind` is "text", "number" (right-aligned) or "action" (its header is for screen readers).
    `sort` is the address that sorts by this column; `order` how it is sorted now.
    """

    text: str
    kind: Literal["text", "number", "action"] = "text"
    sort: str = ""
    order: Literal["", "ascending", "descending"] = ""

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("Every column needs a header, also one of buttons.")

    @classmethod
    def of(cls, told: str | Column) -> Column:
        """A column from its template form: "Due", "Amount:number" or "Next step:action"."""
        if isinstance(told, Column):
            return told
        text, _, kind = told.rpartition(":")
        if kind == "number":
            return cls(text, "number")
        return cls(text, "action") if kind == "action" else cls(told)


@dataclass(frozen=True, slots=True)
class Chip:
    """One chosen filter, with the address of the same list without it."""

    label: str
    value: str
    remove: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is filtered by now."""

    chips: tuple[Chip, ...] = field(default=())
    clear: str = ""
