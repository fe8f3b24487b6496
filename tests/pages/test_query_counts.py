"""Every list takes as many queries for thirty rows as for one.

One walk: every page is read as the manager with one row of each thing and again with thirty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.pages.furnished import Furnished
from tests.pages.lists import FIXED, LISTS
from tests.pages.routes import routes
from tests.pages.signed_in import as_

MANY = range(1, 30)
ROWS = ("<tr", "<li", "<dt", "timeline__item", "<h3")
SURELY = 12
"""So many more rows are no chance: a list shows at least twenty to a page."""


@dataclass(frozen=True)
class Reading:
    """One page: how many queries it took, and what it shows."""

    queries: int
    rows: int
    tables: int


Readings = dict[str, tuple[Reading, Reading]]


def addresses(stands: Furnished) -> Iterator[tuple[str, str]]:
    """The name of each page that is there and open, and its address."""
    for route in routes():
        for shown, address in route.addresses(stands):
            if shown != "absent":
                listed = LISTS.get(route.name)
                yield route.name, address + (listed.query if listed else "")


def is_read_only(browser: Client, address: str) -> bool:
    """Whether it is a page, and no form: a form knows another method. Warms what is cached."""
    if browser.options(address).status_code != 405:
        return False
    answer = browser.get(address)
    return answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")


def read(browser: Client, address: str) -> Reading:
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as asked:
        page = browser.get(address).content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]
    return Reading(len(asked), sum(map(main.count, ROWS)), main.count("<table"))


def make(stands: Furnished, numbers: range) -> None:
    for more in dict.fromkeys(listed.more for listed in LISTS.values()):
        more(stands, numbers)


@pytest.fixture
def readings(stands: Furnished) -> Readings:
    """Each page with a row of everything, and with thirty."""
    browser = as_(stands.house.manager)
    make(stands, range(1))
    pages: dict[str, str] = {}
    for name, at in addresses(stands):
        if name not in pages and is_read_only(browser, at):
            pages[name] = at
    few = {name: read(browser, address) for name, address in pages.items()}
    make(stands, MANY)
    return {name: (few[name], read(browser, address)) for name, address in pages.items()}


def test_every_list_is_known_grows_and_costs_the_same(readings: Readings) -> None:
    asked = {name: (few.queries, many.queries) for name, (few, many) in readings.items()}
    assert {name: told for name, told in asked.items() if told[0] != told[1]} == {}
    grown = {name for name, (few, many) in readings.items() if many.rows - few.rows >= SURELY}
    assert LISTS.keys() - grown == set(), "It shows none of the rows that were made for it."
    tables = {name for name, (_, many) in readings.items() if many.tables}
    unknown = (grown | tables) - LISTS.keys() - FIXED.keys()
    assert unknown == set(), "It shows a list: give it a line in tests/pages/lists.py."
    assert FIXED.keys() & grown == set(), "It grows after all."
