"""Each of the cast walks through the house: their work, a record, a clock, what is closed to them,
and their own account; at a desk and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import walking
from tests.journeys.test_access_asked import NOTE
from tests.journeys.walking import Walk

pytestmark = pytest.mark.journey

DRAFT = "Draft arrangements, version 0.6"
CLOCK = "Publish the new arrangements"
OPENS = (walking.HEALTH, walking.REVIEWER, walking.STRATEGY_MANAGER)
"""Who sits in the case group, which owns the note on Kestrel."""
SITS_NOWHERE = (walking.ASSISTANT,)
ELSEWHERE = (walking.OUTSIDER, *SITS_NOWHERE)


@pytest.fixture(scope="module")
def places() -> dict[str, str]:
    """Addresses that somebody who may open a thing found, for those who may not."""
    return {}


@pytest.fixture
def found(pocket: Walk, places: dict[str, str]) -> dict[str, str]:
    if not places:
        pocket.enter_as(walking.HEALTH)
        for title in (NOTE, DRAFT):
            pocket.go("/documents")
            pocket.follow(title)
            places[title] = pocket.path
    return places


@pytest.mark.parametrize("person", walking.CAST)
class TestEachOfTheCast:
    @pytest.fixture(autouse=True)
    def _people(self, pocket: Walk, found: dict[str, str], person: str) -> None:
        self.walk, self.found, self.person = pocket, found, person

    def test_walks_through_the_house(self) -> None:
        self.walk.enter_as(self.person)
        self.they_find_a_record_or_learn_that_it_is_not_theirs()
        self.they_read_a_document_or_find_nothing_at_its_address()
        self.they_meet_what_is_closed_to_them()
        self.they_see_a_clock_explained()
        self.they_look_after_their_account()

    def they_find_a_record_or_learn_that_it_is_not_theirs(self) -> None:
        self.walk.go("/search?q=draft+arrangements")
        if self.person in ELSEWHERE:
            self.walk.reads("Nothing that you may open")
        else:
            self.walk.reads(DRAFT)
        self.walk.sees("search")

    def they_read_a_document_or_find_nothing_at_its_address(self) -> None:
        self.walk.go(self.found[DRAFT])
        if self.person in ELSEWHERE:
            self.walk.at("Page not found")
            return
        self.walk.at(DRAFT)
        self.walk.sees("a document")
        with self.walk.page.expect_download() as told:
            self.walk.follow("Download version 1")
        assert told.value.path().stat().st_size > 0

    def they_meet_what_is_closed_to_them(self) -> None:
        self.walk.go(self.found[NOTE])
        if self.person in OPENS:
            self.walk.at(NOTE)
        elif self.person in ELSEWHERE:
            self.walk.at("Page not found")
        else:
            self.walk.at("You do not have access to this")
            self.walk.reads_not("Kestrel")
            self.walk.follow("Ask for access")
            self.walk.press("Ask for access")
            self.walk.is_told_wrong("why you need to open this")
        self.walk.sees("what is closed to others")

    def they_see_a_clock_explained(self) -> None:
        self.walk.go("/clocks")
        if self.person in SITS_NOWHERE:
            self.walk.reads("No clock is running.")
            self.walk.sees("a board without clocks")
            return
        self.walk.follow(CLOCK)
        self.walk.reads("The date is fixed", "29 June 2019", "Source")
        self.walk.sees("a clock explained")

    def they_look_after_their_account(self) -> None:
        self.walk.page.get_by_role("banner").get_by_role("link", name="Account").click()
        self.walk.at("Your account")
        self.walk.sees("account")
        self.walk.follow("Act for someone")
        expect(self.walk.main).to_contain_text("Whom you may act for")
        self.walk.sees("acting")
