"""Formulas: each to the penny, side by side, and refused where they do not come to the whole."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.governance.finance.rules import sharing
from concordat.domain.governance.finance.rules.sharing import Formula, Method, Partner, work_out
from concordat.kernel.money import parse_pounds

COUNCIL, HEALTH, POLICE = "council", "health", "police"


def three(**more: tuple[str | int | None, ...]) -> tuple[Partner, ...]:
    """Council, health and police with what each method needs, as decimal texts or pence."""
    return tuple(
        Partner(
            key,
            key.title(),
            percent=_number(more, "percent", at),
            number=_number(more, "number", at),
            flat=more["flat"][at] if "flat" in more else None,  # type: ignore[arg-type]
        )
        for at, key in enumerate((COUNCIL, HEALTH, POLICE))
    )


def _number(more: dict[str, tuple[str | int | None, ...]], name: str, at: int) -> Decimal | None:
    told = more[name][at] if name in more else None
    return None if told is None else Decimal(told)


@pytest.mark.parametrize(
    ("formula", "total", "pence"),
    [
        (Formula(Method.EQUAL, three()), 100_00, [33_34, 33_33, 33_33]),
        (Formula(Method.EQUAL, three()), 0, [0, 0, 0]),
        (
            Formula(Method.PERCENTAGE, three(percent=("60", "35", "5"))),
            157_719_00,
            [94_631_40, 55_201_65, 7_885_95],
        ),
        (Formula(Method.POPULATION, three(number=("70000", "60000", "0"))), 1, [1, 0, 0]),
        (Formula(Method.CASELOAD, three(number=("3", "2", "1"))), 100_01, [50_00, 33_34, 16_67]),
        (
            Formula(Method.FLAT, three(flat=(None, None, 5_000_00))),
            120_000_01,
            [57_500_01, 57_500_00, 5_000_00],
        ),
        (
            Formula(Method.FLAT, three(flat=(60_000_00, 55_000_00, 5_000_00))),
            120_000_00,
            [60_000_00, 55_000_00, 5_000_00],
        ),
        (
            Formula(Method.HYBRID, three(number=("2", "1", "1")), equal_part=Decimal(40)),
            100_00,
            [43_34, 28_33, 28_33],
        ),
    ],
)
def test_a_formula_shares_to_the_penny(formula: Formula, total: int, pence: list[int]) -> None:
    found = work_out(formula, total)
    assert found.works
    assert [found.pence[each.key] for each in formula.partners] == pence
    assert sum(found.pence.values()) == total


@pytest.mark.parametrize(
    ("formula", "total", "says"),
    [
        (
            Formula(Method.PERCENTAGE, three(percent=("33.3", "33.3", "33.3"))),
            100,
            "add up to 99.9, which is 0.1 less than 100",
        ),
        (
            Formula(Method.PERCENTAGE, three(percent=("50", "50", "0.1"))),
            100,
            "add up to 100.1, which is 0.1 more than 100",
        ),
        (Formula(Method.PERCENTAGE, three(percent=("50", "50", None))), 100, "Police has no perc"),
        (Formula(Method.PERCENTAGE, three(percent=("110", "-10", "0"))), 100, "Health is below"),
        (Formula(Method.POPULATION, three(number=("1", None, None))), 100, "Health and Police has"),
        (Formula(Method.CASELOAD, three(number=("0", "0", "0"))), 100, "Every number is 0"),
        (Formula(Method.CASELOAD, three(number=("2", "-1", "0"))), 100, "below nothing"),
        (Formula(Method.FLAT, three(flat=(90, 90, 90))), 200, "more than the £2 to share"),
        (Formula(Method.FLAT, three(flat=(1, 1, 1))), 200, "nobody pays the other £1.97"),
        (Formula(Method.FLAT, three(flat=(None, None, -1))), 200, "below nothing"),
        (Formula(Method.HYBRID, three(number=("1", "1", "1"))), 100, "The equal part is missing"),
        (
            Formula(Method.HYBRID, three(number=("1", "1", "1")), equal_part=Decimal(101)),
            100,
            "is 101 percent",
        ),
        (Formula(Method.EQUAL, ()), 100, "Nobody shares"),
        (Formula(Method.EQUAL, three()), -1, "cannot be shared"),
    ],
)
def test_what_does_not_come_to_the_whole_is_told(formula: Formula, total: int, says: str) -> None:
    found = work_out(formula, total)
    assert not found.works
    assert not found.pence
    assert says in found.faults[0].message
    assert found.faults[0].mend


weights = st.decimals(min_value=0, max_value=10**6, places=3)


@given(
    st.integers(0, 10**12),
    st.lists(weights, min_size=1, max_size=9).filter(any),
    st.decimals(min_value=0, max_value=100, places=2),
)
def test_shares_always_add_up(total: int, numbers: list[Decimal], part: Decimal) -> None:
    partners = tuple(Partner(str(at), number=each) for at, each in enumerate(numbers))
    for method in (Method.EQUAL, Method.POPULATION, Method.CASELOAD, Method.HYBRID):
        found = work_out(Formula(method, partners, equal_part=part), total)
        assert sum(found.pence.values()) == total
        assert min(found.pence.values()) >= 0


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=2, max_size=6))
def test_flat_sums_and_the_rest_add_up(rest: int, flats: list[int]) -> None:
    partners = (*(Partner(str(at), flat=each) for at, each in enumerate(flats)), Partner("rest"))
    found = work_out(Formula(Method.FLAT, partners), sum(flats) + rest)
    assert sum(found.pence.values()) == sum(flats) + rest
    assert found.pence["rest"] == rest


def test_formulas_stand_side_by_side() -> None:
    total = parse_pounds("£120,000")
    shared = [
        work_out(Formula(Method.EQUAL, three()), total),
        work_out(Formula(Method.FLAT, three(flat=(None, None, 5_000_00))), total),
        work_out(Formula(Method.PERCENTAGE, three(percent=("33.3", "33.3", "33.3"))), total),
    ]
    rows = sharing.side_by_side(shared)
    assert [(row.name, row.pence) for row in rows] == [
        ("Council", (40_000_00, 57_500_00, None)),
        ("Health", (40_000_00, 57_500_00, None)),
        ("Police", (40_000_00, 5_000_00, None)),
    ]
    assert [row.spread for row in rows] == [17_500_00, 17_500_00, 35_000_00]
    assert str(shared[1].percent(POLICE)) == "4.2"
    assert sharing.are_of_one_sum(shared)
    assert sharing.are_of_one_sum([])
    assert not sharing.are_of_one_sum([*shared, work_out(Formula(Method.EQUAL, three()), 5)])


@pytest.mark.parametrize(
    ("shares", "method"),
    [
        (three(percent=("50", "50", "0")), Method.PERCENTAGE),
        (three(flat=(None, None, 5)), Method.FLAT),
        (three(number=("1", "2", "3")), Method.CASELOAD),
        (three(), Method.EQUAL),
    ],
)
def test_what_a_source_means_that_names_no_method(
    shares: tuple[Partner, ...], method: Method
) -> None:
    assert sharing.told_by(shares) is method


def test_every_method_says_what_it_rests_on() -> None:
    for method in Method:
        assert method.label
        assert method.rests_on.endswith(".")
        assert bool(method.asks) is (method is not Method.EQUAL)
