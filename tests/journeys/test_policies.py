"""A policy from its first draft to in force; who has it; what outsiders get; when it asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import walking
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

TITLE = "When agencies disagree (Invented)"
TEXT = b"Whoever disagrees says so the same day. Invented.\n"
HOME = "/partnership/tower-hamlets/policies"
BODY = "Executive Group - Statutory Partners"
HEALTH_AGENCY = "Tower Hamlets Clinical Commissioning Group"
CHECKED = "I have checked that it names no child and nobody who must not be named"


class TestAPolicy:
    """One policy, from its first words to the day on which it asks to be looked at again."""

    @pytest.fixture
    def world(self, own_world: Server) -> Server:
        return own_world

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk, plain: Walk, world: Server, tmp_path: Path) -> None:
        self.owner, self.lead, self.outsider = desk, pocket, plain
        self.world, self.folder = world, tmp_path

    def test_is_drafted_decided_in_force_acknowledged_published_and_reviewed(self) -> None:
        self.given_an_owner_among_the_policies()
        self.when_they_begin_one_without_a_title_they_are_told()
        self.when_they_begin_it_and_add_its_text()
        self.then_an_outsider_finds_nothing()
        self.when_it_is_put_to_the_executive()
        self.when_an_approval_is_dated_ahead_it_is_refused()
        self.when_the_approval_is_recorded()
        self.when_it_is_brought_into_force()
        self.when_agencies_are_asked()
        self.then_a_lead_acknowledges_on_a_phone()
        self.then_the_owner_sees_who_has_it()
        self.when_it_is_published()
        self.then_anybody_reads_it_and_nothing_else()
        self.then_the_list_says_where_each_stands()
        self.when_its_review_comes_near_it_asks()
        self.then_the_owner_records_a_review()

    def given_an_owner_among_the_policies(self) -> None:
        self.owner.enter_as(walking.STRATEGY_MANAGER)
        self.owner.go(HOME)
        self.owner.sees("policies before there are any")
        self.owner.follow("Begin a policy")

    def when_they_begin_one_without_a_title_they_are_told(self) -> None:
        self.owner.pick("What is it?", "Protocol")
        self.owner.press("Begin the policy")
        self.owner.is_told_wrong("Enter the title")
        self.owner.sees("begin a policy with errors")

    def when_they_begin_it_and_add_its_text(self) -> None:
        self.owner.fill("Title", TITLE)
        self.owner.fill("What it says, in plain words", "Say so, on the same day, to whom it is.")
        self.owner.choose("All agencies")
        self.owner.pick("Who owns it?", walking.STRATEGY_MANAGER)
        self.owner.fill("When is it looked at again?", "2019-05-10")
        self.owner.choose("The public may read it")
        self.owner.press("Begin the policy")
        self.owner.at(f"Add the text of {TITLE}")
        self.owner.sees("add its text")
        file = self.folder / "disagree.txt"
        file.write_bytes(TEXT)
        self.owner.main.get_by_label("File", exact=True).set_input_files(file)
        self.owner.press("Add the text")
        self.owner.reads("The text is added.")
        self.path = self.owner.path
        self.owner.sees("a draft")

    def then_an_outsider_finds_nothing(self) -> None:
        self.outsider.enter_as(walking.OUTSIDER)
        self.outsider.go(self.path)
        self.outsider.at("Page not found")
        self.owner.follow("Text and versions")
        self.document = self.owner.path
        self.public = self.document.replace("/documents/", "/published/")
        self.outsider.go(self.public)
        self.outsider.at("Page not found")

    def when_it_is_put_to_the_executive(self) -> None:
        self.owner.go(self.path)
        self.owner.follow("Put it to a body")
        self.owner.pick("Which body?", BODY)
        self.owner.give_day("By when?", 29, 3, 2019)
        self.owner.sees("put it to a body")
        self.owner.press("Put it forward")
        self.owner.reads("It waits for the body’s decision.", "Waiting for approval.")
        self.owner.sees("waiting for approval")

    def when_an_approval_is_dated_ahead_it_is_refused(self) -> None:
        self.owner.follow("Record an approval")
        self.owner.pick("Which body?", BODY)
        self.owner.give_day("On which day did it decide?", 1, 4, 2019)
        self.owner.fill("Where is it recorded?", "Executive of 29 March 2019, item 4")
        self.owner.press("Record the approval of version 1")
        self.owner.is_told_wrong("1 April 2019 is still to come.")
        self.owner.sees("an approval dated ahead")

    def when_the_approval_is_recorded(self) -> None:
        self.owner.give_day("On which day did it decide?", 29, 3, 2019)
        self.owner.press("Record the approval of version 1")
        self.owner.reads("Version 1 is approved and waits for its first day.")

    def when_it_is_brought_into_force(self) -> None:
        self.owner.follow("Bring it into force")
        self.owner.give_day("From which day is it in force?", 29, 3, 2019)
        self.owner.sees("bring it into force")
        self.owner.press("Bring it into force")
        self.owner.reads("Version 1 is in force.")
        self.owner.sees("in force")

    def when_agencies_are_asked(self) -> None:
        self.owner.follow("Ask agencies to acknowledge it")
        self.owner.choose(HEALTH_AGENCY)
        self.owner.choose("London Borough of Tower Hamlets")
        self.owner.sees("ask agencies")
        self.owner.press("Ask them")
        self.owner.reads("The agencies are asked.", "Not yet")

    def then_a_lead_acknowledges_on_a_phone(self) -> None:
        self.lead.enter_as(walking.HEALTH)
        self.lead.follow("Confirm", within=self.lead.row("works to version 1"))
        self.lead.sees("a policy on a phone")
        self.lead.follow("Acknowledge it")
        self.lead.reads(f"You answer for {HEALTH_AGENCY}.")
        self.lead.sees("acknowledge on a phone")
        self.lead.press("Put it on record")
        self.lead.is_told_wrong("that your staff work to it")
        self.lead.choose("Our staff work to this version")
        self.lead.press("Put it on record")
        self.lead.reads(f"It is on record that {HEALTH_AGENCY} works to it.")
        self.lead.sees("acknowledged on a phone")

    def then_the_owner_sees_who_has_it(self) -> None:
        self.owner.go(self.path)
        expect(self.owner.row(HEALTH_AGENCY)).to_contain_text("Acknowledged")
        expect(self.owner.row("London Borough of Tower Hamlets")).to_contain_text("Not yet")
        self.owner.sees("who works to it")

    def when_it_is_published(self) -> None:
        self.owner.follow("Publish the version in force")
        self.owner.choose(CHECKED)
        self.owner.sees("publish")
        self.owner.press("Publish it")
        self.owner.reads("Version 1 is published.")

    def then_anybody_reads_it_and_nothing_else(self) -> None:
        served = self.outsider.page.request.get(self.world.url + self.public)
        assert served.body() == TEXT
        self.outsider.go(self.path)
        self.outsider.at("Page not found")

    def then_the_list_says_where_each_stands(self) -> None:
        self.owner.go(HOME)
        self.owner.reads("1 policy: 1 in force. 1 due for review soon.", TITLE)
        self.owner.sees("the list")
        self.owner.go(f"{HOME}?state=draft")
        self.owner.reads("No policies match this filter")
        self.owner.sees("the list with nothing that fits")

    def when_its_review_comes_near_it_asks(self) -> None:
        assert self.world.command("run-due").returncode == 0
        self.owner.go("/")
        expect(self.owner.row("Review it")).to_contain_text("10 May 2019")

    def then_the_owner_records_a_review(self) -> None:
        self.owner.follow("Review", within=self.owner.row("Review it"))
        self.owner.follow("Record a review")
        self.owner.fill("What did you find?", "It was used twice and fits.")
        self.owner.give_day("When is it looked at again?", 1, 3, 2021)
        self.owner.sees("record a review")
        self.owner.press("Record the review")
        self.owner.reads("The review is recorded.", "1 March 2021")
        self.owner.go("/")
        expect(self.owner.row("Review it")).to_have_count(0)
