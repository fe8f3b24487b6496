"""Reading a page as somebody: its HTML parses strictly, and reading writes nothing."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.markup import faults_of
from tests.pages.people.browsing import form
from tests.walls import nothing_written


def read(browser: Client, address: str, status: int = 200) -> str:
    with nothing_written():
        answer = browser.get(address)
    return told(answer, status)


def told(answer: Any, status: int = 200) -> str:
    page = str(answer.content.decode())
    assert answer.status_code == status, page
    assert not faults_of(page)
    return page


def post(browser: Client, address: str, status: int = 302, **answers: Any) -> Any:
    answer = browser.post(address, form(**answers))
    assert answer.status_code == status, answer.content.decode()
    if status != 302:
        assert not faults_of(answer.content.decode())
    return answer


def queries(browser: Client, address: str) -> int:
    """How many queries a page takes once the session is warm."""
    browser.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)
