"""Programmes, priorities and milestones moved on through their lives."""

from __future__ import annotations

from datetime import date
from typing import Any

from concordat.domain.base.asks.operations import clear_asks
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, remember
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.programme import queries
from concordat.domain.governance.programme.models import (
    Lesson,
    Milestone,
    Obligation,
    Priority,
    Product,
    Programme,
)
from concordat.domain.governance.programme.operations.taking import (
    TABLES,
    reasoned,
    taken,
    valid,
    where_it_stands,
)
from concordat.domain.governance.programme.rules import cycle, life
from concordat.domain.governance.programme.rules.life import Stage
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid

PLAIN = frozenset({"plan", "begin", "delay", "resume", "abandon", "open again"})
PAST = {
    "plan": "planned", "begin": "begun", "delay": "delayed", "resume": "resumed",
    "abandon": "abandoned", "open again": "opened again",
}  # fmt: skip


@operation
def move_on(
    actor: Actor,
    *,
    thing: Programme | Priority | Milestone | Product,
    verb: str,
    reason: str = "",
    seen_version: int | None = None,
) -> Any:
    """Do one of the plain moves of its table; delays and ends without success need a reason."""
    if verb not in PLAIN:
        raise Invalid(f"“{verb}” is done on a page of its own.", field="verb")
    record, held = taken(actor, thing, verb, seen_version=seen_version)
    why = reasoned(reason) if verb in life.NEED_A_REASON else reason.strip()
    if isinstance(held, Priority) and verb == "begin":
        cycle.may_begin(queries.cycle_of(actor, held)).require()
    before = where_it_stands(held)
    held.state = str(TABLES[type(held)].after(before, verb))
    if verb == "open again" and isinstance(held, Milestone):
        held.done_on = ""
    remember(actor, row=held)
    held.save()
    if life.stage_of(held.state).is_over:
        _ask_no_more(actor, record, held.state)
    happened(
        actor,
        f"{record.kind} {PAST[verb]}",
        record,
        reason=why,
        before={"state": before},
        after={"state": held.state},
    )
    return held


def _ask_no_more(actor: Actor, record: Record, outcome: str) -> None:
    for errand in (Errand.UPDATE, Errand.APPROVE):
        clear_asks(actor, record=record, errand=errand, outcome=outcome.capitalize())


@operation
def reach(
    actor: Actor,
    *,
    milestone: Milestone,
    done_on: UncertainDate,
    words: str = "",
    seen_version: int | None = None,
) -> Milestone:
    """It is reached, on a day as exact as it is known. Whoever owns it may say so."""
    record, held = taken(
        actor,
        milestone,
        "reach",
        seen_version=seen_version,
        may=lambda root: queries.may_tell(actor, root, milestone.owner),
    )
    if done_on.earliest is None or done_on.earliest > actor.on:
        raise Invalid("Give the day on which it was reached.", field="done_on")
    held.state, held.done_on = Stage.DONE.value, done_on.iso()
    remember(actor, row=held)
    held.save()
    _ask_no_more(actor, record, "Reached")
    happened(actor, "milestone reached", record, reason=words.strip(), after={"on": held.done_on})
    return held


@operation
def choose(
    actor: Actor,
    *,
    priority: Priority,
    body: Body,
    chosen_on: date,
    evidence: str,
    seen_version: int | None = None,
) -> Priority:
    """A body chose this priority on a day, on evidence."""
    record, held = taken(actor, priority, "choose", seen_version=seen_version)
    valid(cycle.may_choose(evidence), "evidence")
    if chosen_on > actor.on:
        raise Invalid("That day is still to come.", field="chosen_on")
    can(actor, Verb.SEE, body.record).require()
    held.chosen_by, held.chosen_on, held.evidence = body, chosen_on.isoformat(), evidence.strip()
    held.state = Stage.PLANNED.value
    remember(actor, row=held)
    held.save()
    happened(actor, "priority chosen", record, after={"by": body.key, "on": held.chosen_on})
    return held


@operation
def end(
    actor: Actor, *, priority: Priority, outcome: str, seen_version: int | None = None
) -> Priority:
    """A priority's year is over, with what came of it. Every gate is decided before."""
    record, held = taken(actor, priority, "end", seen_version=seen_version)
    waiting = [row.question for row in queries.gates(actor, held) if row.is_open]
    if waiting:
        cycle.may_end(outcome, waiting).require()
    valid(cycle.may_end(outcome, ()), "outcome")
    held.state, held.outcome = Stage.DONE.value, outcome.strip()
    held.to_text = held.to_text or actor.on.isoformat()
    remember(actor, row=held)
    held.save()
    _ask_no_more(actor, record, "Ended")
    happened(actor, "priority ended", record, reason=held.outcome[: life.LONGEST_REASON])
    return held


@operation
def close(
    actor: Actor, *, programme: Programme, words: str, seen_version: int | None = None
) -> Programme:
    """A programme is over: nothing is owed to its funder, and its lessons are on record."""
    record, held = taken(actor, programme, "close", seen_version=seen_version)
    owed = Obligation.objects.filter(programme=held, done_on=None).count()
    life.may_close(owed, Lesson.objects.filter(programme=held).count()).require()
    held.state = Stage.DONE.value
    held.to_text = held.to_text or actor.on.isoformat()
    remember(actor, row=held)
    held.save()
    _ask_no_more(actor, record, "Closed")
    happened(actor, "programme closed", record, reason=reasoned(words))
    return held
