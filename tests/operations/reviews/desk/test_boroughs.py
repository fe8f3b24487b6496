"""A joint review: what a borough that takes part reads of it, and tells for itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Share
from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.models import Called, LearningEvent, Review
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.reviews.desk.examples import Studio

pytestmark = pytest.mark.long


def _theirs(studio: Studio) -> Actor:
    return studio.nest.house.outsider.actor


def _part(studio: Studio) -> str:
    (called,) = Called.objects.filter(seat=studio.nest.house.outsider.seat)
    return called.record.reference


def _event(studio: Studio) -> LearningEvent:
    return operations.plan_event(
        studio.manager, review=studio.row(), title="What Heron taught us", on=DAY
    )


def test_whoever_runs_another_borough_reads_the_head_and_not_the_review(studio: Studio) -> None:
    with pytest.raises(Review.DoesNotExist):
        queries.review(_theirs(studio), studio.review.record.reference)
    event = _event(studio)
    found = queries.part(_theirs(studio), _part(studio)).borough
    assert found
    assert found.home == studio.nest.house.there
    assert (found.reports, found.events) == ([], [event])
    assert [each.pk for each in queries.parts(_theirs(studio))] == [
        Called.objects.get(seat=studio.nest.house.outsider.seat).pk
    ]
    assert not queries.parts(studio.manager), "whoever opens the review has no part to look for"


def test_a_borough_tells_who_came_from_it_and_what_it_does_and_for_no_other(
    studio: Studio,
) -> None:
    house, event = studio.nest.house, _event(studio)
    asked = Ask.objects.filter(seat=house.outsider.seat, errand="give", cleared_on=None)
    assert asked.get().due == DAY
    with pytest.raises(Refused):
        operations.tell_attendance(
            _theirs(studio), event=event, partnership=house.here, invited=9, came=4
        )
    operations.tell_attendance(
        _theirs(studio), event=event, partnership=house.there, invited=9, came=4
    )
    assert not asked.exists()
    with pytest.raises(Invalid, match="another partnership"):
        operations.add_follow_up(
            _theirs(studio), event=event, partnership=house.there, what="Tell schools",
            due=DAY + timedelta(days=30), owner=house.member.seat,
        )  # fmt: skip
    operations.add_follow_up(
        _theirs(studio), event=event, partnership=house.there, what="Tell schools",
        due=DAY + timedelta(days=30), owner=studio.theirs.seat,
    )  # fmt: skip
    found = queries.part(_theirs(studio), _part(studio)).borough
    assert found
    (held,) = found.events
    assert [each.came for each in held.attendance.all()] == [4]
    assert [each.what for each in held.follow_ups.all()] == ["Tell schools"]


def test_a_borough_that_takes_no_part_any_more_tells_nothing(studio: Studio) -> None:
    house, event = studio.nest.house, _event(studio)
    records.end_share(
        LOADER, share=Share.objects.get(record=studio.review.pk), on=DAY - timedelta(days=1),
        reason="Not theirs",
    )  # fmt: skip
    assert queries.boroughs(_theirs(studio), studio.row()) == []
    with pytest.raises(LearningEvent.DoesNotExist):
        queries.event(_theirs(studio), studio.review.record.reference, event.pk)
    with pytest.raises(Refused):
        operations.tell_attendance(
            _theirs(studio), event=event, partnership=house.there, invited=9, came=4
        )
