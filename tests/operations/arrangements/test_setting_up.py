"""A partnership from nothing, agencies that are redrawn, and its own file brought in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from concordat.domain.assurance.exchange import operations as exchange
from concordat.domain.assurance.exchange import queries as files
from concordat.domain.assurance.exchange import rules
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.seats.models import Partner, Post, Seat
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.governance.arrangements import operations, queries
from concordat.domain.governance.arrangements.models import Delegation
from concordat.kernel.actor import Kind, Office
from concordat.kernel.errors import Invalid, Refused
from tests.operations.mail.cast import DAY
from tests.operations.seats.county import County, holders, last, nothing_changed

MAY = date(2019, 5, 1)


def test_a_founder_can_go_on_in_what_they_found(county: County) -> None:
    person = county.house.co_ordinator.person
    home = operations.found(
        county.house.co_ordinator.actor, slug="two-counties", name="Two Counties", prefix="TC"
    )
    actor = actor_for(person, on=DAY)
    assert actor.holds(Office.CO_ORDINATOR, partnership=home.pk)
    made = operations.enter_agency(
        actor,
        partnership=home.record,
        values={"name": "Eastshire Police", "agency_class": "police"},
        is_partner=True,
    )
    assert [(row.agency, row.partner_class) for row in queries.partners(actor, home)] == [
        (made, "police")
    ]
    assert last("set-up begun")[0].reference == "TC"


def test_nobody_founds_while_acting_for_somebody(county: County) -> None:
    hand = replace(county.manager, kind=Kind.ACTING_FOR, hand="Ann", scope=frozenset({"change"}))
    with nothing_changed(), pytest.raises(Refused, match="act for"):
        operations.found(hand, slug="fells", name="Fells")
    with nothing_changed(), pytest.raises(Refused):
        operations.found(county.member, slug="fells", name="Fells")


def test_a_school_is_no_statutory_partner(county: County) -> None:
    with nothing_changed(), pytest.raises(Invalid, match="Only councils"):
        operations.enter_agency(
            county.manager,
            partnership=county.house.here,
            values={"name": "A school", "agency_class": "education"},
            is_partner=True,
        )


@pytest.mark.long
def test_two_councils_become_one_with_all_that_hangs_on_them(county: County) -> None:
    ask, old = county.ask(), county.council_seat
    agencies = list(Agency.objects.select_related("partnership").filter(agency_class="council"))
    (new,) = operations.redraw(
        county.manager,
        old=agencies,
        into=[{"name": "Two Counties Council"}],
        seats_to={old.pk: 0},
        from_day=MAY,
        reason="Merged",
    )
    seat = Seat.objects.get(agency=new)
    assert holders(seat) == [("holder", "Colin Council", "2019-05-01", "")]
    assert holders(old)[0][3] == "2019-04-30"
    post = Post.objects.get(agency=new)
    assert post.predecessors.get().key == "colin-council"
    partners = Partner.objects.order_by("pk").values_list("agency__name", "from_text", "to_text")
    assert list(partners) == [
        ("Eastshire", "", "2019-04-30"),
        ("Westshire", "", "2019-04-30"),
        ("Two Counties Council", "2019-05-01", ""),
    ]
    assert Delegation.objects.get().to_text == "2019-04-30"
    ask.refresh_from_db()
    assert ask.seat_id == seat.pk
    before = queries.structure(county.manager, county.home, DAY)
    assert {each["name"] for each in before["agencies"]} == {"Eastshire", "Westshire"}
    after = queries.structure(county.manager, county.home, MAY)
    assert {each["name"] for each in after["agencies"]} == {"Two Counties Council"}


def test_a_seat_that_nobody_takes_ends(county: County) -> None:
    old = county.council_seat
    operations.redraw(
        county.manager,
        old=[county.delegation.agency],
        into=[{"name": "North"}, {"name": "South"}],
        seats_to={},
        from_day=MAY,
        reason="Redrawn",
    )
    assert Seat.objects.get(pk=old.pk).to_text == "2019-04-30"
    assert [row.agency.name for row in Partner.objects.filter(to_text="").order_by("pk")] == [
        "Westshire",
        "North",
        "South",
    ]


def test_only_the_secretariat_redraws(county: County) -> None:
    with nothing_changed(), pytest.raises(Refused):
        operations.redraw(
            county.member,
            old=[county.delegation.agency],
            into=[{"name": "Ours"}],
            seats_to={},
            from_day=MAY,
            reason="No",
        )


def texts(county: County) -> dict[str, str]:
    return rules.to_yaml(files.file_of(county.manager, ["here"]))


@pytest.mark.long
def test_a_partnerships_own_file_comes_in(county: County) -> None:
    told = {name: text.replace("Westshire", "West county") for name, text in texts(county).items()}
    assert exchange.bring_in(county.manager, home=county.home, file=rules.read(told)) == 1
    assert Agency.objects.get(pk=county.west.pk).name == "West county"
    assert last("partnership file brought in")[1] == {"rows": 1}
    assert [row.amended for row in files.loads(county.manager, county.home)] == [1]
    assert not files.loads(county.house.outsider.actor, county.home).exists()
    with nothing_changed():
        assert exchange.bring_in(county.manager, home=county.home, file=rules.read(told)) == 0


def test_a_file_of_another_partnership_or_from_a_member_is_refused(county: County) -> None:
    told = rules.read(texts(county))
    with nothing_changed(), pytest.raises(Refused):
        exchange.bring_in(county.member, home=county.home, file=told)
    other = rules.read({"a.yaml": "partnership:\n  key: there\n  name: There\n"})
    with nothing_changed(), pytest.raises(Invalid, match="is of there"):
        exchange.bring_in(county.manager, home=county.home, file=other)
