"""Somebody moves from seat to seat: the power of the seat they leave is theirs no more."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import walking
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

PEOPLE = "/partnership/tower-hamlets/people"
NAME = "Robin Farthing"
OLD_POST = "Interim lead for safeguarding (Invented)"
NEW_POST = "Adviser for schools (Invented)"
GRANTED = "Tower Hamlets Clinical Commissioning Group"
OLD_SEAT = "Statutory partner for health"
NEW_SEAT = "Statutory partner for the council"


@pytest.fixture
def world(own_world: Server) -> Server:
    return own_world


class TestAMover:
    """A power given to a post stays with the post, whoever leaves it."""

    @pytest.fixture(autouse=True)
    def _people(self, plain: Walk) -> None:
        self.manager = plain

    def test_leaves_behind_the_power_of_the_post(self) -> None:
        self.given_two_posts()
        self.given_somebody_who_joined()
        self.given_each_post_deputises_in_a_seat()
        self.given_a_delegation_to_the_post()
        self.then_they_may_speak_for_the_agency()
        self.when_they_move()
        self.then_the_power_has_lapsed_for_them_and_stays_with_the_post()

    def given_two_posts(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        self.manager.go(PEOPLE)
        for title in (OLD_POST, NEW_POST):
            self.manager.follow("Add a post")
            self.manager.fill("Title of the post", title)
            self.manager.press("Add this post")
            self.manager.reads(f"{title} is set down.")

    def given_somebody_who_joined(self) -> None:
        self.manager.follow("Somebody joins")
        self.manager.sees("somebody joins")
        self.manager.press("Register and put into post")
        self.manager.is_told_wrong("full name")
        self.manager.sees("somebody joins with errors")
        self.manager.fill("Full name", NAME)
        self.manager.pick("Post that they take", OLD_POST)
        self.manager.give_day("First day in the post", 1, 3, 2019)
        self.manager.press("Register and put into post")
        self.manager.reads(f"{NAME} is registered.")
        self.manager.sees("what is left for the joiner")

    def given_each_post_deputises_in_a_seat(self) -> None:
        for post, seat in ((OLD_POST, OLD_SEAT), (NEW_POST, NEW_SEAT)):
            self.manager.go("/partnership/tower-hamlets/structure")
            self.manager.follow(seat, within=self.manager.main)
            self.manager.follow("Appoint somebody")
            self.manager.pick("Post that sits", post)
            self.manager.choose("Deputy")
            self.manager.give_day("First day", 1, 3, 2019)
            self.manager.press("Appoint")
            self.manager.reads("The appointment is on record.", post)
        self.manager.sees("a seat with its deputy")

    def given_a_delegation_to_the_post(self) -> None:
        self.manager.go("/partnership/tower-hamlets/delegations/new")
        self.manager.sees("record a delegation")
        self.manager.press("Record the delegation")
        self.manager.is_told_wrong("what they may do")
        self.manager.sees("record a delegation with errors")
        self.manager.pick("Agency whose power it is", GRANTED)
        self.manager.pick("Who holds it", f"{OLD_POST} (the post)")
        self.manager.choose("Speak for the body")
        self.manager.pick("What it rests on", "Letter")
        self.manager.press("Record the delegation")
        self.manager.reads("The delegation is on record.")
        self.delegation = self.manager.path
        self.manager.sees("the delegation")

    def then_they_may_speak_for_the_agency(self) -> None:
        self.manager.go(PEOPLE)
        self.manager.follow(NAME)
        powers = self.manager.main.get_by_role("table", name="Delegations that they hold today")
        expect(powers).to_contain_text(GRANTED)
        self.manager.sees("before the move")

    def when_they_move(self) -> None:
        self.manager.go(PEOPLE)
        self.manager.follow(f"Move {NAME}")
        self.manager.reads(OLD_SEAT)
        self.manager.sees("what stays with the post")
        self.manager.press("Record the move")
        self.manager.is_told_wrong("the post they take")
        self.manager.sees("the move with errors")
        self.manager.pick("Post that they take", NEW_POST)
        self.manager.give_day("First day in the new post", 29, 3, 2019)
        self.manager.fill("Why", "Schools asked for an adviser")
        self.manager.press("Record the move")
        self.manager.reads(f"{NAME} has moved.")

    def then_the_power_has_lapsed_for_them_and_stays_with_the_post(self) -> None:
        self.manager.reads("No delegation in force is on record", NEW_POST, NEW_SEAT)
        self.manager.sees("after the move")
        self.manager.go(self.delegation)
        self.manager.reads(OLD_POST, "it passes to whoever follows")


NAMED = "/partnership/tower-hamlets/named"
IN_PAPERS = "R. Farthing"


class TestAMoverNamedInTheFile:
    """A power given by name goes with the seat held by that name, and passes to nobody."""

    @pytest.fixture(autouse=True)
    def _people(self, plain: Walk) -> None:
        self.manager = plain

    def test_loses_the_power_and_nobody_has_it_after(self) -> None:
        self.given_somebody_in_a_post()
        self.given_a_seat_and_a_power_to_a_name()
        self.then_the_power_reaches_nobody_whom_the_partnership_knows()
        self.when_the_name_is_said_to_be_that_person()
        self.then_the_power_is_theirs()
        self.when_they_are_about_to_move_they_are_told_what_lapses()
        self.when_they_move()
        self.then_the_power_has_ended_on_the_day_before()
        self.then_who_the_name_is_can_be_taken_back()

    def given_somebody_in_a_post(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        self.manager.go(PEOPLE)
        for title in (OLD_POST, NEW_POST):
            self.manager.follow("Add a post")
            self.manager.fill("Title of the post", title)
            self.manager.press("Add this post")
        self.manager.follow("Somebody joins")
        self.manager.fill("Full name", NAME)
        self.manager.pick("Post that they take", OLD_POST)
        self.manager.give_day("First day in the post", 1, 3, 2019)
        self.manager.press("Register and put into post")

    def given_a_seat_and_a_power_to_a_name(self) -> None:
        self.manager.go(NAMED)
        self.manager.sees("nobody is named")
        self.manager.follow("Name somebody")
        self.manager.fill("Name, as papers give it", IN_PAPERS)
        self.manager.sees("name somebody")
        self.manager.press("Name them")
        self.manager.reads(f"{IN_PAPERS} is named.")
        self.manager.go("/partnership/tower-hamlets/structure")
        self.manager.follow(OLD_SEAT, within=self.manager.main)
        self.manager.follow("Appoint somebody")
        self.manager.pick("Post that sits", f"{IN_PAPERS} (by name)")
        self.manager.choose("Deputy")
        self.manager.give_day("First day", 1, 3, 2019)
        self.manager.press("Appoint")
        self.manager.reads("The appointment is on record.", "By name")
        self.manager.sees("a seat held by name")
        self.manager.go("/partnership/tower-hamlets/delegations/new")
        self.manager.pick("Agency whose power it is", GRANTED)
        self.manager.pick("Who holds it", f"{IN_PAPERS} (by name)")
        self.manager.choose("Speak for the body")
        self.manager.pick("What it rests on", "Letter")
        self.manager.give_day("First day", 1, 3, 2019)
        self.manager.press("Record the delegation")
        self.manager.reads("Given by name: it ends with the seat.")
        self.delegation = self.manager.path

    def then_the_power_reaches_nobody_whom_the_partnership_knows(self) -> None:
        self.manager.reads("Nobody has said who this is.")
        self.manager.sees("a delegation by name")

    def when_the_name_is_said_to_be_that_person(self) -> None:
        self.manager.go(NAMED)
        self.manager.follow("Say who")
        self.manager.sees("say who a name is")
        self.manager.press("Record who this is")
        self.manager.is_told_wrong("who this is")
        self.manager.pick("Who this is", f"{NAME}, {OLD_POST}")
        self.manager.fill("How you know", "The health body's letter gives the full name")
        self.manager.press("Record who this is")
        self.manager.reads(f"{IN_PAPERS} is {NAME}.")
        self.manager.sees("people named in the file")

    def then_the_power_is_theirs(self) -> None:
        self.manager.follow(NAME)
        self.manager.reads(f"Named as {IN_PAPERS}")
        powers = self.manager.main.get_by_role("table", name="Delegations that they hold today")
        expect(powers).to_contain_text(GRANTED)

    def when_they_are_about_to_move_they_are_told_what_lapses(self) -> None:
        self.manager.go(PEOPLE)
        self.manager.follow(f"Move {NAME}")
        self.manager.reads(
            "What was given to them by name lapses", f"Delegation of {GRANTED}", OLD_SEAT
        )
        self.manager.sees("what lapses with the move")

    def when_they_move(self) -> None:
        self.manager.pick("Post that they take", NEW_POST)
        self.manager.give_day("First day in the new post", 29, 3, 2019)
        self.manager.fill("Why", "Schools asked for an adviser")
        self.manager.press("Record the move")
        self.manager.reads(f"{NAME} has moved.", "No delegation in force is on record")

    def then_the_power_has_ended_on_the_day_before(self) -> None:
        self.manager.go(self.delegation)
        self.manager.reads("Ended", "to 28 March 2019")
        self.manager.sees("a delegation that ended with its seat")
        self.manager.go("/partnership/tower-hamlets/delegations")
        expect(self.manager.row(IN_PAPERS)).to_contain_text("Ended")

    def then_who_the_name_is_can_be_taken_back(self) -> None:
        self.manager.go(NAMED)
        self.manager.follow("Take back")
        self.manager.fill("Why it was not so", "A namesake in another borough")
        self.manager.sees("take back who this is")
        self.manager.press("Take it back")
        self.manager.reads("Nobody has said")
