"""How far meetings, items and papers go, and that files and stages never disagree."""

from __future__ import annotations

from datetime import date

import pytest

from concordat.domain.governance.meetings.rules import life
from concordat.domain.governance.meetings.rules.life import Place, Stage
from concordat.kernel.actor import Office

DAY = date(2019, 3, 29)


def test_the_steps_follow_one_another_by_moves_of_the_table() -> None:
    for one, other in zip(life.STEPS, life.STEPS[1:], strict=False):
        assert other in {move.to for move in life.STATES.allowed(one)}


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_has_a_word_of_the_file_that_leads_back(stage: Stage) -> None:
    stated = life.stated_of(stage)
    assert life.stated_of(life.STATED[stated]) == stated


def test_what_is_agreed_or_cancelled_is_over() -> None:
    assert set(life.STATES.ends) == {Stage.MINUTES_AGREED, Stage.CANCELLED}


def test_only_the_chair_or_the_secretariat_cancels() -> None:
    assert Office.CHAIR in life.who_may("cancel")
    assert Office.DELEGATE not in life.who_may("cancel")
    assert life.who_may("nothing of the kind")


@pytest.mark.parametrize(
    ("on", "told"),
    [(None, "its day first"), (date(2019, 3, 30), "on the day"), (DAY, ""), (date(2019, 1, 1), "")],
)
def test_nothing_is_held_before_its_day(on: date | None, told: str) -> None:
    verdict = life.may_be_held(on, DAY)
    assert bool(verdict) is not bool(told)
    assert told in str(verdict)


def test_items_in_words() -> None:
    places = [Place.TAKEN, Place.TAKEN, Place.CARRIED, Place.DECLINED]
    assert life.counts_in_words(places) == "3 items: 2 taken, 1 carried over"
    assert life.counts_in_words([Place.PROPOSED]) == "No items"


def test_a_paper_in_the_pack_is_never_withdrawn_only_followed() -> None:
    assert [m.verb for m in life.PAPERS.allowed(life.PaperStage.IN_PACK)] == ["write"]


def test_what_is_put_off_needs_a_reason() -> None:
    assert not life.may_decline("  ")
    assert life.may_decline("Not for this board")
