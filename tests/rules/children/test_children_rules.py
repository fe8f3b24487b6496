"""What must stand before a child is kept, and what identifies somebody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.practice.children.rules import (
    Ground,
    Stated,
    What,
    gives_away,
    identity,
    label,
    lacks,
    may_store,
    nhs_number,
)
from concordat.kernel.errors import Invalid

FIRST, DAY, LAST = date(2019, 1, 1), date(2019, 3, 29), date(2019, 12, 31)
ALL = [Stated(ground, FIRST, LAST, written=True) for ground in Ground]


def but(ground: Ground, *instead: Stated) -> list[Stated]:
    return [each for each in ALL if each.ground is not ground] + list(instead)


def test_with_all_three_a_child_may_be_kept() -> None:
    assert may_store(ALL, "Bow", DAY)


@pytest.mark.parametrize("ground", Ground)
def test_each_of_the_three_is_needed(ground: Ground) -> None:
    verdict = may_store(but(ground), "Bow", DAY)
    assert not verdict
    assert f"No {ground} is on record" in verdict.reason
    assert verdict.source


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        (Stated(Ground.ASSESSMENT, FIRST, LAST, written=False), "The document of the impact"),
        (
            Stated(Ground.ASSESSMENT, date(2019, 4, 1), LAST, written=True),
            "holds only from 1 April",
        ),
        (Stated(Ground.ASSESSMENT, FIRST, date(2019, 3, 28), written=True), "reviewed by 28 March"),
        (Stated(Ground.ASSESSMENT, FIRST, LAST, written=True, ended_on=FIRST), "No impact"),
    ],
)
def test_a_ground_that_does_not_hold_says_why(stated: Stated, told: str) -> None:
    (reason,) = lacks(but(Ground.ASSESSMENT, stated), DAY)
    assert told in reason


def test_a_controller_is_named_and_need_be_no_document() -> None:
    assert not lacks(but(Ground.CONTROLLER, Stated(Ground.CONTROLLER, FIRST, LAST, False)), DAY)


def test_the_newest_that_has_begun_counts() -> None:
    old = Stated(Ground.AGREEMENT, FIRST, date(2019, 2, 1), written=True)
    new = Stated(Ground.AGREEMENT, date(2019, 2, 2), LAST, written=True)
    assert not lacks(but(Ground.AGREEMENT, old, new), DAY)


def test_an_nhs_number_is_kept_in_one_form() -> None:
    assert nhs_number("943-476 5919") == "943 476 5919"


@pytest.mark.parametrize("text", ["943 476 5918", "943 476 591", "9434765991", "0000000000", "x"])
def test_an_nhs_number_that_does_not_add_up(text: str) -> None:
    with pytest.raises(Invalid):
        nhs_number(text)


@given(st.integers(0, 9), st.integers(1, 9))
def test_any_one_digit_wrong_is_found(at: int, more: int) -> None:
    right = "9434765919"
    wrong = right[:at] + str((int(right[at]) + more) % 10) + right[at + 1 :]
    with pytest.raises(Invalid):
        nhs_number(wrong)


@pytest.mark.parametrize(
    ("what", "typed", "kept"),
    [
        (What.POSTCODE, "e14 3ab", "E14 3AB"),
        (What.POSTCODE, "E143AB", "E14 3AB"),
        (What.POSTCODE, "se1", "SE1"),
        (What.BIRTH, "about May 2012", "about May 2012"),
        (What.NAME, "  Sam   Reed ", "Sam Reed"),
    ],
)
def test_the_form_in_which_it_is_kept(what: What, typed: str, kept: str) -> None:
    assert identity(what, typed) == kept


@pytest.mark.parametrize(
    ("what", "typed"),
    [(What.POSTCODE, "Bow"), (What.BIRTH, "29 February 2019"), (What.BIRTH, "?"), (What.NAME, " ")],
)
def test_what_cannot_be_one(what: What, typed: str) -> None:
    with pytest.raises(Invalid):
        identity(what, typed)


@pytest.mark.parametrize("text", ["Heron", "Mother's partner", "Sibling B", "École"])
def test_labels(text: str) -> None:
    assert label(text) == text


@pytest.mark.parametrize("text", ["", "7", "a" * 41, "heron", "<b>"])
def test_what_is_no_label_or_is_taken(text: str) -> None:
    with pytest.raises(Invalid):
        label(text, ["Heron"])


def test_a_label_that_holds_a_word_of_a_name_gives_it_away() -> None:
    assert gives_away(["Heron", "Reed's mother"], ["Sam REED"]) == "Reed's mother"
    assert gives_away(["Heron", "Mother"], ["Sam Reed", "Mother Teresa"]) == ""
    assert gives_away(["Zoe"], ["Zoë Reed"]) == "Zoe"


@given(st.dates(FIRST, LAST))
def test_no_child_is_kept_after_the_review_was_due(on: date) -> None:
    due = [Stated(ground, FIRST, on - timedelta(days=1), True) for ground in Ground]
    assert not may_store(due, "Bow", max(on, FIRST))
