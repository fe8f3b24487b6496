"""The decision of a rapid review and the meeting at which it was made."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from concordat.domain.base.clocks.rules import LONDON
from concordat.domain.governance.meetings import operations as meetings
from concordat.domain.governance.meetings.models import Line
from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.models import Incident
from concordat.domain.practice.reviews.rules.outcomes import panel_fault
from concordat.kernel.errors import Invalid
from tests.operations.records.conftest import nothing_changed
from tests.operations.reviews.examples import LATER, Ward

pytestmark = pytest.mark.long


def _put(ward: Ward, row: Incident, days: int) -> Line:
    """Before a meeting so many days after it was notified."""
    day = LATER + timedelta(days=days)
    at = datetime(day.year, day.month, day.day, 14, tzinfo=LONDON)
    manager = ward.actor("manager", LATER)
    meeting = meetings.call(
        manager, body=ward.house.board, starts_at=at, ends_at=at + timedelta(hours=2)
    )
    return operations.put_before(manager, incident=row, meeting=meeting, reason="Weigh it")


def test_it_is_decided_at_a_meeting_that_was_held(ward: Ward) -> None:
    row = ward.notified()
    ahead = _put(ward, row, 5)
    with nothing_changed(), pytest.raises(Invalid, match="still to come") as told:
        ward.decided(row, panel=ahead, without_panel="")
    assert [each.field for each in told.value.faults] == ["panel"]
    with pytest.raises(Invalid, match="say why there was none"):
        ward.decided(row, without_panel=" ")
    made = ward.decided(row, on=LATER + timedelta(days=5), panel=ahead)
    assert (made.panel, made.without_panel) == (ahead, "")
    held = queries.decision_of(ward.actor("manager", LATER + timedelta(days=5)), row)
    assert held
    assert held.panel == ahead


def test_a_meeting_that_it_was_never_put_before_decided_nothing(ward: Ward) -> None:
    other = _put(ward, ward.notified(), 0)
    with pytest.raises(Invalid, match="not put before"):
        ward.decided(ward.notified(), panel=other)


@pytest.mark.parametrize(
    ("old", "days", "named", "without", "fault"),
    [
        (True, None, False, "", False),
        (False, None, False, "By telephone", False),
        (False, None, False, "", True),
        (False, 0, True, "", False),
        (False, 1, True, "By telephone", True),
        (False, None, True, "", True),
    ],
)
def test_who_decides_and_where(
    *, old: bool, days: int | None, named: bool, without: str, fault: bool
) -> None:
    held = None if days is None else LATER + timedelta(days=days)
    told = panel_fault(old=old, held=held, on=LATER, named=named, without=without)
    assert bool(told) is fault
