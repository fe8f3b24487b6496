"""Somebody new: the letter, who they are here said back to them, and a list that shrinks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.mail.models import Message
from concordat.domain.base.people.models import Account, StepTaken
from concordat.domain.base.people.operations import add_persona, mark_world, take_step
from concordat.domain.base.people.queries import steps_left
from concordat.domain.base.people.rules import FirstStep
from concordat.domain.base.records.models import Event
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Post
from concordat.domain.base.seats.rules import Holding
from concordat.kernel.errors import Refused
from tests.casts import Casts, Kept
from tests.markup import faults_of
from tests.operations.mail.cast import DAY, LOADER, House, Sitter, build
from tests.pages.people.browsing import form
from tests.pages.signed_in import as_

WRONG = "I left the health board in March."


@pytest.fixture(scope="session")
def sitting(casts: Casts) -> Kept[House]:
    return casts.keep(build)


@pytest.fixture
def house(sitting: Kept[House]) -> Iterator[House]:
    with sitting.lent() as house:
        yield house


def read(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status
    told = str(answer.content.decode())
    assert faults_of(told) == []
    return told


def deputise(house: House, sitter: Sitter, deputy: Sitter) -> None:
    post = Post.objects.get(incumbents__person=deputy.person)
    seats.appoint(LOADER, seat=sitter.seat, post=post, holding=Holding.DEPUTY, from_day=DAY)


def test_the_invitation_says_who_invites_to_which_seat(house: House) -> None:
    manager = as_(house.manager)
    address = f"/person/{house.health.person.record.reference}/invitation"
    sent = manager.post(address, form(email="hetty@health.example"))
    assert sent.status_code == 302
    letter = Message.objects.get(purpose="invitation")
    assert "Mary Manager invites you" in letter.text
    assert "because you hold a seat: Hetty Health on Executive." in letter.text


def test_the_first_page_says_who_you_are_and_who_deputises(house: House) -> None:
    deputise(house, house.health, house.member)
    told = read(as_(house.health), "/welcome")
    assert "Hetty Health</strong> on <strong>Executive" in told
    assert "Your deputy is Meg Member." in told
    assert "No delegation to your seats is on record" in told
    told = read(as_(house.member), "/welcome")
    assert "You deputise for Hetty Health." in told


def test_right_is_one_press_and_gone_from_the_list(house: House) -> None:
    browser = as_(house.health)
    assert "Check who you are here" in read(browser, "/")
    assert browser.post("/welcome", form(answer="right")).status_code == 302
    assert "Check who you are here" not in read(browser, "/")
    assert Event.objects.filter(verb="own seats confirmed").count() == 1


def test_what_is_wrong_reaches_those_who_keep_the_seats_and_is_answered(house: House) -> None:
    browser, manager = as_(house.health), as_(house.manager)
    bare = browser.post("/welcome", form(answer="wrong"))
    assert bare.status_code == 422
    assert "Say what is wrong" in bare.content.decode()
    assert browser.post("/welcome", form(answer="wrong", words=WRONG)).status_code == 302
    assert Ask.objects.filter(cleared_on=None).count() == 2
    mine = read(manager, "/")
    assert "what is wrong about the seats of Hetty Health" in mine
    assert WRONG in mine
    address = f"/person/{house.health.person.record.reference}/answer"
    assert address in mine
    assert WRONG in read(manager, address)
    assert manager.post(address, form(words="Your seat ended.")).status_code == 302
    assert not Ask.objects.filter(cleared_on=None).exists()
    again = manager.post(address, form(words="Your seat ended."))
    assert "Nobody waits for an answer" in again.content.decode()
    read(as_(house.member), address, 403)


def test_each_line_may_be_put_aside(house: House) -> None:
    browser = as_(house.health)
    for step in FirstStep:
        assert browser.post(f"/welcome/{step.value}/aside", form()).status_code == 302
    assert "Your first days" not in read(browser, "/")
    assert browser.post("/welcome/nonsense/aside", form()).status_code == 404
    assert StepTaken.objects.count() == len(FirstStep)


def test_doing_a_thing_takes_its_line_away(house: House) -> None:
    browser = as_(house.health)
    assert browser.post("/account/details", form(email="h@health.example")).status_code == 302
    read(browser, "/account/letter")
    assert browser.post("/account/letter", form(day="4")).status_code == 302
    assert Account.objects.get(person=house.health.person).letter_day == 4
    assert "comes on Thursday" in read(browser, "/account")
    assert browser.post("/account/letter", form(day="0")).status_code == 302
    assert "You get no weekly letter" in read(browser, "/account")
    left = steps_left(house.health.actor)
    assert left == [FirstStep.SEATS, FirstStep.HANDS, FirstStep.HELP]


def test_somebody_acting_for_another_and_the_cast_have_no_first_days(house: House) -> None:
    mark_world(LOADER, name="test", practice_date=DAY)
    add_persona(LOADER, person=house.member.person, line="A member")
    assert steps_left(house.member.actor) == []
    assert steps_left(LOADER) == []
    with pytest.raises(Refused):
        take_step(LOADER, step=FirstStep.HELP)
