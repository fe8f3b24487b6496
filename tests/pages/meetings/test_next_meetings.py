"""The next meetings on My work: how far the pack is, and whether somebody comes."""

from __future__ import annotations

from concordat.domain.governance.meetings import operations
from concordat.domain.governance.meetings.rules.quorum import Presence
from tests.operations.mail.cast import LOADER
from tests.operations.meetings.boardroom import Boardroom
from tests.pages.seats.looking import read
from tests.pages.signed_in import as_


def test_a_member_sees_the_meeting_and_is_asked_whether_they_come(room: Boardroom) -> None:
    place = room.place(room.house.health)
    browser = as_(room.house.health)
    said = read(browser, "/")
    assert "Your next meetings" in said
    assert "No agenda yet" in said
    address = f"/meetings/{room.meeting.record.reference}/answer/{place.pk}"
    assert f'href="{address}"' in said
    operations.answer(LOADER, place=place, answer=Presence.DEPUTY, stands_for="Dee Puty")
    said = read(browser, "/")
    assert "Dee Puty comes for you" in said
    assert f'href="{address}"' in said


def test_nobody_without_a_place_is_told_of_it(room: Boardroom) -> None:
    assert "Your next meetings" not in read(as_(room.house.outsider), "/")


def test_a_meeting_that_is_called_off_is_gone(room: Boardroom) -> None:
    operations.cancel(LOADER, meeting=room.now(), reason="Half the members are away")
    assert "Your next meetings" not in read(as_(room.house.health), "/")
