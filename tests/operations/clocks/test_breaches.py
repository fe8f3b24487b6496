"""Missed dates are recorded once, however often and wherever the work is done."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.clocks import operations
from concordat.domain.base.clocks.models import Breach
from concordat.domain.base.clocks.rules import Bound, Stage
from concordat.domain.base.records.models import Event
from concordat.kernel.actor import process
from concordat.kernel.errors import Refused
from tests.databases import environment
from tests.operations.clocks.examples import KNOWN, House, built, nothing_changed, times

LATER = date(2019, 4, 5)
WATCH = process("clock watcher", LATER)


def test_a_date_that_went_by_is_recorded_once_and_asked_about(house: House) -> None:
    clock = house.clock()
    with nothing_changed():
        assert operations.record_breaches(WATCH, now=date(2019, 4, 4)) == 0
    assert operations.record_breaches(WATCH, now=LATER) == 1
    assert Breach.objects.get().due == date(2019, 4, 4)
    late = Ask.objects.get(errand="answer")
    assert late.what == "why this is late: Notify the Panel of a serious incident"
    with nothing_changed():
        assert operations.record_breaches(WATCH, now=LATER) == 0
    operations.explain(house.actor("member", LATER), clock=clock, reason="The system was down.")
    late.refresh_from_db()
    assert late.outcome == "Explained"


def test_an_explained_clock_is_missed_too_but_nobody_is_asked_why(house: House) -> None:
    clock = house.clock()
    operations.explain(house.actor("member"), clock=clock, reason="The trial began.")
    assert operations.record_breaches(WATCH, now=LATER) == 1
    assert not Ask.objects.filter(errand="answer").exists()


def test_what_is_paused_met_or_ruled_out_is_not_missed(house: House) -> None:
    manager = house.actor("manager")
    paused = house.clock(rule="CDRM-TARGET", on=date(2018, 11, 30))
    operations.pause(manager, clock=paused, ground="inquest")
    met = house.clock()
    operations.meet(manager, clock=met, on=KNOWN, proof="Receipt")
    out = house.clock(part="another child")
    operations.rule_out(manager, clock=out, reason="Not ours")
    first = house.clock(rule="CDRM-NOT-BEFORE", on=date(2019, 3, 1))
    assert first.bound == Bound.EARLIEST
    house.clock(rule="SIN-LAC", on=None, part="unknown")
    assert operations.record_breaches(WATCH, now=date(2020, 6, 1)) == 0
    operations.resume(manager, clock=paused)
    assert operations.record_breaches(WATCH, now=date(2020, 6, 1)) == 1


def test_hours_are_missed_to_the_minute(house: House) -> None:
    house.clock(rule="RHI-OFFER", on=datetime.fromisoformat("2019-03-29T16:10"))
    last = datetime.fromisoformat("2019-04-01T16:10:00+01:00")
    assert operations.record_breaches(WATCH, now=last) == 0
    assert operations.record_breaches(WATCH, now=last.replace(minute=11)) == 1


def test_a_later_start_can_be_missed_again(house: House) -> None:
    clock, manager = house.clock(), house.actor("manager", LATER)
    operations.record_breaches(WATCH, now=LATER)
    operations.restart(manager, clock=clock, on=date(2019, 4, 1), reason="Known later.")
    assert operations.record_breaches(WATCH, now=LATER) == 0
    assert operations.record_breaches(WATCH, now=date(2019, 4, 9)) == 1
    assert Breach.objects.count() == 2


def test_only_the_system_records_missed_dates(house: House) -> None:
    house.clock()
    with nothing_changed(), pytest.raises(Refused):
        operations.record_breaches(house.actor("manager", LATER), now=LATER)


RECORD = """
import django; django.setup()
import sys
from datetime import date
from concordat.domain.base.clocks.operations import record_breaches
from concordat.kernel.actor import process
sys.stdin.readline()
print(record_breaches(process("clock watcher", date(2019, 4, 5)), now=date(2019, 4, 5)))
"""


@pytest.mark.long
def test_two_processes_at_once_record_one_breach(inside: str, tmp_path: Path) -> None:
    house = built()
    for number in range(10):
        house.clock(part=f"child {number}")
    env = environment(inside, tmp_path)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", RECORD],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    told = [each.communicate("go\n")[0] for each in running]
    assert [each.returncode for each in running] == [0, 0]
    assert sum(int(each) for each in told) == 10
    assert Breach.objects.count() == times("deadline missed") == 10
    assert Event.objects.filter(verb="asked", actor="clock watcher").count() == 10
    assert {each.stage for each in house.review.clocks.all()} == {Stage.RUNNING}
