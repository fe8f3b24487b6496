"""What anybody at all is served, and that nothing else ever is."""

from __future__ import annotations

import re
from typing import Any

import pytest

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.agencies.models import PublicNote
from concordat.domain.base.agencies.rules import Topic
from concordat.domain.base.documents import operations as documents
from concordat.domain.base.documents.models import Document
from concordat.domain.base.people.operations import mark_world
from concordat.domain.base.records import operations as records
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.arrangements.leaving import Heath
from tests.operations.documents.papers import added, replaced, version_of
from tests.operations.mail.cast import DAY, LOADER
from tests.pages.people.browsing import client
from tests.pages.seats.looking import post, queries, read
from tests.pages.signed_in import as_

HOME = "/public/here"
PLACES = (
    *("", "/worried-about-a-child", "/who-we-are", "/arrangements", "/policies", "/documents"),
    *("/accessibility", "/search"),
)
TITLE = "Arrangements of Heath"


@pytest.fixture(autouse=True)
def _pinned(heath: Heath) -> None:
    mark_world(LOADER, name="test", practice_date=DAY)


def published(heath: Heath, **more: Any) -> Document:
    paper = added(heath.house, title=TITLE, **more)
    documents.publish(heath.manager, document=paper, seen_version=version_of(paper))
    return paper


def at(paper: Document) -> str:
    return f"{HOME}/documents/{paper.record.reference}"


def number(heath: Heath, **values: Any) -> None:
    told = {"name": "Children’s social care", "phone": "020 7946 0000", **values}
    agencies.add(
        LOADER,
        partnership=heath.house.here,
        kind="front_doors",
        name=str(told["name"]),
        values=told,
    )


def say(heath: Heath, topic: Topic, words: str, **values: Any) -> None:
    agencies.tell_public(
        LOADER, partnership=heath.house.here, topic=topic, values={"says": words, **values}
    )


def unstamped(page: str) -> str:
    """A page without the minute at which it was made."""
    return re.sub(r"at \d\d:\d\d", "", page)


def everything(heath: Heath) -> str:
    """Every page that the public site has, after one another."""
    browser = client()
    pages = [read(browser, f"{HOME}{place}") for place in PLACES]
    return "\n".join([*pages, read(browser, f"{HOME}/search?q=arrangements")])


def test_before_anything_is_published_each_page_says_so(heath: Heath) -> None:
    browser = client()
    assert "Our arrangements are not published yet" in read(browser, HOME)
    assert "Nothing is published yet" in read(browser, f"{HOME}/documents")
    for place in PLACES:
        assert "999" in read(browser, f"{HOME}{place}")


def test_whom_to_call_is_a_number_that_a_phone_dials(heath: Heath) -> None:
    assert "We have not written our own number here yet" in read(client(), HOME)
    number(heath, area=heath.area, hours="Always", after_hours="01632 960001")
    for place in ("", "/worried-about-a-child"):
        page = read(client(), f"{HOME}{place}")
        assert 'href="tel:02079460000">Call 020 7946 0000</a>' in page
        assert 'href="tel:01632960001"' in page
        assert 'href="tel:999"' in page
        assert "Heath: Children’s social care" in page
    assert "Exit this page" in read(client(), f"{HOME}/worried-about-a-child")


def test_an_area_without_a_number_is_named(heath: Heath) -> None:
    moor = agencies.add(
        LOADER, partnership=heath.house.here, kind="areas", name="Moor", values={"name": "Moor"}
    )
    number(heath, area=moor)
    assert "We have not written a number here yet for Heath." in read(client(), HOME)


def test_what_is_past_its_day_of_review_says_so(heath: Heath) -> None:
    number(heath, review_on="2019-03-28")
    say(heath, Topic.CONTACT, "Write to us.", review_on="2019-03-28")
    page = read(client(), HOME)
    assert "We should have checked this number by 28 March 2019" in page
    assert "We should have looked at this again by 28 March 2019" in page
    number(heath, name="Other", review_on="2019-03-29", phone="01632 960002")
    assert read(client(), HOME).count("We should have checked") == 1


def test_what_is_published_is_served_and_found(heath: Heath) -> None:
    paper = published(heath)
    page = everything(heath)
    assert page.count(TITLE) >= 3
    assert "Published on 29 March 2019" in read(client(), at(paper))
    assert "with “heath arrangements”" in read(client(), f"{HOME}/search?q=heath+arrangements")
    assert "Nothing that we publish has “zebra” in it" in read(client(), f"{HOME}/search?q=zebra")


def test_a_withdrawn_paper_says_when_and_why(heath: Heath) -> None:
    paper = published(heath)
    documents.withdraw(heath.manager, document=paper, reason="A table was wrong")
    page = read(client(), at(paper), 410)
    assert "We withdrew this on 29 March 2019." in page
    assert "A table was wrong" in page
    assert TITLE not in everything(heath)


def test_nothing_leaks_that_is_not_published(heath: Heath) -> None:
    """First that it could: the same paper is there for whoever sits inside, and was public."""
    paper = published(heath)
    draft = added(heath.house, title="Draft about Kestrel")
    assert "Draft about Kestrel" in read(as_(heath.house.manager), "/documents")
    assert TITLE in everything(heath)
    assert "Draft about Kestrel" not in everything(heath)
    absent = read(client(), f"{HOME}/documents/HERE-D-9999", 404)
    assert unstamped(read(client(), at(draft), 404)) == unstamped(absent)
    replaced(heath.house, paper, note="Names Heron")
    assert "Names Heron" not in read(client(), at(paper))
    records.restrict(
        LOADER,
        record=paper.record,
        sensitivity=Sensitivity.RESTRICTED,
        reason="It names a child",
    )
    assert TITLE not in everything(heath)
    assert unstamped(read(client(), at(paper), 404)) == unstamped(absent)
    assert client().get(f"/published/{paper.record.reference}").status_code == 404


