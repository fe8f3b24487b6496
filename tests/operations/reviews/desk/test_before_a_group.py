"""A review that its lead puts before the group which several partnerships share."""

from __future__ import annotations

from dataclasses import replace

import pytest

from concordat.domain.base.records.models import Event
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body
from concordat.domain.practice.reviews import operations
from concordat.domain.practice.reviews.models import GroupCase
from concordat.domain.practice.reviews.operations import grouping, referrals
from concordat.domain.practice.reviews.queries import group as queries
from concordat.kernel.actor import Office
from concordat.kernel.errors import Invalid, Refused
from tests.operations.mail.cast import LOADER, Sitter, sits
from tests.operations.records.conftest import nothing_changed
from tests.operations.reviews.desk.examples import Studio
from tests.operations.reviews.learning import asked

pytestmark = pytest.mark.long
WHY = "The same gap between a school and a clinic"


def shared(studio: Studio) -> tuple[Body, Sitter]:
    """A group of the other partnership that serves this one, and who chairs it."""
    house = studio.nest.house
    group = seats.set_down(
        LOADER, partnership=house.there, kind="bodies", key="joint",
        values={"name": "Joint group", "kind": "subgroup"},
    )  # fmt: skip
    assert isinstance(group, Body)
    referrals.set_group(
        LOADER, partnership=house.here, group=group.record, source="The joint agreement, page 4"
    )
    return group, sits(house.there, group, "Lea Leader", Office.CHAIR)


def test_the_group_reads_the_head_of_a_review_and_nothing_else(studio: Studio) -> None:
    with pytest.raises(Refused, match="No group has the cases"):
        operations.put_review_before_group(studio.manager, review=studio.review, why=WHY)
    group, leader = shared(studio)
    with pytest.raises(Invalid, match="what the group is to learn"):
        operations.put_review_before_group(studio.manager, review=studio.review, why=" ")
    made = operations.put_review_before_group(studio.manager, review=studio.review, why=WHY)
    with pytest.raises(Invalid, match="already"):
        operations.put_review_before_group(studio.manager, review=studio.review, why=WHY)
    reference = studio.review.record.reference
    assert asked(leader.seat) == [f"read what {reference} puts on the caseload"]
    (head,) = queries.heads(leader.actor, queries.cases_before(leader.actor, group))
    assert (head.reference, head.what, head.lead) == (
        reference, "Local review", studio.nest.house.here.title,
    )  # fmt: skip
    assert (head.stage, head.opens) == (studio.row().stage_is.label, False)
    assert not can(leader.actor, Verb.SEE, studio.review.record)
    (mine,) = queries.heads(studio.manager, queries.cases_before(studio.manager, group))
    assert mine.opens
    told = Event.objects.get(record=studio.review.record.pk, verb="case put before a group")
    assert told.reason == WHY
    assert list(queries.before_groups(studio.manager, studio.review)) == [made]
    assert not queries.before_groups(leader.actor, studio.review)


def test_who_neither_sits_in_the_group_nor_runs_a_borough_finds_nothing(studio: Studio) -> None:
    group, _ = shared(studio)
    made = operations.put_review_before_group(studio.manager, review=studio.review, why=WHY)
    stranger = studio.nest.house.outsider.actor
    for actor in (studio.nest.house.member.actor, replace(stranger, seats=())):
        with pytest.raises(Refused, match="takes it off"):
            grouping.take_off_caseload(actor, case=made, reason="No")
        assert not queries.cases_before(actor, group)
    with pytest.raises(GroupCase.DoesNotExist):
        queries.case_before(replace(stranger, seats=()), group, made.pk)


def test_the_group_takes_it_off_with_what_came_of_it(studio: Studio) -> None:
    group, leader = shared(studio)
    made = operations.put_review_before_group(studio.manager, review=studio.review, why=WHY)
    with nothing_changed(), pytest.raises(Invalid, match="what came of it"):
        grouping.take_off_caseload(leader.actor, case=made, reason="")
    off = grouping.take_off_caseload(leader.actor, case=made, reason="A joint event was held")
    assert (off.off_why, off.off_by) == ("A joint event was held", leader.actor.signature)
    assert not queries.cases_before(leader.actor, group)
    with pytest.raises(Refused, match="already"):
        grouping.take_off_caseload(leader.actor, case=made, reason="Again")
    operations.put_review_before_group(studio.manager, review=studio.review, why="It came up anew")
    assert GroupCase.objects.filter(review=studio.review).count() == 2
