"""An agency's workbook: out, filled in, back; only what was changed in it is done."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from concordat.domain.base.actions import operations, queries
from concordat.domain.base.actions.models import Action
from concordat.domain.base.actions.rules import Standing
from concordat.domain.base.actions.rules import round as sheets
from concordat.domain.base.documents.models import Document
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.documents.queries import bytes_of, latest
from concordat.domain.base.records import operations as records
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.sensitivity import Sensitivity
from tests.craft import hostile
from tests.operations.actions.examples import DUE, LATER, Desk, again
from tests.operations.actions.workbooks import MADE, Filled, Formula, given_out
from tests.operations.clocks.examples import nothing_changed
from tests.operations.mail.cast import DAY

ONE, TWO = "HERE-A-0001", "HERE-A-0002"


def book(desk: Desk) -> Filled:
    return given_out(desk.manager, desk.health)


def back(desk: Desk, filled: Filled | Upload) -> int:
    file = filled if isinstance(filled, Upload) else filled.file
    return operations.bring_back(desk.manager, agency=desk.health, file=file)


def judged(desk: Desk, filled: Filled) -> dict[str, Any]:
    lines = queries.judged(desk.manager, desk.health, filled.data)
    return {line.reference: line for line in lines}


@pytest.mark.long
def test_it_holds_what_the_agency_has_open_and_locks_the_rest(desk: Desk, two: Any) -> None:
    desk.closed(what="Closed already")
    desk.add(what="Of nobody here", owner=desk.house.member.seat)
    desk.add(what="Held closely", sensitivity=Sensitivity.RESTRICTED)
    sheet = book(desk)
    assert [row[1] for row in sheet.rows] == ["First", "=Second"]
    with ZipFile(BytesIO(sheet.given)) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode()
        styles = parts.read("xl/styles.xml").decode()
    assert "<sheetProtection" in page
    assert '<protection locked="0"/>' in styles
    assert '"Open,Closed"' in page
    assert '"On track,In difficulty,Blocked"' in page
    assert 'hidden="1"' in page


def test_what_was_not_touched_changes_nothing(desk: Desk, two: Any) -> None:
    with nothing_changed(), pytest.raises(Invalid, match="Nothing in the file"):
        back(desk, book(desk))
    assert all(not line.cells for line in judged(desk, book(desk)).values())


@pytest.mark.long
def test_only_changed_cells_are_done_as_on_screen(desk: Desk, two: list[Action]) -> None:
    sheet = book(desk)
    sheet.put(ONE, standing="blocked", word="No venue.", due="31 May 2019", why="No venue")
    sheet.put(TWO, state="Closed", done="Agreed.", evidence="Minute 4", place="Board of 10 April")
    assert back(desk, sheet) == 2
    first, second = again(two[0]), again(two[1])
    assert (first.standing, first.last_word, first.due, first.extended) == (
        "blocked",
        "No venue.",
        LATER,
        1,
    )
    assert (second.stage, second.done) == ("closed", "Agreed.")
    assert second.last_word == ""


@pytest.mark.long
def test_the_file_and_what_came_of_it_are_kept(desk: Desk, two: Any) -> None:
    sheet = book(desk).put(ONE, standing="On track", word="Going well")
    sheet.put(TWO, state="Closed")
    file = sheet.file
    back(desk, file)
    kept = {row.record.title: row for row in Document.objects.select_related("record")}
    came = kept["Action round as it came back, Heath ICB, 29 March 2019"]
    assert came.about == desk.health.record
    assert bytes_of(desk.manager, latest(desk.manager, came)) == file.data
    result = kept["Action round: what came of it, Heath ICB, 29 March 2019"]
    told = bytes_of(desk.manager, latest(desk.manager, result)).decode("utf-8-sig")
    assert "taken over" in told
    assert "A closed action says what was done." in told


@pytest.mark.long
def test_what_both_changed_is_left_to_a_person(desk: Desk, two: list[Action]) -> None:
    sheet = book(desk)
    sheet.put(ONE, standing="On track", word="From the file", due=LATER, why="From the file")
    operations.update(desk.owner, action=two[0], standing=Standing.BLOCKED, words="From the screen")
    line = judged(desk, sheet)[ONE]
    clash = {cell.title: (cell.theirs, cell.here) for cell in line.clashes}
    assert clash == {
        "How it stands": ("On track", "Blocked"),
        "Last word": ("From the file", "From the screen"),
    }
    back(desk, sheet)
    held = again(two[0])
    assert (held.last_word, held.standing, held.due) == ("From the screen", "blocked", LATER)


@pytest.mark.long
def test_what_only_changed_here_is_no_conflict(desk: Desk, two: list[Action]) -> None:
    sheet = book(desk).put(ONE, due=date(2019, 5, 31), why="Later")
    operations.update(desk.owner, action=two[0], standing=Standing.BLOCKED, words="From the screen")
    line = judged(desk, sheet)[ONE]
    assert not line.clashes
    back(desk, sheet)
    assert again(two[0]).last_word == "From the screen"


@pytest.mark.long
def test_both_saying_the_same_is_nothing(desk: Desk, two: list[Action]) -> None:
    sheet = book(desk).put(ONE, standing="Blocked", word="No venue.")
    operations.update(desk.owner, action=two[0], standing=Standing.BLOCKED, words="No venue.")
    assert not judged(desk, sheet)[ONE].cells


@pytest.mark.long
@pytest.mark.parametrize(
    ("cells", "where", "told"),
    [
        ({"state": "Shut"}, "Actions!H2", "not one of the values"),
        ({"standing": "Amber"}, "Actions!I2", "not one of the values"),
        ({"standing": "Blocked"}, "Actions!J2", "the last word is the old one"),
        ({"word": "Good"}, "Actions!I2", "Nothing says how it stands"),
        ({"word": "x" * 301, "standing": "On track"}, "Actions!J2", "301 characters"),
        ({"due": "soon", "why": "x"}, "Actions!K2", "“soon” is not a day"),
        ({"due": None, "why": "x"}, "Actions!K2", "was emptied"),
        ({"due": LATER}, "Actions!L2", "needs its reason"),
        ({"due": date(2019, 4, 1), "why": "x"}, "Actions!K2", "due on 26 April 2019 already"),
        ({"due": date(2018, 4, 1), "why": "x"}, "Actions!K2", "is over"),
        ({"why": "Because"}, "Actions!K2", "the date is the old one"),
        ({"done": "Agreed"}, "Actions!H2", "still open"),
        ({"state": "Closed"}, "Actions!M2", "says what was done"),
        ({"state": "Closed", "done": "x", "evidence": "y"}, "Actions!O2", "not whole"),
        ({"word": Formula('=HYPERLINK("x")'), "standing": "On track"}, "Actions!J2", "formula"),
        ({"reference": "HERE-A-0099"}, "Actions!A2", "no open action “HERE-A-0099”"),
        ({"reference": None}, "Actions!A2", "no reference"),
        ({"reference": TWO}, "Actions!A3", "stands above"),
        ({"what": "Something else"}, "Actions!P2", "not as it was given out"),
        ({"mark": "0.0"}, "Actions!P2", "not as it was given out"),
    ],
)
def test_a_problem_is_told_by_its_cell(
    desk: Desk, two: Any, cells: dict[str, Any], where: str, told: str
) -> None:
    sheet = book(desk).put(ONE, **cells)
    problems = [
        p for line in queries.judged(desk.manager, desk.health, sheet.data) for p in line.problems
    ]
    assert [p.place for p in problems if told in p.message] == [where], problems
    with nothing_changed(), pytest.raises(Invalid):
        back(desk, sheet)


@pytest.mark.long
def test_a_high_priority_needs_evidence_here_too(desk: Desk, two: Any) -> None:
    line = judged(desk, book(desk).put(TWO, state="Closed", done="Agreed."))[TWO]
    assert [problem.place for problem in line.problems] == ["Actions!N3"]


@pytest.mark.long
def test_a_row_that_was_closed_meanwhile_is_told(desk: Desk, two: list[Action]) -> None:
    sheet = book(desk).put(ONE, standing="On track", word="Fine")
    operations.close(desk.owner, action=two[0], done="Done.")
    (problem,) = judged(desk, sheet)[ONE].problems
    assert "waiting for acceptance" in problem.message


@pytest.mark.long
def test_rows_that_were_sorted_whole_still_match(desk: Desk, two: list[Action]) -> None:
    sheet = book(desk).put(ONE, standing="On track", word="Fine")
    sheet.rows.reverse()
    assert back(desk, sheet) == 1
    assert again(two[0]).last_word == "Fine"


@pytest.mark.long
def test_marks_do_not_travel_between_rows(desk: Desk, two: list[Action]) -> None:
    sheet = book(desk)
    sheet.put(ONE, mark=sheet.at(TWO, sheets.MARK), standing="On track", word="Fine")
    assert judged(desk, sheet)[ONE].problems


@pytest.mark.long
def test_merged_cells_are_refused(desk: Desk, two: Any) -> None:
    sheet = book(desk)
    sheet.merged = ["H2:H3"]
    with nothing_changed(), pytest.raises(Invalid, match="Actions!H2:H3: These cells are merged"):
        back(desk, sheet)


@pytest.mark.long
def test_a_missing_column_is_refused(desk: Desk, two: Any) -> None:
    sheet = book(desk)
    at = sheet.titles.index(sheets.DUE)
    for row in (sheet.titles, *sheet.rows):
        del row[at]
    with nothing_changed(), pytest.raises(Invalid, match="The column 'Due' is missing"):
        back(desk, sheet)


@pytest.mark.long
def test_another_sheet_is_refused(desk: Desk, two: Any) -> None:
    sheet = book(desk)
    sheet.name = "Mine"
    with nothing_changed(), pytest.raises(Invalid, match="no sheet called Actions"):
        back(desk, sheet)


@pytest.mark.long
def test_macros_are_refused(desk: Desk, two: Any) -> None:
    data = hostile.with_part(book(desk).data, "xl/vbaProject.bin", hostile.OLE)
    with nothing_changed(), pytest.raises(Invalid, match="macro"):
        back(desk, Upload("actions.xlsx", data))


@pytest.mark.long
def test_what_is_no_workbook_is_refused(desk: Desk, two: Any) -> None:
    with nothing_changed(), pytest.raises(Invalid):
        back(desk, Upload("actions.xlsx", b"nothing like it"))


@pytest.mark.long
def test_an_agencys_contact_takes_its_round_and_nobody_elses(desk: Desk, two: Any) -> None:
    with pytest.raises(Refused, match="contact of Heath ICB"):
        queries.workbook(desk.lead.actor, desk.health, made=MADE)
    operations.name_contact(desk.manager, agency=desk.health, seat=desk.lead.seat)
    sheet = given_out(desk.lead.actor, desk.health)
    sheet.put(ONE, standing="On track", word="Fine")
    assert operations.bring_back(desk.lead.actor, agency=desk.health, file=sheet.file) == 1
    assert {row.uploaded_by for d in Document.objects.all() for row in d.versions.all()} == {
        "Lee Lead"
    }
    with pytest.raises(Refused, match="contact of Heath Police"):
        queries.workbook(desk.lead.actor, desk.police, made=MADE)


@pytest.mark.long
def test_a_day_that_the_contact_may_not_move_is_told_beforehand(
    desk: Desk, two: list[Action]
) -> None:
    operations.name_contact(desk.manager, agency=desk.health, seat=desk.lead.seat)
    sheet = given_out(desk.lead.actor, desk.health)
    sheet.put(ONE, standing="On track", word="Fine").put(TWO, due=LATER, why="Longer")
    lines = queries.judged(desk.lead.actor, desk.health, sheet.data)
    assert [p.place for line in lines for p in line.problems] == ["Actions!K3"]
    operations.bring_back(desk.lead.actor, agency=desk.health, file=sheet.file)
    assert again(two[1]).due == DUE
    assert again(two[0]).last_word == "Fine"


@pytest.mark.long
def test_a_hold_on_one_leaves_the_whole_file_undone(desk: Desk, two: list[Action]) -> None:
    sheet = book(desk).put(ONE, standing="On track", word="Fine")
    sheet.put(TWO, state="Closed", done="Agreed.", evidence="Minute 4", place="10 April")
    records.place_hold(
        desk.manager, record=two[1].record, blocks="close", reason="A trial runs.", on=DAY
    )
    with nothing_changed(), pytest.raises(Invalid, match=r"HERE-A-0002: .*A trial runs"):
        back(desk, sheet)
