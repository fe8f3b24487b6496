"""How far a programme, a priority, a milestone, a product and a contract are.

The words are those of the partnership file. A product is accepted by whoever is named, and by
nobody else; a milestone that was reached too early is opened again with a reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from concordat.kernel.labels import count, join_words
from concordat.kernel.transitions import Move, States
from concordat.kernel.verdict import Verdict, no, yes

LONGEST_TITLE = 300
LONGEST_TEXT = 4000
LONGEST_REASON = 1000


class Stage(StrEnum):
    """How far something is, as a partnership file says it."""

    NOT_STATED = "not stated"
    PLANNED = "planned"
    UNDER_WAY = "under way"
    DELAYED = "delayed"
    DONE = "done"
    ABANDONED = "abandoned"

    @property
    def is_over(self) -> bool:
        return self in (Stage.DONE, Stage.ABANDONED)

    @property
    def label(self) -> str:
        return self.value.capitalize()


def stage_of(said: str) -> Stage:
    return Stage(said) if said else Stage.NOT_STATED


_BEFORE = (Stage.NOT_STATED, Stage.PLANNED)
_OPEN = (*_BEFORE, Stage.UNDER_WAY, Stage.DELAYED)


def _work(ends: str, note: str) -> list[Move]:
    """What every piece of work goes through; `ends` is the verb that ends it well."""
    return [
        Move("plan", Stage.NOT_STATED, Stage.PLANNED, note="where a source says nothing"),
        *(Move("begin", state, Stage.UNDER_WAY) for state in _BEFORE),
        *(Move("delay", state, Stage.DELAYED, note="with a reason")
          for state in (*_BEFORE, Stage.UNDER_WAY)),
        Move("resume", Stage.DELAYED, Stage.UNDER_WAY),
        *(Move(ends, state, Stage.DONE, note=note) for state in _OPEN),
        *(Move("abandon", state, Stage.ABANDONED, note="with a reason") for state in _OPEN),
    ]  # fmt: skip


PROGRAMMES = States(
    [
        *_work("close", "nothing is owed to the funder, and something was learnt"),
        *(Move("re-plan", state, state, note="the old plan, why, and who agreed stay on file")
          for state in (*_BEFORE, Stage.UNDER_WAY)),
        Move("re-plan", Stage.DELAYED, Stage.UNDER_WAY, note="it has a plan again"),
    ],
    Stage.NOT_STATED,
)  # fmt: skip
PRIORITIES = States(
    [
        *(Move("choose", state, Stage.PLANNED, note="by a body, on evidence") for state in _BEFORE),
        *_work("end", "with what came of it"),
    ],
    Stage.NOT_STATED,
)
MILESTONES = States(
    [
        *_work("reach", "on a day"),
        *(Move("re-plan", state, state, note="the old day, why, and who agreed stay on file")
          for state in (*_BEFORE, Stage.UNDER_WAY)),
        Move("re-plan", Stage.DELAYED, Stage.UNDER_WAY, note="it has a day again"),
        Move("open again", Stage.DONE, Stage.UNDER_WAY, note="with a reason"),
        Move("open again", Stage.ABANDONED, Stage.PLANNED, note="with a reason"),
    ],
    Stage.NOT_STATED,
)  # fmt: skip


class Making(StrEnum):
    """How far a product is: done when it is handed over, accepted when somebody says so."""

    NOT_STATED = "not stated"
    PLANNED = "planned"
    UNDER_WAY = "under way"
    DELAYED = "delayed"
    DONE = "done"
    ACCEPTED = "accepted"
    ABANDONED = "abandoned"

    @property
    def label(self) -> str:
        return self.value.capitalize()


_MAKING = (Making.NOT_STATED, Making.PLANNED, Making.UNDER_WAY, Making.DELAYED)
PRODUCTS = States(
    [
        Move("plan", Making.NOT_STATED, Making.PLANNED),
        *(Move("begin", state, Making.UNDER_WAY) for state in _MAKING[:2]),
        *(Move("delay", state, Making.DELAYED, note="with a reason") for state in _MAKING[:3]),
        Move("resume", Making.DELAYED, Making.UNDER_WAY),
        *(Move("hand over", state, Making.DONE, note="whoever accepts it is asked")
          for state in _MAKING),
        Move("accept", Making.DONE, Making.ACCEPTED, note="by whoever is named"),
        Move("send back", Making.DONE, Making.UNDER_WAY, note="with a reason"),
        *(Move("abandon", state, Making.ABANDONED, note="with a reason") for state in _MAKING),
    ],
    Making.NOT_STATED,
)  # fmt: skip


def making_of(said: str, *, accepted: bool) -> Making:
    stage = Making(said) if said else Making.NOT_STATED
    return Making.ACCEPTED if accepted and stage is Making.DONE else stage


class Engaged(StrEnum):
    """How far a contract is."""

    DRAFT = "draft"
    ORDERED = "ordered"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return self.value.capitalize()


CONTRACTS = States(
    [
        Move("order", Engaged.DRAFT, Engaged.ORDERED, note="with the number of the order"),
        Move("claim", Engaged.ORDERED, Engaged.ORDERED, note="days that were worked"),
        Move("renew", Engaged.ORDERED, Engaged.ORDERED, note="until another day, with a reason"),
        Move("end", Engaged.ORDERED, Engaged.ENDED, note="with a reason"),
        Move("end", Engaged.DRAFT, Engaged.ENDED, note="it is not ordered"),
    ],
    Engaged.DRAFT,
)

NEED_A_REASON = frozenset({"delay", "abandon", "open again", "send back", "take back"})


def is_reason(text: str) -> Verdict:
    if not text.strip():
        return no("Say why in one sentence.")
    if len(text) > LONGEST_REASON:
        return no(f"Say it in {LONGEST_REASON:,} characters or fewer.")
    return yes()


def may_close(owed: int, lessons: int) -> Verdict:
    """A programme ends with nothing owed to whoever paid for it, and with what was learnt."""
    if owed:
        things = "One thing is" if owed == 1 else f"{owed} things are"
        return no(f"{things} still owed to the funder. Say what was done about each.")
    if not lessons:
        return no("No lesson is on record yet. Write down what was learnt first.")
    return yes()


SEEKING = States(
    [
        Move("plan", Stage.NOT_STATED, Stage.PLANNED, note="where a source says nothing"),
        *(Move("seek", state, Stage.UNDER_WAY, note="by an advert, a tender, within an agency")
          for state in (*_BEFORE, Stage.DELAYED)),
        *(Move("put off", state, Stage.DELAYED, note="with a reason")
          for state in (*_BEFORE, Stage.UNDER_WAY)),
        *(Move("fill", state, Stage.DONE, note="from a day, and until when")
          for state in _OPEN),
        Move("seek again", Stage.DONE, Stage.UNDER_WAY, note="somebody leaves, or it ends"),
        Move("seek again", Stage.ABANDONED, Stage.UNDER_WAY, note="it is wanted after all"),
        *(Move("give up", state, Stage.ABANDONED, note="with a reason") for state in _OPEN),
    ],
    Stage.NOT_STATED,
)  # fmt: skip
"""Somebody to be recruited, or a service to be bought."""
ENDS_SOON = 56
"""Days before its end at which an appointment asks what comes after it."""


def seeking_in_words(stages: Sequence[Stage], ending: int) -> str:
    """How recruitment and procurement stand, in a sentence."""
    wanted = sum(not each.is_over for each in stages)
    parts = [f"{count(wanted, 'post or service', 'posts and services')} still to be filled"]
    parts += [f"{ending} that {'ends' if ending == 1 else 'end'} soon"] if ending else []
    if not wanted:
        soon = f", {ending} of them until a day that is near" if ending else ""
        return f"All are filled or given up{soon}."
    return f"{join_words(parts)}."
