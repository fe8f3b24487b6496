"""A Friday at 16:00 before a bank holiday: an incident, in a new area and under an old board."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django.plugin import DjangoDbBlocker

from concordat.domain.base.mail.models import GuestLink
from concordat.domain.base.people.operations import add_persona, mark_world
from tests.casts import Casts
from tests.journeys.letters import found_once_sent
from tests.journeys.reviewing import beside
from tests.journeys.walking import Walk
from tests.operations.mail.cast import LOADER
from tests.operations.reviews.examples import FRIDAY, Ward, opened
from tests.servers import Server, start
from tests.walls import behind_the_wall

pytestmark = pytest.mark.journey

MANAGER, MEMBER, COUNCIL = "Mary Manager", "Meg Member", "Colin Council"
HEALTH, POLICE, CHAIR = "Hetty Health", "Pia Police", "Olga Chair"
OUTSIDER = "Otto Outsider"
ASKER = "Hetty Health (Executive)"
NEW, OLD = "HERE-SI-0001", "HERE-SI-0002"


@pytest.fixture
def world(casts: Casts, tmp_path: Path, static: Path) -> Iterator[Server]:
    """A partnership with an area of each sort, on the Friday before the bank holiday."""
    with casts.keep(opened).given() as (ward, url):
        _enter(ward)
        server = start(url, tmp_path / "ward", static)
        yield server
        server.stop()


def _enter(ward: Ward) -> None:
    mark_world(LOADER, name="practice", practice_date=FRIDAY)
    house = ward.house
    for sitter in (house.manager, house.member, house.council, house.health, house.outsider,
                   ward.police, ward.board_chair):  # fmt: skip
        add_persona(LOADER, person=sitter.person, line="Of an invented partnership")


NELL = "nell@trust.example.org"
LINK, CODE = r"https?://[^/\s]+(/guest/\S+)", r"(?m)^(\d{6})$"


def come_in_by_a_letter(world: Server, who: Walk) -> None:
    """By the newest link that came by mail, and the code that came after it; as nobody else."""
    who.page.context.clear_cookies()
    who.go(found_once_sent(world, LINK, NELL))
    who.press("Send me a code")
    who.fill("Code", found_once_sent(world, CODE))
    who.press("Open the link")


def tells(who: Walk, area: str, home: str = "", done: str = "The council") -> None:
    """Fill in the front door's form and send it."""
    who.pick("Where did it happen?", area)
    who.fill("When did it happen?", "1 May 2019")
    who.give_day("On which day did the council become aware?", 3, 5, 2019)
    who.fill("At what time?", "16:00")
    who.choose("Suspected")
    who.fill("On what evidence of abuse or neglect?", "Bruises that do not fit the account")
    who.choose("Seriously harmed")
    who.fill("On what evidence of harm?", "Two fractures, seen on a scan")
    who.fill("Age in whole years", "0")
    if home:
        who.pick("Where does the child normally live?", home)
    who.press("Tell of the incident")
    who.reads(done)


