"""Dates that diaries fixed become meetings, once, and follow one another to and fro."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.diaries import operations as diaries
from concordat.domain.governance.diaries.models import Diary, Engagement
from concordat.domain.governance.diaries.rules import DiaryState, EntryState, Says
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.models import Meeting, Place
from concordat.domain.governance.meetings.rules.life import Stage
from concordat.domain.governance.meetings.rules.quorum import Presence
from concordat.kernel.actor import process
from concordat.kernel.errors import Refused
from tests.casts import Begun, Casts, Kept, begun
from tests.operations.diaries import test_planning as planning
from tests.operations.diaries.answers import MAYBE, NO, YES, by_link, signed_in, voice
from tests.operations.diaries.cast import DAY, STARTS, Gathered, asked, at, gathered
from tests.operations.mail.cast import verbs_on

CLERK = process("meeting clerk", DAY)


@dataclass(frozen=True)
class Settled:
    """A search whose date was fixed, and the meeting that came of it."""

    diary: Diary
    meeting: Meeting


Began = Begun[Gathered, Any]


def _polled(cast: Gathered) -> Began:
    """Health and the police said yes to the second date, the directors to all they were asked."""
    diary = asked(cast, place="Room 2")
    by_link(diary, "health@example.org", {"Health": {2: YES}})
    by_link(diary, "police@example.org", {"Police": {2: YES}})
    signed_in(cast, "north_director", diary, {"North director": {2: YES}})
    return Begun(cast, diary)


def _settled(polled: Began) -> Began:
    cast, diary = polled.cast, polled.row
    operations.fix_date(cast.actor("co_ordinator"), diary=diary, start=STARTS[1])
    meeting = Meeting.objects.select_related("record", "engagement", "body").get()
    return Begun(cast, Settled(diary, meeting))


@pytest.fixture(scope="session")
def gatherings(casts: Casts) -> Kept[Gathered]:
    return casts.keep(gathered)


@pytest.fixture(scope="session")
def polls(casts: Casts, gatherings: Kept[Gathered]) -> Kept[Began]:
    return casts.keep(_polled, upon=gatherings)


@pytest.fixture(scope="session")
def dates(casts: Casts, polls: Kept[Began]) -> Kept[Began]:
    return casts.keep(_settled, upon=polls)


@pytest.fixture
def lent(
    request: pytest.FixtureRequest,
    gatherings: Kept[Gathered],
    polls: Kept[Began],
    dates: Kept[Began],
) -> Iterator[Began]:
    with begun(request, gatherings, polled=polls, settled=dates) as stage:
        yield stage


@pytest.fixture
def cast(lent: Began) -> Gathered:
    return lent.cast


@pytest.fixture
def polled(lent: Began) -> Diary:
    assert isinstance(lent.row, Diary)
    return lent.row


@pytest.fixture
def settled(lent: Began) -> Settled:
    assert isinstance(lent.row, Settled)
    return lent.row


def body(cast: Gathered) -> Body:
    return Body.objects.select_related("record", "partnership").get(pk=cast.group.pk)


@pytest.mark.long
def test_a_fixed_date_is_a_meeting_with_members_and_their_answers(settled: Settled) -> None:
    meeting = settled.meeting
    assert (meeting.day, meeting.starts_at) == (date(2026, 3, 11), STARTS[1])
    assert (meeting.stage, meeting.place) == (Stage.PLANNING, "Room 2")
    places = {row.seat.key: row for row in Place.objects.select_related("seat") if row.seat}
    assert len(places) == 7
    assert places["steering-health"].answer == Presence.PRESENT
    assert places["steering-health"].answered_by
    assert places["steering-south_director"].answer == Presence.UNKNOWN
    open_ = Ask.objects.filter(record=meeting.record, cleared_on=None)
    assert set(open_.values_list("seat__key", flat=True)) == {
        key for key, row in places.items() if row.answer == Presence.UNKNOWN
    }
    assert meeting.engagement is not None
    assert meeting.uid == str(meeting.engagement.uid)
    assert meeting.sequence == meeting.engagement.sequence
    assert "date taken up" in verbs_on(meeting.record)


@pytest.mark.long
@pytest.mark.parametrize(
    ("holder", "comes"), [(NO, Presence.DEPUTY), (MAYBE, Presence.UNKNOWN), (YES, Presence.PRESENT)]
)
def test_a_deputy_who_said_yes_comes_where_the_holder_said_no(
    cast: Gathered, polled: Diary, holder: Says, comes: Presence
) -> None:
    sheet = {"Police": {2: holder}, "Police deputy": {2: YES}}
    by_link(polled, "police@example.org", sheet)
    operations.fix_date(cast.actor("co_ordinator"), diary=polled, start=STARTS[1])
    place = Place.objects.select_related("seat").get(seat__key="steering-police")
    assert place.answer == comes
    by_deputy = comes is Presence.DEPUTY
    assert place.stands_for == ("Police deputy" if by_deputy else "")
    assert place.deputy == (voice(polled, "Police deputy").person if by_deputy else None)
    still = Ask.objects.filter(record=place.meeting_id, seat=place.seat, cleared_on=None)
    assert still.exists() is (comes is Presence.UNKNOWN)


@pytest.mark.long
def test_it_is_taken_up_once(cast: Gathered, polled: Diary) -> None:
    diaries.fix_date(cast.actor("co_ordinator"), diary=polled, start=STARTS[1])
    assert not Meeting.objects.exists(), "diaries stands below and makes no meeting"
    assert operations.follow_dates(CLERK) == 1
    assert operations.follow_dates(CLERK) == 0
    assert Meeting.objects.count() == 1


@pytest.mark.long
def test_each_leads_to_the_other(cast: Gathered, settled: Settled) -> None:
    diary, meeting = settled.diary, settled.meeting
    actor = cast.actor("co_ordinator")
    assert queries.dated_by(actor, meeting) == diary.record
    assert queries.meetings_from(actor, diary.record) == [meeting]
    outsider = cast.actor("outsider")
    assert queries.dated_by(outsider, meeting) is None
    assert queries.meetings_from(outsider, diary.record) == []


@pytest.mark.long
def test_a_moved_date_moves_the_meeting(cast: Gathered, settled: Settled) -> None:
    diary, meeting = settled.diary, settled.meeting
    operations.fix_date(
        cast.actor("co_ordinator"), diary=diary, start=STARTS[2], reason="The chair is away"
    )
    moved = Meeting.objects.get()
    assert (moved.pk, moved.day) == (meeting.pk, date(2026, 3, 12))
    assert moved.sequence == meeting.sequence + 1
    assert Place.objects.get(seat__key="steering-health").answer == Presence.UNKNOWN


def test_a_date_called_off_calls_the_meeting_off_with_its_reason(
    cast: Gathered, settled: Settled
) -> None:
    diary, meeting = settled.diary, settled.meeting
    operations.withdraw_search(cast.actor("co_ordinator"), diary=diary, reason="An inspection")
    gone = Meeting.objects.get()
    assert (gone.pk, gone.stage) == (meeting.pk, Stage.CANCELLED)
    assert gone.stage_reason == "Its date was called off: An inspection"
    assert not Ask.objects.filter(record=gone.record, cleared_on=None).exists()
    again = operations.call_again(cast.actor("manager"), meeting=gone)
    assert (again.replaces_id, again.date) == (gone.pk, "")


@pytest.mark.long
def test_a_meeting_moved_by_itself_takes_its_entry_with_it(
    cast: Gathered, settled: Settled
) -> None:
    diary, meeting = settled.diary, settled.meeting
    moved = operations.rearrange(
        cast.actor("manager"),
        meeting=meeting,
        starts_at=at(18, 10),
        ends_at=at(18, 12),
        place="Room 3",
        join="",
        reason="The room",
    )
    entry = Engagement.objects.get(pk=meeting.engagement_id)
    assert (entry.start, entry.record_id) == (at(18, 10), diary.pk)
    assert moved.sequence == entry.sequence
    assert operations.follow_dates(CLERK) == 0
    operations.cancel(cast.actor("manager"), meeting=moved, reason="No quorum")
    entry.refresh_from_db()
    assert entry.state == EntryState.CANCELLED
    with pytest.raises(Refused, match="called off already"):
        operations.fix_date(
            cast.actor("co_ordinator"), diary=diary, start=STARTS[2], reason="After all"
        )


@pytest.mark.long
def test_a_date_is_looked_for_from_a_meeting_without_a_day(cast: Gathered) -> None:
    actor = cast.actor("manager")
    meeting = operations.plan_meeting(actor, body=body(cast), title="Away day")
    diary = operations.look_for_date(actor, meeting=meeting, title="Away day", wanted=cast.wanted)
    found = queries.searched_by(actor, Meeting.objects.get(pk=meeting.pk))
    assert found is not None
    assert found.pk == diary.pk
    with pytest.raises(Refused, match=diary.record.reference):
        operations.look_for_date(actor, meeting=meeting, title="Again", wanted=cast.wanted)
    operations.fix_date(actor, diary=asked(cast, diary), start=STARTS[1], reason="It must be")
    given = Meeting.objects.select_related("record", "engagement").get()
    assert (given.pk, given.day) == (meeting.pk, date(2026, 3, 11))
    assert given.record.title == "Away day"
    assert queries.searched_by(actor, given) is None
    assert queries.dated_by(actor, given) == diary.record
    assert Place.objects.filter(meeting=given).count() == 7


@pytest.mark.long
def test_another_date_takes_the_place_of_the_one_that_a_meeting_had(cast: Gathered) -> None:
    actor = cast.actor("manager")
    meeting = operations.call(
        actor, body=body(cast), starts_at=at(17, 10), ends_at=at(17, 12), place="Room 1"
    )
    own = meeting.engagement
    assert own is not None
    diary = operations.look_for_date(actor, meeting=meeting, title="Other", wanted=cast.wanted)
    operations.fix_date(actor, diary=asked(cast, diary), start=STARTS[1], reason="It must be")
    moved = Meeting.objects.select_related("engagement").get()
    own.refresh_from_db()
    assert own.state == EntryState.CANCELLED
    assert moved.engagement is not None
    assert moved.engagement.record_id == diary.pk
    assert moved.day == date(2026, 3, 11)


def test_a_search_given_up_leaves_the_meeting_without_a_day(cast: Gathered) -> None:
    actor = cast.actor("manager")
    meeting = operations.plan_meeting(actor, body=body(cast))
    diary = operations.look_for_date(actor, meeting=meeting, title="Away", wanted=cast.wanted)
    operations.withdraw_search(actor, diary=diary, reason="Another way")
    meeting.refresh_from_db()
    assert (meeting.stage, meeting.date) == (Stage.PLANNING, "")
    assert operations.look_for_date(actor, meeting=meeting, title="Anew", wanted=cast.wanted)


def test_a_date_on_which_the_body_met_is_not_moved_or_called_off(
    cast: Gathered, settled: Settled
) -> None:
    diary, meeting = settled.diary, settled.meeting
    later = replace(cast.actor("manager"), on=date(2026, 3, 11))
    operations.hold(later, meeting=meeting)
    with pytest.raises(Refused, match="was held on this date"):
        operations.withdraw_search(cast.actor("manager"), diary=diary, reason="Late")
    assert Diary.objects.get(pk=diary.pk).stage is DiaryState.FIXED


def test_nobody_looks_for_a_date_of_what_they_may_not_change(cast: Gathered) -> None:
    meeting = operations.plan_meeting(cast.actor("manager"), body=body(cast))
    with pytest.raises(Refused):
        operations.look_for_date(
            cast.actor("north_director"), meeting=meeting, title="Mine", wanted=cast.wanted
        )
    assert not Diary.objects.exists()


@pytest.mark.long
def test_a_plan_of_a_year_becomes_meetings_that_know_their_turn(cast: Gathered) -> None:
    plan = planning.worked_out(planning.asked(cast))
    operations.adopt_plan(cast.actor("manager"), plan=plan)
    rows = list(plan.meetings.filter(start__isnull=False).order_by("start"))
    made = list(Meeting.objects.order_by("day").select_related("engagement"))
    assert len(made) == len(rows) == 4
    assert [each.starts_at for each in made] == [row.start for row in rows]
    assert [each.wanted for each in made] == [row.wanted for row in rows]
    assert {each.engagement_id for each in made} == {row.engagement_id for row in rows}
    operations.withdraw_plan(cast.actor("manager"), plan=plan, reason="A new executive")
    assert {each.stage for each in Meeting.objects.all()} == {Stage.CANCELLED}


@pytest.mark.long
def test_a_date_of_a_body_that_has_ended_keeps_no_other_from_its_turn(
    cast: Gathered, polled: Diary
) -> None:
    diaries.fix_date(cast.actor("co_ordinator"), diary=polled, start=STARTS[1])
    seats.move_state(CLERK, body=body(cast), verb="end", from_day=date(2026, 3, 5))
    assert operations.follow_dates(CLERK) == 0
    assert not Meeting.objects.exists()
