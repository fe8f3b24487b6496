"""The agenda builder, the forward plan and the chase table as each person sees and uses them."""

from __future__ import annotations

from datetime import timedelta

from concordat.domain.base.records import operations as records
from concordat.domain.base.records.rules import RecordKind
from concordat.domain.governance.meetings import operations, queries
from concordat.domain.governance.meetings.models import Chase, Line, Meeting, NotNow, Suggestion
from concordat.domain.governance.meetings.rules.life import Purpose
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.meetings.boardroom import Boardroom, at
from tests.pages.people.browsing import day
from tests.pages.seats.looking import post, read, told
from tests.pages.signed_in import as_


def address(room: Boardroom, tail: str = "/agenda") -> str:
    return f"/meetings/{room.meeting.record.reference}{tail}"


def suggested(room: Boardroom, title: str, **more: object) -> Suggestion:
    about = records.open_record(
        LOADER,
        kind=RecordKind.RISK,
        title=title,
        partnership=room.here,
        opened=DAY,
        **{"sensitivity": Sensitivity.PARTNERSHIP, **more},  # type: ignore[arg-type]
    )
    return operations.suggest(
        LOADER,
        body=room.body,
        key=f"risk:{title}",
        label="risk went up",
        title=title,
        about=about,
        why="It went from amber to red.",
        purpose=Purpose.ASSURE,
    )


def test_the_chair_adds_what_is_suggested_with_one_button_and_puts_the_rest_off(
    room: Boardroom,
) -> None:
    first, second = suggested(room, "Costs rise"), suggested(room, "Staff leave")
    chair = as_(room.house.chair)
    page = read(chair, address(room))
    assert "2 things are suggested." in page
    assert "It went from amber to red." in page
    version = room.now().record.version
    post(chair, address(room), seen_version=version, add=f"above:{first.pk}")
    assert Line.objects.get().item.record.title == "Costs rise"
    put = address(room, f"/agenda/not-now/above:{second.pk}")
    assert "Staff leave" in read(chair, put)
    refused = told(post(chair, put, 422, reason=""), 422)
    assert "reason" in refused
    post(chair, put, reason="After the audit")
    page = read(chair, address(room))
    assert "Nothing is suggested. 1 put off for this meeting." in page
    assert "After the audit" in page
    version = room.now().record.version
    post(chair, address(room), seen_version=version, again=f"above:{second.pk}")
    assert not NotNow.objects.exists()
    read(chair, address(room, "/agenda/not-now/above:999999"), 404)
    read(chair, address(room, "/agenda/not-now/nonsense"), 404)


def test_a_member_sees_no_suggestions_and_adds_nothing(room: Boardroom) -> None:
    row = suggested(room, "Costs rise")
    member = as_(room.house.member)
    assert "Costs rise" not in read(member, address(room))
    version = room.now().record.version
    told(post(member, address(room), 422, seen_version=version, add=f"above:{row.pk}"), 422)
    read(member, address(room, f"/agenda/not-now/above:{row.pk}"), 403)
    assert not Line.objects.exists()


def test_nothing_is_on_the_page_that_the_reader_may_not_know(room: Boardroom) -> None:
    row = suggested(room, "Kestrel", sensitivity=Sensitivity.SEALED, listed=False)
    manager = as_(room.house.manager)
    for tail in ("/agenda", "", "/papers"):
        assert "Kestrel" not in read(manager, address(room, tail))
    forward = f"/bodies/{room.body.record.reference}/forward-plan"
    assert "Kestrel" not in read(manager, forward)
    assert "Nothing is planned" in read(manager, forward)
    read(manager, address(room, f"/agenda/not-now/above:{row.pk}"), 404)
    read(manager, f"{forward}/{row.pk}/drop", 404)


def test_two_who_build_one_agenda_see_the_conflict(room: Boardroom) -> None:
    first, second = suggested(room, "Costs rise"), suggested(room, "Staff leave")
    chair, manager = as_(room.house.chair), as_(room.house.manager)
    version = room.now().record.version
    post(chair, address(room), seen_version=version, add=f"above:{first.pk}")
    post(manager, address(room), 409, seen_version=version, add=f"above:{second.pk}")
    assert Line.objects.count() == 1


def test_what_asks_for_more_time_than_there_is_says_how_much(room: Boardroom) -> None:
    room.item("The budget", minutes=100)
    room.item("Thresholds", minutes=38)
    page = read(as_(room.house.manager), address(room))
    assert "18 minutes over." in page
    assert page.count("Past the end") == 1
    assert "11:40am" in page


