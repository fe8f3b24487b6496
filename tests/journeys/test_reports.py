"""The board update of Tower Hamlets is read, followed to its rows, written, compared and taken."""

from __future__ import annotations

import pytest

from tests.journeys import walking
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

REPORT = "/partnership/tower-hamlets/reports/board-update"


@pytest.fixture
def world(own_world: Server) -> Server:
    """A journey that writes what everybody reads has a world of its own."""
    return own_world


class Reporting:
    """What a strategy manager writes at a desk and a director reads on a phone."""

    author: Walk
    phone: Walk

    def given_a_manager_who_opens_the_reports(self) -> None:
        self.author.enter_as(walking.STRATEGY_MANAGER)
        self.author.go("/partnership/tower-hamlets/reports")
        self.author.reads("Board update", "Interim evaluation", "Reports that went out as a paper")
        self.author.sees("reports")
        self.author.follow("Board update")
        self.author.reads("As at 29 March 2019", "Director of Children's Services")
        self.author.sees("board update")

    def when_every_section_is_opened(self) -> None:
        self.author.follow("open all of them")
        self.author.reads("TH CCG approved its move to the second on 26 March 2019", "£15,000")
        self.author.sees("board update whole")

    def then_a_february_report_does_not_know_a_march_approval(self) -> None:
        self.author.go(f"{REPORT}?as-at=15+February+2019&whole=yes")
        self.author.reads("No approval is known yet")
        self.author.reads_not("approved its move", "Write “Executive summary”")

    def when_a_quote_is_mistyped_section_and_line_are_told(self) -> None:
        self.author.go(f"{REPORT}/write/equalities")
        self.author.reads("[[equality:impact-assessment.state]]", "What can be quoted")
        self.author.sees("write a section")
        self.author.fill("What is written", "It is\n[[equality:impact-asessment.state]].")
        self.author.press("Keep this text")
        self.author.is_told_wrong("“Equalities considerations”, line 2")
        self.author.sees("write with errors")

    def when_it_is_written(self) -> None:
        words = "An assessment is [[equality:impact-assessment.state]] (Invented)."
        self.author.fill("What is written", words)
        self.author.press("Keep this text")
        self.author.reads("It is written.")
        self.author.go(f"{REPORT}/wordings/equalities")
        self.author.reads("2 wordings", "Written by", "(Invented)")
        self.author.sees("wordings")

    def then_two_days_differ(self) -> None:
        self.author.go(f"{REPORT}/differences")
        self.author.sees("differences asked")
        self.author.fill("Compare with", "15 February 2019")
        self.author.press("Compare them")
        self.author.reads("As at 15 February 2019", "Approval of the safeguarding partnership")
        self.author.sees("differences")

    def when_a_director_reads_it_on_a_phone(self) -> None:
        self.phone.enter_as(walking.COUNCIL)
        self.phone.go(REPORT)
        self.phone.reads_not("Write “")
        self.phone.main.locator("summary").filter(has_text="Risk implications").click()
        self.phone.sees("board update on a phone")

    def then_one_number_leads_to_its_rows(self) -> None:
        self.phone.main.locator("#risk-implications").get_by_role("link", name="4").first.click()
        self.phone.reads(
            "4 rows of risks behind this number",
            "fragmented local safeguarding arrangements",
            "Risks and mitigations. Known since 15 February 2019.",
        )
        self.phone.sees("rows behind a number")
        self.phone.follow("Back to the report of this day")
        self.phone.reads("Board update")


class TestTheBoardUpdate(Reporting):
    """From what is on record to a paper that a board reads."""

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk) -> None:
        self.author, self.phone = desk, pocket

    def test_is_read_written_compared_and_followed_to_its_rows(self) -> None:
        self.given_a_manager_who_opens_the_reports()
        self.when_every_section_is_opened()
        self.then_a_february_report_does_not_know_a_march_approval()
        self.when_a_quote_is_mistyped_section_and_line_are_told()
        self.when_it_is_written()
        self.then_two_days_differ()
        self.when_a_director_reads_it_on_a_phone()
        self.then_one_number_leads_to_its_rows()
