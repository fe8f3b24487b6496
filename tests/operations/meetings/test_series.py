"""Series: calling what the rhythm asks for, moving, calling off, booking again, and diaries."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.mail.models import Message
from concordat.domain.base.records import operations as records
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body
from concordat.domain.base.seats.rules import Standing
from concordat.domain.governance.diaries.models import Engagement
from concordat.domain.governance.diaries.rules import EntryState, from_words
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.models import Line, Meeting, Place
from concordat.domain.governance.meetings.operations import Turn
from concordat.domain.governance.meetings.rules import moments
from concordat.domain.governance.meetings.rules.life import Stage
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY, LOADER, verbs_on
from tests.operations.meetings.boardroom import Boardroom, at

FIRST = date(2019, 5, 8)


def turns(*days: date) -> list[Turn]:
    return [Turn(day, at(14, day=day), at(16, day=day)) for day in days]


def rhythm(room: Boardroom, **told: object) -> None:
    seats.amend_body(LOADER, body=room.body, values={"rhythm": told or {"every": {"weeks": "6"}}})


def called(room: Boardroom, *days: date) -> list[Meeting]:
    return operations.call_series(
        room.manager, body=room.body, turns=turns(*days), place="Town hall"
    )


def test_a_series_says_what_is_wanted_next_and_by_what(room: Boardroom) -> None:
    rhythm(room)
    found = queries.series_of(room.manager, room.body)
    assert str(found.stated) == "every 6 weeks"
    assert found.source == "what is on record of it"
    assert [each.meeting.pk for each in found.held] == [room.meeting.pk]
    assert str(found.next) == "10 May 2019"
    assert "1 meeting ahead" in found.sentence


def test_terms_in_force_speak_before_the_body(room: Boardroom) -> None:
    rhythm(room)
    seats.agree_terms(
        LOADER,
        body=room.body,
        from_day=date(2019, 3, 1),
        values={"title": "Terms of March", "state": "agreed", "rhythm": {"every": {"weeks": "3"}}},
    )
    found = queries.series_of(room.manager, room.body)
    assert (str(found.stated), found.source) == ("every 3 weeks", "Terms of March")
    assert str(found.next) == "19 April 2019"


@pytest.mark.long
def test_days_give_way_to_what_is_not_worked_and_say_so(room: Boardroom) -> None:
    called(room, FIRST)
    found = queries.proposed_days(
        room.manager,
        room.body,
        from_words("every 3 weeks"),
        first=date(2019, 4, 17),
        last=date(2019, 6, 30),
    )
    assert [each.wanted for each in found] == [
        date(2019, 4, 17) + timedelta(21 * n) for n in range(4)
    ]
    assert found[1].off.endswith("is called already")
    easter = queries.proposed_days(
        room.manager, room.body, from_words("2019-04-22"), first=FIRST - timedelta(30), last=FIRST
    )
    assert easter[0].on == date(2019, 4, 23)
    assert easter[0].notes == ("Monday 22 April 2019 is not worked (bank holiday)",)


@pytest.mark.long
def test_several_are_called_at_once_with_one_letter_each(room: Boardroom) -> None:
    before = set(Message.objects.values_list("pk", flat=True))
    made = called(room, FIRST, FIRST + timedelta(weeks=6))
    assert [each.day for each in made] == [FIRST, FIRST + timedelta(weeks=6)]
    assert [each.wanted for each in made] == [FIRST, FIRST + timedelta(weeks=6)]
    assert {each.stage for each in made} == {Stage.PLANNING}
    sitting = {seat.pk for seat in queries.members(LOADER, room.body, FIRST)}
    for meeting in made:
        assert {row.seat_id for row in Place.objects.filter(meeting=meeting)} == sitting
        assert meeting.engagement is not None
        assert {seat.pk for seat in meeting.engagement.seats.all()} == sitting
    assert "series called" in verbs_on(room.body.record)
    letters = list(Message.objects.exclude(pk__in=before))
    assert len(letters) == len({each.to for each in letters}) > 0
    assert all("2 dates" in each.text for each in letters)


def test_all_are_called_or_none(room: Boardroom) -> None:
    seats.move_state(LOADER, body=room.body, verb="end", from_day=FIRST + timedelta(days=1))
    before = Meeting.objects.count(), Engagement.objects.count()
    with pytest.raises(Refused, match="has ended by 19 June 2019"):
        called(room, FIRST, FIRST + timedelta(weeks=6))
    assert (Meeting.objects.count(), Engagement.objects.count()) == before


@pytest.mark.long
def test_the_second_of_two_who_call_the_same_days_is_told(room: Boardroom) -> None:
    (first,) = called(room, FIRST)
    with pytest.raises(Refused, match=f"{first.record.reference} for 8 May 2019"):
        called(room, FIRST, FIRST + timedelta(weeks=6))
    assert Meeting.objects.filter(wanted__isnull=False).count() == 1


def test_a_member_calls_no_series(room: Boardroom) -> None:
    with pytest.raises(Refused):
        operations.call_series(room.house.member.actor, body=room.body, turns=turns(FIRST))


def test_a_body_that_ended_is_not_called_and_names_what_took_over(room: Boardroom) -> None:
    after = seats.propose(
        LOADER,
        partnership=room.here,
        name="New executive",
        state=Standing.IN_FORCE,
        from_day=DAY,
        values={"kind": "executive"},
    )
    seats.move_state(
        LOADER,
        body=room.body,
        verb="end",
        from_day=DAY + timedelta(days=1),
        successor=Body.objects.select_related("record").get(pk=after.pk),
    )
    with pytest.raises(Refused, match="The New executive took over from it"):
        operations.call(
            room.manager, body=room.body, starts_at=at(9, day=FIRST), ends_at=at(10, day=FIRST)
        )
    with pytest.raises(Refused, match="cannot meet then"):
        operations.rearrange(
            room.manager,
            meeting=room.meeting,
            starts_at=at(9, day=FIRST),
            ends_at=at(10, day=FIRST),
            place="",
            join="",
            reason="Later",
        )


@pytest.mark.long
def test_a_moved_meeting_keeps_its_turn_and_its_entry_in_calendars(room: Boardroom) -> None:
    (meeting,) = called(room, FIRST)
    entry = meeting.engagement
    assert entry is not None
    later = FIRST + timedelta(days=2)
    moved = operations.rearrange(
        room.chair,
        meeting=meeting,
        starts_at=at(9, day=later),
        ends_at=at(11, day=later),
        place="County hall",
        join="",
        reason="The commander is away",
    )
    entry.refresh_from_db()
    assert (moved.wanted, moved.day) == (FIRST, later)
    assert (entry.start, entry.place, entry.sequence) == (moved.starts_at, "County hall", 1)
    assert (moved.uid, moved.sequence) == (str(entry.uid), 1)
    assert Meeting.objects.get(pk=moved.pk).record.title == "Executive, 10 May 2019"
    with pytest.raises(Refused, match="for 8 May 2019"):
        called(room, FIRST)


@pytest.mark.long
def test_one_called_off_leaves_calendars_and_is_booked_again_with_its_agenda(
    room: Boardroom,
) -> None:
    (meeting,) = called(room, FIRST)
    line = operations.propose(LOADER, meeting=meeting, title="Budget", purpose="decide")
    operations.take_on(LOADER, line=line)
    gone = operations.cancel(room.chair, meeting=meeting, reason="Snow")
    assert gone.engagement is not None
    assert gone.engagement.state == EntryState.CANCELLED
    day = FIRST + timedelta(days=7)
    made = operations.call_again(
        room.manager, meeting=gone, starts_at=at(14, day=day), ends_at=at(16, day=day)
    )
    assert (made.replaces_id, made.wanted, made.day) == (gone.pk, FIRST, day)
    brought = Line.objects.get(meeting=made)
    assert (brought.item_id, brought.carried_from_id) == (line.item_id, line.pk)
    assert "meeting booked again" in verbs_on(gone.record)
    with pytest.raises(Refused, match=made.record.reference):
        operations.call_again(room.manager, meeting=gone)
    gone.refresh_from_db()
    assert (gone.stage, gone.stage_reason) == (Stage.CANCELLED, "Snow")


def test_what_stands_is_not_booked_again(room: Boardroom) -> None:
    with pytest.raises(Refused, match="Only one called off"):
        operations.call_again(room.manager, meeting=room.meeting)


@pytest.mark.long
def test_its_turn_is_not_taken_twice_when_another_was_called_for_it(room: Boardroom) -> None:
    (meeting,) = called(room, FIRST)
    operations.cancel(room.chair, meeting=meeting, reason="Snow")
    called(room, FIRST)
    made = operations.call_again(room.manager, meeting=meeting)
    assert made.wanted is None


def test_a_meeting_without_a_day_waits_for_one(room: Boardroom) -> None:
    made = operations.plan_meeting(room.manager, body=room.body, purpose="Settle the budget")
    assert (made.date, made.day, made.stage, made.engagement) == ("", None, Stage.PLANNING, None)
    assert made.record.title == "Executive, day to be found"
    assert not Ask.objects.filter(record=made.record).exists()
    given = operations.rearrange(
        room.manager,
        meeting=made,
        starts_at=at(14, day=FIRST),
        ends_at=at(16, day=FIRST),
        place="Town hall",
        join="",
        reason="",
    )
    assert given.day == FIRST
    assert given.engagement is not None
    assert Ask.objects.filter(record=made.record, cleared_on=None).count() == 8
    assert Meeting.objects.get(pk=made.pk).record.title == "Executive, 8 May 2019"


@pytest.mark.long
def test_a_time_through_the_change_of_clocks_is_the_same_on_the_clock(room: Boardroom) -> None:
    spring = [date(2020, 3, 25), date(2020, 4, 1)]
    found = operations.call_series(
        room.manager,
        body=room.body,
        turns=[Turn(day, *moments.span(day, time(14), time(16))) for day in spring],
    )
    assert [f"{moments.local(each.starts_at):%H:%M}" for each in found if each.starts_at] == [
        "14:00",
        "14:00",
    ]
    utc = [each.starts_at.utctimetuple().tm_hour for each in found if each.starts_at]
    assert utc == [14, 13]


def test_a_meeting_of_a_closed_body_is_held_as_closely(room: Boardroom) -> None:
    records.restrict(
        LOADER, record=room.body.record, sensitivity=Sensitivity.RESTRICTED, reason="Cases"
    )
    made = operations.plan_meeting(LOADER, body=room.body)
    assert made.record.level is Sensitivity.RESTRICTED
    assert made.record.owner_id == room.body.pk


def test_nobody_chooses_no_day_or_the_same_twice(room: Boardroom) -> None:
    with pytest.raises(Invalid, match="1 to 60"):
        operations.call_series(room.manager, body=room.body, turns=[])
    with pytest.raises(Invalid, match="twice"):
        called(room, FIRST, FIRST)
