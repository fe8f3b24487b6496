"""A Friday at 16:00 before a bank holiday: an incident, in a new area and under an old board."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from concordat.domain.base.people.operations import add_persona, mark_world
from tests.casts import Casts
from tests.journeys.letters import found_once_sent
from tests.journeys.walking import Walk
from tests.operations.mail.cast import LOADER
from tests.operations.reviews.examples import FRIDAY, Ward, opened
from tests.servers import Server, start

pytestmark = pytest.mark.journey

MANAGER, MEMBER, COUNCIL = "Mary Manager", "Meg Member", "Colin Council"
HEALTH, POLICE, CHAIR = "Hetty Health", "Pia Police", "Olga Chair"
OUTSIDER = "Otto Outsider"
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
        self.when_the_decision_is_recorded(OLD, "A serious case review of the old board")
        self.then_each_partner_signs_on_a_phone(OLD, (CHAIR,))
        self.then_others_find_nothing()

    def given_a_school_that_tells_of_it_at_four_on_friday(self, area: str) -> None:
        who = self.plain
        who.enter_as(MEMBER)
        who.go("/incidents")
        who.follow("Tell of an incident")
        who.sees("telling of an incident")
        who.press("Tell of the incident")
        who.is_told_wrong("where it happened")
        self._tells(who, area)

    def _tells(self, who: Walk, area: str) -> None:
        who.pick("Where did it happen?", area)
        who.fill("When did it happen?", "1 May 2019")
        who.give_day("On which day did the council become aware?", 3, 5, 2019)
        who.fill("At what time?", "16:00")
        who.choose("Suspected")
        who.fill("On what evidence of abuse or neglect?", "Bruises that do not fit the account")
        who.choose("Seriously harmed")
        who.fill("On what evidence of harm?", "Two fractures, seen on a scan")
        who.fill("Age in whole years", "0")
        who.press("Tell of the incident")
        who.reads("The council and the secretariat see to it.")

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
        who.main.get_by_label("Which safeguarding partner asks?").select_option(index=1)
        who.main.get_by_role("checkbox", name=MEMBER).check()
        who.fill("Exactly what is asked?", "Contacts since January 2019")
        who.fill("To whom is it delivered?", "The administrator")
        who.sees("asking agencies")
        who.press("Ask them")
        who.reads("They are asked, and reminded until they answer.", "HERE-IR-0001")
        who.follow("Ask somebody without an account, by a link")
        who.main.get_by_label("Which safeguarding partner asks?").select_option(index=1)
        who.fill("Their name", "Nell Nurse")
        who.fill("Their work email address", "nell@trust.example.org")
        who.pick("Which questions?", "Our own words")
        who.fill("For which purpose?", "A rapid review of a serious incident")
        who.fill("Exactly what is asked?", "When you last saw the baby")
        who.fill("To whom is it delivered?", "The administrator")
        who.give_day("By when?", 14, 5, 2019)
        who.press("Save the draft")
        who.follow("Send it")
        who.press("Send the request")
        who.reads("They are reminded until they answer.")

    def then_a_nurse_answers_by_a_link(self) -> None:
        who = self.phone
        who.go(found_once_sent(self.world, r"https?://[^/\s]+(/guest/\S+)"))
        who.press("Send me a code")
        who.fill("Code", found_once_sent(self.world, r"(?m)^(\d{6})$"))
        who.press("Open the link")
        who.go("/requests/HERE-IR-0002/answer")
        who.fill("Anything else, or the answer in your own words", "On 12 March, at home")
        who.press("Send the answer")
        who.reads("Your answer is on file.")

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
        who.sees("a decision")
        who.press("Record the decision")
        who.reads("Each partner is asked to sign.", outcome)

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
        self._tells(self.plain, area)
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
