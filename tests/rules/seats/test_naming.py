"""Who somebody named in a file may be said to be."""

from __future__ import annotations

from datetime import date

import pytest

from concordat.domain.base.seats import rules

KNOWN = {"P1": "Ada Finch", "P2": "Adam Fitch", "P3": "Colin Council", "P4": "Finch, Ada"}


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Ada Finch", ["P1", "P4", "P2"]),
        ("FINCH, Ada", ["P1", "P4"]),
        ("C. Council", ["P3"]),
        ("Nobody Like That", []),
    ],
)
def test_the_likeliest_come_first(name: str, first: list[str]) -> None:
    assert rules.likely(name, KNOWN)[: len(first)] == first
    assert bool(rules.likely(name, KNOWN)) == bool(first)


def test_a_joined_name_and_a_closed_registration_are_refused_with_why() -> None:
    assert rules.may_identify("Ada", "", None)
    taken = rules.may_identify("Ada", "Adam Fitch", None)
    assert not taken
    assert "Adam Fitch already" in str(taken)
    assert not rules.may_identify("Ada", "", date(2019, 3, 1))
    assert rules.may_separate("Ada", "Adam Fitch")
    assert not rules.may_separate("Ada", "")
