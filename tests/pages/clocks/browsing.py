"""Browsers of people of the invented partnership, on its practice date."""

from __future__ import annotations

from typing import Any

from django.test import Client

from concordat.domain.base.people import queries
from concordat.domain.base.people.operations import mark_world
from tests.markup import faults_of
from tests.operations.clocks.examples import DAY, LOADER, House
from tests.operations.people.examples import signed_up
from tests.pages.people.browsing import client, form, set_up
from tests.walls import nothing_written

__all__ = ["browser", "form", "page", "sent"]


def browser(house: House, name: str) -> Client:
    if queries.world() is None:
        mark_world(LOADER, name="test", practice_date=DAY)
    opened = client()
    set_up(opened, signed_up(house.people[name]))
    return opened


def page(opened: Client, address: str, status: int = 200) -> str:
    """The text of a page that was read cleanly and wrote nothing."""
    with nothing_written():
        answer = opened.get(address)
    assert answer.status_code == status, answer.content.decode()[-2000:]
    text = str(answer.content.decode())
    assert not faults_of(text)
    return text


def sent(opened: Client, address: str, answers: dict[str, Any], status: int = 302) -> Any:
    answer = opened.post(address, answers)
    assert answer.status_code == status, answer.content.decode()[-3000:]
    if status != 302:
        assert not faults_of(answer.content.decode())
    return answer
