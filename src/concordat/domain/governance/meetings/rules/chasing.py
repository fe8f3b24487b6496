"""Who owes which paper for a meeting, and whether it is time to ask again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from concordat.domain.governance.meetings.rules.life import PaperStage, Purpose
from concordat.kernel.calendar import WorkingDays
from concordat.kernel.labels import count
from concordat.kernel.verdict import Verdict, no, yes


class Owing(StrEnum):
    """How a paper stands for one meeting, what is owed most first."""

    LATE = "late"
    NOT_ASKED = "not asked for"
    OWED = "owed"
    CLEARING = "waits for clearance"
    FOLLOWS = "to follow"
    READY = "ready"
    SENT = "in the pack"
    WITHDRAWN = "withdrawn"


ORDER = {owing: at for at, owing in enumerate(Owing)}
UNWRITTEN = frozenset({PaperStage.WANTED, PaperStage.DRAFT})
NEEDS_PAPER = frozenset({Purpose.DECIDE, Purpose.AGREE, Purpose.ASSURE})
"""What a meeting cannot well do from the title of an item alone."""


def owing(stage: PaperStage, due: date | None, on: date) -> Owing:
    """A paper that is to follow is owed by no day here: the chair has agreed to that."""
    settled = {
        PaperStage.IN_PACK: Owing.SENT,
        PaperStage.CLEARED: Owing.READY,
        PaperStage.WITHDRAWN: Owing.WITHDRAWN,
        PaperStage.TO_FOLLOW: Owing.FOLLOWS,
    }
    if stage in settled:
        return settled[stage]
    if due is not None and due < on:
        return Owing.LATE
    return Owing.CLEARING if stage is PaperStage.IN_CLEARANCE else Owing.OWED


def when_in_words(due: date | None, on: date, days: WorkingDays) -> str:
    """ "2 working days late", "due today", "3 working days left"."""
    if due is None:
        return "no day set"
    left = days.between(on, due)
    if due == on:
        return "due today"
    if due < on:
        return f"{count(-left, 'working day')} late"
    return f"{count(left, 'working day')} left"


def may_chase(stage: Owing) -> Verdict:
    if stage in (Owing.SENT, Owing.READY, Owing.WITHDRAWN):
        return no(f"This paper is {stage}. Nobody owes it any more.")
    if stage is Owing.NOT_ASKED:
        return no("Nobody was asked for a paper on this item yet.")
    return yes()


def in_a_sentence(rows: Iterable[Owing]) -> str:
    """ "2 papers are late, 1 is owed and 3 are in the pack."."""
    found = list(rows)
    if not found:
        return "No paper is asked for."
    parts = []
    for each in Owing:
        if number := found.count(each):
            parts.append(f"{number} {each}")
    return f"{count(len(found), 'paper')}: {', '.join(parts)}."
