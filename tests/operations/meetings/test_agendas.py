"""Items come on to agendas, keep their turn, and are seen only by who may know of them."""

from __future__ import annotations

import pytest

from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.models import Item, Line
from concordat.domain.governance.meetings.rules.life import Place, Purpose
from concordat.kernel.errors import Invalid, Refused, Stale
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.meetings.boardroom import Boardroom, at, seat_row, shown


@pytest.mark.long
def test_a_member_proposes_and_the_chair_takes_it_on(room: Boardroom) -> None:
    line = operations.propose(
        room.house.member.actor,
        meeting=room.now(),
        title="Missing children",
        purpose=Purpose.ADVISE,
        minutes=20,
        why="Three schools asked",
    )
    assert line.place == Place.PROPOSED
    assert shown(room.manager, room.now()) == []
    with pytest.raises(Refused):
        operations.take_on(room.house.member.actor, line=line)
    operations.take_on(room.chair, line=line)
    assert shown(room.manager, room.now()) == [("1", "Missing children")]


def test_what_is_declined_says_why(room: Boardroom) -> None:
    line = operations.propose(
        room.house.member.actor, meeting=room.now(), title="Parking", purpose=Purpose.NOTE
    )
    with pytest.raises(Refused, match="Say why"):
        operations.decline(room.chair, line=line, reason="")
    done = operations.decline(room.chair, line=line, reason="Not for this board")
    assert (done.place, done.place_reason) == (Place.DECLINED, "Not for this board")


def test_an_item_by_record_is_held_as_closely_as_the_record(room: Boardroom) -> None:
    risk = room.house.restricted("Heron")
    line = room.item("A case", about=risk)
    assert line.item.record.level is Sensitivity.RESTRICTED
    seen = shown(room.house.member.actor, room.now())
    assert seen == [("1", "A case")], "the executive owns it, and the member sits there"
    assert shown(room.house.outsider.actor, room.now()) == []


@pytest.mark.long
def test_what_somebody_may_not_know_of_leaves_no_gap(room: Boardroom) -> None:
    room.item("First")
    secret = room.item("Kestrel", sensitivity=Sensitivity.SEALED, listed=False)
    room.item("Second")
    assert secret.is_hidden
    everybody = [("1", "First"), ("2", "Second")]
    assert shown(room.house.member.actor, room.now()) == everybody
    assert ("C1", "Kestrel") in shown(LOADER, room.now()), "it is there to be hidden"


@pytest.mark.long
def test_items_keep_their_turn_and_move_without_dragging(room: Boardroom) -> None:
    for title in ("A", "B", "C"):
        room.item(title)
    line = Line.objects.get(meeting=room.meeting, item__record__title="C")
    operations.place_at(room.manager, line=line, at=1)
    operations.move(room.manager, line=line, by=1)
    assert [title for _, title in shown(LOADER, room.now())] == ["A", "C", "B"]
    with pytest.raises(Invalid, match="no place 9"):
        operations.place_at(room.manager, line=line, at=9)


def test_of_two_chairs_who_reorder_the_second_sees_the_order(room: Boardroom) -> None:
    for title in ("A", "B"):
        room.item(title)
    seen = room.now().record.version
    one, other = Line.objects.filter(meeting=room.meeting).order_by("turn")
    operations.place_at(room.manager, line=other, at=1, seen_version=seen)
    with pytest.raises(Stale) as conflict:
        operations.place_at(room.chair, line=one, at=1, seen_version=seen)
    assert conflict.value.theirs["Agenda"] == "B, A"


def test_minutes_out_of_range_are_refused(room: Boardroom) -> None:
    before = Item.objects.count()
    with pytest.raises(Invalid, match="out of range"):
        room.item("Long", minutes=601)
    assert Item.objects.count() == before


def led_by(line: Line) -> tuple[str, str]:
    item = Item.objects.select_related("lead").get(pk=line.item_id)
    return item.lead.role if item.lead else "", item.lead_words


def test_whoever_leads_an_item_leads_it_still_where_nobody_is_named(room: Boardroom) -> None:
    line = room.item("The budget")
    again = {"line": line, "purpose": Purpose.NOTE, "minutes": 5}
    operations.settle(LOADER, lead_words="The youth panel", **again)
    operations.settle(LOADER, **again)
    assert led_by(line) == ("", "The youth panel")
    seat = seat_row(room.house.council)
    operations.settle(LOADER, lead=seat, **again)
    operations.settle(LOADER, **again)
    assert led_by(line) == (seat.role, "")
    operations.settle(LOADER, lead=None, lead_words="", **again)
    assert led_by(line) == ("", "")


@pytest.mark.long
def test_an_item_is_carried_to_the_next_meeting_and_keeps_its_history(room: Boardroom) -> None:
    line = room.item("The budget")
    room.held()
    later = operations.call(
        LOADER,
        body=room.body,
        starts_at=at(10, day=DAY.replace(month=5)),
        ends_at=at(12, day=DAY.replace(month=5)),
    )
    assert [row.pk for row in queries.to_carry(room.manager, later)] == []
    operations.leave_unreached(room.chair, line=line)
    assert [row.pk for row in queries.to_carry(room.manager, later)] == [line.pk]
    operations.carry_over(room.chair, line=line, reason="The time ran out", to=later)
    assert [row.pk for row in queries.to_carry(room.manager, later)] == []
    history = queries.history_of(room.manager, line.item)
    assert [row.meeting_id for row in history] == [later.pk, room.meeting.pk]
    with pytest.raises(Refused, match="already"):
        operations.bring(room.chair, meeting=later, item=line.item, purpose=Purpose.NOTE)


def test_the_agenda_closes_when_the_meeting_is_held(room: Boardroom) -> None:
    room.held()
    with pytest.raises(Refused, match="closed"):
        room.item("Too late")


def test_minutes_are_written_and_two_who_write_at_once_see_both(room: Boardroom) -> None:
    line = room.item("The budget")
    with pytest.raises(Refused, match="not open"):
        operations.minute(room.manager, line=line, text="Too early")
    room.held()
    operations.minute(room.manager, line=line, text="Agreed.", seen_text=0)
    with pytest.raises(Stale) as conflict:
        operations.minute(room.house.co_ordinator.actor, line=line, text="Noted.", seen_text=0)
    assert conflict.value.mine == {"Minutes": "Noted."}
    assert conflict.value.theirs == {"Minutes": "Agreed."}
    line.refresh_from_db()
    assert (line.text, line.place) == ("Agreed.", Place.TAKEN)


def test_times_are_told_from_what_the_reader_may_see(room: Boardroom) -> None:
    room.item("A", minutes=30)
    room.item("Kestrel", minutes=60, sensitivity=Sensitivity.SEALED, listed=False)
    assert queries.timing(room.house.member.actor, room.now()).asked == 30
    assert queries.timing(LOADER, room.now()).asked == 90
