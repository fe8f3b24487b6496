"""A seat changed by two at once, and somebody who moves while a power was theirs by name."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import walking
from tests.journeys.walking import Walk

pytestmark = pytest.mark.journey

PEOPLE = "/partnership/tower-hamlets/people"
NAME = "Robin Farthing"
OLD_POST = "Interim lead for safeguarding (Invented)"
NEW_POST = "Adviser for schools (Invented)"
GRANTED = "Tower Hamlets Clinical Commissioning Group"


class TestASeatChangedByTwo:
    """The strategy manager on a phone is faster than the co-ordinator at a desk."""

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk) -> None:
        self.co_ordinator, self.manager = desk, pocket

    def test_shows_both_texts_and_loses_nothing(self) -> None:
        self.given_both_have_the_form_open()
        self.when_the_manager_saves_first()
        self.when_the_co_ordinator_saves_too()
        self.then_both_texts_are_shown_and_hers_is_still_typed()
        self.when_she_decides_what_should_stand()
        self.then_the_history_holds_both_changes()

    def given_both_have_the_form_open(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        self.manager.go(PEOPLE)
        self.manager.sees("people")
        self.manager.follow("Administrator", within=self.manager.row(walking.CO_ORDINATOR))
        self.seat = self.manager.path
        self.manager.sees("a seat")
        self.co_ordinator.enter_as(walking.CO_ORDINATOR)
        self.co_ordinator.go(self.seat)
        for each in (self.manager, self.co_ordinator):
            each.follow("Change this seat")
        self.co_ordinator.sees("change a seat")

    def when_the_manager_saves_first(self) -> None:
        self.manager.fill("For how long", "Two years, then looked at again")
        self.manager.press("Save the seat")
        self.manager.reads("The seat is changed.", "Two years, then looked at again")

    def when_the_co_ordinator_saves_too(self) -> None:
        self.co_ordinator.fill("For how long", "Until the new arrangements begin")
        self.co_ordinator.press("Save the seat")

    def then_both_texts_are_shown_and_hers_is_still_typed(self) -> None:
        self.co_ordinator.reads(
            f"{walking.STRATEGY_MANAGER} changed this while you were writing",
            "Until the new arrangements begin",
            "Two years, then looked at again",
        )
        typed = self.co_ordinator.main.get_by_label("For how long", exact=True)
        expect(typed).to_have_value("Until the new arrangements begin")
        self.co_ordinator.sees("both texts")

    def when_she_decides_what_should_stand(self) -> None:
        both = "Two years, or until the new arrangements begin"
        self.co_ordinator.fill("For how long", both)
        self.co_ordinator.press("Save the seat")
        self.co_ordinator.reads("The seat is changed.", both)

    def then_the_history_holds_both_changes(self) -> None:
        self.co_ordinator.follow("See its whole history")
        self.co_ordinator.reads(walking.STRATEGY_MANAGER, walking.CO_ORDINATOR)
        self.co_ordinator.sees("history of the seat")


class TestAMover:
    """What was given to a post stays with it; what was given by name ends with the seat."""

    @pytest.fixture(autouse=True)
    def _people(self, plain: Walk) -> None:
        self.manager = plain

    def test_leaves_behind_what_was_theirs_by_name(self) -> None:
        self.given_two_posts()
        self.given_somebody_who_joined()
        self.given_a_delegation_to_them_by_name()
        self.when_they_move()
        self.then_the_delegation_has_lapsed()

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

    def given_a_delegation_to_them_by_name(self) -> None:
        self.manager.go("/partnership/tower-hamlets/delegations/new")
        self.manager.sees("record a delegation")
        self.manager.press("Record the delegation")
        self.manager.is_told_wrong("what they may do")
        self.manager.sees("record a delegation with errors")
        self.manager.pick("Agency whose power it is", GRANTED)
        self.manager.pick("Who holds it", f"{NAME} (by name)")
        self.manager.choose("Speak for the body")
        self.manager.press("Record the delegation")
        self.manager.reads("The delegation is on record.")
        self.delegation = self.manager.path
        self.manager.sees("a delegation by name")

    def when_they_move(self) -> None:
        self.manager.go(PEOPLE)
        self.manager.follow(f"Move {NAME}")
        self.manager.reads("What was given to them by name lapses", GRANTED)
        self.manager.sees("before the move")
        self.manager.pick("Post that they take", NEW_POST)
        self.manager.give_day("First day in the new post", 30, 3, 2019)
        self.manager.fill("Why", "Schools asked for an adviser")
        self.manager.press("Record the move")
        self.manager.reads(f"{NAME} has moved.")
        self.manager.sees("after the move")

    def then_the_delegation_has_lapsed(self) -> None:
        self.manager.go(self.delegation)
        self.manager.reads("29 March 2019")
        self.manager.sees("the lapsed delegation")
