"""How a clock stands on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from concordat.domain.base.clocks.rules.due import LONDON, Due, day_in_london, working_days_left
from concordat.domain.base.clocks.rules.rows import Bound, Rule
from concordat.kernel.calendar import WorkingDays
from concordat.kernel.labels import join_words
from concordat.kernel.verdict import Verdict, no, yes

_ONE_DAY = timedelta(days=1)
_SHORT, _MIDDLE = 14, 45
_WARN_SHORT, _WARN_MIDDLE, _WARN_LONG = 2, 5, 20


class State(StrEnum):
    START_UNKNOWN = "start date needed"
    WAITING = "not yet"
    RUNNING = "running"
    DUE_SOON = "due soon"
    OVERDUE = "overdue"
    EXPLAINED = "explained"
    PAUSED = "paused"
    MET = "met"
    MET_LATE = "met late"
    TOO_EARLY = "done too early"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """What is known about one clock. `due` None: the start is not known.

    `met` is when the proof of stopping says it was done. `explanation` is the recorded
    reason for delay: it explains an overdue clock and stops nothing.
    """

    due: Due | None
    met: date | datetime | None = None
    not_applicable: str = ""
    explanation: str = ""
    paused_for: str = ""


def state(facts: ClockFacts, today: date | datetime, working_days: WorkingDays) -> State:
    """How the clock stands. A paused clock is told apart and is never counted as on time."""
    if facts.not_applicable:
        return State.NOT_APPLICABLE
    if facts.due is None:
        return State.START_UNKNOWN
    if facts.met is not None:
        return _when_met(facts.due, facts.met)
    if facts.paused_for:
        return State.PAUSED
    if facts.due.bound is Bound.EARLIEST:
        return State.WAITING if _is_before(today, facts.due) else State.RUNNING
    if _is_after(today, facts.due):
        return State.EXPLAINED if facts.explanation else State.OVERDUE
    left = working_days_left(facts.due.due, day_in_london(today), working_days)
    return State.DUE_SOON if left <= warn_within(facts.due) else State.RUNNING


def warn_within(due: Due) -> int:
    """The working days before the end from which a clock is due soon, by its length."""
    length = abs((due.due - due.start).days)
    if length <= _SHORT:
        return _WARN_SHORT
    return _WARN_MIDDLE if length <= _MIDDLE else _WARN_LONG


def soon_from(due: Due, working_days: WorkingDays) -> date:
    """The first day on which a running clock is due soon."""
    day, most = due.due, warn_within(due)
    while working_days.between(day - _ONE_DAY, due.due) <= most:
        day -= _ONE_DAY
    return day


def may_pause(rule: Rule, reason: str) -> Verdict:
    """Only a rule that lists reasons for a pause can be paused, and only for one of them."""
    if not rule.pauses:
        return no(f"{rule.id} is not paused: explain the delay instead.", rule.source)
    if reason not in rule.pauses:
        return no(f"{rule.id} is paused only for {join_words(rule.pauses)}.", rule.source)
    return yes(source=rule.source)


def _when_met(due: Due, met: date | datetime) -> State:
    if due.bound is Bound.EARLIEST:
        return State.TOO_EARLY if _is_before(met, due) else State.MET
    return State.MET_LATE if _is_after(met, due) else State.MET


def _is_after(when: date | datetime, due: Due) -> bool:
    if due.due_at is not None and isinstance(when, datetime):
        return _moment(when) > due.due_at
    return day_in_london(when) > due.due


def _is_before(when: date | datetime, due: Due) -> bool:
    if due.due_at is not None and isinstance(when, datetime):
        return _moment(when) < due.due_at
    return day_in_london(when) < due.due


def _moment(when: datetime) -> datetime:
    return when if when.tzinfo else when.replace(tzinfo=LONDON)
