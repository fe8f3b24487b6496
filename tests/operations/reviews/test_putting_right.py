"""An incident was told for the wrong area of a partnership, or happened outside England."""

from __future__ import annotations

from datetime import date

import pytest

from concordat.domain.base.clocks.models import Clock
from concordat.domain.base.clocks.rules import Stage as ClockStage
from concordat.domain.base.records.models import Grant
from concordat.domain.practice.children.models import Child, StatedGround
from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.models import IncidentPlace
from concordat.domain.practice.reviews.operations import Where
from concordat.domain.practice.reviews.rules import answers
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
