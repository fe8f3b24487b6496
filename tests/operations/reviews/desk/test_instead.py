"""The improvements published alone, where the report itself may not be."""

from __future__ import annotations

from datetime import timedelta

import pytest

from concordat.domain.base.clocks.models import Clock
from concordat.domain.base.records.models import Event, Record
from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.models import LeakFound, PublishedReview, Review
from concordat.domain.practice.reviews.rules.desk import Stage
from concordat.kernel.actor import public
from concordat.kernel.errors import Invalid, Refused
from tests.operations.children.examples import NAME
from tests.operations.mail.cast import DAY
from tests.operations.records.conftest import nothing_changed
from tests.operations.reviews.desk.examples import LATE, Studio, cleared, report, reviewer

pytestmark = pytest.mark.long
WHY = "The family could be made out from any account of what happened"


def kept_back(studio: Studio, drafted: Review) -> Review:
    by = studio.manager
    operations.take_back(by, review=drafted, reason="The family objects")
    operations.publish_improvements_instead(
        by, review=drafted, reason=WHY, file=report("Handovers are written down")
    )
    return studio.row()


def test_a_report_is_kept_back_with_the_reason_and_the_improvements_take_its_way(
    studio: Studio, drafted: Review
) -> None:
    by, was = studio.manager, studio.row().draft
    told = {"review": drafted, "reason": WHY, "file": report("Handovers")}
    with nothing_changed(), pytest.raises(Refused, match="Take it back out of clearance"):
        operations.publish_improvements_instead(by, **told)
    operations.take_back(by, review=drafted, reason="The family objects")
    with nothing_changed(), pytest.raises(Invalid, match="why the report is not published"):
        operations.publish_improvements_instead(by, **(told | {"reason": " "}))
    row = operations.publish_improvements_instead(by, **told)
    assert (row.report, row.instead_why, row.instead_on) == (was, WHY, DAY)
    assert row.draft != was
    kept = Event.objects.get(record=row.record.pk, verb="report kept back")
    assert kept.reason == WHY
    with pytest.raises(Refused, match="already"):
        operations.publish_improvements_instead(by, **told)
    operations.send_to_clearance(by, review=row)
    cleared(studio)
    (put,) = operations.publish(by, review=row, reason=LATE)
    assert put.instead
    assert put.title.startswith("Improvements after the review")
    assert "Handovers" in put.html
    assert "The household moved twice" not in put.html
    clock = Clock.objects.filter(record=row.record, rule="LC-PUBLISH").first()
    assert clock is None or clock.proof == "The improvements are published"
    found = queries.public_review(public(DAY), row.partnership, row.record.reference)
    assert found == put
    assert studio.row().stage_is is Stage.PUBLISHED


def test_a_name_in_what_tells_of_the_improvements_stops_it_like_any(
    studio: Studio, drafted: Review
) -> None:
    by = studio.manager
    operations.take_back(by, review=drafted, reason="The family objects")
    operations.publish_improvements_instead(
        by, review=drafted, reason=WHY, file=report(footnote=f"As {NAME} said")
    )
    assert LeakFound.objects.filter(certain=True).exists()
    operations.send_to_clearance(by, review=drafted)
    cleared(studio)
    with pytest.raises(Refused, match="footnote"):
        operations.publish(by, review=drafted, reason=LATE)
    assert not PublishedReview.objects.exists()


def test_the_report_can_be_published_after_all(studio: Studio, drafted: Review) -> None:
    by, was = studio.manager, studio.row().draft
    row = kept_back(studio, drafted)
    improvements = row.draft
    with pytest.raises(Invalid, match="why the report can be published"):
        operations.publish_report_after_all(by, review=row, reason="")
    operations.publish_report_after_all(by, review=row, reason="The family agrees now")
    row = studio.row()
    assert (row.draft, row.report, row.instead_why, row.instead_on) == (was, None, "", None)
    assert improvements
    with pytest.raises(Refused, match="not kept back"):
        operations.publish_report_after_all(by, review=row, reason="Again")
    operations.send_to_clearance(by, review=row)
    cleared(studio)
    (put,) = operations.publish(by, review=row, reason=LATE)
    assert not put.instead
    assert "The household moved twice" in put.html


def test_who_works_on_a_review_and_does_not_lead_it_keeps_no_report_back(
    studio: Studio, drafted: Review
) -> None:
    reviewer(studio, DAY + timedelta(days=90))
    operations.take_back(studio.manager, review=drafted, reason="The family objects")
    told = {"review": drafted, "reason": WHY, "file": report("Handovers")}
    with nothing_changed(), pytest.raises(Refused):
        operations.publish_improvements_instead(studio.writer_on(DAY), **told)
    with nothing_changed(), pytest.raises(Record.DoesNotExist):
        operations.publish_improvements_instead(studio.theirs.actor, **told)
