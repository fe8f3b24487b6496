"""A recommendation is drafted, looked for among the earlier ones, worked, accepted and measured."""

from __future__ import annotations

import pytest

from tests.journeys import walking
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

OVERSIGHT = "Operational Group: Recommendations and Oversight Group"
TITLE = "Tell the new borough of a family as soon as it moves (Invented)"
EARLIER = "Tell the new borough what is known of a family as soon as it moves"
NOBODYS = "Agree what “at risk of exploitation” means across three agencies"
POINTS = (
    "Is an addressee named who can do it?",
    "Does it ask for one clear change, and answer its finding?",
    "Is it said how anybody will see that it worked?",
    "Have we looked whether we were told this before?",
    "Is it said whether it is a change of the system or a matter of compliance?",
)
EXECUTIVE = "Executive Group - Statutory Partners"


class TestARecommendation:
    """From an old review that lies open to a new one that was told before."""

    @pytest.fixture
    def world(self, own_world: Server) -> Server:
        return own_world

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk, plain: Walk) -> None:
        self.manager, self.owner, self.outsider = desk, pocket, plain

    def test_is_worked_before_a_board_accepts_it_and_measured_after(self) -> None:
        self.given_a_manager_who_finds_an_old_review_lying_open()
        self.when_they_give_an_owner_to_what_nobody_owns()
        self.when_they_draft_another()
        self.then_they_see_that_it_was_told_before()
        self.when_they_say_that_it_is_the_same()
        self.when_it_is_sent_to_the_body_that_works_drafts()
        self.then_its_caseload_calls_for_a_meeting()
        self.when_a_point_is_answered_against_what_is_on_file_they_are_told()
        self.when_every_point_is_answered_it_goes_before_the_board()
        self.when_the_board_accepts_it()
        self.then_its_owner_finds_it_in_their_work_on_a_phone()
        self.when_the_owner_puts_a_value_on_file_and_says_that_it_is_done()
        self.when_the_manager_accepts_and_closes_it()
        self.then_an_outsider_finds_nothing()

    def given_a_manager_who_finds_an_old_review_lying_open(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        self.manager.turn_to("Actions")
        self.manager.follow("Recommendations")
        self.manager.reads("11 open; 2 overdue, 1 without an owner.", "Kestrel", "Told 3 times")
        self.manager.sees("the list of recommendations")
        self.manager.follow(NOBODYS)
        self.manager.reads("Nobody owns this")
        self.manager.sees("a recommendation that nobody owns")

    def when_they_give_an_owner_to_what_nobody_owns(self) -> None:
        self.manager.follow("Give it to an owner")
        self.manager.press("Give it to them")
        self.manager.is_told_wrong("the post that owns it")
        self.manager.sees("an owner with errors")
        option = self.manager.main.get_by_role("option").filter(has_text=walking.POLICE).first
        self.manager.pick("Which post owns it?", option.inner_text())
        self.manager.fill("Why them?", "They lead on exploitation")
        self.manager.press("Give it to them")
        self.manager.reads("It has an owner. They are told.", "They lead on exploitation")
        self.manager.reads_not("Nobody owns this")

    def when_they_draft_another(self) -> None:
        self.manager.go("/recommendations/draft")
        self.manager.pick("What does it come from?", "Audit")
        self.manager.fill("Its title", "Audit of transfers (Invented)")
        self.manager.fill("What is to change?", TITLE)
        self.manager.sees("a draft")
        self.manager.press("Save the draft")
        self.manager.reads("Look next whether you were told this before.")

    def then_they_see_that_it_was_told_before(self) -> None:
        self.manager.reads(EARLIER, "Plover, old serious case review (Invented)")
        row = self.manager.row(EARLIER)
        assert "borough" in row.inner_text()
        self.manager.sees("what was told before")

    def when_they_say_that_it_is_the_same(self) -> None:
        self.manager.row(EARLIER).get_by_role("link", name="Say that it is the same").click()
        self.manager.sees("two that are the same")
        self.manager.press("Say that they are the same")
        self.manager.reads("Counted as told before.", "Told 4 times")

    def when_it_is_sent_to_the_body_that_works_drafts(self) -> None:
        self.manager.go("/recommendations?state=draft")
        self.manager.follow(TITLE)
        self.path = self.manager.path
        self.manager.reads("Draft", "Told 4 times")
        self.manager.follow("Send it to be worked on")
        self.manager.pick("Which body works it?", OVERSIGHT)
        self.manager.press("Send the draft")
        self.manager.reads("Sent. It stands in the work of that body.", POINTS[0])
        self.manager.sees("a draft with its check list")

    def then_its_caseload_calls_for_a_meeting(self) -> None:
        self.manager.go("/recommendations/bodies")
        self.manager.reads(f"The caseload calls for a meeting of {OVERSIGHT}.")
        self.manager.sees("bodies at work")
        self.manager.follow(OVERSIGHT)
        self.manager.reads("The caseload has reached 3: a meeting is due.")
        self.manager.sees("the caseload of a body")

    def when_a_point_is_answered_against_what_is_on_file_they_are_told(self) -> None:
        self.manager.go(self.path)
        self._answer(0, "Yes", "The council can")
        self.manager.is_told_wrong("No addressee is named")
        self.manager.sees("a point with errors")
        self.manager.choose("No")
        self.manager.press("Save the answer")
        self.manager.reads("Answered. The board reads your reason.")

    def _answer(self, number: int, answer: str, why: str) -> None:
        self.manager.row(POINTS[number]).get_by_role("link").click()
        self.manager.choose(answer)
        self.manager.fill("Why?", why)
        self.manager.press("Save the answer")

    def when_every_point_is_answered_it_goes_before_the_board(self) -> None:
        for number in range(1, len(POINTS)):
            self._answer(number, "No" if number in (2, 4) else "Yes", "Seen in March")
        self.manager.follow("Put it before a board")
        self.manager.pick("Which body decides?", EXECUTIVE)
        self.manager.press("Put it before them")
        self.manager.reads("It is before the board.", "Before the board")

    def when_the_board_accepts_it(self) -> None:
        self.manager.follow("Record that it is accepted")
        self.manager.press("Record the acceptance")
        self.manager.is_told_wrong("the reasons")
        self.manager.fill("The reasons of the body", "It was told three times before")
        option = self.manager.main.get_by_role("option").filter(has_text=walking.COUNCIL).first
        self.manager.pick("Which post owns it?", option.inner_text())
        self.manager.press("Record the acceptance")
        self.manager.reads("It is accepted.", "It was told three times before")

    def then_its_owner_finds_it_in_their_work_on_a_phone(self) -> None:
        self.owner.enter_as(walking.COUNCIL)
        self.owner.reads(TITLE)
        self.owner.go(self.path)
        self.owner.fill("How does it go, in one line?", "The path is agreed with Hackney")
        self.owner.press("Save the update")
        self.owner.reads("The path is agreed with Hackney")
        self.owner.sees("a recommendation as its owner")

    def when_the_owner_puts_a_value_on_file_and_says_that_it_is_done(self) -> None:
        self.owner.follow("Add a value before or after")
        self.owner.choose("Measured before")
        self.owner.fill("The value", "41")
        self.owner.fill("What it counts", "per cent")
        self.owner.give_day("On which day, or up to which?", 1, 3, 2019)
        self.owner.fill("Where is it from?", "Transfer log (Invented)")
        self.owner.press("Add the value")
        self.owner.reads("The value is on file.", "41 per cent")
        self.owner.follow("Say that it is done")
        self.owner.fill("What was done?", "Two boroughs use the path")
        self.owner.press("Say that it is done")
        self.owner.is_told_wrong("Nothing shows it yet")
        self.owner.fill("What shows it?", "The first ten transfers")
        self.owner.fill("Where can that be found?", "Transfer log (Invented)")
        self.owner.press("Say that it is done")
        self.owner.reads("It waits until the body that set it accepts it.")

    def when_the_manager_accepts_and_closes_it(self) -> None:
        self.manager.go(self.path)
        self.manager.follow("Accept it as adequate")
        self.manager.fill("Why is it adequate?", "Ten of ten transfers were told")
        self.manager.press("Accept it as adequate")
        self.manager.reads("Accepted as adequate.")
        self.manager.follow("Close it with what it changed")
        self.manager.choose("Better")
        self.manager.fill("How is that known?", "More transfers are told")
        self.manager.press("Close the recommendation")
        self.manager.is_told_wrong("Nothing is measured after yet")
        self.manager.choose("Cannot be told")
        self.manager.press("Close the recommendation")
        self.manager.reads("Closed, with what it changed.", "More transfers are told")
        self.manager.sees("a recommendation that is closed")

    def then_an_outsider_finds_nothing(self) -> None:
        self.outsider.enter_as(walking.OUTSIDER)
        self.outsider.go(self.path)
        self.outsider.at("Page not found")
        self.outsider.go("/recommendations/before?q=family+moves+borough")
        self.outsider.reads_not(TITLE, EARLIER)
