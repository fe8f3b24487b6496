"""Anybody: a parent on a phone finds the number; an outsider before and after publication."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import walking
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

HOME = "/public/tower-hamlets"
PAGE = "/partnership/tower-hamlets/public-page"
DRAFT = "Draft arrangements, version 0.6 (Invented)"


@pytest.fixture
def world(own_world: Server) -> Server:
    return own_world


class TestAnybody:
    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk, plain: Walk) -> None:
        self.co_ordinator, self.parent, self.outsider = desk, pocket, plain

    def test_finds_whom_to_call_in_one_tap_and_what_is_published(self) -> None:
        self.given_nothing_is_published()
        self.when_the_secretariat_writes_whom_to_call()
        self.then_a_parent_finds_the_number_in_one_tap()
        self.then_they_can_leave_the_page_at_once()
        self.when_a_document_is_published()
        self.then_an_outsider_reads_it_without_scripts()
        self.when_it_is_withdrawn()
        self.then_the_outsider_reads_why()

    def given_nothing_is_published(self) -> None:
        self.outsider.go(HOME)
        self.outsider.reads("Our arrangements are not published yet", "Call 999")
        self.outsider.sees("before publication")
        self.outsider.follow("What we publish")
        self.outsider.reads("Nothing is published yet")
        self.outsider.sees("nothing published")

    def when_the_secretariat_writes_whom_to_call(self) -> None:
        she = self.co_ordinator
        she.enter_as(walking.CO_ORDINATOR)
        she.go(f"{PAGE}/numbers/new")
        she.fill("What the public knows it as", "Children’s social care (Invented)")
        she.pick("For which area?", "Tower Hamlets")
        she.fill("Telephone number", "020 7946 0000")
        she.fill("When is it answered?", "Monday to Friday, 9am to 5pm")
        she.fill("Number outside those hours", "020 7946 0001")
        she.press("Add this number")
        she.go(f"{PAGE}/notes/british-sign-language")
        she.fill("What is everybody told?", "Use the interpreter on the council’s website.")
        she.press("Tell everybody")

    def then_a_parent_finds_the_number_in_one_tap(self) -> None:
        self.parent.go(HOME)
        number = self.parent.main.get_by_role("link", name="Call 020 7946 0000")
        expect(number).to_be_in_viewport()
        expect(number).to_have_attribute("href", "tel:02079460000")
        self.parent.sees("the number on a phone")

    def then_they_can_leave_the_page_at_once(self) -> None:
        self.parent.follow("Worried about a child?")
        leave = self.parent.page.get_by_role("button", name="Exit this page")
        expect(leave).to_be_visible()
        self.parent.reads("Childline", "You do not need to be sure")
        self.parent.sees("worried about a child")

    def when_a_document_is_published(self) -> None:
        she = self.co_ordinator
        she.go("/documents")
        she.follow(DRAFT)
        self.reference = she.path.rpartition("/")[2]
        she.go(f"/documents/{self.reference}/publish")
        she.choose("I have checked that it names no child and nobody who must not be named")
        she.page.get_by_role("button", name="Publish version 1").click()

    def then_an_outsider_reads_it_without_scripts(self) -> None:
        self.outsider.go(HOME)
        self.outsider.follow(DRAFT)
        self.outsider.reads("Published on 29 March 2019.", "Download it")
        self.outsider.sees("a published document")
        self.outsider.follow("Search")
        self.outsider.fill("What are you looking for?", "draft arrangements")
        self.outsider.press("Search")
        self.outsider.reads("1 page with “draft arrangements”")
        self.outsider.sees("found")
        self.outsider.follow("Accessibility")
        self.outsider.reads("Use the interpreter on the council’s website.")
        self.outsider.sees("accessibility")

    def when_it_is_withdrawn(self) -> None:
        she = self.co_ordinator
        she.go(f"/documents/{self.reference}/withdraw")
        she.reads("Everybody reads this reason")
        she.main.get_by_role("textbox").first.fill("It was a draft")
        she.press("Withdraw it")

    def then_the_outsider_reads_why(self) -> None:
        self.outsider.go(f"{HOME}/documents/{self.reference}")
        self.outsider.reads("We withdrew this on 29 March 2019.", "It was a draft")
        self.outsider.sees("withdrawn")
