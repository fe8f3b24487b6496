"""A milestone that slipped is planned again, and the roadmap and the month's report show it."""

from __future__ import annotations

import pytest

from tests.journeys import walking
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

HOME = "/partnership/tower-hamlets/programme"
UPDATE = "/partnership/tower-hamlets/reports/board-update?whole=yes"
INVENTED = "Getting ready for September (Invented)"
PROGRAMME = "Development of the Tower Hamlets Safeguarding Children Partnership"
MILESTONE = "Full delivery plan and first processes and procedures available"


class TestASlippedMilestone:
    """The delivery plan of March 2019, which is late on 29 March 2019 for nobody yet."""

    @pytest.fixture
    def world(self, own_world: Server) -> Server:
        return own_world

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk, plain: Walk) -> None:
        self.manager, self.lead, self.outsider = desk, pocket, plain

    def test_is_planned_again_with_its_reasons_and_everybody_sees_what_changed(self) -> None:
        self.given_a_board_update_with_the_day_of_the_plan()
        self.given_a_manager_at_the_roadmap()
        self.when_they_write_how_it_goes()
        self.when_a_plan_without_a_reason_is_refused()
        self.when_they_plan_the_milestone_again()
        self.then_the_milestone_keeps_the_old_day()
        self.then_the_board_update_says_the_new_day()
        self.then_the_roadmap_and_the_month_show_it_to_a_lead_on_a_phone()
        self.then_what_the_law_fixes_is_not_moved()
        self.then_an_outsider_finds_nothing()
        self.then_the_programme_that_three_share_is_open_to_each()
        self.when_a_programme_is_under_way()
        self.when_a_workbook_comes_back()
        self.when_they_ask_who_has_time()
        self.when_they_order_a_scrutineer()
        self.when_they_measure_something()

    def given_a_board_update_with_the_day_of_the_plan(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        self.manager.go(UPDATE)
        self.manager.reads("procedures will be available by March 2019")

    def then_the_board_update_says_the_new_day(self) -> None:
        self.manager.go(UPDATE)
        self.manager.reads("procedures will be available by May 2019")

    def given_a_manager_at_the_roadmap(self) -> None:
        self.manager.go(HOME)
        self.manager.sees("programme and priorities")
        self.manager.follow(PROGRAMME)
        self.programme = self.manager.path
        self.manager.reads("4 milestones", "What the plan does not say")
        self.manager.sees("roadmap")

    def when_they_write_how_it_goes(self) -> None:
        self.manager.follow("Write an update")
        self.manager.sees("write an update")
        self.manager.press("Write the update")
        self.manager.is_told_wrong("Choose whether it is on track")
        self.manager.choose("At risk")
        self.manager.fill("How does it go, in a sentence or two?", "The budget is not settled.")
        self.manager.press("Write the update")
        self.manager.reads("Your update is written.", "The budget is not settled.")

    def when_a_plan_without_a_reason_is_refused(self) -> None:
        self.manager.follow(MILESTONE)
        self.milestone = self.manager.path
        self.manager.sees("milestone before")
        self.manager.follow("Plan it again")
        self.manager.fill("When is it due now?", "May 2019")
        self.manager.press("Plan it again")
        self.manager.is_told_wrong("Enter why")
        self.manager.sees("plan again with errors")

    def when_they_plan_the_milestone_again(self) -> None:
        self.manager.fill("Why does the plan change?", "The budget came late")
        self.manager.fill("Who agreed?", "Executive of 27 March 2019 (Invented)")
        self.manager.press("Plan it again")
        self.manager.reads("Planned again: March 2019 became May 2019.")

    def then_the_milestone_keeps_the_old_day(self) -> None:
        self.manager.reads("2 months later than first planned", "The budget came late")
        self.manager.sees("milestone after")

    def then_the_roadmap_and_the_month_show_it_to_a_lead_on_a_phone(self) -> None:
        self.lead.enter_as(walking.COUNCIL)
        self.lead.go(self.programme)
        self.lead.reads("2 months later than first planned")
        self.lead_opens("What changed")
        self.lead.reads("March 2019 became May 2019.", "The budget came late")
        self.lead.sees("what changed this month")
        self.lead_opens("Lessons")
        self.lead.sees("lessons before there are any")
        self.lead_opens("Bid and money")
        self.lead.sees("bid and money")
        self.lead.go(f"{self.programme}/print")
        self.lead.sees("roadmap to print")

    def lead_opens(self, part: str) -> None:
        """On a phone the parts of a record lie folded beneath the open one."""
        self.lead.main.locator("summary").filter(has_text="other parts").click()
        self.lead.main.locator("details").get_by_role("link", name=part).click()

    def then_what_the_law_fixes_is_not_moved(self) -> None:
        self.manager.go(self.programme)
        self.manager.follow("Local plans published")
        self.manager.sees("milestone with a last day by law")
        self.manager.follow("Plan it again")
        self.manager.fill("When is it due now?", "July 2019")
        self.manager.fill("Why does the plan change?", "More time")
        self.manager.fill("Who agreed?", "Nobody yet")
        self.manager.press("Plan it again")
        self.manager.is_told_wrong("no plan moves it")

    def then_an_outsider_finds_nothing(self) -> None:
        self.outsider.enter_as(walking.OUTSIDER)
        for path in (self.programme, self.milestone):
            self.outsider.go(path)
            self.outsider.at("Page not found")

    def then_the_programme_that_three_share_is_open_to_each(self) -> None:
        self.outsider.go("/partnership/greenwich/programme")
        self.outsider.reads("None of the 5 priorities states who leads it.")
        self.outsider.sees("priorities that three share")
        self.outsider.follow("Safeguarding early adopter programme")
        self.outsider.reads("Two phases of activity", "Ofsted inspection of Bexley in July 2018")
        self.outsider.sees("programme that three share")
        self.outsider.follow("1. Addressing local practice challenges")
        self.outsider.reads("Is it desirable to develop a tri-borough hub model")
        self.outsider.sees("priority with its gates")

    def when_a_programme_is_under_way(self) -> None:
        self.manager.go(HOME)
        self.manager.sees("programme and priorities at work")
        self.manager.follow(INVENTED)
        self.manager.reads("Waits for something late", "Nothing else moves")
        self.manager.sees("roadmap at work")
        self.under_way = self.manager.path
        self.manager.follow("Threshold document rewritten")
        self.manager.reads("If this slips by a week", "about 2 months later")
        self.manager.sees("milestone at work")
        for part in ("highlights", "lessons", "money", "print"):
            self.manager.go(f"{self.under_way}/{part}")
            self.manager.sees(f"{part} at work")
        self.manager.go(HOME)
        self.manager.follow("Neglect in the early years")
        self.manager.sees("priority at work")

    def when_a_workbook_comes_back(self) -> None:
        self.manager.go(self.under_way)
        self.manager.follow("Bring a workbook back")
        self.manager.press("Show what would change")
        self.manager.is_told_wrong("the workbook")
        self.manager.sees("workbook to bring back")

    def when_they_ask_who_has_time(self) -> None:
        self.manager.go("/partnership/tower-hamlets/capacity")
        self.manager.sees("capacity")
        self.manager.follow("Say what a post is free for")
        self.manager.pick("Post", walking.STRATEGY_MANAGER)
        self.manager.fill("Quarter", "Q3 2019")
        self.manager.fill("How many days is it free for?", "4.5")
        self.manager.press("Add this free time of a post")
        self.manager.follow("Add a piece of work")
        self.manager.sees("add a piece of work")
        self.manager.fill("Piece of work", "Write the delivery plan (Invented)")
        self.manager.pick("Post that does it", walking.STRATEGY_MANAGER)
        self.manager.fill("Quarter", "Q3 2019")
        self.manager.fill("How many days does it take?", "6")
        self.manager.pick("What is it worth?", "Should be done")
        self.manager.press("Add this piece of work")
        self.manager.reads("1½ days short.")
        self.manager.sees("capacity too short")

    def when_they_order_a_scrutineer(self) -> None:
        self.manager.go("/partnership/tower-hamlets/contracts")
        self.manager.sees("contracts")
        self.manager.follow("Add a contract")
        self.manager.fill("What it is for", "Independent scrutiny (Invented)")
        self.manager.pick("Which service?", "Independent scrutineer")
        self.manager.fill("Who is paid", "Ivy Heron (Invented)")
        self.manager.fill("How many days are agreed?", "8")
        self.manager.press("Add this contract")
        self.manager.sees("contract not ordered")

    def when_they_measure_something(self) -> None:
        self.manager.go("/partnership/tower-hamlets/measures")
        self.manager.sees("measures")
        self.manager.follow("Add a measure")
        self.manager.fill("What is counted?", "Staff trained (Invented)")
        self.manager.press("Add the measure")
        self.manager.follow("Put a value")
        self.manager.fill("For when?", "March 2019")
        self.manager.pick("Why there is no plain number, or what is to be known of it",
                          "[x] not available")  # fmt: skip
        self.manager.press("Put the value")
        self.manager.reads("[x] not available")
        self.manager.sees("measure")
