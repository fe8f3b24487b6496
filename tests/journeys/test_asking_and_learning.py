"""Agencies are asked and chased; a near miss lands on a shared caseload; practitioners disagree."""

from __future__ import annotations

import pytest

from tests.journeys import walking
from tests.journeys.letters import found_in
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

NURSE = "Named nurse for Greenwich (Invented)"
SCHOOL = "Safeguarding lead of a Greenwich primary school (Invented)"
GROUP = "Tri-borough, multi-agency serious incident and learning sub group"
EVENT = "SEAPGLB-LE-0001"
PURPOSE = "A look at how boroughs tell each other when a family moves (Invented)"


class TestAskingAndLearning:
    """One invented spring in Greenwich: a partner asks, a school refers, two people disagree."""

    @pytest.fixture
    def world(self, own_world: Server) -> Server:
        return own_world

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk, plain: Walk) -> None:
        self.nurse, self.guest, self.school = desk, pocket, plain

    def test_three_agencies_a_near_miss_and_a_disagreement(self) -> None:
        self.given_a_partner_who_sees_one_agency_chased_and_escalated()
        self.when_she_asks_a_school_and_it_refuses()
        self.when_the_secretariat_asks_a_surgery_by_a_link()
        self.then_the_surgery_answers_once_on_a_phone()
        self.then_the_partner_checks_the_answer()
        self.when_the_second_person_agrees_to_the_schools_near_miss()
        self.then_it_lies_before_the_shared_group()
        self.then_another_borough_tells_who_came_to_the_joint_event()
        self.then_whoever_leads_the_review_before_the_group_finds_both()
        self.then_the_map_asks_what_no_source_says()
        self.when_the_school_disagrees_with_health()
        self.then_it_is_taken_further_and_settled()

    def _choose(self, walk: Walk, label: str, text: str) -> None:
        field = walk.field(label)
        option = field.get_by_role("option").filter(has_text=text).first
        field.select_option(label=option.inner_text())

    def given_a_partner_who_sees_one_agency_chased_and_escalated(self) -> None:
        self.nurse.enter_as(NURSE)
        self.nurse.go("/requests/chasing")
        self.nurse.reads("1 waits for an answer, late.", "Reminded 1 time")
        self.nurse.sees("who owes an answer")
        self.nurse.main.get_by_role("table").first.get_by_role("link").first.click()
        self.nurse.reads("To be rung", "Nobody sits there", PURPOSE)
        self.nurse.sees("a request that was chased and escalated")

    def _ask(self, walk: Walk, exact: str) -> None:
        walk.go("/requests/draft")
        walk.press("Save the draft")
        walk.is_told_wrong("the purpose")
        self._choose(walk, "Which safeguarding partner asks?", "Named nurse")
        walk.fill("For which purpose?", PURPOSE)
        walk.fill("Exactly what is asked?", exact)
        walk.fill("To whom is it delivered?", "The business manager (Invented)")
        walk.give_day("By when?", 12, 4, 2019)
        walk.pick("Which questions?", "Our own words")

    def when_she_asks_a_school_and_it_refuses(self) -> None:
        self._ask(self.nurse, "How many children joined in term time? (Invented)")
        self._choose(self.nurse, "Whom do they ask? A seat", "Schools")
        self.nurse.sees("a draft of a request")
        self.nurse.press("Save the draft")
        self.nurse.reads("Drafted. Read it, then send it.")
        self.asked = self.nurse.path
        self.nurse.follow("Send it")
        self.nurse.press("Send the request")
        self.nurse.reads("Sent. They are reminded until they answer.")
        self.school.enter_as(SCHOOL)
        self.school.go(self.asked)
        self.school.follow("Refuse it")
        self.school.fill("Why not?", "The council holds these numbers (Invented)")
        self.school.press("Refuse the request")
        self.school.reads("They know that you refuse, and why.")
        self.nurse.go(self.asked)
        self.nurse.reads("Refused", "The council holds these numbers")
        self.nurse.sees("a request that was refused")

    def when_the_secretariat_asks_a_surgery_by_a_link(self) -> None:
        self.nurse.enter_as(walking.OUTSIDER)
        self._ask(self.nurse, "How many families were told of? (Invented)")
        self.nurse.fill("Their name", "Jo Patel (Invented)")
        self.nurse.fill("Their work email address", "jo.patel@example.org")
        self.nurse.press("Save the draft")
        self.answered = self.nurse.path
        self.nurse.follow("Send it")
        self.nurse.press("Send the request")
        self.nurse.reads("Sent. They are reminded until they answer.")

    def then_the_surgery_answers_once_on_a_phone(self) -> None:
        world = self.guest.world
        door = found_in(world, r"https?://[^/\s]+(/guest/\S+)", "jo.patel@example.org")
        self.guest.go(door)
        self.guest.press("Send me a code")
        self.guest.fill("Code", found_in(world, r"(?m)^(\d{6})$"))
        self.guest.press("Open the link")
        self.guest.follow("Open the request")
        self.guest.reads(PURPOSE)
        self.guest.sees("a request as a guest meets it")
        self.guest.follow("Answer it")
        self.guest.press("Send the answer")
        self.guest.is_told_wrong("There is no answer yet.")
        self.guest.sees("an answer with an error")
        self.guest.fill("Anything else, or the answer in your own words", "Eleven (Invented)")
        self.guest.press("Send the answer")
        self.guest.reads("Your link has done what it was for")
        self.guest.sees("thanks for the answer")
        self.guest.go(door)
        self.guest.reads_not("Send me a code")

    def then_the_partner_checks_the_answer(self) -> None:
        self.nurse.go(self.answered)
        self.nurse.reads("Answered, to be checked", "Eleven (Invented)")
        self.nurse.follow("Find it adequate")
        self.nurse.fill("Why is it enough?", "It is the number that was asked (Invented)")
        self.nurse.press("Find it adequate")
        self.nurse.reads("Adequate")
        self.nurse.sees("an answer that was found adequate")

    def when_the_second_person_agrees_to_the_schools_near_miss(self) -> None:
        self.school.go("/learning")
        self.school.reads("1 referral waits for a second person’s agreement.")
        self.school.sees("the list of near misses")
        self.school.go("/learning/refer")
        self.school.press("Refer it")
        self.school.is_told_wrong("what happened")
        self.school.sees("a near miss with errors")
        self.nurse.enter_as(NURSE)
        self.nurse.go("/learning")
        self.nurse.main.get_by_role("table").get_by_role("link").first.click()
        self.nurse.reads("The side gate stood open", "Until then it goes no further.")
        self.nurse.sees("a near miss that waits for a second person")
        self.nurse.follow("Agree to it")
        self.nurse.fill("What convinced you?", "It was so at two schools (Invented)")
        self.nurse.press("Agree")
        self.nurse.reads("Agreed. It is before the group.", f"It is before {GROUP}.")

    def then_it_lies_before_the_shared_group(self) -> None:
        self.nurse.go("/learning")
        self.nurse.follow(GROUP)
        self.nurse.reads("1 referral on the caseload", "Before the group")
        self.nurse.reads_not("B-RR-0001")
        self.nurse.sees("the shared caseload")

    def then_another_borough_tells_who_came_to_the_joint_event(self) -> None:
        self.guest.enter_as("Business manager of the Lewisham board (Invented)")
        self.guest.reads(f"who came from your borough to {EVENT}")
        self.guest.go(f"/learning/events/{EVENT}")
        self.guest.reads("When a family moves between our boroughs", "Not told", "B-RR-0001")
        self.guest.sees("a joint event of a group")
        self.guest.follow("Tell who came")
        self.guest.press("Save who came")
        self.guest.is_told_wrong("how many")
        self.guest.fill("How many were invited?", "20")
        self.guest.fill("How many came?", "12")
        self.guest.sees("who came to a joint event")
        self.guest.press("Save who came")
        self.guest.reads("Who came is on file.")
        self.guest.follow("Set what a borough does")
        self.guest.fill("What does it do?", "Ask each school who takes a plan in (Invented)")
        self.guest.give_day("By when?", 30, 4, 2019)
        self.guest.press("Set it")
        self.guest.reads("It is set.", "Ask each school who takes a plan in")
        self.guest.go(f"/learning/caseloads/{EVENT.replace('LE-0001', 'B-0004')}")
        self.guest.reads("B-RR-0001", "from 3 of 3")

    def then_whoever_leads_the_review_before_the_group_finds_both(self) -> None:
        self.guest.enter_as("Business manager of the Bexley partnership (Invented)")
        self.guest.go("/learning")
        self.guest.follow(GROUP)
        self.guest.reads("1 review on the caseload", "from 3 of 3")
        self.guest.sees("the shared caseload of whoever leads a review")
        self.guest.follow("B-RR-0001")
        self.guest.reads("Dunlin")

    def then_the_map_asks_what_no_source_says(self) -> None:
        self.guest.enter_as("Co-ordinator of the tri-borough programme (Invented)")
        self.guest.go("/learning/routes")
        self.guest.reads(
            "3 boroughs. The shared way is stated for 1 of 3 steps; 11 questions are open.",
            "One of the three participating local authorities leads each review.",
        )
        self.guest.sees("how local reviews begin")

    def when_the_school_disagrees_with_health(self) -> None:
        self.school.go("/escalations/raise")
        self._choose(self.school, "With which agency do you disagree?", "Clinical")
        self._choose(self.school, "Whom of theirs do you disagree with?", "Named nurse")
        self.school.fill("The child’s label, if there is one", "Wagtail")
        self.school.fill("What do you disagree about?", "Whether to see the child now (Invented)")
        self.school.fill("What would settle it?", "A visit this week (Invented)")
        self.school.press("Raise it")
        self.school.reads("It is raised. They are asked.", "Wagtail", "0 of 2")
        self.raised = self.school.path
        self.school.sees("a disagreement at its first stage")

    def then_it_is_taken_further_and_settled(self) -> None:
        self.school.follow("Take it further")
        self.school.fill("Why did this stage not settle it?", "No date for a visit (Invented)")
        self._choose(self.school, "Who speaks for your agency now?", "Schools")
        self._choose(self.school, "And for theirs?", "Named nurse")
        self.school.press("Take it to the next stage")
        self.school.reads("Between their managers (Invented)")
        self.nurse.go(self.raised)
        self.nurse.reads("Between their managers (Invented)")
        self.nurse.reads_not("Settle it")
        self.school.follow("Settle it")
        self.school.press("Record the outcome")
        self.school.is_told_wrong("how it came out")
        self.school.choose("The decision changed in part")
        self.school.fill("What was agreed, and what happens now?", "A visit on Friday (Invented)")
        self.school.press("Record the outcome")
        self.school.reads("It is settled.")
        self.nurse.go(self.raised)
        self.nurse.reads("A visit on Friday")
        self.nurse.sees("a disagreement with its outcome")
        self.nurse.go("/escalations")
        self.nurse.sees("the log of disagreements")
        self.nurse.go("/escalations/figures")
        self.nurse.reads("Fewer than 5")
        self.nurse.sees("figures of disagreements")
