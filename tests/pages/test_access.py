"""Who gets what at every address equals the reviewed table in `docs/access.md`.

The same walk holds every answer against the list of headers and cookies that close a door, and
every page against the words that no page says.

`make docs` redraws the table; the change is then read by a person like any other.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import nullcontext
from copy import deepcopy
from hashlib import sha256
from html import escape
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.markup import faults_of
from tests.operations.people.examples import signed_up
from tests.pages.doors import open_doors
from tests.pages.furnished import Furnished
from tests.pages.people.browsing import client, set_up
from tests.pages.routes import Route, routes
from tests.pages.wording import wrong_words
from tests.walls import nothing_written

TABLE = Path(__file__).parents[2] / "docs" / "access.md"
METHODS = ("GET", "POST")
A_DAY = 24 * 60 * 60

WORDS = {
    200: "opens",
    204: "done",
    400: "says what is wrong",
    403: "refused",
    404: "absent",
    409: "conflict",
}
REFUSED_METHOD = 405
ABSENT = 404
MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
TOKEN = re.compile(r'(?<=value=")[A-Za-z0-9_-]{32,}(?=")|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')
"""What is another in each page: the token of a form, the number of a request."""
OWN_WORDS = {"people:invitation", "mail:door", "mail:code", "mail:inside"}
"""What is said of a link that opens nothing, whatever became of it."""

HEAD = """# Who gets what at every address

Drawn by walking every address as each person; `make docs` redraws it and a person reviews it.
"opens" is a page, "signs in" is led to signing in, "sent on" is led elsewhere, "absent" looks
exactly like a thing that is not there. The last column says what the address names: something
that is open to the partnership, something restricted that the executive owns, or something
absent. POST sends an empty form. "Elsewhere" sits in another partnership.

"""


def persons(stands: Furnished) -> dict[str, Client]:
    """A browser for each kind of person, signed in as people sign in."""
    house = stands.house
    seated = {
        "strategy manager": house.manager,
        "co-ordinator": house.co_ordinator,
        "delegate": house.health,
        "member": house.member,
        "elsewhere": house.outsider,
    }
    browsers = {"anybody": client()}
    for name, sitter in seated.items():
        browsers[name] = client()
        set_up(browsers[name], signed_up(sitter.person))
    return browsers


def outcome(answer: HttpResponse) -> str:
    """What somebody got, in a word or two; empty where the address does not know the method."""
    status = answer.status_code
    if status == REFUSED_METHOD:
        return ""
    if 300 <= status < 400:
        return "signs in" if answer["Location"].startswith("/sign-in?") else "sent on"
    assert status in WORDS, f"{status} is no answer that anybody should get"
    return WORDS[status]


class Walk:
    """One walk through every address as every person: what each got, and what was wrong."""

    def __init__(self, stands: Furnished) -> None:
        self.browsers = persons(stands)
        self.faults: list[str] = []
        self.read: set[bytes] = set()
        self.absent = {
            id(each): _main(each.get("/nothing-here")) for each in self.browsers.values()
        }
        self.rows = [
            self._row(route, method, shown, address)
            for route in routes()
            for shown, address in route.addresses(stands)
            for method in METHODS
        ]

    def _row(self, route: Route, method: str, shown: str, address: str) -> list[str]:
        got = [self._ask(browser, method, address, route) for browser in self.browsers.values()]
        return [f"`{route.pattern}`", method, *got, shown] if any(got) else []

    def _ask(self, browser: Client, method: str, address: str, route: Route) -> str:
        """Ask, look at the page if there is one, and leave everything as it was."""
        kept = deepcopy(browser.cookies)
        reading = nothing_written() if method == "GET" else nullcontext()
        with transaction.atomic():
            with reading:
                answer = browser.generic(method, address)
            self._look_at(answer, f"{method} {address}")
            found = open_doors(answer, signed_in=settings.SESSION_COOKIE_NAME in kept)
            self.faults += [f"{method} {address}: {fault}" for fault in found]
            if answer.status_code == ABSENT and route.name not in OWN_WORDS:
                self._looks_absent(browser, answer, f"{method} {address}")
            transaction.set_rollback(True)
        browser.cookies = kept
        return outcome(answer)

    def _looks_absent(self, browser: Client, answer: HttpResponse, asked: str) -> None:
        """What may not be known of looks exactly like what is not there."""
        if _main(answer) != self.absent[id(browser)]:
            self.faults.append(f"{asked}: is not absent as what is not there is")

    def _look_at(self, answer: HttpResponse, asked: str) -> None:
        if answer.headers.get("Content-Type", "").startswith("text/html") and answer.content:
            html = answer.content.decode()
            if self._is_new(html, asked):
                faults = [*faults_of(html), *wrong_words(html)]
                self.faults += [f"{asked}: {fault}" for fault in faults]

    def _is_new(self, html: str, asked: str) -> bool:
        """Whether no page like it was read: half of all pages say that something is absent."""
        address = escape(asked.partition(" ")[2])
        known = sha256(TOKEN.sub("", html).replace(address, "").encode()).digest()
        is_new = known not in self.read
        self.read.add(known)
        return is_new

    @property
    def table(self) -> str:
        head = ["Address", "Method", *(name.capitalize() for name in self.browsers), "Of"]
        lines = [head, ["---"] * len(head), *filter(None, self.rows)]
        return HEAD + "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _main(answer: HttpResponse) -> str:
    """The page's own part: the frame around it marks where the address would stand."""
    found = MAIN.search(answer.content.decode())
    assert found, "a page has a main part"
    return found.group()


