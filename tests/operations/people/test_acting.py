from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from concordat.domain.base.people import operations, queries
from concordat.domain.base.people.models import ActingFor
from concordat.domain.base.records.models import Event
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.queries import actor_for
from concordat.kernel.errors import Invalid, Refused
from tests.operations.people.examples import DAY, LOADER, House


def given(house: House, *scope: Verb, **more: object) -> ActingFor:
    told = {"from_day": DAY, "reason": "Keeps the director's diary", **more}
    return operations.give(
        house.as_actor(house.director),
        principal=house.director,
        hand=house.assistant,
        scope=scope or (Verb.SEE, Verb.ANSWER),
        **told,  # type: ignore[arg-type]
    )


def test_the_hand_uses_the_principals_rights_within_the_scope(house: House) -> None:
    """Proves first that the hand alone may not, then that the scope cuts what the principal may."""
    mine = house.as_actor(house.assistant)
    acting = actor_for(house.assistant, on=DAY, arrangement=given(house))
    target = house.partnership
    assert not can(mine, Verb.ANSWER, target)
    assert can(acting, Verb.ANSWER, target)
    assert can(house.as_actor(house.director), Verb.SIGN, target)
    refusal = can(acting, Verb.SIGN, target)
    assert not refusal
    assert "Jo Patel" in str(refusal)


def test_both_names_stand_on_what_is_done(house: House) -> None:
    arrangement = operations.give(
        house.as_actor(house.manager),
        principal=house.manager,
        hand=house.assistant,
        scope=[Verb.SEE, Verb.CHANGE],
        from_day=DAY,
        reason="Leave",
    )
    acting = actor_for(house.assistant, on=DAY, arrangement=arrangement)
    operations.change(
        acting,
        person=house.director.pk,
        full_name="Jo Patel-Smith",
        post_title="",
        email="",
        phone="",
    )
    event = Event.objects.get(verb="person changed")
    assert (event.actor, event.hand) == ("Mo Lark", "Kit Wren")


def test_giving_is_an_event_and_needs_a_reason_and_days_in_order(house: House) -> None:
    with pytest.raises(Invalid, match="reason"):
        given(house, reason="  ")
    with pytest.raises(Invalid, match="last day"):
        given(house, to_day=DAY - timedelta(days=1))
    assert not ActingFor.objects.exists()
    made = given(house, Verb.SIGN, Verb.SEE)
    assert made.verbs == [Verb.SEE, Verb.SIGN]
    event = Event.objects.get(verb="acting for arranged")
    assert event.record == house.director.pk
    with pytest.raises(Invalid, match="already"):
        given(house)


def test_it_counts_on_its_days_only(house: House) -> None:
    last = DAY + timedelta(days=6)
    made = given(house, to_day=last)
    days = {DAY - timedelta(days=1): 0, DAY: 1, last: 1, last + timedelta(days=1): 0}
    for on, expected in days.items():
        assert queries.principals_of(house.assistant, on).count() == expected, on
        assert bool(queries.acting(house.assistant, on, arrangement=made.pk)) is bool(expected)
        assert made.is_in_force(on) is bool(expected)
    assert queries.acting(house.manager, DAY, arrangement=made.pk) is None


def test_either_side_ends_it_at_once(house: House) -> None:
    made = given(house)
    with pytest.raises(Refused):
        operations.end(
            house.as_actor(house.outsider), arrangement=made.pk, on=DAY, reason="Not mine"
        )
    operations.end(house.as_actor(house.assistant), arrangement=made.pk, on=DAY, reason="Moved")
    assert not queries.principals_of(house.assistant, DAY).exists()
    with pytest.raises(Refused, match="Kit Wren ended this"):
        operations.end(house.as_actor(house.director), arrangement=made.pk, on=DAY, reason="Too")
    assert Event.objects.filter(verb="acting for ended").count() == 1


def test_nobody_acts_for_somebody_through_somebody_else(house: House) -> None:
    """The assistant acts for the director, who acts for the manager; that chain does not join."""
    mine = given(house)
    chained = operations.give(
        house.as_actor(house.manager),
        principal=house.manager,
        hand=house.director,
        scope=[Verb.SEE],
        from_day=DAY,
        reason="Leave",
    )
    acting = actor_for(house.assistant, on=DAY, arrangement=mine)
    with pytest.raises(Refused, match="through another"):
        operations.switch(acting, arrangement=chained.pk)
    with pytest.raises(Refused):
        operations.give(
            acting,
            principal=house.director,
            hand=house.manager,
            scope=[Verb.SEE],
            from_day=DAY,
            reason="On",
        )
    assert chained not in queries.principals_of(house.assistant, DAY)


def test_switching_is_an_event_each_way(house: House) -> None:
    made = given(house)
    me = house.as_actor(house.assistant)
    assert operations.switch(me, arrangement=made.pk) == made
    operations.switch_back(actor_for(house.assistant, on=DAY, arrangement=made))
    told = Event.objects.filter(verb__in=["began to act for", "stopped acting for"])
    assert list(told.order_by("id").values_list("actor", "hand")) == [
        ("Kit Wren", ""),
        ("Jo Patel", "Kit Wren"),
    ]
    late = replace(me, on=date(2020, 1, 1))
    with pytest.raises(Refused):
        operations.switch(late, arrangement=made.pk)
    with pytest.raises(Refused):
        operations.switch_back(me)
    with pytest.raises(Refused):
        operations.switch(LOADER, arrangement=made.pk)


def test_who_sees_the_arrangements(house: House) -> None:
    made = given(house)
    assert made in queries.arrangements(house.as_actor(house.director))
    assert made in queries.arrangements(house.as_actor(house.assistant))
    assert made not in queries.arrangements(house.as_actor(house.manager))
    assert made in queries.managed(house.as_actor(house.manager))
    assert made not in queries.managed(house.as_actor(house.director))
    assert made not in queries.managed(house.as_actor(house.outsider))
