"""A paper goes to another board, what that board says is answered, and a letter is agreed."""

from __future__ import annotations

import pytest

from tests.journeys import walking
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

UPDATE = "Update for the Corporate Safeguarding Group"
SESSION = "first session of the statutory partners"
POINT = "Say who answers for the data that moves over"
ANSWER = "The strategy manager does, until the new partnership begins"


class TestAPaper:
    """From the papers of a file to an answer to each point, on the pages of two people."""

    @pytest.fixture
    def world(self, own_world: Server) -> Server:
        return own_world

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk) -> None:
        self.manager, self.delegate = desk, pocket

    def test_comes_before_another_board_and_each_point_is_answered(self) -> None:
        self.given_a_manager_on_the_page_of_the_paper()
        self.when_they_look_at_the_cover_of_march()
        self.when_they_put_it_before_the_executive()
        self.when_the_delegate_says_what_they_make_of_it()
        self.when_the_manager_answers_the_point()
        self.then_the_delegate_reads_the_answer()

    def given_a_manager_on_the_page_of_the_paper(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        self.manager.turn_to("Meetings")
        self.manager.follow("Papers")
        self.manager.at("Papers")
        self.manager.reads(UPDATE)
        self.manager.sees("the papers")
        self.manager.follow(UPDATE)
        self.manager.reads("Where it has been and goes", "Corporate Safeguarding Group")
        self.manager.sees("one paper")
        self.whole = self.manager.path

    def when_they_look_at_the_cover_of_march(self) -> None:
        self.manager.follow("Corporate Safeguarding Group", self.manager.row("29 March 2019"))
        self.manager.reads("15 February 2019 (original report)", "Head of the Youth Service")
        self.manager.sees("the cover of March")

    def when_they_put_it_before_the_executive(self) -> None:
        self.manager.go(self.whole)
        self.manager.follow("Put it before a body")
        self.manager.press("Put it on the agenda")
        self.manager.is_told_wrong("what the meeting is to do")
        self.manager.sees("putting it before a body with errors")
        option = self.manager.main.get_by_role("option").filter(has_text=SESSION).first
        self.manager.pick("At which meeting?", option.inner_text())
        self.manager.choose("Advise")
        self.manager.choose("Feedback requested")
        self.manager.press("Put it on the agenda")
        self.manager.reads("under that body’s own cover", "No feedback came back yet.")
        self.there = self.manager.path

    def when_the_delegate_says_what_they_make_of_it(self) -> None:
        self.delegate.enter_as(walking.COUNCIL)
        self.delegate.go(self.there)
        self.delegate.follow("Give feedback")
        self.delegate.fill("What you make of it, one point in a line", f"- {POINT}")
        self.delegate.sees("giving feedback")
        self.delegate.press("Give feedback")
        self.delegate.reads(POINT, "1 point came back, 1 point still to answer.")

    def when_the_manager_answers_the_point(self) -> None:
        self.manager.go(self.there)
        self.manager.follow("Answer", self.manager.row(POINT))
        self.manager.choose("Noted")
        self.manager.press("Keep the answer")
        self.manager.is_told_wrong("Say why")
        self.manager.fill("In your words", ANSWER)
        self.manager.press("Keep the answer")
        self.manager.reads("1 point came back, all answered.")
        self.manager.sees("what came back")

    def then_the_delegate_reads_the_answer(self) -> None:
        self.delegate.go(self.there)
        self.delegate.reads(ANSWER)


class TestARecord:
    """What is kept of a body beside its meetings: decisions, attendance, letters."""

    @pytest.fixture
    def world(self, own_world: Server) -> Server:
        return own_world

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk) -> None:
        self.manager, self.delegate = desk, pocket

    def test_of_decisions_attendance_and_letters_is_read_and_kept(self) -> None:
        self.given_a_manager_in_the_log_of_decisions()
        self.when_they_look_who_came()
        self.when_they_draft_a_letter()
        self.when_the_delegate_agrees()
        self.then_the_letter_goes()

    def given_a_manager_in_the_log_of_decisions(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        self.manager.go("/decisions")
        self.manager.reads("Approval of the safeguarding partnership", "26 March 2019")
        self.manager.reads("Governing body resolution", "The power that it gave")
        self.manager.sees("the log of decisions")

    def when_they_look_who_came(self) -> None:
        self.manager.turn_to("Meetings")
        self.manager.follow("Executive Group, first session")
        self.meeting = self.manager.path
        self.manager.follow("Executive Group - Statutory Partners")
        self.manager.follow("Attendance over a year")
        self.manager.reads("No meeting was held in this time.", "Where else its members sit")
        self.manager.sees("attendance over a year")

    def when_they_draft_a_letter(self) -> None:
        self.manager.go(self.meeting)
        self.manager.follow("Letters")
        self.manager.follow("Draft a letter")
        self.manager.press("Keep the draft")
        self.manager.is_told_wrong("what it is about")
        self.manager.sees("drafting a letter with errors")
        self.manager.pick("To what kind of body or person", "Department")
        self.manager.fill("To whom", "The department (Invented)")
        self.manager.fill("What it is about", "When the new arrangements begin")
        seat = self.manager.main.get_by_role("checkbox", name="Statutory partner for the council")
        seat.first.check()
        self.manager.press("Keep the draft")
        self.manager.reads("The letter is drafted.", "A draft that has not gone yet")
        self.manager.sees("a letter that waits")
        self.letter = self.manager.path

    def when_the_delegate_agrees(self) -> None:
        self.delegate.enter_as(walking.COUNCIL)
        self.delegate.go(self.letter)
        self.delegate.follow("Answer")
        self.delegate.choose("Yes, I agree")
        self.delegate.press("Answer")
        self.delegate.reads("Your answer is on record.")

    def then_the_letter_goes(self) -> None:
        self.manager.go(self.letter)
        self.manager.follow("Record that it has gone")
        self.manager.fill("Who signed it", "The chair")
        self.manager.give_day("Date of the letter", 29, 3, 2019)
        self.manager.press("Put it on record")
        self.manager.reads("A letter that went out", "The chair")
