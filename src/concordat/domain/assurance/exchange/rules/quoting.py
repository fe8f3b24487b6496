"""Rows of a partnership file that no package keeps yet, as the arrangements quote them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from concordat.domain.governance.arrangements.rules.text import FromAbove
from concordat.domain.governance.finance.rules.quoting import row_in_words

Plain = Mapping[str, Any]
QUOTED = {"training": ("training",)}
"""Kinds of row that each block of the text quotes, in this order. Money is told by finance."""

_TITLES = {"training": ("title",)}
_WORDS: dict[str, Mapping[str, str]] = {
    "training": {"for": "for ", "standard": "standard: ", "provider": "given by ",
                 "shared_with": "shared with ", "state": "", "about": ""},
}  # fmt: skip


def told(kind: str, key: str, values: Plain) -> FromAbove:
    """A row in words."""
    return row_in_words(kind, key, values, _TITLES[kind], _WORDS[kind])
