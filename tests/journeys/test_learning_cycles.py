"""A priority is carried out through a learning cycle, and its gate is decided on what was found."""

from __future__ import annotations

import pytest

from tests.journeys import walking
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

HOME = "/partnership/tower-hamlets/programme"
PRIORITY = "Neglect in the early years (Invented)"
HUB = "Neglect before the age of five (Invented)"
DIVE = "How thresholds are read at the front door (Invented)"
GATE = "Does the assessment of neglect go to every nursery? (Invented)"
BOARD = "Executive Group - Statutory Partners"
SUGGESTED = "1. Give each family the result in plain words on one page."
NEXT = "Fathers in assessments (Invented)"


class TestALearningCycle:
    """The hub on neglect, under way on 29 March 2019, and the gate that rests on it."""

    @pytest.fixture
    def world(self, own_world: Server) -> Server:
        return own_world

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk, plain: Walk) -> None:
        self.manager, self.lead, self.outsider = desk, pocket, plain

    def test_leads_from_a_theme_to_a_decision_at_a_gate(self) -> None:
        self.given_a_priority_with_two_cycles()
        self.when_the_gate_is_decided_before_the_cycle_has_reported()
        self.when_the_cycle_reports_to_the_board()
        self.then_a_lead_reads_on_a_phone_what_the_board_has()
        self.when_the_board_answers()
        self.then_the_gate_is_decided_on_it()
        self.when_the_impact_of_an_earlier_cycle_is_checked()
        self.when_the_next_cycle_is_planned_and_begun()
        self.when_the_priority_ends_and_is_chosen_again()
        self.then_an_outsider_finds_nothing()

    def given_a_priority_with_two_cycles(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        self.manager.go(HOME)
        self.manager.follow(PRIORITY)
        self.priority = self.manager.path
        self.manager.reads(HUB, DIVE)
        self.manager.sees("priority with its cycles")

    def when_the_gate_is_decided_before_the_cycle_has_reported(self) -> None:
        self.manager.follow(f"Record the decision on {GATE}")
        self._decide()
        self.manager.is_told_wrong("has not reported yet")
        self.manager.sees("gate before the cycle has reported")

    def _decide(self) -> None:
        self.manager.pick("Which body?", BOARD)
        self.manager.choose("Yes")
        self.manager.fill("Why?", "Families understand one page (Invented)")
        self.manager.give_day("On which day?", 29, 3, 2019)
        self.manager.press("Record the decision")

    def when_the_cycle_reports_to_the_board(self) -> None:
        self.manager.go(self.priority)
        self.manager.follow(HUB)
        self.cycle = self.manager.path
        self.manager.sees("learning cycle under way")
        self.manager.follow("Report to the board")
        self.manager.pick("Which body?", BOARD)
        self.manager.give_day("On which day?", 28, 3, 2019)
        self.manager.press("Report to the board")
        self.manager.is_told_wrong("Enter what it found")
        self.manager.sees("report without words")
        self.manager.fill(
            "What did it find, in a few sentences?", "A score is no answer (Invented)"
        )
        self.manager.press("Report to the board")
        self.manager.reads("The board has 1 suggestion to answer.")

    def then_a_lead_reads_on_a_phone_what_the_board_has(self) -> None:
        self.lead.enter_as(walking.COUNCIL)
        self.lead.go(self.cycle)
        self.lead.reads("A score is no answer (Invented)", "Reported to")
        self.lead.sees("learning cycle before the board")

    def when_the_board_answers(self) -> None:
        self.manager.follow("Record the board’s answer")
        self.manager.choose("Adapted")
        self.manager.fill(
            "What did the board make of it in all?", "Yes, in two languages (Invented)"
        )
        self.manager.give_day("On which day?", 29, 3, 2019)
        self.manager.press("Record the answer")
        self.manager.is_told_wrong("Say why, or what is done instead")
        self.manager.sees("answer without a reason")
        self.manager.fill("Why, or what is done instead of suggestion 1?", "Two pages (Invented)")
        self.manager.press("Record the answer")
        self.manager.reads("Of 1 suggestion the board adapted 1.")
        self.manager.sees("learning cycle answered")

    def then_the_gate_is_decided_on_it(self) -> None:
        self.manager.go(self.priority)
        self.manager.follow(f"Record the decision on {GATE}")
        self._decide()
        self.manager.reads("The decision is on record.", "Rests on", "Families understand one page")
        self.manager.go(self.cycle)
        self.manager.reads("Gates that rest on it", GATE)

    def when_the_impact_of_an_earlier_cycle_is_checked(self) -> None:
        self.manager.go(self.priority)
        self.manager.follow(DIVE)
        self.manager.follow("Check its impact")
        for at, choice in ((0, "Seen"), (1, "Cannot be told")):
            self.manager.main.get_by_role("radio", name=choice, exact=True).nth(at).check()
        self.manager.fill("What shows what came of suggestion 1?", "Held in February (Invented)")
        self.manager.fill("What shows what came of suggestion 2?", "Not printed yet (Invented)")
        self.manager.fill("What changed for children in all?", "Fewer are turned away (Invented)")
        self.manager.give_day("On which day was it checked?", 29, 3, 2019)
        self.manager.pick("In which learning cycle was it checked?", HUB)
        self.manager.press("Record what came of it")
        self.manager.reads("Impact: seen 1 and cannot be told 1.", HUB)
        self.manager.sees("learning cycle with its impact")

    def when_the_next_cycle_is_planned_and_begun(self) -> None:
        self.manager.go(self.priority)
        self.manager.follow("Plan a learning cycle")
        self.manager.fill("Its one theme", NEXT)
        self.manager.pick("After which model?", "Learning hub")
        self.manager.pick("Who runs it", "Tower Hamlets")
        self.manager.fill("When it begins", "April 2019")
        self.manager.fill("When it ends", "July 2019")
        self.manager.press("Add this learning cycle")
        self.manager.reads(NEXT, "Nobody is named yet.")
        self.next = self.manager.path
        self.manager.follow("Begin it")
        self.manager.press("Begin it")
        self.manager.is_told_wrong("Say first who takes part")
        self.manager.go(self.next)
        self.manager.follow("Add who takes part")
        self.manager.fill("Who it is, if no post", "A fathers’ worker (Invented)")
        self.manager.pick("As what", "Leads")
        self.manager.press("Add this member")
        self.manager.follow("Begin it")
        self.manager.press("Begin it")
        self.manager.reads("It is under way.")

    def when_the_priority_ends_and_is_chosen_again(self) -> None:
        self.manager.go(self.priority)
        self.manager.follow("End it with what came of it")
        self.manager.fill("What came of it?", "Seven of ten by March (Invented)")
        self.manager.choose("Yes, for another year")
        self.manager.press("End the priority")
        self.manager.is_told_wrong("Give the body, since it is chosen again")
        self.manager.sees("priority chosen again by nobody")
        self.manager.pick("Which body chose it again?", BOARD)
        self.manager.give_day("On which day?", 29, 3, 2019)
        self.manager.fill("First day of the next year", "April 2020")
        self.manager.press("End the priority")
        self.manager.reads("is chosen again as", "What came of it before: Seven of ten")
        self.again = self.manager.path
        self.manager.sees("priority of the next year")

    def then_an_outsider_finds_nothing(self) -> None:
        self.outsider.enter_as(walking.OUTSIDER)
        for path in (self.priority, self.cycle, self.next, self.again, f"{self.cycle}/answer"):
            self.outsider.go(path)
            self.outsider.at("Page not found")
        self.outsider.go("/partnership/greenwich/programme")
        self.outsider.reads_not(HUB, DIVE, NEXT)
        self.outsider.follow("Children and young people who go missing and are at risk of criminal "
                             "or sexual exploitation")  # fmt: skip
        self.outsider.reads("Run by Bexley", "Observers from Greenwich", "It is not stated")
        self.outsider.sees("learning cycle of the paper")
