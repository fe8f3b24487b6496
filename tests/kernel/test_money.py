"""Pence add up, whatever the shares."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from concordat.kernel.errors import Invalid
from concordat.kernel.money import in_pounds, parse_pounds, share

weight = st.one_of(
    st.integers(0, 10**9),
    st.fractions(0, 10**6),
    st.decimals(0, 10**6, allow_nan=False, allow_infinity=False),
)
weights = st.lists(weight, min_size=1, max_size=6)
pence = st.integers(-(10**12), 10**12)


@given(pence, weights)
def test_shares_add_up_to_the_penny(total: int, parts: list[int | Fraction | Decimal]) -> None:
    assume(any(parts))
    shared = share(total, parts)
    assert sum(shared) == total
    assert len(shared) == len(parts)


@given(pence, weights)
def test_no_share_is_a_whole_penny_from_what_is_due(
    total: int, parts: list[int | Fraction | Decimal]
) -> None:
    assume(any(parts))
    whole = sum(Fraction(part) for part in parts)
    for given_out, part in zip(share(total, parts), parts, strict=True):
        assert abs(given_out - total * Fraction(part) / whole) < 1


@given(pence, weights)
def test_who_weighs_more_never_gets_less(total: int, parts: list[int | Fraction | Decimal]) -> None:
    assume(any(parts))
    ordered = sorted((Fraction(part) for part in parts), reverse=True)
    shared = share(abs(total), ordered)
    assert shared == sorted(shared, reverse=True)


@given(pence, weights, st.integers(1, 1000))
def test_only_proportions_matter(
    total: int, parts: list[int | Fraction | Decimal], times: int
) -> None:
    assume(any(parts))
    assert share(total, [Fraction(part) * times for part in parts]) == share(total, parts)


@pytest.mark.parametrize(
    ("total", "parts", "shared"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (101, [1, 1, 1], [34, 34, 33]),
        (15771900, [1, 1, 1], [5257300, 5257300, 5257300]),
        (100, [2, 0, 1], [67, 0, 33]),
        (0, [1, 2], [0, 0]),
        (1, [Fraction(1, 3), Fraction(2, 3)], [0, 1]),
        (1000, [Decimal("0.125"), Decimal("0.875")], [125, 875]),
    ],
)
def test_left_over_pennies_go_to_the_largest_remainder_then_the_first(
    total: int, parts: list[int | Fraction | Decimal], shared: list[int]
) -> None:
    assert share(total, parts) == shared


@pytest.mark.parametrize(
    "parts", [[], [0, 0], [1, -1], [Decimal("NaN")], [Decimal("Infinity"), 1], [Fraction(-1, 2)]]
)
def test_shares_that_cannot_be_paid_are_refused(parts: list[int | Fraction | Decimal]) -> None:
    with pytest.raises(Invalid):
        share(100, parts)


@given(pence)
def test_pounds_read_back_to_the_same_pence(amount: int) -> None:
    assert parse_pounds(in_pounds(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "words"),
    [(15771900, "£157,719"), (1250, "£12.50"), (5, "£0.05"), (0, "£0"), (-1250, "-£12.50")],
)
def test_pounds_in_words(amount: int, words: str) -> None:
    assert in_pounds(amount) == words


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("£157,719", 15771900),
        ("157719", 15771900),
        (" £ 1,234.5 ", 123450),
        ("12.500", 1250),
        ("\u221212.50", -1250),
        ("£0.05", 5),
    ],
)
def test_pounds_as_people_write_them(text: str, amount: int) -> None:
    assert parse_pounds(text) == amount


@pytest.mark.parametrize(
    "text", ["", "£", "abc", "12.505", "£1,57", "1,2345", "12,50", "1.2m", "1e5", ".5", "--1", "٣"]
)
def test_other_texts_are_not_money(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse_pounds(text)
    assert refusal.value.faults[0].mend


@pytest.mark.parametrize("text", ["9" * 12, "£999,999,999,999.99"])
def test_as_much_as_anybody_has_is_read(text: str) -> None:
    assert parse_pounds(text) < 2**63


@pytest.mark.parametrize("text", ["1" + "0" * 12, "-£1,000,000,000,000", "9" * 5000])
def test_more_than_anybody_has_is_a_digit_too_many(text: str) -> None:
    with pytest.raises(Invalid, match="is not an amount in pounds"):
        parse_pounds(text)
