"""Methods as data, and a choice that is guided, never made."""

from __future__ import annotations

from datetime import date

import pytest

from concordat.domain.practice.reviews.rules.methods import (
    QUESTIONS,
    method,
    methods,
    planned,
    rank,
)

NEAR_MISS = {"purpose": "well", "statutory": "no", "time": "short", "cost": "small",
             "capacity": "little", "practitioners": "yes"}  # fmt: skip
TRIAL = {"purpose": "why", "statutory": "yes", "scale": "several-areas", "time": "long",
         "proceedings": "trial", "practitioners": "some", "cost": "usual"}  # fmt: skip
MANY = {"purpose": "theme", "scale": "several-areas", "time": "long", "cost": "complex"}


def test_every_method_says_all_that_it_needs() -> None:
    asked = {each.key: {choice.key for choice in each.choices} for each in QUESTIONS}
    assert len(methods()) == 8
    for each in methods():
        assert each.source
        assert each.conf in {"S", "S2", "K", "K+"}
        assert each.people
        assert each.artefacts
        weeks = [stage.week for stage in each.stages]
        assert weeks == sorted(weeks)
        assert each.weeks[0] <= weeks[-1] <= each.weeks[1], each.key
        for weighed in (each.fits, each.strains, each.needs):
            for key, values in weighed.items():
                assert set(values) <= asked[key], (each.key, key)


@pytest.mark.parametrize(
    ("answers", "first"),
    [(NEAR_MISS, "appreciative"), (TRIAL, "hybrid"), (MANY, "thematic")],
)
def test_what_fits_stands_first(answers: dict[str, str], first: str) -> None:
    assert rank(answers)[0].method.key == first


def test_what_cannot_be_done_so_stands_last_and_says_why() -> None:
    found = {each.method.key: each for each in rank(TRIAL)}
    assert found["silp"].barred == "It needs practitioners: yes, together"
    assert found["learning-review"].barred == "It needs statutory: no"
    assert rank(TRIAL)[0].barred == ""
    barred = [bool(each.barred) for each in rank(TRIAL)]
    assert barred == sorted(barred)


def test_a_question_left_open_speaks_neither_for_nor_against() -> None:
    assert all(each.score == 0 for each in rank({}))
    assert [each.method for each in rank({})] == list(methods())


def test_too_little_time_or_money_is_said_in_figures() -> None:
    found = {each.method.key: each for each in rank({"time": "medium", "cost": "usual"})}
    assert any("£15,000" in each for each in found["thematic"].against)
    assert rank({"time": "short"})[-1].against


def test_stages_are_planned_from_the_decision() -> None:
    found = method("child-practice-review")
    assert found
    days = {stage.key: day for stage, day in planned(found, date(2019, 2, 20))}
    assert days["panel"] == date(2019, 3, 13)
    assert method("magic") is None


@pytest.mark.parametrize(
    ("ended", "told"),
    [
        (None, "8 weeks so far."),
        (date(2019, 6, 5), "It took 15 weeks, within what is usual."),
        (date(2019, 10, 30), "It took 36 weeks, 10 more than is usual."),
    ],
)
def test_how_long_it_took_stands_against_what_is_usual(ended: date | None, told: str) -> None:
    chosen = method("hybrid")
    assert chosen
    assert chosen.weeks == (14, 26)
    assert chosen.against(date(2019, 2, 20), ended, date(2019, 4, 17)) == told
