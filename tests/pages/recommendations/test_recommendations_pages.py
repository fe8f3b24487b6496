"""Recommendations as people read, frame, decide, show and close them."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from concordat.craft import excel
from concordat.domain.base.recommendations import operations
from concordat.domain.base.recommendations.models import Caseload, Recommendation, Same, Shown
from concordat.domain.base.recommendations.operations import Came
from concordat.domain.base.recommendations.rules import Stage
from concordat.domain.base.records.models import Record
from concordat.domain.base.seats.models import Post
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY
from tests.operations.recommendations.examples import TITLE, Desk, again, stage, version
from tests.pages.people.browsing import day, form
from tests.pages.seats.looking import post, read, told
from tests.pages.signed_in import as_

ONE = "/recommendations/HERE-RC-0001"


def _draft_of(desk: Desk, **more: object) -> dict[str, object]:
    return {
        "partnership": desk.house.here.reference,
        "from_kind": "audit",
        "from_title": "Audit of transfers",
        "title": TITLE,
        "nature": "",
        **more,
    }


def test_a_sheet_is_brought_in_whole_or_with_every_fault_told(desk: Desk) -> None:
    chair, member = as_(desk.house.chair), as_(desk.house.member)
    assert member.get("/recommendations/bring").status_code == 403
    assert member.get("/recommendations/bring/sheet").status_code == 403
    page = read(chair, "/recommendations/bring")
    assert "Which columns it has" in page
    sheet = chair.get("/recommendations/bring/sheet").content
    home = {"partnership": desk.house.here.reference}
    bad = SimpleUploadedFile("told.csv", sheet.replace(b"system", b"solar system"))
    page = told(chair.post("/recommendations/bring", form(**home) | {"file": bad}), 422)
    assert "told.csv, line 2, column J (Level): “solar system” is none of them." in page
    assert not Recommendation.objects.exists()
    good = SimpleUploadedFile("told.csv", sheet)
    post(chair, "/recommendations/bring", **home, file=good)
    row = Recommendation.objects.get()
    assert (row.made_on, row.level) == ("2018-03", "system")
    assert "1 recommendation brought in" in read(chair, "/recommendations")
    book = chair.get("/recommendations.xlsx?due_by-day=1").content
    (found,) = excel.read(book)
    assert len(found.rows) == 2


def test_the_list_is_filtered_by_addressee_and_due_day_and_the_workbook_follows(
    desk: Desk,
) -> None:
    desk.accepted(title="Sooner", outside="A ministry")
    desk.accepted(title="Later", due=date(2020, 1, 1), seat=desk.house.member.seat)
    manager = as_(desk.house.manager)
    due = "due_by-day=30&due_by-month=6&due_by-year=2019"
    seat = f"seat={desk.house.member.seat.pk}"
    for query, kept, gone in (
        (due, "Sooner", "Later"), (seat, "Later", "Sooner"), ("outside=minis", "Sooner", "Later"),
    ):  # fmt: skip
        page = read(manager, f"/recommendations?{query}").partition("<main")[2]
        assert kept in page
        assert f">{gone}<" not in page
        (found,) = excel.read(manager.get(f"/recommendations.xlsx?{query}").content)
        assert [line[1] for line in found.rows[1:]] == [kept]


def test_a_list_with_nothing_in_it(desk: Desk) -> None:
    page = read(as_(desk.house.manager), "/recommendations")
    assert "Nothing is open." in page
    assert "No recommendation is on file yet" in page
    assert "Draft a recommendation" in page
    assert "Draft a recommendation" not in read(as_(desk.house.member), "/recommendations")


def test_a_draft_is_set_down_and_leads_to_what_was_told_before(desk: Desk) -> None:
    desk.draft()
    browser = as_(desk.house.manager)
    page = told(browser.post("/recommendations/draft", form(title="", from_kind="")), 422)
    assert "Error: " in page
    answer = post(browser, "/recommendations/draft", **_draft_of(desk))
    assert answer.url == "/recommendations/HERE-RC-0002/told-before"
    page = read(browser, answer.url)
    assert "Old serious case review, 2014 (Invented)" in page
    assert "Say that it is the same" in page
    assert browser.get("/recommendations/draft?from=HERE-RC-0001").status_code == 200
    assert as_(desk.house.member).get("/recommendations/draft").status_code == 403


def test_a_draft_is_worked_checked_put_and_accepted(desk: Desk) -> None:
    row = desk.draft()
    manager = as_(desk.house.manager)
    seen = version(row)
    post(manager, f"{ONE}/send", to=desk.group.record.reference, seen_version=seen)
    worker = as_(desk.worker)
    page = read(worker, ONE)
    assert "Is an addressee named who can do it?" in page
    assert "Put it before a board" not in page
    answer = worker.post(
        f"{ONE}/check/addressee", form(answer="yes", reason="Yes", seen_version=version(row))
    )
    assert "No addressee is named" in told(answer, 422)
    for point in ("addressee", "change", "measure", "before", "nature"):
        seen = version(row)
        post(worker, f"{ONE}/check/{point}", answer="no", reason="Seen", seen_version=seen)
    assert worker.get(f"{ONE}/check/nothing").status_code == 404
    assert worker.get(f"{ONE}/put").status_code == 403
    board = desk.house.board.record.reference
    post(as_(desk.leader), f"{ONE}/put", before=board, seen_version=version(row))
    chair = as_(desk.house.chair)
    told(chair.post(f"{ONE}/accept", form(reasons="", seen_version=version(row))), 422)
    post(
        chair,
        f"{ONE}/accept",
        reasons="It is owed",
        owner=desk.post.pk,
        seen_version=version(row),
    )
    page = read(chair, ONE)
    assert "It is owed" in page
    assert "Hetty Health" in page
    assert stage(row) is Stage.ACCEPTED


def test_two_at_once_are_shown_both_texts(desk: Desk) -> None:
    row = desk.accepted()
    seen = version(row)
    operations.update(desk.owner, recommendation=row, words="Theirs")
    answer = as_(desk.house.health).post(f"{ONE}/update", form(words="Mine", seen_version=seen))
    page = told(answer, 409)
    assert "Theirs" in page
    assert "Mine" in page
    assert again(row).last_word == "Theirs"


def test_what_was_typed_is_kept_where_somebody_moved_it_first(desk: Desk) -> None:
    """Withdrawn, given to somebody else, or sent back while it was typed."""
    row, given = desk.accepted(), desk.accepted(title="Another")
    worked, owner = desk.worked(title="A third"), as_(desk.house.health)
    typed = form(
        done="Typed at length", statement="Said", place="Page 3", seen_version=version(row)
    )
    operations.withdraw(desk.chair, recommendation=row, reason="Enough")
    page = told(owner.post(f"{ONE}/done", typed), 409)
    assert "Typed at length" in page
    at = f"/recommendations/{given.record.reference}/update"
    typed = form(words="Typed in one line", seen_version=version(given))
    chair = Post.objects.get(partnership=desk.house.here, key=desk.house.chair.seat.key)
    operations.own(desk.chair, recommendation=given, owner=chair, reason="Theirs")
    page = told(owner.post(at, typed), 422)
    assert "Typed in one line" in page
    assert "Only its owner" in page
    assert owner.get(at).status_code == 403
    at = f"/recommendations/{worked.record.reference}/check/change"
    typed = form(answer="yes", reason="Typed for the board", seen_version=version(worked))
    worker = as_(desk.worker)
    operations.send_back(desk.leader.actor, recommendation=worked, reason="Anew")
    assert "Typed for the board" in told(worker.post(at, typed), 422)
    assert worker.get(at).status_code == 403


def test_what_is_done_is_shown_judged_measured_and_closed(desk: Desk) -> None:
    row = desk.accepted()
    owner, chair = as_(desk.house.health), as_(desk.house.chair)
    page = told(owner.post(f"{ONE}/done", form(done="Agreed", seen_version=version(row))), 422)
    assert "Nothing shows it yet" in page
    assert "Agreed" in page
    post(
        owner,
        f"{ONE}/done",
        done="Agreed",
        statement="The protocol",
        place="Page 3",
        seen_version=version(row),
    )
    assert owner.get(f"{ONE}/adequate").status_code == 403
    post(chair, f"{ONE}/adequate", reason="It holds", seen_version=version(row))
    bad = {"when": "measured before", "unit": "per cent", "source": "Log", "value": "many"}
    bad |= day("on", date(2019, 3, 1))
    page = told(owner.post(f"{ONE}/value", form(**bad, seen_version=version(row))), 422)
    assert "is not a number" in page
    for when, value, on in (("before", "41", date(2019, 3, 1)), ("after", "88.50", DAY)):
        told_ = bad | {"when": f"measured {when}", "value": value, **day("on", on)}
        post(owner, f"{ONE}/value", **told_, seen_version=version(row))
    post(
        owner,
        f"{ONE}/voice",
        who="children said",
        words="They knew my name",
        source="Youth panel",
        seen_version=version(row),
        **day("on", date(2019, 3, 1)),
    )
    post(chair, f"{ONE}/close", effect="better", why="It doubled", seen_version=version(row))
    page = read(chair, ONE)
    assert "41 per cent on 1 March 2019, 88.5 per cent on 29 March 2019." in page
    assert "They knew my name" in page
    assert "It doubled" in page
    assert Shown.objects.filter(recommendation=row).count() == 4


def test_what_nobody_owns_says_so_until_it_is_given(desk: Desk) -> None:
    row = desk.accepted(owner=None)
    browser = as_(desk.house.manager)
    assert "Nobody owns this" in read(browser, ONE)
    assert "No owner" in read(browser, "/recommendations?wanting=no+owner")
    post(
        browser,
        f"{ONE}/own",
        owner=desk.post.pk,
        reason="They run it",
        seen_version=version(row),
    )
    assert "Nobody owns this" not in read(browser, ONE)
    assert "No recommendations match" in read(browser, "/recommendations?wanting=no+owner") or (
        "No owner" not in read(browser, "/recommendations?wanting=no+owner").split("<table")[-1]
    )


def test_a_person_says_that_two_are_the_same(desk: Desk) -> None:
    row, other = desk.draft(), desk.draft(title="Tell the other borough of a family that moves")
    browser = as_(desk.house.manager)
    at = f"{ONE}/same/{other.record.reference}"
    assert "Words that both say" in read(browser, at)
    post(browser, at, why="", seen_version=version(row))
    assert "Told 2 times" in read(browser, ONE)
    page = read(browser, "/recommendations/before")
    assert "1 thing was told to us more than once." in page
    page = read(browser, "/recommendations/before?q=families+moving+between+boroughs")
    assert other.title in page
    apart = f"{ONE}/apart/{other.record.reference}"
    told(browser.post(apart, form(why="", seen_version=version(row))), 422)
    post(browser, apart, why="Another child", seen_version=version(row))
    assert not Same.objects.exists()
    assert "Told 2 times" not in read(browser, ONE)


def test_a_body_sees_its_caseload_and_the_number_that_calls_for_a_meeting(desk: Desk) -> None:
    desk.worked()
    at = f"/recommendations/bodies/{desk.group.record.reference}"
    leader = as_(desk.leader)
    assert "1 draft waits for Recommendations and Oversight." in read(leader, at)
    assert as_(desk.worker).get(f"{at}/caseload").status_code == 403
    seen = Record.objects.get(pk=desk.group.pk).version
    told(leader.post(f"{at}/caseload", form(at_least="0", reason="R", seen_version=seen)), 422)
    post(leader, f"{at}/caseload", at_least="1", reason="Agreed in March", seen_version=seen)
    page = read(leader, at)
    assert "The caseload has reached 1: a meeting is due." in page
    assert "A meeting is due" in read(leader, "/recommendations/bodies")
    answer = leader.post(f"{at}/caseload", form(at_least="2", reason="Mine", seen_version=seen))
    assert "Agreed in March" in told(answer, 409)
    assert Caseload.objects.get().at_least == 1


def test_an_agency_has_a_page_of_what_is_addressed_to_it(desk: Desk) -> None:
    desk.accepted(agency=desk.health)
    page = read(as_(desk.house.health), f"/recommendations/agencies/{desk.health.record.reference}")
    assert TITLE in page
    assert "1 open." in page


def test_what_came_from_a_record_stands_on_its_page(desk: Desk) -> None:
    source = desk.house.risk()
    desk.draft(came=Came(record=source))
    page = read(as_(desk.house.manager), f"/records/{source.reference}/recommendations")
    assert TITLE in page
    assert "Draft a recommendation" in page


def test_an_outsider_finds_nothing_and_a_member_not_what_is_held_closely(desk: Desk) -> None:
    desk.draft()
    closely = desk.draft(
        by=desk.chair, came=Came(title="Heron (Invented)", sensitivity=Sensitivity.RESTRICTED)
    )
    outsider = as_(desk.house.outsider)
    for at in (ONE, f"{ONE}/told-before", f"{ONE}/update", "/recommendations/HERE-RC-0404"):
        assert outsider.get(at).status_code == 404
    body = desk.group.record.reference
    assert outsider.get(f"/recommendations/bodies/{body}").status_code == 404
    assert TITLE not in read(outsider, "/recommendations")
    assert TITLE not in read(outsider, "/recommendations/before?q=families+boroughs+share")
    member = as_(desk.house.member)
    assert member.get(f"/recommendations/{closely.record.reference}").status_code == 403
    assert "Heron" not in read(member, "/recommendations")
    assert Recommendation.objects.count() == 2
