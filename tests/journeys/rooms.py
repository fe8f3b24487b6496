"""What somebody who runs meetings does again and again, told once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.journeys.walking import Walk

Day = tuple[int, int, int]
TODAY: Day = (29, 3, 2019)
HOME = "/partnership/tower-hamlets"
EXECUTIVE = "Executive Group - Statutory Partners"
POLICE_SEAT = "Statutory partner for the police"
COUNCIL_SEAT = "Statutory partner for the council"
HEALTH_SEAT = "Statutory partner for health"
LEAD_SEAT = "Lead of the council (Invented seat)"
PARTNERS = (LEAD_SEAT, COUNCIL_SEAT, HEALTH_SEAT, POLICE_SEAT)
COUNCIL = "London Borough of Tower Hamlets"
HEALTH = "Tower Hamlets Clinical Commissioning Group"
POLICE = "Central East Basic Command Unit"
REVIEWS = "Method and commissioning of local case reviews"


@dataclass
class Room:
    """A body's meetings in the hands of whoever runs them."""

    walk: Walk
    body: str = EXECUTIVE

    def to_the_body(self) -> None:
        self.walk.go(f"{HOME}/structure")
        self.walk.main.get_by_role("link", name=self.body, exact=True).first.click()

    def agrees_terms(self, title: str, inquorate: str, first: Day) -> None:
        """Council, health and police must be there; deputies count."""
        walk = self.walk
        self.to_the_body()
        walk.follow("Record new terms")
        walk.fill("Title of this version", title)
        walk.give_day("In force from", *first)
        for each in ("Council", "Health", "Police"):
            walk.choose(each)
        walk.pick("Do deputies count towards it?", "Yes")
        walk.fill("What happens without a quorum", inquorate)
        walk.sees(f"new terms {title}")
        walk.press("Record these terms")
        walk.reads("The new terms are on record.", inquorate)

    def calls(self, day: Day = TODAY, *, title: str = "") -> str:
        """The address of a new meeting."""
        walk = self.walk
        self.to_the_body()
        walk.follow("Call a meeting")
        walk.give_day("Day of the meeting", *day)
        walk.fill("It starts at", "14:00")
        walk.fill("It ends at", "16:00")
        walk.fill("Place", "Committee room 2")
        if title:
            walk.fill("Title, if it is not a usual meeting", title)
        walk.press("Call the meeting")
        walk.reads("The meeting is called.")
        return walk.path

    def takes_on(
        self, meeting: str, title: str, *, purpose: str = "Decide", minutes: int = 10
    ) -> str:
        """The address of an item that is proposed and taken on to the agenda."""
        walk = self.walk
        walk.go(f"{meeting}/agenda/propose")
        walk.fill("What is it about?", title)
        walk.choose(purpose)
        walk.fill("Minutes needed", str(minutes))
        walk.press("Propose it")
        return self.adds(meeting, title)

    def adds(self, meeting: str, title: str) -> str:
        """The address of an item that waited beside the agenda and is now on it."""
        walk = self.walk
        walk.go(f"{meeting}/agenda")
        row = walk.row(title)
        at_once = row.get_by_role("button", name=f"Add {title}")
        by_a_page = row.get_by_role("link", name=re.compile("^(Take it on|Bring it back)"))
        expect(at_once.or_(by_a_page)).to_be_visible()
        if at_once.count():
            at_once.click()
        else:
            by_a_page.click()
            walk.main.locator("form button").first.click()
        walk.reads("on the agenda")
        walk.go(f"{meeting}/agenda")
        walk.follow(title, within=walk.main)
        return walk.path

    def marks(self, meeting: str, seat: str, how: str, *, deputy: str = "") -> None:
        walk = self.walk
        walk.go(f"{meeting}/attendance")
        walk.follow("Record attendance", within=walk.row(seat))
        walk.choose(how)
        if deputy:
            walk.fill("Name of the deputy", deputy)
        walk.press("Record attendance")

    def holds(self, meeting: str, *, away: tuple[str, ...] = ()) -> None:
        """Everybody else is there in person."""
        for seat in PARTNERS:
            self.marks(meeting, seat, "Apologies" if seat in away else "In person")
        self.walk.go(meeting)
        self.walk.follow("Record as held")
        self.walk.press("Record as held")
        self.walk.reads("The meeting is held.")

    def drafts(self, item: str, text: str, *, matter: str = REVIEWS, amount: str = "") -> str:
        """The address of a decision that is drafted and not sealed."""
        walk = self.walk
        walk.go(f"{item}/decide")
        walk.fill("What was decided, in one sentence", text)
        walk.pick("What came of it", "Agreed")
        walk.pick("Which matter of authority it settles", matter)
        if amount:
            walk.fill("Money that it commits", amount)
        walk.fill("Reasons", "The first review may come before September.")
        walk.press("Draft the decision")
        walk.reads("The decision is drafted.")
        return walk.path

    def delegates(self, agency: str, who: str, ground: str, *, last: Day | None = None) -> None:
        """Practice and policy from 1 March in every matter, to the last day if there is one."""
        walk = self.walk
        walk.go(f"{HOME}/delegations/new")
        walk.pick("Agency whose power it is", agency)
        walk.pick("Who holds it", who)
        for limb in ("Speak for the body", "Commit it on policy", "Commit it on practice"):
            walk.choose(limb)
        walk.pick("What it rests on", ground)
        walk.give_day("First day", 1, 3, 2019)
        if last:
            walk.give_day("Last day", *last)
        walk.press("Record the delegation")
        walk.reads("The delegation is on record.")

    def reference(self) -> str:
        found = re.search(r"THSCP-[A-Z]+-\d+", self.walk.path)
        assert found, self.walk.path
        return found[0]
