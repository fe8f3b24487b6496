"""Minutes on screen: written and acted on in the room, downloaded, agreed at the next meeting."""

from __future__ import annotations

from datetime import date, timedelta

from concordat.craft import pdf
from concordat.domain.base.actions.models import Action
from concordat.domain.governance.meetings import operations
from concordat.domain.governance.meetings.rules.life import Stage
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.meetings.boardroom import Boardroom, at
from tests.pages.people.browsing import day
from tests.pages.seats.looking import post, read, told
from tests.pages.signed_in import as_


def here(room: Boardroom, tail: str = "") -> str:
    return f"/meetings/{room.meeting.record.reference}{tail}"


def test_before_it_is_held_there_is_nothing_to_download(room: Boardroom) -> None:
    room.item("The budget")
    member = as_(room.house.member)
    assert "was not held yet" in read(member, here(room, "/minutes"))
    read(member, here(room, "/minutes/word"), 404)
    read(member, here(room, "/minutes/agree"), 403)


def test_the_minutes_are_written_acted_on_and_downloaded(room: Boardroom) -> None:
    line = room.item("The budget")
    room.held()
    operations.minute(LOADER, line=line, text="Thirds were agreed.")
    manager = as_(room.house.manager)
    item = f"/items/{line.item.record.reference}"
    typed = {"what": "Write to the schools", "owner": room.house.member.seat.record.reference}
    refused = told(post(manager, here(room, item + "/act"), 422, **typed, **_no_day()), 422)
    assert "Write to the schools" in refused
    post(manager, here(room, item + "/act"), **typed, **day("due", date(2019, 5, 1)))
    assert Action.objects.get().due == date(2019, 5, 1)
    page = read(manager, here(room, "/minutes"))
    assert "Thirds were agreed." in page
    assert "Write to the schools" in page
    member = as_(room.house.member)
    assert "Add an action" not in read(member, here(room, "/minutes"))
    read(member, here(room, item + "/act"), 403)
    for way, begins in (("word", b"PK"), ("pdf", b"%PDF")):
        answer = member.get(here(room, f"/minutes/{way}"))
        assert answer.content.startswith(begins)
        assert f"{room.meeting.record.reference}-minutes" in answer["Content-Disposition"]
    read(member, here(room, "/minutes/scroll"), 404)


def _no_day() -> dict[str, str]:
    return {f"due-{part}": "" for part in ("day", "month", "year")}


def test_they_are_agreed_at_a_later_meeting_that_was_sent_or_held(room: Boardroom) -> None:
    line = room.item("The budget")
    room.held()
    operations.minute(LOADER, line=line, text="Thirds were agreed.")
    operations.move_on(LOADER, meeting=room.now(), verb="draft the minutes")
    chair = as_(room.house.chair)
    assert "No later meeting" in read(chair, here(room, "/minutes/agree"))
    assert "Agree the minutes at a later meeting" in read(chair, here(room, "/minutes"))
    post(chair, here(room, "/minutes/agree"), 422, at="")
    assert room.now().stage == Stage.MINUTES_DRAFT


def test_what_arises_stands_on_the_next_meeting_before_it_is_held(room: Boardroom) -> None:
    line = room.item("The budget")
    room.held()
    operations.act(LOADER, line=line, what="Ask the schools", owner=room.house.member.seat, due=DAY)
    later = DAY + timedelta(days=42)
    following = operations.call(
        LOADER, body=room.body, starts_at=at(10, day=later), ends_at=at(12, day=later)
    )
    page = read(as_(room.house.member), f"/meetings/{following.record.reference}/minutes")
    assert "Matters arising" in page
    assert "Ask the schools" in page


def test_what_is_held_closely_is_proposed_so_that_nobody_else_knows(room: Boardroom) -> None:
    manager = as_(room.house.manager)
    typed = {"title": "Kestrel", "purpose": "decide", "minutes": "", "why": "", "held": "hidden"}
    post(manager, here(room, "/agenda/propose"), **typed)
    record = room.now().lines.select_related("item__record").get().item.record
    assert not record.listed
    assert record.level is Sensitivity.RESTRICTED


def test_what_is_held_closely_is_in_a_file_of_its_own(room: Boardroom) -> None:
    room.item("The budget")
    closely = room.item("Heron", sensitivity=Sensitivity.RESTRICTED)
    room.held()
    operations.minute(LOADER, line=closely, text="A child was seen.")
    member = as_(room.house.member)
    page = read(member, here(room, "/minutes"))
    assert "Minuted apart" in page
    assert "A child was seen." in page
    apart = member.get(here(room, "/minutes/restricted-pdf")).content
    assert "A child was seen." in pdf.text(apart)
    assert "A child was seen." not in pdf.text(member.get(here(room, "/minutes/pdf")).content)
    read(as_(room.house.outsider), here(room, "/minutes/restricted-pdf"), 404)


def test_no_restricted_minutes_are_there_where_nothing_is_held_closely(room: Boardroom) -> None:
    room.item("The budget")
    room.held()
    member = as_(room.house.member)
    assert "Restricted minutes" not in read(member, here(room, "/minutes"))
    read(member, here(room, "/minutes/restricted-word"), 404)
