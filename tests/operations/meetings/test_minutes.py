"""Minutes are put together from what was recorded, and what is agreed never changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from concordat.craft import pdf
from concordat.domain.base.actions.models import Action
from concordat.domain.base.documents.models import Document
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.models import Line, Meeting
from concordat.domain.governance.meetings.operations.minutes import (
    as_document,
    as_document_apart,
)
from concordat.domain.governance.meetings.queries import minutes as asked
from concordat.domain.governance.meetings.rules.life import Stage
from concordat.domain.governance.meetings.rules.quorum import Presence
from concordat.kernel.errors import Refused, Stale
from concordat.kernel.sensitivity import Sensitivity
from tests.casts import Begun, Casts, Kept, begun
from tests.operations.mail.cast import DAY, LOADER, verbs_on
from tests.operations.meetings.boardroom import Boardroom, at

Began = Begun[Boardroom, tuple[Line, Line]]


def write(room: Boardroom) -> tuple[Line, Line]:
    """Held without health, with one open item and one that is held closely."""
    open_, closed = room.item("The budget"), room.item("Heron", sensitivity=Sensitivity.RESTRICTED)
    hidden = room.item("Kestrel", sensitivity=Sensitivity.RESTRICTED, listed=False)
    room.held(health=Presence.APOLOGIES)
    for line, text in ((open_, "Thirds were agreed."), (closed, "A child."), (hidden, "Another.")):
        operations.minute(LOADER, line=line, text=text)
    operations.act(
        LOADER,
        line=open_,
        what="Write to the schools",
        owner=room.house.member.seat,
        due=DAY + timedelta(days=20),
    )
    return open_, closed


def _written(room: Boardroom) -> Began:
    return Begun(room, write(room))


@pytest.fixture(scope="session")
def writtens(casts: Casts, boardrooms: Kept[Boardroom]) -> Kept[Began]:
    return casts.keep(_written, upon=boardrooms)


@pytest.fixture
def lent(
    request: pytest.FixtureRequest, boardrooms: Kept[Boardroom], writtens: Kept[Began]
) -> Iterator[Began]:
    with begun(request, boardrooms, written=writtens) as stage:
        yield stage


@pytest.fixture
def room(lent: Began) -> Boardroom:
    return lent.cast


@pytest.fixture
def written(lent: Began) -> tuple[Line, Line] | None:
    """The open item and the one that is held closely, of a meeting held without health."""
    return lent.row


def next_one(room: Boardroom) -> Meeting:
    day = DAY + timedelta(days=42)
    return operations.call(
        LOADER, body=room.body, starts_at=at(10, day=day), ends_at=at(12, day=day)
    )


def held_next(room: Boardroom) -> Meeting:
    later = next_one(room)
    return operations.hold(replace(LOADER, on=later.day), meeting=later)


def agreed(room: Boardroom) -> Meeting:
    operations.move_on(LOADER, meeting=room.now(), verb="draft the minutes")
    return operations.agree_minutes(LOADER, meeting=room.now(), at=held_next(room))


def words(data: bytes) -> str:
    return "".join(pdf.text(data).split())


def test_an_action_of_the_room_is_set_by_the_body_and_says_where_it_came_from(
    room: Boardroom,
    written: tuple[Line, Line],
) -> None:
    open_, _ = written
    action = Action.objects.select_related("set_by", "source").get()
    assert (action.set_by.pk, action.source) == (room.body.pk, open_.item.record)
    assert room.meeting.record.reference in action.source_place
    with pytest.raises(Refused):
        operations.act(
            room.house.member.actor, line=open_, what="Do it", owner=room.house.member.seat, due=DAY
        )
    assert Action.objects.count() == 1


def test_minutes_hold_what_was_recorded_and_name_what_they_leave_out(
    room: Boardroom, written: tuple[Line, Line]
) -> None:
    found = as_document(LOADER, meeting=room.now(), within=Sensitivity.PARTNERSHIP)
    told = words(pdf.write(found))
    assert "Thirdswereagreed." in told
    assert "Writetotheschools" in told
    assert "Apologies" in told
    assert "isminutedapart" in told
    assert "Achild." not in told
    assert "Kestrel" not in told
    assert "C1" not in told


@pytest.mark.long
def test_agreed_minutes_are_a_file_that_stands(room: Boardroom, written: tuple[Line, Line]) -> None:
    open_, _ = written
    done = agreed(room)
    assert done.stage == Stage.MINUTES_AGREED
    assert done.minutes is not None
    assert done.minutes.record.level == room.meeting.record.level
    assert verbs_on(room.meeting.record)[-1] == "minutes agreed"
    with pytest.raises(Refused, match="not open"):
        operations.minute(LOADER, line=open_, text="Halves were agreed.")
    with pytest.raises(Refused):
        operations.mark(LOADER, place=room.place(room.police), presence=Presence.ABSENT)


@pytest.mark.long
def test_what_is_held_closely_is_kept_apart_as_closed_as_its_item(
    room: Boardroom, written: tuple[Line, Line]
) -> None:
    agreed(room)
    kept = Document.objects.exclude(pk=room.now().minutes_id).select_related("record", "about")
    held = {each.about.title: each for each in kept if each.about is not None}
    assert {"Heron", "Kestrel"} <= set(held)
    for title, document in held.items():
        item = document.about
        assert item is not None
        assert document.record.level == item.level
        assert document.record.listed == item.listed, title
    assert words(pdf.write(as_document_apart(LOADER, meeting=room.now()))).count("Achild") == 1
    outside = as_document_apart(room.house.outsider.actor, meeting=room.now())
    assert "Achild" not in words(pdf.write(outside))


@pytest.mark.long
def test_an_item_that_does_not_say_what_came_of_it_keeps_the_minutes_back(
    room: Boardroom,
) -> None:
    left = room.item("Left open")
    write(room)
    operations.move_on(LOADER, meeting=room.now(), verb="draft the minutes")
    later = held_next(room)
    with pytest.raises(Refused, match="“Left open”"):
        operations.agree_minutes(LOADER, meeting=room.now(), at=later)
    assert room.now().stage == Stage.MINUTES_DRAFT
    operations.leave_unreached(LOADER, line=left)
    with pytest.raises(Refused, match="a later meeting of the same body"):
        operations.agree_minutes(LOADER, meeting=room.now(), at=room.now())
    done = operations.agree_minutes(LOADER, meeting=room.now(), at=later)
    assert done.stage == Stage.MINUTES_AGREED


@pytest.mark.long
def test_a_member_does_not_agree_minutes_and_two_chairs_do_not_both(
    room: Boardroom, written: tuple[Line, Line]
) -> None:
    operations.move_on(LOADER, meeting=room.now(), verb="draft the minutes")
    later, seen = held_next(room), room.now().record.version
    with pytest.raises(Refused):
        operations.agree_minutes(room.house.member.actor, meeting=room.now(), at=later)
    operations.agree_minutes(LOADER, meeting=room.now(), at=later, seen_version=seen)
    with pytest.raises((Stale, Refused)):
        operations.agree_minutes(LOADER, meeting=room.now(), at=later, seen_version=seen)


def test_matters_arise_at_the_next_meeting_by_themselves(
    room: Boardroom, written: tuple[Line, Line]
) -> None:
    later = next_one(room)
    assert [row.record.title for row in asked.arising(LOADER, later)] == ["Write to the schools"]
    assert asked.arising(LOADER, room.now()) == []
    assert asked.arising(room.house.outsider.actor, later) == []


def test_a_reader_gets_what_they_may_open(room: Boardroom, written: tuple[Line, Line]) -> None:
    mine = [each.line is not None for each in asked.minuted(room.house.member.actor, room.now())]
    assert mine == [True, True, True]
    assert queries.agenda(room.house.outsider.actor, room.now()) == []
