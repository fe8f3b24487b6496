"""What is counted, which way is better, and how a value is shown where there is no plain number.

The symbols are those that government statisticians agreed on (Government Statistical Service,
"Symbols in tables"): some stand in the place of a number, some beside it. A small number of
children is suppressed before it comes here; what was hidden is never worked out again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count
from concordat.kernel.verdict import Verdict, no, yes

LONGEST_TITLE = 300
LONGEST_SHOWN = 60
MOST_DIGITS = 15


class Better(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"

    @property
    def label(self) -> str:
        return {"neither": "Neither way is better"}.get(self.value, f"{self.value} is better")


class Symbol(StrEnum):
    """Why there is no plain number, or what is to be known about one."""

    SUPPRESSED = "suppressed"
    NOT_AVAILABLE = "not available"
    NOT_APPLICABLE = "not applicable"
    LOW = "low"
    PROVISIONAL = "provisional"
    REVISED = "revised"
    ESTIMATED = "estimated"
    BREAK = "break in series"

    @property
    def sign(self) -> str:
        return f"[{_SIGNS[self]}]"

    @property
    def replaces(self) -> bool:
        """Whether it stands in the place of the number."""
        return self in _REPLACING


_SIGNS = {
    Symbol.SUPPRESSED: "c",
    Symbol.NOT_AVAILABLE: "x",
    Symbol.NOT_APPLICABLE: "z",
    Symbol.LOW: "low",
    Symbol.PROVISIONAL: "p",
    Symbol.REVISED: "r",
    Symbol.ESTIMATED: "e",
    Symbol.BREAK: "b",
}
_REPLACING = frozenset({Symbol.SUPPRESSED, Symbol.NOT_AVAILABLE, Symbol.NOT_APPLICABLE, Symbol.LOW})
_SAID = {
    "c": Symbol.SUPPRESSED, "*": Symbol.SUPPRESSED, "s": Symbol.SUPPRESSED,
    "suppressed": Symbol.SUPPRESSED, "x": Symbol.NOT_AVAILABLE, ":": Symbol.NOT_AVAILABLE,
    "..": Symbol.NOT_AVAILABLE, "n/a": Symbol.NOT_AVAILABLE,
    "not available": Symbol.NOT_AVAILABLE, "z": Symbol.NOT_APPLICABLE,
    "not applicable": Symbol.NOT_APPLICABLE, "low": Symbol.LOW, "p": Symbol.PROVISIONAL,
    "r": Symbol.REVISED, "e": Symbol.ESTIMATED, "b": Symbol.BREAK,
}  # fmt: skip
_FEWER = re.compile(r"(<|fewer than|under|less than) ?[0-9]+")


def symbol_of(shown: str) -> Symbol | None:
    """What a source means by how it shows a value: "<5" and "[c]" are suppressed."""
    said = shown.strip().casefold()
    if _FEWER.fullmatch(said):
        return Symbol.SUPPRESSED
    found = re.search(r"\[([a-z]+)\]$", said)
    return _SAID.get(found.group(1) if found else said)


def number_of(text: str) -> Decimal | None:
    """A number as people write it, with commas; None for nothing. Raises `Invalid` for the rest."""
    plain = text.strip().replace(",", "")
    if not plain:
        return None
    try:
        found = Decimal(plain)
    except InvalidOperation:
        raise _no_number(text) from None
    many = len(found.as_tuple().digits)
    if not found.is_finite() or max(many, abs(found.adjusted())) > MOST_DIGITS:
        raise _no_number(text)
    return found


def _no_number(text: str) -> Invalid:
    return Invalid(
        f"“{text.strip()[:40]}” is not a number.",
        field="value",
        mend="Write it like 1,234.5, or leave it empty and choose a symbol.",
    )


def is_when(at: UncertainDate) -> Verdict:
    """A value is of some time: without one nobody can say which number is the newest."""
    if at.latest is None:
        return no("Say for when it is, as exact as you know it, such as March 2019 or Q1 2019.")
    return yes()


def is_value(value: Decimal | None, symbol: Symbol | None) -> Verdict:
    """A value is a number or the symbol that says why there is none, never both or neither."""
    if symbol and symbol.replaces and value is not None:
        return no(f"What is {symbol.value} has no number. Take the number or the symbol away.")
    if value is None and not (symbol and symbol.replaces):
        return no("Give the number, or the symbol that says why there is none.")
    return yes()


def shown_as(value: str, shown: str, symbol: Symbol | None) -> str:
    """A value as a page shows it: as its source does, else the number and its symbol."""
    if shown:
        return shown
    if symbol and symbol.replaces:
        return f"{symbol.sign} {symbol.value}"
    number = f"{Decimal(value):,f}" if value else ""
    return f"{number} {symbol.sign}".strip() if symbol else number or "Not stated"


@dataclass(frozen=True, slots=True)
class Point:
    """One value: for when, the number if it has one, and the symbol."""

    at: UncertainDate | None
    value: Decimal | None
    symbol: Symbol | None = None


def is_dated(at: UncertainDate | None) -> bool:
    return at is not None and at.latest is not None


def direction(points: Sequence[Point], better: str, unit: str = "") -> str:
    """What the last two numbers say, in a sentence; nothing is said of what is hidden, nor of a
    number that is of no time.

    Two numbers are no trend: the sentence tells the difference and claims nothing else. A break
    in the series between them forbids the comparison.
    """
    known = [each for each in points if each.value is not None and is_dated(each.at)]
    if len(known) < 2:
        return "There are not yet two numbers to compare." if known else "There is no number yet."
    before, last = known[-2:]
    if last.symbol is Symbol.BREAK:
        return "The series breaks here, so that the last two numbers cannot be compared."
    assert last.value is not None and before.value is not None  # noqa: S101, PT018 - known ones
    change = last.value - before.value
    if not change:
        return "The last two numbers are the same."
    way = "up" if change > 0 else "down"
    size = f"{abs(change):,f}"
    of = " percentage points" if unit.casefold() in ("%", "percent", "per cent") else ""
    return f"{way.capitalize()} by {size}{of} since the number before{_judged(change, better)}."


def _judged(change: Decimal, better: str) -> str:
    if better not in (Better.HIGHER, Better.LOWER):
        return ""
    good = (change > 0) is (better == Better.HIGHER)
    return ", which is better" if good else ", which is worse"


def sentence(measures: int, without_owner: int, without_value: int) -> str:
    """How a list of measures stands, in words."""
    if not measures:
        return "Nothing is measured here yet."
    more = [
        f"{number} {words}"
        for number, words in (
            (without_owner, "without an owner"),
            (without_value, "without a value"),
        )
        if number
    ]
    told = count(measures, "measure")
    return f"{told}: {', '.join(more)}." if more else f"{told}, each with an owner and a value."
