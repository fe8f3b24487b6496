"""Measures as people define and read them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from concordat.domain.governance.measures.models import Measure, Value
from tests.casts import Casts, Kept
from tests.operations.mail.cast import House, build
from tests.pages.documents.test_documents_pages import read
from tests.pages.people.browsing import form
from tests.pages.signed_in import as_

LIST = "/partnership/here/measures"


@pytest.fixture(scope="session")
def houses(casts: Casts) -> Kept[House]:
    return casts.keep(build)


@pytest.fixture
def house(houses: Kept[House]) -> Iterator[House]:
    with houses.lent() as house:
        yield house


def seen() -> int:
    return int(Measure.objects.select_related("record").get().record.version)


def sent(browser: Any, address: str, answers: dict[str, Any], status: int = 302) -> str:
    answer = browser.post(address, answers)
    assert answer.status_code == status, answer.content.decode()
    return str(answer.content.decode())


def test_a_measure_is_defined_valued_and_read(house: House) -> None:
    browser = as_(house.manager)
    assert "Nothing is measured here yet" in read(browser, LIST)
    told = {"title": "Missing episodes", "unit": "episodes", "better": "lower", "target": "2.5",
            "owner": "posts:meg-member"}  # fmt: skip
    page = sent(browser, f"{LIST}/new", form(**told | {"target": "few"}), 422)
    assert "is not a number" in page
    sent(browser, f"{LIST}/new", form(**told))
    measure = Measure.objects.select_related("record").get()
    one = f"/measures/{measure.record.reference}"
    put = f"{one}/value"
    for at, value, symbol in (("2019-01", "12", ""), ("2019-02", "14", "provisional"),
                              ("2019-03", "", "suppressed")):  # fmt: skip
        answers = form(at=at, value=value, symbol=symbol, seen_version=seen())
        sent(browser, put, answers)
    member = as_(house.member)
    page = read(member, one)
    for words in ("14 [p]", "[c] suppressed", "Up by 2", "which is worse", "Meg Member"):
        assert words in page
    page = read(member, LIST)
    assert "Add a measure" not in page
    assert "1 measure, each with an owner and a value." in page


def test_a_value_that_is_neither_number_nor_symbol_is_told(house: House) -> None:
    browser = as_(house.manager)
    sent(browser, f"{LIST}/new", form(title="Episodes"))
    one = f"/measures/{Measure.objects.select_related('record').get().record.reference}"
    for more in ({"value": "x"}, {}, {"value": "3", "symbol": "suppressed"}):
        answers = form(at="2019-01", seen_version=seen(), **more)
        assert "There is a problem" in sent(browser, f"{one}/value", answers, 422)
    assert not Value.objects.exists()
    version = seen()
    sent(browser, f"{one}/change", form(title="Each episode", seen_version=version))
    page = sent(browser, f"{one}/change", form(title="Episode", seen_version=version), 409)
    assert "Each episode" in page


def test_only_the_partnership_reads_and_the_secretariat_writes(house: House) -> None:
    sent(as_(house.manager), f"{LIST}/new", form(title="Episodes"))
    one = f"/measures/{Measure.objects.select_related('record').get().record.reference}"
    member, outsider = as_(house.member), as_(house.outsider)
    for tail in ("/change", "/value"):
        assert member.get(f"{one}{tail}").status_code == 403
        assert outsider.get(f"{one}{tail}").status_code == 404
    assert outsider.get(one).status_code == 404
