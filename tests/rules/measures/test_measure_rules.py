"""How values are shown, what a symbol means, and what two numbers say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from concordat.domain.governance.measures import rules
from concordat.domain.governance.measures.rules import Point, Symbol
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("shown", "symbol"),
    [
        ("<5", Symbol.SUPPRESSED),
        ("fewer than 10", Symbol.SUPPRESSED),
        ("[c]", Symbol.SUPPRESSED),
        ("*", Symbol.SUPPRESSED),
        ("[x]", Symbol.NOT_AVAILABLE),
        ("..", Symbol.NOT_AVAILABLE),
        ("Not available", Symbol.NOT_AVAILABLE),
        ("12 [p]", Symbol.PROVISIONAL),
        ("[z]", Symbol.NOT_APPLICABLE),
        ("12", None),
        ("", None),
        ("about 12", None),
    ],
)
def test_what_a_source_means_by_a_sign(shown: str, symbol: Symbol | None) -> None:
    assert rules.symbol_of(shown) is symbol


def test_every_symbol_has_a_sign_of_its_own_that_is_read_back() -> None:
    signs = {each.sign for each in Symbol}
    assert len(signs) == len(Symbol)
    assert all(rules.symbol_of(each.sign) is each for each in Symbol)


@pytest.mark.parametrize(
    ("value", "symbol", "may"),
    [
        ("4", None, True),
        ("4", Symbol.PROVISIONAL, True),
        ("4", Symbol.SUPPRESSED, False),
        ("", Symbol.SUPPRESSED, True),
        ("", Symbol.ESTIMATED, False),
        ("", None, False),
    ],
)
def test_a_value_is_a_number_or_says_why_not(value: str, symbol: Symbol | None, may: bool) -> None:
    assert bool(rules.is_value(rules.number_of(value), symbol)) is may


@pytest.mark.parametrize("text", ["four", "1.2.3", "NaN", "inf", "9" * 16, "1e999999", "1e-999999"])
def test_what_is_no_number_is_told(text: str) -> None:
    with pytest.raises(Invalid, match="not a number"):
        rules.number_of(text)
    assert rules.number_of(" 1,234.5 ") == Decimal("1234.5")


@pytest.mark.parametrize(
    ("value", "shown", "symbol", "told"),
    [
        ("1234.5", "", None, "1,234.5"),
        ("12", "", Symbol.PROVISIONAL, "12 [p]"),
        ("", "", Symbol.SUPPRESSED, "[c] suppressed"),
        ("", "<5", Symbol.SUPPRESSED, "<5"),
        ("", "", None, "Not stated"),
    ],
)
def test_a_value_as_it_is_shown(value: str, shown: str, symbol: Symbol | None, told: str) -> None:
    assert rules.shown_as(value, shown, symbol) == told


def points(*told: str) -> list[Point]:
    return [Point(UncertainDate.parse("2019"), rules.number_of(each)) for each in told]


@pytest.mark.parametrize(
    ("told", "better", "says"),
    [
        ([], "lower", "There is no number yet."),
        (["4"], "lower", "There are not yet two numbers to compare."),
        (["4", "", "6"], "lower",
         "Up by 2 since the number before, which is worse."),
        (["6", "4"], "lower", "Down by 2 since the number before, which is better."),
        (["6", "4"], "neither", "Down by 2 since the number before."),
        (["4", "4.0"], "higher", "The last two numbers are the same."),
    ],
)  # fmt: skip
def test_two_numbers_say_their_difference_and_no_more(
    told: list[str], better: str, says: str
) -> None:
    assert rules.direction(points(*told), better) == says


@pytest.mark.parametrize("at", [None, UncertainDate.parse("?")])
def test_nothing_is_said_of_a_number_that_is_of_no_time(at: UncertainDate | None) -> None:
    told = [*points("4", "6"), Point(at, Decimal(9))]
    assert rules.direction(told, "lower") == rules.direction(points("4", "6"), "lower")
    assert not rules.is_when(UncertainDate.parse("?"))
    assert rules.is_when(UncertainDate.parse("about 2019"))


def test_a_break_in_the_series_forbids_the_comparison() -> None:
    broken = [*points("4"), Point(UncertainDate.parse("2020"), Decimal(6), Symbol.BREAK)]
    assert rules.direction(broken, "lower").startswith("The series breaks here")
    assert rules.sentence(0, 0, 0) == "Nothing is measured here yet."
    assert rules.sentence(3, 1, 0) == "3 measures: 1 without an owner."
    assert rules.sentence(1, 0, 0) == "1 measure, each with an owner and a value."
