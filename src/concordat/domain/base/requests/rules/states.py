"""Where a request for information stands, its question sets, its chasing and its escalation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from concordat.kernel.labels import count
from concordat.kernel.transitions import Move, States

CHASE_EVERY = 3
MOST_DAYS = 60
BASIS = "INF-16H"
"""The row of law on which a safeguarding partner asks. How sure it is stands in the law itself."""
AGREED = "agreed sharing"
"""What a request rests on where that row does not bind the area on the day: no power is claimed,
and the area's own sharing agreement is named where one is on file. Which provision the old boards
asked by is not on file as read, so that none is given."""


class Stage(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    RECEIVED = "received"
    ANSWERED = "answered"
    BACK = "more is asked for"
    ADEQUATE = "adequate"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return self.value.capitalize()


WAITING = (Stage.SENT, Stage.RECEIVED, Stage.BACK)
"""An answer is owed."""
OVER = (Stage.ADEQUATE, Stage.WITHDRAWN)

STATES = States(
    [
        Move("amend", Stage.DRAFT, Stage.DRAFT, note="as often as needed"),
        Move("send", Stage.DRAFT, Stage.SENT, note="to a seat, or by a link to a named person"),
        Move("acknowledge", Stage.SENT, Stage.RECEIVED, note="by whoever is asked"),
        *(Move("answer", state, Stage.ANSWERED, note="by whoever is asked") for state in WAITING),
        *(Move("refuse", state, Stage.REFUSED, note="with the reason") for state in WAITING),
        Move("accept", Stage.ANSWERED, Stage.ADEQUATE, note="with why it is enough"),
        Move("send back", Stage.ANSWERED, Stage.BACK, note="with what is missing and a new day"),
        Move("press", Stage.REFUSED, Stage.SENT, note="with the answer to the refusal"),
        *(Move("extend", state, state, note="with a reason") for state in WAITING),
        *(
            Move("withdraw", state, Stage.WITHDRAWN, note="with a reason")
            for state in (Stage.DRAFT, *WAITING, Stage.REFUSED)
        ),
    ],
    Stage.DRAFT,
)


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a declared form."""

    key: str
    text: str
    hint: str = ""
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """A declared set of questions, for one sort of request."""

    key: str
    title: str
    about: str
    questions: tuple[Question, ...]


LIBRARY: tuple[Form, ...] = (
    Form(
        "incident",
        "What you knew: first facts for a rapid review",
        "Asked of each agency in the first days after an incident.",
        (
            Question("known", "Did you know the child or the family, and since when?"),
            Question("last", "When was your last contact, and was the child seen alone?"),
            Question("contacts", "Which contacts matter, with their dates and sources?"),
            Question("worried", "What were you worried about, and whom did you tell?"),
            Question("others", "Which other children live there or visit?", needed=False),
            Question("now", "Is anything to be done today to keep a child safe?"),
            Question("secured", "Are your records secured, by whom and on which day?"),
            Question("who", "Who can come to the panel, by role?", "Never a name"),
        ),
    ),
    Form(
        "agency-report",
        "An agency’s own report",
        "Asked for a review that goes on for longer.",
        (
            Question("author", "Who writes it, and how are they independent of the case?"),
            Question("method", "Which documents and interviews does it rest on?"),
            Question("context", "What was going on: workload, cover, change, supervision?"),
            Question("why", "Why did it make sense at the time?"),
            Question("learning", "What is to change, and what has changed already?"),
            Question("signed", "Who signed it off for the agency, by post?"),
        ),
    ),
    Form(
        "school",
        "A school or nursery",
        "Short, since schools answer in term time only.",
        (
            Question("attendance", "How was attendance over the last 12 months?"),
            Question("told", "What did the child say, to whom and when?", "In their words"),
            Question("worries", "Which worries were recorded, and who was told?"),
            Question("moves", "Which schools came before, and did the file follow?", needed=False),
        ),
    ),
    Form("own", "Our own words", "For anything else: say exactly what is asked.", ()),
)


def form_of(key: str) -> Form | None:
    return next((form for form in LIBRARY if form.key == key), None)


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: so many days after the due day, whom it is told."""

    days: int
    whom: str


ASKER, SENIOR = "whoever asked", "the senior who is named"
CHAIR, PARTNERS_LED = "the chair of the body that asked", "the lead partners"
LADDER: tuple[Rung, ...] = (
    Rung(1, ASKER),
    Rung(3, SENIOR),
    Rung(5, CHAIR),
    Rung(10, PARTNERS_LED),
)
"""Local, and the same for every request: no law sets it."""


def rungs_reached(due: date, today: date, ladder: Sequence[Rung] = LADDER) -> int:
    """How many steps have come by a day."""
    return sum(due + timedelta(days=rung.days) <= today for rung in ladder)


def is_late(stage: str, due: date | None, today: date) -> bool:
    return stage in WAITING and due is not None and due < today


def chase_on(due: date, today: date, every: int) -> date:
    """The next day on which whoever is asked is reminded: the day before it is due, then every so
    many days."""
    before = due - timedelta(days=1)
    return before if before > today else today + timedelta(days=every)


@dataclass(frozen=True, slots=True)
class Tally:
    waiting: int
    late: int = 0
    to_check: int = 0
    refused: int = 0


def in_a_sentence(tally: Tally) -> str:
    """ "4 wait for an answer, 2 of them late; 1 answer is to be checked."."""
    if not any((tally.waiting, tally.to_check, tally.refused)):
        return "No answer is owed."
    told = [
        f"{tally.waiting} {'waits' if tally.waiting == 1 else 'wait'} for an answer"
        + _lateness(tally)
    ]
    if tally.to_check:
        told.append(
            f"{count(tally.to_check, 'answer')} {'is' if tally.to_check == 1 else 'are'} "
            "to be checked"
        )
    if tally.refused:
        told.append(f"{tally.refused} refused")
    return f"{'; '.join(told)}."


def _lateness(tally: Tally) -> str:
    if not tally.late:
        return ""
    return ", late" if tally.waiting == 1 else f", {tally.late} of them late"