def test_everybody_gets_what_the_table_says(
    stands: Furnished, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a busy machine the walk outlasts the minutes in which nobody is asked to sign in again."""
    monkeypatch.setattr("concordat.web.people.adapters.FRESH", A_DAY)
    walk = Walk(stands)
    if request.config.getoption("--redraw"):
        TABLE.write_text(walk.table, "utf-8")
    assert TABLE.read_text("utf-8").splitlines() == walk.table.splitlines(), "Read it: make docs"
    assert not sorted(set(walk.faults))


def test_no_form_is_taken_without_its_token(stands: Furnished) -> None:
    """Another site may send a browser here, but not with the token of one of our pages."""
    browser = persons(stands)["strategy manager"]
    forged = Client(enforce_csrf_checks=True)
    forged.cookies = browser.cookies
    taken = []
    for route in routes():
        for _, address in route.addresses(stands):
            answer = forged.post(address)
            if answer.status_code != 403 or b"This form has expired" not in answer.content:
                taken.append(f"{address}: {answer.status_code}")
    assert taken == []


def test_every_route_has_a_name_of_its_own() -> None:
    times = Counter(route.name for route in routes())
    assert not [name for name, count in times.items() if count > 1]


def test_no_two_routes_answer_one_address() -> None:
    """The first in the URLconf would take the other's page over."""
    times = Counter(re.sub(r":\w+>", ">", route.pattern) for route in routes())
    assert not [pattern for pattern, count in times.items() if count > 1]


@pytest.mark.parametrize(
    ("status", "location", "word"),
    [
        (200, "", "opens"),
        (302, "/sign-in?next=/account", "signs in"),
        (302, "/account", "sent on"),
        (404, "", "absent"),
        (405, "", ""),
    ],
)
def test_an_answer_is_told_in_a_word(status: int, location: str, word: str) -> None:
    answer = HttpResponse(status=status, headers={"Location": location} if location else {})
    assert outcome(answer) == word


def test_a_broken_page_is_no_answer() -> None:
    with pytest.raises(AssertionError):
        outcome(HttpResponse(status=500))


@pytest.mark.parametrize(
    "told",
    [
        "<p>Well done!</p>",
        "<p>Ask a user</p>",
        "<button>Submit</button>",
        "<a>Click <b>here</b></a>",
    ],
)
def test_a_word_that_no_page_says_is_found(told: str) -> None:
    assert wrong_words(told)


def test_what_is_not_shown_is_not_read() -> None:
    icon = '<span class="govuk-warning-text__icon" aria-hidden="true">!</span>'
    assert wrong_words(f"{icon}<script>submit()</script><p>Plain words of a uselessness.</p>") == []
