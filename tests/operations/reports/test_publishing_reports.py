"""A report frozen as one paper and put before two boards, each under a cover of its own."""

from __future__ import annotations

from typing import Any

import pytest

from concordat.craft import pdf
from concordat.domain.assurance.reports import operations, queries
from concordat.domain.assurance.reports.models import ReportIssue
from concordat.domain.assurance.reports.operations import publishing
from concordat.domain.assurance.reports.operations.publishing import Edition
from concordat.domain.assurance.reports.rules import declared
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.documents.queries import bytes_of
from concordat.domain.base.records import operations as records
from concordat.domain.governance.meetings import operations as meetings
from concordat.domain.governance.meetings.models import Meeting, Paper
from concordat.domain.governance.meetings.queries import presenting
from concordat.domain.governance.meetings.rules.papers import Part, Status
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import day_in_words
from concordat.kernel.sensitivity import Sensitivity
from tests.operations.mail.cast import DAY, LOADER
from tests.operations.meetings.boardroom import Boardroom
from tests.operations.meetings.test_presenting import elsewhere
from tests.operations.reports.reporting import UPDATE
from tests.operations.seats.county import nothing_changed

TITLE = "Update on the partnership"


def home_of(room: Boardroom) -> Partnership:
    return Partnership.objects.select_related("record").get(pk=room.here.pk)


def published(room: Boardroom, *before: Meeting, actor: Any = None, **more: Any) -> Paper:
    told: dict[str, Any] = {"title": TITLE, "as_at": DAY, "asks": ["Note it"]} | more
    return publishing.publish(
        actor or room.manager,
        partnership=home_of(room),
        report="board-update",
        edition=Edition(**told),
        before=before,
    )


@pytest.mark.long
def test_one_paper_comes_before_two_boards_with_their_own_covers(room: Boardroom) -> None:
    operations.write(
        room.manager, partnership=home_of(room), report="board-update", section="summary",
        text="All is **well**.",
    )  # fmt: skip
    paper = published(room, room.now(), elsewhere(room, "short"))
    shown = presenting.presentations(room.manager, paper)
    assert [row.cover for row in shown] == ["whole", "short"]
    whole, short = (dict(presenting.cover_of(row, paper, {})) for row in shown)
    assert whole["Executive summary"] == short["Executive summary"] == "All is well."
    assert "This version" in whole
    assert "This version" not in short
    assert whole["Decisions and recommendations sought"] == ["Note it"]


@pytest.mark.long
def test_its_text_is_frozen_and_what_is_known_later_does_not_change_it(room: Boardroom) -> None:
    paper = published(room, room.now())
    assert paper.document is None
    paper.refresh_from_db()
    assert paper.document is not None
    version = paper.document.versions.get()
    before = bytes_of(room.manager, version)
    assert "Executive" in pdf.text(before)
    assert "Note it" in pdf.text(before)
    assert "Nothing is asked" not in pdf.text(before)
    operations.write(
        room.manager, partnership=home_of(room), report="board-update", section="summary",
        text="Said later.",
    )  # fmt: skip
    assert bytes_of(room.manager, paper.document.versions.get()) == before
    issue = ReportIssue.objects.get()
    assert (issue.paper, issue.as_at) == (paper, DAY.isoformat())


@pytest.mark.long
def test_its_text_tells_of_itself_and_not_of_the_paper_before(room: Boardroom) -> None:
    published(room, room.now(), title="The first of them", asks=["Agree the costs"])
    paper = published(room, room.now(), title="The second of them", asks=["Note the risks"])
    paper.refresh_from_db()
    assert paper.document is not None
    said = " ".join(pdf.text(bytes_of(room.manager, paper.document.versions.get())).split())
    ahead = room.now().day
    assert ahead is not None
    for words in ("The second of them", "Note the risks", f"Executive, {day_in_words(ahead)}"):
        assert words in said
    for words in ("The first of them", "Agree the costs"):
        assert words not in said


@pytest.mark.long
def test_another_report_has_a_cover_of_its_own(room: Boardroom) -> None:
    put_into_paper = published(room, room.now(), title="The update")
    assert put_into_paper.title == "The update"
    other = declared("evaluation-interim")
    assert other is not None
    live = queries.assembled(room.manager, other, home_of(room), DAY)
    said = [cell for part in live.parts for each in part.blocks for row in each.rows
            for cell in row.cells]  # fmt: skip
    assert "The update" not in said


@pytest.mark.long
def test_one_of_the_meetings_is_of_the_partnership_whose_paper_it_is(room: Boardroom) -> None:
    """Whatever the order in which they were chosen, its own item stands on its own agenda."""
    paper = published(room, elsewhere(room), room.now())
    assert paper.partnership_id == room.here.pk


@pytest.mark.long
def test_one_board_is_told_something_else(room: Boardroom) -> None:
    paper = published(room, room.now(), elsewhere(room))
    first, second = presenting.presentations(room.manager, paper)
    meetings.tell_body(
        room.manager, presentation=second, purposes=[Status.DECISION], asks=["Agree the costs"],
        requested_by=None, cover="decision",
    )  # fmt: skip
    second.refresh_from_db()
    asked = [presenting.written(row, paper)[Part.ASKED] for row in (first, second)]
    assert asked == [["Note it"], ["Agree the costs"]]


@pytest.mark.long
def test_it_stands_among_the_papers_as_which_reports_went_out(room: Boardroom) -> None:
    paper = published(room, room.now())
    assert [row.paper for row in queries.issues(room.manager, home_of(room))] == [paper]
    assert UPDATE is not None
    live = queries.assembled(room.manager, UPDATE, home_of(room), DAY)
    (cover,) = [each for each in live.part("cover").blocks if each.name == "cover"]
    assert ("Title of report", TITLE) in [row.cells for row in cover.rows]


@pytest.mark.long
def test_a_paper_is_named_only_to_those_who_may_open_its_item(room: Boardroom) -> None:
    paper = published(room, room.now())
    health = room.house.health.actor
    assert [row.paper for row in queries.issues(health, home_of(room))] == [paper]
    assert paper.item is not None
    records.restrict(
        LOADER, record=paper.item.record, sensitivity=Sensitivity.SEALED, reason="Named"
    )
    assert not queries.issues(health, home_of(room))


@pytest.mark.long
def test_nothing_goes_out_when_one_board_cannot_have_it(room: Boardroom) -> None:
    ahead, held = elsewhere(room), room.held()
    with nothing_changed(), pytest.raises(Refused):
        published(room, ahead, held)
    assert not Paper.objects.exists()


@pytest.mark.parametrize(
    ("more", "says"),
    [({"title": " "}, "needs a title"), ({"boards": 0}, "at least one meeting")],
)
def test_what_lacks_something_is_refused(room: Boardroom, more: dict[str, Any], says: str) -> None:
    before = () if more.pop("boards", 1) == 0 else (room.now(),)
    with nothing_changed(), pytest.raises(Invalid, match=says):
        published(room, *before, **more)


def test_only_whoever_runs_the_partnership_publishes(room: Boardroom) -> None:
    for sitter in (room.house.health, room.house.outsider):
        with nothing_changed(), pytest.raises(Refused):
            published(room, room.now(), actor=sitter.actor)
