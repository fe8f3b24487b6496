"""What a shared group does beside its referrals: reviews before it, and its joint events.

Local: no law asks for it. The group's members come from several partnerships, and read of a review
that another leads no more than its head.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concordat.kernel.errors import Invalid
from concordat.kernel.transitions import Move, States
from concordat.kernel.verdict import Verdict, no, yes

LONGEST_LINE = 300
LONGEST_WORDS = 2_000


class EventStage(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    OFF = "called off"
    DONE = "done"

    @property
    def label(self) -> str:
        return self.value.capitalize()


EVENT_STATES = States(
    [
        Move("move", EventStage.PLANNED, EventStage.PLANNED, note="to another day, with a reason"),
        Move("call off", EventStage.PLANNED, EventStage.OFF, note="with the reason"),
        Move("tell who came", EventStage.PLANNED, EventStage.HELD, note="from the day on"),
        Move("tell who came", EventStage.HELD, EventStage.HELD, note="by each borough"),
        Move("set what follows", EventStage.PLANNED, EventStage.PLANNED, note="by each borough"),
        Move("set what follows", EventStage.HELD, EventStage.HELD, note="by each borough"),
        Move("say it is done", EventStage.PLANNED, EventStage.PLANNED, note="by whose it is"),
        Move("say it is done", EventStage.HELD, EventStage.HELD, note="by whose it is"),
        Move("close", EventStage.HELD, EventStage.DONE, note="nothing that follows is left"),
    ],
    EventStage.PLANNED,
)


@dataclass(frozen=True, slots=True)
class EventPart:
    """Which part somebody has in a joint event: they sit in the group or run its partnership, run
    a borough that it serves, or hold a seat that owes something that follows."""

    group: bool = False
    borough: bool = False
    owes: bool = False


def may_plan(part: EventPart) -> Verdict:
    if part.group:
        return yes()
    return no("Whoever sits in the group does this, or runs its partnership.")


def may_tell_of_borough(part: EventPart) -> Verdict:
    if part.group or part.borough:
        return yes()
    return no("Whoever runs a borough that takes part tells this, or whoever sits in the group.")


def may_say_done(part: EventPart) -> Verdict:
    if part.owes or part.group or part.borough:
        return yes()
    return no("Whoever owns what follows says that it is done.")


def said(field: str, words: str, message: str, longest: int = LONGEST_WORDS) -> str:
    """The words, or `Invalid` beside the field."""
    told = words.strip()
    if not told:
        raise Invalid(message, field=field)
    return told[:longest]


def counted(invited: int, came: int) -> None:
    if came > invited:
        raise Invalid("More came than were invited.", field="came", mend="Count both alike.")


def still_ahead(on: date, today: date) -> None:
    if on < today:
        raise Invalid("This day is over.", field="on", mend="Give today or a later day.")
