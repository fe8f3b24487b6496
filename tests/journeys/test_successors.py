"""Bodies and agencies that end, and what takes over from them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import walking
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

HOME = "/partnership/tower-hamlets"
OLD_BOARD = "Local Safeguarding Children Board"
OLD_GROUP = "Case group (Invented)"
NEW_GROUP = "Learning from cases group"
OLD_HEALTH = "Tower Hamlets Clinical Commissioning Group"
NEW_HEALTH = "North East London Commissioning Body (Invented)"


@pytest.fixture
def world(own_world: Server) -> Server:
    return own_world


class TestWhatComesAfter:
    """The old keeps its name in old records; what is new has what was handed to it and no more."""

    @pytest.fixture(autouse=True)
    def _people(self, plain: Walk) -> None:
        self.manager = plain

    def test_a_body_renamed_a_body_closed_and_health_bodies_merged(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        self.when_a_group_is_renamed_from_a_day()
        self.then_the_new_one_has_its_seats_and_the_old_one_says_who_took_over()
        self.when_the_old_board_ends()
        self.then_it_stood_before_and_has_ended_after()
        self.when_the_health_body_merges_into_another()
        self.then_the_seat_is_filled_by_the_new_body_without_its_power()

    def _to_body(self, name: str) -> None:
        self.manager.go(f"{HOME}/structure")
        self.manager.follow(name, within=self.manager.main)
        self.manager.at(name)

    def when_a_group_is_renamed_from_a_day(self) -> None:
        self._to_body(OLD_GROUP)
        self.manager.follow("Rename it from a day")
        self.manager.sees("rename a body")
        self.manager.press("Rename it")
        self.manager.is_told_wrong("new name")
        self.manager.sees("rename a body with errors")
        self.manager.fill("New name", NEW_GROUP)
        self.manager.give_day("First day of the new name", 29, 3, 2019)
        self.manager.fill("Why", "It looks at every kind of case")
        self.manager.press("Rename it")
        self.manager.reads(f"{OLD_GROUP} goes on as {NEW_GROUP}.")

    def then_the_new_one_has_its_seats_and_the_old_one_says_who_took_over(self) -> None:
        self.manager.at(NEW_GROUP)
        self.manager.reads("Took over from", OLD_GROUP, "THSCP Strategy Manager")
        self.manager.sees("a body that took over")
        self.manager.reads(
            "Commissioned reviewer", "It looks at every kind of case. It was: Case group"
        )
        self.manager.main.get_by_role("link", name=OLD_GROUP, exact=True).click()
        self.manager.reads("Taken over by", NEW_GROUP, "Ended")

    def when_the_old_board_ends(self) -> None:
        self._to_body(OLD_BOARD)
        self.manager.follow("Record what becomes of it")
        self.manager.sees("what becomes of a body")
        self.manager.press("Record this")
        self.manager.is_told_wrong("what happens to it")
        self.manager.choose("End")
        self.manager.give_day("From which day?", 29, 3, 2019)
        self.manager.fill("Why", "Its functions went to the partnership")
        self.manager.press("Record this")
        self.manager.reads("The body has moved on.")

    def then_it_stood_before_and_has_ended_after(self) -> None:
        self.manager.reads("Its functions went to the partnership")
        self.manager.sees("a body that ended")
        for day, state in (("2019-03-28", "In force"), ("2019-03-29", "Ended")):
            self.manager.go(f"{HOME}/structure?as-at={day}")
            listed = self.manager.main.get_by_role("listitem").filter(has_text=OLD_BOARD)
            expect(listed.first).to_contain_text(state)

    def when_the_health_body_merges_into_another(self) -> None:
        self.manager.go(f"{HOME}/agencies")
        self.manager.follow("Merge or split agencies")
        self.manager.sees("which agencies end")
        self.manager.choose(OLD_HEALTH)
        self.manager.fill("How many take over?", "1")
        self.manager.fill("First day of the new ones", "29 March 2019")
        self.manager.press("Go on")
        self.manager.at("What takes over on 29 March 2019")
        self.manager.reads("Delegations end with them")
        self.manager.sees("what takes over")
        self.manager.fill("Name of new agency 1", NEW_HEALTH)
        self.manager.fill("Why", "The groups of seven boroughs became one")
        self.manager.press("Check this")
        self.manager.at("Check before they hand over")
        expect(self.manager.main.get_by_label("Why")).to_have_count(0)
        self.manager.sees("check before agencies hand over")
        self.manager.press("Hand over")
        self.manager.reads("The agencies hand over.", NEW_HEALTH)

    def then_the_seat_is_filled_by_the_new_body_without_its_power(self) -> None:
        matter = "matter=child-death-review-footprint"
        self.manager.go(f"{HOME}/authority?{matter}&on=2019-03-28")
        self.manager.reads(OLD_HEALTH)
        self.manager.reads_not(NEW_HEALTH)
        self.manager.go(f"{HOME}/authority?{matter}&on=2019-03-29")
        self.manager.reads(NEW_HEALTH, "No source says that", "took the delegation over")
        self.manager.sees("authority after a merger")
