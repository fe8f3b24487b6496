"""How near a due day is, and why a row reached somebody, in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from concordat.domain.base.asks.rules import SOON, Errand, Nearness, nearness, why_me

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
