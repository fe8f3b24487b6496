"""Who does what with a joint event of a group, and what is told of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from concordat.domain.practice.reviews.rules import EVENT_STATES, joint
from concordat.domain.practice.reviews.rules.joint import EventPart, EventStage
from concordat.kernel.errors import Invalid

TODAY = date(2019, 3, 29)


@pytest.mark.parametrize(
    ("part", "plans", "tells", "does"),
    [
        (EventPart(), False, False, False),
        (EventPart(owes=True), False, False, True),
        (EventPart(borough=True), False, True, True),
        (EventPart(group=True), True, True, True),
    ],
)
def test_the_group_plans_each_borough_tells_and_whose_it_is_does(
    part: EventPart, plans: bool, tells: bool, does: bool
) -> None:
    told = (joint.may_plan(part), joint.may_tell_of_borough(part), joint.may_say_done(part))
    assert tuple(bool(each) for each in told) == (plans, tells, does)
    assert all(each or each.reason for each in told)


@pytest.mark.parametrize(
    ("stage", "verbs"),
    [
        (EventStage.PLANNED,
         {"move", "call off", "tell who came", "set what follows", "say it is done"}),
        (EventStage.HELD, {"tell who came", "set what follows", "say it is done", "close"}),
        (EventStage.OFF, set()),
        (EventStage.DONE, set()),
    ],
)  # fmt: skip
def test_what_was_held_is_neither_moved_nor_called_off(stage: EventStage, verbs: set[str]) -> None:
    assert {move.verb for move in EVENT_STATES.allowed(stage)} == verbs


def test_what_is_told_is_whole() -> None:
    joint.counted(3, 3)
    with pytest.raises(Invalid, match="More came"):
        joint.counted(3, 4)
    joint.still_ahead(TODAY, TODAY)
    with pytest.raises(Invalid, match="over"):
        joint.still_ahead(TODAY - timedelta(days=1), TODAY)
    assert joint.said("why", "  Handovers ", "Say why.") == "Handovers"
    with pytest.raises(Invalid, match="Say why") as told:
        joint.said("why", " \n", "Say why.")
    assert told.value.faults[0].field == "why"
