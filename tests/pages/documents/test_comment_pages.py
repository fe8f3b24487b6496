"""A draft out for comment, as authors, members and guests see it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from concordat.craft import excel, word_tables
from concordat.domain.base.documents import operations
from concordat.domain.base.documents.models import Asked, Comment, Document, Round
from concordat.domain.base.mail.models import GuestLink, Message
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Look
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.documents.drafts import CLOSES, answered, invited, letter, out, said
from tests.operations.documents.papers import added, newest, replaced
from tests.operations.mail.cast import DAY, House
from tests.pages.documents.test_documents_pages import at, read, told
from tests.pages.mail.test_guest_pages import come_in
from tests.pages.people.browsing import client, day, form
from tests.pages.signed_in import as_


@pytest.fixture
def row(house: House) -> Round:
    return out(house)


def here(row: Round, tail: str = "") -> str:
    return at(row.document, f"/comments{tail}")


def written(row: Round, **more: Any) -> dict[str, Any]:
    told = {"digest": newest(row.document).digest, "place": "4.2", "text": "Say who pays"}
    return form(**(told | more))


# --- opening


def test_before_anything_is_out(house: House) -> None:
    document = added(house)
    manager, member = as_(house.manager), as_(house.member)
    page = read(manager, at(document, "/comments"))
    assert "has not been out for comment" in page
    assert "Open it for comment" in page
    assert "Open it for comment" not in read(member, at(document, "/comments"))
    assert "is not out for comment" in read(member, at(document, "/comments/add"))
    for tail in ("/ask", "/guest", "/extend", "/remind", "/close", "/record"):
        told(manager.get(at(document, f"/comments{tail}")), 404)


def test_a_draft_goes_out_to_a_body_and_stands_in_their_work(house: House) -> None:
    document, browser = added(house), as_(house.manager)
    address = at(document, "/comments/open")
    assert "Whole bodies" in read(browser, address)
    page = told(browser.post(address, form(question="", **day("closes", DAY))), 302)
    assert not page
    assert not Asked.objects.exists()
    operations.close_comments(house.manager.actor, round=Round.objects.get())
    asked = form(
        question="Is it clear?", bodies=[house.board.pk], seats=[], **day("closes", CLOSES)
    )
    told(browser.post(address, asked), 302)
    assert Asked.objects.count() == 6
    member = as_(house.member)
    assert at(document, "/comments/add") in read(member, "/")
    page = read(member, at(document))
    assert "This is out for comment" in page
    assert "Is it clear?" in page


def test_what_is_wrong_is_told_and_what_was_chosen_is_kept(house: House) -> None:
    document = added(house)
    late = form(question="Why?", bodies=[house.board.pk], **day("closes", DAY - timedelta(1)))
    page = told(as_(house.manager).post(at(document, "/comments/open"), late), 422)
    assert "has passed" in page
    assert 'href="#id_closes' in page
    assert "Why?" in page
    assert "checked" in page
    assert not Round.objects.exists()


def test_who_may_not_send_it_out(house: House, row: Round) -> None:
    for sitter in (house.member, house.council):
        browser = as_(sitter)
        for tail in ("/open", "/ask", "/guest", "/extend", "/remind", "/close"):
            told(browser.get(here(row, tail)), 403)
            told(browser.post(here(row, tail), form()), 403)
    told(as_(house.co_ordinator).get(here(row, "/guest")), 403)


def test_who_gets_what(house: House) -> None:
    document = added(house, sensitivity=Sensitivity.RESTRICTED)
    out(house, document, seats=[])
    outsider, member, anybody = as_(house.outsider), as_(house.member), client()
    for tail in ("", "/add", "/none", "/open", "/close", "/as/word", "/1"):
        address = at(document, f"/comments{tail}")
        told(outsider.get(address), 404)
        assert "Published arrangements" not in told(member.get(address), 403)
        assert anybody.get(address).status_code == 302


def test_what_came_by_email_is_recorded_for_a_seat(house: House, row: Round) -> None:
    manager, address = as_(house.manager), here(row, "/record")
    page = read(manager, address)
    assert "By email" in page
    assert "Version 1" in page
    typed = form(
        seat=str(house.council.seat.pk),
        made_by="C. Clerk, for the council",
        came="by email",
        digest=row.version.digest,
        place="4.2",
        text="Say who pays",
        **day("made_on", DAY),
    )  # fmt: skip
    bad = told(manager.post(address, {**typed, "text": " "}), 422)
    assert "C. Clerk, for the council" in bad
    told(manager.post(address, typed), 302)
    member = as_(house.member)
    assert "It came by email. Recorded by Mary Manager" in read(member, here(row))
    for browser in (member, as_(house.council)):
        told(browser.get(address), 403)


# --- commenting


def test_a_member_comments_again_and_again(house: House, row: Round) -> None:
    browser = as_(house.member)
    page = read(browser, here(row, "/add"))
    assert "Is anything missing?" in page
    assert "12 April 2019" in page
    assert "Which of your seats" not in page
    bad = told(browser.post(here(row, "/add"), written(row, text=" ")), 422)
    assert "Enter your comment" in bad
    once = written(row)
    for _ in range(2):
        told(browser.post(here(row, "/add"), once), 302)
    assert Comment.objects.count() == 1
    page = read(browser, here(row, "/add"))
    assert "What you have said" in page
    assert "Say that you have no comment" not in page
    told(browser.post(here(row, "/add"), written(row, text="And by when")), 302)
    assert Comment.objects.count() == 2


def test_what_was_replaced_meanwhile_keeps_the_typing(house: House, row: Round) -> None:
    browser, old = as_(house.member), written(row, text="Say who pays what")
    replaced(house, row.document)
    page = told(browser.post(here(row, "/add"), old), 409)
    assert "Version 1" in page
    assert "Version 2" in page
    assert "Say who pays what" in page
    assert newest(row.document).digest in page
    assert not Comment.objects.exists()
    told(browser.post(here(row, "/add"), written(row)), 302)


def test_having_nothing_to_say(house: House, row: Round) -> None:
    browser = as_(house.member)
    read(browser, here(row, "/none"))
    digest = newest(row.document).digest
    told(browser.post(here(row, "/none"), form(digest="0" * 64)), 409)
    told(browser.post(here(row, "/none"), form(digest=digest)), 302)
    assert "there is no comment on version 1" in read(browser, here(row, "/add"))
    assert "No comment" in read(browser, here(row))
    assert at(row.document, "/comments/add") not in read(browser, "/")


def test_somebody_in_two_seats_says_which(house: House, row: Round) -> None:
    from concordat.domain.base.seats import operations as seats
    from concordat.domain.base.seats.models import Post, Seat
    from tests.operations.mail.cast import LOADER

    more = seats.set_down(
        LOADER,
        partnership=house.here,
        kind="seats",
        key="second",
        values={"role": "Nurseries", "body": house.board, "office": "member"},
    )
    assert isinstance(more, Seat)
    post = Post.objects.get(key="meg-member", partnership=house.here)
    seats.appoint(LOADER, seat=more, post=post, holding="holder", from_day=DAY)  # type: ignore[arg-type]
    browser = as_(house.member)
    page = read(browser, here(row, "/add"))
    assert "Which of your seats" in page
    assert f'value="{house.member.seat.pk}" selected' in page
    told(browser.post(here(row, "/add"), written(row)), 422)
    told(browser.post(here(row, "/add"), written(row, seat=str(more.pk))), 302)
    assert Comment.objects.get().seat == more
    told(browser.post(here(row, "/add"), written(row, seat=str(house.council.seat.pk))), 422)


def test_after_the_round_the_page_says_so(house: House, row: Round) -> None:
    answered(house, said(row, house.member))
    operations.close_comments(house.manager.actor, round=row)
    browser = as_(house.member)
    page = read(browser, here(row, "/add"))
    assert "is not out for comment" in page
    assert "Say who pays" in page
    told(browser.post(here(row, "/add"), written(row)), 200)
    assert Comment.objects.count() == 1
    told(browser.get(here(row, "/none")), 403)
    assert "Comments were closed on 29 March 2019" in read(browser, here(row))


# --- answering


def test_the_matrix_says_who_said_what_and_who_is_silent(house: House, row: Round) -> None:
    answered(house, said(row, house.member), "declined", reason="It is in section 7")
    said(row, house.council, "Add the police", place="")
    page = read(as_(house.health), here(row))
    for words in ("Say who pays", "It is in section 7", "Declined", "No answer yet", "Silent"):
        assert words in page
    assert "2 of 3 who were asked have answered. 1 comment has no answer yet." in page
    assert "Answer it" not in page
    assert "Remind those who are silent" not in page
    manager = read(as_(house.manager), here(row))
    assert "Answer it" in manager
    assert "Remind those who are silent" in manager


@pytest.mark.parametrize(
    ("query", "shows", "hides"),
    [
        ("answer=none", "Add the police", "Say who pays"),
        ("answer=declined", "Say who pays", "Add the police"),
        ("place=4.2", "Say who pays", "Add the police"),
        ("who=Colin+Council", "Add the police", "Say who pays"),
    ],
)
def test_the_matrix_is_filtered(
    house: House, row: Round, query: str, shows: str, hides: str
) -> None:
    answered(house, said(row, house.member), "declined", reason="No")
    said(row, house.council, "Add the police", place="7")
    browser = as_(house.health)
    page = read(browser, f"{here(row)}?{query}")
    assert shows in page
    assert hides not in page
    assert "No comments match" in read(browser, f"{here(row)}?answer=taken")


def test_answering_and_the_conflict(house: House, row: Round) -> None:
    made = said(row, house.member)
    manager, other = as_(house.manager), as_(house.co_ordinator)
    address = here(row, f"/{made.pk}")
    assert "Say who pays" in read(manager, address)
    bare = form(outcome="declined", reason="", seen_version=0)
    assert "Say why" in told(manager.post(address, bare), 422)
    told(manager.post(address, form(outcome="taken", reason="", seen_version=0)), 302)
    late = form(outcome="declined", reason="It is in 7", seen_version=0)
    page = told(other.post(address, late), 409)
    assert "It is in 7" in page
    assert "Taken" in page
    assert "Mary Manager" in page
    told(other.post(address, form(outcome="declined", reason="In 7", seen_version=1)), 302)
    assert Comment.objects.get().answers == 2
    told(as_(house.member).get(address), 403)
    told(manager.get(here(row, "/999999")), 404)


def test_closing_is_refused_until_all_are_answered(house: House, row: Round) -> None:
    made, browser = said(row, house.member), as_(house.manager)
    assert "1 comment" in read(browser, here(row, "/close"))
    page = told(browser.post(here(row, "/close"), form()), 422)
    assert "1 comment has no answer yet" in page
    answered(house, made)
    told(browser.post(here(row, "/close"), form()), 302)
    assert Round.objects.get().closed_on == DAY


def test_more_time_more_seats_and_reminders(house: House, row: Round) -> None:
    browser, later = as_(house.manager), CLOSES + timedelta(7)
    read(browser, here(row, "/extend"))
    told(browser.post(here(row, "/extend"), form(**day("closes", CLOSES))), 422)
    told(browser.post(here(row, "/extend"), form(**day("closes", later))), 302)
    assert Round.objects.get().closes == later
    read(browser, here(row, "/ask"))
    told(browser.post(here(row, "/ask"), form(bodies=[], seats=[])), 422)
    chair = house.chair.seat.record.reference
    told(browser.post(here(row, "/ask"), form(bodies=[], seats=[chair])), 302)
    assert Asked.objects.count() == 4
    assert "Chai Reed" in read(browser, here(row, "/remind"))
    told(browser.post(here(row, "/remind"), form()), 302)
    assert Message.objects.filter(key__startswith="nudge").count() == 4
    assert f"http://testserver{here(row, '/add')}" in letter("asked")


# --- guests


def guest_of(house: House, row: Round) -> Client:
    import re

    invited(house, row)
    found = re.search(r"http://testserver(/guest/\S+)", letter("guest link"))
    assert found
    browser = client()
    assert come_in(browser, found[1]).status_code == 302
    return browser


def test_a_guest_reads_comments_and_sees_no_others(house: House, row: Round) -> None:
    as_(house.manager)
    said(row, house.member, "What a member thinks")
    browser = guest_of(house, row)
    assert here(row, "/add") in read(browser, "/guest")
    assert browser.get(at(row.document, "/versions/1")).status_code == 200
    page = read(browser, here(row, "/add"))
    assert "What a member thinks" not in page
    told(browser.post(here(row, "/add"), written(row, text="From outside")), 302)
    assert "From outside" in read(browser, here(row, "/add"))
    assert Comment.objects.get(guest__name="Jo Patel").text == "From outside"
    assert browser.get(here(row)).status_code == 302
    assert "Comment on it" in read(browser, at(row.document))
    assert "Jo Patel" in read(as_(house.member), here(row))


def test_a_guest_is_invited_from_the_round(house: House, row: Round) -> None:
    browser = as_(house.manager)
    read(browser, here(row, "/guest"))
    told(browser.post(here(row, "/guest"), form(name="", email="jo")), 422)
    told(browser.post(here(row, "/guest"), form(name="Jo", email="jo@example.org")), 302)
    assert GuestLink.objects.get().purpose == "comment"
    page = told(browser.post(here(row, "/guest"), form(name="Jo", email="jo@example.org")), 422)
    assert "has a link for this already" in page


def test_a_guest_who_may_only_read_does_not_comment(house: House, row: Round) -> None:
    from tests.pages.mail.test_guest_pages import invited as to_read

    as_(house.manager)
    browser = client()
    come_in(browser, to_read(house, row.document.record))
    told(browser.get(here(row, "/add")), 403)
    told(browser.post(here(row, "/add"), written(row)), 403)
    assert not Comment.objects.exists()


# --- taken away


def test_the_matrix_as_a_workbook_and_as_a_word_file(house: House, row: Round) -> None:
    answered(house, said(row, house.member, "=cmd()"), "declined", reason="No")
    said(row, house.council, "Add the police", place="")
    browser = as_(house.member)
    book = browser.get(here(row, "/as/workbook"))
    (sheet,) = excel.read(book.content)
    assert sheet.rows[0][:4] == ("Number", "Section", "From", "Comment")
    assert sheet.rows[1][3] == "=cmd()"
    assert sheet.rows[2][1] == "The whole document"
    assert len(sheet.rows) == 3
    word = browser.get(here(row, "/as/word"))
    (table,) = word_tables.read(word.content)
    assert [line[3] for line in table.rows[1:]] == ["=cmd()", "Add the police"]
    narrow = browser.get(here(row, "/as/workbook") + "?answer=none")
    assert len(excel.read(narrow.content)[0].rows) == 2
    told(browser.get(here(row, "/as/pdf")), 404)


def test_reading_restricted_comments_is_noted(house: House) -> None:
    document: Document = added(house, sensitivity=Sensitivity.RESTRICTED)
    browser = as_(house.manager)
    read(browser, at(document, "/comments"))
    browser.get(at(document, "/comments/as/word"))
    assert list(Look.objects.order_by("pk").values_list("what", flat=True)) == [
        "read the comments on",
        "downloaded the comments on",
    ]


def test_the_matrix_asks_as_much_of_many_rows_as_of_one(house: House, row: Round) -> None:
    browser = as_(house.health)
    counts = []
    for _ in range(2):
        said(row, house.member)
        browser.get(here(row))
        with CaptureQueriesContext(connection) as seen:
            browser.get(here(row))
        counts.append(len(seen))
        for number in range(5):
            said(row, house.member, f"Comment {number}")
            said(row, house.council, f"Comment {number}")
    assert counts[0] == counts[1]


def test_a_closed_document_is_not_sent_out(house: House) -> None:
    document = added(house)
    records.close(house.manager.actor, record=document.record, on=DAY)
    page = read(as_(house.manager), at(document, "/comments"))
    assert "Open it for comment" not in page
