"""A real browser for the journeys: two widths, one without scripts, and rules for every page."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Generator, Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import pytest

from tests.markup import faults_of

if TYPE_CHECKING:
    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Page,
        Response,
        ViewportSize,
    )

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDTHS: dict[str, ViewportSize] = {
    "desktop": {"width": 1280, "height": 900},
    "phone": {"width": 390, "height": 844},
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
VIOLATIONS = """rules => axe
    .run({runOnly: rules, resultTypes: ["violations"]})
    .then(found => found.violations)"""
PATIENCE = 20_000
"""Milliseconds after which a page is not coming: a busy machine is no failure."""
ROOT = Path(__file__).parents[1]

failed = pytest.StashKey[bool]()
_served: WeakKeyDictionary[Page, Response] = WeakKeyDictionary()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.stash[failed] = True
    return report


def program() -> str:
    """The browser on this machine."""
    named = os.environ.get("CONCORDAT_BROWSER")
    found = next(filter(None, map(shutil.which, (named,) if named else PROGRAMS)), None)
    assert found, "There is no Chromium here. Run: make setup"
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    # Playwright keeps an event loop in this thread, which Django takes for an async caller.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program(), args=[*QUIET, *root])
        yield opened
        opened.close()


def axe(page: Page) -> None:
    """No violation of WCAG 2.0 to 2.2 at levels A and AA on the page as it stands."""
    from axe_playwright_python.base import AXE_SCRIPT

    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    told = [_tell(each) for each in page.evaluate(VIOLATIONS, RULES)]
    assert not told, f"{page.url} breaks rules of accessibility:\n" + "\n".join(told)


def _tell(violation: dict[str, Any]) -> str:
    places = [f"    {node['target']} {node['html'][:160]}" for node in violation["nodes"][:5]]
    return "\n".join([f"  {violation['id']} ({violation['impact']}): {violation['help']}", *places])


def _fits(page: Page) -> None:
    """Nothing is wider than the window: a page never scrolls sideways."""
    wide, window = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= window, f"{page.url} is {wide} pixels wide in a window of {window}."


def served(page: Page) -> str:
    """The HTML of the page as it came from the server."""
    return _served[page].text()


Step = Callable[["Page", str], None]


@pytest.fixture
def step(request: pytest.FixtureRequest) -> Step:
    """Hold a page against every rule, and keep a picture of it if CONCORDAT_SHOTS names a folder.

    Call it as `step(page, "what the person sees")` after each step of a journey.
    """
    numbers = count(1)
    name = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower()).strip("-")

    def held(page: Page, words: str) -> None:
        shots = os.environ.get("CONCORDAT_SHOTS")
        if shots:
            slug = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
            file = Path(shots) / f"{name}-{next(numbers):02}-{slug}.png"
            page.screenshot(path=file, full_page=True, timeout=PATIENCE)
        faults = faults_of(served(page))
        assert not faults, f"{page.url}:\n" + "\n".join(faults)
        _fits(page)
        axe(page)

    return held


class Watch:
    """What went wrong behind a page: an error in a script, a thing forbidden, a lost file."""

    def __init__(self) -> None:
        self.wrong: list[str] = []

    def over(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.wrong.append(f"error in a script: {error}"))
        page.on("response", lambda response: self._response(page, response))

    def _console(self, message: ConsoleMessage) -> None:
        # What could not be loaded is told by the response, with its address.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.wrong.append(f"console: {message.text}")

    def _response(self, page: Page, response: Response) -> None:
        is_page = response.request.resource_type == "document"
        if response.status >= (500 if is_page else 400):
            self.wrong.append(f"{response.status} for {response.url}")
        if is_page and not 300 <= response.status < 400:
            _served[page] = response


def _context(
    browser: Browser, request: pytest.FixtureRequest, **options: Any
) -> Iterator[BrowserContext]:
    """A browser of one person, watched; what it did is kept under var/ if the test fails."""
    watch = Watch()
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London", **options)
    context.set_default_timeout(PATIENCE)
    context.on("page", watch.over)
    context.tracing.start(snapshots=True)
    yield context
    if request.node.stash.get(failed, False) or watch.wrong:
        _keep(context, request.node.name)
    else:
        context.tracing.stop()
    context.close()
    assert not watch.wrong, "\n".join(watch.wrong)


def _keep(context: BrowserContext, name: str) -> None:
    folder = ROOT / "var" / "journeys" / re.sub(r"[^A-Za-z0-9]+", "-", name)
    folder.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(context.pages):
        page.screenshot(path=folder / f"page-{number}.png", full_page=True, timeout=PATIENCE)
    context.tracing.stop(path=folder / "trace.zip")


@pytest.fixture
def desktop(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    yield from _context(browser, request, viewport=WIDTHS["desktop"])


@pytest.fixture
def phone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    yield from _context(browser, request, viewport=WIDTHS["phone"], has_touch=True)


@pytest.fixture
def without_scripts(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    yield from _context(browser, request, viewport=WIDTHS["desktop"], java_script_enabled=False)


@pytest.fixture(params=["desktop", "phone"])
def page(request: pytest.FixtureRequest) -> Page:
    """One page of one person: every test that asks for it runs at both widths."""
    context: BrowserContext = request.getfixturevalue(request.param)
    return context.new_page()
