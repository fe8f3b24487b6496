"""Narrative of reports: written in turn, kept by day, never in a circle; facts by their day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from concordat.domain.assurance.reports import operations, queries
from concordat.domain.assurance.reports.models import Narrative
from concordat.kernel.errors import Invalid, Refused, Stale
from tests.operations.mail.cast import DAY, verbs_on
from tests.operations.reports.reporting import Reporting
from tests.operations.seats.county import nothing_changed

WORDS = "There are [[count:risks]] risks; the worst is [[risks:cost]]."


@pytest.mark.long
def test_what_is_written_quotes_what_is_on_record(told: Reporting) -> None:
    row = told.write(WORDS)
    assert row is not None
    assert (row.order, row.written_by, row.stated_on) == (1, "Mary Manager", DAY)
    assert told.made().part("summary").filled == "There are 1 risks; the worst is Unknown cost."
    assert verbs_on(told.home.record)[-1] == "narrative written"


@pytest.mark.long
def test_a_later_wording_leaves_earlier_days_as_they_were(told: Reporting) -> None:
    told.write("First.")
    assert told.made(DAY - timedelta(days=1)).part("summary").filled == ""
    told.write("Second.", seen=1)
    assert told.made().part("summary").filled == "Second."
    assert list(Narrative.objects.order_by("order").values_list("order", "text")) == [
        (1, "First."),
        (2, "Second."),
    ]


def test_taking_it_out_keeps_what_was_there(told: Reporting) -> None:
    told.write("First.")
    told.write("", seen=1)
    assert told.made().part("summary").filled == ""
    assert Narrative.objects.count() == 2
    assert verbs_on(told.home.record)[-1] == "narrative taken out"


def test_the_same_words_again_are_no_event(told: Reporting) -> None:
    told.write("First.")
    before = verbs_on(told.home.record)
    told.write("First.\n", seen=1)
    assert (Narrative.objects.count(), verbs_on(told.home.record)) == (1, before)


def test_two_who_write_one_section_see_both_texts(told: Reporting) -> None:
    told.write("Mine.")
    with nothing_changed(), pytest.raises(Stale) as conflict:
        told.write("Theirs.")
    assert (conflict.value.mine, conflict.value.theirs) == ({"text": "Theirs."}, {"text": "Mine."})
    assert conflict.value.by == "Mary Manager"


def test_only_who_runs_the_partnership_writes(told: Reporting) -> None:
    for actor in (told.house.member.actor, told.house.outsider.actor):
        with nothing_changed(), pytest.raises(Refused):
            operations.write(
                actor, partnership=told.home, report="board-update", section="summary", text="No"
            )


def test_what_leads_nowhere_is_refused_with_section_and_line(told: Reporting) -> None:
    with nothing_changed(), pytest.raises(Invalid) as problem:
        told.write("One.\n[[risks:cots]]")
    (fault,) = problem.value.faults
    assert fault.message.startswith("“Executive summary”, line 2: nothing can be quoted")
    assert (fault.field, "[[risks:cost]]" in fault.mend) == ("text", True)


@pytest.mark.long
def test_a_circle_is_refused(told: Reporting) -> None:
    told.write("See [[section:background]].")
    with nothing_changed(), pytest.raises(Invalid, match="“Background”"):
        told.write("See [[section:summary]].", section="background")


@pytest.mark.parametrize(
    ("report", "section", "says"),
    [("board-updat", "summary", "no report"), ("arrangements", "summary", "no report"),
     ("board-update", "weather", "no section")],
)  # fmt: skip
def test_what_is_not_declared_is_not_written(
    told: Reporting, report: str, section: str, says: str
) -> None:
    with nothing_changed(), pytest.raises(Invalid, match=says):
        told.write("x", report=report, section=section)
    with nothing_changed(), pytest.raises(Invalid, match="room for"):
        told.write("x" * 20_001)


@pytest.mark.long
def test_a_row_is_told_from_the_day_on_which_it_was_known(told: Reporting) -> None:
    def titles(day: date) -> list[str]:
        return [row.cells[0] for row in told.made(day).part("risks").blocks[1].rows]

    assert titles(DAY) == ["Unknown cost"]
    assert titles(date(2019, 4, 30)) == ["Unknown cost", "Late risk"]


def test_what_was_invented_is_left_out_of_a_partnership_that_was_not(told: Reporting) -> None:
    ground = queries.ground_of(told.manager, told.home, DAY)
    assert "A made up risk" not in str(ground.rows["risks"])


@pytest.mark.long
def test_whoever_may_not_look_in_is_told_no_row(told: Reporting) -> None:
    ground = queries.ground_of(told.house.outsider.actor, told.home, DAY)
    assert not any(ground.rows.values())
    assert any(queries.ground_of(told.manager, told.home, DAY).rows.values())


@pytest.mark.long
def test_two_days_are_compared(told: Reporting) -> None:
    from tests.operations.reports.reporting import UPDATE

    assert UPDATE is not None
    later = date(2019, 4, 30)
    changes = queries.compared(told.manager, UPDATE, told.home, DAY, later)
    assert {(each.section, each.kind.value) for each in changes} >= {("risks", "added")}
    assert not queries.compared(told.manager, UPDATE, told.home, later, later)


def test_the_rows_behind_a_number(told: Reporting) -> None:
    live = told.made()
    assert [row["title"] for _, row in live.behind("count:risks")] == ["Unknown cost"]
    assert [row["impact"] for _, row in live.behind("risks:cost")] == ["HIGH"]
    assert live.behind("risks:late") == []
