"""A seat changed by two at once: both texts are shown and nothing is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import walking
from tests.journeys.walking import Walk

pytestmark = pytest.mark.journey

PEOPLE = "/partnership/tower-hamlets/people"


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
        self.manager.follow(walking.CO_ORDINATOR)
        self.manager.sees("a person")
        self.manager.main.get_by_role("link", name="Administrator/Co-ordinator", exact=True).click()
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
            f"{walking.STRATEGY_MANAGER} changed this first",
            "Keep mine",
            "Take theirs",
            "Until the new arrangements begin",
            "Two years, then looked at again",
        )
        typed = self.co_ordinator.field("For how long")
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
