"""An area works its way from the old board to go-live; too early it is told what is missing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import walking
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

HOME = "/partnership/tower-hamlets"
LINES = (
    "Open serious case reviews with their method and due dates",
    "Unpublished reports",
    "Action plans",
    "Child death overview panel cases and trend data",
    "Published reports, kept public",
    "Training and policy library",
    "Information governance and retention schedule",
)
POINTS = (
    "Every statutory partner has signed the arrangements off",
    "What each partner delegates is on record",
    "Terms of reference are agreed for every body that comes into force",
    "The threshold document is in force",
)
DECISION = "Go live on 29 March without what follows in May"


@pytest.fixture
def world(own_world: Server) -> Server:
    return own_world


class GoingLive:
    """What a co-ordinator and the strategy manager do on the way to go-live."""

    co_ordinator: Walk
    manager: Walk

    def given_the_plan_runs_past_the_national_timetable(self) -> None:
        she = self.co_ordinator
        she.enter_as(walking.CO_ORDINATOR)
        she.go(HOME)
        she.main.get_by_text("More", exact=True).first.click()
        she.follow("Transition")
        she.reads(
            "The plan runs beside the old board until March 2020",
            "It does not fit",
            "Update report 29 March 2019, Executive Summary",
            "SI 2018/497; transitional guidance, July 2018",
            "TR-SCR, not verified",
        )
        she.sees("the transition")

    def when_she_goes_live_too_early(self) -> None:
        she = self.co_ordinator
        she.press("Look at the list again")
        she.reads("points open", "Lacking:")
        she.sees("the check list")
        she.follow("Go live")
        she.sees("go live while it is held")
        she.press("Go on to the check page")
        she.is_told_wrong("Enter")
        self.fill_in()

    def fill_in(self) -> None:
        she = self.co_ordinator
        she.give_day("On which day do the new arrangements begin?", 29, 3, 2019)
        she.fill("Where is this decided or stated?", "Minute 4 of the executive (Invented)")
        she.press("Go on to the check page")
        she.reads(
            "Check before you go live",
            "12 months after Friday 29 March 2019 is Sunday 29 March 2020. Not verified.",
        )
        she.sees("everything that would change")
        she.press("Go live")

    def then_it_is_refused_with_what_is_missing(self) -> None:
        she = self.co_ordinator
        she.is_told_wrong("Tower Hamlets cannot go live yet")
        she.is_told_wrong("every line of the handover list is answered")
        she.go(f"{HOME}/transition")
        she.reads("Not yet. The law of the old board holds here.")

    def when_she_answers_the_handover_list(self) -> None:
        she = self.co_ordinator
        first, *others = LINES
        she.follow(first)
        she.sees("a line of the handover list")
        she.follow("Decide who receives this")
        she.fill("What exactly is passed on?", "Kestrel's review with its plan (Invented)")
        seat = self.co_ordinator.field("Which seat here receives it?")
        seat.select_option(label="Strategy Manager, THSCP Secretariat")
        she.sees("who receives it")
        she.press("Record the decision")
        she.follow(first)
        she.follow("Record that it was passed on")
        she.fill("How was it passed on?", "In the shared folder (Invented)")
        she.press("Record it as passed on")
        for line in others:
            she.follow(line)
            she.follow("Say that there is nothing to pass on")
            she.fill("Why?", "The board holds none (Invented)")
            she.press("Record that there is nothing")

    def then_the_manager_accepts_what_was_passed_to_her(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        self.manager.reads("what the old board passes on")
        self.manager.go(f"{HOME}/transition")
        self.manager.follow(LINES[0])
        self.manager.follow("Say that it has come")
        self.manager.fill("What has come?", "One review and its plan")
        self.manager.press("Accept it")
        self.manager.reads("It is accepted.", "One review and its plan")

    def when_she_writes_whom_to_call(self) -> None:
        she = self.co_ordinator
        she.go(f"{HOME}/public-page")
        she.sees("the public page before")
        she.follow("Add a number")
        she.fill("What the public knows it as", "Children’s social care (Invented)")
        she.fill("Telephone number", "020 7946 0000")
        she.sees("a number to call")
        she.press("Add this number")
        she.reads("Everybody is told this number now.")
        she.sees("the public page")

    def when_the_executive_decides_to_go_without_the_rest(self) -> None:
        she = self.co_ordinator
        she.go(f"{HOME}/rows/decisions/new")
        she.fill("What was or is to be decided", DECISION)
        she.pick("Body that decides", "Executive Group - Statutory Partners")
        she.pick("How far it is", "Made")
        she.press("Add this decision")
        she.go(f"{HOME}/transition")
        she.press("Look at the list again")
        while (waive := she.main.get_by_role("link", name="Waive")).count():
            waive.first.click()
            she.pick("Which decision of the executive waives it?", DECISION)
            she.fill("Why may the area go live without it?", "It follows in May (Invented)")
            she.press("Waive this point")

    def then_every_point_stands(self) -> None:
        she = self.co_ordinator
        she.reads("Every point stands.", f"Waived by {DECISION}", "It follows in May (Invented)")
        she.sees("every point stands")

    def when_she_goes_live(self) -> None:
        self.co_ordinator.follow("Go live")
        self.fill_in()
        self.co_ordinator.reads("Tower Hamlets goes live on 29 March 2019.")

    def then_the_board_has_ended_and_its_tails_run(self) -> None:
        she = self.co_ordinator
        she.reads(
            "Tower Hamlets went live on 29 March 2019.",
            "12 months after Friday 29 March 2019",
            "TR-SCR: not verified",
        )
        expect(she.row("LSCB Operations Group")).to_contain_text("Ended")
        she.sees("after go-live")


class TestAnAreaGoesLive(GoingLive):
    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk) -> None:
        self.co_ordinator, self.manager = desk, pocket

    def test_once_every_point_of_its_list_stands_or_is_waived(self) -> None:
        self.given_the_plan_runs_past_the_national_timetable()
        self.when_she_goes_live_too_early()
        self.then_it_is_refused_with_what_is_missing()
        self.when_she_answers_the_handover_list()
        self.then_the_manager_accepts_what_was_passed_to_her()
        self.when_she_writes_whom_to_call()
        self.when_the_executive_decides_to_go_without_the_rest()
        self.then_every_point_stands()
        self.when_she_goes_live()
        self.then_the_board_has_ended_and_its_tails_run()


class TestTheFourAreas:
    @pytest.fixture(autouse=True)
    def _people(self, plain: Walk) -> None:
        self.reader = plain

    def test_another_borough_reads_that_it_has_not_moved(self) -> None:
        self.reader.enter_as(walking.OUTSIDER)
        self.reader.go("/partnership/greenwich/transition")
        self.reader.reads("The old board works on", "Not yet. The law of the old board holds here.")
        self.reader.sees("Greenwich has not moved")
