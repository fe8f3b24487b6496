"""How a disagreement between partners climbs, rung by rung, and never by a vote.

Partners settle it locally; the scrutineer advises and never decides; the Secretary of State is
the last resort. How many rungs there are and how long each has is local.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concordat.kernel.calendar import WorkingDays
from concordat.kernel.labels import count, day_in_words
from concordat.kernel.transitions import Move, States
from concordat.kernel.verdict import Verdict, no, yes


class State(StrEnum):
    OPEN = "open"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


STATES = States(
    [
        Move("climb", State.OPEN, State.OPEN, note="to the next rung"),
        Move("settle", State.OPEN, State.SETTLED, note="by agreement of those who differ"),
        Move("withdraw", State.OPEN, State.WITHDRAWN, note="with a reason"),
        Move("reopen", State.SETTLED, State.OPEN, note="with a reason"),
    ],
    State.OPEN,
)


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: who tries to settle it, and for how many working days. `decides` is false for
    whoever may only advise."""

    title: str
    days: int | None = None
    decides: bool = True


USUAL = (
    Rung("The delegated partners between themselves", 10),
    Rung("The delegated partners with the scrutineer's advice", 10, decides=True),
    Rung("The lead partners", 10),
    Rung("The lead partners with the scrutineer's advice", 10),
    Rung("Inspectorate or Secretary of State, as the last resort"),
)
"""A ladder to begin with; a partnership sets its own. Local, not law."""


def due(begun: date, rung: Rung, calendar: WorkingDays) -> date | None:
    return None if rung.days is None else calendar.add(begun, rung.days)


def may_climb(ladder: Sequence[Rung], at: int, tried: str) -> Verdict:
    """Upward one rung at a time, once it is on record what was tried on this one."""
    if at + 1 >= len(ladder):
        return no("This is the last rung of the ladder.")
    if not tried.strip():
        return no("Say what was tried on this rung and why it did not settle the matter.")
    return yes()


def may_settle(parties: Sequence[str], agreed: Sequence[str]) -> Verdict:
    """Settled only when everybody who differed says so."""
    left = [each for each in parties if each not in agreed]
    return no(f"{left[0]} has not agreed yet.") if left else yes()


def age_in_words(opened: date, today: date, rung: Rung, due_on: date | None) -> str:
    told = f"Open for {count((today - opened).days, 'day')}, with {rung.title.lower()}"
    if due_on is None:
        return f"{told}."
    late = " which has passed" if due_on < today else ""
    return f"{told} until {day_in_words(due_on)}{late}."
