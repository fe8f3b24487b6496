from __future__ import annotations

import pytest
from django.test import override_settings

from concordat.domain.base.people import operations, queries
from concordat.domain.base.people.models import Account, Persona, World
from concordat.domain.base.records.models import Event
from concordat.kernel.actor import public
from concordat.kernel.errors import Refused
from tests.operations.people.examples import DAY, LOADER, House, signed_up


def cast(house: House) -> Persona:
    operations.mark_world(LOADER, name="practice", practice_date=DAY)
    return operations.add_persona(LOADER, person=house.director, line="Decides for the council")


def test_a_world_is_marked_once_and_before_anybody_signs_in(house: House) -> None:
    world = operations.mark_world(LOADER, name="practice", practice_date=DAY)
    assert (world.practice_date, world.is_open) == (DAY, True)
    with pytest.raises(Refused, match="already"):
        operations.mark_world(LOADER, name="again")
    assert Event.objects.filter(verb="example world marked").count() == 1


def test_no_world_where_somebody_has_an_account(house: House) -> None:
    signed_up(house.director)
    with pytest.raises(Refused, match="empty database"):
        operations.mark_world(LOADER, name="practice")
    assert not World.objects.exists()


def test_no_world_in_production(house: House) -> None:
    with override_settings(PRODUCTION=True), pytest.raises(Refused, match="production"):
        operations.mark_world(LOADER, name="practice")


def test_nobody_but_the_loader_marks_or_casts(house: House) -> None:
    manager = house.as_actor(house.manager)
    with pytest.raises(Refused):
        operations.mark_world(manager, name="practice")
    with pytest.raises(Refused):
        operations.add_persona(manager, person=house.director, line="x")


def test_no_cast_without_a_world(house: House) -> None:
    with pytest.raises(Refused):
        operations.add_persona(LOADER, person=house.director, line="x")
    assert not Account.objects.exists()


def test_a_persona_has_no_password_and_enters_with_an_event(house: House) -> None:
    persona = cast(house)
    account = operations.enter_as(public(DAY), persona=persona)
    assert not account.has_usable_password()
    assert queries.persona_account(account.pk) == account
    assert Event.objects.get(verb="signed in as a persona").record == house.director.pk


def test_a_cast_brought_into_production_is_nobody(house: House) -> None:
    persona = cast(house)
    account = Account.objects.get()
    with override_settings(PRODUCTION=True):
        assert not queries.personas().exists()
        assert queries.persona_account(account.pk) is None
        with pytest.raises(Refused):
            operations.enter_as(public(DAY), persona=persona)
        with pytest.raises(Refused):
            operations.add_persona(LOADER, person=house.assistant, line="x")
    assert not Event.objects.filter(verb="signed in as a persona").exists()
