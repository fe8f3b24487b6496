"""The door: what a guest sees before the code, with it, and once the link is over."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from concordat.domain.base.documents.models import Document
from concordat.domain.base.mail import operations, rules
from concordat.domain.base.mail.models import GuestLink, Message
from concordat.domain.base.mail.operations import outbox
from concordat.domain.base.mail.rules import Opening
from concordat.domain.base.people.operations import mark_world
from concordat.domain.base.records.models import Look, Record
from tests.markup import faults_of
from tests.operations.documents.papers import added, paper
from tests.operations.mail.cast import DAY, LOADER, House
from tests.pages.people.browsing import client, form
from tests.walls import nothing_written

PLACE = f"http://testserver/guest/{rules.TOKEN}"


@pytest.fixture
def world(house: House) -> House:
    mark_world(LOADER, name="test", practice_date=DAY)
    return house


def invited(house: House, record: Record, opening: Opening = Opening.READ) -> str:
    """The link's address, as the letter says it."""
    operations.invite_guest(
        house.manager.actor,
        record=record,
        opening=opening,
        name="Jo Patel",
        email="jo@example.org",
        place=PLACE,
        now=timezone.now(),
    )
    found = re.search(r"http://testserver(/guest/\S+)", letter("guest link"))
    assert found
    return found[1]


def letter(purpose: str) -> str:
    message = Message.objects.filter(purpose=purpose).latest("posted_at")
    outbox._send.call(str(message.pk))
    return str(mail.outbox[-1].body)


def code() -> str:
    found = re.search(r"^\d{6}$", letter("guest code"), re.MULTILINE)
    assert found
    return found[0]


def read(browser: Client, address: str, status: int = 200) -> str:
    with nothing_written():
        answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()
    page = str(answer.content.decode())
    assert not faults_of(page)
    return page


def come_in(browser: Client, link: str) -> Any:
    assert browser.post(link, form()).status_code == 302
    return browser.post(f"{link}/code", form(code=code()))


def bare(page: str) -> str:
    return re.sub(r'value="[^"]+"|nonce="[^"]+"', "", page)


def test_the_door_says_for_whom_and_what_but_not_the_title(world: House) -> None:
    document = added(world, title="Heron")
    link = invited(world, document.record)
    browser = client()
    for page in (read(browser, link), read(browser, f"{link}/code")):
        assert "j…\N{WORD JOINER}@example.org" in page
        assert "Heron" not in page
        assert "jo@example.org" not in page
    assert "Jo Patel" in read(browser, link)
    assert document.record.reference in read(browser, link)
    assert browser.get(link).headers["Cache-Control"].startswith("max-age=0")


def test_a_guest_reads_the_document_and_nothing_else(world: House) -> None:
    document, other = added(world, title="Arrangements"), added(world, file=paper("other"))
    link, browser = invited(world, document.record), client()
    assert come_in(browser, link)["Location"] == "/guest"
    assert "Arrangements" in read(browser, "/guest")
    page = read(browser, f"/documents/{document.record.reference}")
    for offered in ("Replace the file", "Act for someone", ">Account<", "Search", "Sign out"):
        assert offered not in page
    assert 'action="/guest/leave"' in page, "the way out is on every page"
    file = browser.get(f"/documents/{document.record.reference}/versions/1")
    assert file.content == paper().data
    assert browser.get(f"/documents/{other.record.reference}").status_code == 404
    for address in ("/outbox", "/documents", f"/records/{document.record.reference}"):
        assert browser.get(address).status_code == 302
    read(browser, "/guest")


def test_a_restricted_document_notes_its_guest(world: House) -> None:
    from concordat.kernel.sensitivity import Sensitivity

    document = added(world, sensitivity=Sensitivity.RESTRICTED)
    link, browser = invited(world, document.record), client()
    come_in(browser, link)
    browser.get(f"/documents/{document.record.reference}/versions/1")
    assert list(Look.objects.values_list("actor", "what")) == [
        ("Jo Patel", "downloaded version 1 of")
    ]


