"""The board update of Tower Hamlets is read, followed to its rows, written, compared and taken."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from playwright.sync_api import FilePayload, expect

from tests.journeys import walking
from tests.journeys.rooms import EXECUTIVE, Day, Room
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

BOARDS: dict[str, Day] = {EXECUTIVE: (3, 4, 2019), "Corporate Safeguarding Group": (12, 4, 2019)}
PROGRAMME = "Development of the Tower Hamlets Safeguarding Children Partnership"
MILESTONE = "Full delivery plan and first processes and procedures available"
REPORT = "/partnership/tower-hamlets/reports/board-update"


@pytest.fixture
def world(own_world: Server) -> Server:
    """A journey that writes what everybody reads has a world of its own."""
    return own_world


class Reporting:
    """What a strategy manager writes at a desk and a director reads on a phone."""

    author: Walk
    phone: Walk
    paper: str

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

    def given_two_boards_that_meet(self) -> None:
        self.author.enter_as(walking.STRATEGY_MANAGER)
        for body, day in BOARDS.items():
            Room(self.author, body).calls(day)

    def when_a_template_with_a_dangerous_expression_is_given(self) -> None:
        self.author.go(REPORT)
        self.author.follow("Our own Word template")
        self.author.reads("No template is in use.")
        self.author.sees("template asked")
        self.gives_template("Of our risks", "{{ title.__class__ }}")
        self.author.is_told_wrong("after “Of our risks”")
        self.author.reads("Take {{ title.__class__ }} out.")
        self.author.sees("dangerous template refused")

    def then_a_good_one_is_in_use(self) -> None:
        self.gives_template("{{ partnership }} as at {{ as_at }}", "{{ section.summary.text[0] }}")
        self.author.reads("The template is in use.")
        self.author.sees("template in use")
        with self.author.page.expect_download() as kept:
            self.author.follow("Report of today in this template")
        made = docx.Document(kept.value.path())
        said = [each.text for each in made.paragraphs]
        assert said[0] == "Tower Hamlets Safeguarding Children Partnership as at 29 March 2019"
        assert "replaces Local Safeguarding Children Boards" in said[1]

    def gives_template(self, *lines: str) -> None:
        book = docx.Document()
        for line in lines:
            book.add_paragraph(line)
        out = BytesIO()
        book.save(out)
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        given = FilePayload(name="ours.docx", mimeType=kind, buffer=out.getvalue())
        self.author.main.locator("input[type=file]").set_input_files(given)
        self.author.press("Use this template")

    def when_it_is_published_to_two_boards(self) -> None:
        self.author.go(REPORT)
        self.author.follow("Publish the report of this day to boards")
        self.author.choose("Note")
        self.author.press("Publish it to these boards")
        self.author.is_told_wrong("at least one meeting")
        self.author.sees("publishing with errors")
        for body in BOARDS:
            self.author.main.get_by_label(body).first.check()
        self.author.choose("Information")
        self.author.fill("What the boards are asked to do, one in a line", "Note the update")
        self.author.pick("Presented by", "Director of Children's Services")
        self.author.sees("publishing")
        self.author.press("Publish it to these boards")
        self.author.reads("The report goes before 2 boards.", "As at 29 March 2019", *BOARDS)
        self.author.sees("published paper")
        self.paper = self.author.path

    def then_each_board_has_a_cover_of_its_own(self) -> None:
        first, second = BOARDS
        self.author.follow(second, within=self.author.main)
        self.author.reads("Note the update", "4 risks are known so far")
        self.author.follow("Settle the cover for this body")
        self.author.pick("Which cover", "Short cover")
        self.author.choose("Decision required")
        self.author.fill("What this body is asked to do, one in a line", "Agree what it costs")
        self.author.main.locator("form button").first.click()
        self.author.reads("Short cover", "Agree what it costs", "Decision required")
        self.author.reads_not("Engagement of children and young people", "Note the update")
        self.author.sees("cover of the second board")
        self.author.go(self.paper)
        self.author.follow(first, within=self.author.main)
        self.author.reads("Whole cover", "Note the update", "Equalities")
        self.author.reads_not("Agree what it costs")

    def when_a_slipped_milestone_is_planned_again(self) -> None:
        self.author.enter_as(walking.STRATEGY_MANAGER)
        self.author.go(f"{REPORT}?whole=yes")
        self.author.reads("procedures will be available by March 2019")
        self.author.go("/partnership/tower-hamlets/programme")
        self.author.follow(PROGRAMME)
        self.author.follow(MILESTONE)
        self.author.follow("Plan it again")
        self.author.fill("When is it due now?", "May 2019")
        self.author.fill("Why does the plan change?", "The budget came late")
        self.author.fill("Who agreed?", "Executive of 27 March 2019 (Invented)")
        self.author.press("Plan it again")
        self.author.reads("Planned again: March 2019 became May 2019.")

    def then_the_report_of_today_changes_and_that_of_yesterday_does_not(self) -> None:
        self.author.go(f"{REPORT}?whole=yes")
        self.author.reads("procedures will be available by May 2019")
        self.author.reads_not("procedures will be available by March 2019")
        self.author.go(f"{REPORT}?as-at=28+March+2019&whole=yes")
        self.author.reads("procedures will be available by March 2019")

    def then_two_days_show_what_was_planned_before(self) -> None:
        self.author.go(f"{REPORT}/differences?as-at=29+March+2019&against=28+March+2019")
        expect(self.author.row(MILESTONE)).to_contain_text("May 2019")

    def then_it_stands_among_the_reports_that_went_out(self) -> None:
        self.author.go("/partnership/tower-hamlets/reports")
        self.author.reads("Board update: Tower Hamlets Safeguarding Children Partnership")
        self.author.sees("reports that went out")

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

    def test_changes_when_a_slipped_milestone_is_planned_again(self) -> None:
        self.when_a_slipped_milestone_is_planned_again()
        self.then_the_report_of_today_changes_and_that_of_yesterday_does_not()
        self.then_two_days_show_what_was_planned_before()

    def test_is_published_to_two_boards_with_different_covers(self) -> None:
        self.given_two_boards_that_meet()
        self.when_a_template_with_a_dangerous_expression_is_given()
        self.then_a_good_one_is_in_use()
        self.when_it_is_published_to_two_boards()
        self.then_each_board_has_a_cover_of_its_own()
        self.then_it_stands_among_the_reports_that_went_out()
