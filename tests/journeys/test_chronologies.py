"""Four agencies' files become one chronology without a lost row, read by label and taken out."""

from __future__ import annotations

from pathlib import Path

import pytest

from concordat.craft import leaks, word
from concordat.craft.document import Column, Document, Table
from concordat.craft.leaks import Kind, Sought
from tests.journeys import walking
from tests.journeys.test_dates import letter_to
from tests.journeys.walking import Walk
from tests.servers import Server

pytestmark = pytest.mark.journey

NAME = "Ulric Hawkmoth"
HEAD = "Date,Time,Person,Event,Action,Comment,Source of information"
POLICE, HEALTH = "Central East Basic Command Unit", "LBTH Public Health"
GUEST = "nadia@ccg.example.org"
YOUTH, GROUP = "LBTH Youth Service", "NEL CCGs"
ADDRESSES = {HEALTH: "olu@health.example.org", YOUTH: "ola@youth.example.org"}
FILES = {
    POLICE: f"""{HEAD}
4 May 2018,22:40,Siskin,Called to the flat; a bruise on the cheek of {NAME},None,,Log 1
?early 2018,,Siskin,Neighbour rang about shouting,Noted,,Log 0
9 May 2018,,Siskin,Passed the flat and saw nobody,None,,Log 2
""",
    HEALTH: f"""{HEAD}
6 May 2018,11:00,Siskin,Weighed at the clinic with Mother,Plotted,Smaller than in March,Red book
""",
    YOUTH: f"""{HEAD}
4 May 2018,22:55,Siskin,Called to the flat and saw a bruise on the cheek,None,,Diary
31 June 2018,,Siskin,Rang and got no answer,None,,Diary
7 May 2018,,Siskin,Rang again,None,,
""",
}


