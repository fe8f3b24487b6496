"""A review of three boroughs: a name in a footnote stops it, mended it is published in three."""

from __future__ import annotations

import pytest
from pytest_django.plugin import DjangoDbBlocker

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
        self.given_a_review_that_is_cleared_by_three_boroughs()
        self.when_the_manager_reads_where_it_stands()
        self.when_they_publish_it_a_name_stops_them()
        self.when_they_mend_the_file_every_signature_is_void()
        self.when_everybody_signs_anew()
        self.then_it_is_published_in_three()
        self.then_anybody_reads_it_in_each_borough()
        self.then_an_ended_reviewer_and_an_outsider_see_nothing()

    def given_a_review_that_is_cleared_by_three_boroughs(self) -> None:
        with reviewing.beside(self.server, self.blocker):
            acting = reviewing.of_post(walking.STRATEGY_MANAGER)
            reviewer = reviewing.Person.objects.get(post_title=walking.REVIEWER)
            row = reviewing.told(acting, reviewer)
            self.boroughs = [reviewing.borough(slug) for slug in OTHERS]
            reviewing.in_clearance(acting, row, self.boroughs)
            reviewing.everybody_signs(acting, row)
            self.reference = row.record.reference

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
        word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        self.manager.main.locator("input[type=file]").set_input_files(
            {"name": made.name, "mimeType": word, "buffer": made.data}
        )
        self.manager.fill("What changed?", "A name is taken out of a footnote")
        self.manager.press("Put it on file")
        self.manager.reads("The draft is on file, and was looked through for names.")
        self.manager.reads_not(FOOTNOTE)
        self.manager.go(f"/reviews/{self.reference}/clearance")
        self.manager.reads("Void: the file was changed", "Not cleared yet")
        self.manager.sees("a file that was changed")

    def when_everybody_signs_anew(self) -> None:
        with reviewing.beside(self.server, self.blocker):
            acting = reviewing.of_post(walking.STRATEGY_MANAGER)
            row = reviewing.queries.review(acting, self.reference)
            reviewing.everybody_signs(acting, row)

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

    def then_an_ended_reviewer_and_an_outsider_see_nothing(self) -> None:
        for who, name in ((self.reviewer, walking.REVIEWER), (self.outsider, walking.OUTSIDER)):
            who.enter_as(name)
            who.go(f"/reviews/{self.reference}")
            who.at("Page not found")
            who.go("/reviews")
            who.reads("There is no review that you may open.")


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
