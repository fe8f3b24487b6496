"""Years of reviews drawn from a seed: figures that rise, money that is enough."""

from __future__ import annotations

import pytest

from concordat.craft import chance
from concordat.domain.governance.finance.rules import demand
from concordat.domain.governance.finance.rules.demand import Demand, Drawn
from concordat.kernel.errors import Invalid

PAPER = Demand(low=1, likely=2, high=4, usual=8_000_00, most=15_000_00)


def years(of: Demand, *, draws: int = 20_000, seed: int | None = None) -> chance.Outcome:
    return chance.years(
        (of.low, of.likely, of.high),
        (of.floor, of.usual, of.most),
        draws=draws,
        seed=of.seed if seed is None else seed,
        hundredths=demand.SURE,
    )


@pytest.mark.parametrize(
    ("figures", "says"),
    [
        ({"low": 3}, "low, likely and high must rise"),
        ({"high": 1}, "low, likely and high must rise"),
        ({"low": -1}, "must rise"),
        ({"high": 61}, "61 reviews a year cannot be drawn"),
        ({"most": 7_000_00}, "least, usual and most must rise"),
        ({"least": 9_000_00}, "least, usual and most must rise"),
        ({"usual": 0, "most": 0}, "must rise"),
    ],
)
def test_figures_out_of_order_are_refused(figures: dict[str, int], says: str) -> None:
    told = {"low": 1, "likely": 2, "high": 4, "usual": 8_000_00, "most": 15_000_00} | figures
    with pytest.raises(Invalid, match=says):
        Demand(**told).check()
    PAPER.check()


def test_the_same_seed_gives_the_same_years_and_another_gives_others() -> None:
    assert years(PAPER) == years(PAPER)
    assert years(PAPER, seed=1).mean != years(PAPER, seed=2).mean


def test_more_certainty_needs_more_money_within_what_can_happen() -> None:
    found = years(PAPER)
    assert PAPER.low * PAPER.floor <= found.at[50] <= found.at[80] <= found.at[95] <= PAPER.worst
    assert found.at[50] > PAPER.single
    assert sum(found.steps) == 100


def test_certain_figures_draw_one_certain_year() -> None:
    sure = Demand(low=3, likely=3, high=3, usual=8_000_00, most=8_000_00)
    found = years(sure, draws=1_000)
    assert found.mean == 24_000_00
    assert set(found.at.values()) == {24_000_00}


def test_no_reviews_cost_nothing() -> None:
    none = Demand(low=0, likely=0, high=0, usual=8_000_00, most=15_000_00)
    assert set(years(none, draws=100).at.values()) == {0}


def test_the_mean_is_near_the_sum_of_the_means() -> None:
    """Triangular: a third of the three corners; the number of reviews has its corners ½ wider."""
    found = years(PAPER, draws=100_000)
    number, cost = (0.5 + 2 + 4.5) / 3, (8_000_00 + 8_000_00 + 15_000_00) / 3
    assert found.mean == pytest.approx(number * cost, rel=0.02)


def test_how_sure_a_sum_is() -> None:
    drawn = Drawn(PAPER, 100, 0, {50: 1, 80: 2, 95: 3}, (10, 40, 30, 20), 5_000_00)
    assert [drawn.sure_of(each) for each in (0, 5_000_00, 9_999_99, 20_000_00)] == [0, 10, 10, 100]
    assert "£0.01 in 50, £0.02 in 80, £0.03 in 95" in drawn.in_words()


def test_money_is_rounded_up_to_a_hundred_pounds() -> None:
    assert [demand.rounded_up(each) for each in (0, 1, 100_00, 100_01)] == [
        0,
        100_00,
        100_00,
        200_00,
    ]


def test_it_says_in_words_what_it_assumes() -> None:
    assert PAPER.in_words() == (
        "Between 1 and 4 reviews a year, most likely 2; each between £8,000 and £15,000, "
        "most likely £8,000."
    )
