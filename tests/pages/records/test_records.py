"""Any record's pages: what it is, what was done, who may open it, and being refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from concordat.domain.base.asks import operations as asks
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records import queries
from concordat.domain.base.records.models import Event, Grant, Hold, Look
from concordat.domain.base.records.rules import Level, Standing
from concordat.domain.governance.risks import operations as risks
from concordat.kernel.sensitivity import Sensitivity
from tests.markup import faults_of
from tests.operations.mail.cast import DAY, LOADER, House
from tests.pages.signed_in import as_

PAGES = ("", "/history")


@pytest.mark.parametrize("page", PAGES)
def test_a_record_opens_to_the_partnership_and_is_absent_to_others(house: House, page: str) -> None:
    address = f"/records/{house.risk().reference}{page}"
    opened = as_(house.member).get(address)
    assert opened.status_code == 200
    assert not faults_of(opened.content.decode())
    assert as_(house.outsider).get(address).status_code == 404


def test_absent_and_hidden_look_exactly_alike(house: House) -> None:
    browser = as_(house.outsider)
    hidden = browser.get(f"/records/{house.restricted().reference}")
    absent = browser.get("/records/HERE-R-9999")
    strange = browser.get("/records/none")
    assert hidden.status_code == absent.status_code == strange.status_code == 404
    bodies = {each.content.decode() for each in (hidden, absent, strange)}
    assert len({_without_nonces(body) for body in bodies}) == 1


def _without_nonces(body: str) -> str:
    import re

    return re.sub(r'value="[^"]+"|/records/\S+', "", body)


def test_what_is_sealed_is_absent_within_the_partnership_too(house: House) -> None:
    sealed = house.risk("Sealed", sensitivity=Sensitivity.SEALED)
    assert as_(house.manager).get(f"/records/{sealed.reference}").status_code == 404


def test_the_history_tells_what_was_done_and_by_whom(house: House) -> None:
    risk = house.risk()
    told = as_(house.member).get(f"/records/{risk.reference}/history").content.decode()
    assert "Request opened" in told
    assert "loader" in told


def test_refused_then_asks_then_is_let_in(house: House) -> None:
    risk = house.restricted("Heron")
    address = f"/records/{risk.reference}"
    member, manager = as_(house.member), as_(house.manager)
    refused = member.get(address)
    told = refused.content.decode()
    assert refused.status_code == 403
    assert "Heron" not in told
    assert f"{address}/access/ask" in told
    assert not faults_of(told)
    assert not faults_of(member.get(f"{address}/access/ask").content.decode())
    answer = member.post(f"{address}/access/ask", _form(reason="I review it"))
    assert "You have asked for access" in answer.content.decode()
    assert not faults_of(answer.content.decode())
    page = manager.get(f"{address}/access").content.decode()
    assert "I review it" in page
    assert not faults_of(page)
    request = risk.access_requests.get()
    form = manager.get(f"{address}/access/{request.pk}")
    assert not faults_of(form.content.decode())
    sent = manager.post(f"{address}/access/{request.pk}", _form(give="give", reason="Yes"))
    assert sent.status_code == 302
    assert member.get(address).status_code == 200


def test_asking_without_a_reason_is_told_and_asks_nobody(house: House) -> None:
    risk = house.restricted()
    page = as_(house.member).post(f"/records/{risk.reference}/access/ask", _form(reason=""))
    assert page.status_code == 422
    assert not risk.access_requests.exists()


def test_the_same_request_sent_twice_asks_once(house: House) -> None:
    risk = house.restricted()
    browser, form = as_(house.member), _form(reason="I review it")
    for _ in range(2):
        assert browser.post(f"/records/{risk.reference}/access/ask", form).status_code == 200
    assert risk.access_requests.count() == 1


def test_an_outsider_cannot_even_ask(house: House) -> None:
    risk = house.restricted()
    page = as_(house.outsider).get(f"/records/{risk.reference}/access/ask")
    assert page.status_code == 404


def test_access_is_given_and_ended_by_those_who_decide(house: House) -> None:
    risk = house.restricted()
    address = f"/records/{risk.reference}/access"
    browser = as_(house.chair)
    told = _form(
        grantee=house.council.person.record.reference, level="see", reason="For the review"
    )
    assert not faults_of(browser.get(f"{address}/give").content.decode())
    assert browser.post(f"{address}/give", told).status_code == 302
    grant = Grant.objects.get(record=risk)
    assert (grant.level, grant.from_day, grant.to_day) == (Level.SEE, DAY, None)
    assert queries.standing_of(house.council.actor, risk) is Standing.OPEN
    assert not faults_of(browser.get(f"{address}/end/{grant.pk}").content.decode())
    assert browser.post(f"{address}/end/{grant.pk}", _form(reason="Done")).status_code == 302
    grant.refresh_from_db()
    assert grant.to_day == DAY


def test_whoever_lets_others_in_without_opening_sees_no_title(house: House) -> None:
    risk = house.restricted("Heron and her brother")
    told = as_(house.manager).get(f"/records/{risk.reference}/access").content.decode()
    assert "A restricted request" in told
    assert "Heron" not in told
    assert "Heron" in as_(house.chair).get(f"/records/{risk.reference}/access").content.decode()


def test_those_who_do_not_decide_see_no_access_page(house: House) -> None:
    risk = house.restricted()
    plain = house.risk().reference
    assert as_(house.member).get(f"/records/{plain}/access").status_code == 403
    assert as_(house.council).get(f"/records/{risk.reference}/access").status_code == 403
    assert as_(house.outsider).get(f"/records/{risk.reference}/access").status_code == 404


def test_opening_what_is_restricted_is_noted_and_what_is_not_is_not(house: House) -> None:
    risk, plain = house.restricted(), house.risk("Plain")
    browser = as_(house.chair)
    browser.get(f"/records/{risk.reference}")
    browser.get(f"/records/{plain.reference}")
    look = Look.objects.get()
    assert (look.record, look.actor, look.what) == (risk.pk, "Chai Reed", "opened")
    page = browser.get(f"/records/{risk.reference}/access").content.decode()
    assert "Chai Reed" in page


def test_a_hold_is_placed_shown_and_released(house: House) -> None:
    risk = house.risk()
    address = f"/records/{risk.reference}"
    browser = as_(house.manager)
    assert not faults_of(browser.get(f"{address}/holds/place").content.decode())
    told = _form(blocks="close", reason="A trial is running")
    assert browser.post(f"{address}/holds/place", told).status_code == 302
    assert "A trial is running" in browser.get(address).content.decode()
    hold = Hold.objects.get()
    release = f"{address}/holds/{hold.pk}/release"
    assert not faults_of(browser.get(release).content.decode())
    assert browser.post(release, _form(reason="It is over")).status_code == 302
    assert "A trial is running" not in browser.get(address).content.decode()
    assert browser.get(release).status_code == 404


def test_a_member_cannot_place_a_hold(house: House) -> None:
    risk = house.risk()
    before = Event.objects.count()
    browser = as_(house.member)
    signed_in = Event.objects.count()
    page = browser.post(
        f"/records/{risk.reference}/holds/place", _form(blocks="close", reason="No")
    )
    assert page.status_code == 403
    assert Event.objects.count() == signed_in >= before


def _form(**answers: str) -> dict[str, str]:
    return {"form_key": str(uuid4()), **answers}


def test_a_history_says_what_was_asked_of_whom_and_by_when(house: House) -> None:
    risk = house.risk()
    told: dict[str, Any] = {"record": risk, "seat": house.health.seat, "errand": Errand.ANSWER}
    told["what"] = "six dates"
    asks.raise_ask(LOADER, **told, due=DAY)
    asks.raise_ask(LOADER, **told, due=DAY + timedelta(days=3))
    asks.clear_asks(LOADER, record=risk, errand=Errand.ANSWER, outcome="Answered")
    page = as_(house.member).get(f"/records/{risk.reference}/history").content.decode()
    for words in (
        "Of Hetty Health: answer six dates, by 29 March 2019.",
        "by 1 April 2019. It was 29 March 2019 before.",
        "Hetty Health: answer six dates. Answered.",
    ):
        assert words in page
    assert not faults_of(page)


def test_a_history_says_what_else_an_act_was_about(house: House) -> None:
    page = as_(house.member).get("/records/HERE/history").content.decode()
    person = house.health.person.record.reference
    assert "Post taken" in page
    assert f"Post: Hetty Health. Person: {person}. From: 1 January 2019." in page
    assert not faults_of(page)


def test_a_record_shows_the_risks_that_are_tied_to_it(house: House) -> None:
    decision = house.risk("What the board decided")
    register = risks.open_register(
        LOADER,
        partnership=house.here,
        title="Register",
        likelihoods=["LOW", "HIGH"],
        impacts=["LOW", "HIGH"],
    )
    told = {"register": register, "reason": "Seen", "current": ("LOW", "HIGH")}
    open_, closely = (
        risks.add(LOADER, **told, title=title, sensitivity=level)
        for title, level in (
            ("Rooms", Sensitivity.PARTNERSHIP),
            ("Heron", Sensitivity.RESTRICTED),
        )
    )
    for each in (open_, closely):
        risks.tie(LOADER, risk=each, record=decision)
    page = as_(house.member).get(f"/records/{decision.reference}").content.decode()
    assert not faults_of(page)
    assert f"/risks/{open_.record.reference}" in page
    assert "Heron" not in page
