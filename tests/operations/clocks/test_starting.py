"""Starting a clock, changing its start, passing it on."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.clocks import operations, queries, rules
from concordat.domain.base.clocks.models import Clock, Start
from concordat.domain.base.clocks.rules import Arrangements, Stage, State
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.clocks.examples import (
    DAY,
    KNOWN,
    LOADER,
    House,
    last_event,
    nothing_changed,
    times,
)
from tests.walls import behind_the_wall

THE_END = date(2019, 4, 4)


def open_asks() -> list[tuple[str, str, date | None]]:
    rows = Ask.objects.filter(cleared_on__isnull=True).order_by("pk")
    return [(each.errand, each.what, each.due) for each in rows]


def test_a_clock_pins_its_row_tells_its_sum_and_asks_its_holder(house: House) -> None:
    clock = house.clock()
    row = rules.rule("SIN-CRIT", on=KNOWN)
    assert (clock.stage, clock.due, clock.started_on) == (Stage.RUNNING, THE_END, KNOWN)
    assert (clock.rule_version, clock.rule_digest) == (row.version, rules.digest(row))
    assert rules.canonical(row) == clock.rule_text
    assert clock.sum.startswith("5 working days after Thursday 28 March 2019 is Thursday 4 April")
    assert open_asks() == [
        ("give", "proof once this is done: Notify the Panel of a serious incident", THE_END)
    ]
    event, _, after = last_event("clock started")
    assert event.record == house.review.pk
    assert (after["rule"], after["due"], after["digest"]) == (
        "SIN-CRIT",
        "2019-04-04",
        clock.rule_digest,
    )


def test_the_same_start_again_changes_nothing_and_another_is_refused(house: House) -> None:
    clock = house.clock()
    with nothing_changed():
        assert house.clock() == clock
    with nothing_changed(), pytest.raises(Refused, match="Change its start date instead"):
        house.clock(on=date(2019, 3, 27))
    assert house.clock(part="in Bexley").pk != clock.pk


def test_the_database_itself_holds_one_open_clock_of_a_rule(house: House) -> None:
    clock = house.clock()
    clock.pk = None
    with behind_the_wall(), pytest.raises(IntegrityError), transaction.atomic():
        clock.save(force_insert=True)


@pytest.mark.parametrize(
    "broken",
    [
        {"stage": "met"},
        {"stage": "start date needed"},
        {"stage": "gone"},
        {"met_on": DAY},
        {"met_on": DAY, "met_by": "A", "met_noted_on": DAY, "stage": "met"},
        {"ruled_out_on": DAY, "stage": "not applicable"},
        {"due": None},
        {"sum": ""},
    ],
)
def test_the_database_refuses_half_a_fact(house: House, broken: dict[str, object]) -> None:
    clock = house.clock()
    with behind_the_wall(), pytest.raises(IntegrityError), transaction.atomic():
        Clock.objects.filter(pk=clock.pk).update(**broken)


def test_an_unknown_start_is_asked_for_and_then_given_without_a_reason(house: House) -> None:
    clock = house.clock(on=None)
    assert (clock.stage, clock.due) == (Stage.START_NEEDED, None)
    assert open_asks() == [("give", "the start date: Notify the Panel of a serious incident", None)]
    manager = house.actor("manager")
    given = operations.restart(manager, clock=clock, on=KNOWN, reason="")
    assert (given.stage, given.due) == (Stage.RUNNING, THE_END)
    assert [each[1] for each in open_asks()] == [
        "proof once this is done: Notify the Panel of a serious incident"
    ]
    assert times("start of clock given") == 1


def test_a_changed_start_demands_a_reason_and_keeps_the_earlier_one(house: House) -> None:
    clock, manager = house.clock(), house.actor("manager")
    with nothing_changed(), pytest.raises(Invalid, match="reason for changing the start date"):
        operations.restart(manager, clock=clock, on=date(2019, 3, 26), reason="  ")
    moved = operations.restart(
        manager, clock=clock, on=date(2019, 3, 26), reason="The surgery had told the duty desk."
    )
    assert moved.due == date(2019, 4, 2)
    kept = Start.objects.filter(clock=clock).order_by("pk")
    assert [(each.started_on, each.due, each.reason) for each in kept] == [
        (KNOWN, THE_END, ""),
        (date(2019, 3, 26), date(2019, 4, 2), "The surgery had told the duty desk."),
    ]
    event, before, after = last_event("start of clock changed")
    assert (event.reason, before["due"], after["due"]) == (
        "The surgery had told the duty desk.",
        "2019-04-04",
        "2019-04-02",
    )
    assert [each[2] for each in open_asks()] == [date(2019, 4, 2)]


def test_a_new_start_picks_the_row_of_its_own_day(house: House) -> None:
    clock = house.clock(rule="RR-DO", on=date(2025, 5, 30))
    assert clock.rule_version == 1
    manager = house.actor("manager")
    moved = operations.restart(manager, clock=clock, on=date(2025, 6, 2), reason="Typing mistake.")
    assert moved.rule_version == 2
    assert len(open_asks()) == 1


def test_a_time_of_day_makes_the_hours_run_to_the_minute(house: House) -> None:
    clock = house.clock(rule="RHI-OFFER", on=datetime(2019, 3, 29, 16, 10))  # noqa: DTZ001
    assert clock.due_at is not None
    assert clock.due_at.isoformat() == "2019-04-01T16:10:00+01:00"
    assert house.clock(rule="RHI-OFFER", on=datetime(2019, 3, 29, 16, 10)) == clock  # noqa: DTZ001


@pytest.mark.parametrize(
    ("given", "problem", "why"),
    [
        ({"rule": "SIN-CRT"}, Invalid, "Did you mean SIN-CRIT"),
        ({"rule": "LC-CRIT"}, Invalid, "has no deadline"),
        ({"on": date(2001, 1, 1)}, Invalid, "was not in force on 1 January 2001"),
        ({"started_by": " "}, Invalid, "What started the clock is needed"),
        ({"rule": "RR-DO", "on": date(2019, 3, 28)}, Refused, "still with its old board"),
    ],
)
def test_a_clock_that_cannot_be_right_is_not_started(
    house: House, given: dict[str, object], problem: type[Exception], why: str
) -> None:
    with nothing_changed(), pytest.raises(problem, match=why):
        house.clock(**given)


def test_the_go_live_of_the_area_decides_which_rules_bind(house: House) -> None:
    manager = house.actor("manager")
    operations.set_area_live(
        manager,
        area=house.area,
        arrangements=Arrangements.SAFEGUARDING,
        live_on=date(2019, 3, 1),
        source="Published arrangements, page 2",
    )
    assert house.clock(rule="RR-DO", on=KNOWN).due == date(2019, 4, 18)
    with pytest.raises(Refused, match="The area has gone live"):
        house.clock(rule="OLD-SCR-DECIDE", on=KNOWN)
    assert house.clock(rule="OLD-SCR-DECIDE", on=date(2019, 2, 1)).stage == Stage.RUNNING


def test_where_the_areas_are_divided_one_has_to_be_named(house: House) -> None:
    from concordat.domain.base.agencies import operations as agencies

    there = agencies.set_down(
        LOADER,
        partnership=house.record,
        kind="areas",
        key="moor",
        values={"name": "Moor"},
    )
    operations.set_area_live(
        LOADER,
        area=house.area,
        arrangements=Arrangements.SAFEGUARDING,
        live_on=date(2019, 3, 1),
        source="Published arrangements",
    )
    with pytest.raises(Invalid, match=r"Name the area: Heath and Moor") as caught:
        house.clock(rule="RR-DO")
    assert caught.value.faults[0].field == "area"
    assert house.clock(rule="RR-DO", area=house.area).stage == Stage.RUNNING
    with pytest.raises(Refused, match="still with its old board"):
        house.clock(rule="RR-DO", area=there, part="Moor")


def test_only_the_secretariat_starts_and_changes(house: House) -> None:
    member = house.actor("member")
    with nothing_changed(), pytest.raises(Refused):
        operations.start(member, record=house.review, rule="SIN-CRIT", started_by="x", on=KNOWN)
    clock = house.clock()
    for name in ("member", "other"):
        with nothing_changed(), pytest.raises(Refused):
            operations.restart(house.actor(name), clock=clock, on=KNOWN, reason="No.")


def test_a_stale_page_is_told_both_texts(house: House) -> None:
    clock, manager = house.clock(), house.actor("manager")
    seen = clock.record.version
    operations.restart(manager, clock=clock, on=date(2019, 3, 27), reason="First.")
    with pytest.raises(Stale) as caught:
        operations.restart(
            manager, clock=clock, on=date(2019, 3, 26), reason="Second.", seen_version=seen
        )
    assert caught.value.mine["Start"] == "26 March 2019"
    assert caught.value.theirs["Start"] == "27 March 2019"


def test_a_clock_passes_to_another_seat_with_what_was_asked(house: House) -> None:
    clock, manager = house.clock(), house.actor("manager")
    given = operations.give(
        manager, clock=clock, holder=house.seats["other"], reason="Covers leave."
    )
    assert given.holder == house.seats["other"]
    asked = Ask.objects.get(cleared_on__isnull=True)
    assert (asked.seat, asked.due) == (house.seats["other"], THE_END)
    _, before, after = last_event("clock given to another seat")
    assert (before["holder"], after["holder"]) == ("Member", "Other")
    with nothing_changed(), pytest.raises(Refused):
        operations.give(
            house.actor("member"), clock=clock, holder=house.seats["member"], reason="Mine."
        )


def test_a_clock_not_to_be_done_before_a_day_owes_nobody_anything(house: House) -> None:
    clock = house.clock(rule="CDRM-NOT-BEFORE", on=date(2019, 5, 14))
    assert not open_asks()
    [row] = queries.clocks_of(house.actor("manager"), house.review, now=DAY)
    assert (row.clock, row.state) == (clock, State.WAITING)
