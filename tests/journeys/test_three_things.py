"""A delegate clears three things on her phone, and gives account to her own board."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import rooms, walking
from tests.journeys.rooms import Room
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

METHOD = "Use appreciative inquiry for the first local review"
MONEY = "Each partner gives what it gave last year"
CONTRIBUTIONS = "Contributions of the statutory partners to the partnership"
SESSION = "Executive Group, first session of the statutory partners (Invented)"
DRAFT = "Draft arrangements, version 0.6 (Invented)"


class TestThreeThingsOnAPhone:
    """From five things that wait to two, between two meetings."""

    @pytest.fixture
    def world(self, own_world: Server) -> Server:
        return own_world

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk) -> None:
        self.manager, self.director = desk, pocket
        self.room = Room(desk)

    def test_are_cleared_from_my_work(self) -> None:
        self.given_a_decision_that_she_agreed_to()
        self.when_she_opens_my_work()
        self.when_she_says_that_she_comes()
        self.when_she_signs_the_draft()
        self.when_she_confirms_what_she_agreed()
        self.then_three_things_fewer_wait()

    def given_a_decision_that_she_agreed_to(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        meeting = self.room.calls()
        item = self.room.takes_on(meeting, "How local reviews are done")
        self.room.holds(meeting)
        self.room.drafts(item, METHOD)
        self.manager.follow("Check and seal")
        self.manager.press("Seal it as awaiting ratification")

    def when_she_opens_my_work(self) -> None:
        walk = self.director
        walk.enter_as(walking.COUNCIL)
        walk.reads("are waiting for you.", "Your next meetings", SESSION)
        walk.sees("my work before")
        self.before = walk.main.get_by_role("row").count()

    def when_she_says_that_she_comes(self) -> None:
        walk = self.director
        walk.follow("Answer", within=walk.row("whether you are coming"))
        walk.at("are you coming?")
        walk.sees("are you coming")
        walk.press("Answer")
        walk.is_told_wrong("whether you are coming")
        walk.choose("Yes")
        walk.press("Answer")
        walk.reads("Your answer is on record.")
        walk.sees("she is coming")
        walk.turn_to("My work")
        walk.reads("You are coming")
        walk.reads_not("whether you are coming")

    def when_she_signs_the_draft(self) -> None:
        walk = self.director
        walk.follow("Sign", within=walk.row(DRAFT))
        walk.sees("what she signs")
        walk.follow("Sign it off")
        walk.fill("What you sign with", "Commits the body that I speak for")
        walk.choose("I have read this version")
        walk.press("Sign version 1 off")
        walk.reads("You have signed version 1 off.")
        walk.turn_to("My work")
        signed = walk.main.get_by_role("row").filter(has_text=DRAFT)
        expect(signed.filter(has_text="newest version off")).to_have_count(0)

    def when_she_confirms_what_she_agreed(self) -> None:
        walk = self.director
        walk.follow("Confirm", within=walk.row("that this is what you agreed"))
        walk.at("Confirm that this is what you agreed")
        walk.sees("confirm")
        walk.press("Confirm it")
        walk.reads("You have confirmed it.", METHOD)
        walk.turn_to("My work")

    def then_three_things_fewer_wait(self) -> None:
        walk = self.director
        expect(walk.main.get_by_role("row")).to_have_count(self.before - 3)
        walk.reads_not("that this is what you agreed")
        walk.sees("my work after")


class TestAnAccount:
    """What a delegate committed her body to, as one page for its own board."""

    @pytest.fixture
    def world(self, own_world: Server) -> Server:
        return own_world

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk) -> None:
        self.manager, self.delegate = desk, pocket
        self.room = Room(desk)

    def test_is_given_to_her_own_board(self) -> None:
        self.given_one_decision_within_power_and_one_that_waits()
        self.when_she_looks_for_her_account_on_a_phone()
        self.then_each_decision_stands_as_it_stands_for_her_body()
        self.then_a_year_without_any_says_so()
        self.then_it_prints_as_one_page_for_the_board()
        self.then_no_outsider_reads_it()

    def given_one_decision_within_power_and_one_that_waits(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        ground = "Council scheme of delegation"
        self.room.delegates(rooms.COUNCIL, f"{walking.COUNCIL} (the post)", ground)
        meeting = self.room.calls()
        method = self.room.takes_on(meeting, "How local reviews are done")
        money = self.room.takes_on(meeting, "What each partner gives")
        self.room.holds(meeting)
        self.room.drafts(method, METHOD)
        self._seals()
        self.room.drafts(money, MONEY, matter=CONTRIBUTIONS, amount="20,000")
        self._seals()

    def _seals(self) -> None:
        self.manager.follow("Check and seal")
        self.manager.press("Seal it as awaiting ratification")
        self.manager.reads("Awaiting ratification")

    def when_she_looks_for_her_account_on_a_phone(self) -> None:
        walk = self.delegate
        walk.enter_as(walking.COUNCIL)
        walk.follow("What was committed for London Borough of Tower Hamlets")
        walk.at("What was committed in the name of London Borough of Tower Hamlets")
        self.account = walk.path

    def then_each_decision_stands_as_it_stands_for_her_body(self) -> None:
        walk = self.delegate
        walk.reads(
            "2 decisions on 1 board were made in its name",
            "1 waits for this body to ratify",
            "1 waits for others",
        )
        expect(walk.row(METHOD)).to_contain_text(f"Waits for {rooms.POLICE}")
        expect(walk.row(MONEY)).to_contain_text("Waits for this body to ratify it")
        expect(walk.row(MONEY)).to_contain_text("£20,000")
        walk.sees("the account of the council")
        walk.follow(MONEY)
        walk.reads("Awaiting ratification")

    def then_a_year_without_any_says_so(self) -> None:
        self.delegate.go(f"{self.account}?year=2018")
        self.delegate.reads("Nothing was committed in its name in this time.")
        self.delegate.sees("a year without any")

    def then_it_prints_as_one_page_for_the_board(self) -> None:
        self.delegate.go(self.account)
        self.delegate.page.emulate_media(media="print")
        expect(self.delegate.main.get_by_text(METHOD)).to_be_visible()
        expect(self.delegate.main.get_by_text("Filter these years")).to_be_hidden()

    def then_no_outsider_reads_it(self) -> None:
        self.manager.enter_as(walking.OUTSIDER)
        answer = self.manager.page.goto(f"{self.manager.world.url}{self.account}")
        assert answer is not None
        assert answer.status == 404
