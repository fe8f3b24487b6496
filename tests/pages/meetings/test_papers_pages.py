"""Papers as each person sees them: before many bodies, with what came back."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.meetings import operations
from concordat.domain.governance.meetings.models import Feedback, Meeting, Pack, Paper, Presentation
from concordat.domain.governance.meetings.operations.binding import _bind
from concordat.domain.governance.meetings.operations.papers import Cover
from concordat.domain.governance.meetings.rules.papers import Status
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.meetings.boardroom import Boardroom, at, seat_row
from tests.pages.people.browsing import day
from tests.pages.seats.looking import post, read, told
from tests.pages.signed_in import as_


def written(room: Boardroom, **held: Sensitivity) -> Paper:
    line = room.item("The update", lead=seat_row(room.house.member), **held)
    paper = operations.want(LOADER, line=line, title="Update of the partnership")
    cover = Cover("Update of the partnership", purposes=[Status.INFORMATION], asks=["Note it"])
    return operations.write(LOADER, paper=paper, cover=cover)


def whole(paper: Paper) -> str:
    return f"/papers/{paper.pk}"


def before(paper: Paper) -> str:
    row = Presentation.objects.filter(paper=paper).order_by("pk").first()
    assert row is not None
    return f"{whole(paper)}/before/{row.pk}"


def quality_group(room: Boardroom) -> Meeting:
    made = seats.set_down(
        LOADER, partnership=room.here, kind="bodies", key="quality-group",
        values={"name": "Quality group", "kind": "sub-group"},
    )  # fmt: skip
    body = Body.objects.select_related("record", "partnership").get(pk=made.pk)
    operations.settle_ways(LOADER, body=body, values={"cover": "short"})
    later = DAY + timedelta(days=14)
    return operations.call(
        LOADER, body=body, starts_at=at(10, day=later), ends_at=at(11, day=later)
    )


def test_a_member_reads_papers_and_changes_nothing(room: Boardroom) -> None:
    paper = written(room)
    member = as_(room.house.health)
    assert "Update of the partnership" in read(member, "/papers")
    page = read(member, whole(paper))
    assert "Executive" in page
    assert "asks for something" in page, "information that asks is warned of"
    assert "Put it before a body" not in page
    for tail in ("/cover", "/feedback/ask"):
        read(member, before(paper) + tail, 403)
    read(member, f"{whole(paper)}/before/new", 404)


def test_what_is_held_closely_is_on_no_list_of_others(room: Boardroom) -> None:
    paper = written(room, sensitivity=Sensitivity.RESTRICTED)
    outsider = as_(room.house.outsider)
    assert "Update of the partnership" not in read(outsider, "/papers")
    read(outsider, whole(paper), 404)
    read(outsider, before(paper), 404)
    assert "Update of the partnership" in read(as_(room.house.manager), "/papers")


def test_the_secretariat_puts_it_before_another_body(room: Boardroom) -> None:
    paper, meeting = written(room), quality_group(room)
    manager = as_(room.house.manager)
    address = f"{whole(paper)}/before/new"
    read(manager, address)
    typed = {"meeting": meeting.record.reference, "purpose": "advise", "minutes": "10",
             "requested_by": "", "asks": "Say what is missing"}  # fmt: skip
    refused = told(post(manager, address, 422, **{**typed, "minutes": "0"}), 422)
    assert "Say what is missing" in refused
    post(manager, address, **typed, purposes=["feedback requested"])
    row = Presentation.objects.get(line__meeting=meeting)
    page = read(manager, f"{whole(paper)}/before/{row.pk}")
    assert "Short cover" in page
    assert "Say what is missing" in page
    assert "12 April 2019" in read(manager, whole(paper))


def test_a_cover_for_one_body_that_lacks_something_says_what(room: Boardroom) -> None:
    paper = written(room)
    lead = as_(room.house.member)
    address = before(paper)
    read(lead, f"{address}/cover")
    post(lead, f"{address}/cover", purposes=["decision required"], requested_by="",
         asks="Agree it", cover="decision")  # fmt: skip
    page = read(lead, address)
    assert "The cover is not whole yet" in page
    assert "Equalities" in page


def test_feedback_goes_round_from_asking_to_the_last_answer(room: Boardroom) -> None:
    paper = written(room)
    lead, health = as_(room.house.member), as_(room.house.health)
    address = before(paper)
    read(lead, f"{address}/feedback/ask")
    post(lead, f"{address}/feedback/ask", **day("due", DAY + timedelta(days=5)))
    read(health, f"{address}/feedback/new")
    empty = told(post(health, f"{address}/feedback/new", 422, points=" - ", who=""), 422)
    assert "at least one point" in empty
    post(health, f"{address}/feedback/new", points="- Who pays?\n- By when?", who="")
    assert "2 points came back, 2 points still to answer." in read(lead, address)
    answer = f"{address}/feedback/1"
    read(lead, answer)
    refused = told(post(lead, answer, 422, response="not accepted", answer=""), 422)
    assert "Say why" in refused
    post(lead, answer, response="accepted", answer="")
    post(lead, f"{address}/feedback/2", response="noted", answer="In May")
    page = read(health, whole(paper))
    assert "In May" in page
    assert "all answered" in page
    assert Feedback.objects.exclude(response="").count() == 2
    read(health, answer, 403)
    read(lead, f"{address}/feedback/9", 404)


def test_two_answers_to_one_point_show_both(room: Boardroom) -> None:
    paper = written(room)
    row = Presentation.objects.get(paper=paper)
    operations.give_feedback(LOADER, presentation=row, points=["Who pays?"])
    lead = as_(room.house.member)
    address = f"{before(paper)}/feedback/1"
    post(lead, address, response="noted", answer="Thirds", seen_version="0")
    conflict = told(
        post(lead, address, 409, response="noted", answer="Flat", seen_version="0"), 409
    )
    assert "Thirds" in conflict
    assert "Flat" in conflict


def test_the_cover_form_asks_plainly_whether_something_needs_telling(room: Boardroom) -> None:
    paper = written(room)
    lead = as_(room.house.member)
    assert paper.item is not None
    address = (
        f"/meetings/{room.meeting.record.reference}/items/{paper.item.record.reference}"
        f"/papers/{paper.pk}/write"
    )
    typed = {"title": "Update", "author": "", "presented_by": "", "requested_by": "",
             "asks": "", "to_tell": "", "version": "", "appendices": "", "summary": ""}  # fmt: skip
    post(lead, address, purposes=["information"], tells="yes", **{**typed, "to_tell": "Schools"})
    paper.refresh_from_db()
    assert paper.decision_to_tell == "Schools"
    assert 'value="Schools"' in read(lead, address)
    post(lead, address, purposes=["information"], tells="no", **typed)
    paper.refresh_from_db()
    assert paper.decision_to_tell == "No"


def test_a_pack_is_read_on_screen_as_it_was_sent(room: Boardroom) -> None:
    room.item("The budget")
    operations.move_on(LOADER, meeting=room.now(), verb="open the agenda")
    operations.send_pack(LOADER, meeting=room.now())
    pack = Pack.objects.get()
    manager = as_(room.house.manager)
    address = f"/meetings/{room.meeting.record.reference}"
    read(manager, f"{address}/packs/{pack.pk}/page", 404)
    _bind.func(pack.pk, DAY.isoformat())
    page = read(manager, f"{address}/packs/{pack.pk}/page")
    assert "What is in it" in page
    assert "1. The budget" in page
    assert "Read on screen" in read(manager, f"{address}/pack")
    read(as_(room.house.outsider), f"{address}/packs/{pack.pk}/page", 404)


def test_a_deputy_takes_the_whole_brief_of_the_agency_along(room: Boardroom) -> None:
    line = room.item("The budget")
    health = room.house.health
    operations.brief(
        health.actor, line=line, seat=seat_row(health), our_line="Equal thirds", limit="5,000"
    )
    address = f"/meetings/{room.meeting.record.reference}/briefing"
    page = read(as_(health), address)
    assert "Equal thirds" in page
    assert "Not told yet" in page
    assert "Equal thirds" not in read(as_(room.house.council), address)
    read(as_(room.house.manager), address, 404)


def test_the_text_of_a_paper_is_added_and_replaced_as_a_file(room: Boardroom) -> None:
    paper = written(room)
    meeting, item = room.meeting.record.reference, paper.item.record.reference
    manager = as_(room.house.manager)
    address = f"/meetings/{meeting}/items/{item}/papers/{paper.pk}/text"
    document = None
    for words in ("first words", "second words"):
        file = SimpleUploadedFile("report.txt", f"The {words}.\n".encode(), "text/plain")
        version = document.record.version if document else ""
        post(manager, address, file=file, note="As agreed", seen_version=version)
        document = Paper.objects.get(pk=paper.pk).document
        assert document is not None
    assert [row.note for row in document.versions.order_by("number")] == ["As agreed"] * 2
