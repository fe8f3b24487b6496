"""A meeting is called, held and minuted; an action of the room reaches its owner's phone."""

from __future__ import annotations

import pytest

from tests.journeys import walking
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

GROUP = "Executive Group - Statutory Partners"
ITEM = "Contributions of the three partners"
WHAT = "Write down what each partner gives today"


class TestAMeeting:
    """From the call to the minutes, with an action that somebody owes by the end."""

    @pytest.fixture
    def world(self, own_world: Server) -> Server:
        return own_world

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk) -> None:
        self.manager, self.delegate = desk, pocket

    def test_is_called_held_and_minuted(self) -> None:
        self.given_a_manager_on_the_page_of_the_body()
        self.when_a_time_is_left_out_they_are_told()
        self.when_they_call_a_meeting_for_today()
        self.when_they_put_an_item_on_its_agenda()
        self.when_they_record_it_as_held()
        self.when_they_write_the_minutes_of_the_item()
        self.when_they_add_an_action_in_the_room()
        self.then_the_minutes_are_put_together()
        self.then_the_owner_finds_the_action_on_a_phone()
        self.then_the_delegate_reads_the_minutes_and_changes_nothing()

    def given_a_manager_on_the_page_of_the_body(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        self.manager.turn_to("Meetings")
        self.manager.reads("Executive Group, first session of the statutory partners (Invented)")
        self.manager.sees("meetings")
        self.manager.follow("Executive Group, first session")
        self.manager.reads("Contributions of the three statutory partners")
        self.manager.sees("the meeting of 10 April")
        self.manager.follow("Build the agenda")
        self.manager.sees("its agenda")
        self.manager.go(self.manager.path.removesuffix("/agenda"))
        self.manager.follow(GROUP)
        self.manager.follow("Call a meeting")

    def when_a_time_is_left_out_they_are_told(self) -> None:
        self.manager.give_day("Day of the meeting", 29, 3, 2019)
        self.manager.fill("It starts at", "2pm")
        self.manager.press("Call the meeting")
        self.manager.is_told_wrong("time at which it ends")
        self.manager.sees("call a meeting with errors")

    def when_they_call_a_meeting_for_today(self) -> None:
        self.manager.fill("It ends at", "4pm")
        self.manager.fill("Place", "Committee room 2")
        self.manager.press("Call the meeting")
        self.manager.reads("The meeting is called.", "Committee room 2")
        self.path = self.manager.path

    def when_they_put_an_item_on_its_agenda(self) -> None:
        self.manager.follow("Propose an item")
        self.manager.fill("What is it about?", ITEM)
        self.manager.choose("Decide")
        self.manager.press("Propose it")
        self.manager.press(f"Add {ITEM}")
        self.manager.reads("It is on the agenda.", f"1. {ITEM}")

    def when_they_record_it_as_held(self) -> None:
        self.manager.go(self.path)
        self.manager.follow("Record as held")
        self.manager.press("Record as held")
        self.manager.reads("The meeting is held.")
        self.manager.sees("a meeting that was held")

    def when_they_write_the_minutes_of_the_item(self) -> None:
        self.manager.go(f"{self.path}/minutes")
        self.manager.follow("Write")
        self.manager.fill("What the minutes say", "The council and health gave their figures.")
        self.manager.page.get_by_role("main").locator("form button").first.click()
        self.manager.go(f"{self.path}/minutes")
        self.manager.reads("The council and health gave their figures.")

    def when_they_add_an_action_in_the_room(self) -> None:
        self.manager.follow("Add an action")
        self.manager.fill("What is to be done?", WHAT)
        self.manager.press("Add the action")
        self.manager.is_told_wrong("who owes it")
        self.manager.sees("an action of the room with errors")
        seat = "Statutory partner for the council"
        option = self.manager.main.get_by_role("option").filter(has_text=seat).first
        self.manager.pick("Who owes it?", option.inner_text())
        self.manager.give_day("By when", 12, 4, 2019)
        self.manager.press("Add the action")
        self.manager.reads("The action is raised")

    def then_the_minutes_are_put_together(self) -> None:
        self.manager.reads("1 item, 0 decisions and 1 action.", WHAT)
        self.manager.sees("the minutes")
        with self.manager.page.expect_download() as coming:
            self.manager.follow("Download as Word")
        assert coming.value.suggested_filename.endswith("-minutes.docx")

    def then_the_owner_finds_the_action_on_a_phone(self) -> None:
        self.delegate.enter_as(walking.COUNCIL)
        self.delegate.reads(WHAT)

    def then_the_delegate_reads_the_minutes_and_changes_nothing(self) -> None:
        self.delegate.go(f"{self.path}/minutes")
        self.delegate.reads("The council and health gave their figures.")
        self.delegate.reads_not("Add an action")
        self.delegate.sees("the minutes as a delegate")
        self.delegate.go(f"{self.path}/cancel")
        self.delegate.at("You do not have access to this")
