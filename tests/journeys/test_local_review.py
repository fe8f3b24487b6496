"""A review of three boroughs: a name in a footnote stops it, mended it is published in three."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload
from pytest_django.plugin import DjangoDbBlocker

from concordat.domain.base.documents.operations import Upload
from tests.journeys import reviewing, walking
from tests.journeys.reviewing import NAME, OTHERS
from tests.journeys.walking import Walk
from tests.operations.reviews.desk.examples import report
from tests.servers import Server

pytestmark = pytest.mark.journey

FOOTNOTE = "A footnote or endnote: the name of Wren"


class TestAReviewOfThreeBoroughs:
    """Led by one, cleared in order, stopped by a footnote, mended, published in three."""

    @pytest.fixture
    def world(self, own_world: Server) -> Server:
        return own_world

    @pytest.fixture(autouse=True)
    def _people(
        self, desk: Walk, pocket: Walk, plain: Walk, own_world: Server,
        django_db_blocker: DjangoDbBlocker,
    ) -> None:  # fmt: skip
        self.manager, self.reviewer, self.outsider = desk, pocket, plain
        self.server, self.blocker = own_world, django_db_blocker

    def test_a_name_in_a_footnote_stops_it_and_mended_it_is_published_in_three(self) -> None:
        self.given_a_review_of_three_boroughs()
        self.then_the_reviewer_works_on_it()
        self.when_a_school_hands_in_its_report_and_signs_it()
        self.when_it_is_cleared_by_three_boroughs()
        self.when_the_manager_reads_where_it_stands()
        self.when_the_manager_ends_the_reviewer()
        self.when_they_publish_it_a_name_stops_them()
        self.when_they_mend_the_file_every_signature_is_void()
        self.when_everybody_signs_anew_the_last_by_hand()
        self.when_another_borough_agrees_by_hand()
        self.when_a_checker_gives_a_check_by_hand()
        self.then_it_is_published_in_three()
        self.then_anybody_reads_it_in_each_borough()
        self.then_an_ended_reviewer_and_a_wrong_borough_see_nothing()
        self.then_a_borough_that_takes_part_reads_the_head_alone()

    def given_a_review_of_three_boroughs(self) -> None:
        with reviewing.beside(self.server, self.blocker):
            acting = reviewing.of_post(walking.STRATEGY_MANAGER)
            reviewer = reviewing.Person.objects.get(post_title=walking.REVIEWER)
            self.boroughs = [reviewing.borough(slug) for slug in OTHERS]
            row = reviewing.told(acting, reviewer)
            self.reference = row.record.reference
            held = reviewing.queries.review(acting, self.reference)
            self.draft = held.draft.record.reference if held.draft else ""
        self.inside = [f"/reviews/{self.reference}", f"/reviews/{self.reference}/drafts",
                       f"/documents/{self.draft}"]  # fmt: skip

    def then_the_reviewer_works_on_it(self) -> None:
        """What an ended reviewer is not to see is seen while the part lasts."""
        self.reviewer.enter_as(walking.REVIEWER)
        for path in self.inside:
            self.reviewer.go(path)
            self.reviewer.reads_not("Page not found")
        self.reviewer.go(self.inside[0])
        self.reviewer.reads("Whom it is about")
        self.reviewer.sees("a review as its reviewer reads it")

    def when_a_school_hands_in_its_report_and_signs_it(self) -> None:
        who = self.outsider
        who.enter_as(walking.SCHOOL_LEAD)
        who.go("/reviews")
        who.reads("Where you have a part")
        who.sees("reviews of somebody with a part")
        parts = who.main.get_by_role("table", name="Your parts in reviews that you may not open")
        parts.get_by_role("link").first.click()
        who.reads("You see here what your seat is asked to do, and nothing else of the review.")
        who.follow("The report of")
        self.path = who.path
        who.follow("Hand in the report")
        who.main.locator("input[type=file]").set_input_files(_file(report("What we did")))
        who.press("Hand it in")
        who.reads("The report is in. Its quality is checked next.")
        self._judged()
        who.go(self.path)
        who.follow("Sign it off")
        who.press("Sign it off")
        who.reads("It is signed off, this very file.")
        who.go(self.path)
        who.sees("a report that is signed")
        who.go(f"/reviews/{self.reference}")
        who.at("Page not found")

    def _judged(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        self.manager.go("/")
        self.manager.reads("the report of", f"for {self.reference}")
        self.manager.go(self.path)
        self.manager.follow("Check its quality")
        self.manager.choose("Yes")
        self.manager.fill("Why, or what is missing?", "It says what was done and why")
        self.manager.press("Save the check")
        self.manager.reads("The check is on file.")

    def when_it_is_cleared_by_three_boroughs(self) -> None:
        with reviewing.beside(self.server, self.blocker):
            acting = reviewing.of_post(walking.STRATEGY_MANAGER)
            row = reviewing.queries.review(acting, self.reference)
            reviewing.in_clearance(acting, row, self.boroughs)
            reviewing.everybody_signs(acting, row)
            reviewing.copies_and_checks(acting, row)

    def when_the_manager_ends_the_reviewer(self) -> None:
        self.manager.go(f"/reviews/{self.reference}/people")
        self.manager.follow("End their part", within=self.manager.row(walking.REVIEWER))
        self.manager.give_day("Which is their last day?", 28, 3, 2019)
        self.manager.fill("Why does their part end?", "The report is written")
        self.manager.press("End their part")
        self.manager.reads("They see nothing of it after that day.")

    def when_the_manager_reads_where_it_stands(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        self.manager.go("/reviews")
        self.manager.reads("1 review under way", "Wren (Invented)")
        self.manager.sees("reviews")
        self.manager.follow(self.reference)
        self.manager.reads("Whom it is about", "Labels alone")
        self.manager.sees("a review")
        for page in ("Terms", "Method and plan", "People", "Agencies", "Practitioners and family",
                     "Proceedings", "Findings", "Drafts", "Clearance", "Learning"):  # fmt: skip
            self.manager.go(f"/reviews/{self.reference}/{_PAGES[page]}")
            self.manager.sees(page.lower())

    def when_they_publish_it_a_name_stops_them(self) -> None:
        self.manager.go(f"/reviews/{self.reference}/publication")
        self.manager.reads("Somebody is given away", "Agreed")
        self.manager.sees("before publication")
        self.manager.follow("Publish it")
        self.manager.press("Publish it")
        self.manager.is_told_wrong(FOOTNOTE)
        self.manager.reads_not(NAME)
        self.manager.sees("a publication that is stopped")

    def when_they_mend_the_file_every_signature_is_void(self) -> None:
        self.manager.go(f"/reviews/{self.reference}/drafts")
        self.manager.reads(FOOTNOTE)
        self.manager.follow("Put a draft on file")
        made = report("The household moved twice", footnote="As the family said")
        self.manager.main.locator("input[type=file]").set_input_files(_file(made))
        self.manager.fill("What changed?", "A name is taken out of a footnote")
        self.manager.press("Put it on file")
        self.manager.reads("The draft is on file, and was looked through for names.")
        self.manager.reads_not(FOOTNOTE)
        self.manager.go(f"/reviews/{self.reference}/clearance")
        self.manager.reads("Void: the file was changed", "Not cleared yet")
        self.manager.sees("a file that was changed")

    def when_everybody_signs_anew_the_last_by_hand(self) -> None:
        with reviewing.beside(self.server, self.blocker):
            acting = reviewing.of_post(walking.STRATEGY_MANAGER)
            row = reviewing.queries.review(acting, self.reference)
            reviewing.everybody_signs(
                acting, row, but=["executive-health"], by_hand=["greenwich-invented-delegate"]
            )
        who = self.reviewer
        who.enter_as(walking.HEALTH)
        who.follow("Sign", within=who.row("the report of a review"))
        who.sees("a part in a review")
        who.follow("Sign this step")
        who.press("Sign this step")
        who.reads("Signed, this very file.")

    def when_another_borough_agrees_by_hand(self) -> None:
        who = self.reviewer
        who.enter_as("Delegate of Greenwich (Invented)")
        who.follow("Approve", within=who.row("publication of a joint review"))
        who.follow("Answer")
        who.choose("Yes, we publish this text here")
        who.sees("answering for another borough")
        who.press("Send the answer")
        who.reads("Your answer is on file.")

    def when_a_checker_gives_a_check_by_hand(self) -> None:
        with reviewing.beside(self.server, self.blocker):
            acting = reviewing.of_post(walking.STRATEGY_MANAGER)
            row = reviewing.queries.review(acting, self.reference)
            reviewing.copies_and_checks(acting, row, by_hand="executive-council")
        self.manager.go(f"/reviews/{self.reference}/publication")
        self.manager.reads("1 disclosure check of two is not in")
        who = self.reviewer
        who.enter_as(walking.COUNCIL)
        who.follow("Review", within=who.row("a report for what it discloses"))
        who.follow("Check it")
        who.reads("The page, as everybody will read it", "The household moved twice")
        who.press("Give my check")
        who.is_told_wrong("Choose an answer")
        for each in who.main.get_by_role("radio", name="No", exact=True).all():
            each.check()
        who.sees("a blind check")
        who.press("Give my check")
        who.reads("Your check is in.")

    def then_it_is_published_in_three(self) -> None:
        self.manager.go(f"/reviews/{self.reference}/publication")
        self.manager.follow("Publish it")
        self.manager.press("Publish it")
        self.manager.reads("It is published, and stays public for a year at least.")
        self.manager.reads("29 March 2020")
        self.manager.sees("a published review")

    def then_anybody_reads_it_in_each_borough(self) -> None:
        for slug in ("tower-hamlets", *OTHERS):
            self.outsider.go(f"/public/{slug}/reviews/{self.reference}")
            self.outsider.reads("What happened", "As the family said", "Download it as a PDF")
            self.outsider.reads_not(NAME)
        self.outsider.sees("a review as anybody reads it")
        self.outsider.go("/public/tower-hamlets/reviews/about")
        self.outsider.sees("what a review is")

    def then_an_ended_reviewer_and_a_wrong_borough_see_nothing(self) -> None:
        wrong = "Business manager of the Bexley partnership (Invented)"
        for who, name in ((self.reviewer, walking.REVIEWER), (self.outsider, wrong)):
            who.enter_as(name)
            for path in self.inside:
                who.go(path)
                who.at("Page not found")
            who.go("/reviews")
            who.reads("A local review looks at what happened to a child")
            who.reads_not(self.reference, "Where you have a part")

    def then_a_borough_that_takes_part_reads_the_head_alone(self) -> None:
        who = self.outsider
        who.enter_as(walking.OUTSIDER)
        for path in self.inside:
            who.go(path)
            who.at("Page not found")
        who.go("/reviews")
        parts = who.main.get_by_role("table", name="Your parts in reviews that you may not open")
        parts.get_by_role("link").first.click()
        who.reads("the head of a joint review in which your partnership takes part", "Published")
        who.reads_not("Whom it is about", NAME)
        who.sees("a joint review as a borough reads it")


def _file(made: Upload) -> FilePayload:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return {"name": made.name, "mimeType": word, "buffer": made.data}


_PAGES = {
    "Terms": "terms",
    "Method and plan": "method",
    "People": "people",
    "Agencies": "agencies",
    "Practitioners and family": "voices",
    "Proceedings": "proceedings",
    "Findings": "findings",
    "Drafts": "drafts",
    "Clearance": "clearance",
    "Learning": "learning",
}
