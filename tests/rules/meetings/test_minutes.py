"""Minutes are agreed at a later meeting, once each item says what came of it."""

from __future__ import annotations

from datetime import date

import pytest

from concordat.domain.governance.meetings.rules import minutes
from concordat.domain.governance.meetings.rules.life import Place, Stage
from concordat.domain.governance.meetings.rules.quorum import Presence

APRIL, MAY = date(2019, 4, 10), date(2019, 5, 22)


@pytest.mark.parametrize(
    ("place", "day", "at", "stage", "told"),
    [
        (Place.TAKEN, APRIL, MAY, Stage.HELD, ""),
        (Place.CARRIED, APRIL, MAY, Stage.SENT, ""),
        (Place.ON_AGENDA, APRIL, MAY, Stage.HELD, "“The budget”"),
        (Place.TAKEN, APRIL, APRIL, Stage.HELD, "a later meeting"),
        (Place.TAKEN, MAY, APRIL, Stage.HELD, "a later meeting"),
        (Place.TAKEN, None, APRIL, Stage.HELD, "a later meeting"),
        (Place.TAKEN, APRIL, MAY, Stage.PLANNING, "That meeting is planning"),
        (Place.TAKEN, APRIL, MAY, Stage.CANCELLED, "That meeting is cancelled"),
    ],
)
def test_when_minutes_may_be_agreed(
    place: Place, day: date | None, at: date, stage: Stage, told: str
) -> None:
    found = minutes.may_agree([("The budget", place)], day=day, at=at, at_stage=stage)
    assert bool(found) is not bool(told)
    assert told in str(found)


def test_who_came_is_told_in_groups_and_those_never_marked_are_left_out() -> None:
    told = minutes.came(
        [
            (Presence.APOLOGIES, "Health"),
            (Presence.PRESENT, "Council"),
            (Presence.UNKNOWN, "Police"),
            (Presence.PRESENT, "Schools"),
        ]
    )
    assert told == [("Present", ["Council", "Schools"]), ("Apologies", ["Health"])]


def test_minutes_in_a_sentence() -> None:
    assert minutes.in_a_sentence(9, 1, 0) == "9 items, 1 decision and 0 actions."