class TestAnIncident:
    """From the first telling to the answer of the national body."""

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk, plain: Walk) -> None:
        self.desk, self.phone, self.plain = desk, pocket, plain

    def test_is_told_notified_reviewed_decided_and_signed(self, world: Server) -> None:
        self.world = world
        self.given_a_school_that_tells_of_it_at_four_on_friday("Bow")
        self.when_the_council_notifies("Monday 13 May 2019", "Tuesday 28 May 2019")
        self.when_the_agencies_are_asked()
        self.then_a_nurse_answers_by_a_link()
        self.when_it_is_put_before_a_panel()
        self.when_the_decision_is_recorded(NEW, "A local child safeguarding practice review")
        self.then_each_partner_signs_on_a_phone(NEW, (COUNCIL, HEALTH, POLICE))
        self.then_it_is_sent_and_answered()
        self.given_another_in_a_borough_under_its_old_board("Mile End")
        self.when_the_old_board_asks_and_is_answered_by_a_link()
        self.when_the_decision_is_recorded(OLD, "A serious case review of the old board")
        self.then_each_partner_signs_on_a_phone(OLD, (CHAIR,))
        self.then_the_old_board_tells_what_its_chair_decided()
        self.then_others_find_nothing()

    def given_a_school_that_tells_of_it_at_four_on_friday(self, area: str) -> None:
        who = self.plain
        who.enter_as(MEMBER)
        who.go("/incidents")
        who.follow("Tell of an incident")
        who.sees("telling of an incident")
        who.press("Tell of the incident")
        who.is_told_wrong("where it happened")
        tells(who, area)

    def when_the_council_notifies(self, owed: str, review: str, one: str = NEW) -> None:
        who = self.desk
        who.enter_as(COUNCIL)
        who.go(f"/incidents/{one}")
        who.reads(owed, "Who notifies", "Two fractures, seen on a scan")
        who.sees("an incident that was told")
        who.follow("Record the notification")
        who.give_day("On which day was it sent?", 3, 5, 2019)
        who.fill("At what time?", "16:40")
        who.press("Record the notification")
        who.reads("It is notified. The rapid review begins.", review)
        who.sees("an incident that was notified")

    def when_the_agencies_are_asked(self) -> None:
        who = self.desk
        who.enter_as(MANAGER)
        who.go(f"/incidents/{NEW}")
        who.follow("Ask the agencies")
        who.pick("Which safeguarding partner asks?", ASKER)
        who.main.get_by_role("checkbox", name=MEMBER).check()
        who.fill("Exactly what is asked?", "Contacts since January 2019")
        who.fill("To whom is it delivered?", "The administrator")
        who.sees("asking agencies")
        who.press("Ask them")
        who.reads("They are asked, and reminded until they answer.", "HERE-IR-0001")
        self._asks_a_nurse(who)

    def _asks_a_nurse(self, who: Walk) -> None:
        who.follow("Ask somebody without an account, by a link")
        who.pick("Which safeguarding partner asks?", ASKER)
        who.fill("Their name", "Nell Nurse")
        who.fill("Their work email address", NELL)
        who.pick("Which questions?", "Our own words")
        who.fill("For which purpose?", "A rapid review of a serious incident")
        who.fill("Exactly what is asked?", "When you last saw the baby")
        who.fill("To whom is it delivered?", "The administrator")
        who.give_day("By when?", 14, 5, 2019)
        who.press("Save the draft")
        who.follow("Send it")
        who.press("Send the request")
        who.reads("They are reminded until they answer.")

    def then_a_nurse_answers_by_a_link(self, request: str = "HERE-IR-0002") -> None:
        who = self.phone
        come_in_by_a_letter(self.world, who)
        who.go(f"/requests/{request}/answer")
        who.fill("Anything else, or the answer in your own words", "On 12 March, at home")
        who.press("Send the answer")
        who.reads("Your answer is on file.")

    def when_the_old_board_asks_and_is_answered_by_a_link(self) -> None:
        self.desk.enter_as(MANAGER)
        self.desk.go(f"/incidents/{OLD}")
        self._asks_a_nurse(self.desk)
        self.then_a_nurse_answers_by_a_link("HERE-IR-0003")

    def then_the_old_board_tells_what_its_chair_decided(self) -> None:
        who = self.desk
        who.go(f"/incidents/{OLD}")
        who.reads("Tell the decision on a serious case review")
        who.follow("Record that it was sent")
        who.give_day("On which day was it sent?", 3, 5, 2019)
        who.press("Record that it was sent")
        who.reads("It is sent.")
        who.sees("what an old board decided")

    def when_it_is_put_before_a_panel(self) -> None:
        who = self.desk
        who.go("/partnership/here/structure")
        who.main.get_by_role("link", name="Executive", exact=True).first.click()
        who.follow("Call a meeting")
        who.give_day("Day of the meeting", 3, 5, 2019)
        who.fill("It starts at", "14:00")
        who.fill("It ends at", "16:00")
        who.fill("Place", "Committee room 2")
        who.press("Call the meeting")
        who.go(f"/incidents/{NEW}")
        who.follow("Put it before the panel")
        who.main.get_by_label("Which meeting?").select_option(index=1)
        who.fill("What is the meeting to do with it?", "Weigh each criterion")
        who.press("Propose it for the agenda")
        who.reads("It is proposed for the agenda.", "Weigh each criterion")
        who.sees("an incident before a panel")

    def when_the_decision_is_recorded(self, one: str, outcome: str) -> None:
        who = self.desk
        who.enter_as(MANAGER)
        who.go(f"/incidents/{one}")
        who.follow("Record the decision")
        who.choose(outcome)
        who.fill("Why?", "Three agencies each knew a part")
        for box in who.main.locator("textarea[name^=c_]").all():
            box.fill("Met: what each knew was not put together")
        who.choose("No settled view")
        if one == NEW:
            meeting = who.main.get_by_label("At which meeting was it decided?")
            expect(meeting.locator("option:checked")).to_contain_text("3 May 2019")
        who.sees("a decision")
        who.press("Record the decision")
        who.reads("Each partner is asked to sign.", outcome)
        if one == NEW:
            who.reads("Decided at")

    def then_each_partner_signs_on_a_phone(self, one: str, names: tuple[str, ...]) -> None:
        who = self.phone
        for name in names:
            who.enter_as(name)
            who.reads(f"the decision on {one}")
            who.go(f"/incidents/{one}")
            who.follow("Sign the decision")
            who.reads("Three agencies each knew a part")
            who.sees("signing a decision")
            who.press("Sign the decision")
            who.reads("It holds for every partner that your seat speaks for.")
        who.reads_not("Not signed")

    def then_it_is_sent_and_answered(self) -> None:
        who = self.desk
        who.go(f"/incidents/{NEW}")
        who.follow("Record that it was sent")
        who.reads("Everybody has signed")
        who.give_day("On which day was it sent?", 3, 5, 2019)
        who.press("Record that it was sent")
        who.follow("Record the answer")
        who.choose("Agrees")
        who.fill("What did they write?", "We agree with a local review")
        who.give_day("On which day did it come?", 3, 5, 2019)
        who.press("Record the answer")
        who.reads("We agree with a local review")
        who.sees("an incident that was answered")
        who.page.get_by_role("link", name="Rapid review", exact=True).click()
        who.reads("Three agencies each knew a part", "Here Police")
        who.sees("a rapid review on paper")

    def given_another_in_a_borough_under_its_old_board(self, area: str) -> None:
        self.plain.go("/incidents/tell")
        tells(self.plain, area)
        self.when_the_council_notifies("Monday 13 May 2019", "Monday 3 June 2019", OLD)
        self.desk.reads("Old board’s rules", "Decide on a serious case review")
        self.desk.reads_not("Finish the rapid review")

    def then_others_find_nothing(self) -> None:
        for name in (OUTSIDER, MEMBER):
            self.plain.enter_as(name)
            for one in (NEW, OLD):
                self.plain.go(f"/incidents/{one}")
                assert "Page not found" in self.plain.page.title()
                self.plain.go(f"/incidents/{one}/papers/notification")
                assert "Page not found" in self.plain.page.title()
        self.plain.enter_as(OUTSIDER)
        for one in ("HERE-IR-0001", "HERE-IR-0002"):
            self.plain.go(f"/requests/{one}")
            assert "Page not found" in self.plain.page.title()


