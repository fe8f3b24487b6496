"""The asks that go with a clock: its start, its proof, and why it is late."""

from __future__ import annotations

from concordat.domain.base.asks.operations import clear_asks, raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.clocks import rules
from concordat.domain.base.clocks.models import Clock
from concordat.kernel.actor import Actor

_LONGEST = 300


def _title(clock: Clock) -> str:
    name = rules.pinned_title(clock.rule_text)
    return f"{name}, {clock.part}" if clock.part else name


def _proof(clock: Clock) -> str:
    return f"proof once this is done: {_title(clock)}"[:_LONGEST]


def _start(clock: Clock) -> str:
    return f"the start date: {_title(clock)}"[:_LONGEST]


def _why(clock: Clock) -> str:
    return f"why this is late: {_title(clock)}"[:_LONGEST]


def ask(actor: Actor, clock: Clock) -> None:
    """Ask the holder for what a clock needs next: its start, or what proves that it was met."""
    if clock.holder is None or clock.stage not in rules.OPEN:
        return
    if clock.stage == rules.Stage.START_NEEDED:
        what, due = _start(clock), None
    elif clock.bound == rules.Bound.EARLIEST:
        return
    else:
        what, due = _proof(clock), clock.due
    raise_ask(
        actor,
        record=clock.record,
        seat=clock.holder,
        errand=Errand.GIVE,
        what=what,
        why="You hold this clock",
        due=due,
    )


def ask_why_late(actor: Actor, clock: Clock) -> None:
    if clock.holder is None:
        return
    raise_ask(
        actor,
        record=clock.record,
        seat=clock.holder,
        errand=Errand.ANSWER,
        what=_why(clock),
        why="You hold this clock",
        due=actor.on,
    )


def clear_start(actor: Actor, clock: Clock, outcome: str) -> None:
    clear_asks(
        actor,
        record=clock.record,
        errand=Errand.GIVE,
        what=_start(clock),
        outcome=outcome,
    )


def clear_why_late(actor: Actor, clock: Clock, outcome: str) -> None:
    clear_asks(
        actor,
        record=clock.record,
        errand=Errand.ANSWER,
        what=_why(clock),
        outcome=outcome,
    )


def clear_all(actor: Actor, clock: Clock, outcome: str) -> None:
    """Nothing more is owed on this clock."""
    clear_start(actor, clock, outcome)
    clear_why_late(actor, clock, outcome)
    clear_asks(
        actor,
        record=clock.record,
        errand=Errand.GIVE,
        what=_proof(clock),
        outcome=outcome,
    )
