"""Somebody is called away in the middle of a long form, and comes back to what they wrote."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import walking
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

NAME = "Learning board (Invented)"


@pytest.fixture
def world(own_world: Server) -> Server:
    return own_world


class TestCalledAway:
    @pytest.fixture(autouse=True)
    def _people(self, plain: Walk) -> None:
        self.manager = plain

    def test_comes_back_to_what_was_written(self) -> None:
        self.given_a_page_that_is_begun()
        self.when_it_is_kept()
        self.then_it_is_found_on_my_work_as_it_was_left()
        self.when_it_is_sent()
        self.then_no_draft_is_left()

    def given_a_page_that_is_begun(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        self.manager.go("/partnership/tower-hamlets/bodies/new")
        self.manager.fill("Name", NAME)

    def when_it_is_kept(self) -> None:
        self.manager.press("Keep as a draft")
        self.manager.reads("Your draft is kept.", "Your drafts")
        self.manager.sees("My work with a draft")

    def then_it_is_found_on_my_work_as_it_was_left(self) -> None:
        self.manager.row("Add a body").get_by_role("link").click()
        self.manager.reads("This is your draft of", "It is not sent yet.")
        expect(self.manager.field("Name")).to_have_value(NAME)
        expect(self.manager.main.get_by_role("alert")).to_have_count(0)
        self.manager.sees("a draft taken up again")

    def when_it_is_sent(self) -> None:
        self.manager.pick("What kind of body it is", "Subgroup")
        self.manager.choose("Proposed")
        self.manager.press("Add this body")
        self.manager.at(NAME)

    def then_no_draft_is_left(self) -> None:
        self.manager.go("/")
        self.manager.reads_not("Your drafts")
