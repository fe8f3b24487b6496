"""The workbook of a register: changed cells alone are applied, conflicts are left to a person."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from concordat.domain.base.documents.models import Document
from concordat.domain.base.documents.operations import Upload
from concordat.domain.governance.risks import operations, queries
from concordat.domain.governance.risks.models import Register
from concordat.domain.governance.risks.operations.taking import fresh
from concordat.domain.governance.risks.rules import round as sheets
from concordat.domain.governance.risks.rules.life import Which
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.actions.workbooks import MADE, Filled
from tests.operations.mail.cast import verbs_on
from tests.operations.risks.examples import JUNE, Desk


def given_out(actor: Actor, register: Register) -> Filled:
    return Filled(queries.workbook(actor, register, made=MADE))


def put(filled: Filled, reference: str, **cells: Any) -> Filled:
    names = {
        "likelihood": sheets.LIKELIHOOD,
        "impact": sheets.IMPACT,
        "why": sheets.WHY,
        "found": sheets.FOUND,
        "next_on": sheets.NEXT,
        "scheme": sheets.SCHEME,
        "risk": sheets.RISK,
    }
    row = filled.row(reference)
    for name, value in cells.items():
        row[filled.titles.index(names[name])] = value
    return filled


def came(filled: Filled) -> Upload:
    return Upload("risks.xlsx", filled.data)


@pytest.mark.long
def test_the_workbook_names_the_scheme_and_leaves_out_what_is_held_closely(here: Desk) -> None:
    closely = here.raised(title="What Heron showed", sensitivity=Sensitivity.RESTRICTED)
    filled = given_out(here.chair, here.above)
    reference = here.risk.record.reference
    assert [row[0] for row in filled.rows] == [reference]
    assert closely.record.reference not in str(filled.rows)
    assert filled.at(reference, sheets.SCHEME) == "LOW, MEDIUM and HIGH, in words"
    assert filled.at(reference, sheets.LIKELIHOOD) == "MEDIUM"
    with pytest.raises(Refused):
        given_out(here.owner, here.above)


def test_the_same_file_changes_nothing(here: Desk, filled: Filled) -> None:
    [line] = queries.judged(here.manager, here.above, filled.data)
    assert (line.cells, line.problems) == ((), ())
    with pytest.raises(Invalid, match="Nothing in the file"):
        operations.bring_back(here.manager, register=here.above, file=came(filled))


@pytest.mark.long
def test_changed_cells_are_done_as_on_screen_and_the_file_is_kept(
    here: Desk, filled: Filled
) -> None:
    reference = here.risk.record.reference
    put(filled, reference, likelihood="high", why="Two more came back")
    put(filled, reference, found="No change to the controls", next_on=JUNE)
    assert operations.bring_back(here.manager, register=here.above, file=came(filled)) == 1
    now = here.now()
    assert (now.said(Which.CURRENT), now.review_day) == (("HIGH", "HIGH"), JUNE)
    assert queries.scores(here.manager, now)[0].reason == "Two more came back"
    assert {"risk scored", "risk reviewed"} <= set(verbs_on(now.record))
    assert verbs_on(here.above.record)[-1] == "risk workbook taken in"
    kept = Document.objects.filter(record__title__startswith="Risk workbook")
    assert kept.count() == 2


@pytest.mark.long
def test_what_somebody_changed_here_meanwhile_is_left_to_a_person(here: Desk) -> None:
    other = here.raised()
    filled = given_out(here.manager, here.above)
    put(filled, here.risk.record.reference, likelihood="HIGH", why="Worse")
    put(filled, other.record.reference, likelihood="HIGH", why="Worse too")
    operations.score(here.owner, risk=here.risk, likelihood="LOW", impact="HIGH", reason="Calmer")
    lines = {line.reference: line for line in queries.judged(here.manager, here.above, filled.data)}
    clash = lines[here.risk.record.reference]
    assert [(cell.theirs, cell.here) for cell in clash.clashes] == [("HIGH", "LOW")]
    assert not clash.parts
    assert operations.bring_back(here.manager, register=here.above, file=came(filled)) == 1
    assert here.now().said(Which.CURRENT) == ("LOW", "HIGH")
    assert fresh(other).said(Which.CURRENT) == ("HIGH", "MEDIUM")


@pytest.mark.long
@pytest.mark.parametrize(
    ("cells", "message", "mend"),
    [
        (
            {"likelihood": "4 Likely", "why": "x"},
            "not a word for likelihood",
            "LOW, MEDIUM or HIGH",
        ),
        ({"likelihood": "HIGH"}, "needs its reason", "Say why"),
        ({"found": "No change", "next_on": "soon"}, "is not a day", "12 April 2019"),
        ({"next_on": JUNE}, "says what was found", "No change"),
        ({"found": "x", "next_on": date(2019, 3, 1)}, "not still to come", ""),
        ({"risk": "Another risk"}, "not as it was given out", "Download the workbook again"),
        (
            {"scheme": "5 by 5, multiplied"},
            "not as it was given out",
            "Download the workbook again",
        ),
        ({"likelihood": "HIGH", "why": "x" * 1001}, "1001 characters", "1000 or fewer"),
    ],
)
def test_what_cannot_be_taken_over_is_told_with_its_cell(
    here: Desk, filled: Filled, cells: dict[str, Any], message: str, mend: str
) -> None:
    put(filled, here.risk.record.reference, **cells)
    [line] = queries.judged(here.manager, here.above, filled.data)
    [problem] = line.problems
    assert message in problem.message
    assert mend in problem.mend
    assert problem.place.startswith("Risks!")
    with pytest.raises(Invalid):
        operations.bring_back(here.manager, register=here.above, file=came(filled))
    assert here.now().said(Which.CURRENT) == ("MEDIUM", "HIGH")


@pytest.mark.long
def test_a_risk_that_was_closed_meanwhile_is_left_alone(here: Desk, filled: Filled) -> None:
    put(filled, here.risk.record.reference, likelihood="HIGH", why="Worse")
    operations.close(here.chair, risk=here.risk, reason="Agreed")
    [line] = queries.judged(here.manager, here.above, filled.data)
    assert "is closed" in line.problems[0].message


@pytest.mark.long
def test_a_row_twice_and_a_strange_row_are_left_out(here: Desk, filled: Filled) -> None:
    row = filled.row(here.risk.record.reference)
    filled.rows += [list(row), ["HERE-R-0099", *row[1:]]]
    first, second, third = queries.judged(here.manager, here.above, filled.data)
    assert not first.problems
    assert all("no risk of the register" in each.problems[0].message for each in (second, third))