class TestAnotherAreaJoins:
    """The child lives in the area of another partnership: it reads the head and says who comes."""

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk) -> None:
        self.desk, self.phone = desk, pocket

    def test_its_partners_find_the_head_and_no_more(self, world: Server) -> None:
        self.given_an_incident_of_a_child_who_lives_elsewhere()
        self.then_nobody_there_finds_it_yet()
        self.when_it_is_notified()
        self.then_who_speaks_there_says_who_takes_part()

    def given_an_incident_of_a_child_who_lives_elsewhere(self) -> None:
        who = self.desk
        who.enter_as(MANAGER)
        who.go("/incidents/tell")
        tells(who, "Bow", home="Poplar")

    def then_nobody_there_finds_it_yet(self) -> None:
        self.phone.enter_as(OUTSIDER)
        self.phone.go(f"/incidents/{NEW}")
        assert "Page not found" in self.phone.page.title()

    def when_it_is_notified(self) -> None:
        who = self.desk
        who.enter_as(COUNCIL)
        who.go(f"/incidents/{NEW}")
        who.follow("Record the notification")
        who.give_day("On which day was it sent?", 3, 5, 2019)
        who.fill("At what time?", "16:40")
        who.press("Record the notification")
        who.reads("Poplar: whoever speaks there for a statutory partner is let in")

    def then_who_speaks_there_says_who_takes_part(self) -> None:
        who = self.phone
        who.go("/")
        who.reads(f"who takes part for Poplar in the review of {NEW}")
        who.go(f"/incidents/{NEW}")
        who.reads("1 May 2019", "Poplar joins in")
        who.reads_not("Two fractures", "Heron")
        who.sees("the head of an incident that another area leads")
        who.follow("Say who takes part")
        who.fill("Who takes part, and what does your area know?", "The designated nurse of Poplar")
        who.sees("saying who takes part")
        who.press("Keep it")
        who.reads("It is kept, and whoever leads reads it.")
        self.desk.go(f"/incidents/{NEW}")
        self.desk.reads("The designated nurse of Poplar")


