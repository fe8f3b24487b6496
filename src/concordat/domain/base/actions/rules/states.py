"""Where an action stands, how it goes, and how near its day is."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from concordat.kernel.actor import Office
from concordat.kernel.transitions import Move, States

ASK_BEFORE = timedelta(days=14)
"""So long before its day an action's owner is asked how it stands."""
AGAIN = timedelta(days=28)
"""What stays overdue for so long is overdue a second time."""
DAYS_TO_ANSWER = 5
DAYS_TO_JUDGE = 28
TWICE = 2
LONGEST_WORD = 300
MOST_MONTHS = 24


class Stage(StrEnum):
    """Where an action is in its life."""

    OPEN = "open"
    CLOSED = "closed"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"

    @property
    def words(self) -> str:
        return "Waiting for acceptance" if self is Stage.CLOSED else self.value.capitalize()

    @property
    def rank(self) -> int:
        """What is owed comes first in a list, then what waits for acceptance, then the rest."""
        return {Stage.OPEN: 0, Stage.CLOSED: 1}.get(self, OVER)

    @property
    def is_over(self) -> bool:
        return self.rank == OVER


OVER = 2

_BODY = frozenset({Office.CHAIR, Office.STRATEGY_MANAGER, Office.CO_ORDINATOR})

STATES = States(
    [
        Move("update", Stage.OPEN, Stage.OPEN, note="by its owner, in one line"),
        Move("extend", Stage.OPEN, Stage.OPEN, note="with a reason; the old day stays on file"),
        Move("reassign", Stage.OPEN, Stage.OPEN, _BODY, "with a reason; both are told"),
        Move(
            "close",
            Stage.OPEN,
            Stage.CLOSED,
            note="with what was done; evidence too where the priority is high",
        ),
        Move("accept", Stage.CLOSED, Stage.ACCEPTED, _BODY, "for the body, never by its owner"),
        Move(
            "find inadequate",
            Stage.CLOSED,
            Stage.OPEN,
            _BODY,
            "with a reason and a new day",
        ),
        Move("withdraw", Stage.OPEN, Stage.WITHDRAWN, _BODY, "with a reason, never by its owner"),
        Move("supersede", Stage.OPEN, Stage.SUPERSEDED, _BODY, "by another action"),
    ],
    Stage.OPEN,
)


class Standing(StrEnum):
    """How it goes, in its owner's judgement. No colour is computed from it."""

    ON_TRACK = "on track"
    IN_DIFFICULTY = "in difficulty"
    BLOCKED = "blocked"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class Priority(StrEnum):
    ORDINARY = "ordinary"
    HIGH = "high"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class Told(StrEnum):
    """What an entry on an action's page tells of."""

    SET = "set"
    UPDATED = "updated"
    ASKED = "asked for an update"
    EXTENDED = "extended"
    REASSIGNED = "reassigned"
    EVIDENCED = "evidence added"
    LATE = "overdue"
    CLOSED = "closed by its owner"
    ACCEPTED = "accepted as adequate"
    INADEQUATE = "found inadequate"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class When(StrEnum):
    """How a list is narrowed by its days."""

    OVERDUE = "overdue"
    THIS_MONTH = "this month"
    NO_DATE = "no date"

    @property
    def label(self) -> str:
        return {When.NO_DATE: "No end date"}.get(self, self.value.capitalize())


class Order(StrEnum):
    """How a list is ordered; `OWED` is what comes first where nobody chose."""

    OWED = ""
    DUE = "due"
    DUE_LAST = "-due"
    SAID = "said"
    SAID_LAST = "-said"


def is_overdue(stage: str, due: date | None, today: date) -> bool:
    """From the day after its day, and only while it is still owed."""
    return stage == Stage.OPEN and due is not None and due < today


def counts_as_late(
    due: date | None, today: date, marked: date | None, marked_on: date | None
) -> bool:
    """Whether an open action is to be marked as overdue today.

    Once for each day that it misses, and again for every 28 days that it stays overdue; `marked`
    is the missed day that was marked last, `marked_on` when.
    """
    if due is None or due >= today:
        return False
    return marked != due or marked_on is None or marked_on + AGAIN <= today


def is_to_be_asked(comes_up: date, long_open: bool, asked_for: date | None, today: date) -> bool:
    """Whether its owner is to be asked how it stands: once for each day that it comes up."""
    first = comes_up if long_open else comes_up - ASK_BEFORE
    return first <= today and asked_for != comes_up


def this_month(today: date) -> tuple[date, date]:
    """The first and last day of the month."""
    first = today.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    return first, after - timedelta(days=1)
