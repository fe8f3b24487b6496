"""A report becomes the text of a paper, which goes before bodies under covers of their own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from concordat.craft import pdf
from concordat.domain.assurance.reports import queries
from concordat.domain.assurance.reports.models import ReportIssue
from concordat.domain.assurance.reports.operations.issuing import put_into
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.documents.queries import bytes_of
from concordat.domain.base.records.operations import once
from concordat.domain.governance.meetings import operations as meetings
from concordat.domain.governance.meetings.models import Paper
from concordat.domain.governance.meetings.operations.papers import Cover
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused
from tests.operations.mail.cast import DAY
from tests.operations.meetings.boardroom import Boardroom
from tests.operations.seats.county import nothing_changed


def wanted(room: Boardroom) -> tuple[Partnership, Paper]:
    line = room.item("The update")
    paper = meetings.want(room.manager, line=line, title="Update on the partnership")
    return Partnership.objects.select_related("record").get(pk=room.here.pk), paper


def put(actor: Actor, home: Partnership, paper: Paper, **more: int) -> None:
    put_into(actor, partnership=home, report="board-update", paper=paper, as_at=DAY, **more)


@pytest.mark.long
def test_the_report_of_a_day_is_the_text_of_the_paper(room: Boardroom) -> None:
    home, paper = wanted(room)
    assert queries.papers_to_fill(room.manager, home) == [paper]
    put(room.manager, home, paper)
    paper.refresh_from_db()
    assert paper.document is not None
    version = paper.document.versions.get()
    said = pdf.text(bytes_of(room.manager, version))
    assert "Executive" in said
    assert "Update on the partnership" in said, "its text tells of the paper that it goes out as"
    assert version.note == "Board update as at 29 March 2019"
    issue = ReportIssue.objects.get()
    assert (issue.paper, issue.as_at, issue.order) == (paper, "2019-03-29", 1)
    cover = _cover(room, home)
    assert cover["Title of report"] == "Update on the partnership"


@pytest.mark.long
def test_a_form_puts_it_in_once_with_its_word_that_it_went_out(room: Boardroom) -> None:
    home, paper = wanted(room)
    with once("one form"):
        put(room.manager, home, paper)
    with once("one form"):
        put(room.manager, home, Paper.objects.get(pk=paper.pk))
    paper.refresh_from_db()
    assert paper.document is not None
    assert (paper.document.versions.count(), ReportIssue.objects.count()) == (1, 1)


@pytest.mark.long
def test_what_goes_out_has_rows_that_can_be_read_and_quoted(room: Boardroom) -> None:
    from concordat.domain.assurance.reports.rules import of_row

    home, paper = wanted(room)
    paper = meetings.write(
        room.manager, paper=paper, cover=Cover("Update", parts={"summary": "All is well."})
    )
    put(room.manager, home, paper)
    ground = queries.ground_of(room.manager, home, DAY)
    row = ground.row(f"papers:{paper.key}")
    assert row is not None
    told = {name: of_row(ground, name, value) for name, value in row.items()}
    assert told["parts"] == "summary: All is well"


def _cover(room: Boardroom, home: Partnership) -> dict[str, str]:
    from concordat.domain.assurance.reports.rules import declared

    report = declared("board-update")
    assert report is not None
    (block,) = queries.assembled(room.manager, report, home, DAY).part("cover").blocks
    return dict(row.cells for row in block.rows)  # type: ignore[misc]


@pytest.mark.long
def test_a_later_report_is_the_next_version(room: Boardroom) -> None:
    home, paper = wanted(room)
    put(room.manager, home, paper)
    paper.refresh_from_db()
    assert paper.document is not None
    seen = paper.document.record.version
    put_into(
        room.manager,
        partnership=home,
        report="board-update",
        paper=paper,
        as_at=DAY - timedelta(days=1),
        seen_version=seen,
    )
    assert paper.document.versions.count() == 2
    assert [row.as_at for row in queries.issues(room.manager, home)] == ["2019-03-28", "2019-03-29"]


def test_only_who_may_write_the_paper_does(room: Boardroom) -> None:
    home, paper = wanted(room)
    assert queries.papers_to_fill(room.house.health.actor, home) == []
    with nothing_changed(), pytest.raises(Refused):
        put(room.house.health.actor, home, paper)
