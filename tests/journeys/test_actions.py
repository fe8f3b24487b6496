"""Actions are updated, closed and judged; an agency's workbook comes back; a guest answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browsers import Step
from tests.journeys import walking
from tests.journeys.letters import found_in
from tests.journeys.walking import Walk
from tests.operations.actions.workbooks import Filled
from tests.servers import Server

pytestmark = pytest.mark.journey

GROUP = "Case group (Invented)"
WHAT = "Tell schools who chairs the case group (Invented)"
DRAFT = "Draft arrangements, version 0.6 (Invented)"
YOUTH = "Send the list of youth groups and who meets them (Invented)"
SERVICE = "LBTH Youth Service"


class TestAnAction:
    """From the chair's table to an owner's phone, and back until it is enough."""

    @pytest.fixture
    def world(self, own_world: Server) -> Server:
        return own_world

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk, plain: Walk) -> None:
        self.manager, self.owner, self.chair = desk, pocket, plain

    def test_is_closed_found_inadequate_and_accepted(self) -> None:
        self.given_a_manager_among_the_actions()
        self.when_they_leave_things_out_they_are_told()
        self.when_they_raise_it()
        self.when_the_owner_finds_it_on_a_phone_and_says_how_it_stands()
        self.when_trouble_without_a_word_is_told()
        self.when_the_owner_closes_it_without_saying_what_was_done()
        self.when_the_owner_closes_it_with_what_shows_it()
        self.then_the_owner_does_not_accept_it()
        self.when_the_chair_finds_it_inadequate()
        self.when_the_owner_closes_it_again()
        self.then_the_chair_accepts_it()
        self.then_the_manager_reads_its_whole_life()
        self.then_an_outsider_finds_nothing()

    def given_a_manager_among_the_actions(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        self.manager.turn_to("Documents")
        self.manager.follow(DRAFT)
        self.draft = self.manager.path.rpartition("/")[2]
        self.manager.turn_to("Actions")
        self.manager.reads("4 open", "1 overdue", "Grade the strategy manager post")
        self.manager.sees("actions")
        self.manager.follow("Add an action")

    def when_they_leave_things_out_they_are_told(self) -> None:
        self.manager.sees("add an action")
        self.manager.fill("What is to be done?", WHAT)
        self.manager.press("Add the action")
        self.manager.is_told_wrong("Choose who owns it")
        expect(self.manager.field("What is to be done?")).to_have_value(WHAT)
        self.manager.sees("add an action with errors")

    def when_they_raise_it(self) -> None:
        seat = "Statutory partner for the council"
        option = self.manager.main.get_by_role("option").filter(has_text=seat).first
        self.manager.pick("Who owns it?", option.inner_text())
        self.manager.give_day("Due day", 12, 4, 2019)
        self.manager.pick("Which body sets it?", GROUP)
        self.manager.fill("Which record does it come from?", self.draft.lower())
        self.manager.fill("Where in it?", "Paragraph 1")
        self.manager.fill("What does good look like?", "The letter and the day it went out")
        self.manager.press("Add the action")
        self.manager.at(WHAT)
        self.manager.reads("The action is raised. Its owner is asked.", "14 days left")
        self.path = self.manager.path
        self.manager.sees("the action as raised")

    def when_the_owner_finds_it_on_a_phone_and_says_how_it_stands(self) -> None:
        self.owner.enter_as(walking.COUNCIL)
        self.owner.follow("Update", within=self.owner.row(WHAT))
        self.owner.sees("the action on a phone")
        self.owner.choose("On track")
        self.owner.fill("In one line", "The letter is with the printer")
        self.owner.press("Save the update")
        self.owner.reads("Saved. It is the last word on this action.")
        self.owner.reads("The letter is with the printer")

    def when_trouble_without_a_word_is_told(self) -> None:
        self.owner.choose("Blocked")
        self.owner.press("Save the update")
        self.owner.is_told_wrong("Say in one line why it is blocked.")
        self.owner.sees("an update with errors")
        self.owner.go(self.path)

    def when_the_owner_closes_it_without_saying_what_was_done(self) -> None:
        self.owner.follow("Close it")
        self.owner.sees("close an action")
        self.owner.press("Close the action")
        self.owner.is_told_wrong("Enter what was done")

    def when_the_owner_closes_it_with_what_shows_it(self) -> None:
        self.owner.fill("What was done?", "A letter went to every school.")
        self.owner.fill("What shows it?", "The letter")
        self.owner.fill("Where can that be found?", "The council's file of letters")
        self.owner.press("Close the action")
        self.owner.reads(f"Closed. It waits until {GROUP} accepts it.")

    def then_the_owner_does_not_accept_it(self) -> None:
        self.owner.reads("You own this action")
        self.owner.sees("the owner waits")
        self.owner.go(f"{self.path}/accept")
        self.owner.at("You do not have access to this")
        self.owner.reads("You own this action")

    def when_the_chair_finds_it_inadequate(self) -> None:
        self.chair.enter_as(walking.HEALTH)
        self.chair.follow("Approve", within=self.chair.row(WHAT))
        self.chair.sees("what the chair judges")
        self.chair.follow("Find it inadequate")
        self.chair.fill("What is missing?", "It does not say when the letter went out")
        self.chair.give_day("By when, then?", 26, 4, 2019)
        self.chair.sees("find it inadequate")
        self.chair.press("Open it again")
        self.chair.reads("It is open again.")

    def when_the_owner_closes_it_again(self) -> None:
        self.owner.go("/")
        self.owner.reads("Found inadequate: It does not say when the letter went out")
        self.owner.follow("Update", within=self.owner.row(WHAT))
        self.owner.follow("Close it")
        self.owner.fill("What was done?", "The letter went to every school on 28 March.")
        self.owner.press("Close the action")
        self.owner.reads("Closed.")

    def then_the_chair_accepts_it(self) -> None:
        self.chair.go("/")
        self.chair.follow("Approve", within=self.chair.row(WHAT))
        self.chair.follow("Accept it")
        self.chair.sees("accept an action")
        self.chair.press("Accept it as adequate")
        self.chair.reads("Accepted as adequate.")

    def then_the_manager_reads_its_whole_life(self) -> None:
        self.manager.go(self.path)
        self.manager.reads(
            "Accepted as adequate",
            "Found inadequate",
            "From 12 April 2019 to 26 April 2019",
            "The letter is with the printer",
            f"for {GROUP}",
        )
        self.manager.sees("the whole life of an action")
        self.manager.go("/actions/agencies")
        self.manager.sees("agencies over a year")

    def then_an_outsider_finds_nothing(self) -> None:
        self.owner.enter_as(walking.OUTSIDER)
        self.owner.go("/actions")
        self.owner.reads("Nothing is open.", "No action has been raised yet.")
        expect(self.owner.main.get_by_role("table")).to_have_count(0)
        self.owner.sees("an outsider's actions")
        self.owner.go(self.path)
        self.owner.at("Page not found")


class TestARound:
    """An agency's workbook goes out, is filled in, and meets what was said on screen meanwhile."""

    @pytest.fixture
    def world(self, own_world: Server) -> Server:
        return own_world

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk, tmp_path: Path) -> None:
        self.manager, self.other, self.folder = desk, pocket, tmp_path

    def test_takes_what_changed_and_leaves_the_conflict_to_a_person(self) -> None:
        self.given_the_round_of_an_agency()
        self.when_the_workbook_is_filled_in()
        self.when_somebody_says_something_else_on_screen()
        self.when_another_file_comes_back_they_are_told()
        self.when_the_workbook_comes_back_the_changes_are_shown()
        self.then_the_change_is_taken_and_the_conflict_left()
        self.when_many_are_asked_about_at_once()

    def given_the_round_of_an_agency(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        self.manager.turn_to("Actions")
        self.manager.follow("Contacts and rounds")
        self.manager.sees("contacts and rounds")
        self.manager.follow("Round", within=self.manager.row(SERVICE))
        self.manager.reads("1 open action")
        self.manager.sees("a round")

    def when_the_workbook_is_filled_in(self) -> None:
        with self.manager.page.expect_download() as told:
            self.manager.follow("Download the workbook")
        sheet = Filled(told.value.path().read_bytes())
        (self.reference,) = [row[0] for row in sheet.rows]
        sheet.put(self.reference, standing="On track", word="The list is half done")
        sheet.put(self.reference, due="26 April 2019", why="Two clubs are closed until Easter")
        self.file = self.folder / "actions.xlsx"
        self.file.write_bytes(sheet.data)
        sheet.name = "Something else"
        self.wrong = self.folder / "wrong.xlsx"
        self.wrong.write_bytes(sheet.data)

    def when_somebody_says_something_else_on_screen(self) -> None:
        self.other.enter_as(walking.CO_ORDINATOR)
        self.other.go(f"/actions/{self.reference}")
        self.other.choose("In difficulty")
        self.other.fill("In one line", "They have not answered the telephone")
        self.other.press("Save the update")
        self.other.reads("Saved.")

    def when_another_file_comes_back_they_are_told(self) -> None:
        self._bring(self.wrong)
        self.manager.is_told_wrong("no sheet called Actions")
        self.manager.sees("another file")

    def _bring(self, file: Path) -> None:
        field = self.manager.main.get_by_label("Choose the workbook that came back", exact=True)
        field.set_input_files(file)
        self.manager.press("Show what would change")

    def when_the_workbook_comes_back_the_changes_are_shown(self) -> None:
        self._bring(self.file)
        self.manager.reads("Nothing is written yet.", "Left to you", "Taken over")
        self.manager.reads("The list is half done", "They have not answered the telephone")
        self.manager.sees("what would change")
        self.manager.press("Take these changes over")

    def then_the_change_is_taken_and_the_conflict_left(self) -> None:
        self.manager.reads("1 action changed. The file and what came of it are kept.")
        self.manager.reads("Action round as it came back")
        self.manager.sees("a round that was taken in")
        self.manager.go(f"/actions/{self.reference}")
        self.manager.reads("They have not answered the telephone", "Extended once, by 21 days")
        self.manager.reads_not("The list is half done")

    def when_many_are_asked_about_at_once(self) -> None:
        self.manager.turn_to("Actions")
        for box in self.manager.main.get_by_role("checkbox", name="Choose").all()[:2]:
            box.check()
        self.manager.press("Ask for updates")
        self.manager.sees("ask about many")
        self.manager.press("Ask for an update of all")
        self.manager.reads("2 actions asked about.")


class TestAContactWithoutAnAccount:
    """A youth worker answers for the service by a link that came by mail."""

    @pytest.fixture
    def world(self, own_world: Server) -> Server:
        return own_world

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, phone: BrowserContext, world: Server, step: Step) -> None:
        self.manager, self.guest, self.world = desk, Walk(phone, world, step), world

    def test_answers_by_a_link(self) -> None:
        self.given_a_manager_who_names_a_contact()
        self.when_a_link_is_sent()
        self.when_the_guest_comes_in_with_the_code()
        self.when_the_guest_says_how_it_stands_and_closes_it()
        self.then_the_manager_reads_who_closed_it()

    def given_a_manager_who_names_a_contact(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        self.manager.go("/actions/contacts")
        self.manager.follow("Name one", within=self.manager.row(SERVICE))
        self.manager.sees("name a contact")
        self.manager.press("Name the contact")
        self.manager.is_told_wrong("one of the two")
        self.manager.fill("Or one named person without an account", "Sam Youth")
        self.manager.fill("Their work email address", "sam@example.org")
        self.manager.press("Name the contact")
        self.manager.reads("Sam Youth", "By mail, without an account")

    def when_a_link_is_sent(self) -> None:
        self.manager.go("/actions")
        self.manager.follow(YOUTH)
        self.path = self.manager.path
        self.manager.follow("Send its contact a link")
        self.manager.sees("send a link")
        self.manager.press("Send the link")
        self.manager.reads("The link is on its way.")

    def when_the_guest_comes_in_with_the_code(self) -> None:
        self.guest.go(found_in(self.world, r"https?://[^/\s]+(/guest/\S+)", "sam@example.org"))
        self.guest.press("Send me a code")
        self.guest.fill("Code", found_in(self.world, r"(?m)^(\d{6})$"))
        self.guest.press("Open the link")
        self.guest.sees("the guest is in")
        self.guest.follow("Open the action")

    def when_the_guest_says_how_it_stands_and_closes_it(self) -> None:
        self.guest.at(YOUTH)
        self.guest.reads_not("Give it to another", "History")
        self.guest.sees("an action by a link")
        self.guest.choose("On track")
        self.guest.press("Save the update")
        self.guest.reads("Saved.")
        self.guest.follow("Close it")
        self.guest.fill("What was done?", "The list is sent.")
        self.guest.press("Close the action")
        self.guest.reads("Closed. It waits until", "Sam Youth")

    def then_the_manager_reads_who_closed_it(self) -> None:
        self.manager.go(self.path)
        self.manager.reads("The list is sent.", "Sam Youth", "Accept it")
        self.manager.sees("closed by a guest")
