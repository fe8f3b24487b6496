"""A power given by name, from the day on which somebody says who that is until the seat ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from concordat.domain.assurance.exchange import queries as exchange
from concordat.domain.assurance.exchange import rules as files
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.records.models import Event
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Holder, NamedPerson, Seat
from concordat.domain.base.seats.queries import seats_held
from concordat.domain.base.seats.rules import Holding
from concordat.domain.governance.arrangements import operations, queries, rules
from concordat.domain.governance.arrangements.models import Delegation
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.seats.county import County, last, nothing_changed

APRIL = date(2019, 4, 1)
EVE = date(2019, 3, 31)
MATTER = "contributions"


def named(county: County, name: str = "C. Council") -> NamedPerson:
    row = seats.add(
        LOADER, partnership=county.house.here, kind="people", name=name, values={"name": name}
    )
    assert isinstance(row, NamedPerson)
    return NamedPerson.objects.select_related("partnership").get(pk=row.pk)


def given(county: County, to: NamedPerson) -> Delegation:
    """The council's power, from Colin's post to Colin by name."""
    operations.end_delegation(
        LOADER,
        delegation=county.delegation,
        last_day=DAY,
        reason="Given by name instead",
    )
    return operations.delegate(
        LOADER,
        agency=Agency.objects.select_related("partnership").get(pk=county.east.pk),
        to={"person": to},
        limbs=["commit on policy"],
        instrument="cabinet decision",
        from_day=date(2019, 1, 1),
    )


def verdict(county: County, on: date) -> tuple[str, str]:
    found = queries.authority(county.manager, county.home, MATTER, on)
    mine = next(each for each in found.opinions if each.agency == county.east.key)
    return mine.answer.value, mine.reason


def identified(county: County) -> tuple[NamedPerson, Delegation]:
    who = named(county)
    row = given(county, who)
    seats.identify(
        county.manager, named=who, person=county.house.council.person, reason="The same person"
    )
    return who, row


def test_nobody_knows_who_sits_until_somebody_says_who_it_is(county: County) -> None:
    who = named(county)
    row = given(county, who)
    assert verdict(county, APRIL) == (
        "needs",
        "No seat of C. Council is on record, and the power goes with the seat.",
    )
    assert row.key in queries.lapsed(county.manager, county.home, APRIL)
    seats.identify(
        county.manager, named=who, person=county.house.council.person, reason="The same person"
    )
    assert verdict(county, APRIL)[0] == "yes"
    assert row.key not in queries.lapsed(county.manager, county.home, APRIL)
    assert row in queries.powers_of(county.manager, county.house.council.person, APRIL)
    assert row in queries.authority_of_seats(
        county.manager, county.home, [county.council_seat.pk], APRIL
    )
    told = last("named person identified")
    assert told[0].reason == "The same person"
    assert told[1] == {"named": who.key, "person": county.house.council.person.record.reference}
    assert Event.objects.filter(verb="named person identified").count() == 2


def test_who_somebody_is_can_be_taken_back_with_a_reason(county: County) -> None:
    who, row = identified(county)
    seats.separate(county.manager, named=who, reason="A namesake")
    assert NamedPerson.objects.get(pk=who.pk).person is None
    assert verdict(county, APRIL)[0] == "needs"
    assert last("named person separated")[0].reason == "A namesake"
    with nothing_changed(), pytest.raises(Refused, match="Nobody has said"):
        seats.separate(county.manager, named=who, reason="Again")
    assert row.to_text == ""


def test_a_name_is_one_person_at_a_time_and_only_the_secretariat_says_who(county: County) -> None:
    who, _ = identified(county)
    other = county.house.health.person
    with nothing_changed(), pytest.raises(Refused, match="already"):
        seats.identify(county.manager, named=who, person=other, reason="No")
    second = named(county, "Helen")
    with nothing_changed(), pytest.raises(Refused):
        seats.identify(county.member, named=second, person=other, reason="No")
    with nothing_changed(), pytest.raises(Invalid, match="no such person"):
        seats.identify(
            county.manager, named=second, person=county.house.outsider.person, reason="No"
        )
    with nothing_changed(), pytest.raises(Refused):
        seats.separate(county.member, named=who, reason="No")


def test_a_seat_by_name_lets_them_in_from_the_day_it_is_said(county: County) -> None:
    who = named(county)
    seat = Seat.objects.select_related("record", "body", "partnership").get(
        pk=county.house.health.seat.pk
    )
    seats.appoint(LOADER, seat=seat, named=who, holding=Holding.DEPUTY, from_day=DAY)
    person = county.house.council.person
    assert seat.pk not in {held.seat for held in seats_held(person.pk, on=DAY)}
    seats.identify(county.manager, named=who, person=person, reason="The same person")
    assert seat.pk in {held.seat for held in seats_held(person.pk, on=DAY)}
    with nothing_changed(), pytest.raises(Invalid, match="One post or one named"):
        seats.appoint(LOADER, seat=seat, holding=Holding.DEPUTY, from_day=APRIL)


def test_a_mover_s_power_by_name_ends_though_the_new_post_sits_too(county: County) -> None:
    _, row = identified(county)
    taking = county.post("Chief executive")
    seats.appoint(
        LOADER, seat=county.council_seat, post=taking, holding=Holding.DEPUTY, from_day=DAY
    )
    held = queries.held_by_name(county.manager, county.house.council.person, EVE)
    assert held.lapsing() == [row]
    operations.move(
        county.manager, leaving=county.incumbency(), taking=taking, on=APRIL, reason="Promoted"
    )
    row.refresh_from_db()
    assert row.to_text == "2019-03-31"
    assert verdict(county, EVE)[0] == "yes"
    assert verdict(county, APRIL) == (
        "no",
        "The delegation to C. Council ended on 31 March 2019.",
    )


def test_a_seat_by_name_that_goes_on_keeps_what_was_given(county: County) -> None:
    who, row = identified(county)
    board = seats.add(
        LOADER,
        partnership=county.house.here,
        kind="seats",
        name="Adviser",
        values={"role": "Adviser", "body": county.house.board, "agency": county.east},
    )
    assert isinstance(board, Seat)
    board = Seat.objects.select_related("record", "body", "partnership").get(pk=board.pk)
    kept = seats.appoint(LOADER, seat=board, named=who, holding=Holding.HOLDER, from_day=DAY)
    operations.move(
        county.manager,
        leaving=county.incumbency(),
        taking=county.post("Chief executive"),
        on=APRIL,
        reason="Promoted",
        keeping=[kept],
    )
    row.refresh_from_db()
    kept.refresh_from_db()
    assert (row.to_text, kept.to_text) == ("", "")
    assert verdict(county, APRIL)[0] == "yes"
    operations.leave(
        county.manager, person=county.house.council.person, last_day=APRIL, reason="Retired"
    )
    row.refresh_from_db()
    kept.refresh_from_db()
    assert (row.to_text, kept.to_text) == ("2019-04-01", "2019-04-01")


def test_a_fixed_term_by_name_is_cut_and_one_not_yet_begun_is_left(county: County) -> None:
    who, row = identified(county)
    seat = Seat.objects.select_related("record", "body", "partnership").get(
        pk=county.house.health.seat.pk
    )
    term = {"seat": seat, "named": who, "holding": Holding.DEPUTY}
    for key, days in (
        ("term", {"from_text": "2019-01-01", "to_text": "2020-12-31"}),
        ("later", {"from_text": "2021-01-01"}),
    ):
        seats.add(LOADER, partnership=county.house.here, kind="holders", name=key,
                  values={**term, **days})  # fmt: skip
    operations.leave(
        county.manager, person=county.house.council.person, last_day=APRIL, reason="Retired"
    )
    ends = dict(Holder.objects.filter(named=who).values_list("key", "to_text"))
    assert ends == {"term": "2019-04-01", "later": ""}
    row.refresh_from_db()
    assert row.to_text == "2019-04-01"


def deputy(county: County, who: NamedPerson) -> Holder:
    return operations.appoint(
        LOADER,
        seat=Seat.objects.select_related("record", "body", "partnership").get(
            pk=county.house.health.seat.pk
        ),
        named=who,
        holding=Holding.DEPUTY,
        from_day=date(2019, 2, 1),
    )


def test_a_power_ends_with_the_last_seat_held_by_name(county: County) -> None:
    who = named(county)
    row = given(county, who)
    holder = deputy(county, who)
    assert queries.given_by_name_to(county.manager, holder.seat, DAY) == [row]
    with nothing_changed(), pytest.raises(Refused):
        operations.end_holding(county.member, holder=holder, last_day=DAY)
    operations.end_holding(county.manager, holder=holder, last_day=DAY, reason="Left")
    row.refresh_from_db()
    assert row.to_text == DAY.isoformat()
    assert last("delegation ended")[0].reason == "The seat held by name has ended"
    assert not queries.given_by_name_to(county.manager, holder.seat, DAY + timedelta(days=1))


def test_a_power_that_was_to_begin_later_is_withdrawn(county: County) -> None:
    who = named(county)
    holder = deputy(county, who)
    row = operations.delegate(
        LOADER,
        agency=Agency.objects.select_related("partnership").get(pk=county.east.pk),
        to={"person": who},
        limbs=["speak for the body"],
        instrument="letter",
        from_day=date(2019, 6, 1),
    )
    operations.end_holding(county.manager, holder=holder, last_day=DAY, reason="Left")
    row.refresh_from_db()
    assert (row.state, row.to_text) == ("ended", "")
    assert last("delegation withdrawn")[1] == {"state": "ended"}
    file = exchange.file_of(LOADER, ["here"])
    assert not files.faults(file, exchange.known_keys(["here"]))
    with nothing_changed(), pytest.raises(Refused, match="already"):
        operations.withdraw_delegation(county.manager, delegation=row, reason="Again")


def test_a_power_whose_seat_ended_otherwise_reaches_nobody(county: County) -> None:
    who = named(county)
    row = given(county, who)
    seats.end_holding(LOADER, holder=deputy(county, who), last_day=DAY, reason="Left")
    after = DAY + timedelta(days=1)
    assert "no longer in a seat" in queries.lapsed(county.manager, county.home, after)[row.key]
    gaps = rules.gaps(queries.structure(county.manager, county.home, after))
    assert (rules.Lack.EXPIRED, f"delegations:{row.key}") in {
        (gap.lack, gap.subject) for gap in gaps
    }


def test_a_vacancy_and_a_successor_end_what_was_given_by_name(county: County) -> None:
    who = named(county)
    row = given(county, who)
    seat = Seat.objects.select_related("record", "body", "partnership").get(
        pk=county.council_seat.pk
    )
    operations.appoint(
        county.manager, seat=seat, named=who, holding=Holding.INTERIM, from_day=APRIL
    )
    operations.vacate(county.manager, seat=seat, from_day=date(2019, 6, 1), reason="Left")
    row.refresh_from_db()
    assert row.to_text == "2019-05-31"


def test_a_row_without_a_record_is_held_against_itself_alone(county: County) -> None:
    matter = queries.matters(county.manager, county.home).get(key=MATTER)
    seen = matter.fingerprint
    county.post("Somebody else’s work")
    changed = {"title": "Contributions of the partners"}
    again = {"kind": "matters", "key": MATTER, "partnership": county.house.here}
    operations.set_down(county.manager, values=changed, seen_version=seen, **again)  # type: ignore[arg-type]
    with nothing_changed(), pytest.raises(Stale) as conflict:
        operations.set_down(
            county.house.co_ordinator.actor,
            values={"title": "Money", "classes": ["council", "police"]},
            seen_version=seen,
            **again,  # type: ignore[arg-type]
        )
    assert conflict.value.mine == {"title": "Money", "classes": "council, police"}
    assert conflict.value.theirs["title"] == "Contributions of the partners"
