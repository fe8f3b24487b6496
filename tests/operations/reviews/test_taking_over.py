"""What was passed on is taken over by the partnership that leads, on a record of its own."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.clocks.rules import LONDON
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.rules import Cut
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.practice.children.operations import state_ground
from concordat.domain.practice.children.rules import Ground
from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.models import Incident
from concordat.domain.practice.reviews.operations import Where
from concordat.domain.practice.reviews.rules import Belief, Harm, Stage
from concordat.kernel.actor import Actor, Office
from concordat.kernel.errors import Refused
from tests.operations.documents.papers import added, paper
from tests.operations.mail.cast import LOADER, Sitter, sits
from tests.operations.records.conftest import nothing_changed
from tests.operations.reviews.examples import FRIDAY, LATER, Ward, again, asked, clock, stage


def _passed(ward: Ward, row: Incident, cut: Cut) -> Actor:
    """Passed on to Poplar, where children may be kept; whoever runs its partnership."""
    operations.pass_on(
        ward.actor(), incident=row, where=Where(area=ward.theirs), reason="In Poplar", cut=cut
    )
    by = ward.house.outsider.actor
    agreed = added(
        ward.house, by=by, partnership=ward.house.there, title="Agreed", file=paper("theirs")
    )  # fmt: skip
    for kind in Ground:
        state_ground(
            by, area=ward.theirs, ground=kind, holder="There Council", from_day=date(2019, 1, 1),
            review_by=date(2030, 1, 1), document=None if kind is Ground.CONTROLLER else agreed,
        )  # fmt: skip
    return ward.actor("outsider", LATER)


AWARE = datetime(2019, 5, 8, 9, 0, tzinfo=LONDON)


@pytest.mark.long
def test_the_lead_is_taken_over_with_the_whole(ward: Ward, told: Incident) -> None:
    theirs = _passed(ward, told, Cut.WHOLE)
    asked_for = f"confirm that you take over the lead of {told.record.reference}"
    assert asked(ward.house.outsider.seat) == [asked_for]
    with pytest.raises(Refused):
        operations.take_over(ward.actor("manager", LATER), incident=told, known_at=AWARE)
    made = operations.take_over(theirs, incident=told, known_at=AWARE)
    assert made.partnership_id == ward.house.there.pk
    assert made.child
    assert made.child.label == "Heron"
    assert made.harm == Harm.SERIOUS
    assert clock(made, "SIN-CRIT").due == date(2019, 5, 15), "from when their council knew"
    assert again(told).same_as == made
    assert stage(told) is Stage.ELSEWHERE
    assert asked(ward.house.outsider.seat) == []
    seen = queries.incident(ward.actor("manager", LATER), made.record.reference)
    assert queries.is_a_summary(ward.actor("manager", LATER), seen), "we contribute"
    with pytest.raises(Refused):
        operations.take_over(theirs, incident=told, known_at=AWARE)
    with pytest.raises(Refused, match=f"They lead it under {made.record.reference}"):
        operations.look_again(ward.actor("manager", LATER), incident=told, reason="Ours")


@pytest.mark.long
def test_a_summary_gives_those_who_lead_no_more_than_the_head(ward: Ward, told: Incident) -> None:
    made = operations.take_over(_passed(ward, told, Cut.SUMMARY), incident=told, known_at=AWARE)
    assert made.happened_on == "1 May 2019"
    assert (made.belief, made.harm, made.belief_on, made.age) == (
        Belief.OPEN, Harm.OPEN, "", None,
    )  # fmt: skip
    assert made.form == {}


@pytest.mark.long
def test_nothing_is_taken_over_where_no_child_may_be_kept(ward: Ward, told: Incident) -> None:
    operations.pass_on(
        ward.actor(), incident=told, where=Where(area=ward.theirs), reason="In Poplar"
    )
    with nothing_changed(), pytest.raises(Refused):
        operations.take_over(ward.actor("outsider", LATER), incident=told, known_at=AWARE)


@pytest.mark.long
def test_the_seat_of_their_council_is_asked_and_nobody_who_left(ward: Ward, told: Incident) -> None:
    there = ward.house.there
    council = _agency_there(ward)
    gone = sits(there, ward.house.outsider.seat.body, "Gil Gone", Office.LEAD_PARTNER)
    now = sits(there, ward.house.outsider.seat.body, "Nan Now", Office.LEAD_PARTNER)
    for sitter in (gone, now):
        speaks_there(there, sitter, council)
    seats.close_seat(LOADER, seat=gone.seat, last_day=FRIDAY - timedelta(days=1), reason="Ended")
    _passed(ward, told, Cut.SUMMARY)
    assert asked(gone.seat) == []
    assert asked(ward.house.outsider.seat) == [], "the council speaks for itself"
    assert len(asked(now.seat)) == 1
    held = queries.incident(actor_for(now.person, on=LATER), told.record.reference)
    assert queries.part_in(actor_for(now.person, on=LATER), held).leads
    assert not queries.part_in(actor_for(gone.person, on=LATER), held).leads


def _agency_there(ward: Ward) -> Agency:
    row = agencies.set_down(
        LOADER, partnership=ward.house.there, kind="agencies", key="council",
        values={"name": "There Council", "agency_class": "council"},
    )  # fmt: skip
    assert isinstance(row, Agency)
    seats.set_down(
        LOADER, partnership=ward.house.there, kind="partners", key="council",
        values={"agency": row, "partner_class": "council"},
    )  # fmt: skip
    return row


def speaks_there(there: Record, sitter: Sitter, agency: Agency) -> None:
    seats.set_down(
        LOADER, partnership=there, kind="seats", key=sitter.seat.key,
        values={"role": sitter.seat.role, "body": sitter.seat.body, "office": sitter.seat.office,
                "agency": agency},
    )  # fmt: skip
