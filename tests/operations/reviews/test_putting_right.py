"""An incident was told for the wrong area of a partnership, or happened outside England."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from concordat.domain.base.clocks.models import Clock
from concordat.domain.base.clocks.rules import LONDON
from concordat.domain.base.clocks.rules import Stage as ClockStage
from concordat.domain.base.records.models import Event, Grant
from concordat.domain.practice.children.models import Child, StatedGround
from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.models import Incident, IncidentPlace
from concordat.domain.practice.reviews.operations import Where
from concordat.domain.practice.reviews.rules import Stage, answers
from concordat.kernel.errors import Invalid, Refused
from tests.operations.mail.cast import LOADER
from tests.operations.records.conftest import nothing_changed
from tests.operations.reviews.examples import LATER, SENT, Ward, again, asked, clock
from tests.walls import behind_the_wall

pytestmark = pytest.mark.long


def test_another_area_brings_its_rules_its_chair_and_its_clocks(ward: Ward) -> None:
    row = ward.notified()
    assert not row.old_board
    operations.put_right(
        ward.actor("council", LATER), incident=row, area=ward.old, reason="The map was misread"
    )
    held = again(row)
    assert (held.old_board, held.area) == (True, ward.old)
    assert clock(held, "OLD-SCR-DECIDE").due == date(2019, 6, 9)
    (over,) = Clock.objects.filter(record=row.record, rule="RR-DO")
    assert over.stage == ClockStage.NOT_APPLICABLE
    assert Clock.objects.get(record=row.record, rule="SIN-CRIT").stage == ClockStage.MET
    told = f"review whether {row.record.reference} becomes a serious case review"
    assert told in asked(ward.board_chair.seat)
    place = IncidentPlace.objects.get(incident=row, which=IncidentPlace.Which.HAPPENED)
    assert place.area == ward.old
    assert Child.objects.get(pk=row.child_id).area == ward.old
    operations.put_right(
        ward.actor("council", LATER), incident=row, area=ward.new, reason="It was not"
    )
    assert asked(ward.board_chair.seat) == []
    chairs = Grant.objects.filter(
        record=row.record, grantee=ward.board_chair.seat.record, to_day=None
    )
    assert not chairs.exists()
    assert not again(row).old_board


def test_nothing_moves_to_an_area_where_no_child_may_be_kept(ward: Ward) -> None:
    row = ward.told()
    with behind_the_wall():
        StatedGround.objects.filter(area=ward.old).delete()
    with nothing_changed(), pytest.raises(Refused):
        operations.put_right(ward.actor("council"), incident=row, area=ward.old, reason="So")
    with pytest.raises(Invalid, match="already"):
        operations.put_right(ward.actor("council"), incident=row, area=ward.new, reason="So")
    with pytest.raises(Invalid, match="area of this partnership"):
        operations.put_right(ward.actor("council"), incident=row, area=ward.theirs, reason="So")


def test_what_happened_outside_england_is_notified_by_the_council_of_the_home(ward: Ward) -> None:
    row = ward.told(abroad="Alicante, Spain", home=Where("Hackney"))
    places = queries.places_of(LOADER, row)
    assert places.happened
    assert (places.happened.name, places.happened.england) == ("Alicante, Spain", False)
    told = answers(places)[0]
    assert told.place
    assert told.place.name == ward.new.name
    operations.notify(ward.actor("council", LATER), incident=row, sent_at=SENT, number="N-1")
    assert clock(again(row), "RR-DO")


NOW = date(2025, 9, 12)
KNEW, EARLIER, LATE = (datetime(2025, 9, day, 9, 15, tzinfo=LONDON) for day in (3, 8, 10))
"""In 2025 a rapid review runs from the notification; in 2019 it ran from awareness."""


def notified_in_2025(ward: Ward) -> Incident:
    facts = ward.facts(known_at=KNEW, happened_on="1 September 2025")
    row = operations.tell(
        ward.actor("manager", NOW), partnership=ward.house.here, area=ward.new, facts=facts
    )
    return operations.notify(ward.actor("council", NOW), incident=row, sent_at=LATE, number="N-1")


def test_a_notification_sent_at_another_time_is_put_right_with_what_runs_from_it(
    ward: Ward,
) -> None:
    row = notified_in_2025(ward)
    council, was = ward.actor("council", NOW), clock(row, "RR-DO")
    told = {"incident": row, "sent_at": EARLIER, "reason": "The receipt says so"}
    with pytest.raises(Refused, match="Only the council"):
        operations.mend_notice(ward.actor("manager", NOW), **told)
    for wrong, words in (
        ({"reason": " "}, "how it is known"),
        ({"sent_at": KNEW - timedelta(minutes=1)}, "before the council knew"),
        ({"sent_at": LATE + timedelta(days=3)}, "not come yet"),
        ({"sent_at": LATE, "number": "N-1"}, "what stands there"),
    ):
        with nothing_changed(), pytest.raises(Invalid, match=words):
            operations.mend_notice(council, **(told | wrong))
    text = row.notification.text
    held = operations.mend_notice(council, **told, number="N-2")
    sent = held.notification
    assert (sent.sent_at, sent.number, sent.on, sent.text) == (EARLIER, "N-2", EARLIER.date(), text)
    met = Clock.objects.get(record=row.record, rule="SIN-CRIT")
    assert (met.stage, met.met_at, met.proof) == (ClockStage.MET, EARLIER, met.proof)
    now = clock(row, "RR-DO")
    assert now.pk == was.pk
    assert (was.started_on, now.started_on) == (LATE.date(), EARLIER.date())
    assert now.due < was.due
    assert [each.reason for each in now.starts.order_by("pk")][-1] == "The receipt says so"
    event = Event.objects.get(record=row.record.pk, verb="notification put right")
    assert event.reason == "The receipt says so"


def test_a_notification_put_right_after_the_decision_moves_what_was_met_by_it(ward: Ward) -> None:
    row = notified_in_2025(ward)
    ward.decided(row, NOW)
    operations.mend_notice(
        ward.actor("council", NOW), incident=row, sent_at=EARLIER, reason="The receipt"
    )
    assert clock(row, "RR-DO").started_on == EARLIER.date()
    assert again(row).stage_is is Stage.DECIDED


def test_a_notification_of_a_day_before_the_go_live_is_the_old_boards(ward: Ward) -> None:
    row = ward.notified(known_at=datetime(2018, 9, 20, 9, 0, tzinfo=LONDON))
    before = datetime(2018, 9, 28, 9, 0, tzinfo=LONDON)
    told = {"incident": row, "sent_at": before, "reason": "The receipt says so"}
    held = operations.mend_notice(ward.actor("council", LATER), **told)
    assert held.old_board
    assert clock(held, "OLD-SCR-DECIDE").started_on == before.date()
    (over,) = Clock.objects.filter(record=row.record, rule="RR-DO")
    assert over.stage == ClockStage.NOT_APPLICABLE
    held = operations.mend_notice(
        ward.actor("council", LATER), incident=row, sent_at=SENT, reason="It does not"
    )
    assert not held.old_board
    assert Clock.objects.get(record=row.record, rule="RR-DO", stage=ClockStage.RUNNING)
    ward.decided(row)
    with nothing_changed(), pytest.raises(Refused, match="other rules"):
        operations.mend_notice(ward.actor("council", LATER), **told)
