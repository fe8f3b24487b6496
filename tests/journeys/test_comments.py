"""A draft goes out: a member comments on a phone, a guest by a link, and all are answered."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browsers import Step
from tests.journeys import walking
from tests.journeys.letters import found_in
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

DRAFT = "Draft arrangements, version 0.6 (Invented)"
BODY = "Executive Group - Statutory Partners"
GUEST = "Robin Okafor"


class TestADraft:
    """One round of comments, from opening to closing."""

    @pytest.fixture
    def world(self, own_world: Server) -> Server:
        return own_world

    @pytest.fixture(autouse=True)
    def _people(
        self,
        desk: Walk,
        pocket: Walk,
        plain: Walk,
        desktop: BrowserContext,
        world: Server,
        step: Step,
    ) -> None:
        self.author, self.member, self.guest = desk, pocket, plain
        self.second = Walk(desktop, world, step)
        self.world = world

    def test_is_commented_on_answered_and_closed(self) -> None:
        self.given_an_author_with_a_draft()
        self.when_they_choose_a_day_that_has_passed_they_are_told()
        self.when_it_goes_out_to_a_whole_body()
        self.when_a_member_finds_it_in_their_work()
        self.when_they_comment_on_a_phone()
        self.when_another_has_no_comment()
        self.when_a_guest_is_invited()
        self.when_the_guest_comes_in_with_the_code()
        self.when_the_guest_comments_without_scripts()
        self.then_the_author_reads_who_is_silent_and_reminds_them()
        self.when_they_try_to_close_it_they_are_refused()
        self.when_they_decline_without_a_reason_they_are_told()
        self.when_they_decline_with_a_reason()
        self.then_the_second_who_answers_meets_the_conflict()
        self.when_what_came_by_email_is_recorded()
        self.then_the_table_can_be_taken_away()
        self.when_it_is_closed()
        self.then_the_member_reads_what_became_of_it()

    def given_an_author_with_a_draft(self) -> None:
        self.author.enter_as(walking.STRATEGY_MANAGER)
        self.author.turn_to("Documents")
        self.author.follow(DRAFT)
        self.path = self.author.path
        self.author.follow("Comments")
        self.author.reads("This document has not been out for comment.")
        self.author.sees("before it goes out")
        self.author.follow("Open it for comment")

    def when_they_choose_a_day_that_has_passed_they_are_told(self) -> None:
        self.author.fill("What do you want to know?", "Can your agency do what section 4 asks?")
        self.author.give_day("Until when are comments taken?", 1, 3, 2019)
        self.author.press("Open it for comment")
        self.author.is_told_wrong("1 March 2019 has passed")
        self.author.sees("a day that has passed")

    def when_it_goes_out_to_a_whole_body(self) -> None:
        self.author.give_day("Until when are comments taken?", 12, 4, 2019)
        self.author.main.get_by_label(BODY, exact=True).check()
        self.author.press("Open it for comment")
        self.author.reads("The draft is out for comment.", "Comments are taken until 12 April 2019")
        self.author.sees("out for comment")

    def when_a_member_finds_it_in_their_work(self) -> None:
        self.member.enter_as(walking.HEALTH)
        self.member.sees("asked in my work")
        self.member.follow("Comment", within=self.member.row("on the draft"))
        self.member.at("Comment on")
        self.member.sees("the comment form on a phone")

    def when_they_comment_on_a_phone(self) -> None:
        self.member.press("Send your comment")
        self.member.is_told_wrong("Enter your comment")
        self.member.sees("the comment form with errors")
        self.member.fill("Which section?", "4.2")
        self.member.fill("Your comment", "Say who pays for cover while staff are at the panel.")
        self.member.press("Send your comment")
        self.member.reads("Your comment is sent.", "Say who pays for cover")
        self.member.sees("the comment is sent")

    def when_another_has_no_comment(self) -> None:
        self.member.enter_as(walking.POLICE)
        self.member.go(f"{self.path}/comments/add")
        self.member.follow("Say that you have no comment")
        self.member.sees("no comment")
        self.member.press("Put it on record")
        self.member.reads("It is on record that you have no comment.")

    def when_a_guest_is_invited(self) -> None:
        self.author.follow("Invite a guest to comment")
        self.author.fill("Name of the guest", GUEST)
        self.author.fill("Their work email address", "robin@example.org")
        self.author.sees("invite a guest")
        self.author.press("Send the link")
        self.author.reads("The link is on its way.", GUEST)

    def when_the_guest_comes_in_with_the_code(self) -> None:
        self.guest.go(found_in(self.world, r"https?://[^/\s]+(/guest/\S+)", "robin@example.org"))
        self.guest.reads(GUEST)
        self.guest.press("Send me a code")
        code = found_in(self.world, r"(?m)^(\d{6})$")
        self.guest.fill("Code", code)
        self.guest.press("Open the link")
        self.guest.sees("the guest is in")
        self.guest.follow("Read and comment")

    def when_the_guest_comments_without_scripts(self) -> None:
        self.guest.reads_not("Say who pays for cover")
        self.guest.fill("Your comment", "Add how a charity can raise a worry.")
        self.guest.press("Send your comment")
        self.guest.reads("Your comment is sent.")
        self.guest.sees("the guest has commented")

    def then_the_author_reads_who_is_silent_and_reminds_them(self) -> None:
        self.author.go(f"{self.path}/comments")
        self.author.reads("Say who pays", "Add how a charity", "2 comments have no answer yet.")
        self.author.reads("Silent", "No comment", "Guest, 29 March 2019")
        self.author.sees("the matrix")
        self.author.follow("Remind those who are silent")
        self.author.sees("remind the silent")
        self.author.press("Send the reminders")
        self.author.at(DRAFT)

    def when_they_try_to_close_it_they_are_refused(self) -> None:
        self.author.follow("Close the comments")
        self.author.press("Close the comments")
        self.author.is_told_wrong("2 comments have no answer yet")
        self.author.sees("closing is refused")
        self.author.go(f"{self.path}/comments")

    def when_they_decline_without_a_reason_they_are_told(self) -> None:
        self.author.follow("Answer it", within=self.author.row("Add how a charity"))
        self.answering = self.author.path
        self.author.choose("Declined")
        self.author.press("Answer it")
        self.author.is_told_wrong("Say why it is not taken as it stands.")
        self.author.sees("declined without a reason")
        self.second.go(self.answering)

    def when_they_decline_with_a_reason(self) -> None:
        self.author.fill("Why, or what was changed?", "Section 9 says it. A pointer is added.")
        self.author.press("Answer it")
        self.author.reads("The comment is answered.", "Section 9 says it")

    def then_the_second_who_answers_meets_the_conflict(self) -> None:
        self.second.choose("Taken")
        self.second.press("Answer it")
        self.second.reads("Section 9 says it", "Declined")
        expect(self.second.field("Taken")).to_be_checked()
        self.second.sees("the second answer meets the first")
        self.second.press("Answer it")
        self.second.reads("The comment is answered.")
        self.author.go(f"{self.path}/comments?answer=none")
        self.author.sees("the matrix filtered")
        self.author.follow("Answer it", within=self.author.row("Say who pays"))
        self.author.choose("Taken in part")
        self.author.fill("Why, or what was changed?", "The Executive agrees cover in July.")
        self.author.press("Answer it")

    def when_what_came_by_email_is_recorded(self) -> None:
        self.author.go(f"{self.path}/comments")
        self.author.follow("Record a comment that came another way")
        self.author.press("Record the comment")
        self.author.is_told_wrong("Enter who said it")
        self.author.sees("record a comment with errors")
        self.author.field("For which seat was it said?").select_option(index=1)
        self.author.fill("Who said it?", "The clerk to the directors (Invented)")
        self.author.choose("By email")
        self.author.give_day("When did it come?", 29, 3, 2019)
        self.author.fill("What was said", "The glossary is missing (Invented).")
        self.author.press("Record the comment")
        self.author.reads("The comment is recorded.", "It came by email. Recorded by")
        self.author.sees("a recorded comment")
        self.author.follow("Answer it", within=self.author.row("The glossary is missing"))
        self.author.choose("Taken")
        self.author.press("Answer it")
        self.author.reads("The comment is answered.")

    def then_the_table_can_be_taken_away(self) -> None:
        for name, ending in (("Excel workbook", ".xlsx"), ("Word file", ".docx")):
            with self.author.page.expect_download() as told:
                self.author.follow(name)
            assert told.value.suggested_filename.endswith(ending)

    def when_it_is_closed(self) -> None:
        self.author.follow("Close the comments")
        self.author.press("Close the comments")
        self.author.reads("Comments were closed on 29 March 2019.")
        self.author.sees("closed")

    def then_the_member_reads_what_became_of_it(self) -> None:
        self.member.enter_as(walking.HEALTH)
        self.member.go(f"{self.path}/comments/add")
        self.member.reads("Taken in part", "The Executive agrees cover in July.")
        self.member.sees("what became of it")
