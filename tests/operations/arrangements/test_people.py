"""Joiners, movers and leavers, and bodies that go on with all that waits there."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.people import operations as people
from concordat.domain.base.people import queries as people_queries
from concordat.domain.base.people.models import Account
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Body, Holder, Incumbency, NamedPerson, Seat
from concordat.domain.base.seats.queries import seats_held
from concordat.domain.governance.arrangements import operations, queries
from concordat.domain.governance.arrangements.models import Delegation
from concordat.kernel.errors import Invalid, Refused
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.people.examples import PASSWORD
from tests.operations.seats.county import County, last, nothing_changed

APRIL = date(2019, 4, 1)


def by_name(county: County) -> Delegation:
    """Power given to Colin by name, in the seat that he holds by name."""
    named = seats.add(
        LOADER,
        partnership=county.house.here,
        kind="people",
        name="Colin",
        values={"name": "Colin", "person": county.house.council.person},
    )
    assert isinstance(named, NamedPerson)
    seat = seats.add(
        LOADER,
        partnership=county.house.here,
        kind="seats",
        name="Adviser",
        values={"role": "Adviser", "body": county.house.board, "agency": county.east},
    )
    seats.add(
        LOADER,
        partnership=county.house.here,
        kind="holders",
        name="Colin as adviser",
        values={"seat": seat, "holding": "holder", "named": named, "from_text": "2019-01-01"},
    )
    return operations.delegate(
        LOADER,
        agency=county.delegation.agency,
        to={"person": named},
        limbs=["speak for the body"],
        instrument="letter",
        from_day=date(2019, 1, 1),
    )


def test_somebody_joins_and_the_seats_follow(county: County) -> None:
    post = county.post("Head of practice")
    seats.appoint(
        LOADER,
        seat=county.council_seat,
        post=post,
        holding="deputy",  # type: ignore[arg-type]
        from_day=DAY,
    )
    person = operations.join(
        county.manager,
        partnership=county.house.here,
        post=post,
        from_day=DAY,
        full_name="Ada Finch",
        email="ada@east.example",
    )
    held = seats_held(person.pk, on=DAY)
    assert [(seat.title, seat.deputy) for seat in held] == [("Colin Council", True)]
    assert last("person joined")[1] == {"post": "Head of practice", "from": "2019-03-29"}


def test_nobody_joins_without_a_name_or_into_anothers_post(county: County) -> None:
    post = county.post("Head of practice")
    with nothing_changed(), pytest.raises(Refused):
        operations.join(
            county.member,
            partnership=county.house.here,
            post=post,
            from_day=DAY,
            full_name="Friend",
        )
    with nothing_changed(), pytest.raises(Invalid, match="another partnership"):
        operations.join(
            LOADER, partnership=county.house.there, post=post, from_day=DAY, full_name="Ada"
        )
    with nothing_changed(), pytest.raises(Invalid):
        operations.join(
            county.manager,
            partnership=county.house.here,
            post=post,
            from_day=DAY,
            full_name="Ada",
            email="not an address",
        )


def test_a_mover_leaves_what_was_given_by_name(county: County) -> None:
    named, taking = by_name(county), county.post("Chief executive")
    person = county.house.council.person
    assert queries.lapsing(county.manager, person, DAY) == [named]
    operations.move(
        county.manager, leaving=county.incumbency(), taking=taking, on=APRIL, reason="Promoted"
    )
    named.refresh_from_db()
    assert named.to_text == "2019-03-31"
    assert Holder.objects.get(named__name="Colin").to_text == "2019-03-31"
    county.delegation.refresh_from_db()
    assert county.delegation.to_text == "", "what a post holds stays with the post"
    rows = Incumbency.objects.filter(person=person).order_by("from_day")
    assert [(row.post.title, row.to_day) for row in rows] == [
        ("Colin Council", date(2019, 3, 31)),
        ("Chief executive", None),
    ]
    assert not queries.lapsing(county.manager, person, date(2019, 3, 31))
    assert last("person moved")[0].reason == "Promoted"


def test_a_move_to_the_same_post_or_before_it_began_changes_nothing(county: County) -> None:
    leaving = county.incumbency()
    with nothing_changed(), pytest.raises(Invalid, match="already"):
        operations.move(county.manager, leaving=leaving, taking=leaving.post, on=APRIL, reason="No")
    other = county.post("Chief executive")
    with nothing_changed(), pytest.raises(Invalid):
        operations.move(
            county.manager,
            leaving=county.incumbency(),
            taking=other,
            on=date(2018, 1, 1),
            reason="Too early",
        )
    with nothing_changed(), pytest.raises(Refused):
        operations.move(
            county.member, leaving=county.incumbency(), taking=other, on=APRIL, reason="No"
        )


def test_a_leaver_hands_over_first(county: County) -> None:
    ask, person = county.ask(), county.house.council.person
    invited = people.invite(LOADER, person=person, now=timezone.now())
    people.accept_invitation(
        people_queries.guest_of(invited, DAY),
        invitation=invited,
        password=PASSWORD,
        now=timezone.now(),
    )
    assert [each.pk for each in queries.stranded_asks(county.manager, person, DAY)] == [ask.pk]
    with nothing_changed(), pytest.raises(Refused, match="1 open ask"):
        operations.leave(county.manager, person=person, last_day=DAY, reason="New job")
    operations.leave(
        county.manager,
        person=person,
        last_day=DAY,
        reason="New job",
        handing={ask.pk: Seat.objects.select_related("record").get(pk=county.house.health.seat.pk)},
    )
    ask.refresh_from_db()
    assert ask.seat_id == county.house.health.seat.pk
    assert county.incumbency().to_day == DAY
    assert not Account.objects.get(person=person).is_active
    assert last("person left")[1] == {"last day": "2019-03-29"}


def test_an_ask_that_somebody_else_sits_for_is_not_stranded(county: County) -> None:
    county.ask()
    post = county.post("Deputy")
    seats.appoint(LOADER, seat=county.council_seat, post=post, holding="deputy", from_day=DAY)  # type: ignore[arg-type]
    operations.join(
        LOADER, partnership=county.house.here, post=post, from_day=DAY, full_name="Dee Puty"
    )
    assert not queries.stranded_asks(county.manager, county.house.council.person, DAY)
    operations.leave(
        county.manager, person=county.house.council.person, last_day=DAY, reason="New job"
    )


def test_a_last_day_still_to_come_leaves_the_account_open(county: County) -> None:
    person = county.house.council.person
    operations.leave(county.manager, person=person, last_day=APRIL, reason="New job")
    assert seats_held(person.pk, on=APRIL)
    assert not seats_held(person.pk, on=date(2019, 4, 2))


def test_only_the_secretariat_lets_somebody_go(county: County) -> None:
    with nothing_changed(), pytest.raises(Refused):
        operations.leave(
            county.member, person=county.house.council.person, last_day=DAY, reason="Out"
        )


def test_what_somebody_may_decide_follows_from_post_and_seat(county: County) -> None:
    person = county.house.council.person
    assert queries.powers_of(county.manager, person, DAY) == [county.delegation]
    assert not queries.powers_of(county.manager, person, date(2019, 3, 1))
    assert not queries.powers_of(county.house.outsider.actor, person, DAY)


@pytest.mark.long
def test_what_waits_goes_on_with_a_renamed_body(county: County) -> None:
    ask = county.ask()
    board = Body.objects.select_related("record", "partnership").get(pk=county.house.board.pk)
    new = operations.succeed(
        county.manager, body=board, name="Leadership", from_day=APRIL, reason="Wider"
    )
    ask.refresh_from_db()
    assert ask.seat.body_id == new.pk
    assert Ask.objects.filter(cleared_on__isnull=True).count() == 1
    with nothing_changed(), pytest.raises(Refused):
        operations.succeed(
            county.member, body=board, name="Ours", from_day=date(2019, 6, 1), reason="No"
        )
