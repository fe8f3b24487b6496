"""The budget of 2019/20: built from the paper, shared three ways, disputed, drawn, and read."""

from __future__ import annotations

import pytest

from tests.journeys import walking
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

HOME = "/partnership/tower-hamlets/money"
COUNCIL = "London Borough of Tower Hamlets"
HEALTH = "Tower Hamlets Clinical Commissioning Group"
MATTER = "Contributions of the statutory partners to the partnership"


class TestTheBudget:
    """A strategy manager at a desk, the police lead on a phone."""

    @pytest.fixture
    def world(self, own_world: Server) -> Server:
        return own_world

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk, plain: Walk) -> None:
        self.manager, self.lead, self.outsider = desk, pocket, plain

    def test_is_built_shared_three_ways_and_disputed(self) -> None:
        self.given_what_the_paper_says_of_money()
        self.when_the_year_is_opened()
        self.when_the_papers_costs_are_put_in_and_costed()
        self.when_reviews_are_drawn_and_put_in()
        self.when_partners_are_asked()
        self.when_three_formulas_are_set_down()
        self.then_they_stand_side_by_side()
        self.when_the_police_pledge_on_a_phone()
        self.when_the_disagreement_is_put_on_record()
        self.then_its_age_and_standard_are_read_on_a_phone()
        self.when_a_settlement_is_proposed_and_agreed_to_in_its_words()
        self.when_a_total_is_kept_that_does_not_fit()
        self.then_the_year_says_how_it_stands()
        self.then_an_outsider_finds_nothing()

    def given_what_the_paper_says_of_money(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        self.manager.go(HOME)
        self.manager.reads(
            "No budget is kept here yet.",
            "Told by a source, in no budget yet",
            "Independent Scrutineer",
            "£8,000",
            "£15,000",
            "Update report 29 March 2019, Local Review",
        )
        self.manager.sees("money before there is a budget")

    def when_the_year_is_opened(self) -> None:
        self.manager.follow("Open a budget")
        self.manager.fill("Which year?", "next year")
        self.manager.press("Open the budget")
        self.manager.is_told_wrong("is not a financial year")
        self.manager.sees("open a budget with errors")
        self.manager.fill("Which year?", "2019/20")
        self.manager.pick("By which matter is its money authorised?", MATTER)
        self.manager.press("Open the budget")
        self.manager.reads("The budget is open.", "Nobody is asked for anything yet.", MATTER)
        self.budget = self.manager.path
        self.manager.sees("a budget with nothing in it")

    def when_the_papers_costs_are_put_in_and_costed(self) -> None:
        for title, days, rate in (("Independent Scrutineer", "72", "500"),):
            self.manager.go(self.budget)
            self.manager.follow("Put it in", within=self.manager.row(title))
            self.manager.press("Put it in")
            self.manager.follow(title, within=self.manager.row(title))
            self.manager.fill("Days paid for", days)
            self.manager.fill("Cost of a day", rate)
            self.manager.sees("change a cost")
            self.manager.press("Save the cost")
            self.manager.reads("The cost is saved.", "72 days at £500", "£36,000")
        self.manager.follow("Add a cost")
        self.manager.fill("What is paid for?", "Strategy Manager (Invented sum)")
        self.manager.fill("Under which heading?", "Personnel")
        self.manager.choose("Recurrent")
        self.manager.fill("Full-time cost of the post a year", "60000.125")
        self.manager.press("Add the cost")
        self.manager.is_told_wrong("parts of a penny")
        self.manager.sees("add a cost with errors")
        self.manager.fill("Full-time cost of the post a year", "60000")
        self.manager.press("Add the cost")
        self.manager.reads("The cost is added.", "£96,000")

    def when_reviews_are_drawn_and_put_in(self) -> None:
        self.manager.follow("Reviews", within=self.manager.main)
        self.manager.sees("reviews before there are figures")
        self.manager.follow("Say how many reviews there may be")
        for label, number in (
            ("At least how many reviews a year?", "1"),
            ("Most likely how many?", "2"),
            ("At most how many?", "4"),
        ):
            self.manager.fill(label, number)
        self.manager.sees("how many reviews there may be")
        self.manager.press("Save the figures")
        self.manager.reads("80 of 100 years", "Rounded up to the next £100.", "Chance drawn from")
        self.manager.sees("the money that is enough")
        self.manager.follow("Put money for reviews in")
        self.manager.choose("Enough in 80 of 100 years")
        self.manager.sees("put money for reviews in")
        self.manager.press("Put it in")
        self.manager.reads("It stands in the budget as one cost.", "Local reviews")

    def when_partners_are_asked(self) -> None:
        for agency, amount in ((COUNCIL, "50000"), (HEALTH, "45000")):
            self.manager.go(self.budget)
            self.manager.follow("Ask for a contribution")
            self.manager.pick("Who gives?", agency)
            self.manager.fill("From which of its sources, or what is it?", "General fund")
            self.manager.fill("How much is asked?", amount)
            self.manager.press("Ask for it")
            self.manager.reads("It is on record", "Who could authorise it")
        self.manager.sees("a contribution that is asked for")

    def when_three_formulas_are_set_down(self) -> None:
        self.manager.go(f"{self.budget}/formulas")
        self.manager.sees("formulas before there are any")
        self.manager.follow("Agreed percentages")
        percents = self.manager.main.locator("input[name^=of_]")
        for at in range(3):
            percents.nth(at).fill("33.3")
        self.manager.press("Set the formula down")
        self.manager.is_told_wrong("The percentages add up to 99.9, which is 0.1 less than 100.")
        self.manager.sees("shares of 99.9 percent")
        for at, percent in enumerate(("33.3", "33.3", "33.4")):
            percents.nth(at).fill(percent)
        self.manager.press("Set the formula down")
        self.manager.follow("Equal shares")
        self.manager.press("Set the formula down")
        self.manager.follow("Flat sums")
        police = self.manager.main.locator("input[name=of_central-east-bcu]")
        police.fill("5000")
        self.manager.sees("flat sums")
        self.manager.press("Set the formula down")

    def then_they_stand_side_by_side(self) -> None:
        self.manager.at("Budget 2019/20")
        self.manager.reads("Agreed percentages", "Equal shares", "Flat sums", "£5,000", "Together")
        self.manager.sees("three formulas side by side")

    def when_the_police_pledge_on_a_phone(self) -> None:
        self.manager.go(f"{self.budget}/contributions/new")
        self.manager.pick("Who gives?", "Central East Basic Command Unit")
        self.manager.fill("How much is asked?", "40000")
        self.manager.press("Ask for it")
        self.gift = self.manager.path
        self.lead.enter_as(walking.POLICE)
        self.lead.go(self.gift)
        self.lead.sees("a contribution on a phone")
        self.lead.follow("Record a pledge")
        self.lead.fill("How much is pledged?", "5000")
        self.lead.sees("record a pledge on a phone")
        self.lead.press("Record the pledge")
        self.lead.reads("The pledge is on record.", "£5,000")

    def when_the_disagreement_is_put_on_record(self) -> None:
        self.manager.go(f"{self.budget}/disagreements/new")
        self.manager.fill("What is it about, in a few words?", "Equal thirds or a flat payment")
        self.manager.fill("What do they disagree about?", "The police offer a flat sum. Invented.")
        self.manager.pick(
            "On what standard do they rely?",
            "Equitable and proportionate, as the partners read Working Together",
        )
        self.manager.pick("First agency", COUNCIL)
        self.manager.fill("Where does it stand?", "Equal thirds")
        self.manager.fill("What does it offer?", "40000")
        self.manager.pick("Formula that the first agency wants", "Equal shares")
        self.manager.pick("Second agency", "Central East Basic Command Unit")
        self.manager.fill("Where does that one stand?", "A flat sum, as in every borough")
        self.manager.fill("What does that one offer?", "5000")
        self.manager.sees("put a disagreement about money on record")
        self.manager.press("Put it on record")
        self.manager.reads("The disagreement is on record.", "unpaid.", "Open since today")
        self.dispute = self.manager.path
        self.manager.sees("a disagreement about money")

    def then_its_age_and_standard_are_read_on_a_phone(self) -> None:
        self.lead.go(self.dispute)
        self.lead.reads("Relied on: Equitable and proportionate", "Where each stands")
        self.lead.sees("a disagreement about money on a phone")

    def when_a_settlement_is_proposed_and_agreed_to_in_its_words(self) -> None:
        self.manager.go(self.dispute)
        self.manager.follow("Propose a settlement")
        self.manager.fill("How would it be settled?", "£20,000 from the police. Invented.")
        self.manager.sees("propose a settlement")
        self.manager.press("Propose it")
        self.manager.reads("It is proposed. Each agency is asked.", "Proposed settlement")
        self.lead.go(self.dispute)
        self.lead.follow("Agree")
        self.lead.reads("£20,000 from the police. Invented.")
        self.lead.sees("agree to a settlement on a phone")
        self.lead.press("Agree to this settlement")
        self.lead.reads("Your agency has agreed to this settlement.", "Not yet")

    def when_a_total_is_kept_that_does_not_fit(self) -> None:
        self.manager.go(f"{self.budget}/total")
        self.manager.fill("What is it the total of?", "All costs")
        self.manager.fill("What total is stated?", "1000")
        self.manager.fill("Who states it?", "Invented")
        self.manager.press("Keep the total")
        self.manager.reads("The total is kept as stated.", "Neither is changed.")

    def then_the_year_says_how_it_stands(self) -> None:
        self.manager.reads("1 stated total that the rows do not add up to.", "How the year stands")
        self.manager.reads(
            f"The matter is “{MATTER}”. It is funded by", "If they disagree, it goes to"
        )
        self.manager.sees("a budget")
        self.manager.go(f"{self.budget}/workbook")
        self.manager.sees("the workbook of a budget")
        self.manager.go(HOME)
        self.manager.reads("Budget 2019/20", "Equal thirds or a flat payment")
        self.manager.sees("money")

    def then_an_outsider_finds_nothing(self) -> None:
        self.outsider.enter_as(walking.OUTSIDER)
        for path in (self.budget, self.gift, self.dispute):
            self.outsider.go(path)
            self.outsider.at("Page not found")
