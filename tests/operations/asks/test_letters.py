"""What one person asks of another's seat reaches them by letter at once, and says no case word."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from concordat.domain.base.asks import operations as asks
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.mail.models import Message
from concordat.domain.base.people import operations as people
from concordat.domain.base.people.models import Account
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Post
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.base.seats.rules import Holding
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Refused
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY, LOADER, House, Sitter
from tests.operations.people.examples import signed_up


def ask_of(
    house: House, sitter: Sitter, record: Record, by: Actor | None = None, **more: Any
) -> Ask:
    told = {"errand": Errand.GIVE, "what": "the numbers of March", "due": DAY, **more}
    return asks.raise_ask(by or house.manager.actor, record=record, seat=sitter.seat, **told)


def letters() -> list[Message]:
    return list(Message.objects.order_by("to"))


@pytest.mark.long
def test_a_letter_says_who_asks_what_for_whom_by_when_and_where(house: House) -> None:
    risk = house.risk()
    ask_of(house, house.health, risk)
    (letter,) = letters()
    assert letter.to == "hetty-health@example.org"
    assert letter.subject == f"Something waits for you: {risk.reference}"
    assert "Mary Manager asks this of you, for Executive, by 29 March 2019:" in letter.text
    assert f"Give the numbers of March ({risk.reference})" in letter.text
    assert settings.ADDRESS + reverse("records:record", args=[risk.reference]) in letter.text


def test_without_a_day_the_letter_names_none(house: House) -> None:
    ask_of(house, house.health, house.risk(), due=None)
    assert "asks this of you, for Executive:" in letters()[0].text


def test_what_the_system_asks_waits_for_the_weekly_letter(house: House) -> None:
    ask_of(house, house.health, house.risk(), by=LOADER)
    assert letters() == []
    ask_of(house, house.health, house.risk())
    assert len(letters()) == 1


def test_the_same_thing_asked_again_is_no_second_letter(house: House) -> None:
    risk = house.risk()
    for days in (0, 0, 3):
        ask_of(house, house.health, risk, due=DAY + timedelta(days=days))
    assert len(letters()) == 1
    asks.clear_asks(house.manager.actor, record=risk, errand=Errand.GIVE, outcome="Given")
    ask_of(house, house.health, risk)
    assert len(letters()) == 2, "done and asked anew is new"


def test_whoever_sits_in_two_of_the_seats_gets_one_letter(house: House) -> None:
    post = Post.objects.get(incumbents__person=house.health.person)
    seats.appoint(LOADER, seat=house.member.seat, post=post, holding=Holding.DEPUTY, from_day=DAY)
    risk = house.risk()
    for sitter in (house.health, house.member):
        ask_of(house, sitter, risk)
    assert [letter.to for letter in letters()] == [
        "hetty-health@example.org",
        "meg-member@example.org",
    ]


def test_nobody_is_written_to_about_what_they_asked_of_themselves(house: House) -> None:
    ask_of(house, house.manager, house.risk())
    assert letters() == []
    given = people.give(
        house.manager.actor,
        principal=house.manager.person,
        hand=house.health.person,
        scope=[Verb.SEE, Verb.CHANGE],
        from_day=DAY,
        reason="Keeps the diary",
    )
    hand = actor_for(house.health.person, on=DAY, arrangement=given)
    ask_of(house, house.health, house.risk(), by=hand)
    assert letters() == [], "the hand at the keyboard knows too"
    ask_of(house, house.member, house.risk(), by=hand)
    assert "Hetty Health for Mary Manager asks this of you" in letters()[0].text


def test_on_something_restricted_the_letter_says_its_reference_and_no_more(house: House) -> None:
    heron = house.restricted("Heron")
    ask_of(house, house.chair, heron, what="the view of the surgery", why="Heron was seen there")
    (letter,) = letters()
    assert "Give what is asked of you (HERE-RQ-0001)" in letter.text
    said = letter.text + letter.subject
    assert not any(word in said for word in ("Heron", "surgery"))


def test_where_my_work_shows_nothing_no_letter_goes(house: House) -> None:
    sealed = house.risk(sensitivity=Sensitivity.SEALED)
    ask_of(house, house.health, sealed)
    assert letters() == []


def test_a_cast_member_of_an_example_world_has_no_mailbox(house: House) -> None:
    people.mark_world(LOADER, name="practice")
    people.add_persona(LOADER, person=house.health.person, line="Speaks for health")
    ask_of(house, house.health, house.risk())
    assert letters() == []


def test_of_a_partnership_itself_the_subject_names_the_seat(house: House) -> None:
    here = Record.objects.get(pk=house.here.pk)
    ask_of(house, house.health, here)
    assert letters()[0].subject == (
        f"Something waits for you: {house.health.seat.record.reference}"
    )


def test_what_is_handed_on_is_told_to_whom_it_goes(house: House) -> None:
    ask = ask_of(house, house.health, house.risk(), by=LOADER)
    asks.hand_on(house.health.actor, ask=ask, seat=house.council.seat, reason="On leave")
    assert [letter.to for letter in letters()] == ["colin-council@example.org"]


def test_an_act_that_fails_sends_no_letter(house: House) -> None:
    ask = ask_of(house, house.health, house.risk(), by=LOADER)
    with pytest.raises(Refused):
        asks.hand_on(house.health.actor, ask=ask, seat=house.outsider.seat, reason="Away")
    assert letters() == []


@pytest.mark.parametrize(("give", "answer"), [(True, "given"), (False, "refused")])
@pytest.mark.long
def test_who_asked_for_access_is_told_the_answer(house: House, give: bool, answer: str) -> None:
    heron = house.restricted("Heron")
    request = asks.ask_for_access(house.member.actor, record=heron, reason="I review it")
    asked = {letter.to: letter.text for letter in letters()}
    assert asked.keys() == {"mary-manager@example.org", "chai-reed@example.org"}
    decided = settings.ADDRESS + reverse("records:access", args=[heron.reference])
    assert f"{decided}\n" in asked["mary-manager@example.org"], "she decides without opening it"
    assert decided not in asked["chai-reed@example.org"], "the chair may open it"
    asks.answer_access(house.manager.actor, request=request, give=give, reason="Because of Heron")
    letter = Message.objects.get(purpose="answered")
    assert letter.to == "meg-member@example.org"
    assert letter.subject == "Your request was answered: HERE-RQ-0001"
    assert f"Access was {answer} by Mary Manager." in letter.text
    assert "Heron" not in letter.text + letter.subject


def test_a_restricted_line_of_the_weekly_letter_says_no_reason_either(house: House) -> None:
    signed_up(house.chair.person)
    assert Account.objects.exists()
    ask_of(house, house.chair, house.restricted(), by=LOADER, why="They wrote: Heron was seen")
    asks.send_weekly_letters(
        process("letter writer", DAY), place="https://x/{reference}", settings="https://x/"
    )
    assert "Heron" not in Message.objects.get(purpose="digest").text


def test_the_weekly_letter_leads_to_where_access_is_decided(house: House) -> None:
    signed_up(house.manager.person)
    heron = house.restricted("Heron")
    asks.ask_for_access(house.member.actor, record=heron, reason="I review it")
    asks.send_weekly_letters(
        process("letter writer", DAY), place="https://x/{reference}", settings="https://x/"
    )
    letter = Message.objects.get(purpose="digest")
    assert letter.to == "mary-manager@example.org"
    assert f"https://x/{heron.reference}/access" in letter.text
