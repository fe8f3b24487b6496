"""The area in which the child lives joins a rapid review that another area leads."""

from __future__ import annotations

import pytest

from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.models import Incident, IncidentTurn
from concordat.domain.practice.reviews.operations import Where, referrals
from concordat.domain.practice.reviews.queries import group
from concordat.domain.practice.reviews.rules import answers
from concordat.kernel.errors import Refused
from tests.operations.mail.cast import LOADER
from tests.operations.reviews.examples import LATER, Ward, asked, clock

pytestmark = pytest.mark.long


def _home(ward: Ward) -> Incident:
    return ward.notified(home=Where("Poplar", ward.theirs))


def test_the_home_area_is_let_in_to_the_head_and_asked_once_it_is_notified(ward: Ward) -> None:
    row = ward.told(home=Where("Poplar", ward.theirs))
    outsider = ward.actor("outsider", LATER)
    with pytest.raises(Incident.DoesNotExist):
        queries.incident(outsider, row.record.reference)
    row = _home(ward)
    held = queries.incident(outsider, row.record.reference)
    assert queries.is_a_summary(outsider, held)
    assert queries.part_in(outsider, held).joins
    told = f"confirm who takes part for Poplar in the review of {row.record.reference}"
    assert told in asked(ward.house.outsider.seat)
    assert not queries.part_in(ward.actor("manager", LATER), held).joins


def test_who_joins_says_who_takes_part_and_decides_nothing(ward: Ward) -> None:
    row = _home(ward)
    with pytest.raises(Refused):
        operations.contribute(ward.actor("manager", LATER), incident=row, words="Us")
    operations.contribute(
        ward.actor("outsider", LATER), incident=row, words="The designated nurse of Poplar"
    )
    assert asked(ward.house.outsider.seat) == []
    said = IncidentTurn.objects.filter(incident=row).order_by("-pk")[0]
    assert (said.what, said.words) == (
        "Poplar says who takes part", "The designated nurse of Poplar"
    )  # fmt: skip
    with pytest.raises(Refused):
        operations.decide(ward.actor("outsider", LATER), incident=row, decided=ward.decision(row))


def test_an_area_that_turns_out_not_to_join_sees_it_no_more(ward: Ward) -> None:
    row = _home(ward)
    operations.amend(
        ward.actor("council", LATER), incident=row, facts=ward.facts(home=Where("Hackney"))
    )
    with pytest.raises(Incident.DoesNotExist):
        queries.incident(ward.actor("outsider", LATER), row.record.reference)
    assert asked(ward.house.outsider.seat) == []


def test_an_area_that_nobody_here_runs_is_told_by_hand(ward: Ward) -> None:
    row = ward.notified(home=Where("Hackney"))
    held = queries.incident(ward.actor("manager", LATER), row.record.reference)
    assert queries.joining(ward.actor("manager", LATER), held) == []
    (_, led, _) = answers(queries.places_of(ward.actor("manager", LATER), held))
    assert [each.name for each in led.joins] == ["Hackney"]


def test_a_group_reads_the_head_of_a_rapid_review_and_never_its_label(ward: Ward) -> None:
    row, manager = ward.notified(), ward.actor("manager", LATER)
    referrals.set_group(
        LOADER, partnership=ward.house.here, group=ward.house.board.record, source="Minutes"
    )
    with pytest.raises(Refused):
        operations.put_incident_before_group(ward.actor("council", LATER), incident=row, why="So")
    operations.put_incident_before_group(manager, incident=row, why="It may come up again")
    chair = ward.actor("chair", LATER)
    (head,) = group.heads(chair, group.cases_before(chair, ward.house.board))
    assert (head.reference, head.what, head.stage) == (
        row.record.reference, "Rapid review", "Notified",
    )  # fmt: skip
    assert head.due == clock(row, "RR-DO").due
    assert not head.opens
    assert row.child
    assert row.child.label not in str(head)
    assert not [each for each in asked(ward.house.chair.seat) if row.child.label in each]
