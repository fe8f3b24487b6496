"""My work, search and the two pages of the footer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.asks import operations as asks
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.clocks import operations as clocks
from concordat.domain.base.records.operations import restrict
from concordat.domain.governance.arrangements import operations as arrangements
from concordat.domain.governance.arrangements.models import Delegation
from concordat.kernel.sensitivity import Sensitivity
from tests.markup import faults_of
from tests.operations.mail.cast import DAY, LOADER, House
from tests.pages.signed_in import as_
from tests.walls import behind_the_wall


def asked(house: House, what: str, days: int = 7) -> None:
    asks.raise_ask(
        LOADER,
        record=house.risk(what),
        seat=house.health.seat,
        errand=Errand.ANSWER,
        what=what,
        due=DAY + timedelta(days=days),
    )


def test_nothing_waiting_is_said_in_words(house: House) -> None:
    page = as_(house.health).get("/")
    assert page.status_code == 200
    assert "Nothing is waiting for you." in page.content.decode()
    assert not faults_of(page.content.decode())


def test_what_waits_stands_with_its_verb_its_day_and_where_to_do_it(house: House) -> None:
    asked(house, "Answer six dates")
    asked(house, "Answer the letter", days=-1)
    told = as_(house.health).get("/").content.decode()
    assert "Two things are waiting for you. One of them is overdue." in told
    assert "The next date is Friday 5 April 2019." in told
    assert told.index("the letter") < told.index("six dates")
    assert "Overdue by 1 day" in told
    assert not faults_of(told)


def test_what_was_asked_of_others_is_no_news(house: House) -> None:
    risk = house.risk("Thresholds differ")
    browser = as_(house.council)
    assert "Thresholds differ" in browser.get("/").content.decode()
    asks.raise_ask(
        LOADER, record=risk, seat=house.health.seat, errand=Errand.ANSWER, what="six dates"
    )
    told = browser.get("/").content.decode()
    assert "Thresholds differ" in told
    assert "Asked by" not in told


def test_somebody_elses_work_is_not_shown(house: House) -> None:
    asked(house, "Answer six dates")
    told = as_(house.council).get("/").content.decode()
    assert "Nothing is waiting for you." in told
    assert "One thing is waiting for you." in as_(house.health).get("/").content.decode()


def timed(house: House) -> None:
    clocks.start(
        LOADER,
        record=house.risk("A thing that runs"),
        rule="SIN-CRIT",
        started_by="The council heard of it",
        on=DAY,
        holder=house.health.seat,
    )


def test_one_damaged_row_takes_its_own_block_down_and_nothing_else(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    timed(house)
    asked(house, "Answer six dates")
    _power(house)
    browser = as_(house.health)
    whole = browser.get("/").content.decode()
    assert "You may decide for Heath" in whole
    assert "could not be loaded" not in whole
    with behind_the_wall():
        Delegation.objects.update(limbs=[7])
    caplog.clear()
    page = browser.get("/")
    told = page.content.decode()
    assert page.status_code == 200
    assert "Your authority could not be loaded" in told
    assert told.count("could not be loaded") == 1
    assert "six dates" in told
    assert "Clocks that name you" in told
    assert not faults_of(told)
    faults = [line.msg for line in caplog.records if line.levelname == "ERROR"]
    assert [fault["block"] for fault in faults] == ["authority"]
    assert not any("six dates" in str(line.msg) for line in caplog.records), "a log names no case"


def _power(house: House) -> None:
    agency = agencies.set_down(
        LOADER,
        partnership=house.here,
        kind="agencies",
        key="health",
        values={"name": "Heath", "agency_class": "health"},
    )
    arrangements.set_down(
        LOADER,
        partnership=house.here,
        kind="delegations",
        key="health",
        values={"agency": agency, "seat": house.health.seat},
    )


def test_where_what_waits_is_damaged_the_page_does_not_say_that_nothing_does(house: House) -> None:
    timed(house)
    asked(house, "Answer six dates")
    browser = as_(house.health)
    with behind_the_wall():
        Ask.objects.update(errand="juggle")
    told = browser.get("/").content.decode()
    assert "What waits for you could not be loaded just now." in told
    assert "Nothing is waiting" not in told
    assert "Clocks that name you" in told
    assert 'href="/">Try again</a>' in told
    assert not faults_of(told)


def test_a_title_is_shown_only_to_those_who_may_open_it(house: House) -> None:
    risk = house.restricted("Kestrel and her brother")
    asks.ask_for_access(house.member.actor, record=risk, reason="I review it")
    told = as_(house.manager).get("/").content.decode()
    assert "Meg Member’s request for access" in told
    assert "Kestrel" not in told


def test_search_finds_by_words_and_by_reference_and_says_when_nothing_is_found(
    house: House,
) -> None:
    risk = house.risk("Thresholds differ between agencies")
    browser = as_(house.member)
    for typed in ("threshold", "agencies differ", risk.reference, risk.reference.lower()):
        told = browser.get("/search", {"q": typed}).content.decode()
        assert risk.title in told, typed
        assert not faults_of(told)
    told = browser.get("/search", {"q": "unicorn"}).content.decode()
    assert "Nothing that you may open" in told
    assert "Clear the search" in told
    house.risk("Thresholds again")
    told = browser.get("/search", {"q": "thresholds"}).content.decode()
    assert "order=fit" in told
    told = browser.get("/search", {"q": "thresholds", "order": "fit"}).content.decode()
    assert "Best fit first." in told
    assert told.index("Thresholds again") < told.index(risk.title), "the shorter title fits better"
    assert not faults_of(told)


def test_search_shows_nothing_that_may_not_be_opened(house: House) -> None:
    found = house.risk("Kestrel in the open")
    assert "Kestrel" in as_(house.member).get("/search", {"q": "kestrel"}).content.decode()
    restrict(LOADER, record=found, sensitivity=Sensitivity.RESTRICTED, reason="It names a child")
    told = as_(house.council).get("/search", {"q": "kestrel"}).content.decode()
    assert "Kestrel in the open" not in told
    assert "No record that you may open" in told


@pytest.mark.parametrize("typed", ["", "  ", "'\"*()", "a" * 300, "AND OR NOT", "%_\\"])
def test_whatever_is_typed_is_answered(house: House, typed: str) -> None:
    page = as_(house.member).get("/search", {"q": typed})
    assert page.status_code == 200
    assert not faults_of(page.content.decode())


@pytest.mark.parametrize("address", ["/help", "/accessibility"])
@pytest.mark.django_db
def test_help_and_accessibility_are_open_to_anybody(client: object, address: str) -> None:
    page = client.get(address)  # type: ignore[attr-defined]
    assert page.status_code == 200
    assert not faults_of(page.content.decode())


def test_my_work_is_behind_the_sign_in(house: House, client: object) -> None:
    page = client.get("/")  # type: ignore[attr-defined]
    assert (page.status_code, page["Location"]) == (302, "/sign-in?next=/")
