"""The arrangements of Tower Hamlets are drafted, commented on, signed on phones and published."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import walking
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

TEXT = "/arrangements/THSCP-MA-0001"
SIGNERS = (walking.COUNCIL, walking.HEALTH, walking.POLICE)
WORDS = (
    "The partners find out together what children need.\n\n"
    "The Executive Group meets [[bodies:executive-group.rhythm]]."
)
COMMENT = "Say how often the group meets (Invented)"


@pytest.fixture
def world(own_world: Server) -> Server:
    """A journey that changes what everybody reads has a world of its own."""
    return own_world


class Drafting:
    """What an author and three signers do with a version of the arrangements."""

    author: Walk
    phone: Walk
    served: str
    promise: str

    def given_an_author_with_a_version_in_preparation(self) -> None:
        self.author.enter_as(walking.STRATEGY_MANAGER)
        self.author.go("/partnership/tower-hamlets/arrangements")
        self.author.reads("The Arrangements", "In preparation", "By June 2019")
        self.author.sees("versions")
        self.author.follow("Draft the arrangements")
        self.author.sees("begin")

    def when_the_draft_is_begun(self) -> None:
        self.author.press("Begin the draft")
        self.author.reads("Central East Basic Command Unit", "Not settled: “Monthly/Quarterly”")
        self.author.sees("the draft")

    def then_the_checklist_names_what_the_papers_leave_open(self) -> None:
        self.author.follow("Checklist")
        self.author.reads(
            "Statement of how the old board's workload will migrate",
            "“at least two years” has no first day",
            "Not verified",
            "Until its go-live Tower Hamlets itself still follows",
        )
        self.author.sees("checklist")

    def when_a_quote_is_mistyped_it_is_told(self) -> None:
        self.author.go(f"{TEXT}/write/who-we-are")
        self.author.reads("[[bodies:executive-group.rhythm]]")
        self.author.sees("write")
        self.author.fill("What is written", "They meet [[bodies:executive-grup.rhythm]].")
        self.author.press("Keep this text")
        self.author.is_told_wrong("Did you mean [[bodies:executive-group.rhythm]]")
        self.author.sees("write with errors")

    def when_a_section_is_written(self) -> None:
        self.author.fill("What is written", WORDS)
        self.author.choose("Nothing is wanting in this section")
        self.author.press("Keep this text")
        self.author.reads("It is written.", "ongoing with diarised sessions TBC")

    def when_an_edition_goes_out_for_comment(self) -> None:
        self._make_an_edition(1)
        self.author.sees("editions")
        self.author.follow("Open for comment")
        self.author.sees("open for comment")
        self.author.give_day("Comments until", 26, 4, 2019)
        self.author.fill("What you would like to know", "Is it plain?")
        self.author.choose("Education, Youth and Wider Executive Group - Relevant Agencies")
        self.author.press("Open for comment")
        self.author.reads("The edition is out for comment.")
        self.author.sees("out for comment")

    def _make_an_edition(self, number: int) -> None:
        self.author.go(TEXT)
        self.author.follow("Make an edition")
        self.author.sees(f"make edition {number}")
        self.author.press("Make the edition")
        self.author.reads(f"Edition {number} is made.")

    def when_an_agency_comments_on_a_phone(self) -> None:
        self.phone.enter_as(walking.SCHOOL_LEAD)
        self.phone.go(f"{TEXT}/comments")
        self.phone.sees("comments on a phone")
        self.phone.follow("Comment on it")
        self.phone.main.get_by_role("textbox").last.fill(COMMENT)
        self.phone.main.get_by_role("button").last.click()
        self.phone.reads("Your comment is sent.")

    def then_nobody_can_be_asked_to_sign_before_it_is_answered(self) -> None:
        self.author.go(f"{TEXT}/comments/close")
        self.author.press("Close the comments")
        expect(self.author.main.get_by_role("alert")).to_be_visible()
        self.author.sees("comments cannot be closed yet")

    def when_the_author_answers_and_closes(self) -> None:
        self.author.go(f"{TEXT}/comments")
        self.author.reads(COMMENT, "No answer yet")
        self.author.follow("Answer", within=self.author.row(COMMENT))
        self.author.main.get_by_role("radio").first.check()
        self.author.main.get_by_role("button").last.click()
        self.author.go(f"{TEXT}/comments/close")
        self.author.press("Close the comments")
        self.author.reads("Comments are closed.")

    def when_three_are_asked_and_two_sign_on_phones(self) -> None:
        self._ask()
        self.author.sees("three are asked")
        for person in SIGNERS[:2]:
            self._sign(person, 1)
        self.phone.sees("signed on a phone")

    def _ask(self) -> None:
        self.author.go(TEXT)
        self.author.follow("Ask for agreement")
        self.author.give_day("By when?", 31, 5, 2019)
        self.author.press("Ask for agreement")
        self.author.reads("They are asked to sign it off.")

    def _sign(self, person: str, version: int) -> None:
        self.phone.enter_as(person)
        self.phone.go(f"{TEXT}/sign-off")
        self.phone.follow("Sign it off")
        self.phone.fill("What you sign with", "Commits the body that I speak for")
        self.phone.choose("I have read this version")
        self.phone.press(f"Sign version {version} off")
        self.phone.reads(f"You have signed version {version} off.")

    def when_the_author_changes_a_section_after_two_have_signed(self) -> None:
        self.author.go(f"{TEXT}/write/voice")
        self.author.reads("2 sign-offs will be void")
        self.author.sees("a change says what it makes void")
        self.author.fill("What is written", "Young people are asked before we decide.")
        self.author.press("Keep this text")
        self.author.reads("Every sign-off is void, and the text is a draft again.")

    def then_their_sign_offs_are_void(self) -> None:
        self.author.go(f"{TEXT}/editions?from=1&to=live")
        self.author.reads("Young people are asked before we decide.")
        self.author.sees("differences")
        self.author.go(f"{TEXT}/write/voice")
        self.author.fill("What is written", "Young people are asked, and told what became of it.")
        self.author.press("Keep this text")
        self.author.follow("Earlier wordings")
        self.author.reads("Wording 2: 29 March 2019", "Wording 1: 29 March 2019")
        self.author.sees("what a section said")
        self.author.go(f"{TEXT}/sign-off")
        self.author.follow("The file and everybody’s sign-offs")
        expect(self.author.main.get_by_text("Void since 29 March 2019")).to_have_count(2)

    def when_a_new_edition_is_signed_by_all_three(self) -> None:
        self._make_an_edition(2)
        self._ask()
        for person in SIGNERS:
            self._sign(person, 2)
        self.author.go(f"{TEXT}/sign-off")
        self.author.reads("Every statutory partner has signed edition 2.")
        self.author.sees("signed by all")
        self.author.follow("Record the agreement")
        self.author.press("Record the agreement")
        self.author.reads("The arrangements are agreed.")

    def then_the_public_reads_nothing_yet(self) -> None:
        self.author.follow("The file and everybody’s sign-offs")
        self.served = f"/published/{self.author.path.rpartition('/')[2]}"
        assert self.phone.page.request.get(self.author.world.url + self.served).status == 404
        self.phone.go("/public/tower-hamlets/arrangements")
        self.phone.reads("The partners have not published their arrangements yet.")
        self.phone.sees("not published yet")

    def when_it_is_published(self) -> None:
        self.author.go(f"{TEXT}/publish")
        self.author.sees("publish")
        self.author.choose("I have checked that it names no child and nobody who must not be named")
        self.author.press("Publish edition 2")
        self.author.reads("It is published.")
        self.author.sees("published")

    def then_the_public_reads_what_was_signed(self) -> None:
        answer = self.phone.page.request.get(self.author.world.url + self.served)
        assert answer.body().startswith(b"%PDF")
        self.phone.go("/public/tower-hamlets/arrangements")
        self.phone.reads("Download it as PDF", "Partners and their equal duty")
        self.phone.sees("the arrangements as anybody reads them")
        self.phone.follow("Who we are")
        self.phone.reads("London Borough of Tower Hamlets", "The partners")
        health = self.phone.row("Tower Hamlets Clinical Commissioning Group")
        expect(health.get_by_role("cell").nth(1)).to_contain_text("Accountable Officer")
        expect(health.get_by_role("cell").nth(2)).to_contain_text("Managing Director")
        self.phone.sees("who we are")

    def when_it_is_sent_and_put_in_force(self) -> None:
        self.author.follow("Record what was sent")
        self.author.choose("It was sent to the department")
        self.author.fill("To whom", "Department for Education")
        self.author.press("Record it")
        self.author.reads("Department for Education")
        self.author.sees("sent")
        self.author.follow("Put in force")
        self.author.give_day("From which day?", 1, 9, 2019)
        self.author.press("Put in force")
        self.author.reads("It is in force.")

    def then_a_promise_offers_its_day(self) -> None:
        self.author.go("/partnership/tower-hamlets/promises")
        self.author.follow("The partnership remains a single area")
        self.author.reads("it would last until 31 August 2021")
        self.author.sees("a promise")
        self.author.follow("Confirm this day")
        self.author.sees("confirm the day of a promise")
        self.author.press("Give it this day")
        self.author.reads("By 31 August 2021")

    def when_it_is_due_soon_it_asks(self) -> None:
        self.promise = self.author.path
        self.author.go(f"{self.promise}/renew")
        self.author.fill("Kept or looked at again by", "12 April 2019")
        self.author.fill("Why?", "The partners look at it next month (Invented)")
        self.author.press("Give it this day")
        assert self.author.world.command("run-due").returncode == 0
        self.author.go("/")
        expect(self.author.row("Keep or look again at")).to_contain_text("12 April 2019")
        self.author.sees("a promise asks to be kept")

    def then_it_is_kept_and_asks_no_more(self) -> None:
        self.author.go(f"{self.promise}/keep")
        self.author.fill("How was it kept?", "It is one area still (Invented)")
        self.author.press("Record that it was kept")
        self.author.reads("It is on record.")
        self.author.go("/")
        expect(self.author.row("Keep or look again at")).to_have_count(0)


class TestTheArrangements(Drafting):
    """From what is on record in the papers to what anybody can read."""

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk) -> None:
        self.author, self.phone = desk, pocket

    def test_are_drafted_answered_signed_by_three_and_published(self) -> None:
        self.given_an_author_with_a_version_in_preparation()
        self.when_the_draft_is_begun()
        self.then_the_checklist_names_what_the_papers_leave_open()
        self.when_a_quote_is_mistyped_it_is_told()
        self.when_a_section_is_written()
        self.when_an_edition_goes_out_for_comment()
        self.when_an_agency_comments_on_a_phone()
        self.then_nobody_can_be_asked_to_sign_before_it_is_answered()
        self.when_the_author_answers_and_closes()
        self.when_three_are_asked_and_two_sign_on_phones()
        self.when_the_author_changes_a_section_after_two_have_signed()
        self.then_their_sign_offs_are_void()
        self.when_a_new_edition_is_signed_by_all_three()
        self.then_the_public_reads_nothing_yet()
        self.when_it_is_published()
        self.then_the_public_reads_what_was_signed()
        self.when_it_is_sent_and_put_in_force()
        self.then_a_promise_offers_its_day()
        self.when_it_is_due_soon_it_asks()
        self.then_it_is_kept_and_asks_no_more()
