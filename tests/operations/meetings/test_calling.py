"""Calling a meeting, its members and time limits, its life, and who may move it on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.records import operations as records
from concordat.domain.base.seats import operations as seats
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.models import Meeting, Place
from concordat.domain.governance.meetings.operations.calling import COMING
from concordat.domain.governance.meetings.rules.life import Stage
from concordat.domain.governance.meetings.rules.quorum import Presence
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.mail.cast import DAY, LOADER, verbs_on
from tests.operations.meetings.boardroom import Boardroom, at

AHEAD = DAY + timedelta(days=28)


def called(room: Boardroom, day: date = AHEAD) -> Meeting:
    return operations.call(
        room.manager, body=room.body, starts_at=at(14, day=day), ends_at=at(16, day=day)
    )


def test_a_meeting_is_called_with_its_members_and_its_time_limits(room: Boardroom) -> None:
    meeting = called(room)
    assert meeting.record.title == "Executive, 26 April 2019"
    assert meeting.stage == Stage.PLANNING
    assert meeting.state == "planned"
    # 7, 5 and 10 working days back, with Good Friday and Easter Monday between
    assert meeting.papers_on == date(2019, 4, 15)
    assert meeting.sends_on == date(2019, 4, 17)
    assert meeting.closes_on == date(2019, 4, 10)
    sitting = {row.seat_id for row in Place.objects.filter(meeting=meeting)}
    assert sitting == {seat.pk for seat in queries.members(LOADER, room.body, AHEAD)}
    assert len(sitting) == 8
    asked = Ask.objects.filter(record=meeting.record, what=COMING, cleared_on=None)
    assert {ask.seat_id for ask in asked} == sitting
    assert {ask.due for ask in asked} == {date(2019, 4, 15)}
    assert "meeting set down" in verbs_on(meeting.record)


@pytest.mark.long
def test_two_meetings_of_one_day_have_keys_of_their_own(room: Boardroom) -> None:
    one, other = called(room), called(room)
    assert one.key != other.key


@pytest.mark.parametrize("who", ["member", "council", "outsider", "chair"])
def test_only_the_secretariat_calls_one(room: Boardroom, who: str) -> None:
    before = Meeting.objects.count()
    actor = getattr(room.house, who).actor
    with pytest.raises(Refused):
        operations.call(
            actor, body=room.body, starts_at=at(14, day=AHEAD), ends_at=at(16, day=AHEAD)
        )
    assert Meeting.objects.count() == before


@pytest.mark.long
def test_a_new_member_has_a_place_and_one_who_left_unanswered_loses_it(room: Boardroom) -> None:
    meeting = called(room)
    stays, goes = room.house.health.seat, room.house.member.seat
    operations.answer(
        room.house.health.actor,
        place=Place.objects.select_related("meeting__record").get(meeting=meeting, seat=stays),
        answer=Presence.PRESENT,
    )
    for seat in (stays, goes):
        values = {"role": seat.role, "body": room.body, "to_text": "2019-04-01"}
        seats.set_down(LOADER, partnership=room.here, kind="seats", key=seat.key, values=values)
    assert operations.refresh_places(LOADER, meeting=meeting) == 0
    left = {row.seat_id for row in Place.objects.filter(meeting=meeting)}
    assert stays.pk in left, "an answer is never lost"
    assert goes.pk not in left
    assert not Ask.objects.filter(record=meeting.record, seat=goes, cleared_on=None).exists()


def test_its_life_goes_by_the_table(room: Boardroom) -> None:
    meeting = room.meeting
    operations.move_on(room.manager, meeting=meeting, verb="open the agenda")
    operations.move_on(room.manager, meeting=meeting, verb="call for papers")
    with pytest.raises(Refused, match="papers due"):
        operations.move_on(room.manager, meeting=meeting, verb="open the agenda")
    held = operations.hold(room.chair, meeting=meeting)
    assert (held.stage, held.state) == (Stage.HELD, "held")
    assert not Ask.objects.filter(record=meeting.record, what=COMING, cleared_on=None).exists()


def test_nothing_is_held_before_its_day(room: Boardroom) -> None:
    meeting = called(room)
    with pytest.raises(Refused, match="26 April 2019"):
        operations.hold(room.manager, meeting=meeting)
    meeting.refresh_from_db()
    assert meeting.stage == Stage.PLANNING


def test_a_hold_stops_a_move(room: Boardroom) -> None:
    records.place_hold(
        LOADER,
        record=room.meeting.record,
        blocks="hold",
        reason="Waits for young people",
        on=DAY,
    )
    with pytest.raises(Refused, match="young people"):
        operations.hold(room.manager, meeting=room.meeting)


@pytest.mark.long
def test_it_is_called_off_with_a_reason_and_a_higher_sequence(room: Boardroom) -> None:
    meeting = called(room)
    with pytest.raises(Invalid, match="reason"):
        operations.cancel(room.chair, meeting=meeting, reason=" ")
    gone = operations.cancel(room.chair, meeting=meeting, reason="No quorum in sight")
    assert (gone.stage, gone.state, gone.sequence) == (Stage.CANCELLED, "cancelled", 1)
    assert not Ask.objects.filter(record=meeting.record, cleared_on=None).exists()
    with pytest.raises(Refused):
        operations.hold(room.manager, meeting=meeting)


@pytest.mark.long
def test_another_day_asks_everybody_again(room: Boardroom) -> None:
    meeting = called(room)
    place = Place.objects.select_related("meeting__record").get(
        meeting=meeting, seat=room.house.health.seat
    )
    operations.answer(room.house.health.actor, place=place, answer=Presence.PRESENT)
    later = AHEAD + timedelta(days=7)
    moved = operations.rearrange(
        room.manager,
        meeting=meeting,
        starts_at=at(9, day=later),
        ends_at=at(10, day=later),
        place="County hall",
        join="",
        reason="The commander is away",
    )
    assert (moved.day, moved.sequence) == (later, 1)
    assert moved.papers_on == date(2019, 4, 24)
    place.refresh_from_db()
    assert place.answer == Presence.UNKNOWN
    assert Ask.objects.filter(
        record=meeting.record, seat=room.house.health.seat, cleared_on=None
    ).exists()


@pytest.mark.long
def test_another_room_keeps_the_answers(room: Boardroom) -> None:
    meeting = called(room)
    place = Place.objects.select_related("meeting__record").get(
        meeting=meeting, seat=room.house.health.seat
    )
    operations.answer(room.house.health.actor, place=place, answer=Presence.PRESENT)
    moved = operations.rearrange(
        room.manager,
        meeting=meeting,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place="County hall",
        join="",
        reason="The town hall floods",
    )
    place.refresh_from_db()
    assert place.answer == Presence.PRESENT
    assert moved.sequence == 1


@pytest.mark.long
def test_the_second_of_two_who_rearrange_sees_both(room: Boardroom) -> None:
    meeting = called(room)
    seen = meeting.record.version
    told = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at, "join": "", "reason": "Why"}
    operations.rearrange(
        room.manager, meeting=meeting, place="County hall", seen_version=seen, **told
    )
    with pytest.raises(Stale) as conflict:
        operations.rearrange(
            room.chair, meeting=meeting, place="Library", seen_version=seen, **told
        )
    assert conflict.value.mine["Place"] == "Library"
    assert conflict.value.theirs["Place"] == "County hall"


def test_papers_are_never_due_after_they_are_sent(room: Boardroom) -> None:
    with pytest.raises(Invalid, match="after the pack"):
        operations.settle_ways(room.manager, body=room.body, values={"papers": 2, "sends": 5})
    assert queries.ways_of(LOADER, room.body).papers == 7


def test_the_forecast_is_in_words(room: Boardroom) -> None:
    for name in ("council", "health"):
        place = room.place(room.partners[name])
        operations.answer(LOADER, place=place, answer=Presence.PRESENT)
    told = queries.forecast(LOADER, room.now())
    assert "lacking police" in told
    assert "Not answered: Chai Reed, Cora Ordinator, Mary Manager, Meg Member, police" in told
