"""A co-ordinator sets up a partnership of two councils and two forces, with nothing but pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import walking
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

NAME = "Two Rivers Safeguarding Children Partnership"
HOME = "/partnership/two-rivers"
AGENCIES = {
    "Eastmere County Council": "Council",
    "Westmere County Council": "Council",
    "Meres Integrated Care Board": "Health",
    "Eastmere Constabulary": "Police",
    "Westmere Police": "Police",
}
HEAD = "Body,Seat,Capacity,Office,Agency,Holder,Deputy,From\n"
SEATS = "".join(
    f"Executive,Delegate of {name},voting,delegate,{name},Director at {name},,2019-03-01\n"
    for name in AGENCIES
)
WRONG = "Executiv,Adviser,adviser,member,,,,\n"


@pytest.fixture
def world(own_world: Server) -> Server:
    return own_world


class TestATwoCountyPartnership:
    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk, tmp_path: Path) -> None:
        self.co_ordinator, self.outsider, self.folder = desk, pocket, tmp_path

    def test_grows_from_nothing_to_a_decision(self) -> None:
        self.given_a_partnership_without_a_name_is_refused()
        self.when_she_founds_it()
        self.when_she_adds_two_areas()
        self.when_she_adds_two_councils_one_health_body_and_two_forces()
        self.when_she_adds_an_executive()
        self.when_she_brings_seats_from_a_sheet_with_a_wrong_row()
        self.then_every_agency_has_its_seat()
        self.when_she_adds_a_matter_and_leaves()
        self.then_the_task_list_says_what_is_left()
        self.when_each_partner_delegates()
        self.then_the_matter_can_be_decided()
        self.then_nobody_elsewhere_knows_of_it()

    def given_a_partnership_without_a_name_is_refused(self) -> None:
        self.co_ordinator.enter_as(walking.CO_ORDINATOR)
        self.co_ordinator.turn_to("Partnership")
        self.co_ordinator.sees("partnerships")
        self.co_ordinator.follow("Set up a partnership")
        self.co_ordinator.sees("found a partnership")
        self.co_ordinator.press("Found it")
        self.co_ordinator.is_told_wrong("Enter")
        self.co_ordinator.sees("found a partnership with errors")

    def when_she_founds_it(self) -> None:
        self.co_ordinator.fill("Name of the partnership", NAME)
        self.co_ordinator.fill("Word for its address", "two-rivers")
        self.co_ordinator.choose("Safeguarding children partnership")
        self.co_ordinator.press("Found it")
        self.co_ordinator.reads(f"{NAME} is founded. You sit in its secretariat.")
        self.co_ordinator.sees("the tasks at first")

    def when_she_adds_two_areas(self) -> None:
        self.co_ordinator.follow("Areas")
        self.co_ordinator.sees("areas")
        for name in ("Eastmere", "Westmere"):
            self.co_ordinator.fill("Name of the area", name)
            self.co_ordinator.pick("What it is", "County")
            self.co_ordinator.press("Add this area")
            self.co_ordinator.reads("Added. Add another, or go back.", name)
        self.co_ordinator.follow("Go on to the next step")

    def when_she_adds_two_councils_one_health_body_and_two_forces(self) -> None:
        self.co_ordinator.sees("agencies")
        for name, class_ in AGENCIES.items():
            self.co_ordinator.fill("Name of the agency", name)
            self.co_ordinator.pick("Class", class_)
            self.co_ordinator.choose("It is a statutory partner")
            self.co_ordinator.press("Add this agency")
            self.co_ordinator.reads(name)
        expect(self.co_ordinator.main.get_by_text("Police, statutory partner")).to_have_count(2)
        self.co_ordinator.sees("agencies added")
        self.co_ordinator.follow("Go on to the next step")

    def when_she_adds_an_executive(self) -> None:
        self.co_ordinator.sees("bodies")
        self.co_ordinator.follow("Add a body")
        self.co_ordinator.sees("add a body")
        self.co_ordinator.fill("Name", "Executive")
        self.co_ordinator.pick("What kind of body it is", "Executive")
        self.co_ordinator.fill("How often it meets", "bi-monthly")
        self.co_ordinator.choose("In force")
        self.co_ordinator.give_day("Since when", 1, 3, 2019)
        self.co_ordinator.press("Add this body")
        self.co_ordinator.reads("Executive", "bi-monthly")
        self.co_ordinator.sees("a body with a rhythm that can be read two ways")

    def when_she_brings_seats_from_a_sheet_with_a_wrong_row(self) -> None:
        sheet = self.folder / "seats.csv"
        sheet.write_text(HEAD + SEATS + WRONG, "utf-8")
        self.co_ordinator.go(f"{HOME}/set-up/seats")
        self.co_ordinator.sees("seats")
        self.co_ordinator.follow("Bring seats from a sheet")
        self.co_ordinator.sees("choose a sheet")
        self.co_ordinator.main.locator("input[type=file]").set_input_files(sheet)
        self.co_ordinator.press("Show the rows")
        self.co_ordinator.reads("no body called “Executiv”. Did you mean “Executive”?")
        self.co_ordinator.sees("the rows")
        self.co_ordinator.press("Go on")
        self.co_ordinator.sees("rows with a problem")
        self.co_ordinator.main.get_by_label("Leave them out").check()
        self.co_ordinator.press("Go on")
        self.co_ordinator.reads("Rows left out")
        self.co_ordinator.sees("add these seats")
        self.co_ordinator.press("Add these seats")
        self.co_ordinator.reads("5 seats added.")

    def then_every_agency_has_its_seat(self) -> None:
        self.co_ordinator.reads(*(f"Delegate of {name}" for name in AGENCIES))
        self.co_ordinator.reads("How often it meets is not settled.")
        self.co_ordinator.sees("the new structure")

    def when_she_adds_a_matter_and_leaves(self) -> None:
        self.co_ordinator.go(f"{HOME}/set-up/matters")
        self.co_ordinator.sees("matters")
        self.co_ordinator.fill("What is to be decided", "Contributions of the partners")
        self.co_ordinator.press("Add this matter")
        self.co_ordinator.go("/")

    def then_the_task_list_says_what_is_left(self) -> None:
        self.co_ordinator.go(f"{HOME}/set-up")
        self.co_ordinator.reads("2 council partners, 1 health partner and 2 police partners")
        self.co_ordinator.reads("0 of 5 partners with one")
        self.co_ordinator.sees("the tasks half done")
        self.co_ordinator.follow("Check what is lacking")
        self.co_ordinator.reads("Delegate of Westmere Police")
        self.co_ordinator.sees("what is lacking")

    def when_each_partner_delegates(self) -> None:
        for name in AGENCIES:
            self.co_ordinator.go(f"{HOME}/delegations/new")
            self.co_ordinator.pick("Agency whose power it is", name)
            self.co_ordinator.pick("Who holds it", f"Director at {name} (the post)")
            for limb in ("Speak for the body", "Commit it on resources"):
                self.co_ordinator.main.get_by_role("checkbox", name=limb).check()
            self.co_ordinator.pick("What it rests on", "Board resolution")
            self.co_ordinator.give_day("First day", 1, 3, 2019)
            self.co_ordinator.press("Record the delegation")
            self.co_ordinator.reads("The delegation is on record.")

    def then_the_matter_can_be_decided(self) -> None:
        self.co_ordinator.go(f"{HOME}/authority?matter=contributions-of-the-partners")
        self.co_ordinator.reads("Contributions of the partners")
        for name in AGENCIES:
            expect(self.co_ordinator.row(name)).to_contain_text("May decide")
        self.co_ordinator.sees("who may decide in the new partnership")

    def then_nobody_elsewhere_knows_of_it(self) -> None:
        self.outsider.enter_as(walking.STRATEGY_MANAGER)
        self.outsider.go(HOME)
        self.outsider.at("Page not found")
