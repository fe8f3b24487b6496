"""What counts as a rise, and the words in which a body is told of a risk."""

from __future__ import annotations

from datetime import date

import pytest

from concordat.domain.governance.risks.rules import schemes, telling
from concordat.domain.governance.risks.rules.schemes import READY
from concordat.domain.governance.risks.rules.telling import Telling

WORDS = schemes.scheme(*READY["words"])
FIVE = schemes.scheme(*READY["five"])


@pytest.mark.parametrize(
    ("before", "now", "rose"),
    [
        (("LOW", "LOW"), ("LOW", "MEDIUM"), True),
        (("LOW", "LOW"), ("LOW", "LOW"), False),
        (("HIGH", "LOW"), ("MEDIUM", "LOW"), False),
        (("HIGH", "LOW"), ("LOW", "HIGH"), True),
        (None, ("HIGH", "HIGH"), False),
        (("HIGH", "HIGH"), None, False),
    ],
)
def test_in_words_a_risk_rose_if_either_word_did(
    before: tuple[str, str] | None, now: tuple[str, str] | None, rose: bool
) -> None:
    scores = [WORDS.find(*each) if each else None for each in (before, now)]
    assert telling.has_risen(*scores) is rose


@pytest.mark.parametrize(
    ("before", "now", "rose"),
    [
        (("1 Rare", "5 Catastrophic"), ("2 Unlikely", "3 Moderate"), True),
        (("3 Possible", "4 Major"), ("2 Unlikely", "5 Catastrophic"), False),
        (("2 Unlikely", "3 Moderate"), ("3 Possible", "2 Minor"), True),
    ],
)
def test_where_a_scheme_multiplies_the_product_decides(
    before: tuple[str, str], now: tuple[str, str], rose: bool
) -> None:
    assert telling.has_risen(FIVE.score(*before), FIVE.score(*now)) is rose


def test_each_reason_has_a_key_and_a_label_of_its_own() -> None:
    assert len({each.label for each in Telling}) == len(Telling)
    assert Telling.LATE.key("HERE-R-0001") == "risk-late:HERE-R-0001"


def test_it_is_told_in_a_sentence() -> None:
    before, now = WORDS.score("LOW", "LOW"), WORDS.score("HIGH", "LOW")
    assert telling.rose_in_words(before, now, "Two came.") == (
        "It was LOW / LOW and is HIGH / LOW. Two came."
    )
    assert telling.late_in_words(date(2019, 5, 1)) == "Its review was due on 1 May 2019."
    assert telling.lapsed_in_words(date(2019, 5, 1)) == "Its acceptance ran out on 1 May 2019."
