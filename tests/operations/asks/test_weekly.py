"""One letter a week, on the day that each person chose, and none where nothing is due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from concordat.domain.base.asks import operations
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.mail.models import Message
from concordat.domain.base.people import operations as people
from concordat.domain.base.people.models import Account
from concordat.domain.base.records.models import Record
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid, Refused
from tests.operations.mail.cast import DAY, LOADER, House, Sitter
from tests.operations.people.examples import signed_up

PLACE = "https://example.org/records/{reference}"
SETTINGS = "https://example.org/account/letter"
MONDAY = date(2019, 4, 1)


def writer(on: date) -> Actor:
    return process("letter writer", on)


def sent(on: date) -> int:
    return operations.send_weekly_letters(writer(on), place=PLACE, settings=SETTINGS)


def asked(sitter: Sitter, record: Record, due: date | None, what: str = "the dates") -> None:
    operations.raise_ask(
        LOADER, record=record, seat=sitter.seat, errand=Errand.ANSWER, what=what, due=due
    )


def test_a_letter_says_what_for_whom_by_when_why_and_where(house: House) -> None:
    signed_up(house.health.person)
    risk = house.risk()
    asked(house.health, risk, MONDAY + timedelta(days=3))
    asked(house.health, risk, MONDAY - timedelta(days=3), "the letter")
    asked(house.health, risk, None, "when it suits")
    asked(house.health, risk, MONDAY + timedelta(days=30), "the far one")
    assert sent(MONDAY) == 1
    letter = Message.objects.get()
    assert letter.subject == "Your week: 3 things"
    assert letter.to == "hetty-health@example.org"
    lines = letter.text.split("\n\n")
    assert lines[2:5] == [
        "Answer the letter (HERE-RQ-0001), for Executive, was due by 29 March 2019. "
        "You are the Hetty Health (delegate).\nhttps://example.org/records/HERE-RQ-0001",
        "Answer the dates (HERE-RQ-0001), for Executive, due by 4 April 2019. "
        "You are the Hetty Health (delegate).\nhttps://example.org/records/HERE-RQ-0001",
        "Answer when it suits (HERE-RQ-0001), for Executive, no date set. "
        "You are the Hetty Health (delegate).\nhttps://example.org/records/HERE-RQ-0001",
    ]
    assert "1 more thing is due later." in letter.text
    assert SETTINGS in letter.text


def test_one_letter_a_week_however_often(house: House) -> None:
    signed_up(house.health.person)
    asked(house.health, house.risk(), MONDAY)
    week = [sent(MONDAY + timedelta(days=n)) for n in range(8)]
    assert week == [1, 0, 0, 0, 0, 0, 0, 1]
    assert sent(MONDAY) == 0


def test_the_day_is_the_persons_own(house: House) -> None:
    account = signed_up(house.health.person)
    asked(house.health, house.risk(), MONDAY)
    people.choose_letter_day(house.health.actor, account=account, day=3)
    assert [sent(MONDAY + timedelta(days=n)) for n in range(4)] == [0, 0, 1, 0]
    people.choose_letter_day(house.health.actor, account=account, day=None)
    assert sent(MONDAY + timedelta(days=9)) == 0


@pytest.mark.parametrize("day", [0, 8, -1])
def test_a_day_is_a_weekday_and_ones_own(house: House, day: int) -> None:
    account = signed_up(house.health.person)
    with pytest.raises(Invalid, match="no day of the week"):
        people.choose_letter_day(house.health.actor, account=account, day=day)
    with pytest.raises(Refused):
        people.choose_letter_day(house.manager.actor, account=account, day=2)
    assert Account.objects.get(pk=account.pk).letter_day == 1


@pytest.mark.parametrize("why", ["nothing", "far off", "cleared", "closed", "no account"])
def test_a_week_without_anything_sends_nothing(house: House, why: str) -> None:
    if why != "no account":
        signed_up(house.health.person)
    risk = house.risk()
    if why != "nothing":
        asked(house.health, risk, MONDAY + timedelta(days=7 if why == "far off" else 0))
    if why == "cleared":
        operations.clear_asks(LOADER, record=risk, errand=Errand.ANSWER, outcome="Answered")
    if why == "closed":
        people.close_account(LOADER, person=house.health.person, reason="Left")
    assert sent(MONDAY) == 0


def test_what_is_restricted_is_named_by_its_reference_alone(house: House) -> None:
    signed_up(house.health.person)
    asked(house.health, house.restricted("Heron"), MONDAY, "the view of the surgery")
    assert sent(MONDAY) == 1
    letter = Message.objects.get()
    assert "Answer what is asked of you (HERE-RQ-0001)" in letter.text
    assert not any(word in letter.text + letter.subject for word in ("Heron", "surgery"))


def test_only_the_system_sends_them(house: House) -> None:
    with pytest.raises(Refused):
        operations.send_weekly_letters(house.manager.actor, place=PLACE, settings=SETTINGS)


def test_an_ask_asked_again_keeps_its_day(house: House) -> None:
    risk = house.risk()
    told: dict[str, Any] = {"record": risk, "seat": house.health.seat, "errand": Errand.SIGN}
    operations.raise_ask(LOADER, **told, what="it", due=DAY)
    assert operations.raise_ask(LOADER, **told, what="it").due == DAY
    later = DAY + timedelta(days=2)
    assert operations.raise_ask(LOADER, **told, what="it", due=later).due == later
