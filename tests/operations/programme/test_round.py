"""The workbook of a roadmap: brought back whole or not at all, and told by the cell."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from concordat.domain.base.documents.models import Document
from concordat.domain.governance.programme import operations, queries
from concordat.domain.governance.programme.models import Milestone, Replan, Update
from concordat.domain.governance.programme.rules import round as sheets
from concordat.kernel.errors import Invalid, Refused
from tests.operations.actions.workbooks import Formula
from tests.operations.mail.cast import verbs_on
from tests.operations.programme.examples import Planned, again
from tests.operations.programme.test_planning import date_of, replan
from tests.operations.programme.workbooks import Planned as Filled
from tests.operations.programme.workbooks import given_out

MOVE = {"due": "20 June 2019", "why": "Ofsted came; Staff changed", "agreed": "Executive"}


def out(here: Planned) -> Filled:
    return given_out(here.house.manager.actor, here.programme)


def back(here: Planned, filled: Filled) -> int:
    return operations.bring_back(
        here.house.manager.actor, programme=here.programme, file=filled.file
    )


def places(here: Planned, filled: Filled) -> dict[str, str]:
    """What is wrong with a file, by the cell; nothing of it is done."""
    before = list(Milestone.objects.order_by("pk").values_list("due", "state"))
    with pytest.raises(Invalid) as told:
        back(here, filled)
    assert list(Milestone.objects.order_by("pk").values_list("due", "state")) == before
    assert not Update.objects.exists()
    return {fault.place: fault.message for fault in told.value.faults}


def reference(row: Milestone) -> str:
    return str(row.record.reference)


def test_the_same_file_changes_nothing(here: Planned) -> None:
    filled = out(here)
    assert filled.at(reference(here.publish), sheets.DUE) == "June 2019"
    lines = queries.judged(here.house.manager.actor, here.programme, filled.data)
    assert [(line.cells, line.problems) for line in lines] == [((), ())] * 3
    assert places(here, filled) == {"": "Nothing in the file was changed."}


@pytest.mark.long
def test_what_was_changed_is_done_as_on_screen_and_the_file_is_kept(here: Planned) -> None:
    filled = out(here).put(reference(here.publish), **MOVE)
    filled.put(reference(here.draft), reached="March 2019")
    filled.put(reference(here.live), health="at risk", words="Health is late", expected="2019-10")
    filled.add(milestone="Train everybody", due="August 2019")
    assert back(here, filled) == 4
    row = Replan.objects.get()
    assert (row.before, row.after) == ("June 2019", "20 June 2019")
    assert (row.reasons, row.agreed_by) == (["Ofsted came", "Staff changed"], "Executive")
    assert (again(here.draft).state, again(here.draft).done_on) == ("done", "2019-03")
    said = Update.objects.get()
    assert (said.health, said.forecast) == ("at risk", "2019-10")
    fresh = Milestone.objects.get(title="Train everybody")
    assert (fresh.due, fresh.programme, fresh.state) == ("2019-08", here.programme, "planned")
    assert verbs_on(here.programme.record)[-1] == "roadmap workbook taken in"
    kept = Document.objects.filter(record__title__startswith="Roadmap workbook")
    assert kept.count() == 2


@pytest.mark.long
def test_milestones_that_move_together_are_held_against_the_new_plan(here: Planned) -> None:
    """Publish waits for Draft, and comes first in this file."""
    told = {"why": "Late", "agreed": "Executive"}
    filled = out(here).put(reference(here.publish), due="1 April 2019", **told)
    filled.rows.reverse()
    row = 2 + [each[0] for each in filled.rows].index(reference(here.publish))
    assert places(here, filled) == {f"Roadmap!J{row}": "“Draft” comes first and is due May 2019."}
    filled.put(reference(here.draft), due="30 March 2019", **told)
    assert back(here, filled) == 2


@pytest.mark.long
@pytest.mark.parametrize(
    ("cells", "cell", "told"),
    [
        (MOVE | {"due": "31 April 2019"}, "J", "There is no 31 April 2019"),
        (MOVE | {"due": None}, "J", "not taken away"),
        (MOVE | {"why": None}, "K", "Say why"),
        (MOVE | {"agreed": " "}, "L", "who agreed"),
        ({"why": "Late", "agreed": "Board"}, "J", "not changed"),
        ({"due": Formula("=1+1")} | MOVE | {"why": Formula("=A1")}, "K", "formula"),
        ({"reached": date(2019, 4, 2)}, "M", "on which it was reached"),
        ({"reached": "soon"}, "M", "soon"),
        ({"health": "Fine", "words": "Well"}, "N", "none of the three"),
        ({"words": "Well"}, "N", "how it goes"),
        ({"health": "On track"}, "O", "in a sentence"),
        ({"health": "On track", "words": "Well", "expected": "x"}, "P", "x"),
        (MOVE | {"due": "1 July 2019"}, "J", "no plan moves it"),
        (MOVE | {"due": "1 December 2018"}, "J", "begins"),
        ({"milestone": "Another name"}, "B", "not as it was given out"),
    ],
)  # fmt: skip
def test_one_wrong_cell_keeps_the_whole_file_out(
    here: Planned, cells: dict[str, Any], cell: str, told: str
) -> None:
    filled = out(here).put(reference(here.draft), health="On track", words="Well")
    filled.put(reference(here.publish), **cells)
    found = places(here, filled)
    row = 2 + [each[0] for each in filled.rows].index(reference(here.publish))
    assert told in found[f"Roadmap!{cell}{row}"]


@pytest.mark.long
def test_rows_that_are_nobodys_twice_or_over_are_told(here: Planned) -> None:
    filled = out(here)
    filled.rows += [list(filled.rows[0]), ["HERE-MS-0099", *filled.rows[0][1:]]]
    filled.add(due="2019-08", why="No name")
    found = places(here, filled)
    last = len(filled.rows) + 1
    assert set(found) >= {f"Roadmap!A{last - 2}", f"Roadmap!A{last - 1}", f"Roadmap!B{last}"}
    operations.reach(here.house.manager.actor, milestone=here.draft, done_on=date_of("2019-03"))
    filled = out(here).put(reference(here.draft), **MOVE)
    assert "reached or abandoned" in " ".join(places(here, filled).values())


@pytest.mark.long
def test_what_both_changed_is_left_to_a_person(here: Planned) -> None:
    filled = out(here).put(reference(here.publish), **MOVE)
    filled.put(reference(here.draft), reached="March 2019")
    replan(here, "2019-06-25")
    lines = queries.judged(here.house.manager.actor, here.programme, filled.data)
    (clash,) = [cell for line in lines for cell in line.clashes]
    assert (clash.theirs, clash.here) == ("20 June 2019", "25 June 2019")
    assert back(here, filled) == 1
    assert again(here.publish).due == "2019-06-25"


@pytest.mark.long
def test_only_those_who_plan_bring_it_back(here: Planned) -> None:
    filled = out(here).put(reference(here.publish), **MOVE)
    with pytest.raises(Refused):
        operations.bring_back(here.house.member.actor, programme=here.programme, file=filled.file)
    assert again(here.publish).due == "2019-06"