class TestAChronology:
    """From the grounds of an area to a Word file by label."""

    @pytest.fixture
    def world(self, own_world: Server) -> Server:
        return own_world

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk, plain: Walk, tmp_path: Path) -> None:
        self.manager, self.author, self.outsider = desk, pocket, plain
        self.folder = tmp_path

    def test_is_told_by_four_agencies_merged_and_taken_out_by_label(self) -> None:
        self.given_an_area_on_lawful_ground_and_a_child_by_label()
        self.when_the_name_goes_on_the_key()
        self.when_a_chronology_is_opened_and_four_agencies_are_asked()
        self.when_an_author_sends_a_file_from_a_phone()
        self.when_a_bad_file_and_the_others_come()
        self.when_an_agency_without_an_account_comes_by_a_link()
        self.when_the_guest_sends_a_word_table_and_signs_off_without_scripts()
        self.then_no_row_is_lost()
        self.then_a_silence_and_a_pair_stand_out()
        self.when_the_pair_is_joined_and_a_row_marked()
        self.then_it_reads_by_label_and_with_names_for_who_is_on_the_key()
        self.then_a_word_file_leaves_without_a_name()
        self.then_others_see_nothing()

    def given_an_area_on_lawful_ground_and_a_child_by_label(self) -> None:
        walk = self.manager
        walk.enter_as(walking.STRATEGY_MANAGER)
        walk.go("/children/areas")
        walk.reads("Children can be kept")
        walk.sees("areas and what is lacking")
        walk.follow("Tower Hamlets", walk.main)
        walk.reads("A child of Tower Hamlets can be kept.")
        walk.sees("the grounds of an area")
        walk.go("/children/keep")
        walk.pick("In which area?", "Tower Hamlets")
        walk.fill("By which label?", "Siskin")
        walk.press("Keep the child")
        walk.reads("Kept by label.")
        walk.follow("Add to the family")
        walk.fill("By which label?", "Mother")
        walk.press("Add them")
        walk.sees("a child by label")

    def when_the_name_goes_on_the_key(self) -> None:
        walk = self.manager
        walk.follow("Open the key")
        walk.follow("Tell something")
        walk.pick("Of whom?", "Siskin")
        walk.pick("What is told?", "Name")
        walk.fill("What is it?", NAME)
        walk.fill("Where does it come from?", "Birth notification (Invented)")
        walk.press("Keep it on the key")
        walk.reads(NAME, "Your look is noted")
        walk.sees("the key")

    def when_a_chronology_is_opened_and_four_agencies_are_asked(self) -> None:
        walk = self.manager
        walk.go("/chronologies/open")
        walk.fill("What is it called?", "Siskin")
        walk.give_day("From which day is it asked for?", 1, 1, 2018)
        walk.give_day("Up to which day?", 28, 2, 2019)
        walk.main.get_by_label("Siskin, Tower Hamlets").check()
        walk.press("Open the chronology")
        walk.reads("Open. Ask the agencies next.")
        self.at = walk.path
        for agency in (POLICE, HEALTH, YOUTH, GROUP):
            walk.go(f"{self.at}/agencies/ask")
            walk.pick("Which agency?", agency)
            walk.give_day("By when?", 30, 4, 2019)
            walk.press("Ask the agency")
            walk.reads(agency)
        walk.go(f"{self.at}/team/add")
        option = walk.main.locator("#id_whom option").filter(has_text=walking.POLICE).first
        walk.pick("Who?", option.inner_text())
        walk.choose("Author for an agency")
        walk.pick("For which agency? Only for an author", POLICE)
        walk.give_day("What is their last day?", 30, 6, 2019)
        walk.press("Name them")
        walk.reads("Named.", "30 June 2019")
        walk.sees("a chronology and its team")

    def _send(self, walk: Walk, agency: str) -> None:
        walk.go(self.at)
        walk.follow(agency, walk.main)
        walk.follow("Send a file")
        file = self.folder / "rows.csv"
        file.write_text(FILES[agency], "utf-8")
        walk.main.locator("input[type=file]").set_input_files(file)
        walk.press("Look at the rows")

    def _sign(self, walk: Walk) -> None:
        walk.follow("Sign off these rows")
        walk.choose("Our agency has checked these rows against its records")
        walk.press("Sign off")
        walk.reads("Signed off.")

    def when_an_author_sends_a_file_from_a_phone(self) -> None:
        walk = self.author
        walk.enter_as(walking.POLICE)
        walk.go("/chronologies")
        walk.follow("Siskin", walk.main)
        walk.reads(POLICE)
        walk.reads_not(HEALTH)
        self._send(walk, POLICE)
        walk.reads("Every row can be taken", "?early 2018")
        walk.sees("a file that is looked at")
        walk.press("Keep these rows")
        walk.reads("3 rows stand in version 1.")
        walk.sees("the rows of an agency")
        self._sign(walk)
        assert walk.page.goto(f"{self.manager.world.url}{self.at}/merged").status == 403  # type: ignore[union-attr]

    def when_a_bad_file_and_the_others_come(self) -> None:
        walk = self.manager
        for agency in (HEALTH, YOUTH):
            self._send(walk, agency)
            if agency == YOUTH:
                walk.reads("Some rows cannot be taken", "31 June 2018", "source of information")
                walk.sees("a file with bad rows")
            walk.press("Keep these rows")
            walk.reads("These rows wait for the agency’s own sign-off.")
            walk.reads("Nobody writes for this agency")
            self._invite("Olu Officer", ADDRESSES[agency])
            self._come_in(ADDRESSES[agency])
            self.outsider.follow(agency, self.outsider.main)
            self._sign(self.outsider)
            self._leave()
            walk.go(walk.path)
        walk.reads("Rows of the last file that were not taken")

    def _invite(self, name: str, address: str) -> None:
        walk = self.manager
        walk.follow("Invite somebody by link")
        walk.fill("What is their name?", name)
        walk.fill("What is their address at the agency?", address)
        walk.sees("inviting somebody by link")
        walk.press("Send the link")
        walk.reads("The letter with the link is on its way.", name, address)

    def _come_in(self, address: str) -> None:
        guest = self.outsider
        guest.go(letter_to(guest.world, address, r"https?://[^/\s]+(/guest/\S+)"))
        guest.press("Send me a code")
        guest.fill("Code", letter_to(guest.world, address, r"(?m)^(\d{6})\r?$"))
        guest.press("Open the link")
        guest.follow("Open the chronology")

    def _leave(self) -> None:
        self.outsider.go("/guest")
        self.outsider.press("Finish and leave")

    def when_an_agency_without_an_account_comes_by_a_link(self) -> None:
        walk = self.manager
        walk.go(self.at)
        walk.follow(GROUP, walk.main)
        self._invite("Nadia Nurse", GUEST)
        walk.sees("an agency with a guest")
        self._come_in(GUEST)
        guest = self.outsider
        guest.reads(GROUP)
        guest.reads_not(HEALTH)
        guest.sees("a chronology by a link")

    def when_the_guest_sends_a_word_table_and_signs_off_without_scripts(self) -> None:
        columns = [Column(each) for each in HEAD.split(",")]
        row = ["11 May 2018", "", "Siskin", "Registered with the surgery", "None", "", "Letter"]
        file = self.folder / "group.docx"
        file.write_bytes(word.write(Document("Rows", [Table("Rows", columns, [row])])))
        guest = self.outsider
        guest.follow(GROUP, guest.main)
        guest.follow("Send a file")
        guest.main.locator("input[type=file]").set_input_files(file)
        guest.press("Look at the rows")
        guest.reads("Every row can be taken")
        guest.press("Keep these rows")
        self._sign(guest)
        guest.sees("rows that a guest signed off")
        guest.follow("Version 1", guest.main)
        guest.reads("group.docx", "Digest of the file", "Nadia Nurse")
        guest.sees("a version that was sent as a file")
        self._leave()

    def then_no_row_is_lost(self) -> None:
        walk = self.manager
        walk.go(self.at)
        walk.follow("Merged")
        walk.reads("Rows", "?early 2018", "Weighed at the clinic", "Registered with the surgery")
        walk.reads("6")
        walk.sees("a merged chronology")

    def then_a_silence_and_a_pair_stand_out(self) -> None:
        walk = self.manager
        walk.follow("What stands out")
        walk.reads("an injury", HEALTH, "They share")
        walk.sees("what stands out")

    def when_the_pair_is_joined_and_a_row_marked(self) -> None:
        walk = self.manager
        walk.main.get_by_role("link", name="or keep it apart").first.click()
        walk.choose("Yes, join them")
        walk.fill("Why?", "One call, told twice")
        walk.press("Record it")
        walk.reads("Joined", "One call, told twice")
        walk.follow("Merged")
        walk.reads("Joined with row")
        walk.main.get_by_role("link", name="2", exact=True).first.click()
        walk.follow("Mark it")
        walk.pick("As what?", "Missed chance")
        walk.fill("Why?", "Nobody told the nurse")
        walk.press("Mark it")
        walk.reads("Nobody told the nurse")
        walk.sees("a row with a mark")

    def then_it_reads_by_label_and_with_names_for_who_is_on_the_key(self) -> None:
        walk = self.manager
        walk.go(f"{self.at}/merged")
        walk.reads("cheek of Siskin")
        walk.reads_not(NAME)
        walk.follow("Read with names")
        walk.reads(NAME, "Your look is noted")

    def then_a_word_file_leaves_without_a_name(self) -> None:
        walk = self.manager
        walk.go(f"{self.at}/export")
        walk.sees("an export")
        walk.choose("Word, a table across the page")
        walk.choose("By label")
        with walk.page.expect_download() as told:
            walk.press("Make the file")
        data = told.value.path().read_bytes()
        assert leaks.scan("a.docx", data, [Sought(Kind.NAME, "Siskin", "the label")])
        assert not leaks.scan("a.docx", data, [Sought(Kind.NAME, NAME, "Siskin")])

    def then_others_see_nothing(self) -> None:
        walk = self.outsider
        for person in (walking.OUTSIDER, walking.COUNCIL):
            walk.enter_as(person)
            for rest in ("", "/merged", "/found", "/export"):
                assert walk.page.goto(f"{walk.world.url}{self.at}{rest}").status == 404  # type: ignore[union-attr]
            walk.go("/chronologies")
            walk.reads_not("Siskin")
