"""A score belongs to its register's scheme: in words, or multiplied and banded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.governance.risks.rules import schemes
from concordat.domain.governance.risks.rules.schemes import READY, Scheme, scheme
from concordat.kernel.errors import Invalid

WORDS = scheme(*READY["words"])
FIVE = scheme(*READY["five"])


def fault(error: pytest.ExceptionInfo[Invalid]) -> tuple[str, str, str]:
    [found] = error.value.faults
    return found.field, found.message, found.mend


def test_words_come_to_no_number() -> None:
    score = WORDS.score("MEDIUM", "HIGH")
    assert (score.points, score.band) == (None, "")
    assert score.words == "MEDIUM likelihood, HIGH impact"
    assert score.short == "MEDIUM / HIGH"


@pytest.mark.parametrize(
    ("likelihood", "impact", "points", "band"),
    [
        ("1 Rare", "3 Moderate", 3, "low"),
        ("2 Unlikely", "3 Moderate", 6, "moderate"),
        ("4 Likely", "3 Moderate", 12, "high"),
        ("3 Possible", "5 Catastrophic", 15, "extreme"),
        ("5 Almost certain", "5 Catastrophic", 25, "extreme"),
    ],
)
def test_five_by_five_multiplies_and_bands(
    likelihood: str, impact: str, points: int, band: str
) -> None:
    score = FIVE.score(likelihood, impact)
    assert (score.points, score.band) == (points, band)
    assert score.short == f"{points} {band}"


def test_capitals_do_not_matter_and_the_scheme_keeps_its_own_writing() -> None:
    assert WORDS.score(" medium", "High ").likelihood == "MEDIUM"


@pytest.mark.parametrize("told", ["Very high", "4", "HIGH/MEDIUM"])
def test_a_word_outside_the_scheme_is_refused_with_its_values(told: str) -> None:
    with pytest.raises(Invalid) as error:
        WORDS.score(told, "HIGH")
    field, message, mend = fault(error)
    assert field == "likelihood"
    assert told in message
    assert mend == "Give LOW, MEDIUM or HIGH."
    assert WORDS.find(told, "HIGH") is None


def test_nothing_is_scored_where_no_scheme_is_stated() -> None:
    with pytest.raises(Invalid, match="states no scheme"):
        Scheme().score("HIGH", "HIGH")


@pytest.mark.parametrize(
    ("likelihoods", "impacts", "bands", "field"),
    [
        (("LOW", "low"), ("LOW", "HIGH"), (), "likelihoods"),
        (("LOW",), ("LOW", "HIGH"), (), "likelihoods"),
        (("LOW", "HIGH"), (), (), "impacts"),
        (("LOW", "HIGH"), ("x" * 61, "HIGH"), (), "impacts"),
        (("a", "b"), ("a", "b"), ("1 to 2 small", "3 to 4"), "bands"),
        (("a", "b"), ("a", "b"), ("1 to 1 small", "4 to 4 large"), "bands"),
        (("a", "b"), ("a", "b"), ("1 to 2 small", "2 to 4 large"), "bands"),
        (("a", "b"), ("a", "b"), ("4 to 1 small",), "bands"),
        (tuple(map(str, range(11))), ("a", "b"), (), "likelihoods"),
    ],
)
def test_words_and_bands_that_cannot_be_a_scheme(
    likelihoods: tuple[str, ...], impacts: tuple[str, ...], bands: tuple[str, ...], field: str
) -> None:
    with pytest.raises(Invalid) as error:
        scheme(likelihoods, impacts, bands)
    assert fault(error)[0] == field


def test_what_a_file_left_unfinished_is_kept_and_multiplies_nothing() -> None:
    kept = schemes.kept(("a", "b"), ("a", "b"), ("1 to 2 small",))
    assert not kept.multiplies
    assert kept.score("a", "b").points is None


def test_a_band_may_be_written_in_several_ways() -> None:
    one = scheme(("a", "b"), ("a", "b"), ("1-2 small", "3 – 4 large"))
    assert [str(band) for band in one.bands] == ["1 to 2 small", "3 to 4 large"]


@given(st.sampled_from(FIVE.likelihoods), st.sampled_from(FIVE.impacts))
def test_rank_never_contradicts_the_product(likelihood: str, impact: str) -> None:
    score = FIVE.score(likelihood, impact)
    for other in (FIVE.score(a, b) for a in FIVE.likelihoods for b in FIVE.impacts):
        if (other.points or 0) > (score.points or 0):
            assert other.rank > score.rank


@given(st.integers(1, 3), st.integers(1, 3))
def test_shade_only_grows_with_either_place(up: int, across: int) -> None:
    assert 1 <= WORDS.shade(up, across) <= schemes.SHADES
    assert WORDS.shade(up, across) <= WORDS.shade(min(3, up + 1), across)
    assert FIVE.shade(up, across) <= FIVE.shade(up, across + 1)


def test_schemes_say_what_they_are() -> None:
    assert WORDS.name == "LOW, MEDIUM and HIGH, in words"
    assert FIVE.name == "5 by 5, multiplied"
    assert Scheme().name == "No scheme is stated"
