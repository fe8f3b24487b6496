"""An action is set while the meeting goes on, and ends when the body that set it is content."""

from __future__ import annotations

import pytest

from tests.journeys import rooms, walking
from tests.journeys.rooms import Room
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

GROUP = "Case group (Invented)"
ITEM = "What schools were told"
WHAT = "Write to every school about the case group"
LETTER = b"The letter that went to every school. Invented.\n"


class TestAnActionOfTheRoom:
    """Quick in the room, updated and closed on a phone, judged by the body's chair."""

    @pytest.fixture
    def world(self, own_world: Server) -> Server:
        return own_world

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk, plain: Walk) -> None:
        self.manager, self.owner, self.chair = desk, pocket, plain
        self.room = Room(desk, GROUP)

    def test_is_updated_shown_and_accepted_by_the_body_that_set_it(self) -> None:
        self.given_a_meeting_of_the_group_that_goes_on()
        self.when_an_action_is_added_in_the_room()
        self.when_its_owner_says_how_it_stands_on_a_phone()
        self.when_its_owner_closes_it_with_a_file_that_shows_it()
        self.then_its_owner_does_not_accept_it()
        self.when_the_chair_accepts_it_without_scripts()
        self.then_the_next_meeting_reads_what_became_of_it()
        self.then_an_outsider_finds_none_of_it()

    def given_a_meeting_of_the_group_that_goes_on(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        self.first = self.room.calls()
        self.item = self.room.takes_on(self.first, ITEM)
        self.manager.go(self.first)
        self.manager.follow("Record as held")
        self.manager.press("Record as held")

    def when_an_action_is_added_in_the_room(self) -> None:
        walk = self.manager
        walk.go(f"{self.first}/minutes")
        walk.follow("Write")
        walk.fill("What the minutes say", "No school has been told who chairs the group.")
        walk.press("Keep these minutes")
        walk.go(f"{self.first}/minutes")
        walk.follow("Add an action")
        walk.fill("What is to be done?", WHAT)
        option = walk.main.get_by_role("option").filter(has_text=rooms.COUNCIL_SEAT).first
        walk.pick("Who owes it?", option.inner_text())
        walk.give_day("By when", 12, 4, 2019)
        walk.sees("an action of the room")
        walk.press("Add the action")
        walk.reads("The action is raised", WHAT, "by 12 April 2019")
        walk.sees("minutes with an action")

    def when_its_owner_says_how_it_stands_on_a_phone(self) -> None:
        walk = self.owner
        walk.enter_as(walking.COUNCIL)
        walk.follow("Update", within=walk.row(WHAT))
        walk.reads(GROUP)
        self.action = walk.path
        walk.sees("the action of the room on a phone")
        walk.choose("On track")
        walk.fill("In one line", "The letter is with the printer")
        walk.press("Save the update")
        walk.reads("Saved.")

    def when_its_owner_closes_it_with_a_file_that_shows_it(self) -> None:
        walk = self.owner
        walk.follow("Close it")
        walk.fill("What was done?", "A letter went to every school on 29 March.")
        files = {"name": "letter.txt", "mimeType": "text/plain", "buffer": LETTER}
        walk.main.locator("input[type=file]").set_input_files(files)  # type: ignore[arg-type]
        walk.sees("close it with a file")
        walk.press("Close the action")
        walk.reads(f"Closed. It waits until {GROUP} accepts it.", "Evidence for THSCP-A")

    def then_its_owner_does_not_accept_it(self) -> None:
        self.owner.reads_not("Accept it")
        self.owner.go(f"{self.action}/accept")
        self.owner.at("You do not have access to this")

    def when_the_chair_accepts_it_without_scripts(self) -> None:
        walk = self.chair
        walk.enter_as(walking.HEALTH)
        walk.follow("Approve", within=walk.row(WHAT))
        walk.reads("Evidence for THSCP-A", "A letter went to every school")
        walk.follow("Accept it")
        walk.press("Accept it as adequate")
        walk.reads("Accepted as adequate.")
        walk.sees("accepted by the body that set it")

    def then_the_next_meeting_reads_what_became_of_it(self) -> None:
        walk = self.manager
        second = self.room.calls((12, 4, 2019))
        walk.go(f"{second}/minutes")
        walk.reads("Matters arising", WHAT, "Accepted")
        walk.sees("matters arising")

    def then_an_outsider_finds_none_of_it(self) -> None:
        walk = self.owner
        walk.enter_as(walking.OUTSIDER)
        for path in (self.action, self.first, f"{self.first}/minutes", self.item):
            answer = walk.page.goto(f"{walk.world.url}{path}")
            assert answer is not None
            assert answer.status == 404, path
        walk.reads_not(WHAT)
