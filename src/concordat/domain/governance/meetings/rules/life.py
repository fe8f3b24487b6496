"""The life of a meeting, of an item on its agenda and of a paper, and whose move is next.

Neither statute nor Working Together says how a partnership meets: all of this is local.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from concordat.domain.base.records.rules import offices_that_may
from concordat.domain.base.records.rules.access import SECRETARIAT, Verb
from concordat.kernel.actor import Office
from concordat.kernel.labels import count, day_in_words
from concordat.kernel.transitions import Move, States
from concordat.kernel.verdict import Verdict, no, yes


class Stage(StrEnum):
    """How far a meeting is. The first seven follow one another; the last ends it early."""

    PLANNING = "planning"
    AGENDA_OPEN = "agenda open"
    PAPERS_DUE = "papers due"
    SENT = "sent"
    HELD = "held"
    MINUTES_DRAFT = "minutes draft"
    MINUTES_AGREED = "minutes agreed"
    CANCELLED = "cancelled"


STEPS = (
    Stage.PLANNING, Stage.AGENDA_OPEN, Stage.PAPERS_DUE, Stage.SENT, Stage.HELD,
    Stage.MINUTES_DRAFT, Stage.MINUTES_AGREED,
)  # fmt: skip
"""What the progress tracker shows."""
BEFORE = frozenset(STEPS[:4])
AFTER = frozenset(STEPS[4:])
SENT_OR_LATER = frozenset(STEPS[3:])
CHAIRED = SECRETARIAT | {Office.CHAIR}

STATES = States(
    [
        Move("open the agenda", Stage.PLANNING, Stage.AGENDA_OPEN, SECRETARIAT),
        Move("call for papers", Stage.AGENDA_OPEN, Stage.PAPERS_DUE, SECRETARIAT),
        Move("send", Stage.AGENDA_OPEN, Stage.SENT, SECRETARIAT, "with papers to follow"),
        Move("send", Stage.PAPERS_DUE, Stage.SENT, SECRETARIAT),
        Move("hold", Stage.PLANNING, Stage.HELD, CHAIRED, "called at once"),
        Move("hold", Stage.AGENDA_OPEN, Stage.HELD, CHAIRED, "without a pack"),
        Move("hold", Stage.PAPERS_DUE, Stage.HELD, CHAIRED, "without a pack"),
        Move("hold", Stage.SENT, Stage.HELD, CHAIRED),
        Move("draft the minutes", Stage.HELD, Stage.MINUTES_DRAFT, SECRETARIAT),
        Move("agree the minutes", Stage.MINUTES_DRAFT, Stage.MINUTES_AGREED, CHAIRED),
        Move("cancel", Stage.PLANNING, Stage.CANCELLED, CHAIRED, "with a reason"),
        Move("cancel", Stage.AGENDA_OPEN, Stage.CANCELLED, CHAIRED, "with a reason"),
        Move("cancel", Stage.PAPERS_DUE, Stage.CANCELLED, CHAIRED, "with a reason"),
        Move("cancel", Stage.SENT, Stage.CANCELLED, CHAIRED, "with a reason"),
    ],
    Stage.PLANNING,
)

STATED = {
    "planned": Stage.PLANNING,
    "held": Stage.HELD,
    "cancelled": Stage.CANCELLED,
    "not stated": Stage.PLANNING,
}
"""The stage in which a meeting that a partnership file tells of begins here."""


def stated_of(stage: Stage) -> str:
    """The word of the partnership file for a stage."""
    if stage is Stage.CANCELLED:
        return "cancelled"
    return "held" if stage in AFTER else "planned"


def may_be_held(on: date | None, today: date) -> Verdict:
    """Nothing is recorded as held before its day."""
    if on is None:
        return no("Give the meeting its day first.")
    if on > today:
        return no(f"The meeting is on {day_in_words(on)}. Record it as held on the day.")
    return yes()


class Purpose(StrEnum):
    """What a meeting is to do with an item. The first word of its line on the agenda."""

    DECIDE = "decide"
    AGREE = "agree"
    ADVISE = "advise"
    NOTE = "note"
    ASSURE = "assure"


QUIET = frozenset({Purpose.NOTE})
"""Purposes that need no discussion: these items stand together at the end."""


class Place(StrEnum):
    """Where an item stands on one agenda."""

    PROPOSED = "proposed"
    ON_AGENDA = "on the agenda"
    TAKEN = "taken"
    CARRIED = "carried over"
    NOT_REACHED = "not reached"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"


PLACES = States(
    [
        Move("take on", Place.PROPOSED, Place.ON_AGENDA, CHAIRED),
        Move("decline", Place.PROPOSED, Place.DECLINED, CHAIRED, "with a reason"),
        Move("withdraw", Place.PROPOSED, Place.WITHDRAWN, note="by whoever proposed it"),
        Move("withdraw", Place.ON_AGENDA, Place.WITHDRAWN, CHAIRED, "with a reason"),
        Move("take", Place.ON_AGENDA, Place.TAKEN, CHAIRED),
        Move("carry over", Place.ON_AGENDA, Place.CARRIED, CHAIRED, "to a later meeting"),
        Move("leave", Place.ON_AGENDA, Place.NOT_REACHED, CHAIRED, "the time ran out"),
        Move("carry over", Place.NOT_REACHED, Place.CARRIED, CHAIRED, "to a later meeting"),
        Move("carry over", Place.TAKEN, Place.CARRIED, CHAIRED, "put off once it was discussed"),
    ],
    Place.PROPOSED,
)
LIVE = frozenset({Place.ON_AGENDA, Place.TAKEN, Place.NOT_REACHED, Place.CARRIED})
"""Items that have a number on the agenda."""


class PaperStage(StrEnum):
    """How far the paper for an item is."""

    WANTED = "wanted"
    DRAFT = "draft"
    IN_CLEARANCE = "in clearance"
    CLEARED = "cleared"
    IN_PACK = "in the pack"
    TO_FOLLOW = "to follow"
    WITHDRAWN = "withdrawn"


PAPERS = States(
    [
        Move("write", PaperStage.WANTED, PaperStage.DRAFT),
        Move("ask for clearance", PaperStage.DRAFT, PaperStage.IN_CLEARANCE),
        Move("clear", PaperStage.DRAFT, PaperStage.CLEARED, note="where nobody need clear it"),
        Move("clear", PaperStage.IN_CLEARANCE, PaperStage.CLEARED),
        Move("send back", PaperStage.IN_CLEARANCE, PaperStage.DRAFT, note="with a reason"),
        Move("write", PaperStage.CLEARED, PaperStage.DRAFT, note="a new version is cleared anew"),
        Move("issue", PaperStage.CLEARED, PaperStage.IN_PACK),
        Move("follow", PaperStage.WANTED, PaperStage.TO_FOLLOW, CHAIRED, "agreed by the chair"),
        Move("follow", PaperStage.DRAFT, PaperStage.TO_FOLLOW, CHAIRED, "agreed by the chair"),
        Move("write", PaperStage.TO_FOLLOW, PaperStage.DRAFT),
        Move(
            "write", PaperStage.IN_PACK, PaperStage.DRAFT, note="a later version, for a supplement"
        ),
        Move("withdraw", PaperStage.WANTED, PaperStage.WITHDRAWN, note="with a reason"),
        Move("withdraw", PaperStage.DRAFT, PaperStage.WITHDRAWN, note="with a reason"),
        Move("withdraw", PaperStage.TO_FOLLOW, PaperStage.WITHDRAWN, note="with a reason"),
    ],
    PaperStage.WANTED,
)


def may_decline(reason: str) -> Verdict:
    return yes() if reason.strip() else no("Say why, in one sentence.")


def counts_in_words(places: Iterable[Place]) -> str:
    """ "9 items: 7 taken, 1 carried over and 1 not reached"."""
    found = [place for place in places if place in LIVE]
    parts = [
        f"{number} {place.value}"
        for place in (Place.TAKEN, Place.ON_AGENDA, Place.CARRIED, Place.NOT_REACHED)
        if (number := found.count(place))
    ]
    return f"{count(len(found), 'item')}: {', '.join(parts)}" if found else "No items"


def who_may(verb: str) -> frozenset[Office]:
    """The offices that may make this move, for pages that name them."""
    found = [move.who for move in STATES.moves if move.verb == verb and move.who]
    return frozenset().union(*found) if found else offices_that_may(Verb.CHANGE)
