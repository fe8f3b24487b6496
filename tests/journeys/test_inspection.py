"""What an inspector asks: who could decide on a day, how things stood, and what changed since."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import walking
from tests.journeys.walking import Walk

pytestmark = pytest.mark.journey

MATTER = "Move of child death review to the WELC footprint"
COUNCIL = "London Borough of Tower Hamlets"
HEALTH = "Tower Hamlets Clinical Commissioning Group"
POLICE = "Central East Basic Command Unit"


class TestAnInspectorsQuestion:
    """The scrutineer asks it for the inspector, without scripts."""

    @pytest.fixture(autouse=True)
    def _people(self, plain: Walk) -> None:
        self.scrutineer = plain

    def test_who_had_authority_on_a_day(self) -> None:
        self.given_the_scrutineer_comes_from_the_structure()
        self.when_a_day_is_asked_that_is_none()
        self.when_the_day_before_the_health_body_met_is_asked()
        self.then_health_could_not_decide()
        self.when_the_day_after_is_asked()
        self.then_health_could_and_the_council_still_needs_its_cabinet()
        self.then_the_police_are_not_asked()
        self.when_a_day_on_which_it_changes_is_followed()
        self.when_every_delegation_is_read()

    def given_the_scrutineer_comes_from_the_structure(self) -> None:
        self.scrutineer.enter_as(walking.SCRUTINEER)
        self.scrutineer.go("/partnership/tower-hamlets/structure")
        self.scrutineer.follow("Matters and authority")
        self.scrutineer.sees("who may decide what")

    def when_a_day_is_asked_that_is_none(self) -> None:
        self._ask("the spring before last")
        self.scrutineer.is_told_wrong("cannot be read as a date")
        self.scrutineer.sees("a day that is none")

    def when_the_day_before_the_health_body_met_is_asked(self) -> None:
        self._ask("25 March 2019")

    def _ask(self, day: str) -> None:
        self.scrutineer.pick("What is to be decided", MATTER)
        self.scrutineer.fill("On which day", day)
        self.scrutineer.press("Show who may decide")

    def _answer(self, partner: str, *texts: str) -> None:
        for text in texts:
            expect(self.scrutineer.row(partner)).to_contain_text(text)

    def then_health_could_not_decide(self) -> None:
        self.scrutineer.reads("No, on 25 March 2019 this could not be decided")
        self._answer(HEALTH, "May not decide", "26 March 2019", "Update report 29 March 2019")
        self.scrutineer.sees("the day before")

    def when_the_day_after_is_asked(self) -> None:
        self._ask("27 March 2019")

    def then_health_could_and_the_council_still_needs_its_cabinet(self) -> None:
        self.scrutineer.reads("No, on 27 March 2019 this could not be decided")
        self._answer(HEALTH, "May decide", "decided this itself on 26 March 2019")
        self._answer(COUNCIL, "Needs", "Cabinet to decide", "on 24 April 2019", "Source")
        self.scrutineer.sees("the day after")

    def then_the_police_are_not_asked(self) -> None:
        self._answer(POLICE, "Not asked", "council and health, not police", "16M")

    def when_a_day_on_which_it_changes_is_followed(self) -> None:
        self.scrutineer.follow("26 March 2019")
        self._answer(HEALTH, "May decide")

    def when_every_delegation_is_read(self) -> None:
        self.scrutineer.follow("See every delegation")
        self.scrutineer.reads(HEALTH)
        self.scrutineer.sees("every delegation")
        expect(self.scrutineer.main.get_by_role("link", name="Record a")).to_have_count(0)
        self.scrutineer.follow(HEALTH, within=self.scrutineer.main)
        self.scrutineer.reads("26 March 2019", walking.HEALTH)
        self.scrutineer.sees("one delegation")


class TestTheStructure:
    """The lead partner looks at two days."""

    @pytest.fixture(autouse=True)
    def _people(self, pocket: Walk) -> None:
        self.partner = pocket

    def test_as_at_two_days_with_the_differences(self) -> None:
        self.given_the_structure_of_today()
        self.when_another_day_is_compared()
        self.then_the_difference_is_the_authority_of_health()
        self.when_a_wrong_day_is_typed()
        self.when_a_day_before_everything_is_asked()
        self.when_the_address_is_opened_again()

    def given_the_structure_of_today(self) -> None:
        self.partner.enter_as(walking.LEAD_PARTNER)
        self.partner.go("/partnership/tower-hamlets/structure")
        self.partner.reads("Structure as at 29 March 2019", "Executive Group", "Shadow")
        self.partner.sees("structure today")

    def when_another_day_is_compared(self) -> None:
        self.partner.fill("As at", "29 March 2019")
        self.partner.fill("Compare with", "25 March 2019")
        self.partner.press("Show this day")

    def then_the_difference_is_the_authority_of_health(self) -> None:
        changed = self.partner.main.get_by_role("table", name="Differences between the two days")
        expect(changed).to_contain_text("Statutory partner for health")
        expect(changed).to_contain_text("since 26 March 2019")
        self.partner.sees("two days compared")
        self.compared = self.partner.path

    def when_a_wrong_day_is_typed(self) -> None:
        self.partner.fill("As at", "31 February 2019")
        self.partner.press("Show this day")
        self.partner.is_told_wrong("31 February 2019")
        self.partner.sees("a wrong day")

    def when_a_day_before_everything_is_asked(self) -> None:
        self.partner.fill("As at", "1 May 1999")
        self.partner.fill("Compare with", "")
        self.partner.press("Show this day")
        self.partner.reads("Structure as at 1 May 1999")
        self.partner.sees("before everything")

    def when_the_address_is_opened_again(self) -> None:
        self.partner.go(self.compared)
        self.partner.reads("What changed", "since 26 March 2019")
