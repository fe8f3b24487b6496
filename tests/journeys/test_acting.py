"""Somebody's hand does what is owed, and both names stand in the history."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import walking
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

BOTH = f"{walking.ASSISTANT} for {walking.COUNCIL}"


@pytest.fixture
def world(own_world: Server) -> Server:
    return own_world


class TestTheAssistantOfTheDirector:
    """What she does for the director stops the director's clock."""

    @pytest.fixture(autouse=True)
    def _people(self, plain: Walk, pocket: Walk) -> None:
        self.assistant, self.director = plain, pocket

    def test_gives_the_proof_for_her(self) -> None:
        self.given_the_assistant_has_nothing_of_her_own()
        self.when_she_acts_for_the_director()
        self.when_she_opens_the_clock_and_gives_no_proof()
        self.when_she_gives_the_proof()
        self.then_the_history_names_both()
        self.then_what_is_not_lent_is_refused()
        self.when_she_is_herself_again()
        self.then_the_director_finds_it_done()

    def given_the_assistant_has_nothing_of_her_own(self) -> None:
        self.assistant.enter_as(walking.ASSISTANT)
        self.assistant.reads("Nothing is waiting for you")
        self.assistant.sees("nothing of her own")

    def when_she_acts_for_the_director(self) -> None:
        self.assistant.follow("Act for someone")
        self.assistant.sees("whom she may act for")
        self.assistant.press(f"Act for {walking.COUNCIL}")
        banner = self.assistant.page.get_by_role("banner")
        expect(banner).to_contain_text(f"For {walking.COUNCIL}")
        self.assistant.go("/")
        self.assistant.reads("Publish the new arrangements")
        self.assistant.sees("the work of the director")

    def when_she_opens_the_clock_and_gives_no_proof(self) -> None:
        self.assistant.follow("Publish the new arrangements")
        self.assistant.reads("How this is worked out")
        self.assistant.follow("Give the proof")
        self.assistant.sees("give the proof")
        self.assistant.press("Stop the clock")
        self.assistant.is_told_wrong("what proves it")
        self.assistant.sees("give the proof with errors")

    def when_she_gives_the_proof(self) -> None:
        self.assistant.give_day("When was it done?", 29, 3, 2019)
        self.assistant.fill("What proves it?", "Published on the council’s pages")
        self.assistant.press("Stop the clock")
        self.assistant.reads("The clock is stopped, with its proof.", BOTH)
        self.assistant.sees("stopped")

    def then_the_history_names_both(self) -> None:
        self.assistant.follow("The Arrangements", within=self.assistant.main)
        self.assistant.follow("History")
        self.history = self.assistant.path
        self.assistant.reads(BOTH)
        self.assistant.sees("both names in the history")

    def then_what_is_not_lent_is_refused(self) -> None:
        self.assistant.go("/documents")
        self.assistant.follow("Draft arrangements")
        expect(self.assistant.main.get_by_role("link", name="Sign it off")).to_have_count(0)

    def when_she_is_herself_again(self) -> None:
        self.assistant.follow("Stop or change")
        self.assistant.press("Be yourself again")
        banner = self.assistant.page.get_by_role("banner")
        expect(banner).not_to_contain_text(f"For {walking.COUNCIL}")

    def then_the_director_finds_it_done(self) -> None:
        self.director.enter_as(walking.COUNCIL)
        self.director.reads_not("Publish the new arrangements")
        self.director.go(self.history)
        self.director.reads(BOTH)
        self.director.sees("what was done for her")
