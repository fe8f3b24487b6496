"""Quorate or not, in the words of the terms, at each moment."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.domain.governance.meetings.rules.quorum import (
    Chair,
    Effect,
    Presence,
    Standing,
    Terms,
    allowed,
    effects,
    forecast,
    is_quorate,
    usual,
)
from concordat.kernel.errors import Invalid

THREE = ("council", "health", "police")


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2019, 4, 10, hour, minute, tzinfo=UTC)


def seat(class_: str, presence: Presence = Presence.PRESENT, **told: object) -> Chair:
    return Chair(class_, class_.capitalize(), class_, class_, presence=presence, **told)  # type: ignore[arg-type]


PRESENT, DEPUTY, SORRY = Presence.PRESENT, Presence.DEPUTY, Presence.APOLOGIES
ALL = [seat(each) for each in THREE]
NO_POLICE = [seat("council"), seat("health"), seat("police", SORRY)]
AFAR = seat("council", remote=True)
ONE_MORE = ("1 more voting member",)
BY_DEPUTY = [seat("council"), seat("health"), seat("police", DEPUTY)]


@pytest.mark.parametrize(
    ("table", "terms", "standing", "lacking"),
    [
        (ALL, Terms(classes=THREE), Standing.QUORATE, ()),
        (NO_POLICE, Terms(classes=THREE), Standing.INQUORATE, ("police",)),
        (NO_POLICE, Terms(classes=("council", "health")), Standing.QUORATE, ()),
        (BY_DEPUTY, Terms(classes=THREE, substitutes=True), Standing.QUORATE, ()),
        (BY_DEPUTY, Terms(classes=THREE, substitutes=False), Standing.INQUORATE, ("police",)),
        (NO_POLICE, Terms(members=2), Standing.QUORATE, ()),
        (NO_POLICE, Terms(members=3), Standing.INQUORATE, ONE_MORE),
        ([], Terms(members=2), Standing.INQUORATE, ("2 more voting members",)),
        ([seat("council", voting=False)], Terms(members=1), Standing.INQUORATE, ONE_MORE),
        ([AFAR], Terms(members=1, remote=False), Standing.INQUORATE, ONE_MORE),
        ([AFAR], Terms(members=1), Standing.QUORATE, ()),
        (ALL, Terms(seats=("chair",)), Standing.INQUORATE, ("The chair",)),
        (ALL, Terms(), Standing.NOT_STATED, ()),
    ],
)  # fmt: skip
def test_each_kind_of_terms(
    table: list[Chair], terms: Terms, standing: Standing, lacking: tuple[str, ...]
) -> None:
    found = is_quorate(table, terms, names={"chair": "The chair"})
    assert found.standing is standing
    assert found.lacking == lacking
    assert bool(found) is (standing is Standing.QUORATE)


def test_the_sentence_says_who_is_there_and_who_is_lacking() -> None:
    told = is_quorate(NO_POLICE, Terms(classes=THREE)).sentence
    assert told == "Not quorate: council and health are there; lacking police."
    assert is_quorate([], Terms(members=1)).sentence.startswith("Not quorate: nobody is there")
    by_deputy = is_quorate(BY_DEPUTY, Terms(classes=THREE, substitutes=True)).sentence
    assert by_deputy == "Quorate: council, health and police by deputy."


def test_terms_that_are_silent_on_deputies_are_a_doubt_and_not_an_answer() -> None:
    found = is_quorate(BY_DEPUTY, Terms(classes=THREE))
    assert not found
    assert found.doubt == "The terms do not say whether deputies count."
    assert not is_quorate(NO_POLICE, Terms(classes=THREE)).doubt


def test_no_terms_make_no_quorum_up() -> None:
    found = is_quorate(ALL, Terms(words="Those who matter"))
    assert found.standing is Standing.NOT_STATED
    assert "Those who matter" in found.sentence
    assert found.doubt


def test_quorum_is_of_the_moment() -> None:
    table = [seat("council"), seat("health", came=at(10)), seat("police", left=at(11))]
    terms = Terms(classes=THREE)
    assert not is_quorate(table, terms, at=at(9, 30))
    assert is_quorate(table, terms, at=at(10))
    assert not is_quorate(table, terms, at=at(11))
    assert is_quorate(table, terms), "over the whole meeting all three came"


def test_nobody_leaves_before_coming() -> None:
    with pytest.raises(Invalid, match="left before coming"):
        seat("council", came=at(11), left=at(10))


@pytest.mark.parametrize(
    ("words", "discretion", "found"),
    [
        ("", "", ()),
        ("Decisions are deferred to the next meeting", "", (Effect.DEFER,)),
        ("Written agreement of those absent is sought", "", (Effect.WRITTEN,)),
        ("They become recommendations", "", (Effect.RECOMMEND,)),
        ("It may be discussed", "", (Effect.NOTE,)),
        ("Those present decide for themselves", "", (Effect.OWN,)),
        ("Each partner binds only itself", "", (Effect.OWN,)),
        ("", "The chair decides by the agenda", (Effect.GO_ON,)),
        ("Deferred, or agreed in writing", "", (Effect.WRITTEN, Effect.DEFER)),
    ],
)
def test_what_terms_let_an_inquorate_meeting_do(
    words: str, discretion: str, found: tuple[Effect, ...]
) -> None:
    assert effects(Terms(inquorate=words, discretion=discretion)) == found


def test_terms_that_say_nothing_let_a_meeting_recommend_and_bind_nobody() -> None:
    assert allowed(Terms()) == (Effect.RECOMMEND,)
    assert usual(Terms(discretion="The chair may go on")) is Effect.RECOMMEND
    assert usual(Terms(inquorate="Deferred", discretion="The chair may")) is Effect.DEFER


def test_the_forecast_says_who_is_silent() -> None:
    table = [seat("council"), seat("health"), seat("police", Presence.UNKNOWN)]
    told = forecast(table, Terms(classes=THREE))
    assert told.endswith("Not answered: police.")


CHAIRS = st.builds(
    seat, st.sampled_from(THREE), st.sampled_from(list(Presence)), voting=st.booleans()
)
TERMS = st.builds(
    Terms,
    members=st.none() | st.integers(0, 5),
    classes=st.sets(st.sampled_from(THREE)).map(tuple),
    substitutes=st.none() | st.booleans(),
)


@given(st.lists(CHAIRS, max_size=8), CHAIRS, TERMS)
def test_one_more_at_the_table_never_breaks_a_quorum(
    table: list[Chair], one: Chair, terms: Terms
) -> None:
    if is_quorate(table, terms):
        assert is_quorate([*table, one], terms)


@given(st.lists(CHAIRS, max_size=8), TERMS)
def test_a_quorum_lacks_nothing_and_anything_else_says_what(
    table: list[Chair], terms: Terms
) -> None:
    found = is_quorate(table, terms)
    assert (found.standing is Standing.INQUORATE) == bool(found.lacking)
