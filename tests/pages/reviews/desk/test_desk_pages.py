"""A local review as people begin it, work on it, clear it and read it."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from concordat.craft import files
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.records.models import Look
from concordat.domain.practice.chronologies.operations.setting import Terms, open_chronology
from concordat.domain.practice.reviews import operations, queries
from concordat.domain.practice.reviews.models import (
    Clearing,
    Entry,
    GroupCase,
    PublishedReview,
    Review,
)
from concordat.domain.practice.reviews.operations import referrals
from concordat.domain.practice.reviews.rules import methods
from tests.operations.mail.cast import DAY, LOADER, Sitter
from tests.operations.reviews.desk.examples import (
    LATE,
    NAME,
    Studio,
    agreed,
    cleared,
    copies_go_out,
    everybody_signs,
    in_clearance,
    report,
    reviewer,
    sign,
)
from tests.pages.people.browsing import client, day, form
from tests.pages.seats.looking import post, read, told
from tests.pages.signed_in import as_

ONE = "/reviews/HERE-RR-0001"


def _seen(studio: Studio) -> int:
    return studio.row().record.version


def test_a_review_is_begun_and_its_method_is_chosen_with_reasons(studio: Studio) -> None:
    house = studio.nest.house
    browser = as_(house.manager)
    page = told(browser.post("/reviews/begin", form(title="")), 422)
    assert "Error: " in page
    answer = post(
        browser, "/reviews/begin", partnership="HERE", title="Wren", why="C3",
        group=house.board.record.reference, statutory="no", old_rules="no",
        children=[studio.nest.child.record.reference], partners=["THERE"],
        **day("decided_on", DAY),
    )  # fmt: skip
    made = Review.objects.get(record__title="Wren")
    assert answer.url == f"/reviews/{made.record.reference}/method/choose"
    page = read(browser, f"{answer.url}?statutory=yes&proceedings=trial&practitioners=some")
    assert page.index("A mix chosen for the case") < page.index("Learning review below")
    assert "Cannot be done so" in page
    post(browser, answer.url, method="hybrid", why="A trial runs", seen_version=made.record.version)
    page = read(browser, f"/reviews/{made.record.reference}/method")
    assert "A trial runs" in page
    assert "not verified" in page
    assert as_(house.member).get("/reviews/begin").status_code == 403


def test_whoever_is_not_named_finds_nothing(studio: Studio) -> None:
    browser = as_(studio.theirs)
    for page in ("", "/terms", "/people", "/clearance", "/stop", "/draft"):
        assert browser.get(f"{ONE}{page}").status_code == 404
    assert "There is no review that you may open." in read(browser, "/reviews")


def test_a_statutory_review_is_stopped_with_the_decision_of_a_body(studio: Studio) -> None:
    house = studio.nest.house
    browser, at = as_(house.manager), f"{ONE}/stop"
    assert "Which body decided?" in read(browser, at)
    sent = form(reason="The criteria fell away", seen_version=_seen(studio))
    answer = browser.post(at, sent)
    assert answer.status_code == 422
    assert "only by a decision of its partners" in answer.content.decode()
    sent |= {"body": house.board.record.reference} | day("on", DAY)
    assert browser.post(at, sent).status_code == 302
    assert f"{house.board.name} decided this on" in read(browser, ONE)


def test_the_improvements_take_the_place_of_a_report_that_is_kept_back(studio: Studio) -> None:
    row = in_clearance(studio)
    browser, at = as_(studio.nest.house.manager), f"{ONE}/instead"
    assert "Publish the improvements instead" not in read(browser, f"{ONE}/drafts")
    operations.take_back(studio.manager, review=row, reason="The family objects")
    assert "Publish the improvements instead" in read(browser, f"{ONE}/drafts")
    sent = form(seen_version=_seen(studio), reason="They could be made out")
    assert "They could be made out" in told(browser.post(at, sent), 422), "kept as typed"
    file = report("Handovers are written down")
    answer = browser.post(at, sent | {"file": SimpleUploadedFile(file.name, file.data)})
    assert answer.status_code == 302
    page = read(browser, f"{ONE}/drafts")
    assert "They could be made out" in page
    assert "the report, kept back" in page
    assert "Publish the report after all" in page
    sent = form(seen_version=_seen(studio), reason="The family agrees")
    assert browser.post(f"{ONE}/after-all", sent).status_code == 302
    assert "kept back" not in read(browser, f"{ONE}/drafts")


def test_a_review_is_put_before_the_group_that_serves_its_partnership(studio: Studio) -> None:
    house = studio.nest.house
    browser, at = as_(house.manager), f"{ONE}/group"
    assert "Put it before the group" not in read(browser, f"{ONE}/learning")
    sent = form(why="The same gap as elsewhere", seen_version=_seen(studio))
    assert "No group has the cases" in told(browser.post(at, sent), 422)
    referrals.set_group(
        LOADER, partnership=house.here, group=house.board.record, source="Minutes of March"
    )
    assert "Put it before the group" in read(browser, f"{ONE}/learning")
    assert browser.post(at, sent).status_code == 302
    page = read(browser, f"{ONE}/learning")
    assert f"{house.board.name} has it on its caseload" in page
    assert "Put it before the group" not in page
    caseload = read(browser, f"/learning/caseloads/{house.board.record.reference}")
    assert f'href="{ONE}">HERE-RR-0001</a>' in caseload
    assert "The same gap as elsewhere" in caseload
    (case,) = GroupCase.objects.all()
    off = f"/learning/caseloads/{house.board.record.reference}/cases/{case.pk}/off"
    assert browser.post(off, form(reason="")).status_code == 422
    assert browser.post(off, form(reason="A joint event was held")).status_code == 302
    assert "No review is before the group" in read(
        browser, f"/learning/caseloads/{house.board.record.reference}"
    )


def test_a_seat_finds_its_own_part_alone(studio: Studio) -> None:
    in_clearance(studio)
    rows = list(Clearing.objects.order_by("pk"))
    for row in rows[:5]:
        sign(studio, row)
    browser = as_(studio.theirs)
    asked = Ask.objects.get(seat=studio.theirs.seat, errand="sign", cleared_on=None)
    page = read(browser, f"/reviews/{asked.record.reference}")
    assert "Your part in a review" in page
    assert f"HERE-RR-0001 · Your part: {asked.record.reference}" in page
    listed = read(browser, "/reviews")
    assert f'href="/reviews/{asked.record.reference}">HERE-RR-0001</a>' in listed
    assert f"{asked.record.reference} Your part in review HERE-RR-0001" in read(browser, "/")
    assert "Sign this step" in page
    assert browser.get(ONE).status_code == 404
    at = f"{ONE}/clearing/{rows[5].pk}/clear"
    page = read(browser, at)
    text = page.split('name="text" value="')[1].split('"')[0]
    answer = post(browser, at, text=text, words="", seen_version=_seen(studio))
    assert answer.url == f"/reviews/{asked.record.reference}"
    assert Clearing.objects.get(pk=rows[5].pk).text == text


def test_those_who_check_it_are_shown_the_very_page_and_pdf(studio: Studio) -> None:
    in_clearance(studio)
    house = studio.nest.house
    outside = as_(house.outsider)
    for page in ("preview", "preview/pdf"):
        assert outside.get(f"{ONE}/{page}").status_code == 404
    everybody_signs(studio)
    copies_go_out(studio)
    _, check = operations.ask_check(
        studio.manager, review=studio.row(), seats=[house.member.seat, studio.theirs.seat]
    )
    browser = as_(studio.theirs)
    for page in (f"{ONE}/check/{check.pk}/check", f"{ONE}/preview"):
        assert "The household moved twice" in read(browser, page)
        assert "This very page and this PDF are published." in read(browser, page)
    part = queries.part_of(studio.theirs.actor, studio.row())
    assert part
    assert Look.objects.filter(record=part.pk, person=studio.theirs.person.pk).count() >= 1
    made = browser.get(f"{ONE}/preview/pdf").content
    assert files.digest_of(made) == check.pdf
    assert browser.get(ONE).status_code == 404


def test_a_name_stops_publication_on_its_page_and_mended_it_is_public(studio: Studio) -> None:
    in_clearance(studio, footnote=f"As {NAME} said")
    cleared(studio)
    browser = as_(studio.nest.house.manager)
    page = told(browser.post(f"{ONE}/publish", form(seen_version=_seen(studio), reason=LATE)), 422)
    assert "A footnote or endnote: the name of Heron." in page
    assert NAME not in page
    file = SimpleUploadedFile("report.docx", report(footnote="As they said").data)
    post(browser, f"{ONE}/draft", file=file, note="A name is out", seen_version=_seen(studio))
    assert "Void: the file was changed" in read(browser, f"{ONE}/clearance")
    cleared(studio)
    post(browser, f"{ONE}/publish", seen_version=_seen(studio), reason=LATE)
    page = read(client(), "/public/here/reviews/HERE-RR-0001")
    assert "What happened" in page
    assert "As they said" in page
    assert client().get("/public/there/reviews/HERE-RR-0001").status_code == 404
    pdf = client().get("/public/here/reviews/HERE-RR-0001/pdf")
    assert pdf.content.startswith(b"%PDF")
    put = PublishedReview.objects.get()
    at = f"{ONE}/published/{put.pk}/down"
    assert "Write the notice" in told(browser.post(at, form(reason="Asked")), 422)
    post(browser, at, reason="A relative asked", notice="Ask us", seen_version=_seen(studio))
    gone = client().get("/public/here/reviews/HERE-RR-0001")
    assert gone.status_code == 410
    assert "Ask us" in gone.content.decode()
    assert client().get("/public/here/reviews/HERE-RR-0001/pdf").status_code == 404
    assert "Taken down on" in read(client(), "/public/here/reviews")


def test_planned_stands_against_actual(studio: Studio) -> None:
    browser = as_(studio.nest.house.manager)
    operations.choose_method(studio.manager, review=studio.review, method="silp", why="Fits")
    page = read(browser, f"{ONE}/method")
    assert "days late so far" in page
    assert "Not said" not in page
    first = Entry.objects.get(review=studio.review, key="scoping")
    at = f"{ONE}/entry/{first.pk}/moved"
    assert f'href="{at}">Say whose work it is<' in page
    named = {"who": "The lead reviewer", "seen_version": _seen(studio)}
    assert first.planned
    post(browser, at, **named, **day("planned", first.planned), reason="")
    again = read(browser, f"{ONE}/method")
    assert "The lead reviewer" in again
    later = first.planned + timedelta(days=7)
    named["seen_version"] = _seen(studio)
    refused = browser.post(at, form(**named, **day("planned", later), reason=""))
    assert "Say why the day is another." in refused.content.decode()
    post(
        browser, f"{ONE}/family/add", what="Hear her", who="Mother", more="By the worker",
        seen_version=_seen(studio), **day("planned", DAY + timedelta(days=3)),
    )  # fmt: skip
    assert "Hear her" in read(browser, f"{ONE}/voices")


def test_a_review_leads_to_its_chronology_and_to_what_it_comes_from(studio: Studio) -> None:
    row = open_chronology(
        studio.manager, partnership=studio.nest.house.here, about=studio.review.record,
        terms=Terms(title="Each knew a part", first=date(2018, 1, 1), last=DAY),
    )  # fmt: skip
    browser = as_(studio.nest.house.manager)
    page = read(browser, ONE)
    assert f'href="/chronologies/{row.record.reference}"' in page
    assert "There is no chronology of this review that you may open." in read(
        as_(studio.nest.house.chair), ONE
    )


def test_a_line_that_is_set_aside_says_why_and_takes_no_more(studio: Studio) -> None:
    line = operations.add_line(studio.manager, review=studio.review, question="Who knew?")
    browser = as_(studio.nest.house.manager)
    at = f"{ONE}/line/{line.pk}/set-aside"
    post(browser, at, reason="A court answers it", seen_version=_seen(studio))
    page = read(browser, f"{ONE}/findings")
    assert "A court answers it" in page
    assert at not in page


def test_a_method_tells_how_long_it_took_here(studio: Studio) -> None:
    operations.choose_method(studio.manager, review=studio.review, method="hybrid", why="Fits")
    browser = as_(studio.nest.house.manager)
    assert "5 weeks so far." in read(browser, f"{ONE}/method")
    page = read(browser, "/reviews/methods")
    for each in methods.methods():
        assert f'href="#{each.key}">{each.name}</a>' in page
        assert f'id="{each.key}"' in page
    assert "HERE-RR-0001</a>: 5 weeks so far." in page
    assert "HERE-RR-0001" not in read(as_(studio.theirs), "/reviews/methods")


def test_a_reviewer_without_a_seat_is_led_to_the_review_from_every_page(studio: Studio) -> None:
    sitter = Sitter(studio.writer, studio.nest.house.health.seat)
    browser = as_(sitter)
    assert '<a href="/cases"' not in read(browser, "/")
    reviewer(studio, until=DAY + timedelta(days=5))
    assert '<a href="/cases"' in read(browser, "/")
    assert "HERE-RR-0001" in read(browser, "/cases")


def test_a_review_says_what_comes_next_and_where_to_do_it(studio: Studio) -> None:
    browser = as_(studio.nest.house.manager)
    page = read(browser, ONE)
    assert "Before it is under way" in page
    assert f'href="{ONE}/method">Choose the method.' in page
    agreed(studio)
    page = read(browser, ONE)
    assert "Before it can go into clearance" in page
    assert f'href="{ONE}/findings">No finding is set down.' in page
    assert "Record an advance copy" not in read(browser, f"{ONE}/clearance")
