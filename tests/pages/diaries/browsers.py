"""People of the gathering at a browser, on its day."""

from __future__ import annotations

import re
from typing import Any

from django.core import mail
from django.test import Client

from concordat.domain.base.mail.models import Message
from concordat.domain.base.mail.operations import outbox
from tests.markup import faults_of
from tests.operations.diaries.cast import Gathered
from tests.pages.people.browsing import client, form, set_up
from tests.walls import nothing_written


def as_(cast: Gathered, who: str) -> Client:
    browser = client()
    set_up(browser, cast.people[who].account)
    return browser


def read(browser: Client, address: str, status: int = 200) -> str:
    """A page that writes nothing and has no fault in its markup."""
    with nothing_written():
        answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()
    page = str(answer.content.decode())
    assert not faults_of(page)
    return page


def send(browser: Client, address: str, status: int = 302, **answers: Any) -> Any:
    answer = browser.post(address, form(**answers))
    assert answer.status_code == status, _why(answer)
    if status != 302:
        assert not faults_of(answer.content.decode())
    return answer


def _why(answer: Any) -> str:
    page = answer.content.decode()
    found = re.search(r"govuk-error-summary.*?</ul>", page, re.S)
    return found[0] if found else page[-4000:]


def come_in(address: str) -> Client:
    """The guest with this address, with their code entered."""
    guest = client()
    link = _letter("guest link", address)
    path = re.search(r"https?://[^/\s]+(/guest/\S+)", link)
    assert path
    send(guest, path[1])
    code = re.search(r"^\d{6}$", _letter("guest code", address), re.M)
    assert code
    send(guest, f"{path[1]}/code", code=code[0])
    return guest


def _letter(purpose: str, address: str) -> str:
    message = Message.objects.filter(purpose=purpose, to=address).latest("posted_at")
    outbox._send.call(str(message.pk))
    return str(mail.outbox[-1].body)
