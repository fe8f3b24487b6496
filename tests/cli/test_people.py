"""The way in for the first person of an installation."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from concordat.cli import BAD_INPUT, REFUSED, run
from concordat.domain.base.agencies import operations as agencies
from concordat.domain.base.mail.models import Message
from concordat.domain.base.people.models import Account, FormDraft, Invitation, Person
from concordat.domain.base.people.operations import keep_draft, mark_world
from concordat.domain.base.seats.models import Incumbency
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.governance.arrangements import operations as arrangements
from tests.operations.mail.cast import DAY, LOADER, House, build

CALL = ["people", "invite", "here", "--name", "Ada Finch", "--email", "ada@example.org"]
ADDRESS = ["--address", "https://concordat.example.org"]


@pytest.fixture
def house(db: None) -> House:
    return build()


def test_somebody_is_put_into_a_post_and_can_sign_in_by_the_link(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*CALL, "--post", "mary-manager", *ADDRESS]) == 0
    told = capsys.readouterr().out
    link = re.search(r"https://concordat\.example\.org(/invitation/\S+)", told)
    assert link, told
    person = Person.objects.get(email="ada@example.org")
    assert Incumbency.objects.get(person=person).post.key == "mary-manager"
    assert Message.objects.get().to == "ada@example.org"
    page = Client().get(link[1])
    assert page.status_code == 200
    assert "Ada Finch" in page.content.decode()


def test_saying_it_again_sends_a_new_link_and_registers_nobody_twice(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert run([*CALL, "--post", "mary-manager", *ADDRESS]) == 0
    links = re.findall(r"https://\S+", capsys.readouterr().out)
    assert len(set(links)) == 2
    assert Person.objects.filter(email="ada@example.org").count() == 1
    assert Invitation.objects.filter(withdrawn_at__isnull=True).count() == 1
    assert Client().get(links[0].removeprefix("https://concordat.example.org")).status_code != 200


def test_the_letter_says_where_somebody_sits_and_what_they_may_decide(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    mark_world(LOADER, name="test", practice_date=DAY)
    agency = agencies.set_down(
        LOADER,
        partnership=house.here,
        kind="agencies",
        key="health",
        values={"name": "Heath Commissioning Group", "agency_class": "health"},
    )
    arrangements.set_down(
        LOADER,
        partnership=house.here,
        kind="delegations",
        key="health",
        values={"agency": agency, "seat": house.health.seat, "limit": 500_000},
    )
    assert run([*CALL, "--post", "hetty-health", *ADDRESS]) == 0
    said = "You may decide for Heath Commissioning Group up to £5,000."
    letter = Message.objects.get()
    assert "The administrator of this installation invites you" in letter.text
    assert "because you hold a seat: Hetty Health on Executive." in letter.text
    assert said in letter.text
    assert said in capsys.readouterr().out
    assert "command line" not in letter.text


def test_in_a_world_of_another_day_they_hold_their_seat_on_that_day(house: House) -> None:
    mark_world(LOADER, name="test", practice_date=DAY)
    assert run([*CALL, "--post", "mary-manager", *ADDRESS]) == 0
    ada = Person.objects.get(email="ada@example.org")
    assert [seat.title for seat in actor_for(ada, on=DAY).seats] == ["Mary Manager"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (["--post", "mary-manger", *ADDRESS], "Did you mean mary-manager"),
        (["--post", "mary-manager", "--address", "concordat"], "like https://concordat"),
        (["--post", "mary-manager", "--address", "https://"], "not a whole web address"),
        (["--post", "mary-manager", "--address", "https://[::1"], "not a whole web address"),
    ],
)
def test_what_cannot_be_used_is_told_and_nobody_is_registered(
    house: House, capsys: pytest.CaptureFixture[str], changed: list[str], told: str
) -> None:
    before = Person.objects.count()
    assert run([*CALL, *changed]) == BAD_INPUT
    assert told in capsys.readouterr().err
    assert Person.objects.count() == before


def test_an_unknown_partnership_is_told_with_near_names(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["hear" if word == "here" else word for word in CALL]
    assert run([*call, "--post", "mary-manager", *ADDRESS]) == BAD_INPUT
    assert "Did you mean here" in capsys.readouterr().err


def test_whoever_has_an_account_is_not_invited_again(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.operations.people.examples import signed_up

    signed_up(house.health.person)
    accounts = Account.objects.count()
    call = [*CALL[:5], "--email", str(house.health.person.email)]
    call[4] = "Hetty Health"
    assert run([*call, "--post", "hetty-health", *ADDRESS]) == REFUSED
    assert "has an account" in capsys.readouterr().err
    assert Account.objects.count() == accounts


def test_old_drafts_are_thrown_away_by_the_time_in_which_they_are_kept(house: House) -> None:
    mark_world(LOADER, name="test", practice_date=DAY)
    for days in (1, 29):
        keep_draft(
            house.manager.actor,
            address=f"/page/{days}",
            heading="A page",
            answers={},
            about=None,
            now=timezone.now() - timedelta(days=days),
        )
    assert run(["run-due"]) == 0
    assert FormDraft.objects.get().address == "/page/1"
