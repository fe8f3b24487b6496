"""A series is called, its agenda built from what is suggested, a paper chased."""

from __future__ import annotations

import pytest

from tests.journeys import walking
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

GROUP = "Executive Group - Statutory Partners"
PLANNED = "Budget of the first year"
ASKED = "Thresholds of the front door"
REPORT = "Report on thresholds"


class TestASeriesAndItsAgenda:
    """From how often a body meets to an agenda whose papers are asked for."""

    @pytest.fixture
    def world(self, own_world: Server) -> Server:
        return own_world

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk) -> None:
        self.manager, self.delegate = desk, pocket

    def test_is_called_built_and_chased(self) -> None:
        self.given_a_manager_who_sees_how_often_bodies_meet()
        self.when_they_open_the_series_of_the_executive()
        self.when_words_can_be_read_twice_they_are_asked_about()
        self.when_they_call_the_meetings_of_half_a_year()
        self.when_one_is_called_off_and_booked_again_without_a_day()
        self.when_they_plan_an_item_and_a_delegate_asks_for_another()
        self.when_they_settle_what_stands_on_every_agenda()
        self.when_they_build_the_agenda_from_what_is_suggested()
        self.when_it_asks_for_more_time_than_there_is()
        self.when_a_paper_is_asked_for_and_its_owner_reminded()
        self.then_the_delegate_reads_the_agenda_on_a_phone()

    def given_a_manager_who_sees_how_often_bodies_meet(self) -> None:
        walk = self.manager
        walk.enter_as(walking.STRATEGY_MANAGER)
        walk.turn_to("Meetings")
        walk.follow("How often bodies meet")
        walk.at("How often bodies meet")
        walk.reads("How often does the Executive Group meet?")
        walk.sees("how often bodies meet")

    def when_they_open_the_series_of_the_executive(self) -> None:
        walk = self.manager
        walk.follow(GROUP)
        walk.at(f"Meetings of the {GROUP}")
        walk.reads("Wednesday 10 April 2019", "No days follow from what is stated")
        walk.sees("the series of the executive")

    def when_words_can_be_read_twice_they_are_asked_about(self) -> None:
        walk = self.manager
        walk.follow("Call several meetings")
        walk.fill("How often", "bi-monthly")
        walk.give_day("First day", 22, 4, 2019)
        walk.press("Work out the days")
        walk.reads("No days could be worked out")
        walk.sees("days that could not be worked out")

    def when_they_call_the_meetings_of_half_a_year(self) -> None:
        walk = self.manager
        walk.fill("How often", "every 6 weeks")
        walk.give_day("Last day", 31, 8, 2019)
        walk.press("Work out the days")
        walk.reads("Tuesday 23 April 2019", "Monday 22 April 2019 is not worked")
        walk.fill("They start at", "2pm")
        walk.fill("They end at", "")
        walk.press("Call these meetings")
        walk.is_told_wrong("time at which they end")
        walk.sees("call several meetings with errors")
        walk.fill("They end at", "4pm")
        walk.fill("Place", "Committee room 2")
        walk.press("Call these meetings")
        walk.reads("4 meetings called.", "Tuesday 23 April 2019", "Wanted on 22 April 2019")
        walk.sees("the series with what was called")

    def when_one_is_called_off_and_booked_again_without_a_day(self) -> None:
        walk = self.manager
        walk.follow(GROUP, within=walk.row("Monday 15 July 2019"))
        walk.follow("Call it off")
        walk.fill("Why?", "The town hall is closed")
        walk.press("Call it off")
        walk.reads("The town hall is closed")
        walk.follow("Book it again")
        walk.sees("book it again")
        walk.press("Book it again")
        walk.reads("It is booked again", "It has no day yet")
        walk.sees("a meeting without a day")
        walk.follow("Find a date")
        walk.at(f"Find a date for the {GROUP}")

    def when_they_plan_an_item_and_a_delegate_asks_for_another(self) -> None:
        walk = self.manager
        walk.turn_to("Meetings")
        walk.follow("How often bodies meet")
        walk.follow(GROUP)
        walk.follow("Forward plan")
        walk.reads_not(PLANNED)
        walk.follow("Plan an item")
        walk.fill("What is it about?", PLANNED)
        walk.press("Plan it")
        walk.is_told_wrong("what the meeting is to do")
        walk.choose("Agree")
        walk.press("Plan it")
        walk.reads(PLANNED)
        walk.sees("the forward plan")
        walk.follow("Tuesday 23 April 2019")
        self.path = walk.path.removesuffix("/agenda")
        self.delegate.enter_as(walking.HEALTH)
        self.delegate.go(f"{self.path}/agenda/propose")
        self.delegate.fill("What is it about?", ASKED)
        self.delegate.choose("Decide")
        self.delegate.fill("Minutes needed", "38")
        self.delegate.press("Propose it")
        self.delegate.reads(ASKED)

    def when_they_settle_what_stands_on_every_agenda(self) -> None:
        walk = self.manager
        walk.go(self.path)
        walk.follow("Its series of meetings")
        walk.follow("Settle how it meets")
        walk.fill("Items that open every agenda", "Apologies, often")
        walk.press("Settle how it meets")
        walk.is_told_wrong("neither minutes nor a purpose")
        walk.sees("how it meets with errors")
        walk.fill("Items that open every agenda", "Apologies, 10 minutes")
        walk.fill("Items that close every agenda", "Any other business, 90 minutes, agree")
        walk.press("Settle how it meets")
        walk.reads("It is settled.")

    def when_they_build_the_agenda_from_what_is_suggested(self) -> None:
        walk = self.manager
        walk.go(f"{self.path}/agenda")
        walk.reads(ASKED, "Requested", PLANNED, "Forward plan")
        walk.sees("what is suggested")
        walk.press(f"Add {ASKED}")
        walk.reads("It is on the agenda.", f"1. {ASKED}")
        walk.follow("Not now", within=walk.row(PLANNED))
        walk.fill("Why?", "The figures come in May")
        walk.press("Put it off")
        walk.reads("The figures come in May", "Suggest it again")

    def when_it_asks_for_more_time_than_there_is(self) -> None:
        walk = self.manager
        walk.press("Lay what stands on every agenda")
        walk.reads("1. Apologies", f"2. {ASKED}", "3. Any other business", "18 minutes over.")
        walk.reads("Past the end")
        walk.sees("an agenda that runs over")

    def when_a_paper_is_asked_for_and_its_owner_reminded(self) -> None:
        walk = self.manager
        walk.follow(ASKED)
        walk.follow("Settle purpose, time and lead")
        option = walk.main.get_by_role("option").filter(has_text="health").first
        walk.pick("Who leads it", option.inner_text())
        walk.press("Settle it")
        walk.go(f"{self.path}/papers")
        walk.reads("1 not asked for")
        walk.follow("Ask for a paper", within=walk.row(ASKED))
        walk.fill("Title of the paper", REPORT)
        walk.press("Ask for it")
        walk.go(f"{self.path}/papers")
        walk.reads("1 owed", REPORT)
        walk.sees("who owes which paper")
        walk.follow("Remind them", within=walk.row(REPORT))
        walk.fill("A word to whoever owes it", "The pack goes out on Friday")
        walk.press("Remind them")
        walk.reads("They are reminded", "The pack goes out on Friday")

    def then_the_delegate_reads_the_agenda_on_a_phone(self) -> None:
        self.delegate.go(f"{self.path}/agenda")
        self.delegate.reads(f"2. {ASKED}")
        self.delegate.reads_not("Suggested", "Lay what stands")
        self.delegate.sees("the agenda as a delegate")
        self.delegate.go("/")
        self.delegate.reads(REPORT)
