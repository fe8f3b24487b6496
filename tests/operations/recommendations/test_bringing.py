"""Recommendations brought in from a sheet: all rows are read before anything is written."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from concordat.craft import excel
from concordat.craft.excel import Grid
from concordat.craft.tables import Value, headed, write_csv
from concordat.domain.base.documents.models import Document
from concordat.domain.base.documents.operations import Upload
from concordat.domain.base.recommendations import operations, queries
from concordat.domain.base.recommendations.models import Recommendation
from concordat.domain.base.recommendations.rules import Stage
from concordat.domain.base.recommendations.rules.sheet import COLUMNS
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from tests.operations.mail.cast import verbs_on
from tests.operations.recommendations.examples import TITLE, Desk, again, stage
from tests.operations.records.conftest import nothing_changed

MADE = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001 - a stamp has no zone
TITLES = ("Recommendation", "Source", "Addressed to", "Level", "Due", "Owner", "Accepted by",
          "Accepted on", "Stated where")  # fmt: skip
GOOD: tuple[tuple[Value, ...], ...] = (
    ("Tell the nurse of moves", "Review of 2018", "Invented trust", "system",
     date(2019, 6, 28), None, None, None, None),
    ("Ask the child", "Review of 2018", "A charity outside", "Team", "28 June 2019", None,
     "executive", "March 2018", "Minutes, page 4"),
)  # fmt: skip


def csv(*rows: tuple[Value, ...], titles: tuple[str, ...] = TITLES) -> Upload:
    return Upload("told.csv", write_csv([list(titles), *rows]))


def book(*rows: tuple[Value, ...], titles: tuple[str, ...] = TITLES) -> Upload:
    grid = Grid("Told", list(titles), [list(row) for row in rows])
    return Upload("told.xlsx", excel.write([grid], title="Told", made=MADE))


def bring(desk: Desk, file: Upload, by: Actor | None = None) -> list[Recommendation]:
    return operations.bring_in(by or desk.manager, partnership=desk.house.here, file=file)


@pytest.mark.long
@pytest.mark.parametrize("make", [csv, book])
def test_each_row_becomes_a_draft_or_what_a_board_accepted(desk: Desk, make: type) -> None:
    rows = [tuple(desk.health.name if cell == "Invented trust" else cell for cell in row)
            for row in GOOD]  # fmt: skip
    brought = bring(desk, make(*rows))
    first, second = (again(row) for row in brought)
    assert (first.title, first.agency, first.level) == (
        "Tell the nurse of moves", desk.health, "system"
    )  # fmt: skip
    assert (first.due_day, first.stage_is) == (date(2019, 6, 28), Stage.DRAFT)
    assert (second.outside, second.set_by, second.decided_on) == (
        "A charity outside", desk.house.board, "2018-03"
    )  # fmt: skip
    assert (second.stage_is, second.level) == (Stage.ACCEPTED, "team")
    assert "recommendations brought in" in verbs_on(desk.house.here)
    assert Document.objects.filter(record__title__contains="brought in").count() == 1


@pytest.mark.long
def test_every_fault_names_its_row_and_column_and_nothing_is_written(desk: Desk) -> None:
    bad = (
        ("", "Review", "", "nonsense", "June 2019", None, None, None, None),
        ("Fine", "Review", "", "", None, "No such post", "No such body", "2018", None),
        ("Fine", "Review", "", "", "32 May", None, None, "2030", None),
    )
    with nothing_changed(), pytest.raises(Invalid) as raised:
        bring(desk, book(GOOD[0], *bad))
    told = [str(fault) for fault in raised.value.faults]
    for part in (
        "Told!A3 (Recommendation): This is empty.",
        "Told!D3 (Level): “nonsense” is none of them.",
        "Told!E3 (Due): “June 2019” is no day.",
        "Told!I4 (Stated where): Say where it is stated",
        "Told!E5 (Due)",
        "Told!H5 (Accepted on): Nobody is named who accepted it.",
        "Told!A5: It says the same as",
    ):
        assert any(each.startswith(part) for each in told), (part, told)
    assert not Recommendation.objects.exists()
    only_names = ("Fine", "Review", "", "", None, "No such post", "No such body", "2018", "P. 1")
    with nothing_changed(), pytest.raises(Invalid) as named:
        bring(desk, csv(only_names))
    told = [str(fault) for fault in named.value.faults]
    assert told[0].startswith("told.csv, line 2, column F (Owner): There is no post")
    assert told[1].startswith("told.csv, line 2, column G (Accepted by): There is no body")


@pytest.mark.parametrize(
    ("file", "match"),
    [
        (csv(titles=("Recommendation",)), "The column 'Source' is missing"),
        (csv(), "titles and no rows"),
        (csv(("A", "B", "C"), titles=("Recommendation", "Source", "Leval")), "Did you mean Level"),
        (csv(*[("A", "B")] * 501, titles=("Recommendation", "Source")), "more than 500 rows"),
        (Upload("told.txt", b"words"), "no .xlsx or .csv"),
    ],
)
def test_what_is_no_such_sheet_is_said_at_once(desk: Desk, file: Upload, match: str) -> None:
    with nothing_changed(), pytest.raises(Invalid, match=match):
        bring(desk, file)


def test_who_may_not_draft_brings_nothing_in(desk: Desk) -> None:
    with pytest.raises(Refused, match="Only a chair"):
        bring(desk, csv(GOOD[1]), by=desk.house.member.actor)


@pytest.mark.long
def test_a_list_that_was_downloaded_is_added_to_and_brought_back(desk: Desk) -> None:
    kept = desk.accepted(agency=desk.health)
    rows = queries.listed(desk.manager)
    made = queries.workbook(desk.manager, rows, made=MADE)
    (sheet,) = excel.read(made)
    (line,) = headed(sheet)
    assert tuple(line.columns) == tuple(COLUMNS)
    assert line["Recommendation"] == TITLE
    assert line["Addressed to"] == desk.health.name
    assert line["Accepted on"] == "2014"
    assert line["Due"] == "28 June 2019"
    assert line["State"] == "Accepted"
    with nothing_changed(), pytest.raises(Invalid, match="on file already"):
        bring(desk, Upload("recommendations.xlsx", made))
    old = {title: line[title] for title in COLUMNS}
    new = old | {"Reference": None, "Recommendation": "And tell the school"}
    both = book(tuple(old.values()), tuple(new.values()), titles=tuple(COLUMNS))
    brought = bring(desk, both)
    (added,) = brought
    assert (added.title, added.agency, stage(added)) == (
        "And tell the school", desk.health, Stage.ACCEPTED
    )  # fmt: skip
    assert added.decided_on == kept.decided_on
    assert again(added).owner == again(kept).owner


def test_a_reference_that_is_not_here_is_a_fault(desk: Desk) -> None:
    file = csv(("HERE-RC-0099", "A", "B"), titles=("Reference", "Recommendation", "Source"))
    with nothing_changed(), pytest.raises(Invalid, match="No recommendation here has it"):
        bring(desk, file)
