"""The outbox as the secretariat reads it, and the links sent for a record."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from concordat.domain.base.mail import operations, rules
from concordat.domain.base.mail.models import GuestLink, Message
from concordat.domain.base.mail.operations import outbox
from concordat.domain.base.mail.rules import Purpose, State
from concordat.domain.base.records.models import Record
from tests.markup import faults_of
from tests.operations.mail.cast import LOADER, House
from tests.pages.people.browsing import form
from tests.pages.signed_in import as_
from tests.walls import nothing_written


def posted(about: Record, **more: Any) -> Message:
    return operations.post(
        LOADER,
        to="jo@example.org",
        purpose=Purpose.ASKED,
        subject=rules.subject(Purpose.ASKED, reference=about.reference),
        text="Dear Jo",
        about=about,
        **more,
    )


def given_up(about: Record) -> Message:
    """A message whose time was over before it could be sent."""
    from django.utils import timezone

    message = posted(about, good_until=timezone.now())
    outbox._send.call(str(message.pk))
    return Message.objects.get(pk=message.pk)


def read(browser: Any, address: str, status: int = 200) -> str:
    with nothing_written():
        answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()
    page = str(answer.content.decode())
    assert not faults_of(page)
    return page


def test_an_empty_outbox_says_what_will_be_there(house: House) -> None:
    assert "Messages appear when" in read(as_(house.manager), "/outbox")


def test_the_outbox_tells_what_could_not_be_sent(house: House) -> None:
    posted(house.risk())
    given_up(house.risk())
    page = read(as_(house.co_ordinator), "/outbox")
    assert "1 message could not be sent" in page
    assert "TooLate" in page
    assert page.count("jo@example.org") == 2
    assert "Dear Jo" not in page
    manager = as_(house.manager)
    assert read(manager, "/outbox?state=given+up").count("jo@example.org") == 1
    assert read(manager, "/outbox?state=nonsense").count("jo@example.org") == 2


def test_only_the_secretariat_reads_it(house: House) -> None:
    posted(house.risk("Heron"))
    for sitter in (house.member, house.council, house.chair):
        assert "look after the outbox" in read(as_(sitter), "/outbox", 403)
    assert "jo@example.org" not in read(as_(house.outsider), "/outbox")


def test_trying_again(house: House) -> None:
    message = posted(house.risk())
    browser = as_(house.manager)
    address = f"/outbox/{message.pk}/again"
    read(browser, address)
    refused = browser.post(address, form())
    assert refused.status_code == 422
    assert not faults_of(refused.content.decode())
    late = given_up(house.risk())
    told = browser.post(f"/outbox/{late.pk}/again", form())
    assert "no longer of use" in told.content.decode()
    outsider = as_(house.outsider)
    assert outsider.get(address).status_code == 404
    assert outsider.post(address, form()).status_code == 404


def test_inviting_renewing_and_taking_back(house: House) -> None:
    record = house.restricted("Heron")
    browser, base = as_(house.chair), f"/records/{record.reference}/guests"
    assert "Nobody was sent a link" in read(browser, base)
    read(browser, f"{base}/invite")
    wrong = browser.post(f"{base}/invite", form(name="", email="jo", opening="read", days="999"))
    assert wrong.status_code == 422
    assert not faults_of(wrong.content.decode())
    asked = form(name="Jo Patel", email="jo@example.org", opening="read", days="5")
    for _ in range(2):
        assert browser.post(f"{base}/invite", asked).status_code == 302
    link = GuestLink.objects.get()
    page = read(browser, base)
    assert "Jo Patel" in page
    assert "Open" in page
    for act in ("renew", "revoke"):
        read(browser, f"{base}/{link.pk}/{act}")
    assert browser.post(f"{base}/{link.pk}/renew", form()).status_code == 302
    assert browser.post(f"{base}/{link.pk}/revoke", form(reason="")).status_code == 422
    assert browser.post(f"{base}/{link.pk}/revoke", form(reason="Sent in error")).status_code == 302
    assert "Sent in error" in read(browser, base)
    assert Message.objects.filter(purpose="guest link").count() == 2
    assert State(Message.objects.earliest("posted_at").state) is State.QUEUED


@pytest.mark.parametrize("page", ["", "/invite"])
def test_who_may_not_send_links(house: House, page: str) -> None:
    record = house.restricted()
    address = f"/records/{record.reference}/guests{page}"
    member = as_(house.member)
    assert member.get(address).status_code == 403
    assert as_(house.outsider).get(address).status_code == 404
    posted_form = form(name="Jo", email="jo@example.org", opening="read", days="5")
    assert member.post(address, posted_form).status_code in (403, 405)
    assert not GuestLink.objects.exists()
    assert mail.outbox == []
