"""How answers add up, when they still count, and what may be fixed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from concordat.domain.governance.diaries.rules import (
    Chair,
    DiaryState,
    Quorum,
    Says,
    may_answer,
    may_ask,
    may_fix,
    tally,
)
from tests.rules.diaries.rooms import chair

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=4)
CHAIRS = [
    chair("director", "council"),
    chair("nurse", "health"),
    chair("superintendent", "police", deputy=[]),
]
QUORUM = Quorum(classes=("council", "health", "police"))
YES, MAYBE, NO = Says.YES, Says.IF_NEEDED, Says.NO
D, N, S, DS = (
    ("director", "h-director"),
    ("nurse", "h-nurse"),
    ("superintendent", "h-superintendent"),
    ("superintendent", "d-superintendent"),
)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "Not quorate yet: council, health and police not answered"),
        ({D: YES, N: YES, S: YES}, "Quorate: council, health and police"),
        ({D: YES, N: MAYBE, S: NO, DS: YES}, "Quorate: council and health, police by deputy"),
        ({D: YES, N: YES, S: NO}, "Cannot be quorate: without police"),
        ({D: YES, N: NO}, "Cannot be quorate: without health"),
        ({D: YES, N: YES}, "Not quorate yet: police not answered"),
        ({D: YES, N: YES, DS: MAYBE}, "Quorate: council and health, police by deputy"),
    ],
)
def test_one_date_in_words(answers: dict[tuple[str, str], Says], words: str) -> None:
    assert tally(CHAIRS, QUORUM, answers).words == words


def test_the_counts_behind_the_words() -> None:
    told = tally(CHAIRS, QUORUM, {D: YES, N: MAYBE, S: NO})
    assert (told.yes, told.if_needed, told.no, told.silent) == (1, 1, ("Superintendent",), ())
    assert tally(CHAIRS, QUORUM, {D: YES}).silent == ("nurse", "superintendent")


def test_a_chair_that_nobody_was_asked_for_is_not_silent() -> None:
    unasked = Chair("youth", "Youth lead")
    told = tally([*CHAIRS, unasked], QUORUM, {D: YES, N: YES, S: YES})
    assert told.silent == ()


def test_a_deputy_counts_only_where_deputies_do() -> None:
    strict = Quorum(classes=("police",), deputies=False)
    assert not tally(CHAIRS, strict, {DS: YES}).quorate.is_legal
    assert tally(CHAIRS, QUORUM, {DS: YES, D: YES, N: YES}).quorate.is_legal


def test_dates_are_ranked_by_quorum_then_deputies_then_if_needed() -> None:
    ranks = [
        tally(CHAIRS, QUORUM, answers).rank
        for answers in (
            {D: YES, N: YES, S: YES},
            {D: YES, N: MAYBE, S: YES},
            {D: YES, N: YES, DS: YES},
            {D: YES, N: YES},
            {D: YES},
        )
    ]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 5


@pytest.mark.parametrize(
    ("state", "now", "told"),
    [
        (DiaryState.ASKING, NOW, ""),
        (DiaryState.ASKING, LATER, "until 10:00 on 6 March 2026"),
        (DiaryState.CLOSED, NOW, "until 10:00 on 6 March 2026"),
        (DiaryState.FIXED, NOW, "The date is fixed"),
        (DiaryState.WITHDRAWN, NOW, "was withdrawn"),
        (DiaryState.DRAFT, NOW, "Nobody has been asked"),
    ],
)
def test_whether_an_answer_still_counts(state: DiaryState, now: datetime, told: str) -> None:
    verdict = may_answer(state, LATER, now)
    assert bool(verdict) is (not told)
    assert told in str(verdict)


@pytest.mark.parametrize(
    ("slots", "deadline", "first", "allowed"),
    [
        (3, LATER, LATER + timedelta(days=1), True),
        (12, LATER, None, True),
        (0, LATER, None, False),
        (13, LATER, None, False),
        (3, NOW, None, False),
        (3, LATER, LATER, False),
        (3, NOW + timedelta(days=61), None, False),
    ],
)
def test_whether_a_poll_may_be_opened(
    slots: int, deadline: datetime, first: datetime | None, allowed: bool
) -> None:
    assert bool(may_ask(slots, deadline, NOW, first)) is allowed


@pytest.mark.parametrize(
    ("answers", "reason", "allowed"),
    [
        (None, "", True),
        ({D: YES, N: YES, S: YES}, "", True),
        ({D: YES}, "", False),
        ({D: YES}, "A workshop", True),
        ({D: NO, N: NO}, "We must", False),
    ],
)
def test_whether_a_date_may_be_fixed(
    answers: dict[tuple[str, str], Says] | None, reason: str, allowed: bool
) -> None:
    found = None if answers is None else tally(CHAIRS, QUORUM, answers)
    assert bool(may_fix(found, reason)) is allowed
