"""What is typed, what is kept to be found, and what a reference looks like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.base.records.rules import (
    RecordKind,
    is_reference,
    reference,
    search_terms,
    search_text,
)

TYPED = {
    "": (),
    "   ": (),
    "!?*\"'()-:&|": (),
    "the and of": (),
    "Board": ("board",),
    "the Board": ("board",),
    "O'Brien": ("obrien",),
    "O’Brien": ("obrien",),
    "Zoë": ("zoe",),
    "Straße": ("strasse",),
    "co-ordinator": ("co", "ordinator"),
    "children": ("child",),
    "Childrens' mins": ("child", "minutes"),
    "board board": ("board",),
    "0042": ("0042",),
    "a.b@example.org": ("b", "example", "org"),
    'drop" OR "x': ("drop", "x"),
    "words_with_lines": ("words", "lines"),
}


@pytest.mark.parametrize("typed", TYPED)
def test_terms_are_plain_words(typed: str) -> None:
    assert search_terms(typed) == TYPED[typed]


def test_at_most_twelve_terms_are_looked_for() -> None:
    assert len(search_terms(" ".join(f"w{n}" for n in range(40)))) == 12


@given(st.text(max_size=200))
def test_terms_hold_nothing_that_a_search_language_means(typed: str) -> None:
    for term in search_terms(typed):
        assert term
        assert term == term.casefold()
        assert all(letter.isalnum() for letter in term)


@given(st.text(max_size=200))
def test_what_is_kept_holds_every_term_of_what_was_written(text: str) -> None:
    kept = search_text(text).split()
    assert set(search_terms(text)) <= set(kept)
    assert len(kept) == len(set(kept))


def test_what_is_kept_ends_at_its_length() -> None:
    many = " ".join(f"word{n}" for n in range(1000))
    kept = search_text(many, longest=100)
    assert len(kept.encode()) <= 100
    assert kept.split() == many.split()[: len(kept.split())]


REFERENCES = {
    "HERE-R-0042": True,
    "C-P-0001": True,
    "HERE": True,
    "here-r-1": True,
    "": False,
    "HERE R 42": False,
    "HERE-R-0042 ": False,
    "HERE--R": False,
    "HERE-R-\x00": False,
    "HERÉ-R-1": False,
    "A" * 41: False,
}


@pytest.mark.parametrize("typed", REFERENCES)
def test_shape_of_a_reference(typed: str) -> None:
    assert is_reference(typed) is REFERENCES[typed]


def test_references_are_told_apart_by_prefix_kind_and_number() -> None:
    assert reference("HERE", RecordKind.RISK, 42) == "HERE-R-0042"
    assert reference("HERE", RecordKind.RISK, 12345) == "HERE-R-12345"
    assert reference("", RecordKind.PERSON, 1) == "C-PE-0001"
    letters = [kind.letter for kind in RecordKind]
    assert len(set(letters)) == len(letters)
    assert all(is_reference(reference("HERE", kind, 7)) for kind in RecordKind)
