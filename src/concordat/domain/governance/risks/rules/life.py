"""The life of a risk, what is done about it, and who may do what with it.

Neither statute nor Working Together says how risks are kept: all of this is local.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from concordat.domain.base.actions.rules import Part
from concordat.domain.base.records.rules.access import SECRETARIAT
from concordat.kernel.actor import Office
from concordat.kernel.calendar import add_months
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import day_in_words
from concordat.kernel.transitions import Move, States
from concordat.kernel.verdict import Verdict, no, yes

LONGEST_TITLE = 300
LONGEST_REASON = 1000
LONGEST_CONTROL = 600
MOST_MONTHS_ACCEPTED = 24
RAN_OUT = "Its day came"
"""Why an acceptance ended that nobody ended."""
ASK_BEFORE = timedelta(days=14)
"""So long before its day whoever owns a risk is asked to look at it again."""
DAYS_TO_JUDGE = 28


class Stage(StrEnum):
    """Where a risk is in its life."""

    OPEN = "open"
    CLOSING = "closing proposed"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return self.value.capitalize()


LIVE = (Stage.OPEN, Stage.CLOSING)
BODY = SECRETARIAT | {Office.CHAIR}

STATES = States(
    [
        *(
            Move(verb, stage, stage, note=note)
            for stage in LIVE
            for verb, note in (
                ("score", "with a reason, in its register’s own scheme"),
                ("control", "each control is working, partly working or not"),
                ("review", "with a word and the next day"),
            )
        ),
        Move("amend", Stage.OPEN, Stage.OPEN, note="its words, its treatment"),
        Move("own", Stage.OPEN, Stage.OPEN, BODY, "a post or a seat; whoever owns it is told"),
        Move("accept", Stage.OPEN, Stage.OPEN, BODY, "for a time, by a seat of the body"),
        Move("end the acceptance", Stage.OPEN, Stage.OPEN, BODY, "with a reason"),
        Move("end the acceptance", Stage.CLOSING, Stage.CLOSING, BODY, "with a reason"),
        Move("move", Stage.OPEN, Stage.OPEN, note="to another register, scored anew in its scheme"),
        Move("put before", Stage.OPEN, Stage.OPEN, note="on to the agenda of a meeting"),
        Move("put before", Stage.CLOSING, Stage.CLOSING, note="on to the agenda of a meeting"),
        Move("propose to close", Stage.OPEN, Stage.CLOSING, note="with a reason"),
        Move("close", Stage.OPEN, Stage.CLOSED, BODY, "by the register’s body, never by its owner"),
        Move("close", Stage.CLOSING, Stage.CLOSED, BODY, "by the register’s body"),
        Move("keep open", Stage.CLOSING, Stage.OPEN, BODY, "with a reason"),
        Move("reopen", Stage.CLOSED, Stage.OPEN, BODY, "with a reason"),
    ],
    Stage.OPEN,
)


class Treatment(StrEnum):
    """What is done with a risk."""

    TREAT = "treat"
    TOLERATE = "tolerate"
    TRANSFER = "transfer"
    TERMINATE = "terminate"

    @property
    def label(self) -> str:
        return {
            Treatment.TREAT: "Treat: make it smaller",
            Treatment.TOLERATE: "Tolerate: live with it for a time",
            Treatment.TRANSFER: "Transfer: somebody else bears it",
            Treatment.TERMINATE: "Terminate: stop what brings it about",
        }[self]

    @property
    def word(self) -> str:
        return self.value.capitalize()


class Which(StrEnum):
    """Which of the three scores of a risk."""

    INHERENT = "inherent"
    CURRENT = "current"
    TARGET = "target"

    @property
    def label(self) -> str:
        return {
            Which.INHERENT: "Inherent: before any control",
            Which.CURRENT: "Current: with the controls as they are",
            Which.TARGET: "Target: where it is meant to get",
        }[self]


class Working(StrEnum):
    """How far a control works, as somebody judged it on a day."""

    NOT_JUDGED = "not judged"
    WORKING = "working"
    PARTLY = "partly working"
    NOT = "not working"

    @property
    def label(self) -> str:
        return self.value.capitalize()


HANDED_BACK = "handed back"
JUDGED = (Working.WORKING, Working.PARTLY, Working.NOT)
OWNERS = ("posts", "seats")
"""What may be named here as the owner of a risk; a file may say any other."""


# --- who may


def may_keep(part: Part) -> Verdict:
    """What belongs to the register's body: adding, naming owners, moving, reopening."""
    if part.speaks_for_body:
        return yes()
    return no(f"Only the chair of {part.body} and the secretariat keep this register.")


