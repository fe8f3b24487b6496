"""Each of the cast opens My work, and finds by search what is theirs to find."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import walking
from tests.journeys.walking import Walk

pytestmark = pytest.mark.journey

NOTHING = "Nothing is waiting for you."
WAITS = {
    walking.STRATEGY_MANAGER: ("Update", "Ask the youth groups what they think", "12 April 2019"),
    walking.CO_ORDINATOR: (
        "Update",
        "Grade the strategy manager post",
        "You own this action. Its priority is high.",
        "Whom you may act for",
    ),
    walking.COUNCIL: ("which dates suit", "shared child death footprint", "working days left"),
    walking.HEALTH: ("Answer which dates suit", "Monday 1 April 2019", "You may decide"),
    walking.POLICE: ("Sign", "Draft arrangements, version 0.6", "10 April 2019"),
    walking.LEAD_PARTNER: (
        "Notify the Panel of a serious incident",
        "4 April",
        "Lead of the council",
    ),
    walking.SCRUTINEER: ("Comment", "The update of 29 March 2019", "5 April 2019"),
    walking.REVIEWER: (NOTHING, "Reviewer (Invented)"),
    walking.SCHOOL_LEAD: (NOTHING, "Your seats"),
    walking.ASSISTANT: (NOTHING, "You hold no seat today", walking.COUNCIL),
    walking.OUTSIDER: ("Publish the new arrangements", "29 June 2019", "Business manager"),
}
OF_OTHERS = {
    walking.POLICE: ("shared child death footprint", "which dates suit"),
    walking.SCHOOL_LEAD: ("Kestrel", "which dates suit"),
    walking.ASSISTANT: ("Draft arrangements", "which dates suit"),
    walking.OUTSIDER: ("Tower Hamlets", "Kestrel", "Draft arrangements"),
}


@pytest.mark.parametrize("person", walking.CAST)
def test_each_reads_what_waits(pocket: Walk, person: str) -> None:
    pocket.enter_as(person)
    pocket.at("My work")
    pocket.reads(*WAITS[person])
    pocket.reads_not(*OF_OTHERS.get(person, ()))
    pocket.sees("my work")


class TestASearch:
    """The school lead looks for what was sent round."""

    @pytest.fixture(autouse=True)
    def _people(self, plain: Walk) -> None:
        self.lead = plain

    def test_finds_a_record_by_its_words_and_by_its_reference(self) -> None:
        self.given_the_search_page()
        self.when_words_of_a_title_are_typed()
        self.then_the_record_opens_from_what_was_found()
        self.when_its_reference_is_typed()
        self.when_nothing_matches()
        self.then_a_restricted_title_is_not_found_either()

    def given_the_search_page(self) -> None:
        self.lead.enter_as(walking.SCHOOL_LEAD)
        self.lead.follow("Search")
        self.lead.sees("search")

    def when_words_of_a_title_are_typed(self) -> None:
        self._look_for("draft arrangements")
        self.lead.reads("Draft arrangements, version 0.6 (Invented)")
        self.lead.sees("found")

    def _look_for(self, words: str) -> None:
        self.lead.main.get_by_role("textbox").fill(words)
        self.lead.press("Search")

    def then_the_record_opens_from_what_was_found(self) -> None:
        self.lead.follow("Draft arrangements, version 0.6", within=self.lead.main)
        self.lead.at("Draft arrangements, version 0.6 (Invented)")
        self.lead.sees("the document that was found")
        self.reference = self.lead.path.rpartition("/")[2]

    def when_its_reference_is_typed(self) -> None:
        self.lead.go("/search")
        self._look_for(self.reference.lower())
        expect(self.lead.main.get_by_role("row")).to_have_count(2)
        self.lead.reads(self.reference)

    def when_nothing_matches(self) -> None:
        self._look_for("a word that nobody wrote")
        self.lead.reads("Nothing that you may open")
        self.lead.sees("nothing found")

    def then_a_restricted_title_is_not_found_either(self) -> None:
        """What came of the case is open to the partnership; the note on it is not."""
        self._look_for("Kestrel")
        self.lead.reads("that you may open hold “Kestrel”")
        expect(self.lead.main.get_by_role("link", name="Note on")).to_have_count(0)
