"""What one person may decide, beside whoever else sits in the same seat."""

from __future__ import annotations

from datetime import date

import pytest

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.people.models import Person
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import NamedPerson, Seat
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.base.seats.rules import Holding
from concordat.domain.governance.arrangements import operations, queries
from concordat.domain.governance.arrangements.models import Delegation
from concordat.kernel.actor import Actor
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.seats.county import County

JANUARY = date(2019, 1, 1)
POLICY_AND_MONEY = "You may decide on policy and resources for Eastshire up to £5,000."


@pytest.fixture
def deputy(county: County) -> Person:
    """Who sits in the council's seat in Colin's place, through a post of their own."""
    post = county.post("Head of practice")
    seats.appoint(LOADER, seat=county.council_seat, post=post, holding=Holding.DEPUTY, from_day=DAY)
    return operations.join(
        LOADER, partnership=county.house.here, post=post, from_day=DAY, full_name="Dee Puty"
    )


def delegated(county: County, limbs: list[str], **to: object) -> Delegation:
    agency = Agency.objects.select_related("partnership").get(pk=county.east.pk)
    return operations.delegate(
        LOADER, agency=agency, to=to, limbs=limbs, instrument="cabinet decision", from_day=JANUARY
    )


def terms(county: County, *, substitutes: bool | None) -> None:
    seats.add(
        LOADER,
        partnership=county.house.here,
        kind="terms",
        name="Terms",
        values={"body": county.house.board, "substitutes": substitutes},
    )


def sat(county: County, person: Person) -> Actor:
    return actor_for(person, on=DAY)


def told(county: County, person: Person) -> list[str]:
    return queries.what_they_may_decide(sat(county, person))


def test_a_deputy_is_not_credited_with_what_the_holders_post_was_given(
    county: County, deputy: Person
) -> None:
    assert told(county, deputy) == []
    assert queries.powers_of(county.manager, deputy, DAY) == []
    assert told(county, county.house.council.person) == [POLICY_AND_MONEY]


def test_the_holder_is_not_credited_with_what_a_deputy_was_given(
    county: County, deputy: Person
) -> None:
    post = deputy.posts.get().post
    mine = delegated(county, ["commit on practice"], post=post)
    assert told(county, deputy) == ["You may decide on practice for Eastshire."]
    assert told(county, county.house.council.person) == [POLICY_AND_MONEY]
    assert queries.powers_of(county.manager, deputy, DAY) == [mine]
    shown = queries.authority_of_seats(county.manager, county.home, [county.council_seat.pk], DAY)
    assert set(shown) == {mine, county.delegation}


@pytest.mark.parametrize("counts", [True, False, None])
def test_a_deputy_uses_the_seats_own_power_only_where_the_terms_let_deputies_count(
    county: County, deputy: Person, counts: bool | None
) -> None:
    delegated(county, ["commit on practice"], seat=county.council_seat)
    terms(county, substitutes=counts)
    practice = "You may decide on practice for Eastshire."
    assert told(county, deputy) == ([practice] if counts else [])
    assert set(told(county, county.house.council.person)) == {practice, POLICY_AND_MONEY}


def test_without_terms_a_deputy_uses_nothing_of_the_seat(county: County, deputy: Person) -> None:
    delegated(county, ["commit on practice"], seat=county.council_seat)
    assert told(county, deputy) == []


def test_what_was_given_by_name_is_for_nobody_else_in_the_seat(
    county: County, deputy: Person
) -> None:
    row = seats.add(
        LOADER,
        partnership=county.house.here,
        kind="people",
        name="D. Puty",
        values={"name": "D. Puty"},
    )
    assert isinstance(row, NamedPerson)
    who = NamedPerson.objects.select_related("partnership").get(pk=row.pk)
    delegated(county, ["commit on practice"], person=who)
    assert told(county, deputy) == []
    seats.identify(county.manager, named=who, person=deputy, reason="The same person")
    assert told(county, deputy) == ["You may decide on practice for Eastshire."]
    assert told(county, county.house.council.person) == [POLICY_AND_MONEY]


def test_the_power_of_a_post_reaches_whoever_followed_in_it(county: County) -> None:
    earlier, later = county.post("Director of children"), county.post("Director of people")
    seats.set_down(
        LOADER,
        partnership=county.house.here,
        kind="posts",
        key=earlier.key,
        values={"title": earlier.title, "successor": later},
    )
    delegated(county, ["commit on practice"], post=earlier)
    person = operations.join(
        LOADER, partnership=county.house.here, post=later, from_day=DAY, full_name="Nell Next"
    )
    assert told(county, person) == []
    health = Seat.objects.select_related("record", "body", "partnership").get(
        pk=county.house.health.seat.pk
    )
    seats.appoint(LOADER, seat=health, post=later, holding=Holding.DEPUTY, from_day=DAY)
    assert told(county, person) == ["You may decide on practice for Eastshire."]


def test_a_power_is_told_with_its_matters_and_without_an_instrument_it_is_none(
    county: County,
) -> None:
    post = county.incumbency().post
    agency = Agency.objects.select_related("partnership").get(pk=county.east.pk)
    given = {"agency": agency, "to": {"post": post}, "from_day": JANUARY}
    operations.delegate(LOADER, **given, limbs=["commit on policy"], instrument="none on record")
    operations.delegate(
        LOADER,
        **given,
        limbs=["speak for the body"],
        instrument="letter",
        matters=["contributions"],
    )
    assert set(told(county, county.house.council.person)) == {
        POLICY_AND_MONEY,
        "You may not decide for Eastshire yet: no instrument on record says so.",
        "You may speak for Eastshire, only on: Contributions.",
    }
