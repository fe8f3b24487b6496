"""How near a due day is, and why a row reached somebody, in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from concordat.domain.base.asks.rules import (
    SOON,
    Errand,
    Nearness,
    asked_in_words,
    cleared_in_words,
    handed_on_in_words,
    is_for_the_week,
    nearness,
    why_me,
)

TODAY = date(2019, 3, 29)


@pytest.mark.parametrize(
    ("days", "near"),
    [
        (-30, Nearness.OVERDUE),
        (-1, Nearness.OVERDUE),
        (0, Nearness.DUE_SOON),
        (SOON, Nearness.DUE_SOON),
        (SOON + 1, Nearness.LATER),
    ],
)
def test_a_due_day_is_near_from_five_days_before(days: int, near: Nearness) -> None:
    assert nearness(TODAY + timedelta(days=days), TODAY) is near


def test_what_has_no_day_is_never_late() -> None:
    assert nearness(None, TODAY) is Nearness.NO_DATE


def test_a_row_says_by_which_seat_it_came() -> None:
    assert why_me("chair", "Chair", deputy=False) == "You are the Chair"
    assert why_me("delegate", "Health", deputy=True) == "You deputise for the Health (delegate)"


def test_every_errand_is_a_verb_on_its_button() -> None:
    assert {errand.button for errand in Errand} == {e.value.capitalize() for e in Errand}


def test_what_was_asked_is_said_in_words() -> None:
    told = {"seat": "Health delegate", "to": "sign", "what": "Sign the draft", "due": "2019-04-10"}
    assert asked_in_words(told, {}) == "Of Health delegate: sign the draft, by 10 April 2019."
    again = asked_in_words(told, {"due": "2019-04-03"})
    assert again.endswith("by 10 April 2019. It was 3 April 2019 before.")
    older = {"of": "HERE-S-0001", "to": "give", "what": "the dates", "due": None}
    assert asked_in_words(older, {}) == "Of HERE-S-0001: give the dates, with no date."


def test_what_is_no_longer_asked_is_said_in_words() -> None:
    told = {"to": "sign", "outcome": "Signed", "asked": [["Health delegate", "the draft"]]}
    assert cleared_in_words(told) == "Health delegate: sign the draft. Signed."
    assert cleared_in_words({"to": "sign", "outcome": "Signed"}) == "Signed."
    assert cleared_in_words({}) == ""


def test_what_was_handed_on_is_said_in_words() -> None:
    after = {"role": "Deputy", "seat": "S-2", "to": "give", "what": "the dates"}
    assert handed_on_in_words(after, {"seat": "S-1"}) == "From S-1 to Deputy: give the dates."


def test_a_weekly_letter_names_what_is_due_before_the_next_one() -> None:
    monday = date(2019, 4, 1)
    named = {n: is_for_the_week(monday + timedelta(days=n), monday) for n in (-30, 0, 6, 7)}
    assert named == {-30: True, 0: True, 6: True, 7: False}
    assert is_for_the_week(None, monday)
