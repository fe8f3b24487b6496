"""Rows of a partnership file that no package keeps yet, as the arrangements quote them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from concordat.domain.governance.arrangements.rules.text import FromAbove
from concordat.kernel.money import in_pounds, parse_pounds

Plain = Mapping[str, Any]
QUOTED = {
    "money": ("contributions", "shares", "costs", "totals"),
    "training": ("training",),
}
"""Kinds of row that each block of the text quotes, in this order."""

_TITLES = {
    "contributions": ("agency", "fund"),
    "shares": ("agency",),
    "costs": ("title",),
    "totals": ("of",),
    "training": ("title",),
}
_WORDS: dict[str, Mapping[str, str]] = {
    "contributions": {"amount": "", "in_kind": "in kind: ", "year": "for ", "state": ""},
    "shares": {"percent": "percent: ", "formula": "formula: ", "year": "for "},
    "costs": {"heading": "", "amount": "", "level": "", "year": "for ",
              "state": "costing ", "about": ""},
    "totals": {"amount": "stated total ", "year": "for "},
    "training": {"for": "for ", "standard": "standard: ", "provider": "given by ",
                 "shared_with": "shared with ", "state": "", "about": ""},
}  # fmt: skip
_UNSAID = ("", "not stated", None)


def told(kind: str, key: str, values: Plain, names: Mapping[str, str]) -> FromAbove:
    """A row in words. `names` are those of agencies by their key."""
    named = {**values, "agency": names.get(values.get("agency", ""), values.get("agency", ""))}
    titles = [str(named[each]) for each in _TITLES[kind] if named.get(each) not in _UNSAID]
    says = [
        f"{before}{_in_words(field, named[field])}"
        for field, before in _WORDS[kind].items()
        if named.get(field) not in _UNSAID
    ]
    said = "; ".join(each.rstrip(".") for each in says)
    title = ", ".join(titles) or key.replace("-", " ")
    return FromAbove(f"{kind}-{key}", title, said[:1].upper() + said[1:])


def _in_words(field: str, value: Any) -> str:
    if field == "amount":
        return in_pounds(parse_pounds(str(value)))
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
