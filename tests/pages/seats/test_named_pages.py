"""Who somebody named in the file is: said from either side, shown, and taken back."""

from __future__ import annotations

from django.test import Client

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Holder, NamedPerson
from concordat.domain.governance.arrangements import operations
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.seats.county import County, nothing_changed
from tests.pages.people.browsing import client, day
from tests.pages.seats.looking import post, queries, read, told
from tests.pages.signed_in import as_

NAMED = "/partnership/here/named"


def name(county: County, manager: Client) -> str:
    """Somebody named on screen, in the seat of health, with the power of the council."""
    post(manager, f"{NAMED}/new", name="Council, Colin", agency="eastshire")
    seat = county.house.health.seat.record.reference
    post(manager, f"/seat/{seat}/appoint", post="named:council-colin", holding="deputy",
         **day("from_day", DAY))  # fmt: skip
    operations.delegate(
        LOADER,
        agency=Agency.objects.select_related("partnership").get(pk=county.east.pk),
        to={"person": NamedPerson.objects.get(key="council-colin")},
        limbs=["speak for the body"],
        instrument="letter",
        from_day=DAY,
    )
    return seat


def named(county: County, key: str) -> NamedPerson:
    row = seats.set_down(
        LOADER,
        partnership=county.house.here,
        kind="people",
        key=key,
        values={"name": key.capitalize()},
    )
    assert isinstance(row, NamedPerson)
    return row


def test_a_name_is_joined_from_the_seat_s_side_and_taken_back(county: County) -> None:
    manager = as_(county.house.manager)
    seat = name(county, manager)
    person = county.house.council.person.record.reference
    page = read(manager, f"/seat/{seat}")
    assert "By name" in page
    assert f"{NAMED}/council-colin" in page
    assert "Nobody has said" in read(manager, NAMED)
    page = read(manager, f"{NAMED}/council-colin")
    assert page.index(">Colin Council") < page.index(">Chai Reed"), "like names come first"
    with nothing_changed():
        told(post(manager, f"{NAMED}/council-colin", 422, who=person), 422)
    post(manager, f"{NAMED}/council-colin", who=person, reason="The chair told me")
    page = read(manager, NAMED)
    for words in ("Colin Council", "Sits now", "Delegation of Eastshire"):
        assert words in page
    assert "Named as Council, Colin" in read(manager, f"/person/{person}")
    with nothing_changed():
        told(post(manager, f"{NAMED}/council-colin", 422, who=person, reason="Again"), 422)
    read(manager, f"{NAMED}/council-colin/separate")
    post(manager, f"{NAMED}/council-colin/separate", reason="A namesake")
    assert NamedPerson.objects.get().person is None
    assert manager.get(f"{NAMED}/council-colin/separate").status_code == 302


def test_a_name_is_joined_from_the_person_s_side(county: County) -> None:
    manager = as_(county.house.manager)
    address = f"/person/{county.house.council.person.record.reference}/named"
    assert "names nobody" in read(manager, address)
    name(county, manager)
    post(manager, address, who="council-colin", reason="The same person")
    assert NamedPerson.objects.get().person == county.house.council.person
    assert "names nobody" in read(manager, address)


def test_who_moves_or_leaves_is_told_before_what_lapses(county: County) -> None:
    manager = as_(county.house.manager)
    seat = name(county, manager)
    person = county.house.council.person.record.reference
    post(manager, f"{NAMED}/council-colin", who=person, reason="The same person")
    holder = Holder.objects.get(named__key="council-colin")
    for tail in ("moving", "leaving"):
        page = read(manager, f"/person/{person}/{tail}")
        for words in ("What was given to them by name lapses", "Delegation of Eastshire"):
            assert words in page
    for tail in ("appoint", "vacancy", f"holder/{holder.pk}/end"):
        page = read(manager, f"/seat/{seat}/{tail}")
        assert "Lapses with their last seat" in page
        assert "Eastshire to Council, Colin" in page
    other = county.post("Chief executive")
    leaving = county.incumbency().pk
    answers = {"leaving": leaving, "taking": other.key, "reason": "Promoted"}
    post(manager, f"/person/{person}/moving", keeping=[holder.pk], **answers,
         **day("on", DAY))  # fmt: skip
    delegation = NamedPerson.objects.get().delegations.get()
    assert (delegation.to_text, Holder.objects.get(pk=holder.pk).to_text) == ("", "")
    post(manager, f"/person/{person}/leaving", reason="Retired", **day("last_day", DAY))
    delegation.refresh_from_db()
    assert delegation.to_text == DAY.isoformat()
    page = read(manager, f"/delegation/{delegation.record.reference}")
    assert "By name" not in page
    assert "Given by name" in page


def test_a_power_that_reaches_nobody_says_so(county: County) -> None:
    member = as_(county.house.member)
    row = named(county, "kim")
    given = operations.delegate(
        LOADER,
        agency=Agency.objects.select_related("partnership").get(pk=county.east.pk),
        to={"person": row},
        limbs=["speak for the body"],
        instrument="letter",
        from_day=DAY,
    )
    for tail in ("partnership/here/delegations", f"delegation/{given.record.reference}"):
        page = read(member, f"/{tail}")
        assert "Reaches nobody" in page
        assert "No seat of Kim is on record" in page


def test_who_may_not_change_is_refused_and_who_may_not_know_finds_nothing(county: County) -> None:
    manager = as_(county.house.manager)
    name(county, manager)
    member, outsider = as_(county.house.member), as_(county.house.outsider)
    person = county.house.council.person.record.reference
    tails = ("/new", "/council-colin", "/council-colin/separate")
    for address in (*(NAMED + tail for tail in tails), f"/person/{person}/named"):
        read(member, address, 403)
        read(outsider, address, 404)
        assert client().get(address).status_code == 302
    assert "Say who" not in read(member, NAMED)
    read(outsider, NAMED, 404)
    read(manager, f"{NAMED}/nobody", 404)


def test_the_list_takes_as_many_queries_for_thirty_names_as_for_one(county: County) -> None:
    name(county, as_(county.house.manager))
    member = as_(county.house.member)
    few = queries(member, NAMED)
    for number in range(29):
        named(county, f"n{number}")
    assert queries(member, NAMED) == few
