"""What a meeting may do without the police, and what a deputy may commit whose power has ended."""

from __future__ import annotations

import pytest

from tests.journeys import rooms, walking
from tests.journeys.rooms import Room
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

METHOD = "Use appreciative inquiry for the first local review"
DEFERRING = "Decisions are deferred to the next meeting"
DEPUTY = "Detective superintendent, deputy for safeguarding (Invented)"
BINDING = "Those who are there decide for themselves, and who is absent may join later"


class TestAMeetingWithoutThePolice:
    """The same three partners, twice without the third, under two different terms."""

    @pytest.fixture
    def world(self, own_world: Server) -> Server:
        return own_world

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk) -> None:
        self.manager, self.member = desk, pocket
        self.room = Room(desk)

    def test_does_what_its_terms_say(self) -> None:
        self.given_the_council_and_health_may_decide()
        self.given_terms_that_defer()
        self.when_the_police_send_apologies()
        self.then_the_decision_is_put_off_and_its_item_comes_back()
        self.given_terms_that_bind_each_by_itself()
        self.when_the_police_are_away_again()
        self.then_two_are_bound_and_the_police_are_asked()
        self.then_health_may_not_answer_for_the_police()
        self.when_the_police_join_on_a_phone()
        self.then_it_is_in_force_for_all()

    def given_the_council_and_health_may_decide(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        ground = "Council scheme of delegation"
        self.room.delegates(rooms.COUNCIL, f"{walking.COUNCIL} (the post)", ground)

    def given_terms_that_defer(self) -> None:
        self.room.agrees_terms("First terms", DEFERRING, (1, 3, 2019))

    def when_the_police_send_apologies(self) -> None:
        self.first = self.room.calls((20, 3, 2019))
        self.item = self.room.takes_on(self.first, "How local reviews are done")
        self.room.holds(self.first, away=(rooms.POLICE_SEAT,))
        self.manager.reads("Not quorate: council and health are there; lacking police.")
        self.manager.sees("a meeting without a quorum")
        self.room.drafts(self.item, METHOD)
        self.manager.sees("a draft without a quorum")
        self.manager.follow("Check and seal")
        self.manager.reads("Without a quorum", DEFERRING, "its item comes back to the next meeting")
        self.manager.sees("seal what the terms defer")
        self.manager.press("Seal the decision")

    def then_the_decision_is_put_off_and_its_item_comes_back(self) -> None:
        self.manager.reads("Deferred", "lacking police")
        self.manager.sees("a decision that is put off")
        self.manager.go(self.item)
        self.manager.reads("Carried over", "Not quorate")

    def given_terms_that_bind_each_by_itself(self) -> None:
        self.room.agrees_terms("Second terms", BINDING, rooms.TODAY)

    def when_the_police_are_away_again(self) -> None:
        self.second = self.room.calls()
        self.manager.go(f"{self.second}/agenda")
        self.manager.reads("How local reviews are done", "Not quorate")
        self.manager.sees("what comes back")
        item = self.room.adds(self.second, "How local reviews are done")
        self.room.holds(self.second, away=(rooms.POLICE_SEAT,))
        self.decision = self.room.drafts(item, METHOD)
        self.manager.follow("Check and seal")
        self.manager.reads(BINDING, f"waits for {rooms.POLICE} to join")
        self.manager.sees("seal for those who were there")
        self.manager.press("Seal it for those who were there")

    def then_two_are_bound_and_the_police_are_asked(self) -> None:
        self.manager.reads(
            "In force for some",
            f"It binds {rooms.COUNCIL} and {rooms.HEALTH}.",
            f"It binds {rooms.POLICE} only once they have ratified it.",
            "26 April 2019",
        )
        self.manager.sees("each binds only itself")
        self.manager.go("/decisions")
        self.manager.reads(METHOD, f"Waits for {rooms.POLICE}")
        self.manager.sees("decisions that wait")

    def then_health_may_not_answer_for_the_police(self) -> None:
        self.member.enter_as(walking.HEALTH)
        self.member.go(self.decision)
        self.member.reads("In force for some")
        self.member.reads_not("Ratify or refuse")
        self.member.go(f"{self.decision}/ratify")
        assert self.member.path == self.decision

    def when_the_police_join_on_a_phone(self) -> None:
        self.member.enter_as(walking.POLICE)
        self.member.reads("Ratify", METHOD)
        self.member.follow("Ratify", within=self.member.row(METHOD))
        self.member.sees("what the police are asked")
        self.member.follow("Ratify or refuse")
        self.member.reads("Why it waits for Central East")
        self.member.press("Put it on record")
        self.member.is_told_wrong("what it said")
        self.member.choose("It ratifies the decision")
        self.member.press("Put it on record")
        self.member.is_told_wrong("what gave it")
        self.member.sees("the police ratify with errors")
        self.member.fill("What gave it", "Decision of the command team, 29 March 2019")
        self.member.press("Put it on record")

    def then_it_is_in_force_for_all(self) -> None:
        self.member.reads("The decision is in force.", "Decision of the command team")
        self.member.sees("in force for all")
        self.member.go("/")
        self.member.reads_not("Ratify")


class TestADeputy:
    """Whose delegation ended yesterday, and whose chief must therefore ratify."""

    @pytest.fixture
    def world(self, own_world: Server) -> Server:
        return own_world

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk) -> None:
        self.manager, self.chief = desk, pocket
        self.room = Room(desk)

    def test_is_stopped_with_the_reason_and_then_ratified(self) -> None:
        self.given_a_deputy_whose_delegation_ended_yesterday()
        self.when_the_deputy_agrees_in_the_meeting()
        self.then_the_check_page_says_what_is_wanting_and_why()
        self.when_it_is_sealed_all_the_same()
        self.then_it_waits_with_a_day_to_answer_by()
        self.then_nobody_changes_what_is_sealed()
        self.when_the_chief_ratifies_it_on_a_phone()
        self.then_what_was_frozen_is_still_on_the_page()

    def given_a_deputy_whose_delegation_ended_yesterday(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        ground = "Council scheme of delegation"
        self.room.delegates(rooms.COUNCIL, f"{walking.COUNCIL} (the post)", ground)
        self.manager.go(f"{rooms.HOME}/structure")
        self.manager.follow(rooms.POLICE_SEAT, within=self.manager.main)
        self.manager.follow("Appoint")
        self.manager.pick("Post that sits", f"{DEPUTY}, {rooms.POLICE}")
        self.manager.choose("Deputy")
        self.manager.give_day("First day", 1, 3, 2019)
        self.manager.give_day("Last day", 31, 3, 2019)
        self.manager.press("Appoint")
        self.manager.reads(DEPUTY)
        ground = "Police internal delegation"
        self.room.delegates(rooms.POLICE, f"{DEPUTY} (the post)", ground, last=(28, 3, 2019))

    def when_the_deputy_agrees_in_the_meeting(self) -> None:
        meeting = self.room.calls()
        item = self.room.takes_on(meeting, "How local reviews are done")
        for seat in rooms.PARTNERS[:3]:
            self.room.marks(meeting, seat, "In person")
        self.manager.go(f"{meeting}/attendance")
        self.manager.follow("Record attendance", within=self.manager.row(rooms.POLICE_SEAT))
        self.manager.choose("By deputy")
        self.manager.press("Record attendance")
        self.manager.is_told_wrong("Say who")
        self.manager.sees("a deputy without a name")
        self.manager.fill("Name of the deputy", "Detective superintendent (Invented)")
        self.manager.press("Record attendance")
        self.manager.go(meeting)
        self.manager.follow("Record as held")
        self.manager.press("Record as held")
        self.decision = self.room.drafts(item, METHOD)

    def then_the_check_page_says_what_is_wanting_and_why(self) -> None:
        self.manager.reads("By deputy: Detective superintendent", "28 March 2019")
        self.manager.follow("Check and seal")
        self.manager.reads(
            "Beyond somebody’s power",
            f"awaiting ratification by {rooms.POLICE}",
            "28 March 2019",
            "Statutory partner for the police, by deputy",
        )
        self.manager.sees("beyond the power of the deputy")

    def when_it_is_sealed_all_the_same(self) -> None:
        self.manager.press("Seal it as awaiting ratification")

    def then_it_waits_with_a_day_to_answer_by(self) -> None:
        self.manager.reads(f"It waits for {rooms.POLICE}.", "26 April 2019", "28 days left")
        self.manager.sees("awaiting ratification")

    def then_nobody_changes_what_is_sealed(self) -> None:
        self.manager.reads_not("Amend the draft")
        self.manager.go(f"{self.decision}/seal")
        self.manager.press("Seal it as awaiting ratification")
        self.manager.is_told_wrong("This decision is sealed")
        self.manager.sees("sealed already")

    def when_the_chief_ratifies_it_on_a_phone(self) -> None:
        self.chief.enter_as(walking.POLICE)
        self.chief.reads("Ratify", "It went beyond what your people could decide that day")
        self.chief.follow("Ratify", within=self.chief.row(METHOD))
        self.chief.follow("Ratify or refuse")
        self.chief.choose("It ratifies the decision")
        self.chief.fill("What gave it", "Letter of the Chief Superintendent, 29 March 2019")
        self.chief.press("Put it on record")

    def then_what_was_frozen_is_still_on_the_page(self) -> None:
        self.chief.reads("The decision is in force.", "As it stood when the decision was sealed")
        self.chief.reads("28 March 2019", "Letter of the Chief Superintendent")
        self.chief.sees("ratified")