def test_a_guest_sends_one_paper_and_is_out(world: House) -> None:
    risk = world.risk()
    link, browser = invited(world, risk, Opening.PAPER), client()
    come_in(browser, link)
    address = f"/records/{risk.reference}/documents/add"
    assert "Send your paper" in read(browser, "/guest")
    read(browser, address)
    told = form(title="Our answer", note="", sensitivity="1")
    sent = browser.post(address, told | {"file": upload()})
    assert sent.status_code == 200, sent.content.decode()
    assert not faults_of(sent.content.decode())
    assert "We have your paper" in sent.content.decode()
    assert Document.objects.get().about == risk
    assert read(browser, "/guest", 404)
    assert browser.get(address).status_code == 302
    assert read(browser, link, 404)


def upload() -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("Answer.pdf", paper("answer").data, "application/pdf")


def test_every_link_that_does_not_work_gives_the_same_page(world: House) -> None:
    """Forged, late, used, taken back, worn out by guessing: nobody learns which."""
    now, pages = timezone.now(), []
    browser = client()
    for spoil in (expire, use, revoke, spend):
        link = invited(world, world.risk())
        spoil(link, world)
        for address in (link, f"{link}/code"):
            pages += [read(browser, address, 404)]
            answer = browser.post(address, form(code="123456"))
            assert answer.status_code == 404
            pages.append(answer.content.decode())
    with time_machine.travel(now, tick=False):
        pages += [read(browser, "/guest/forged", 404), read(browser, "/guest", 404)]
    assert len({bare(page) for page in pages}) == 1
    assert "ask the person who sent it for a new link" in pages[0]


def last() -> GuestLink:
    return GuestLink.objects.latest("invited_at")


def expire(link: str, house: House) -> None:
    from tests.walls import behind_the_wall

    with behind_the_wall():
        GuestLink.objects.filter(pk=last().pk).update(expires_at=timezone.now())


def use(link: str, house: House) -> None:
    from concordat.kernel.actor import Actor, Kind

    row = last()
    GuestLink.objects.get(pk=row.pk)
    guest = Actor(Kind.GUEST, row.name, DAY, admitted=frozenset({row.record_id}))
    from tests.walls import behind_the_wall

    with behind_the_wall():
        GuestLink.objects.filter(pk=row.pk).update(purpose=Opening.VOTE)
    operations.use_link(guest, link=row.pk, now=timezone.now())


def revoke(link: str, house: House) -> None:
    operations.revoke_link(
        house.manager.actor, link=last(), reason="Sent in error", now=timezone.now()
    )


def spend(link: str, house: House) -> None:
    from tests.walls import behind_the_wall

    with behind_the_wall():
        GuestLink.objects.filter(pk=last().pk).update(codes_sent=rules.MOST_CODES)


def test_a_guesser_is_stopped_and_the_owner_still_gets_in(world: House) -> None:
    link, guesser, owner = invited(world, world.risk()), client("192.0.2.9"), client()
    assert owner.post(link, form()).status_code == 302
    right = code()
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    for _ in range(rules.CODE_TRIES):
        answer = guesser.post(f"{link}/code", form(code=wrong))
        assert answer.status_code == 422
        assert not faults_of(answer.content.decode())
    assert guesser.post(f"{link}/code", form(code=right)).status_code == 422
    assert guesser.get("/guest").status_code == 404
    again = owner.post(link, form())
    assert again.status_code == 422
    assert "Wait a minute" in again.content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert come_in(owner, link).status_code == 302
        assert owner.get("/guest").status_code == 200


def test_the_same_form_twice_is_one_code(world: House) -> None:
    link, browser, asked = invited(world, world.risk()), client(), form()
    assert browser.post(link, asked).status_code == 302
    assert browser.post(link, asked).status_code == 302
    assert last().codes_sent == 1


def test_another_browser_without_the_code_sees_nothing(world: House) -> None:
    document = added(world)
    link, browser = invited(world, document.record), client()
    come_in(browser, link)
    other = client("192.0.2.7")
    assert other.get("/guest").status_code == 404
    assert other.get(f"/documents/{document.record.reference}").status_code == 302


def test_taking_the_link_back_puts_the_guest_out_at_once(world: House) -> None:
    document = added(world)
    link, browser = invited(world, document.record), client()
    come_in(browser, link)
    revoke(link, world)
    assert browser.get(f"/documents/{document.record.reference}").status_code == 302
    assert browser.get("/guest").status_code == 404


def test_leaving(world: House) -> None:
    link, browser = invited(world, world.risk()), client()
    come_in(browser, link)
    assert browser.get("/guest/leave").status_code == 405
    left = browser.post("/guest/leave")
    assert not faults_of(left.content.decode())
    assert browser.get("/guest").status_code == 404
