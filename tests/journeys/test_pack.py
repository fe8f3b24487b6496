"""Ten items become a pack that keeps its page numbers, whatever follows it."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import expect

from concordat.craft import pdf
from concordat.craft.document import Document as Text
from concordat.craft.document import PageBreak, Paragraph
from tests.journeys import walking
from tests.journeys.rooms import Room
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

ITEMS = (
    "Welcome and what has changed",
    "Progress of the programme",
    "Method of local reviews",
    "Contributions of the three partners",
    "Child death review",
    "Risks of the change",
    "What young people told us",
    "Training for the first year",
    "Who speaks for schools",
    "The plan for April",
)
LATE = ITEMS[3]
FIRST, LAST = 1, len(ITEMS)


def report(word: str, pages: int) -> bytes:
    blocks: list[object] = [Paragraph(f"{word} 0")]
    for number in range(1, pages):
        blocks += [PageBreak(), Paragraph(f"{word} {number}")]
    return pdf.write(Text(word, blocks))  # type: ignore[arg-type]


def squeezed(data: bytes) -> str:
    """The words of a file without the spaces, which each writer of such files sets anew."""
    return "".join(pdf.text(data).split())


class TestAPackOfTenItems:
    """Built, sent, read on a phone, supplemented and printed."""

    @pytest.fixture
    def world(self, own_world: Server) -> Server:
        return own_world

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk, tmp_path: Path) -> None:
        self.manager, self.member, self.folder = desk, pocket, tmp_path
        self.room = Room(desk)

    def test_is_sent_supplemented_and_printed(self) -> None:
        self.given_a_meeting_with_ten_items()
        self.when_papers_are_asked_for_and_written()
        self.when_one_is_late_they_are_told_and_it_may_follow()
        self.when_the_pack_is_sent()
        self.then_its_pages_bookmarks_and_numbers_agree()
        self.when_a_member_reads_it_on_a_phone()
        self.when_the_late_paper_comes()
        self.when_a_supplement_is_sent()
        self.then_its_pages_slot_in_and_no_issued_page_moves()
        self.then_the_member_reads_what_is_new()
        self.then_the_page_prints_without_its_buttons()

    def given_a_meeting_with_ten_items(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        self.meeting = self.room.calls((12, 4, 2019), title="Executive of April (Invented)")
        self.items = {title: self.room.takes_on(self.meeting, title, minutes=12) for title in ITEMS}
        self.manager.go(f"{self.meeting}/agenda")
        self.manager.reads("10 items", "All 120 minutes")
        self.manager.sees("an agenda of ten items")
        self.manager.go(self.meeting)
        self.manager.follow("Open the agenda")
        self.manager.press("Open the agenda")
        self.manager.follow("Call for papers")
        self.manager.press("Call for papers")

    def when_papers_are_asked_for_and_written(self) -> None:
        for number, title in enumerate(ITEMS, 1):
            self._ask_for(title)
            if title != LATE:
                self._write(title, f"kestrel{number}", pages=number % 3 + 1)

    def _ask_for(self, title: str) -> None:
        self.manager.go(self.items[title])
        self.manager.follow("Ask for a paper")
        self.manager.fill("Title of the paper", f"{title}: report")
        self.manager.press("Ask for it")
        self.manager.reads("The paper is asked for.")

    def _write(self, title: str, word: str, *, pages: int) -> None:
        walk = self.manager
        paper = walk.path
        walk.follow("Write the cover")
        if title == ITEMS[0]:
            walk.sees("write a cover")
        walk.choose("Information")
        walk.fill("Executive summary", f"What is known of it, and what is asked. {title}.")
        walk.press("Keep the cover")
        walk.go(paper)
        walk.follow("Add the text")
        file = self.folder / f"{word}.pdf"
        file.write_bytes(report(word, pages))
        walk.field("File").set_input_files(file)
        walk.fill("What it is, or what changed", "First version")
        walk.press("Keep the file")
        walk.reads("The text is added.")
        walk.follow("Say that it is ready")
        walk.press("Say that it is ready")
        walk.reads("The paper is cleared.")

    def when_one_is_late_they_are_told_and_it_may_follow(self) -> None:
        walk = self.manager
        walk.go(f"{self.meeting}/pack")
        walk.reads("Not ready", f"{LATE}: report")
        walk.sees("a pack that is not ready")
        walk.follow("Send the pack")
        walk.press("Send the pack")
        walk.is_told_wrong(f"{LATE}: report")
        walk.sees("send what is not ready")
        walk.go(self.items[LATE])
        walk.follow(f"{LATE}: report")
        self.late = walk.path
        walk.follow("Let it follow")
        walk.fill("Why it is late", "The figures come on 10 April")
        walk.press("Let the paper follow")
        walk.is_told_wrong("why it cannot wait")
        walk.fill("Why it cannot wait for the next meeting", "The grant ends in May")
        walk.press("Let the paper follow")
        walk.is_told_wrong("Say who agreed, how and when")
        walk.fill("How the chair agreed, and when", "The chair, by telephone on 5 April")
        walk.press("Let the paper follow")
        walk.reads("To follow")
        walk.sees("a paper that may follow")

    def when_the_pack_is_sent(self) -> None:
        walk = self.manager
        walk.go(f"{self.meeting}/pack")
        walk.follow("Send the pack")
        walk.reads("10 items")
        walk.sees("check before the pack is sent")
        walk.press("Send the pack")
        walk.reads("The pack is sent.")
        self._is_bound()
        self.pack = self._downloaded("Pack for the partnership")
        walk.sees("the pack as it was sent")

    def _is_bound(self) -> None:
        """The worker binds it, and the page says how far it is till then."""
        self.manager.reads("Being bound")
        self.manager.world.work_off()
        self.manager.go(f"{self.meeting}/pack")

    def _downloaded(self, name: str) -> bytes:
        walk = self.manager
        link = walk.main.get_by_role("link", name=f"Download {name}")
        expect(link).to_be_visible()
        with walk.page.expect_download() as coming:
            link.click()
        data = coming.value.path().read_bytes()
        walk.go(f"{self.meeting}/pack")
        return data

    def then_its_pages_bookmarks_and_numbers_agree(self) -> None:
        with pikepdf.open(io.BytesIO(self.pack)) as opened:
            pages = len(opened.pages)
            with opened.open_outline() as outline:
                marks = [str(each.title) for each in outline.root]
        told = squeezed(self.pack)
        for number, title in enumerate(ITEMS, 1):
            assert any(title in mark for mark in marks), (title, marks)
            if title != LATE:
                assert f"kestrel{number}0" in told
        for page in range(1, pages + 1):
            assert f"Page{page}" in told, page
        assert "tofollow" in told
        self.pages = pages

    def when_a_member_reads_it_on_a_phone(self) -> None:
        self.member.enter_as(walking.COUNCIL)
        self.member.reads("Read", "Executive of April")
        self.member.go(f"{self.meeting}/pack")
        self.member.reads("To follow", "The figures come on 10 April", "Download")
        self.member.sees("the pack on a phone")
        self.member.follow("Mark as read")
        self.member.press("I have read it")
        self.member.reads("You will be told what is added from now on.")

    def when_the_late_paper_comes(self) -> None:
        self.manager.go(self.late)
        self._write(LATE, "heronlate", pages=2)

    def when_a_supplement_is_sent(self) -> None:
        walk = self.manager
        walk.go(f"{self.meeting}/pack")
        walk.follow("Send a supplement")
        walk.sees("check before a supplement is sent")
        walk.press("Send the supplement")
        walk.reads("The supplement is sent.")
        self._is_bound()
        self.supplement = self._downloaded("Supplement 1 for the partnership")
        walk.sees("a pack and its supplement")

    def then_its_pages_slot_in_and_no_issued_page_moves(self) -> None:
        told = squeezed(self.supplement)
        assert "PageS1.1" in told
        assert "heronlate1" in told
        assert "kestrel" not in told
        assert self._downloaded("Pack for the partnership") == self.pack
        self.manager.go(f"{self.meeting}/pack")
        self.manager.reads(LATE, "S1.1")

    def then_the_member_reads_what_is_new(self) -> None:
        self.member.go(f"{self.meeting}/pack")
        self.member.reads("added since you last read", LATE, "S1.1")
        self.member.sees("what is new on a phone")

    def then_the_page_prints_without_its_buttons(self) -> None:
        walk = self.manager
        walk.go(f"{self.meeting}/pack")
        walk.page.emulate_media(media="print")
        expect(walk.main.get_by_role("link", name="Send a supplement")).to_be_hidden()
        for title in ITEMS:
            expect(walk.main.get_by_role("heading", name=title).first).to_be_visible()
        printed = walk.page.pdf()
        assert ITEMS[-1].replace(" ", "") in squeezed(printed)
