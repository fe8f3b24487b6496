"""Meetings, agendas, decisions, disagreements and letters as each person sees and changes them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from concordat.domain.governance.meetings import operations
from concordat.domain.governance.meetings.models import (
    Dispute,
    Letter,
    Line,
    Meeting,
    Paper,
    Resolution,
)
from concordat.domain.governance.meetings.operations.papers import Cover
from concordat.domain.governance.meetings.rules.deciding import Outcome, State
from concordat.domain.governance.meetings.rules.life import Purpose, Stage
from concordat.domain.governance.meetings.rules.papers import Status
from concordat.domain.governance.meetings.rules.quorum import Presence
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.meetings.boardroom import Boardroom, seat_row
from tests.operations.meetings.boardroom import at as moment
from tests.pages.people.browsing import day
from tests.pages.seats.looking import post, queries, read, told
from tests.pages.signed_in import as_
from tests.walls import behind_the_wall

NO_DAY = {f"review_on-{part}": "" for part in ("day", "month", "year")}


def at(room: Boardroom, tail: str = "") -> str:
    return f"/meetings/{room.meeting.record.reference}{tail}"


def decided(room: Boardroom, matter: str = "methods", **more: Any) -> Resolution:
    return operations.draft(
        LOADER,
        body=room.body,
        on=DAY,
        meeting=room.now(),
        matter=room.matter(matter),
        **{"text": "Use one method", "outcome": Outcome.AGREED, "reasons": "It works", **more},
    )


def disputed(room: Boardroom) -> Dispute:
    return operations.open_dispute(
        LOADER,
        body=room.body,
        title="Equal thirds",
        issue="Who pays what",
        positions=[
            (seat_row(room.house.council), "Thirds"),
            (seat_row(room.police), "A flat sum"),
        ],
    )


def test_a_member_reads_a_meeting_and_runs_nothing(room: Boardroom) -> None:
    line = room.item("The budget", minutes=20)
    member = as_(room.house.member)
    page = read(member, at(room))
    assert "The budget" in page
    assert "Are you coming?" in page
    assert "Call it off" not in page
    for tail in ("/agenda", "/attendance", "/decisions"):
        read(member, at(room, tail))
    item = f"/items/{line.item.record.reference}"
    assert "What you can do" not in read(member, at(room, item))
    for tail in ("/cancel", "/rearrange", "/move/open-the-agenda", "/guests/new", "/members"):
        read(member, at(room, tail), 403)
    for tail in ("/settle", "/minute", "/decide", "/do/withdraw"):
        read(member, at(room, item + tail), 403)


def test_an_item_keeps_whoever_leads_it_without_a_seat(room: Boardroom) -> None:
    line = room.item("The budget")
    operations.settle(
        LOADER, line=line, purpose=Purpose.NOTE, minutes=None, lead_words="The youth panel"
    )
    manager = as_(room.house.manager)
    address = at(room, f"/items/{line.item.record.reference}/settle")
    post(
        manager,
        address,
        seen_version=room.now().record.version,
        purpose=Purpose.NOTE.value,
        minutes="20",
    )
    line.refresh_from_db()
    line.item.refresh_from_db()
    assert (line.minutes, line.item.lead_words) == (20, "The youth panel")


def test_an_outsider_finds_nothing(room: Boardroom) -> None:
    line = room.item("The budget")
    row, dispute = decided(room), disputed(room)
    outsider = as_(room.house.outsider)
    for address in (
        at(room),
        at(room, "/agenda"),
        at(room, f"/items/{line.item.record.reference}"),
        f"/decisions/{row.record.reference}",
        f"/disagreements/{dispute.record.reference}",
    ):
        read(outsider, address, 404)
    for address in ("/meetings", "/decisions", "/disagreements", "/letters"):
        page = read(outsider, address)
        assert room.meeting.record.reference not in page
        assert "The budget" not in page


def test_a_member_answers_from_the_meeting(room: Boardroom) -> None:
    member = as_(room.house.member)
    place = room.place(room.house.member)
    address = at(room, f"/answer/{place.pk}")
    refused = told(post(member, address, 422, answer="by deputy", stands_for=""), 422)
    assert "A deputy is one named person" in refused
    post(member, address, answer="apologies", stands_for="")
    place.refresh_from_db()
    assert place.answer == Presence.APOLOGIES


def test_the_secretariat_calls_a_meeting_and_a_time_that_is_not_there_is_refused(
    room: Boardroom,
) -> None:
    manager = as_(room.house.manager)
    address = f"/bodies/{room.body.record.reference}/meetings/new"
    read(manager, address)
    spring = date(2020, 3, 29)
    typed = {"starts": "01:30", "ends": "3pm", "place": "Town hall", "join": "", "title": "",
             "purpose": ""}  # fmt: skip
    refused = told(post(manager, address, 422, **day("day", spring), **typed), 422)
    assert "the clocks go forward" in refused
    assert "Town hall" in refused
    post(manager, address, **day("day", spring), **{**typed, "starts": "2pm"})
    made = Meeting.objects.exclude(pk=room.meeting.pk).get()
    assert made.day == spring
    assert "2pm to 3pm" in read(manager, f"/meetings/{made.record.reference}")


def test_the_agenda_is_built_without_dragging(room: Boardroom) -> None:
    for title in ("A", "B", "C"):
        room.item(title)
    manager = as_(room.house.manager)
    line = Line.objects.select_related("item__record").get(item__record__title="C")
    reference = line.item.record.reference
    version = room.now().record.version
    post(manager, at(room, "/agenda"), seen_version=version, up=reference)
    told_ = [
        row.item.record.title
        for row in Line.objects.order_by("turn").select_related("item__record")
    ]
    assert told_ == ["A", "C", "B"]
    stale = post(manager, at(room, "/agenda"), 409, seen_version=version, up=reference)
    assert "A, C, B" in stale.content.decode()
    wrong = post(manager, at(room, "/agenda"), 422, seen_version=room.now().record.version,
                 place=reference, **{f"at-{reference}": "nine"})  # fmt: skip
    assert "Write a number" in wrong.content.decode()


def test_a_proposal_is_taken_on_or_declined_with_a_reason(room: Boardroom) -> None:
    member, chair = as_(room.house.member), as_(room.house.chair)
    typed = {"title": "Missing children", "purpose": "advise", "minutes": "20", "why": "",
             "held": str(Sensitivity.PARTNERSHIP.value)}  # fmt: skip
    post(member, at(room, "/agenda/propose"), **typed)
    line = Line.objects.select_related("item__record").get()
    assert "Missing children" in read(chair, at(room, "/agenda"))
    put = at(room, f"/items/{line.item.record.reference}/do")
    told(post(chair, f"{put}/decline", 422, reason=""), 422)
    post(chair, f"{put}/take-on")
    line.refresh_from_db()
    assert line.place == "on the agenda"
    read(chair, f"{put}/shrug", 404)


def test_what_a_reader_may_not_know_of_is_nowhere_on_the_page(room: Boardroom) -> None:
    room.item("Kestrel", sensitivity=Sensitivity.SEALED, listed=False)
    room.item("Open thing")
    member = as_(room.house.member)
    for tail in ("", "/agenda", "/attendance", "/decisions"):
        assert "Kestrel" not in read(member, at(room, tail))
        assert "C1." not in read(member, at(room, tail))


def test_from_held_to_a_sealed_decision(room: Boardroom) -> None:
    line = room.item("The budget")
    room.held()
    manager = as_(room.house.manager)
    item = at(room, f"/items/{line.item.record.reference}")
    post(manager, f"{item}/minute", seen_version=0, text="It was agreed.")
    typed = {"text": "Spend it", "outcome": "agreed", "matter": "money", "amount": "5000",
             "options": "Spend\nSave", "reasons": "Needed", "legal_basis": "",
             **NO_DAY}  # fmt: skip
    post(manager, f"{item}/decide", **typed)
    row = Resolution.objects.select_related("record").get()
    assert (row.amount, row.options) == (500_000, ["Spend", "Save"])
    address = f"/decisions/{row.record.reference}"
    page = read(manager, f"{address}/seal")
    assert "Beyond somebody’s power" in page
    assert "Heath police" in page
    post(manager, f"{address}/seal", seen_version=row.record.version)
    row.refresh_from_db()
    assert row.state == State.AWAITING
    assert "Not in force yet" in read(as_(room.house.member), address)
    police = as_(room.police)
    assert "Ratify or refuse" in read(police, address)
    post(
        police,
        f"{address}/ratify",
        partner="Heath police",
        given="yes",
        source="A minute",
        reason="",
    )
    row.refresh_from_db()
    assert row.state == State.IN_FORCE
    read(manager, f"{address}/amend")
    refused = post(manager, f"{address}/amend", 422, seen_version=row.record.version, **typed)
    assert "sealed" in refused.content.decode()


def test_an_inquorate_meeting_is_told_what_its_terms_let_it_do(room: Boardroom) -> None:
    room.held(police=Presence.APOLOGIES)
    row = decided(room)
    manager = as_(room.house.manager)
    page = read(manager, f"/decisions/{row.record.reference}/seal")
    assert "Without a quorum" in page
    assert "Agreements become recommendations to the partners" in page
    assert "a recommendation to Heath council, Heath health and Heath police" in page
    assert "The chair may go on where a child would be at risk" in page
    post(manager, f"/decisions/{row.record.reference}/seal", seen_version=row.record.version,
         effect="recommend to the partners", discretion="")  # fmt: skip
    row.refresh_from_db()
    assert row.state == State.RECOMMENDATION


def test_a_meeting_that_lacked_its_quorum_says_so_and_what_that_means(room: Boardroom) -> None:
    room.held(police=Presence.APOLOGIES)
    member = as_(room.house.member)
    page = read(member, at(room))
    assert "lacking police." in page
    assert "What is agreed is a recommendation to the partners." in page
    assert "Not quorate" in read(member, at(room, "/minutes"))


def test_the_roll_begins_with_what_was_answered(room: Boardroom) -> None:
    place = room.place(room.house.health)
    operations.answer(LOADER, place=place, answer=Presence.DEPUTY, stands_for="Dee Puty")
    manager = as_(room.house.manager)
    assert "Record everybody’s attendance" in read(manager, at(room, "/attendance"))
    page = read(manager, at(room, "/attendance/all"))
    assert "By deputy: Dee Puty" in page
    read(as_(room.house.member), at(room, "/attendance/all"), 403)
    names = {f"place-{row.pk}": "" for row in room.now().places.all()}
    refused = post(manager, at(room, "/attendance/all"), 422, seen_version="", **names)
    assert "already" in refused.content.decode()
    typed = {**names, f"place-{place.pk}": "by deputy"}
    post(manager, at(room, "/attendance/all"), seen_version="", **typed)
    place.refresh_from_db()
    assert (place.presence, place.stands_for) == (Presence.DEPUTY, "Dee Puty")


def test_nobody_is_marked_at_a_meeting_that_is_still_to_come(room: Boardroom) -> None:
    operations.rearrange(
        LOADER,
        meeting=room.now(),
        starts_at=moment(10, day=DAY + timedelta(days=7)),
        ends_at=moment(12, day=DAY + timedelta(days=7)),
        place="Town hall",
        join="",
        reason="Half term",
    )
    page = read(as_(room.house.manager), at(room, "/attendance"))
    assert "Record attendance" not in page
    assert "Record everybody’s attendance" not in page
    assert "Not held yet" in page


def test_what_has_no_day_yet_stands_behind_what_has_one(room: Boardroom) -> None:
    times = {"starts_at": moment(10), "ends_at": moment(11)}
    other = operations.call(LOADER, body=room.body, title="Some day", **times)
    undated = {"day": None, "date": "", "starts_at": None, "ends_at": None}
    with behind_the_wall():
        Meeting.objects.filter(pk=other.pk).update(**undated)
    page = read(as_(room.house.member), "/meetings")
    assert page.index(room.meeting.record.reference) < page.index("Some day")


def test_my_work_leads_to_the_shortest_form_and_to_the_account(room: Boardroom) -> None:
    health = as_(room.house.health)
    place = room.place(room.house.health)
    page = read(health, "/")
    assert f"{at(room)}/answer/{place.pk}" in page
    account = f"/agencies/{room.agencies['health'].record.reference}/account"
    assert account in page
    read(health, account)


def test_an_agenda_says_how_far_the_papers_of_each_item_are(room: Boardroom) -> None:
    late, ready = room.item("The budget"), room.item("Methods")
    room.item("Welcome")
    operations.want(LOADER, line=late, title="Budget report")
    paper = operations.want(LOADER, line=ready, title="On methods")
    cover = Cover("On methods", purposes=[Status.INFORMATION], parts={"summary": "Here"})
    operations.write(LOADER, paper=paper, cover=cover)
    operations.clear(LOADER, paper=Paper.objects.get(pk=paper.pk))
    rows = read(as_(room.house.member), at(room)).split("<tr")
    stands = {"The budget": "Paper asked for", "Methods": "Paper in", "Welcome": "No paper"}
    for title, words in stands.items():
        assert words in next(row for row in rows if title in row)


def test_a_director_confirms_on_her_phone_and_nobody_for_her(room: Boardroom) -> None:
    room.held()
    row = operations.seal(LOADER, resolution=decided(room))
    voice = row.voices.get(seat=room.house.council.seat)
    address = f"/decisions/{row.record.reference}/voices/{voice.pk}/confirm"
    read(as_(room.house.health), address, 404)
    council = as_(room.house.council)
    assert "Confirm" in read(council, "/")
    post(council, address)
    voice.refresh_from_db()
    assert voice.confirmed_by == "Colin Council"


def test_the_account_of_an_agency_is_one_page(room: Boardroom) -> None:
    room.held()
    operations.seal(LOADER, resolution=decided(room))
    address = f"/agencies/{room.agencies['health'].record.reference}/account"
    health = as_(room.house.health)
    assert "1 decision on 1 board" in read(health, address)
    assert "Nothing was committed" in read(health, f"{address}?year=2018")


def test_a_disagreement_climbs_and_is_settled(room: Boardroom) -> None:
    row = disputed(room)
    address = f"/disagreements/{row.record.reference}"
    manager, police = as_(room.house.manager), as_(room.police)
    assert "Agree to settle" in read(police, address)
    told(post(manager, f"{address}/climb", 422, seen_version=row.record.version, text=""), 422)
    fresh = Dispute.objects.select_related("record").get()
    post(manager, f"{address}/climb", seen_version=fresh.record.version, text="Two meetings")
    scrutineer = as_(room.scrutineer)
    post(scrutineer, f"{address}/tell", text="Look at what others pay")
    assert "Advice" in read(manager, address)
    read(scrutineer, f"{address}/climb", 403)
    for browser, sitter in ((police, room.police), (as_(room.house.council), room.house.council)):
        position = row.positions.get(seat=sitter.seat)
        post(browser, f"{address}/agree/{position.pk}")
    fresh = Dispute.objects.select_related("record").get()
    post(manager, f"{address}/settle", seen_version=fresh.record.version, text="A flat sum")
    assert "A flat sum" in read(police, address)


def test_a_letter_is_registered_and_answered(room: Boardroom) -> None:
    manager = as_(room.house.manager)
    risk = room.house.risk()
    typed = {"incoming": "in", "party": "coroner", "who": "The coroner", "subject": "Terms",
             "their_reference": "", "signed_by": "", **day("dated", DAY),
             **day("reply_due", DAY + timedelta(days=14))}  # fmt: skip
    post(manager, f"/records/{risk.reference}/letters/new", **typed)
    page = read(manager, "/letters")
    assert "1 letter to answer" in page
    letter = Letter.objects.get()
    answer = ("who", "subject", "their_reference")
    out = {name: typed[name] for name in answer} | {"signed_by": "The chair", **day("dated", DAY)}
    post(manager, f"/letters/{letter.pk}/answer", **out)
    assert "No letter waits" in read(manager, "/letters")
    read(as_(room.house.member), f"/records/{risk.reference}/letters/new", 403)


def test_a_list_costs_the_same_however_long(room: Boardroom) -> None:
    manager = as_(room.house.manager)
    room.item("First")
    few = {address: queries(manager, address) for address in (at(room), at(room, "/agenda"))}
    for number in range(12):
        room.item(f"Item {number}")
    for address, asked in few.items():
        assert queries(manager, address) == asked


def test_a_meeting_that_is_off_says_why_and_moves_no_more(room: Boardroom) -> None:
    manager = as_(room.house.manager)
    post(manager, at(room, "/cancel"), seen_version=room.now().record.version, reason="Snow")
    page = read(manager, at(room))
    assert "Snow" in page
    assert room.now().stage == Stage.CANCELLED
    refused = post(manager, at(room, "/move/hold"), 422, seen_version=room.now().record.version)
    assert "cancelled" in refused.content.decode()
