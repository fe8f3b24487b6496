"""Years that people tie together, against trying everything."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from concordat.domain.governance.diaries.operations.planning import solve_year
from concordat.domain.governance.diaries.rules.years import Year, price_of
from tests.rules.diaries.years_by_hand import cheapest_by_hand, years


@pytest.mark.long
@settings(max_examples=25)
@given(years(series=2, fairness=True))
def test_years_that_people_tie_together_are_planned_as_by_hand(year: Year) -> None:
    found = solve_year(year, seed=3, seconds=30)
    assert found is not None
    assert found.bound == found.price == cheapest_by_hand(year) == price_of(year, found.choice)