def may_add(part: Part) -> Verdict:
    """Whoever may answer at all may raise a risk: a risk that is seen should be said."""
    if part.answers:
        return yes()
    return no("Your seat is there to observe. Ask somebody who answers to raise this.")


def may_work(part: Part) -> Verdict:
    """Scoring, judging controls, reviewing: the owner, or the register's body."""
    if part.answers and (part.owns or part.speaks_for_body):
        return yes()
    return no(f"Only its owner, the chair of {part.body} and the secretariat work on this risk.")


def may_judge(part: Part) -> Verdict:
    """Accepting and closing let an owner off: the body does it, never the owner."""
    if part.owns:
        return no(f"You own this risk. Somebody else of {part.body} decides this.")
    return may_keep(part)


# --- what an act needs


def needed(field: str, told: str, message: str, mend: str = "One sentence is enough.") -> str:
    bare = told.strip()
    if not bare:
        raise Invalid(message, field=field, mend=mend)
    if len(bare) > LONGEST_REASON:
        raise Invalid(
            f"This is {len(bare)} characters long.",
            field=field,
            mend=f"Use {LONGEST_REASON} or fewer.",
        )
    return bare


def a_title(told: str) -> str:
    bare = " ".join(told.split())
    if not bare:
        raise Invalid(
            "Say what the risk is.",
            field="title",
            mend="Say what may happen, and what it would do.",
        )
    if len(bare) > LONGEST_TITLE:
        raise Invalid(
            f"The risk is told in {len(bare)} characters.",
            field="title",
            mend=f"Use {LONGEST_TITLE} or fewer; the rest goes below.",
        )
    return bare


def is_next_review(day: date, today: date) -> Verdict:
    if day <= today:
        return no(f"{day_in_words(day)} is not still to come. Give a later day.")
    return yes()


def is_expiry(day: date, today: date) -> Verdict:
    """Nothing is accepted for good: an acceptance ends on a day within two years."""
    if day <= today:
        return no(f"{day_in_words(day)} is not still to come. Give a later day.")
    if day > add_months(today, MOST_MONTHS_ACCEPTED):
        last = day_in_words(add_months(today, MOST_MONTHS_ACCEPTED))
        return no(f"A risk is accepted until {last} at the latest, and then looked at again.")
    return yes()


def is_overdue(stage: str, review: date | None, today: date) -> bool:
    return stage != Stage.CLOSED and review is not None and review < today


def is_to_be_asked(review: date | None, asked_for: date | None, today: date) -> bool:
    """Whether whoever owns it is to be asked to look at it: once for each day."""
    return review is not None and review - ASK_BEFORE <= today and asked_for != review


BY_ITS_OWNER = tuple(each for each in Treatment if each is not Treatment.TOLERATE)


def may_treat(treatment: Treatment | None, before: Treatment | None, *, accepted: bool) -> Verdict:
    """Whoever owns a risk says how it is treated; to live with it is for the body to decide."""
    if treatment == before:
        return yes()
    if accepted:
        return no("It is accepted. End that acceptance first, with the reason.")
    if treatment is not None and treatment not in BY_ITS_OWNER:
        return no("Only the body of its register decides to live with it. Have it accepted.")
    return yes()
