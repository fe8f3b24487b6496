"""The design system in a real browser: every state, both widths, on paper, and without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concordat.web.ui import samples
from tests.servers import Server

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Dialog, Page

    Step = Callable[[Page, str], None]

WHOLE = ["/ui", "/ui/form", "/ui/sketch/home", "/ui/sketch/meeting"]
WHOLE += [f"/ui/page/{name}" for name in samples.whole_pages()]
NARROW = {"width": 320, "height": 640}

pytestmark = pytest.mark.journey


@pytest.fixture
def server(settled: Server) -> Server:
    """These pages keep nothing, so that any running server shows them."""
    return settled


def test_every_page_keeps_every_rule_at_every_width(page: Page, server: Server, step: Step) -> None:
    for address in WHOLE:
        page.goto(server.url + address)
        step(page, address)
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    for address in WHOLE[:4]:
        page.goto(server.url + address)
        step(page, f"{address} at 320")


def test_somebody_with_a_keyboard_skips_to_the_content(
    desktop: BrowserContext, server: Server
) -> None:
    page = desktop.new_page()
    page.goto(f"{server.url}/ui/sketch/home")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.locator(":focus").get_attribute("id") == "main"


def test_the_parts_that_a_row_does_not_hold_open_under_more(
    desktop: BrowserContext, server: Server, step: Step
) -> None:
    page = desktop.new_page()
    page.goto(f"{server.url}/ui")
    parts = page.get_by_role("navigation", name="Very many parts")
    hidden = parts.get_by_role("link", name="Part 12 of twelve").first
    assert not hidden.is_visible()
    parts.get_by_text("More", exact=True).focus()
    page.keyboard.press("Enter")
    assert hidden.is_visible()
    step(page, "the other parts")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Part 8 of twelve"


def test_a_wrong_form_leads_from_its_summary_to_the_field(
    page: Page, server: Server, step: Step
) -> None:
    page.goto(f"{server.url}/ui/form")
    page.get_by_role("button", name="Check this form").click()
    step(page, "the errors")
    assert page.title().startswith("Error:")
    assert page.locator(":focus").get_attribute("class") == "govuk-error-summary"
    page.get_by_role("link", name="Enter the date of the meeting").click()
    assert page.locator(":focus").get_attribute("id") == "id_held-day"


def test_somebody_who_leaves_a_half_written_form_is_asked_first(
    desktop: BrowserContext, server: Server
) -> None:
    page, asked = desktop.new_page(), []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", stay)
    page.goto(f"{server.url}/ui/form")
    page.goto(f"{server.url}/ui")
    assert asked == []
    page.goto(f"{server.url}/ui/form")
    page.get_by_label("Title of the meeting").press_sequentially("Executive")
    page.goto(f"{server.url}/ui")
    assert asked == ["beforeunload"]


def test_everything_works_without_scripts(without_scripts: BrowserContext, server: Server) -> None:
    page = without_scripts.new_page()
    page.goto(f"{server.url}/ui/form")
    page.get_by_label("Title of the meeting").fill("Executive")
    page.get_by_role("button", name="Check this form").click()
    assert page.get_by_label("Title of the meeting").input_value() == "Executive"
    page.goto(f"{server.url}/ui")
    page.get_by_text("Filter these actions").click()
    page.get_by_label("Overdue").check()
    page.get_by_role("button", name="Apply filters").click()
    assert "state=Overdue" in page.url
    page.get_by_role("link", name="Remove this filter: State: Overdue").click()
    assert "state=" not in page.url


def test_paper_carries_the_content_and_not_the_controls(
    desktop: BrowserContext, server: Server
) -> None:
    page = desktop.new_page()
    page.goto(f"{server.url}/ui/sketch/meeting")
    page.emulate_media(media="print")
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.get_by_text("Shared cost of the child death review footprint").is_visible()
    for control in (".c-nav", ".c-sub", ".govuk-button", ".c-footer"):
        assert not page.locator(control).first.is_visible(), control


def test_high_contrast_keeps_states_apart_by_their_words(
    desktop: BrowserContext, server: Server
) -> None:
    page = desktop.new_page()
    page.emulate_media(forced_colors="active")
    page.goto(f"{server.url}/ui/sketch/meeting")
    border = "tag => getComputedStyle(tag).borderTopWidth"
    assert page.locator(".c-tag").first.evaluate(border) == "1px"
