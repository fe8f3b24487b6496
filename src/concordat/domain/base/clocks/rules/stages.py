"""What may be done with a clock, and what it is then. How near its end is follows from the day."""

from __future__ import annotations

from enum import StrEnum

from concordat.domain.base.records.rules import Verb, offices_that_may
from concordat.kernel.transitions import Move, States


class Stage(StrEnum):
    START_NEEDED = "start date needed"
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    NOT_APPLICABLE = "not applicable"


OPEN = (Stage.START_NEEDED, Stage.RUNNING, Stage.PAUSED)
"""The stages in which something is still owed."""

_AND_HOLDER = "Also whoever holds the clock."
_EXPLAIN = f"The date stays: a delay is explained, never stopped. {_AND_HOLDER}"
_PAUSE = "Only for a reason that the rule itself lists; the date does not move."
_PROOF = f"Never without what proves it. {_AND_HOLDER}"
_AGAIN = "A correction, with its reason; the earlier start stays on file."
_MENDED = "A correction, with its reason."


def _move(verb: str, from_: Stage, to: Stage, note: str = "") -> Move:
    return Move(verb, from_, to, offices_that_may(Verb.CHANGE), note)


STATES = States(
    [
        _move("restart", Stage.START_NEEDED, Stage.RUNNING, "Gives the start that was missing."),
        _move("rule out", Stage.START_NEEDED, Stage.NOT_APPLICABLE, "With a reason."),
        _move("restart", Stage.RUNNING, Stage.RUNNING, _AGAIN),
        _move("explain", Stage.RUNNING, Stage.RUNNING, _EXPLAIN),
        _move("pause", Stage.RUNNING, Stage.PAUSED, _PAUSE),
        _move("meet", Stage.RUNNING, Stage.MET, _PROOF),
        _move("rule out", Stage.RUNNING, Stage.NOT_APPLICABLE, "With a reason."),
        _move("explain", Stage.PAUSED, Stage.PAUSED, _EXPLAIN),
        _move("resume", Stage.PAUSED, Stage.RUNNING),
        _move("meet", Stage.PAUSED, Stage.MET, _PROOF),
        _move("rule out", Stage.PAUSED, Stage.NOT_APPLICABLE, "With a reason."),
        _move("reopen", Stage.MET, Stage.RUNNING, _MENDED),
        _move("reopen", Stage.NOT_APPLICABLE, Stage.START_NEEDED, f"{_MENDED} Then restart."),
    ],
    Stage.START_NEEDED,
)
