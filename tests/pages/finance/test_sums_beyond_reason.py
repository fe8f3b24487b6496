"""Sums and numbers that no budget has, and formulas that cannot be compared."""

from __future__ import annotations

from django.test import Client

from concordat.domain.governance.finance.models import Cost, Formula
from tests.operations.finance.purse import Purse
from tests.pages.documents.test_documents_pages import read, told
from tests.pages.finance.test_money_pages import LIST, at
from tests.pages.people.browsing import form
from tests.pages.signed_in import as_

VAST = "9" * 20


def test_a_sum_with_digits_too_many_is_told_and_kept(purse: Purse) -> None:
    browser = as_(purse.room.house.manager)
    for address, answers in (
        (at(purse, "/costs/new"), {"title": "Rooms", "level": "recurrent", "amount": VAST}),
        (at(purse, "/contributions/new"), {"fund": "Sale", "amount": VAST}),
        (at(purse, "/total"), {"of": "All", "source": "The paper", "amount": VAST}),
        (f"{LIST}/elsewhere", {"title": "A review", "source": "The paper", "average": VAST}),
        (f"{LIST}/open", {"year": "2020/21", "reserve": VAST}),
    ):
        page = told(browser.post(address, form(**answers)), 422)
        assert "is not an amount in pounds" in page
        assert f'value="{VAST}"' in page
    assert Cost.objects.count() == 1


def test_a_number_that_takes_for_ever_to_share_by_is_none(purse: Purse) -> None:
    browser = as_(purse.room.house.manager)
    keys = [purse.agency(name).key for name in ("council", "health", "police")]
    vast = form(title="Vast", **{f"of_{key}": "1e999999" for key in keys})
    page = told(browser.post(at(purse, "/formulas/new/caseload"), vast), 422)
    assert "“1e999999” is not a number." in page
    assert not Formula.objects.exists()


def test_formulas_of_different_sums_are_not_compared(purse: Purse) -> None:
    browser = as_(purse.room.house.manager)
    _thirds(purse, browser, "Thirds")
    page = read(browser, at(purse, "/formulas"))
    assert "Most less least" in page
    _thirds(purse, browser, "Of another sum", total="9")
    page = read(browser, at(purse, "/formulas"))
    assert "These formulas share sums that differ" in page
    assert "Most less least" not in page
    assert "more or less by formula" not in page


def _thirds(purse: Purse, browser: Client, title: str, **more: str) -> None:
    keys = [purse.agency(name).key for name in ("council", "health", "police")]
    answers = form(title=title, **{f"of_{key}": "yes" for key in keys}, **more)
    told(browser.post(at(purse, "/formulas/new/equal"), answers), 302)
