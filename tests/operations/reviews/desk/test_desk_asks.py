"""What the desk of a review owes next is asked of whoever runs it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from concordat.domain.base.asks.models import Ask
from concordat.domain.practice.reviews import operations
from concordat.domain.practice.reviews.rules.desk import Due, List, Part, next_due
from concordat.kernel.actor import process
from concordat.kernel.errors import Refused
from tests.operations.mail.cast import DAY
from tests.operations.reviews.desk.examples import Studio, handed_in

DAYS = [Due(DAY + timedelta(days=n), f"thing {n}") for n in (9, 3, 5)]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (DAYS, "thing 3"),
        (DAYS[:1], ""),
        ([Due(DAY - timedelta(days=30), "late"), *DAYS], "late"),
        ([], ""),
    ],
)
def test_what_is_due_first_is_asked_for_where_it_is_near(days: list[Due], found: str) -> None:
    due = next_due(days, DAY)
    assert (due.what if due else "") == found


def _asked(studio: Studio, errand: str = "update") -> list[tuple[str, str, date | None]]:
    rows = Ask.objects.filter(record=studio.review.record, errand=errand, cleared_on=None)
    return [(each.seat.role, each.what, each.due) for each in rows.select_related("seat")]


@pytest.mark.long
def test_the_next_day_of_the_plan_is_asked_for_and_no_more_once_it_is_told(
    studio: Studio,
) -> None:
    reference = studio.review.record.reference
    near, far = DAY + timedelta(days=2), DAY + timedelta(days=40)
    first = operations.add_entry(
        studio.manager,
        review=studio.row(),
        kind=List.CHECKPOINT,
        what="Draft read",
        planned=near,
        who="The panel",
    )
    operations.add_entry(
        studio.manager,
        review=studio.row(),
        kind=List.CHECKPOINT,
        what="Second",
        planned=far,
        who="The panel",
    )
    told = f"what came of the checkpoint planned for 31 March 2019, on {reference}"
    assert _asked(studio) == [("Mary Manager", told, near)]
    operations.tell_outcome(
        studio.manager, entry=first, outcome="on-course", on=DAY, words="Read by two"
    )
    assert _asked(studio) == []
    with pytest.raises(Refused):
        operations.ask_desks(studio.manager)
    assert operations.ask_desks(process("watcher", far - timedelta(days=3))) == 1
    assert [each[2] for each in _asked(studio)] == [far]
    assert operations.ask_desks(process("watcher", far - timedelta(days=3))) == 0


@pytest.mark.long
def test_a_stage_of_a_fee_is_asked_for_by_the_daily_run(studio: Studio) -> None:
    member = operations.ask_member(
        studio.manager, review=studio.review, part=Part.REVIEWER, person=studio.writer, why="Knows"
    )
    operations.agree_fee(
        studio.manager, member=member, what="First draft", amount=100_000,
        due=DAY + timedelta(days=1),
    )  # fmt: skip
    operations.ask_desks(process("watcher", DAY))
    assert [each[1].startswith("how a stage of a fee stands") for each in _asked(studio)] == [True]


@pytest.mark.long
def test_a_report_that_is_handed_in_asks_for_its_check(studio: Studio) -> None:
    row = handed_in(studio)
    told = f"the report of Heath Trust for {studio.review.record.reference}"
    assert [each[:2] for each in _asked(studio, "review")] == [("Mary Manager", told)]
    operations.judge_report(studio.manager, report=row, adequate=False, words="Says no why")
    assert _asked(studio, "review") == []
