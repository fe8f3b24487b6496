"""Clearing a report in order, checking it blind, and publishing it where it is agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.clocks.models import Clock
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Event
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body
from concordat.domain.practice.children.models import Identity
from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.models import (
    Clearing,
    LeakFound,
    PublishedReview,
    Review,
    Subject,
)
from concordat.domain.practice.reviews.rules.clearance import Copy
from concordat.domain.practice.reviews.rules.desk import List, Proceeding, Stage
from concordat.kernel.actor import Office, public
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.children.examples import NAME
from tests.operations.mail.cast import DAY, LOADER, Sitter, sits, verbs_on
from tests.operations.reviews.desk.examples import (
    LATE,
    Studio,
    agrees,
    all_no,
    cleared,
    copies_go_out,
    everybody_signs,
    report,
    sign,
)
from tests.walls import behind_the_wall

pytestmark = pytest.mark.long


def _asked(studio: Studio) -> set[str]:
    return {each.seat.role for each in Ask.objects.filter(cleared_on=None, errand="sign")}


def test_each_step_waits_for_the_one_before(studio: Studio, drafted: Review) -> None:
    first, legal, *_ = Clearing.objects.order_by("pk")
    assert _asked(studio) == {"Hetty Health"}
    with pytest.raises(Refused, match="First: agencies say"):
        sign(studio, legal)
    sign(studio, first)
    assert _asked(studio) == {"Cora Ordinator"}
    with pytest.raises(Refused, match="do not hold"):
        operations.clear(studio.nest.house.member.actor, clearing=legal, text="x")


def test_a_changed_file_voids_every_signature(studio: Studio, drafted: Review) -> None:
    rows = list(Clearing.objects.order_by("pk"))
    old = queries.text_of(studio.manager, drafted)
    sign(studio, rows[0])
    sign(studio, rows[1])
    operations.put_draft(studio.manager, review=drafted, file=report("Mended"), note="A slip")
    assert _asked(studio) == {"Hetty Health"}
    assert "clearance voided" in verbs_on(drafted.record)
    with pytest.raises(Stale):
        operations.clear(studio.nest.house.health.actor, clearing=rows[0], text=old)


def test_neither_checker_sees_the_other_before_both_are_in(studio: Studio, drafted: Review) -> None:
    house = studio.nest.house
    with pytest.raises(Refused, match="Not cleared yet: agencies say"):
        operations.ask_check(
            studio.manager, review=drafted, seats=[house.member.seat, house.chair.seat]
        )
    everybody_signs(studio)
    with pytest.raises(Refused, match="No advance copy"):
        operations.ask_check(
            studio.manager, review=drafted, seats=[house.member.seat, house.chair.seat]
        )
    copies_go_out(studio)
    with pytest.raises(Invalid, match="two seats"):
        operations.ask_check(studio.manager, review=drafted, seats=[house.member.seat])
    with pytest.raises(Invalid, match="Mary Manager wrote the report"):
        operations.ask_check(
            studio.manager, review=drafted, seats=[house.member.seat, house.manager.seat]
        )
    first, _second = operations.ask_check(
        studio.manager, review=drafted, seats=[house.member.seat, house.chair.seat]
    )
    with pytest.raises(Invalid, match="Say where"):
        operations.give_check(house.member.actor, check=first, answers=all_no(dates="yes"))
    operations.give_check(
        house.member.actor, check=first, answers=all_no(dates="yes"), words="Page 3: a date"
    )
    assert [each.is_read for each in queries.checks(studio.manager, drafted)] == [False, False]
    assert queries.checks(house.member.actor, drafted)[0].is_read
    told = queries.checks(studio.manager, drafted)
    assert [each.is_in for each in told] == [True, False]


def test_nothing_is_published_while_anything_is_open(studio: Studio, drafted: Review) -> None:
    with pytest.raises(Refused) as found:
        operations.publish(studio.manager, review=drafted, reason=LATE)
    assert "Not cleared yet: agencies say" in found.value.reason
    assert "2 disclosure checks of two are not in" in found.value.reason
    cleared(studio)
    operations.begin_proceeding(
        studio.manager, review=drafted, kind=Proceeding.INQUEST, what="Inquest", holds=True,
        waits="The coroner asked",
    )  # fmt: skip
    with pytest.raises(Refused, match="Held: Inquest: The coroner asked"):
        operations.publish(studio.manager, review=drafted, reason=LATE)
    assert not PublishedReview.objects.exists()


def test_a_name_in_a_footnote_stops_publication_and_says_where(
    studio: Studio, drafted: Review
) -> None:
    operations.put_draft(
        studio.manager, review=drafted, file=report(footnote=f"As {NAME} said"), note="A note"
    )
    cleared(studio)
    with pytest.raises(Refused) as found:
        operations.publish(studio.manager, review=drafted, reason=LATE)
    assert "A footnote or endnote: the name of Heron." in found.value.reason
    assert "Samuel" not in found.value.reason
    assert not PublishedReview.objects.exists()
    leak = LeakFound.objects.filter(certain=True)[0]
    with pytest.raises(Refused, match="no everyday word"):
        operations.set_aside(studio.nest.house.co_ordinator.actor, leak=leak, why="It is fine")


def test_a_lone_word_is_set_aside_with_a_reason(studio: Studio, drafted: Review) -> None:
    words = "A larkspur grew by the door"
    operations.put_draft(studio.manager, review=drafted, file=report(words), note="A flower")
    cleared(studio)
    with pytest.raises(Refused, match="a word of the name of Heron"):
        operations.publish(studio.manager, review=drafted, reason=LATE)
    operations.scan_report(studio.manager, review=drafted)
    for leak in queries.leaks(studio.manager, studio.row()):
        with pytest.raises(Refused, match="You wrote the report"):
            operations.set_aside(studio.manager, leak=leak, why="A flower")
        operations.set_aside(
            studio.nest.house.co_ordinator.actor, leak=leak, why="A flower, not the family"
        )
    assert operations.publish(studio.manager, review=drafted, reason=LATE)


def test_copies_that_went_out_late_are_explained(studio: Studio, drafted: Review) -> None:
    cleared(studio)
    with pytest.raises(Invalid, match="went out on 29 March 2019") as told:
        operations.publish(studio.manager, review=drafted)
    assert [each.field for each in told.value.faults] == ["reason"]
    assert not PublishedReview.objects.exists()
    operations.publish(studio.manager, review=drafted, reason=LATE)
    assert Event.objects.get(record=drafted.record.pk, verb="review published").reason == LATE


def _third(studio: Studio) -> Sitter:
    """A third borough, with somebody who signs for a partner there."""
    yonder = agencies.found(LOADER, slug="yonder", name="Yonder", prefix="YON").record
    body = seats.set_down(
        LOADER, partnership=yonder, kind="bodies", key="executive",
        values={"name": "Executive", "kind": "executive"},
    )  # fmt: skip
    assert isinstance(body, Body)
    return sits(yonder, body, "Yara Yonder", Office.DELEGATE)


def test_one_leads_and_it_is_published_in_three(studio: Studio, drafted: Review) -> None:
    house, third = studio.nest.house, _third(studio)
    yonder = third.seat.record.partnership
    assert yonder
    operations.share_with(
        studio.manager, review=drafted, partnership=yonder, reason="Knew the family"
    )
    cleared(studio)
    first = queries.agreements(studio.manager, drafted)[0]
    second = operations.ask_partnership(
        studio.manager, review=studio.row(), partnership=yonder, seat=third.seat
    )
    agrees(studio, studio.theirs, first)
    with pytest.raises(Invalid, match="Say why not"):
        operations.answer_partnership(third.actor, agreement=second, agree=False)
    put = operations.publish(studio.manager, review=drafted, reason=LATE)
    assert [each.partnership for each in put] == [house.here, house.there]
    with pytest.raises(Refused, match="has not agreed"):
        operations.publish_there(studio.manager, agreement=second)
    agrees(studio, third, second)
    operations.publish_there(studio.manager, agreement=second)
    asked, reference = public(DAY), drafted.record.reference
    for where in (house.here, house.there, yonder):
        found = queries.public_review(asked, where, reference)
        assert found
        assert "<h2>What happened</h2>" in found.html
        assert queries.public_pdf(asked, found).startswith(b"%PDF")
    clocks = Clock.objects.filter(record=drafted.record)
    assert clocks.get(rule="LC-PUBLISH").met_on == DAY
    years = {each.part: each.due for each in clocks.filter(rule="LC-AVAILABLE")}
    assert years == dict.fromkeys(("", house.there.title, yonder.title), date(2020, 3, 29))
    assert studio.row().stage_is is Stage.PUBLISHED


def test_copies_go_out_only_once_it_is_cleared_and_meet_the_day(
    studio: Studio, drafted: Review
) -> None:
    with pytest.raises(Refused, match="not cleared yet"):
        operations.send_copy(
            studio.manager, review=drafted, to=Copy.OFSTED, on=DAY, how="Secure mail"
        )
    clock = Clock.objects.get(record=drafted.record, rule="LC-ADVANCE")
    assert clock.due == date(2019, 3, 20)
    cleared(studio)
    clock.refresh_from_db()
    assert clock.met_on == DAY


def test_it_stays_public_for_a_year_or_a_notice_stands_in_its_place(
    studio: Studio, drafted: Review
) -> None:
    cleared(studio)
    (row,) = operations.publish(studio.manager, review=drafted, reason=LATE)
    with pytest.raises(Invalid, match="29 March 2020"):
        operations.take_down(studio.manager, published=row, reason="A relative asked")
    with pytest.raises(Refused, match="Only the secretariat"):
        operations.take_down(studio.theirs.actor, published=row, reason="No", notice="No")
    operations.take_down(
        studio.manager, published=row, reason="A relative asked", notice="Ask us for it"
    )
    assert found_by_anybody(studio, drafted).notice == "Ask us for it"
    found = found_by_anybody(studio, drafted)
    with pytest.raises(PublishedReview.DoesNotExist):
        queries.public_pdf(public(DAY), found)


def found_by_anybody(studio: Studio, review: Review) -> PublishedReview:
    house = studio.nest.house
    found = queries.public_review(public(DAY), house.here, review.record.reference)
    assert found
    return found


def test_a_scan_that_has_no_name_to_look_for_finds_nothing_clean(
    studio: Studio, drafted: Review
) -> None:
    cleared(studio)
    names = Identity.objects.filter(child=studio.nest.child, relative=None, what__contains="name")
    kept = list(names)
    with behind_the_wall():
        names.delete()
    with pytest.raises(Refused, match="no name of Heron"):
        operations.publish(studio.manager, review=drafted, reason=LATE)
    with behind_the_wall():
        Identity.objects.bulk_create(kept)
        Subject.objects.filter(review=drafted).delete()
    with pytest.raises(Refused, match="No child is set down"):
        operations.scan_report(studio.manager, review=studio.row())


def test_what_is_held_or_taken_down_is_not_published_elsewhere(
    studio: Studio, drafted: Review
) -> None:
    cleared(studio)
    operations.publish(studio.manager, review=drafted, reason=LATE)
    agreement = queries.agreements(studio.manager, drafted)[0]
    agrees(studio, studio.theirs, agreement)
    held = records.place_hold(
        LOADER, record=drafted.record, blocks=Verb.PUBLISH, reason="A trial began", on=DAY
    )
    with pytest.raises(Refused, match="A trial began"):
        operations.publish_there(studio.manager, agreement=agreement)
    records.release_hold(LOADER, hold=held, reason="It is over", on=DAY)
    put = operations.publish_there(studio.manager, agreement=agreement)
    by_them = replace(
        studio.theirs.actor,
        seats=(replace(studio.theirs.actor.seats[0], office=Office.STRATEGY_MANAGER),),
    )
    with pytest.raises(Invalid, match="the name of Heron"):
        operations.take_down(
            by_them, published=put, reason="A relative asked", notice=f"{NAME} asked"
        )
    years = Clock.objects.filter(record=drafted.record, rule="LC-AVAILABLE")
    assert [each.stage for each in years.all()] == ["running", "running"]
    operations.take_down(by_them, published=put, reason="A relative asked", notice="Ask us")
    there = studio.nest.house.there.title
    assert {each.part: each.stage for each in years.all()} == {
        "": "running",
        there: "not applicable",
    }
    with pytest.raises(Refused, match="has not agreed"):
        operations.publish_there(studio.manager, agreement=agreement)
    agrees(studio, studio.theirs, agreement)
    operations.publish_there(studio.manager, agreement=agreement)
    assert sorted(each.stage for each in years.filter(part=there)) == ["not applicable", "running"]


def test_a_learning_product_that_gives_somebody_away_is_refused(
    studio: Studio, drafted: Review
) -> None:
    row = operations.add_entry(
        studio.manager, review=drafted, kind=List.PRODUCT, what="Seven minutes", who="Schools"
    )
    named = report(f"What {NAME} needed")
    with pytest.raises(Invalid, match="the name of Heron"):
        operations.tell_outcome(studio.manager, entry=row, outcome="ready", on=DAY, file=named)
    clean = Upload("briefing.docx", report("What a child needed").data)
    operations.tell_outcome(studio.manager, entry=row, outcome="ready", on=DAY, file=clean)


def _updates(studio: Studio) -> list[date | None]:
    """When each thing is due that the other borough's seat is to update."""
    rows = Ask.objects.filter(seat=studio.theirs.seat, errand=Errand.UPDATE, cleared_on=None)
    return list(rows.order_by("due").values_list("due", flat=True))


def test_a_joint_event_is_followed_up_by_borough(studio: Studio, drafted: Review) -> None:
    event = operations.plan_event(studio.manager, review=drafted, title="Learning from Heron",
                                  on=DAY)  # fmt: skip
    there = studio.nest.house.there
    with pytest.raises(Invalid, match="More came"):
        operations.tell_attendance(
            studio.manager, event=event, partnership=there, invited=3, came=4
        )
    operations.tell_attendance(studio.manager, event=event, partnership=there, invited=9, came=4)
    follow = operations.add_follow_up(
        studio.manager, event=event, partnership=there, what="Tell schools",
        due=date(2019, 5, 1), owner=studio.theirs.seat,
    )  # fmt: skip
    operations.add_follow_up(
        studio.manager, event=event, partnership=there, what="Ask schools", due=date(2019, 6, 1),
        owner=studio.theirs.seat,
    )  # fmt: skip
    assert _updates(studio) == [date(2019, 5, 1), date(2019, 6, 1)]
    done = operations.do_follow_up(studio.theirs.actor, follow_up=follow, came_of_it="All told")
    assert _updates(studio) == [date(2019, 6, 1)]
    assert done.done_by == "Della There"
