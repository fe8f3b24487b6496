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
