"""Rows that no package keeps yet, in the words in which the arrangements quote them."""

from __future__ import annotations

from concordat.domain.assurance.exchange.queries import home_of
from concordat.domain.assurance.exchange.rules import row_kinds
from concordat.domain.assurance.exchange.rules.quoting import QUOTED, told


def test_a_row_in_words() -> None:
    values = {"title": "Level 3", "for": ["Schools", "Health"], "about": "Once a term."}
    made = told("training", "the-key", values)
    assert (made.key, made.title) == ("training-the-key", "Level 3")
    assert made.says == "For Schools, Health; Once a term"


def test_every_kind_that_is_quoted_is_a_kind_of_the_file_without_a_home() -> None:
    quoted = {kind for kinds in QUOTED.values() for kind in kinds}
    assert quoted <= set(row_kinds())
    assert not [kind for kind in quoted if home_of(kind)]
