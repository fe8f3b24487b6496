"""Attendance over a year as people see it and as files that they work with."""

from __future__ import annotations

from concordat.craft import excel
from concordat.domain.governance.meetings import operations
from concordat.domain.governance.meetings.rules.quorum import Presence
from tests.operations.mail.cast import LOADER
from tests.operations.meetings.boardroom import Boardroom
from tests.pages.seats.looking import read
from tests.pages.signed_in import as_


def address(room: Boardroom, tail: str = "") -> str:
    return f"/bodies/{room.body.record.reference}/attendance{tail}"


def test_a_year_is_told_by_agency_with_deputies_apart(room: Boardroom) -> None:
    room.held(police=Presence.DEPUTY, health=Presence.APOLOGIES)
    place = room.place(room.house.council)
    operations.declare(
        LOADER, meeting=room.now(), who="The council", interest="Owns the hall", done="stayed",
        place=place,
    )  # fmt: skip
    member = as_(room.house.member)
    page = read(member, address(room))
    assert "1 meeting held" in page
    assert "1 of 2 attendances was by deputy." in page
    assert "<svg" in page
    assert "Owns the hall" in page
    assert "Where else its members sit" in page
    assert "No meeting was held in this time." in read(member, address(room, "?year=2018"))


def test_the_numbers_come_as_csv_and_excel(room: Boardroom) -> None:
    room.held(police=Presence.DEPUTY)
    member = as_(room.house.member)
    told = member.get(address(room, "/2019/csv")).content.decode("utf-8-sig")
    assert "Heath police,1,0,1,0,0" in told
    data = member.get(address(room, "/2019/excel")).content
    agencies, seats = excel.read(data)
    assert ("Heath police", 1, 0, 1, 0, 0) in agencies.rows
    assert [row[3] for row in seats.rows if row[1] == "Heath police"] == ["by deputy"]
    read(member, address(room, "/2019/paper"), 404)
    read(member, address(room, "/1999/csv"), 404)
    outsider = as_(room.house.outsider)
    read(outsider, address(room, "/2019/csv"), 404)
    read(outsider, address(room), 404)
