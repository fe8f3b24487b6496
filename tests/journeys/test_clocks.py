"""A clock is explained: its sum in words, its source, and whether anybody checked the rule."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import walking
from tests.journeys.walking import Walk

pytestmark = pytest.mark.journey


class TestAClock:
    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk) -> None:
        self.director, self.manager = pocket, desk

    def test_is_explained_to_whom_it_names(self) -> None:
        self.given_the_director_has_a_clock()
        self.when_she_asks_how_it_is_worked_out()
        self.then_she_reads_the_sum_the_source_and_who_checked_it()
        self.when_she_opens_the_whole_rule()

    def given_the_director_has_a_clock(self) -> None:
        self.director.enter_as(walking.COUNCIL)
        self.director.reads("Clocks that name you", "Publish the new arrangements")

    def when_she_asks_how_it_is_worked_out(self) -> None:
        self.director.follow("How this is worked out")
        self.director.at("Publish the new arrangements")

    def then_she_reads_the_sum_the_source_and_who_checked_it(self) -> None:
        self.director.reads("The date is fixed: Saturday 29 June 2019.", "Source", "Verified")
        self.director.sees("a clock explained")

    def when_she_opens_the_whole_rule(self) -> None:
        self.director.follow("Read the whole row and its checks")
        self.director.sees("the whole rule")

    def test_stands_on_the_board_among_the_others(self) -> None:
        self.given_the_manager_opens_the_board()
        self.when_they_filter_by_a_state_without_any()
        self.then_they_can_clear_the_filter()
        self.then_each_tells_how_it_was_counted()
        self.when_they_start_one_without_a_day()
        self.when_they_read_the_law()

    def given_the_manager_opens_the_board(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        self.manager.turn_to("Clocks")
        self.manager.reads(
            "Publish the new arrangements", "Answer a freedom of information request"
        )
        self.manager.sees("the board")

    def when_they_filter_by_a_state_without_any(self) -> None:
        self.manager.main.get_by_text("Filter these clocks").click()
        self.manager.choose("Paused")
        self.manager.press("Apply filters")
        self.manager.sees("no clock matches")

    def then_they_can_clear_the_filter(self) -> None:
        self.manager.main.get_by_role("link", name="Remove this filter: State: Paused").click()
        self.manager.reads("Publish the new arrangements")

    def then_each_tells_how_it_was_counted(self) -> None:
        self.manager.follow("Answer a freedom of information request")
        self.manager.reads("20 working days", "18 March 2019", "15 April 2019")
        self.manager.sees("a clock that counts")

    def when_they_start_one_without_a_day(self) -> None:
        self.manager.go("/documents")
        self.manager.follow("Draft arrangements")
        reference = self.manager.path.rpartition("/")[2]
        self.manager.go(f"/clocks/start/{reference}")
        self.manager.sees("start a clock")
        self.manager.press("Start the clock")
        self.manager.is_told_wrong("what started it")
        self.manager.sees("start a clock with errors")

    def when_they_read_the_law(self) -> None:
        self.manager.turn_to("Clocks")
        self.manager.follow("The rules and who checked them")
        self.manager.main.get_by_text("Filter these rules").click()
        self.manager.pick("Subject", "Transition from boards to partnerships")
        self.manager.press("Apply filters")
        self.manager.reads("TR-PUBLISH")
        self.manager.sees("the rules of one subject")
        self.manager.follow("All clocks")
        for name in (
            "Rules of our own",
            "When each area went live",
            "Days that are not worked",
        ):
            self.manager.follow(name)
            self.manager.sees(name)
            self.manager.page.go_back()
        expect(self.manager.page).to_have_url(f"{self.manager.world.url}/clocks")
