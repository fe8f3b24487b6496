"""The one list of state words and their tones. A tone is never shown without its word."""

from __future__ import annotations

from enum import StrEnum

from concordat.kernel.labels import near


class Tone(StrEnum):
    """What a colour may mean. There is no other use of colour."""

    PLAIN = "plain"
    LATE = "late"
    SOON = "soon"
    DONE = "done"
    HELD = "held"


class Status(StrEnum):
    """Where a thing stands: the only words that a tag may say by itself."""

    DRAFT = "Draft"
    OPEN = "Open"
    WAITING = "Waiting"
    DUE_SOON = "Due soon"
    OVERDUE = "Overdue"
    DONE = "Done"
    ACCEPTED = "Accepted"
    CLOSED = "Closed"
    WITHDRAWN = "Withdrawn"
    RESTRICTED = "Restricted"


class Progress(StrEnum):
    """Where one task of a task list stands: adjectives, five of them."""

    NOT_STARTED = "Not started"
    IN_PROGRESS = "In progress"
    CANNOT_START = "Cannot start yet"
    COMPLETED = "Completed"
    PROBLEM = "There is a problem"


class Running(StrEnum):
    """Where a clock stands."""

    RUNNING = "Running"
    PAUSED = "Paused"
    MET = "Met"
    MISSED = "Missed"
    NOT_APPLICABLE = "Not applicable"


TONES: dict[StrEnum, Tone] = {
    Status.DRAFT: Tone.PLAIN,
    Status.OPEN: Tone.PLAIN,
    Status.WAITING: Tone.HELD,
    Status.DUE_SOON: Tone.SOON,
    Status.OVERDUE: Tone.LATE,
    Status.DONE: Tone.DONE,
    Status.ACCEPTED: Tone.DONE,
    Status.CLOSED: Tone.PLAIN,
    Status.WITHDRAWN: Tone.PLAIN,
    Status.RESTRICTED: Tone.HELD,
    Progress.NOT_STARTED: Tone.PLAIN,
    Progress.IN_PROGRESS: Tone.PLAIN,
    Progress.CANNOT_START: Tone.PLAIN,
    Progress.COMPLETED: Tone.PLAIN,
    Progress.PROBLEM: Tone.LATE,
    Running.RUNNING: Tone.PLAIN,
    Running.PAUSED: Tone.HELD,
    Running.MET: Tone.DONE,
    Running.MISSED: Tone.LATE,
    Running.NOT_APPLICABLE: Tone.PLAIN,
}

_BY_WORD = {str(state).casefold(): state for state in TONES}


def state(word: str) -> StrEnum:
    """The registered state that this word names, capitals ignored.

    Raises ValueError with near words for one that nobody registered.
    """
    found = _BY_WORD.get(str(word).casefold())
    if found is None:
        like = ", ".join(near(str(word), [str(each) for each in TONES])) or "none is near"
        raise ValueError(f"“{word}” is not a registered state ({like}). See web/ui/states.py.")
    return found


def tone(word: str) -> Tone:
    return TONES[state(word)]
