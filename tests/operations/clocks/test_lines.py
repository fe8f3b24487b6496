"""Lines of a checklist that have their own deadlines get clocks of their own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.clocks import operations, queries
from concordat.domain.base.clocks.models import Breach, Clock
from concordat.domain.base.clocks.rules import Stage
from concordat.kernel.actor import process
from concordat.kernel.errors import Invalid
from tests.operations.clocks.examples import DAY, House, nothing_changed

RECEIVED = date(2019, 3, 28)
DUE = {
    "RR-DEVON-2": date(2019, 3, 28),
    "RR-DEVON-3": date(2019, 4, 10),
    "RR-DEVON-4": date(2019, 4, 16),
    "RR-DEVON-5": date(2019, 4, 17),
}
LOCAL = {
    "id": "OUR-STEPS",
    "title": "Our steps after a notification",
    "duty": "Work through these steps.",
    "kind": "checklist",
    "adds_to": "RR-DEVON",
    "who": "business unit",
    "trigger": "receipt of the notification",
    "source": "Executive group, 4 March 2019",
    "in_force_from": date(2019, 1, 1),
    "force": "local",
    "regime": "general",
    "conf": "S",
    "items": [
        {"id": "OUR-1", "text": "tell the lead member", "deadline": {"value": 2, "unit": "wd"}}
    ],
}


def _lines(house: House) -> dict[str, Clock]:
    return {row.rule: row for row in Clock.objects.filter(record=house.review)}


def test_starting_a_checklist_starts_its_dated_lines(house: House) -> None:
    first = house.clock(rule="RR-DEVON", on=RECEIVED, started_by="the notification came")
    lines = _lines(house)
    assert {name: row.due for name, row in lines.items()} == DUE
    assert first == lines["RR-DEVON-2"], "the first to run out comes back"
    assert {row.holder for row in lines.values()} == {house.seats["member"]}
    asked = Ask.objects.filter(record=house.review, cleared_on=None).order_by("due")
    assert [ask.due for ask in asked] == sorted(DUE.values())
    assert asked[0].what == "proof once this is done: Letters, templates and guidance to leads"


def test_starting_it_again_is_no_change(house: House) -> None:
    house.clock(rule="RR-DEVON", on=RECEIVED)
    with nothing_changed():
        house.clock(rule="RR-DEVON", on=RECEIVED)


def test_the_board_and_my_work_know_the_lines(house: House) -> None:
    house.clock(rule="RR-DEVON", on=RECEIVED)
    member = house.actor("member")
    rows = queries.rows_of(member, list(queries.board(member, now=DAY)), now=DAY)
    assert {row.clock.rule for row in rows} == DUE.keys()
    assert all(row.rule and row.rule.adds_to == "RR-DEVON" for row in rows)
    assert all(row.left is not None and row.verified for row in rows)
    subject = rows[0].rule.subject if rows[0].rule else ""
    assert queries.board(member, now=DAY, subject=subject).count() == len(DUE)
    assert len(queries.clocks_naming(member, now=DAY)) == len(DUE)


def test_a_missed_line_is_recorded(house: House) -> None:
    house.clock(rule="RR-DEVON", on=RECEIVED)
    late = DUE["RR-DEVON-3"] + timedelta(days=1)
    assert operations.record_breaches(process("clock watcher", late), now=late) == 2
    assert set(Breach.objects.values_list("clock__rule", flat=True)) == {"RR-DEVON-2", "RR-DEVON-3"}


def test_a_line_with_a_trigger_of_its_own_starts_by_itself(house: House) -> None:
    clock = house.clock(rule="RR-DEVON-1", on=date(2019, 3, 20), started_by="the council heard")
    assert (clock.rule, clock.due) == ("RR-DEVON-1", date(2019, 3, 27))
    assert set(_lines(house)) == {"RR-DEVON-1"}


def test_a_line_without_a_deadline_starts_nothing(house: House) -> None:
    with nothing_changed(), pytest.raises(Invalid, match="is a line of the checklist"):
        house.clock(rule="RR-CONTENT-9")
    with nothing_changed(), pytest.raises(Invalid, match="has no deadline: it is a checklist"):
        house.clock(rule="TOR")


def test_lines_that_an_own_rule_adds_count_as_well(house: House) -> None:
    operations.set_local_rule(house.actor("manager"), partnership=house.record, row=LOCAL)
    house.clock(rule="RR-DEVON", on=RECEIVED)
    assert _lines(house)["OUR-1"].due == date(2019, 4, 1)


def test_a_new_start_moves_the_lines_that_ran_from_the_same_one(house: House) -> None:
    manager = house.actor("manager")
    first = house.clock(rule="RR-DEVON", on=RECEIVED)
    other = house.clock(rule="RR-DEVON-1", on=date(2019, 3, 20))
    operations.restart(manager, clock=first, on=DAY, reason="It came a day later.")
    lines = _lines(house)
    assert {name: lines[name].due for name in DUE} == {
        "RR-DEVON-2": date(2019, 3, 29),
        "RR-DEVON-3": date(2019, 4, 11),
        "RR-DEVON-4": date(2019, 4, 17),
        "RR-DEVON-5": date(2019, 4, 18),
    }
    assert lines["RR-DEVON-1"].due == other.due, "what began by itself stays"


def test_lines_wait_together_for_a_start_that_is_not_known(house: House) -> None:
    clock = house.clock(rule="RR-DEVON", on=None)
    assert {row.stage for row in _lines(house).values()} == {Stage.START_NEEDED}
    operations.restart(house.actor("manager"), clock=clock, on=RECEIVED, reason="")
    assert {name: row.due for name, row in _lines(house).items()} == DUE
