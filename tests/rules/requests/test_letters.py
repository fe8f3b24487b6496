"""What a letter to whoever is asked says, and what it never says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from concordat.domain.base.requests.rules import Letter, paragraphs

DUE = date(2019, 4, 5)
LETTER = Letter(
    reference="HERE-IR-0001",
    asker="Delegate for health of Here",
    of="Heath Trust",
    form="A school or nursery",
    basis="under Children Act 2004 s.16H, statute (not verified)",
    due=DUE,
    deliver_to="The administrator",
    ring="ring Hetty Health on 020 7946 0000",
)


def told(letter: Letter, on: date) -> str:
    return " ".join(paragraphs(letter, on))


def test_it_says_who_asks_what_on_which_basis_by_when_how_and_whom_to_ring() -> None:
    letter = told(LETTER, date(2019, 3, 29))
    for part in (
        "Delegate for health of Here asks Heath Trust for information (HERE-IR-0001)",
        "A school or nursery",
        "under Children Act 2004 s.16H, statute (not verified)",
        "Please answer by 5 April 2019",
        "say that you cannot answer and why",
        "goes to: The administrator",
        "ring Hetty Health on 020 7946 0000",
    ):
        assert part in letter


def test_a_reminder_says_which_it_is_and_how_late() -> None:
    first = told(replace(LETTER, chased=1), date(2019, 4, 4))
    assert first.startswith("This is a reminder.")
    assert "which is due soon" in first
    second = told(replace(LETTER, chased=2), date(2019, 4, 8))
    assert second.startswith("This is reminder 2.")
    assert "which is late" in second
    assert "It was due by 5 April 2019, 3 days ago" in second
    assert "Please answer by" not in second