class TestTheFrontDoorByALink:
    """A named nurse tells an incident by a link: nobody else, once, and not for ever."""

    @pytest.fixture(autouse=True)
    def _people(self, desk: Walk, pocket: Walk, plain: Walk) -> None:
        self.desk, self.phone, self.other = desk, pocket, plain

    def test_opens_to_one_person_once(
        self, world: Server, django_db_blocker: DjangoDbBlocker
    ) -> None:
        self.world = world
        self.given_a_nurse_who_was_asked()
        self.then_somebody_else_with_the_link_comes_no_further()
        self.when_the_nurse_tells_it()
        self.then_the_link_opens_nothing_any_more()
        self.then_one_that_is_too_old_opens_nothing(django_db_blocker)

    def given_a_nurse_who_was_asked(self) -> None:
        who = self.desk
        who.enter_as(MANAGER)
        who.go("/incidents/await")
        who.fill("Name of the person", "Nell Nurse")
        who.main.get_by_label("Their agency").select_option(index=1)
        who.fill("Work email address", "nell@gmail.com")
        who.press("Send the link")
        who.is_told_wrong("gmail.com gives mailboxes to anybody")
        who.fill("Work email address", NELL)
        who.sees("asking somebody to tell an incident")
        who.press("Send the link")
        who.reads("They are asked, by a link.")
        self.link = found_once_sent(self.world, LINK, NELL)

    def then_somebody_else_with_the_link_comes_no_further(self) -> None:
        who = self.other
        who.go(self.link)
        who.press("Send me a code")
        who.fill("Code", "000000")
        who.press("Open the link")
        who.is_told_wrong("The code is wrong or too old")
        who.go(f"/incidents/{NEW}")
        who.reads_not("Nell Nurse")
        assert "to be told" not in who.page.content()

    def when_the_nurse_tells_it(self) -> None:
        who = self.phone
        who.go(f"{self.link}/code")
        who.fill("Code", found_once_sent(self.world, CODE))
        who.press("Open the link")
        who.go(f"/incidents/{NEW}")
        who.sees("an incident that a guest is to tell")
        who.follow("Tell it")
        who.sees("a guest telling an incident")
        tells(who, "Bow", done="Thank you")
        self.desk.go(f"/incidents/{NEW}")
        self.desk.reads("Two fractures, seen on a scan", "Nell Nurse")

    def then_the_link_opens_nothing_any_more(self) -> None:
        for who in (self.phone, self.other):
            who.go(self.link)
            who.reads("This link does not work")
        self.phone.go(f"/incidents/{NEW}")
        self.phone.reads_not("Two fractures")

    def then_one_that_is_too_old_opens_nothing(self, blocker: DjangoDbBlocker) -> None:
        self.given_a_nurse_who_was_asked()
        with beside(self.world, blocker), behind_the_wall():
            GuestLink.objects.filter(used_at=None).update(expires_at=timezone.now())
        self.phone.go(self.link)
        self.phone.reads("This link does not work")