def test_what_stands_on_every_agenda_is_settled_and_laid(room: Boardroom) -> None:
    manager = as_(room.house.manager)
    ways = f"/bodies/{room.body.record.reference}/ways"
    typed = {"unit": "working days", "closes": "10", "papers": "7", "sends": "5", "cover": "",
             "place": "", "begins": "10am", "minutes": "120"}  # fmt: skip
    version = room.body.record.version
    wrong = told(
        post(manager, ways, 422, seen_version=version, opens="Apologies, sometimes",
             closings="", **typed), 422)  # fmt: skip
    assert "Line 1: “sometimes” is neither minutes nor a purpose." in wrong
    assert "Apologies, sometimes" in wrong
    post(manager, ways, seen_version=version, opens="Apologies, 5 minutes\nDeclarations",
         closings="Any other business, 10 minutes, agree", **typed)  # fmt: skip
    again = read(manager, ways)
    assert "Apologies, 5 minutes, note" in again
    assert 'value="10:00"' in again
    room.item("The budget")
    page = read(manager, address(room))
    assert "Lay what stands on every agenda" in page
    post(manager, address(room), seen_version=room.now().record.version, fixed="yes")
    page = read(manager, address(room))
    assert page.index("1. <a") < page.index("Apologies") < page.index("The budget")
    assert page.index("The budget") < page.index("Any other business")


def test_the_forward_plan_is_kept_by_whoever_runs_the_body(room: Boardroom) -> None:
    manager, member = as_(room.house.manager), as_(room.house.member)
    forward = f"/bodies/{room.body.record.reference}/forward-plan"
    assert "Nothing is planned" in read(member, forward)
    read(member, f"{forward}/new", 403)
    typed = {"title": "Yearly report", "purpose": "agree", "minutes": "20", "why": "",
             "lead": room.house.health.seat.record.reference}  # fmt: skip
    typed |= day("from_day", DAY + timedelta(days=10))
    post(manager, f"{forward}/new", **typed)
    row = Suggestion.objects.get()
    page = read(member, forward)
    assert "Yearly report" in page
    assert "Take it off" not in page
    assert "Yearly report" not in read(manager, address(room)), "its day has not come"
    post(manager, f"{forward}/{row.pk}/drop", reason="It was merged")
    assert "Nothing is planned" in read(member, forward)
    read(manager, f"{forward}/{row.pk}/drop", 404)


def owing(room: Boardroom) -> Meeting:
    """A meeting ahead with a paper that health owes and an item that needs one."""
    ahead = DAY + timedelta(days=14)
    meeting = operations.call(
        LOADER, body=room.body, starts_at=at(9, day=ahead), ends_at=at(11, day=ahead)
    )
    for title in ("The budget", "Thresholds"):
        line = operations.propose(
            LOADER, meeting=meeting, title=title, purpose=Purpose.DECIDE,
            lead=room.house.health.seat,
        )  # fmt: skip
        operations.take_on(LOADER, line=line)
    found = queries.lines(LOADER, meeting).get(item__record__title="The budget")
    operations.want(LOADER, line=found, title="Budget report")
    return meeting


def test_the_chase_table_says_who_owes_what_and_reminds_them(room: Boardroom) -> None:
    meeting = owing(room)
    papers = f"/meetings/{meeting.record.reference}/papers"
    manager, member = as_(room.house.manager), as_(room.house.member)
    page = read(manager, papers)
    assert "2 papers: 1 not asked for, 1 owed." in page
    assert room.house.health.seat.role in page
    assert "Ask for a paper" in page
    assert "Remind them" not in read(member, papers)
    row = queries.owed(LOADER, meeting)[1]
    assert row.paper is not None
    chase = f"{papers}/{row.paper.pk}/chase"
    read(member, chase, 403)
    assert "Budget report" in read(manager, chase)
    post(manager, chase, words="The pack goes on Friday")
    assert Chase.objects.get().words == "The pack goes on Friday"
    page = read(manager, papers)
    assert "1 time" in page
    assert "The pack goes on Friday" in page
    read(manager, f"{papers}/999999/chase", 404)
    read(member, f"{papers}/late", 403)
    assert "0 papers" in read(manager, f"{papers}/late")
    assert "Papers" in read(manager, f"/meetings/{meeting.record.reference}")


def test_an_agenda_without_papers_says_so(room: Boardroom) -> None:
    page = read(as_(room.house.member), address(room, "/papers"))
    assert "No paper is asked for." in page
    assert "Nothing on the agenda needs a paper." in page
