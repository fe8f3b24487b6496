"""Rows that no package keeps yet, in the words in which the arrangements quote them."""

from __future__ import annotations

from typing import Any

import pytest

from concordat.domain.assurance.exchange.rules import row_kinds
from concordat.domain.assurance.exchange.rules.quoting import QUOTED, told

NAMES = {"council": "Heath Council"}


@pytest.mark.parametrize(
    ("kind", "values", "title", "says"),
    [
        (
            "contributions",
            {"agency": "council", "amount": 45000, "year": "2019/20", "state": "not stated"},
            "Heath Council",
            "£45,000; for 2019/20",
        ),
        (
            "contributions",
            {"fund": "Reserve", "amount": 1200.5},
            "Reserve",
            "£1,200.50",
        ),
        ("contributions", {"agency": "council", "in_kind": "a room"}, "Heath Council",
         "In kind: a room"),
        ("contributions", {}, "the key", ""),
        (
            "shares",
            {"agency": "council", "percent": 33.3, "formula": "equal thirds"},
            "Heath Council",
            "Percent: 33.3; formula: equal thirds",
        ),
        (
            "costs",
            {"title": "Scrutineer", "heading": "Personnel", "level": "recurrent",
             "state": "under way"},
            "Scrutineer",
            "Personnel; recurrent; costing under way",
        ),
        ("totals", {"of": "All income", "amount": 90000}, "All income", "Stated total £90,000"),
        (
            "training",
            {"title": "Level 3", "for": ["Schools", "Health"], "about": "Once a term."},
            "Level 3",
            "For Schools, Health; Once a term",
        ),
    ],
)  # fmt: skip
def test_a_row_in_words(kind: str, values: dict[str, Any], title: str, says: str) -> None:
    made = told(kind, "the-key", values, NAMES)
    assert (made.key, made.title, made.says) == (f"{kind}-the-key", title, says)


def test_every_kind_that_is_quoted_is_a_kind_of_the_file() -> None:
    assert {kind for kinds in QUOTED.values() for kind in kinds} <= set(row_kinds())
