"""What grows has a page of its own: claims of days, updates, posts and services."""

from __future__ import annotations

from concordat.domain.governance.programme import operations
from concordat.domain.governance.programme.rules.health import Health
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.programme.examples import Planned, a_contract, add
from tests.pages.documents.test_documents_pages import read
from tests.pages.programme.test_programme_pages import HOME, at
from tests.pages.signed_in import as_


def test_what_grows_has_a_list_of_its_own(here: Planned) -> None:
    house, contract = here.house, a_contract(here.house)
    manager, member = as_(house.manager), as_(house.member)
    operations.order(LOADER, contract=contract, number="PO-1")
    for each in range(8):
        operations.claim(LOADER, contract=contract, worked=DAY, halves=1, what=f"Half {each}")
        operations.tell(LOADER, thing=here.publish, health=Health.AT_RISK, words=f"Slow {each}")
    for each in range(12):
        add(house, "appointments", f"Lead {each:02}")
    page = read(manager, at(contract))
    assert "Half 7" in page
    assert "Half 0" not in page
    assert "Half 0" in read(manager, at(contract, "/claims"))
    page = read(member, at(here.publish))
    assert "Slow 0" not in page
    assert "All updates" in page
    assert "Slow 0" in read(member, f"/plans/{here.publish.record.reference}/updates")
    assert member.get(f"/plans/{here.product.record.reference}/updates").status_code == 404
    page = read(member, HOME)
    assert "Lead 11" not in page
    assert "All posts and services" in page
    assert "Lead 11" in read(member, "/partnership/here/appointments")
