from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from concordat.domain.base.people import operations, queries
from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import Event
from concordat.domain.base.records.operations import operation
from concordat.domain.base.records.queries import search
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.people.examples import DAY, LOADER, House


def test_a_person_may_be_known_by_post_alone(house: House) -> None:
    person = operations.register(
        LOADER, partnership=house.partnership, opened=DAY, post_title="  Head of   safeguarding "
    )
    assert person.name == "Head of safeguarding"
    assert person.is_known_by_post
    assert person.record.partnership == house.partnership
    assert person.record in search(house.as_actor(house.director), "head safeguarding")
    assert Event.objects.filter(record=person.pk, verb="person registered").exists()


@pytest.mark.parametrize(
    "given", [{}, {"full_name": "Jo", "email": "not an address"}, {"post_title": "   "}]
)
def test_a_person_without_a_name_or_with_a_senseless_address_is_refused(
    house: House, given: dict[str, str]
) -> None:
    before = Person.objects.count(), Event.objects.count()
    with pytest.raises(Invalid):
        operations.register(LOADER, partnership=house.partnership, opened=DAY, **given)
    assert (Person.objects.count(), Event.objects.count()) == before


def test_only_the_partnership_that_leads_registers(house: House) -> None:
    for person in (house.director, house.outsider):
        with pytest.raises(Refused):
            operations.register(
                house.as_actor(person), partnership=house.partnership, opened=DAY, full_name="X"
            )
    made = operations.register(
        house.as_actor(house.manager), partnership=house.partnership, opened=DAY, full_name="Ann"
    )
    assert made in queries.people(house.as_actor(house.director))
    assert made not in queries.people(house.as_actor(house.outsider))


def _as_is(person: Person) -> dict[str, str]:
    names = ("full_name", "post_title", "email", "phone")
    return {name: getattr(person, name) for name in names}


def test_people_change_how_they_are_reached_and_not_who_they_are(house: House) -> None:
    me = house.as_actor(house.director)
    told = {**_as_is(house.director), "phone": "020 7946 0000"}
    changed = operations.change(me, person=house.director.pk, **told)
    assert changed.phone == "020 7946 0000"
    with pytest.raises(Refused):
        operations.change(me, person=house.director.pk, **{**told, "full_name": "Chief"})
    with pytest.raises(Refused):
        operations.change(me, person=house.assistant.pk, **{**told, "phone": "1"})


def test_a_stale_change_shows_both_texts(house: House) -> None:
    manager = house.as_actor(house.manager)
    seen = house.director.record.version
    first = {**_as_is(house.director), "full_name": "Jo Patel-Smith"}
    operations.change(manager, person=house.director.pk, seen_version=seen, **first)
    with pytest.raises(Stale) as conflict:
        operations.change(
            manager,
            person=house.director.pk,
            seen_version=seen,
            **{**first, "full_name": "Jo Smith"},
        )
    assert conflict.value.mine["Full name"] == "Jo Smith"
    assert conflict.value.theirs["Full name"] == "Jo Patel-Smith"
    house.director.record.refresh_from_db()
    assert house.director.record.title == "Jo Patel-Smith"


def test_the_database_itself_wants_a_name(house: House) -> None:
    @operation
    def unname(actor: object) -> None:
        Person.objects.filter(pk=house.director.pk).update(full_name="", post_title="")

    with pytest.raises(IntegrityError), transaction.atomic():
        unname(LOADER)
