"""A risk is given an owner, scored, accepted for a time, escalated and put on an agenda."""

from __future__ import annotations

import pytest

from tests.journeys import walking
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

RISK = "The same child is counted twice while two systems run side by side (Invented)"
REGISTER = "THSCP Risk register"
EXECUTIVE = "Risks of the executive (Invented)"
MEETING = "Executive Group, first session of the statutory partners (Invented)"


class TestARisk:
    """From a finding to the agenda of the executive."""

    @pytest.fixture
    def world(self, own_world: Server) -> Server:
        return own_world

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk, plain: Walk) -> None:
        self.manager, self.owner, self.outsider = desk, pocket, plain

    def test_is_scored_accepted_and_escalated_to_an_agenda(self) -> None:
        self.given_a_manager_who_finds_risks_without_an_owner()
        self.when_they_give_one_to_a_director()
        self.then_the_director_finds_it_in_their_work_on_a_phone()
        self.when_the_director_scores_it_without_a_reason_they_are_told()
        self.when_the_director_scores_it_with_a_reason()
        self.when_the_manager_records_its_acceptance()
        self.when_the_manager_escalates_it_to_the_executive()
        self.then_it_is_suggested_for_the_agenda_of_the_executive()
        self.when_the_manager_puts_it_before_the_executive()
        self.then_it_stands_on_the_agenda()
        self.then_the_map_and_the_movement_tell_of_it()
        self.then_an_outsider_finds_nothing()

    def given_a_manager_who_finds_risks_without_an_owner(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        self.manager.turn_to("Partnership")
        self.manager.go("/partnership/tower-hamlets/risks")
        self.manager.reads(REGISTER, "LOW, MEDIUM and HIGH, in words", EXECUTIVE)
        self.manager.sees("the registers of a partnership")
        self.manager.follow(REGISTER)
        self.manager.reads("5 open; 5 without an owner, 1 with a review overdue.")
        self.manager.reads("Potential for fragmented local safeguarding arrangements")
        self.manager.sees("a register")
        self.manager.follow(RISK)
        self.manager.reads("Nobody owns this risk. Name a post or a seat.")
        self.path = self.manager.path

    def when_they_give_one_to_a_director(self) -> None:
        self.manager.follow("Give it to an owner")
        self.manager.press("Give it to them")
        self.manager.is_told_wrong("who owns it")
        self.manager.sees("an owner with errors")
        option = self.manager.main.get_by_role("option").filter(has_text=walking.COUNCIL).first
        self.manager.pick("Who owns it?", option.inner_text())
        self.manager.fill("Why them?", "Their service runs both systems")
        self.manager.press("Give it to them")
        self.manager.reads("It has an owner. They are told.")

    def then_the_director_finds_it_in_their_work_on_a_phone(self) -> None:
        self.owner.enter_as(walking.COUNCIL)
        self.owner.reads(RISK)
        self.owner.go(self.path)
        self.owner.reads("Score it")
        self.owner.sees("a risk as its owner")

    def when_the_director_scores_it_without_a_reason_they_are_told(self) -> None:
        self.owner.follow("Score it")
        self.owner.page.get_by_role("group", name="Likelihood").get_by_label("HIGH").check()
        self.owner.press("Record the score")
        self.owner.is_told_wrong("the reason")
        self.owner.sees("a score with errors")

    def when_the_director_scores_it_with_a_reason(self) -> None:
        self.owner.fill("Why?", "Eleven children stood in both lists in March")
        self.owner.press("Record the score")
        self.owner.reads("The score is recorded, with its reason.")
        self.owner.reads("HIGH likelihood, MEDIUM impact")
        self.owner.reads_not("Accept it for a time")

    def when_the_manager_records_its_acceptance(self) -> None:
        self.manager.go(self.path)
        self.manager.follow("Accept it for a time")
        seat = "Statutory partner for health"
        options = self.manager.main.get_by_role("option")
        option = options.filter(has_text=seat).first
        self.manager.pick("Who approves it?", option.inner_text())
        self.manager.fill("Why can it be lived with?", "Both lists are compared by hand each week")
        self.manager.give_day("Until when?", 30, 6, 2019)
        self.manager.sees("an acceptance")
        self.manager.press("Record the acceptance")
        self.manager.reads("Until 30 June 2019", "Both lists are compared by hand each week")

    def when_the_manager_escalates_it_to_the_executive(self) -> None:
        self.manager.follow("Escalate or move it")
        self.manager.reads("Another scheme: it is scored anew")
        self.manager.sees("where a risk can move")
        self.manager.follow(f"Move it to {EXECUTIVE}")
        self.manager.press("Move the risk")
        self.manager.is_told_wrong("likelihood")
        self.manager.sees("a move with errors")
        groups = self.manager.page.get_by_role("group", name="Likelihood")
        groups.get_by_label("4 Likely").check()
        self.manager.page.get_by_role("group", name="Impact").get_by_label("4 Major").check()
        self.manager.fill(
            "Why does it move, and why this score?", "Only the executive can end the parallel run"
        )
        self.manager.press("Move the risk")
        self.manager.reads("16 extreme (4 Likely likelihood, 4 Major impact)")
        self.manager.sees("a risk that moved")

    def then_it_is_suggested_for_the_agenda_of_the_executive(self) -> None:
        self.manager.reads("Suggested for an agenda", "Only the executive can end the parallel run")
        self.manager.go("/meetings")
        self.manager.follow(MEETING)
        self.manager.follow("Build the agenda")
        self.manager.reads(f"Risk: {RISK}", "Risk that came here")
        self.manager.sees("a risk that is suggested")
        self.manager.go(self.path)

    def when_the_manager_puts_it_before_the_executive(self) -> None:
        self.manager.follow("Put it before a meeting")
        option = self.manager.main.get_by_role("option").filter(has_text=MEETING).first
        self.manager.pick("Which meeting?", option.inner_text())
        self.manager.choose("Decide")
        self.manager.fill("Why does it come to this meeting?", "May the old system close in June?")
        self.manager.press("Propose it for the agenda")
        self.manager.reads("It is proposed for the agenda.", "May the old system close in June?")

    def then_it_stands_on_the_agenda(self) -> None:
        self.manager.follow(MEETING)
        self.manager.follow("Build the agenda")
        self.manager.reads(f"Risk: {RISK}")
        self.manager.press(f"Add Risk: {RISK}")
        self.manager.reads("It is on the agenda.")
        self.manager.sees("a risk on the agenda")

    def then_the_map_and_the_movement_tell_of_it(self) -> None:
        self.manager.go(self.path)
        self.manager.follow(EXECUTIVE)
        self.manager.follow("Heat map")
        self.manager.reads("Likelihood by impact, on 29 March 2019")
        self.manager.sees("a heat map")
        self.manager.follow("Movement")
        self.manager.reads("Only the executive can end the parallel run")
        self.manager.sees("the movement of a quarter")

    def then_an_outsider_finds_nothing(self) -> None:
        self.outsider.go(self.path)
        self.outsider.at("Sign in")
        self.outsider.enter_as(walking.OUTSIDER)
        for path in (self.path, f"{self.path}/score", "/partnership/tower-hamlets/risks"):
            self.outsider.go(path)
            self.outsider.at("Page not found")
