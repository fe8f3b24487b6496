"""An agency's workbook on screen, its contact, and a contact who comes by a link."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from concordat.domain.base.actions import operations
from concordat.domain.base.actions.models import Action, Contact
from concordat.domain.base.actions.rules import Standing
from concordat.domain.base.documents.models import Document
from concordat.domain.base.mail.models import GuestLink
from tests.operations.actions.examples import Desk, again, asked, version
from tests.operations.actions.workbooks import Filled
from tests.pages.actions.sending import sent
from tests.pages.mail.test_guest_pages import come_in, letter
from tests.pages.people.browsing import client, form
from tests.pages.seats.looking import read, told
from tests.pages.signed_in import as_

ONE = "HERE-A-0001"


def rounds(desk: Desk) -> str:
    return f"/actions/rounds/{desk.health.record.reference}"


def brought(browser: Client, address: str, data: bytes, status: int = 200) -> Any:
    file = SimpleUploadedFile("actions.xlsx", data)
    answer = browser.post(address, form(file=file))
    told(answer, status)
    return answer


def test_a_round_with_a_conflict(desk: Desk) -> None:
    risk = desk.house.risk()
    one = desk.add(source=risk, what="One")
    two = desk.add(source=risk, what="Two")
    browser, address = as_(desk.house.manager), rounds(desk)
    assert "2 open actions" in read(browser, address)
    sheet = Filled(browser.get(f"{address}/workbook").content)
    sheet.put(ONE, standing="On track", word="From the file")
    sheet.put("HERE-A-0002", standing="Blocked", word="No money")
    operations.update(desk.owner, action=one, standing=Standing.BLOCKED, words="From the screen")
    answer = brought(browser, address, sheet.data)
    page = answer.content.decode()
    for words in ("From the file", "From the screen", "Left to you", "Taken over", "Actions!J2"):
        assert words in page
    assert again(two).last_word == ""
    carried = answer.context["form"]["carried"].value()
    assert sent(browser, f"{address}/take", form(carried=carried))["Location"] == address
    assert again(one).last_word == "From the screen"
    assert again(two).last_word == "No money"
    assert Document.objects.count() == 2
    assert "Action round as it came back" in read(browser, address)


def test_a_row_with_a_problem_is_shown_and_the_rest_is_taken(desk: Desk) -> None:
    risk = desk.house.risk()
    desk.add(source=risk, what="One")
    two = desk.add(source=risk, what="Two")
    browser, address = as_(desk.house.manager), rounds(desk)
    sheet = Filled(browser.get(f"{address}/workbook").content)
    sheet.put(ONE, due="soon", why="x").put("HERE-A-0002", standing="On track", word="Fine")
    answer = brought(browser, address, sheet.data)
    page = answer.content.decode()
    assert "“soon” is not a day." in page
    assert "Row left out" in page
    carried = answer.context["form"]["carried"].value()
    sent(browser, f"{address}/take", form(carried=carried))
    assert again(two).last_word == "Fine"


def test_a_file_that_is_none_of_ours_is_told_beside_the_field(desk: Desk) -> None:
    desk.add()
    browser, address = as_(desk.house.manager), rounds(desk)
    sheet = Filled(browser.get(f"{address}/workbook").content)
    sheet.name = "Mine"
    page = brought(browser, address, sheet.data, 422).content.decode()
    assert "no sheet called Actions" in page
    assert "no sheet called" not in brought(browser, address, b"no workbook", 422).content.decode()


def test_nothing_changed_has_nothing_to_take(desk: Desk) -> None:
    desk.add()
    browser, address = as_(desk.house.manager), rounds(desk)
    data = browser.get(f"{address}/workbook").content
    page = brought(browser, address, data).content.decode()
    assert "There is nothing to take over" in page
    assert "Take these changes over" not in page


def test_a_carried_file_that_was_tampered_with_is_lost(desk: Desk) -> None:
    browser, address = as_(desk.house.manager), rounds(desk)
    page = told(browser.post(f"{address}/take", form(carried="made up")), 400)
    assert "lost on the way" in page
    assert browser.get(f"{address}/take")["Location"] == address


def test_whose_round_it_is(desk: Desk) -> None:
    address = rounds(desk)
    told(as_(desk.house.member).get(address), 403)
    told(as_(desk.house.outsider).get(f"{address}/workbook"), 404)
    operations.name_contact(desk.manager, agency=desk.health, seat=desk.lead.seat)
    lead = as_(desk.lead)
    assert "0 open actions" in read(lead, address)
    assert address in read(lead, "/actions/contacts")


def test_naming_a_contact(desk: Desk) -> None:
    action = desk.add(owner=desk.health)
    manager = as_(desk.house.manager)
    assert "Nobody yet" in read(manager, "/actions/contacts")
    address = f"/actions/contacts/{desk.health.record.reference}"
    nothing = form(seat="", name="", email="")
    assert "one of the two" in told(manager.post(address, nothing), 422)
    seat = desk.lead.seat.record.reference
    assert "one of the two" in told(manager.post(address, form(seat=seat, name="Ann")), 422)
    sent(manager, address, form(seat=seat, name="", email=""))
    assert Contact.objects.get().seat == desk.lead.seat
    assert asked(again(action).asked or desk.lead.seat)
    assert "Lee Lead" in read(manager, "/actions/contacts")
    told(as_(desk.house.member).get(address), 403)


def test_only_who_may_admit_names_somebody_by_mail(desk: Desk) -> None:
    address = f"/actions/contacts/{desk.police.record.reference}"
    co_ordinator = as_(desk.house.co_ordinator)
    assert "whoever may let others in" in read(co_ordinator, address)
    page = told(co_ordinator.post(address, form(seat="", name="Pat", email="pat@example.org")), 422)
    assert "strategy manager" in page


def test_a_contact_without_an_account_updates_and_closes_by_a_link(desk: Desk) -> None:
    operations.name_contact(
        desk.manager, agency=desk.police, name="Pat Police", email="pat@example.org"
    )
    manager = as_(desk.house.manager)
    desk.add(owner=desk.police)
    page = read(manager, f"/actions/{ONE}/link")
    assert "Pat Police gets a letter" in page
    sent(manager, f"/actions/{ONE}/link", form())
    door = re.search(r"http://testserver(/guest/\S+)", letter("guest link"))
    assert door
    guest = client()
    inside = come_in(guest, door[1])
    assert "Open the action" in read(guest, inside["Location"])
    page = read(guest, f"/actions/{ONE}")
    assert "Say how it stands" in page
    assert "Give it to another" not in page
    action = Action.objects.get()
    answers = form(standing="on track", words="By May", seen_version=version(action))
    sent(guest, f"/actions/{ONE}/update", answers)
    assert again(action).last_word_by == "Pat Police"
    answers = form(
        done="Done", statement="The order", place="Intranet", seen_version=version(action)
    )
    sent(guest, f"/actions/{ONE}/close", answers)
    assert again(action).closed_by == "Pat Police"
    other = desk.add()
    assert guest.get(f"/actions/{other.record.reference}").status_code == 404
    assert guest.get("/actions").status_code == 302
    assert GuestLink.objects.count() == 1


def test_an_owner_with_a_seat_is_not_mailed(desk: Desk) -> None:
    desk.add()
    page = read(as_(desk.house.manager), f"/actions/{ONE}/link")
    assert "no contact who can be reached by mail" in page
