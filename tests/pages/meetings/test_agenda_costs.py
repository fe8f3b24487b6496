"""What the agenda builder asks of the database, whatever there is to suggest."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from concordat.domain.governance.meetings import operations
from tests.operations.mail.cast import LOADER
from tests.operations.meetings.boardroom import Boardroom
from tests.pages.signed_in import as_


def asked(browser: Client, address: str) -> tuple[int, str]:
    with CaptureQueriesContext(connection) as found:
        page = browser.get(address)
    assert page.status_code == 200
    return len(found), page.content.decode()


def suggest(room: Boardroom, number: int) -> None:
    operations.suggest(
        LOADER, body=room.body, key=f"plan-{number}", label="Plan", title=f"Plan {number}"
    )


def test_twenty_suggestions_cost_no_more_than_one(room: Boardroom) -> None:
    browser = as_(room.house.manager)
    address = f"/meetings/{room.meeting.record.reference}/agenda"
    suggest(room, 0)
    browser.get(address)
    few, _ = asked(browser, address)
    for number in range(1, 20):
        suggest(room, number)
    many, said = asked(browser, address)
    assert said.count("Plan 1") >= 10
    assert many == few
