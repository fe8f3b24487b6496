"""How a paper stands for a meeting, and when it is time to ask again."""

from __future__ import annotations

from datetime import date

import pytest

from concordat.domain.governance.meetings.rules import chasing
from concordat.domain.governance.meetings.rules.chasing import Owing
from concordat.domain.governance.meetings.rules.life import PaperStage
from concordat.kernel.calendar import WorkingDays

ON = date(2019, 4, 1)
DAYS = WorkingDays(frozenset({date(2019, 4, 19), date(2019, 4, 22)}))


@pytest.mark.parametrize(
    ("stage", "due", "stands"),
    [
        (PaperStage.WANTED, date(2019, 3, 29), Owing.LATE),
        (PaperStage.WANTED, ON, Owing.OWED),
        (PaperStage.WANTED, None, Owing.OWED),
        (PaperStage.DRAFT, date(2019, 3, 29), Owing.LATE),
        (PaperStage.IN_CLEARANCE, date(2019, 4, 5), Owing.CLEARING),
        (PaperStage.IN_CLEARANCE, date(2019, 3, 29), Owing.LATE),
        (PaperStage.CLEARED, date(2019, 3, 29), Owing.READY),
        (PaperStage.IN_PACK, date(2019, 3, 29), Owing.SENT),
        (PaperStage.TO_FOLLOW, date(2019, 3, 29), Owing.FOLLOWS),
        (PaperStage.WITHDRAWN, date(2019, 3, 29), Owing.WITHDRAWN),
    ],
)
def test_how_a_paper_stands(stage: PaperStage, due: date | None, stands: Owing) -> None:
    assert chasing.owing(stage, due, ON) is stands


@pytest.mark.parametrize(
    ("due", "on", "told"),
    [
        (date(2019, 4, 3), ON, "2 working days left"),
        (ON, ON, "due today"),
        (date(2019, 3, 29), ON, "1 working day late"),
        (date(2019, 4, 18), date(2019, 4, 23), "1 working day late"),
        (None, ON, "no day set"),
    ],
)
def test_how_late_it_is_counts_only_days_that_are_worked(
    due: date | None, on: date, told: str
) -> None:
    assert chasing.when_in_words(due, on, DAYS) == told


@pytest.mark.parametrize("stands", list(Owing))
def test_nobody_is_reminded_of_what_is_there(stands: Owing) -> None:
    owed = stands in (Owing.LATE, Owing.OWED, Owing.CLEARING, Owing.FOLLOWS)
    assert bool(chasing.may_chase(stands)) is owed


def test_papers_are_counted_in_a_sentence() -> None:
    rows = [Owing.SENT, Owing.LATE, Owing.OWED, Owing.LATE]
    assert chasing.in_a_sentence(rows) == "4 papers: 2 late, 1 owed, 1 in the pack."
    assert chasing.in_a_sentence([]) == "No paper is asked for."
