"""The arrangements from their first words to go-live in one go, with no point waived."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.test_arrangements_text import SIGNERS, TEXT, Drafting
from tests.journeys.test_transition import HOME, GoingLive
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

EXECUTIVE = "Executive Group - Statutory Partners"
BODIES = (
    "Case group (Invented)",
    EXECUTIVE,
    "Youth and Wider Executive Group - Relevant Agencies",
    "Operational Group: Learning and communications",
    "Operational Group: Recommendations and Oversight Group",
    "Operational Group: Task and Finish Core Processes and Priority Themes Development Groups",
)
PROPOSED = {
    "London Borough of Tower Hamlets": (
        "Director of Children's Services",
        "Council scheme of delegation",
    ),
    "Central East Basic Command Unit": (
        "Chief Superintendent Shared BCU Tower Hamlets and Hackney",
        "Police internal delegation",
    ),
}
THRESHOLDS = "From early help to protection (Invented)"


@pytest.fixture
def world(own_world: Server) -> Server:
    return own_world


class TestFromTheDraftToGoLive(Drafting, GoingLive):
    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk, tmp_path: Path) -> None:
        self.author = self.co_ordinator = desk
        self.phone = self.manager = pocket
        self.folder = tmp_path

    def test_three_sign_on_phones_the_public_reads_and_the_area_goes_live(self) -> None:
        self.given_an_author_with_a_version_in_preparation()
        self.when_the_draft_is_begun()
        self.when_three_sign_the_first_edition_on_phones()
        self.then_the_public_reads_nothing_yet()
        self.when_the_first_edition_is_published()
        self.then_the_public_reads_what_was_signed()
        self.when_each_delegation_rests_on_a_decision()
        self.when_every_group_has_terms()
        self.when_the_threshold_document_is_in_force()
        self.when_the_handover_list_is_answered()
        self.when_she_writes_whom_to_call()
        self.then_every_point_stands_and_none_is_waived()
        self.when_she_goes_live()
        self.then_the_board_has_ended_and_its_tails_run()

    def when_three_sign_the_first_edition_on_phones(self) -> None:
        self.author.go(f"{TEXT}/write/who-we-are")
        self.when_a_section_is_written()
        self._make_an_edition(1)
        self._ask()
        for person in SIGNERS:
            self._sign(person, 1)
        self.author.go(f"{TEXT}/sign-off")
        self.author.follow("Record the agreement")
        self.author.press("Record the agreement")
        self.author.reads("The arrangements are agreed.")

    def when_the_first_edition_is_published(self) -> None:
        self.author.go(f"{TEXT}/publish")
        self.author.choose("I have checked that it names no child and nobody who must not be named")
        self.author.press("Publish edition 1")
        self.author.reads("It is published.")

    def when_each_delegation_rests_on_a_decision(self) -> None:
        she = self.co_ordinator
        for agency, (post, ground) in PROPOSED.items():
            she.go(f"{HOME}/delegations")
            she.follow(agency, within=she.row(post))
            she.follow("End this delegation")
            she.give_day("Last day", 28, 3, 2019)
            she.fill("Why it ends", "A decision takes its place (Invented)")
            she.press("End the delegation")
            she.go(f"{HOME}/delegations/new")
            she.pick("Agency whose power it is", agency)
            she.pick("Who holds it", f"{post} (the post)")
            for limb in ("Speak for the body", "Commit it on policy", "Commit it on practice"):
                she.choose(limb)
            she.pick("What it rests on", ground)
            she.fill("Title and reference of that instrument", "Scheme of March 2019 (Invented)")
            she.press("Record the delegation")
            she.reads("The delegation is on record.")

    def when_every_group_has_terms(self) -> None:
        she = self.co_ordinator
        for body in BODIES:
            she.go(f"{HOME}/structure")
            she.main.get_by_role("link", name=body, exact=True).first.click()
            she.go(f"{she.path}/terms")
            she.fill("Title of this version", f"Terms of the {body} (Invented)")
            she.give_day("In force from", 29, 3, 2019)
            she.fill("When it was agreed", "29 March 2019")
            she.press("Record these terms")
            she.reads("The new terms are on record.")

    def when_the_threshold_document_is_in_force(self) -> None:
        she = self.co_ordinator
        she.go(f"{HOME}/policies")
        she.follow("Begin a policy")
        she.fill("Title", THRESHOLDS)
        she.pick("What is it?", "Threshold document")
        she.choose("The public may read it")
        she.press("Begin the policy")
        file = self.folder / "thresholds.txt"
        file.write_bytes(b"Who helps when. Invented.\n")
        she.main.get_by_label("File", exact=True).set_input_files(file)
        she.press("Add the text")
        she.follow("Record an approval")
        she.pick("Which body?", EXECUTIVE)
        she.give_day("On which day did it decide?", 29, 3, 2019)
        she.fill("Where is it recorded?", "Executive of 29 March 2019, item 4 (Invented)")
        she.press("Record the approval of version 1")
        she.follow("Bring it into force")
        she.give_day("From which day is it in force?", 29, 3, 2019)
        she.press("Bring it into force")
        she.reads("Version 1 is in force.")

    def when_the_handover_list_is_answered(self) -> None:
        self.co_ordinator.go(f"{HOME}/transition")
        self.when_she_answers_the_handover_list()
        self.then_the_manager_accepts_what_was_passed_to_her()

    def then_every_point_stands_and_none_is_waived(self) -> None:
        she = self.co_ordinator
        she.go(f"{HOME}/transition")
        she.press("Look at the list again")
        she.reads("Every point stands.", "Signed off by")
        expect(she.main.get_by_role("link", name="Waive")).to_have_count(0)
        she.sees("every point stands and none is waived")
