"""Rows of money in the words in which the published arrangements quote them (decision 17)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from concordat.domain.governance.arrangements.rules.text import FromAbove
from concordat.kernel.money import in_pounds, parse_pounds

Plain = Mapping[str, Any]
QUOTED = ("contributions", "shares", "costs", "totals")
"""Kinds of row that the section on money quotes, in this order."""

TITLES = {
    "contributions": ("agency", "fund"),
    "shares": ("agency",),
    "costs": ("title",),
    "totals": ("of",),
}
WORDS: dict[str, Mapping[str, str]] = {
    "contributions": {"amount": "", "in_kind": "in kind: ", "year": "for ", "state": ""},
    "shares": {"percent": "percent: ", "formula": "formula: ", "year": "for "},
    "costs": {"heading": "", "amount": "", "level": "", "year": "for ",
              "state": "costing ", "about": ""},
    "totals": {"amount": "stated total ", "year": "for "},
}  # fmt: skip
_UNSAID = ("", "not stated", None)


def told(kind: str, key: str, values: Plain) -> FromAbove:
    """A row of money in words. `values` are texts as a file writes them, the agency by name."""
    return row_in_words(kind, key, values, TITLES[kind], WORDS[kind])


def row_in_words(
    kind: str, key: str, values: Plain, titles: tuple[str, ...], words: Mapping[str, str]
) -> FromAbove:
    """Any row: what it is called, and each field that says something with its words before."""
    named = [str(values[each]) for each in titles if values.get(each) not in _UNSAID]
    says = [
        f"{before}{_in_words(field, values[field])}"
        for field, before in words.items()
        if values.get(field) not in _UNSAID
    ]
    said = "; ".join(each.rstrip(".") for each in says)
    title = ", ".join(named) or key.replace("-", " ")
    return FromAbove(f"{kind}-{key}", title, said[:1].upper() + said[1:])


def _in_words(field: str, value: Any) -> str:
    if field == "amount":
        return in_pounds(parse_pounds(str(value)))
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
