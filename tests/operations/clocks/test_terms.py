"""What a partnership adds to the law, and what moves when its days change."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.clocks import operations, queries, rules
from concordat.domain.base.clocks.models import AreaLive, ClosedDay, LocalRule, Verified
from concordat.domain.base.clocks.rules import Arrangements, ClosedKind
from concordat.kernel.actor import process
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.clocks.examples import (
    DAY,
    KNOWN,
    House,
    built,
    last_event,
    nothing_changed,
    times,
)
from tests.walls import behind_the_wall

WATCH = process("clock watcher", DAY)
MONITOR: dict[str, Any] = {
    "id": "LOCAL-MONITOR",
    "title": "Look at a running review each month",
    "duty": "Check time and quality of a review each month.",
    "kind": "deadline",
    "who": "review group",
    "trigger": "the last check",
    "deadline": {"value": 1, "unit": "mo"},
    "force": "local",
    "source": "executive group, 4 March 2019",
    "regime": "general",
    "in_force_from": date(2019, 3, 4),
    "conf": "S",
}
TIGHTER: dict[str, Any] = {
    **MONITOR,
    "id": "LOCAL-NOTIFY",
    "title": "Notify within three working days",
    "trigger": "the local authority becoming aware of the incident",
    "deadline": {"value": 3, "unit": "wd"},
    "tightens": "SIN-CRIT",
}


def checked(house: House, rule: str = "CDR-NOTIFY", **more: Any) -> Verified:
    [row] = [each for each in rules.law().variants(rule) if each.in_force(DAY)]
    told = {
        "rule": rule,
        "version": row.version,
        "digest": rules.digest(row),
        "read": "Child Death Review guidance, October 2018",
        "against": "chapter 2, paragraph 2.3",
        "confirmed": True,
        **more,
    }
    return operations.verify_rule(house.actor("manager"), partnership=house.record, **told)


def verified(house: House, rule: str = "CDR-NOTIFY") -> bool:
    law = queries.law_of(house.actor("manager"), house.record)
    return law.rule(rule, on=DAY).verified(DAY)


def test_a_check_makes_a_row_verified_for_this_partnership_alone(house: House) -> None:
    other = built("moor", "MOOR")
    assert not verified(house)
    checked(house)
    assert verified(house)
    assert not verified(other)
    [told] = queries.checks_of(house.actor("manager"), house.record, "CDR-NOTIFY")
    assert (told.checked_by, told.checked_on) == ("Manager Person", DAY)
    assert last_event("rule verified")[2]["against"] == "chapter 2, paragraph 2.3"


def test_a_row_found_to_differ_is_not_law_although_it_was_read(house: House) -> None:
    assert verified(house, "SIN-CRIT")
    with nothing_changed(), pytest.raises(Invalid, match="What differs is needed"):
        checked(house, "SIN-CRIT", confirmed=False)
    checked(house, "SIN-CRIT", confirmed=False, note="It says seven days.")
    assert not verified(house, "SIN-CRIT")


def test_the_newest_check_counts(house: House) -> None:
    checked(house, confirmed=False, note="Not found.")
    checked(house)
    assert verified(house)


def test_a_check_of_other_words_or_by_somebody_else_is_refused(house: House) -> None:
    with nothing_changed(), pytest.raises(Refused, match="reworded while you read it"):
        checked(house, digest="0" * 64)
    with nothing_changed(), pytest.raises(Invalid, match="The text that you read is needed"):
        checked(house, read=" ")
    with nothing_changed(), pytest.raises(Refused):
        operations.verify_rule(
            house.actor("member"),
            partnership=house.record,
            rule="CDR-NOTIFY",
            version=1,
            digest="",
            read="x",
            against="y",
            confirmed=True,
        )


def test_a_clock_shows_a_check_made_after_it_was_started(house: House) -> None:
    house.clock(rule="CDR-NOTIFY", on=KNOWN)
    [before] = queries.clocks_of(house.actor("manager"), house.review, now=DAY)
    checked(house)
    [after] = queries.clocks_of(house.actor("manager"), house.review, now=DAY)
    assert (before.verified, after.verified) == (False, True)
    assert "not verified" in before.force
    assert "not verified" not in after.force


def test_a_local_rule_starts_clocks_of_its_own(house: House) -> None:
    set_ = operations.set_local_rule(house.actor("manager"), partnership=house.record, row=MONITOR)
    clock = house.clock(rule="LOCAL-MONITOR", on=DAY)
    assert (clock.due, clock.local) == (date(2019, 4, 29), set_)
    assert clock.rule_digest == set_.digest
    with pytest.raises(Invalid, match="There is no rule LOCAL-MONITOR"):
        rules.law().rule("LOCAL-MONITOR", on=DAY)


def test_a_local_rule_tightens_and_the_law_stays_beside_it(house: House) -> None:
    operations.set_local_rule(house.actor("manager"), partnership=house.record, row=TIGHTER)
    assert house.clock(rule="LOCAL-NOTIFY").due == date(2019, 4, 2)
    assert house.clock().due == date(2019, 4, 4)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"id": "SIN-CRIT"}, "cannot replace a row of law"),
        ({"force": "statute"}, "force of local practice"),
        ({"deadline": {"value": 9, "unit": "wd"}}, "does not tighten SIN-CRIT"),
        ({"in_force_from": None}, "needs the day it begins"),
        ({"deadline": {"value": "three", "unit": "wd"}}, "whole number"),
        ({"regime": "gone"}, "not a known regime"),
    ],
)
def test_a_local_rule_never_loosens_or_replaces(
    house: House, changed: dict[str, Any], why: str
) -> None:
    manager = house.actor("manager")
    with nothing_changed(), pytest.raises(Invalid, match=why):
        operations.set_local_rule(manager, partnership=house.record, row={**TIGHTER, **changed})


def test_a_new_version_ends_the_one_before_and_clocks_keep_theirs(house: House) -> None:
    manager = house.actor("manager")
    operations.set_local_rule(manager, partnership=house.record, row=MONITOR)
    clock = house.clock(rule="LOCAL-MONITOR", on=DAY)
    shorter = {**MONITOR, "deadline": {"value": 2, "unit": "weeks"}}
    with nothing_changed(), pytest.raises(Invalid, match="began on 4 March 2019"):
        operations.set_local_rule(manager, partnership=house.record, row=shorter)
    later = {**shorter, "in_force_from": date(2019, 4, 1)}
    operations.set_local_rule(manager, partnership=house.record, row=later)
    first, second = LocalRule.objects.order_by("version")
    assert (first.in_force_to, second.version) == (date(2019, 3, 31), 2)
    assert house.clock(rule="LOCAL-MONITOR", on=date(2019, 4, 1), part="b").due == date(2019, 4, 15)
    facts = queries.clock_facts(manager, clock, now=DAY)
    assert facts.clock.due == date(2019, 4, 29)
    assert not facts.reworded


def test_only_the_secretariat_adds_local_rules(house: House) -> None:
    with nothing_changed(), pytest.raises(Refused):
        operations.set_local_rule(house.actor("member"), partnership=house.record, row=MONITOR)


def test_an_area_goes_live_on_one_day_and_the_day_can_be_corrected(house: House) -> None:
    manager = house.actor("manager")
    told = {"area": house.area, "arrangements": Arrangements.SAFEGUARDING}
    with nothing_changed(), pytest.raises(Invalid, match="Where this is stated is needed"):
        operations.set_area_live(manager, live_on=DAY, source="", **told)
    with nothing_changed(), pytest.raises(Invalid, match="after 29 September 2019"):
        operations.set_area_live(manager, live_on=date(2019, 9, 30), source="Page 2", **told)
    first = operations.set_area_live(manager, live_on=DAY, source="Page 2", **told)
    with nothing_changed():
        assert operations.set_area_live(manager, live_on=DAY, source="Page 2", **told) == first
    operations.set_area_live(manager, live_on=date(2019, 6, 29), source="Page 3", **told)
    assert AreaLive.objects.get().live_on == date(2019, 6, 29)
    _, before, after = last_event("area gone live")
    assert (before["live on"], after["live on"]) == ("2019-03-29", "2019-06-29")
    with pytest.raises(Stale):
        operations.set_area_live(manager, live_on=DAY, source="x", seen_version=1, **told)


def close(house: House, day: date, **more: Any) -> ClosedDay:
    told = {"name": "Town Hall moves", "kind": ClosedKind.CLOSURE, **more}
    return operations.close_day(house.actor("manager"), partnership=house.record, day=day, **told)


def test_a_closed_day_moves_what_is_counted_across_it_and_tells_so(house: House) -> None:
    clock, later = house.clock(), house.clock(part="later", on=date(2019, 5, 7))
    statute = house.clock(rule="FOI-REPLY", on=KNOWN)
    before = (statute.due, later.due)
    close(house, date(2019, 4, 2))
    for each in (clock, later, statute):
        each.refresh_from_db()
    assert clock.due == date(2019, 4, 5)
    assert "Town Hall moves (Tuesday 2 April 2019)" in clock.sum
    assert (statute.due, later.due) == before
    assert times("due date moved") == 1
    event, old, new = last_event("due date moved")
    assert (old["due"], new["due"]) == ("2019-04-04", "2019-04-05")
    assert event.reason == "Town Hall moves is not worked"
    assert Ask.objects.get(record=house.review, what__endswith="incident").due == clock.due
    assert clock.starts.count() == 2


def test_a_proclaimed_day_counts_for_statute_too_and_a_group_for_its_own(house: House) -> None:
    statute, ours = house.clock(rule="FOI-REPLY", on=KNOWN), house.clock()
    close(house, date(2019, 4, 2), kind=ClosedKind.PROCLAIMED, name="Jubilee")
    statute.refresh_from_db()
    assert statute.due == date(2019, 4, 30)
    ours.refresh_from_db()
    assert ours.due == date(2019, 4, 5)
    unheld = house.clock(part="nobody", holder=None)
    close(house, date(2019, 4, 3), body=house.board)
    ours.refresh_from_db()
    unheld.refresh_from_db()
    assert (ours.due, unheld.due) == (date(2019, 4, 8), date(2019, 4, 5))


def test_another_partnerships_closed_day_moves_nothing_here(house: House) -> None:
    clock, other = house.clock(), built("moor", "MOOR")
    close(other, date(2019, 4, 2))
    clock.refresh_from_db()
    assert clock.due == date(2019, 4, 4)


def test_a_day_that_is_opened_again_moves_the_dates_back(house: House) -> None:
    clock, closed = house.clock(), close(house, date(2019, 4, 2))
    manager = house.actor("manager")
    with nothing_changed(), pytest.raises(Invalid, match="A reason is needed"):
        operations.open_day(manager, closed_day=closed, reason="")
    operations.open_day(manager, closed_day=closed, reason="The move was put off.")
    clock.refresh_from_db()
    assert clock.due == date(2019, 4, 4)
    with nothing_changed(), pytest.raises(Refused):
        operations.open_day(manager, closed_day=closed, reason="Again.")
    close(house, date(2019, 4, 2))


@pytest.mark.parametrize(
    ("day", "more", "why"),
    [
        (date(2019, 4, 6), {}, "6 April 2019 is not a working day already"),
        (date(2019, 4, 19), {}, "19 April 2019 is not a working day already"),
        (date(2019, 4, 2), {"name": " "}, "A name is needed"),
        (date(2019, 4, 3), {}, "3 April 2019 is closed already"),
    ],
)
def test_a_day_that_makes_no_sense_is_refused(
    house: House, day: date, more: dict[str, Any], why: str
) -> None:
    close(house, date(2019, 4, 3))
    with nothing_changed(), pytest.raises(Invalid, match=why):
        close(house, day, **more)


def test_the_database_holds_one_closure_of_a_day(house: House) -> None:
    closed = close(house, date(2019, 4, 3))
    closed.pk = None
    with behind_the_wall(), pytest.raises(IntegrityError), transaction.atomic():
        closed.save(force_insert=True)


def test_counting_everything_again_changes_only_what_has_moved(house: House) -> None:
    clock = house.clock()
    with nothing_changed():
        assert operations.recompute(WATCH) == 0
    with behind_the_wall():
        ClosedDay.objects.create(
            partnership=house.record,
            day=date(2019, 4, 2),
            name="A day of the new table",
            kind=ClosedKind.PROCLAIMED,
            closed_by="the release",
            closed_on=DAY,
        )
    assert operations.recompute(WATCH) == 1
    clock.refresh_from_db()
    assert clock.due == date(2019, 4, 5)
    with nothing_changed():
        assert operations.recompute(WATCH) == 0
    with nothing_changed(), pytest.raises(Refused):
        operations.recompute(house.actor("manager"))
