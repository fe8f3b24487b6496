"""Documents as people read, replace, sign, publish and fetch them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from concordat.domain.base.documents.models import Document, Publication, SignOff, Version
from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Look
from concordat.kernel.sensitivity import Sensitivity
from tests.markup import faults_of
from tests.operations.documents.papers import added, newest, paper, replaced, signed, version_of
from tests.operations.mail.cast import DAY, House
from tests.operations.people.examples import signed_up
from tests.pages.people.browsing import client, form, sign_in
from tests.pages.signed_in import as_
from tests.walls import nothing_written


def read(browser: Client, address: str, status: int = 200) -> str:
    with nothing_written():
        answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()
    page = str(answer.content.decode())
    assert not faults_of(page)
    return page


def file(words: str = "sent", name: str = "Sent.pdf", data: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or paper(words).data, "application/pdf")


def at(document: Document, tail: str = "") -> str:
    return f"/documents/{document.record.reference}{tail}"


def told(answer: Any, status: int) -> str:
    page = str(answer.content.decode())
    assert answer.status_code == status, page
    if status != 302:
        assert not faults_of(page)
    return page


def test_lists_when_there_is_nothing(house: House) -> None:
    browser = as_(house.manager)
    assert "No document is here yet" in read(browser, "/documents")
    assert "Nothing is here" in read(browser, f"/records/{house.risk().reference}/documents")
    assert "Add one to Here" in read(browser, "/documents")
    assert "Add one to" not in read(as_(house.member), "/documents")


def test_adding_a_document_to_a_record(house: House) -> None:
    risk, browser = house.risk(), as_(house.manager)
    address = f"/records/{risk.reference}/documents/add"
    page = read(browser, address)
    assert "up to 20 MB" in page
    sent = browser.post(
        address, form(title="Cover report", note="For April", sensitivity="1", file=file())
    )
    told(sent, 302)
    document = Document.objects.get()
    assert sent["Location"] == at(document)
    assert "Cover report" in read(browser, f"/records/{risk.reference}/documents")
    assert "Sent.pdf" in read(browser, at(document))


def test_a_form_sent_twice_is_one_document(house: House) -> None:
    browser, asked = as_(house.manager), form(title="Once", note="", sensitivity="1")
    for _ in range(2):
        sent = browser.post("/records/HERE/documents/add", asked | {"file": file()})
        told(sent, 302)
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("Minutes.pdf", b"MZ\x90\x00" + b"\0" * 99, "Windows program"),
        ("Minutes.exe", b"MZ\x90\x00", "must be PDF"),
        ("Minutes.pdf", b"", "Choose"),
    ],
)
def test_a_bad_file_is_told_beside_the_field(
    house: House, name: str, data: bytes, says: str
) -> None:
    browser = as_(house.manager)
    asked = form(title="Minutes", note="", sensitivity="1")
    bad = SimpleUploadedFile(name, data) if data else ""
    page = told(browser.post("/records/HERE/documents/add", asked | {"file": bad}), 422)
    assert says in page
    assert 'href="#id_file"' in page
    assert "Minutes" in page
    assert not Document.objects.exists()


def test_who_gets_what(house: House) -> None:
    document = added(house, sensitivity=Sensitivity.RESTRICTED)
    member, outsider, anybody = as_(house.member), as_(house.outsider), client()
    for tail in ("", "/replace", "/versions/1", "/publish", "/withdraw", "/sign-off/ask"):
        refused = told(member.get(at(document, tail)), 403)
        assert "Published arrangements" not in refused
        told(outsider.get(at(document, tail)), 404)
        assert anybody.get(at(document, tail)).status_code == 302
    assert outsider.get("/documents/HERE-D-9999").status_code == 404
    assert member.get(at(document, "/versions/9")).status_code == 403
    assert as_(house.manager).get(at(document, "/versions/9")).status_code == 404


def test_a_password_alone_opens_no_document(house: House) -> None:
    """What guests may open by a link is no way round the second step of signing in."""
    document, browser = added(house), client()
    sign_in(browser, signed_up(house.manager.person).email)
    for address in (at(document), at(document, "/versions/1"), "/records/HERE/documents/add"):
        assert browser.get(address)["Location"] == "/account/authenticator/add"


def test_who_may_read_may_not_change(house: House) -> None:
    document, browser = added(house), as_(house.member)
    page = read(browser, at(document))
    for button in ("Replace the file", "Ask for sign-off", "Publish version", "Invite a guest"):
        assert button not in page
    for tail in ("/replace", "/publish", "/withdraw", "/sign-off/ask"):
        told(browser.get(at(document, tail)), 403)
        told(browser.post(at(document, tail), form()), 403)
    assert browser.get("/records/HERE/documents/add").status_code == 403


def test_a_download_is_an_attachment_that_no_browser_runs(house: House) -> None:
    document = added(house, file=paper(name="Résumé & notes.pdf"))
    answer = as_(house.member).get(at(document, "/versions/1"))
    assert answer.content == paper().data
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
    assert not Look.objects.exists()


def test_opening_and_downloading_what_is_restricted_is_noted(house: House) -> None:
    document = added(house, sensitivity=Sensitivity.RESTRICTED)
    browser = as_(house.manager)
    page = read(browser, at(document))
    assert "Restricted" in page
    browser.get(at(document, "/versions/1"))
    assert list(Look.objects.order_by("pk").values_list("what", flat=True)) == [
        "opened",
        "downloaded version 1 of",
    ]


@pytest.mark.parametrize("tail", ["/versions/../../secret-key", "/versions/%2e%2e%2fsecret-key"])
def test_no_address_leads_out_of_the_store(house: House, tail: str) -> None:
    document = added(house)
    assert as_(house.manager).get(at(document, tail)).status_code in (301, 404)


def test_replacing_and_the_conflict(house: House) -> None:
    document = added(house)
    signed(document, house.council)
    manager, other = as_(house.manager), as_(house.co_ordinator)
    address, seen = at(document, "/replace"), version_of(document)
    assert "Every sign-off of it becomes void" in read(manager, address)
    asked = form(note="The quorum is corrected", seen_version=seen)
    told(manager.post(address, asked | {"file": file("two")}), 302)
    late = form(note="Another table", seen_version=seen)
    page = told(other.post(address, late | {"file": file("three", "Three.pdf")}), 409)
    assert "Another table" in page
    assert "The quorum is corrected" in page
    assert "Three.pdf" in page
    assert "Choose your file again" in page
    assert Version.objects.count() == 2
    fresh = form(note="Another table", seen_version=version_of(document))
    told(other.post(address, fresh | {"file": file("three")}), 302)
    shown = read(manager, at(document))
    assert "Void since" in shown
    assert "Version 2 took the place" in shown


def test_the_same_file_again_is_told(house: House) -> None:
    document = added(house)
    asked = form(note="Nothing", seen_version=version_of(document), file=file("first"))
    page = told(as_(house.manager).post(at(document, "/replace"), asked), 422)
    assert "same file as version 1" in page


def test_asking_and_signing(house: House) -> None:
    document = added(house)
    manager, council = as_(house.manager), as_(house.council)
    assert "Nobody was asked" in read(manager, at(document))
    seat = house.council.seat.record.reference
    address = at(document, "/sign-off/ask")
    read(manager, address)
    told(manager.post(address, form(seats=[])), 422)
    told(manager.post(address, form(seats=[seat])), 302)
    page = read(council, at(document))
    assert "Asked" in page
    check = at(document, f"/sign-off/{seat}")
    assert check in page
    shown = read(council, check)
    assert newest(document).short_form in shown
    digest = newest(document).digest
    bad = form(digest=digest, wording="")
    told(council.post(check, bad), 422)
    good = form(digest=digest, wording="Takes decisions", read="yes")
    for _ in range(2):
        told(council.post(check, good), 302)
    assert SignOff.objects.get().wording == "Takes decisions"
    assert "Signed" in read(manager, at(document))


def test_signing_what_was_replaced_meanwhile(house: House) -> None:
    document = added(house)
    digest = newest(document).digest
    replaced(house, document)
    check = at(document, f"/sign-off/{house.council.seat.record.reference}")
    old = form(digest=digest, wording="Takes decisions", read="yes")
    page = told(as_(house.council).post(check, old), 409)
    assert "Version 1" in page
    assert "Version 2" in page
    assert newest(document).digest in page
    assert "Takes decisions" in page
    assert not SignOff.objects.exists()


def test_nobody_reaches_the_seat_of_another(house: House) -> None:
    document = added(house)
    check = at(document, f"/sign-off/{house.council.seat.record.reference}")
    health = as_(house.health)
    told(health.get(check), 404)
    told(as_(house.manager).get(check), 403)
    asked = form(digest=newest(document).digest, wording="Mine", read="yes")
    told(health.post(check, asked), 404)
    told(as_(house.council).get(at(document, "/sign-off/HERE-S-9999")), 404)
    assert not SignOff.objects.exists()


def test_taking_a_sign_off_back(house: House) -> None:
    document = added(house)
    row = signed(document, house.council)
    address = at(document, f"/void/{row.pk}")
    browser = as_(house.council)
    read(browser, address)
    told(browser.post(address, form(reason="")), 422)
    told(as_(house.health).post(address, form(reason="Not mine")), 422)
    told(browser.post(address, form(reason="Page 4 is wrong")), 302)
    assert "Page 4 is wrong" in read(browser, at(document))


def test_publishing_serving_and_withdrawing(house: House) -> None:
    document, browser, anybody = added(house), as_(house.manager), client()
    public = f"/published/{document.record.reference}"
    told(anybody.get(public), 404)
    address = at(document, "/publish")
    read(browser, address)
    told(browser.post(address, form(seen_version=version_of(document))), 422)
    asked = form(seen_version=version_of(document), checked="yes")
    told(browser.post(address, asked), 302)
    served = anybody.get(public)
    assert served.content == paper().data
    assert served["X-Content-Type-Options"] == "nosniff"
    replaced(house, document)
    assert anybody.get(public).content == paper().data
    assert "Publish version 2" in read(browser, at(document))
    read(browser, at(document, "/withdraw"))
    told(browser.post(at(document, "/withdraw"), form(reason="A figure was wrong")), 302)
    told(anybody.get(public), 404)
    assert "A figure was wrong" in read(browser, at(document))
    told(browser.post(at(document, "/withdraw"), form(reason="Again")), 422)


def test_publishing_what_was_replaced_meanwhile(house: House) -> None:
    document = added(house)
    seen = version_of(document)
    replaced(house, document)
    asked = form(seen_version=seen, checked="yes")
    told(as_(house.manager).post(at(document, "/publish"), asked), 409)
    assert not Publication.objects.exists()


def test_a_closed_document_stays_as_it_is(house: House) -> None:
    document = added(house)
    records.close(house.manager.actor, record=document.record, on=DAY)
    page = read(as_(house.manager), at(document))
    assert "It stays as it is" in page
    assert "Replace the file" not in page
