"""A restricted document is refused, asked for, answered and opened; strangers find nothing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import walking
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

NOTE = "Note on Kestrel (Invented)"
REASON = "The council must answer for the open recommendations"


def _address_of(walk: Walk, title: str) -> str:
    """Where a document lies, as somebody who may open it finds out."""
    walk.go("/documents")
    walk.follow(title)
    walk.at(title)
    return walk.path


@pytest.fixture
def world(own_world: Server) -> Server:
    """Their own: others read the same note, and who may open it changes here."""
    return own_world


class TestARestrictedDocument:
    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk) -> None:
        self.director, self.chair = desk, pocket

    def test_opens_for_whoever_asked_and_was_answered(self) -> None:
        self.given_the_chair_of_the_case_group_opens_it()
        self.when_the_director_follows_its_address_they_are_refused()
        self.when_they_ask_without_a_reason_they_are_told()
        self.when_they_ask_with_a_reason()
        self.then_nothing_opens_yet()
        self.when_the_chair_finds_it_among_their_work_and_gives_access()
        self.then_the_director_reads_it()
        self.then_the_chair_sees_who_looked()

    def given_the_chair_of_the_case_group_opens_it(self) -> None:
        self.chair.enter_as(walking.HEALTH)
        self.path = _address_of(self.chair, NOTE)
        self.chair.reads("Restricted")
        self.chair.sees("a restricted document")

    def when_the_director_follows_its_address_they_are_refused(self) -> None:
        self.director.enter_as(walking.COUNCIL)
        self.director.go(self.path)
        self.director.at("You do not have access to this")
        self.director.reads("Case group (Invented)")
        self.director.reads_not("Kestrel")
        self.director.sees("refused")

    def when_they_ask_without_a_reason_they_are_told(self) -> None:
        self.director.follow("Ask for access")
        self.director.sees("ask for access")
        self.director.press("Ask for access")
        self.director.is_told_wrong("why you need to open this")
        self.director.sees("ask for access with errors")

    def when_they_ask_with_a_reason(self) -> None:
        self.director.fill("Why do you need to open this?", REASON)
        self.director.press("Ask for access")
        self.director.at("You have asked for access")
        self.director.sees("asked")

    def then_nothing_opens_yet(self) -> None:
        self.director.go(self.path)
        self.director.at("You do not have access to this")

    def when_the_chair_finds_it_among_their_work_and_gives_access(self) -> None:
        self.chair.go("/")
        self.chair.reads("request for access")
        self.chair.sees("a request waits")
        self.chair.row("request for access").get_by_role("link").first.click()
        self.chair.reads(REASON)
        self.chair.sees("access with a request")
        self.chair.follow("Answer")
        self.chair.sees("answer a request")
        self.chair.choose("Give access")
        self.chair.fill("Why?", "Agreed in the case group")
        self.chair.press("Record your answer")
        self.chair.reads("Your answer is on record.", "Director of Children's Services")
        self.chair.sees("access given")

    def then_the_director_reads_it(self) -> None:
        self.director.go(self.path)
        self.director.at(NOTE)
        self.director.sees("opened at last")
        with self.director.page.expect_download() as told:
            self.director.follow("Download version 1")
        assert told.value.path().stat().st_size > 0

    def then_the_chair_sees_who_looked(self) -> None:
        self.chair.go("/")
        self.chair.reads_not("request for access")
        self.chair.go(f"/records/{self.path.rpartition('/')[2]}/access")
        looks = self.chair.main.get_by_role("table", name="The last 50 looks")
        expect(looks).to_contain_text("Director of Children's Services")
        expect(looks).to_contain_text("Downloaded version 1")


def _told(walk: Walk) -> tuple[int, str]:
    """The status of the page and its words, without what the frame says of the address."""
    answer = walk.page.reload()
    assert answer is not None
    return answer.status, re.sub(r"\s+", " ", walk.main.inner_text())


def test_for_a_stranger_what_is_there_looks_like_what_is_not(desk: Walk, pocket: Walk) -> None:
    desk.enter_as(walking.STRATEGY_MANAGER)
    paths = [_address_of(desk, NOTE), _address_of(desk, "Draft arrangements, version 0.6")]
    references = [path.rpartition("/")[2] for path in paths]
    paths += [f"/records/{each}" for each in references]
    paths += [f"/records/{each}/access/ask" for each in references]
    paths += [f"/documents/{each}/versions/1" for each in references]
    paths += ["/partnership/tower-hamlets/structure", "/partnership/tower-hamlets/authority"]
    pocket.enter_as(walking.OUTSIDER)
    pocket.go("/documents/THSCP-D-9999")
    absent = _told(pocket)
    assert absent[0] == 404
    pocket.sees("not found")
    for path in paths:
        pocket.go(path)
        assert _told(pocket) == absent, path
    pocket.go("/search?q=Kestrel")
    pocket.reads("Nothing that you may open")
    pocket.sees("nothing found")
    pocket.go("/documents")
    pocket.reads_not("Tower Hamlets", "Kestrel", "Draft arrangements")
    pocket.sees("no documents")