def test_what_was_withdrawn_and_then_restricted_is_absent_with_its_reason(heath: Heath) -> None:
    paper = published(heath)
    documents.withdraw(heath.manager, document=paper, reason="It names Heron")
    assert "It names Heron" in read(client(), at(paper), 410)
    records.restrict(
        LOADER,
        record=paper.record,
        sensitivity=Sensitivity.SEALED,
        reason="It names a child",
    )
    assert "It names Heron" not in read(client(), at(paper), 404)


def test_no_name_of_anybody_stands_on_any_page(heath: Heath) -> None:
    published(heath)
    inside = read(as_(heath.house.manager), "/partnership/here/structure")
    names = ("Mary Manager", "Colin Council", "Hetty Health", "Petra Police")
    assert all(name in inside for name in names)
    page = everything(heath)
    assert not [name for name in names if name in page]


def test_one_partnership_tells_nothing_of_another(heath: Heath) -> None:
    paper = published(heath)
    assert TITLE not in read(client(), "/public/there/documents")
    read(client(), f"/public/there/documents/{paper.record.reference}", 404)
    read(client(), "/public/nowhere", 404)


def test_a_page_is_the_same_for_everybody_and_kept_without_cookies(heath: Heath) -> None:
    published(heath)
    number(heath)
    somebody = as_(heath.house.manager)
    for place in PLACES:
        plain, known = client().get(f"{HOME}{place}"), somebody.get(f"{HOME}{place}")
        assert plain.content == known.content
        for answer in (plain, known):
            assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
            assert "Cookie" not in answer.get("Vary", "")
            assert not answer.cookies
    assert somebody.get("/documents")["Cache-Control"] == "no-store"


def test_a_kept_page_is_asked_for_again_and_only_sent_if_it_has_changed(heath: Heath) -> None:
    browser = client()
    kept = browser.get(f"{HOME}/documents")
    again = browser.get(f"{HOME}/documents", headers={"if-none-match": kept["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    published(heath)
    fresh = browser.get(f"{HOME}/documents", headers={"if-none-match": kept["ETag"]})
    assert fresh.status_code == 200
    assert TITLE in fresh.content.decode()


def test_a_page_is_only_read(heath: Heath) -> None:
    for place in PLACES:
        assert client().post(f"{HOME}{place}").status_code == 405


def test_many_papers_ask_no_more_of_the_database(heath: Heath) -> None:
    published(heath)
    few = queries(client(), f"{HOME}/documents")
    for each in range(5):
        paper = added(heath.house, title=f"Report {each}")
        documents.publish(heath.manager, document=paper, seen_version=version_of(paper))
    assert queries(client(), f"{HOME}/documents") == few


class TestWritingIt:
    PAGE = "/partnership/here/public-page"

    def test_the_secretariat_adds_a_number_and_the_public_is_told(self, heath: Heath) -> None:
        browser = as_(heath.house.co_ordinator)
        assert "Nobody is told whom to call about a child in Heath." in read(browser, self.PAGE)
        told = {"name": "Front door", "area": "heath", "phone": "call us"}
        page = post(browser, f"{self.PAGE}/numbers/new", 422, **told).content.decode()
        assert "is not a telephone number" in page
        assert "call us" in page
        post(browser, f"{self.PAGE}/numbers/new", **{**told, "phone": "020 7946 0000"})
        assert "tel:02079460000" in read(client(), HOME)
        post(
            browser,
            f"{self.PAGE}/numbers/front-door",
            **{**told, "phone": "020 7946 0001", "seen_version": ""},
        )
        assert "tel:02079460001" in read(client(), HOME)
        days = {"last_day-day": 28, "last_day-month": 3, "last_day-year": 2019}
        post(browser, f"{self.PAGE}/numbers/front-door/end", **days)
        assert "tel:0207946000" not in read(client(), HOME)

    def test_it_writes_a_note_and_two_at_once_conflict(self, heath: Heath) -> None:
        browser, address = as_(heath.house.manager), f"{self.PAGE}/notes/contact"
        say(heath, Topic.CONTACT, "Come.")
        seen = PublicNote.objects.get().fingerprint
        post(browser, address, says="Write to us.", seen_version=seen)
        assert "Write to us." in read(client(), HOME)
        page = post(browser, address, 409, says="Ring us.", seen_version=seen).content.decode()
        assert "Ring us." in page
        assert "Write to us." in read(client(), HOME)
        bad = post(browser, address, 422, says="x", link="http://plain.example").content.decode()
        assert "must begin with https://" in bad

    def test_others_read_and_do_not_write(self, heath: Heath) -> None:
        browser = as_(heath.house.member)
        assert "Add a number" not in read(browser, self.PAGE)
        read(browser, f"{self.PAGE}/numbers/new", 403)
        read(browser, f"{self.PAGE}/notes/contact", 403)
        read(as_(heath.house.outsider), self.PAGE, 404)
        manager = as_(heath.house.manager)
        read(manager, f"{self.PAGE}/notes/weather", 404)
        read(manager, f"{self.PAGE}/numbers/none", 404)
