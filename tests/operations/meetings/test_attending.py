"""Answers before a meeting, attendance at it, and interests."""

from __future__ import annotations

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.models import Declaration, Place
from concordat.domain.governance.meetings.rules.quorum import Presence, Standing
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.mail.cast import LOADER, verbs_on
from tests.operations.meetings.boardroom import Boardroom, at


def test_a_seat_answers_for_itself_and_is_asked_no_more(room: Boardroom) -> None:
    place = room.place(room.house.health)
    operations.answer(
        room.house.health.actor, place=place, answer=Presence.DEPUTY, stands_for="Dee Puty"
    )
    place.refresh_from_db()
    assert (place.answer, place.stands_for) == (Presence.DEPUTY, "Dee Puty")
    assert place.answered_by == "Hetty Health"
    assert not Ask.objects.filter(
        record=room.meeting.record, seat=room.house.health.seat, cleared_on=None
    ).exists()
    assert verbs_on(room.meeting.record)[-1] == "attendance answered"


def test_nobody_answers_for_a_seat_of_others_but_the_secretariat(room: Boardroom) -> None:
    place = room.place(room.house.health)
    with pytest.raises(Refused):
        operations.answer(room.house.member.actor, place=place, answer=Presence.PRESENT)
    place.refresh_from_db()
    assert place.answer == Presence.UNKNOWN
    operations.answer(room.manager, place=place, answer=Presence.APOLOGIES)
    place.refresh_from_db()
    assert place.answer == Presence.APOLOGIES


def test_a_deputy_is_named(room: Boardroom) -> None:
    place = room.place(room.house.health)
    with pytest.raises(Invalid, match="named person"):
        operations.answer(room.house.health.actor, place=place, answer=Presence.DEPUTY)
    with pytest.raises(Invalid, match="answers"):
        operations.answer(room.house.health.actor, place=place, answer=Presence.ABSENT)


def test_answers_close_when_the_meeting_is_held(room: Boardroom) -> None:
    room.held()
    with pytest.raises(Refused, match="closed"):
        operations.answer(
            room.house.health.actor, place=room.place(room.house.health), answer=Presence.PRESENT
        )


def test_the_quorum_is_that_of_each_moment(room: Boardroom) -> None:
    room.held()
    operations.mark(
        room.manager,
        place=room.place(room.police),
        presence=Presence.PRESENT,
        left_at=at(11),
    )
    meeting = room.now()
    assert queries.quorum_of(LOADER, meeting, at=at(10, 30))
    short = queries.quorum_of(LOADER, meeting, at=at(11, 30))
    assert short.standing is Standing.INQUORATE
    assert short.lacking == ("police",)


def test_nobody_leaves_before_coming(room: Boardroom) -> None:
    with pytest.raises(Invalid, match="before coming"):
        operations.mark(
            room.manager,
            place=room.place(room.police),
            presence=Presence.PRESENT,
            came_at=at(11),
            left_at=at(10),
        )


def test_a_guest_is_asked_once_and_never_counts(room: Boardroom) -> None:
    operations.invite(room.chair, meeting=room.now(), guest="Dr A Visitor")
    with pytest.raises(Refused, match="already"):
        operations.invite(room.chair, meeting=room.now(), guest="dr a visitor")
    guest = Place.objects.get(meeting=room.meeting, guest="Dr A Visitor")
    operations.mark(LOADER, place=guest, presence=Presence.PRESENT)
    assert len(queries.table(LOADER, room.now())) == 8


def test_an_interest_is_on_record_with_what_was_done(room: Boardroom) -> None:
    line = room.item("The contract")
    place = room.place(room.house.member)
    operations.declare(
        room.house.member.actor,
        meeting=room.now(),
        who="Meg Member",
        interest="My brother tenders",
        done="left the room",
        place=place,
        item=line.item,
    )
    row = Declaration.objects.get(meeting=room.meeting)
    assert (row.item_id, row.done) == (line.item.record_id, "left the room")
    with pytest.raises(Refused):
        operations.declare(
            room.house.member.actor,
            meeting=room.now(),
            who="Hetty Health",
            interest="Hers",
            done="stayed",
            place=room.place(room.house.health),
        )
    with pytest.raises(Invalid, match="done"):
        operations.declare(
            room.manager, meeting=room.now(), who="X", interest="Hers", done="shrugged"
        )


def test_the_roll_is_taken_at_once_and_says_how_many_changed(room: Boardroom) -> None:
    health, police = room.place(room.house.health), room.place(room.police)
    operations.answer(LOADER, place=police, answer=Presence.DEPUTY, stands_for="Dee Puty")
    came = {health.pk: Presence.PRESENT, police.pk: Presence.DEPUTY}
    assert operations.take_roll(room.manager, meeting=room.now(), came=came) == 2
    police.refresh_from_db()
    assert (police.presence, police.stands_for) == (Presence.DEPUTY, "Dee Puty")
    with pytest.raises(Refused, match="already"):
        operations.take_roll(room.manager, meeting=room.now(), came=came)
    with pytest.raises(Refused):
        operations.take_roll(
            room.house.health.actor, meeting=room.now(), came={health.pk: Presence.ABSENT}
        )
    health.refresh_from_db()
    assert health.presence == Presence.PRESENT


def test_a_roll_with_an_unnamed_deputy_changes_nobody(room: Boardroom) -> None:
    health, police = room.place(room.house.health), room.place(room.police)
    came = {health.pk: Presence.PRESENT, police.pk: Presence.DEPUTY}
    with pytest.raises(Invalid, match="named person"):
        operations.take_roll(room.manager, meeting=room.now(), came=came)
    health.refresh_from_db()
    assert health.presence == Presence.UNKNOWN


def test_two_who_take_the_roll_see_both(room: Boardroom) -> None:
    health = room.place(room.house.health)
    seen = room.now().record.version
    operations.take_roll(
        room.manager, meeting=room.now(), came={health.pk: Presence.PRESENT}, seen_version=seen
    )
    with pytest.raises(Stale) as conflict:
        operations.take_roll(
            room.chair, meeting=room.now(), came={health.pk: Presence.ABSENT}, seen_version=seen
        )
    assert "absent" in conflict.value.mine["Attendance"]
    assert "present" in conflict.value.theirs["Attendance"]
