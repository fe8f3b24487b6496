"""A document is added, read back, signed off on phones, and replaced."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.craft import hostile
from tests.journeys import walking
from tests.journeys.walking import Walk

pytestmark = pytest.mark.journey

TITLE = "Memorandum of understanding (Invented)"
FIRST = b"What the three partners owe one another.\n"
SECOND = b"What the three partners owe one another, and by when.\n"
SEATS = {
    walking.COUNCIL: "Statutory partner for the council",
    walking.HEALTH: "Statutory partner for health",
    walking.POLICE: "Statutory partner for the police",
}


class TestADocument:
    """One document from its first version to its second."""

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk, tmp_path: Path) -> None:
        self.manager, self.delegate, self.folder = desk, pocket, tmp_path

    def test_is_signed_by_three_and_asked_again_after_a_change(self) -> None:
        self.given_a_manager_among_the_documents()
        self.when_they_send_nothing_they_are_told()
        self.when_they_send_a_macro_it_is_refused_by_name()
        self.when_they_add_the_first_version()
        self.then_it_reads_back_byte_for_byte(1, FIRST)
        self.when_they_ask_three_delegates_to_sign()
        self.when_a_delegate_looks_at_it_on_a_phone()
        for person in SEATS:
            self.when_a_delegate_signs_on_a_phone(person)
        self.delegate.sees("signed on a phone")
        self.then_three_have_signed()
        self.when_the_file_is_replaced()
        self.then_every_sign_off_is_void_and_both_versions_stay()
        self.then_the_delegates_are_asked_again()

    def given_a_manager_among_the_documents(self) -> None:
        self.manager.enter_as(walking.STRATEGY_MANAGER)
        self.manager.turn_to("Documents")
        self.manager.reads("Draft arrangements, version 0.6 (Invented)")
        self.manager.sees("documents")
        self.manager.follow("Add one to Tower Hamlets Safeguarding Children Partnership")
        self.manager.sees("add a document")

    def when_they_send_nothing_they_are_told(self) -> None:
        self.manager.press("Add the document")
        self.manager.is_told_wrong("Enter the title")
        self.manager.sees("add a document with errors")

    def when_they_send_a_macro_it_is_refused_by_name(self) -> None:
        self.manager.fill("Title", TITLE)
        self._attach(
            "File",
            "letter.docx",
            hostile.with_part(hostile.docx(), "word/vbaProject.bin", hostile.OLE),
        )
        self.manager.press("Add the document")
        self.manager.is_told_wrong("macro")
        expect(self.manager.main.get_by_label("Title", exact=True)).to_have_value(TITLE)
        self.manager.sees("a macro is refused")

    def when_they_add_the_first_version(self) -> None:
        self._attach("File", "memorandum.txt", FIRST)
        self.manager.press("Add the document")
        self.manager.at(TITLE)
        self.path = self.manager.path
        self.manager.sees("the document as added")

    def _attach(self, label: str, name: str, data: bytes) -> None:
        file = self.folder / name
        file.write_bytes(data)
        self.manager.main.get_by_label(label, exact=True).set_input_files(file)

    def then_it_reads_back_byte_for_byte(self, number: int, data: bytes) -> None:
        with self.manager.page.expect_download() as told:
            self.manager.follow(f"Download version {number}")
        assert told.value.path().read_bytes() == data

    def when_they_ask_three_delegates_to_sign(self) -> None:
        self.manager.follow("Ask for sign-off")
        self.manager.sees("ask for sign-off")
        for seat in SEATS.values():
            self.manager.main.get_by_label(seat).check()
        self.manager.give_day("By when?", 12, 4, 2019)
        self.manager.press("Ask for sign-off")
        self.manager.reads("They are asked to sign it off")
        self.manager.sees("three are asked")

    def when_a_delegate_looks_at_it_on_a_phone(self) -> None:
        self._opened_by(walking.HEALTH)
        self.delegate.sees("the document on a phone")
        self.delegate.follow("Sign it off")
        self.delegate.sees("sign on a phone")
        self.delegate.press("Sign version 1 off")
        self.delegate.is_told_wrong("that you have read this version")
        self.delegate.sees("sign on a phone with errors")

    def _opened_by(self, person: str) -> None:
        self.delegate.enter_as(person)
        self.delegate.follow("Sign", within=self.delegate.row(TITLE))

    def when_a_delegate_signs_on_a_phone(self, person: str) -> None:
        self._opened_by(person)
        self.delegate.follow("Sign it off")
        self.delegate.fill("What you sign with", "Commits the body that I speak for")
        self.delegate.choose("I have read this version")
        self.delegate.press("Sign version 1 off")
        self.delegate.reads("You have signed version 1 off.")

    def then_three_have_signed(self) -> None:
        self.manager.go(self.path)
        expect(self.manager.main.get_by_text("Signed", exact=True)).to_have_count(3)
        self.manager.sees("signed by three")

    def when_the_file_is_replaced(self) -> None:
        self.manager.follow("Replace the file")
        self.manager.sees("replace")
        self._attach("New file", "memorandum.txt", SECOND)
        self.manager.fill("What changed", "Dates are added")
        self.manager.press("Replace the file")
        self.manager.reads("Version 2 is in place. Earlier sign-offs are void.")

    def then_every_sign_off_is_void_and_both_versions_stay(self) -> None:
        expect(self.manager.main.get_by_text("Void since 29 March 2019")).to_have_count(3)
        self.manager.sees("void")
        self.then_it_reads_back_byte_for_byte(2, SECOND)
        self.then_it_reads_back_byte_for_byte(1, FIRST)
        self.manager.follow("History")
        self.manager.sees("history of the document")

    def then_the_delegates_are_asked_again(self) -> None:
        self.delegate.enter_as(walking.POLICE)
        self.delegate.reads(TITLE)
        self.delegate.sees("asked again")
