"""One person in front of one browser, and the words in which a journey is told."""

from __future__ import annotations

import time
from typing import Literal

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browsers import PATIENCE, WIDTHS, Step, served
from tests.servers import Server

STRATEGY_MANAGER = "THSCP Strategy Manager"
CO_ORDINATOR = "THSCP Administrator/Co-ordinator"
COUNCIL = "Director of Children's Services"
HEALTH = "Managing Director WEL CCGs"
POLICE = "Chief Superintendent Shared BCU Tower Hamlets and Hackney"
LEAD_PARTNER = "Chief Executive of LBTH"
SCRUTINEER = "Independent Scrutineer"
REVIEWER = "Commissioned reviewer (Invented)"
SCHOOL_LEAD = "Safeguarding lead of a primary school (Invented)"
ASSISTANT = "Executive assistant to the Director of Children's Services (Invented)"
OUTSIDER = "Business manager of the Greenwich board (Invented)"
CAST = (
    STRATEGY_MANAGER,
    CO_ORDINATOR,
    COUNCIL,
    HEALTH,
    POLICE,
    LEAD_PARTNER,
    SCRUTINEER,
    REVIEWER,
    SCHOOL_LEAD,
    ASSISTANT,
    OUTSIDER,
)

ANSWERS: tuple[Literal["framenavigated"], Literal["download"]] = ("framenavigated", "download")


class Walk:
    """What a person does (`press`, `follow`, `fill`) and what they must find (`reads`, `sees`)."""

    def __init__(
        self,
        context: BrowserContext,
        world: Server,
        step: Step,
        glass: BrowserContext | None = None,
    ) -> None:
        """`glass` looks at what was served where the person's own browser runs no scripts."""
        self.page: Page = context.new_page()
        self.world = world
        self._step = step
        self._own_size = self.page.viewport_size
        self._glass = glass.new_page() if glass else None

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def sees(self, words: str) -> None:
        """Hold the page as it stands against every rule at a desk and on a phone."""
        page = self._under_glass(self._glass) if self._glass else self.page
        for name, size in WIDTHS.items():
            page.set_viewport_size(size)
            self._step(page, f"{words} {name}")
        if self._own_size:
            page.set_viewport_size(self._own_size)

    def _under_glass(self, glass: Page) -> Page:
        """The very page that the person was served, opened where rules can be run over it."""
        url, html = self.page.url, served(self.page)
        glass.route(url, lambda route: route.fulfill(body=html, content_type="text/html"))
        glass.goto(url)
        glass.unroute(url)
        return glass

    def go(self, path: str) -> None:
        self.page.goto(self.world.url + path)

    def enter_as(self, person: str) -> None:
        """Become a member of the cast, as the example lets anybody."""
        self.go("/personas")
        self.press(f"Enter as {person}")
        expect(self.page).to_have_url(f"{self.world.url}/")

    def press(self, name: str) -> None:
        self._click(self.page.get_by_role("button", name=name, exact=True))

    def follow(self, name: str, within: Locator | None = None) -> None:
        self._click((within or self.page).get_by_role("link", name=name).first)

    def turn_to(self, name: str) -> None:
        """Follow an entry of the navigation that every page has, or one that My work holds."""
        navigation = self.page.get_by_role("navigation", name="Service")
        entry = navigation.get_by_role("link", name=name, exact=True)
        if not entry.count():
            self._click(navigation.get_by_role("link", name="My work", exact=True))
            entry = self.page.get_by_role("complementary").get_by_role(
                "link", name=name, exact=True
            )
        self._click(entry.first)

    def _click(self, what: Locator) -> None:
        """Click, and wait for the page or the file that answers.

        A click of the browser ends before its answer comes: what is looked for next without
        patience, as a number of boxes is, would be looked for on the page before.
        """
        answers: list[object] = []

        def answered(answer: object) -> None:
            answers.append(answer)

        for event in ANSWERS:
            self.page.on(event, answered)
        what.click()
        until = time.monotonic() + PATIENCE / 1000
        while not answers:
            assert time.monotonic() < until, f"Nothing answered the click on {what}"
            self.page.wait_for_timeout(5)
        for event in ANSWERS:
            self.page.remove_listener(event, answered)
        self.page.wait_for_load_state()

    def field(self, label: str) -> Locator:
        """A field by its label, whether or not it must be filled in."""
        either = self.main.get_by_label(label, exact=True)
        return either.or_(self.main.get_by_label(f"{label} (optional)", exact=True))

    def fill(self, label: str, text: str) -> None:
        self.field(label).fill(text)

    def choose(self, label: str) -> None:
        self.field(label).check()

    def pick(self, label: str, option: str) -> None:
        self.field(label).select_option(label=option)

    def give_day(self, legend: str, day: int, month: int, year: int) -> None:
        boxes = self.main.get_by_role("group", name=legend)
        for name, number in (("Day", day), ("Month", month), ("Year", year)):
            boxes.get_by_label(name, exact=True).fill(str(number))

    def reads(self, *texts: str) -> None:
        """Every text stands on the page, in that part that is the page's own."""
        for text in texts:
            expect(self.main).to_contain_text(text)

    def reads_not(self, *texts: str) -> None:
        for text in texts:
            expect(self.main).not_to_contain_text(text)

    def is_told_wrong(self, text: str) -> None:
        """An error summary names it, leads to it, and the title says so."""
        expect(self.main.get_by_role("alert")).to_contain_text(text)
        assert self.page.title().startswith("Error:"), self.page.title()

    def at(self, title: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(title)

    def row(self, text: str) -> Locator:
        """The first row of a table that holds the text."""
        return self.main.get_by_role("row").filter(has_text=text).first

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.world.url)
