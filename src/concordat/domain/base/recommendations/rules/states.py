"""Where a recommendation stands, what it comes from, and the closed lists of its words."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from concordat.kernel.actor import Office
from concordat.kernel.calendar import add_months
from concordat.kernel.transitions import Move, States

ASK_BEFORE = timedelta(days=28)
"""So long before its day an owner is asked how a recommendation goes."""
ASK_EVERY = 6
"""Months after which an owner is asked again where there is no day."""
MEASURE_AFTER = 3
"""Months after acceptance as adequate at which the effect is measured, unless a day is set."""
LONG_OPEN = 12
"""Months after which an open recommendation is told of, with or without a day."""
DAYS_TO_ANSWER = 28
MOST_WAITING = 99


class Stage(StrEnum):
    """Where a recommendation is in its life. The first three come before any board accepts it."""

    DRAFT = "draft"
    WORKED = "being worked on"
    PROPOSED = "before the board"
    ACCEPTED = "accepted"
    REFUSED = "not accepted"
    DONE = "said to be done"
    ADEQUATE = "accepted as adequate"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return self.value.capitalize()

    @property
    def rank(self) -> int:
        """What is owed comes first in a list, then what is framed, then what waits to be judged."""
        return _RANKS[self]

    @property
    def is_over(self) -> bool:
        return self.rank == OVER


OVER = 4
_RANKS = {
    Stage.ACCEPTED: 0,
    Stage.DONE: 1,
    Stage.ADEQUATE: 2,
    Stage.DRAFT: 3,
    Stage.WORKED: 3,
    Stage.PROPOSED: 3,
    Stage.REFUSED: OVER,
    Stage.CLOSED: OVER,
    Stage.WITHDRAWN: OVER,
}
FRAMED = (Stage.DRAFT, Stage.WORKED, Stage.PROPOSED)
"""Before a board has decided."""
OPEN = (Stage.ACCEPTED, Stage.DONE)
"""What a board accepted, and has not accepted as adequate."""

_BODY = frozenset({Office.CHAIR, Office.STRATEGY_MANAGER, Office.CO_ORDINATOR})

STATES = States(
    [
        Move("send", Stage.DRAFT, Stage.WORKED, _BODY, "to the body that works drafts"),
        Move("amend", Stage.DRAFT, Stage.DRAFT, note="its words, addressee, level and measure"),
        Move("amend", Stage.WORKED, Stage.WORKED, note="by the body that works it"),
        Move("check", Stage.WORKED, Stage.WORKED, note="each point yes or no, with the reason"),
        Move("put", Stage.WORKED, Stage.PROPOSED, _BODY, "once every point is answered"),
        Move("send back", Stage.WORKED, Stage.DRAFT, _BODY, "with a reason"),
        Move("send back", Stage.PROPOSED, Stage.WORKED, _BODY, "by the board, with a reason"),
        Move("accept", Stage.PROPOSED, Stage.ACCEPTED, _BODY, "by the board, with its reasons"),
        Move("not accept", Stage.PROPOSED, Stage.REFUSED, _BODY, "by the board, with its reasons"),
        Move("take up again", Stage.REFUSED, Stage.DRAFT, _BODY, "with a reason"),
        Move("withdraw", Stage.DRAFT, Stage.WITHDRAWN, _BODY, "with a reason"),
        Move("withdraw", Stage.WORKED, Stage.WITHDRAWN, _BODY, "with a reason"),
        Move("withdraw", Stage.REFUSED, Stage.WITHDRAWN, _BODY, "by who drafts, to let it rest"),
        Move(
            "withdraw",
            Stage.ACCEPTED,
            Stage.WITHDRAWN,
            _BODY,
            "by the body that set it, with a reason",
        ),
        Move("update", Stage.ACCEPTED, Stage.ACCEPTED, note="by its owner, in one line"),
        Move("change", Stage.ACCEPTED, Stage.ACCEPTED, _BODY, "its owner or its day"),
        Move("say done", Stage.ACCEPTED, Stage.DONE, note="with what was done and what shows it"),
        Move(
            "accept as adequate",
            Stage.DONE,
            Stage.ADEQUATE,
            _BODY,
            "by the body that set it, never by its owner",
        ),
        Move("find inadequate", Stage.DONE, Stage.ACCEPTED, _BODY, "with a reason and a new day"),
        Move(
            "close",
            Stage.ADEQUATE,
            Stage.CLOSED,
            _BODY,
            "with what it changed, measured after, or why that cannot be told",
        ),
        Move("reopen", Stage.ADEQUATE, Stage.ACCEPTED, _BODY, "with a reason"),
        Move("reopen", Stage.CLOSED, Stage.ACCEPTED, _BODY, "with a reason"),
    ],
    Stage.DRAFT,
)


class _Words(StrEnum):
    @property
    def label(self) -> str:
        return self.value.capitalize()


class Origin(_Words):
    """What a recommendation comes from."""

    REVIEW = "review"
    OLD_REVIEW = "old serious case review"
    NATIONAL = "national review"
    DEATHS = "child death review"
    AUDIT = "audit"
    SCRUTINY = "scrutiny"
    INSPECTION = "inspection"
    LEARNING = "learning session"
    PAPER = "paper"
    OTHER = "other"


class Level(_Words):
    """At which level the change is wanted."""

    INDIVIDUAL = "individual"
    TEAM = "team"
    AGENCY = "agency"
    SYSTEM = "system"


class Nature(_Words):
    """Whether it changes how the system works, or asks that what is there be done.

    A study of 2010 to 2011 for the department warned that wording which is easy to tick off drives
    easy actions; so the two are counted apart, and only a person says which it is.
    """

    SYSTEM_CHANGE = "system change"
    COMPLIANCE = "compliance"


class Effect(_Words):
    """What it changed, as judged when it is closed."""

    BETTER = "better"
    SAME = "no change"
    WORSE = "worse"
    UNKNOWN = "cannot be told"


class Showing(_Words):
    """What is put on file beside a recommendation."""

    BEFORE = "measured before"
    AFTER = "measured after"
    CHILDREN = "children said"
    FAMILIES = "families said"
    PRACTITIONERS = "practitioners said"
    EVIDENCE = "evidence"


VALUES = (Showing.BEFORE, Showing.AFTER)
VOICES = (Showing.CHILDREN, Showing.FAMILIES, Showing.PRACTITIONERS)


class Wanting(_Words):
    """What is wanting, by which a list is narrowed."""

    OVERDUE = "overdue"
    OWNER = "no owner"
    ADDRESSEE = "no addressee"
    MEASURE = "no measure"
    AFTER = "not measured after"
    LONG = "open for over a year"
    REPEATED = "told more than once"


class Told(_Words):
    """What an entry on its page tells of."""

    DRAFTED = "drafted"
    STATED = "as a file states it"
    TAKEN_OVER = "taken over as accepted before"
    AMENDED = "amended"
    SENT = "sent to be worked on"
    CHECKED = "checked"
    PUT = "put before the board"
    BACK = "sent back"
    ACCEPTED = "accepted"
    REFUSED = "not accepted"
    AGAIN = "taken up again"
    WITHDRAWN = "withdrawn"
    UPDATED = "updated"
    OWNED = "given an owner"
    MOVED = "given a new day"
    TOLD = "addressee told"
    LATE = "overdue"
    DONE = "said to be done"
    ADEQUATE = "accepted as adequate"
    INADEQUATE = "found inadequate"
    SHOWN = "put on file"
    CLOSED = "closed"
    REOPENED = "reopened"
    SAME = "found to be the same as another"
    APART = "told apart from another"


def is_overdue(stage: str, due: date | None, today: date) -> bool:
    """From the day after its day, and only while a board waits for it."""
    return stage == Stage.ACCEPTED and due is not None and due < today


def ask_on(due: date | None, today: date) -> date:
    """The day on which its owner is asked next how it goes: 28 days before its day, or in six
    months where there is none or that day is over."""
    if due is not None and due - ASK_BEFORE > today:
        return due - ASK_BEFORE
    if due is not None and due > today:
        return due
    return add_months(today, ASK_EVERY)


def measure_on(wanted: date | None, today: date) -> date:
    """The day on which its effect is asked for, once it was accepted as adequate."""
    return wanted if wanted and wanted > today else add_months(today, MEASURE_AFTER)


def long_open_before(today: date) -> date:
    """What was opened before this day and is still open is open for over a year."""
    return add_months(today, -LONG_OPEN)


def calls_for_a_meeting(waiting: int, at_least: int | None) -> bool:
    """Whether so many drafts call for a meeting by a body's own rule. Without a rule nothing
    does: no law sets a number (local)."""
    return at_least is not None and waiting >= at_least
