"""What an installation may add to the law, and what it may not."""

from dataclasses import replace
from datetime import date

import pytest

from concordat.domain.base.clocks.rules import Law, digest, due_on, law, read_local, with_local
from concordat.kernel.calendar import WorkingDays
from concordat.kernel.errors import Invalid

HEAD = """
subject: Local rules
rules:
"""
TIGHTER = """
  - id: LOCAL-NOTIFY
    title: Notify within three working days
    duty: Notify the Panel within three working days.
    kind: deadline
    who: local authority
    trigger: the local authority becoming aware of the incident
    deadline: {value: 3, unit: wd}
    tightens: SIN-CRIT
    force: local
    source: executive group, 4 March 2019
    regime: general
    in_force_from: 2019-03-04
    conf: S
"""
MONITOR = """
  - id: LOCAL-MONITOR
    title: Look at a running review each month
    duty: Check time and quality of a review each month.
    kind: deadline
    who: review group
    trigger: the last check
    deadline: {value: 1, unit: mo}
    force: local
    source: executive group, 4 March 2019
    regime: general
    in_force_from: 2019-03-04
    conf: S
"""
LINES = """
  - id: LOCAL-ARR
    title: What our arrangements tell as well
    duty: Publish these as well.
    kind: checklist
    who: executive group
    adds_to: ARR
    force: local
    source: executive group, 4 March 2019
    regime: general
    in_force_from: 2019-03-04
    conf: S
    items:
      - {id: LOCAL-ARR-1, text: how young people judged the last year}
"""


def merged(text: str) -> Law:
    return with_local(law(), read_local("ours.yaml", HEAD + text, law()))


def test_a_local_row_tightens_and_the_law_stays(england: WorkingDays) -> None:
    ours, day = merged(TIGHTER), date(2019, 3, 28)
    [tighter] = ours.tightened_by("SIN-CRIT", on=day)
    assert due_on(day, tighter, england).due == date(2019, 4, 2)
    assert due_on(day, ours.rule("SIN-CRIT", on=day), england).due == date(2019, 4, 4)
    assert digest(ours.rule("SIN-CRIT", on=day)) == digest(law().rule("SIN-CRIT", on=day))
    assert ours.tightened_by("SIN-CRIT", on=date(2019, 3, 3)) == ()


def test_a_local_row_adds_an_interval(england: WorkingDays) -> None:
    added = merged(MONITOR).rule("LOCAL-MONITOR", on=date(2019, 3, 29))
    assert due_on(date(2019, 3, 29), added, england).due == date(2019, 4, 29)


def test_local_lines_follow_those_of_the_law() -> None:
    lines = merged(LINES).items("ARR", on=date(2019, 3, 29))
    assert [lines[0].id, lines[-1].id] == ["ARR-P1", "LOCAL-ARR-1"]
    assert "LOCAL-ARR-1" not in {item.id for item in law().items("ARR", on=date(2019, 3, 29))}


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("id: LOCAL-NOTIFY", "id: SIN-CRIT", "SIN-CRIT, id: A local rule cannot replace"),
        ("force: local", "force: statute", "LOCAL-NOTIFY, force: A local rule has the force"),
        ("value: 3", "value: 5", "LOCAL-NOTIFY, tightens: This does not tighten SIN-CRIT"),
        ("value: 3", "value: 9", "This does not tighten SIN-CRIT"),
        ("unit: wd", "unit: hours", "This does not tighten SIN-CRIT"),
        ("aware of the incident", "aware of the press", "This does not tighten SIN-CRIT"),
        ("unit: wd}", "unit: wd, direction: backward}", "This does not tighten SIN-CRIT"),
        ("tightens: SIN-CRIT", "tightens: SIN-CRT", "There is no rule SIN-CRT. Did you mean SIN"),
        ("tightens: SIN-CRIT", "tightens: LC-CRIT", "This does not tighten LC-CRIT"),
        ("tightens: SIN-CRIT", "adds_to: ARR", "Only a checklist adds to a checklist"),
    ],
)
def test_a_local_row_never_loosens_or_replaces(old: str, new: str, why: str) -> None:
    assert old in TIGHTER
    with pytest.raises(Invalid, match=why):
        merged(TIGHTER.replace(old, new))


@pytest.mark.parametrize(("value", "kept"), [(8, True), (7, False), (6, False)])
def test_counting_back_more_days_is_tighter(value: int, kept: bool) -> None:
    base = law().rule("LC-ADVANCE", on=date(2019, 3, 29))
    assert base.deadline is not None
    [local] = read_local("ours.yaml", HEAD + TIGHTER, law())
    deadline = replace(base.deadline, value=value)
    local = replace(local, tightens="LC-ADVANCE", deadline=deadline, trigger=base.trigger)
    if kept:
        assert with_local(law(), [local]).tightened_by("LC-ADVANCE", on=date(2019, 3, 29))
    else:
        with pytest.raises(Invalid, match="does not tighten LC-ADVANCE"):
            with_local(law(), [local])


def test_a_tighter_row_keeps_the_last_date_allowed() -> None:
    base = law().rule("TR-SCR", on=date(2019, 3, 29))
    assert base.deadline is not None
    [local] = read_local("ours.yaml", HEAD + TIGHTER, law())
    uncapped = replace(base.deadline, value=6, latest=None)
    local = replace(local, tightens="TR-SCR", deadline=uncapped, trigger=base.trigger)
    with pytest.raises(Invalid, match="does not tighten TR-SCR"):
        with_local(law(), [local])


def test_a_line_of_the_law_cannot_be_taken_over() -> None:
    with pytest.raises(Invalid, match="ARR-P1 is a line of the law already"):
        merged(LINES.replace("LOCAL-ARR-1", "ARR-P1"))


def test_two_local_rows_cannot_share_an_id() -> None:
    with pytest.raises(Invalid, match="Version 1 of LOCAL-MONITOR stands twice"):
        merged(MONITOR + MONITOR)


def test_every_fault_is_told_at_once() -> None:
    bad = TIGHTER.replace("force: local", "force: statute").replace("value: 3", "value: 6")
    with pytest.raises(Invalid) as caught:
        merged(bad)
    assert {fault.field for fault in caught.value.faults} == {"force", "tightens"}
