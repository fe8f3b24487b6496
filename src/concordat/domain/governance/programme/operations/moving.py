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
    LearningCycle,
    Lesson,
    Milestone,
    Obligation,
    Priority,
    Product,
    Programme,
)
from concordat.domain.governance.programme.operations import keeping
from concordat.domain.governance.programme.operations.taking import (
    TABLES,
    again,
    reasoned,
    taken,
    valid,
    where_it_stands,
)
from concordat.domain.governance.programme.rules import cycle, learning, life
from concordat.domain.governance.programme.rules.life import Stage
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid
from concordat.kernel.verdict import Verdict, yes

PLAIN = frozenset({"plan", "begin", "delay", "resume", "abandon", "open again", "take back"})
PAST = {
    "plan": "planned", "begin": "begun", "delay": "delayed", "resume": "resumed",
    "abandon": "abandoned", "open again": "opened again", "take back": "taken back",
}  # fmt: skip


@operation
def move_on(
    actor: Actor,
    *,
    thing: Programme | Priority | Milestone | Product | LearningCycle,
    verb: str,
    reason: str = "",
    seen_version: int | None = None,
) -> Any:
    """Do one of the plain moves of its table; delays and ends without success need a reason."""
    if verb not in PLAIN:
        raise Invalid(f"“{verb}” is done on a page of its own.", field="verb")
    record, held = taken(actor, thing, verb, seen_version=seen_version)
    why = reasoned(reason) if verb in life.NEED_A_REASON else reason.strip()
    if verb == "begin":
        _may_begin(actor, held).require()
    before = where_it_stands(held)
    held.state = str(TABLES[type(held)].after(before, verb))
    if verb == "open again" and isinstance(held, Milestone):
        held.done_on = ""
    remember(actor, row=held)
    held.save()
    if held.stage.is_over or isinstance(held, LearningCycle):
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


def _may_begin(actor: Actor, held: Any) -> Verdict:
    if isinstance(held, LearningCycle):
        return learning.may_begin(queries.known_of(actor, held))
    return cycle.may_begin(queries.cycle_of(actor, held)) if isinstance(held, Priority) else yes()


def _ask_no_more(actor: Actor, record: Record, outcome: str) -> None:
    for errand in (Errand.UPDATE, Errand.APPROVE, Errand.ANSWER):
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
        may=lambda root: queries.may_tell(actor, root, again(milestone).owner),
    )
    if done_on.earliest is None or done_on.earliest > actor.on:
        raise Invalid("Give the day on which it was reached.", field="done_on")
    held.state, held.done_on = Stage.DONE.value, done_on.iso()
    remember(actor, row=held)
    held.save()
    _ask_no_more(actor, record, "Reached")
    after = {"on": held.done_on, "words": words.strip()}
    happened(actor, "milestone reached", record, after=after)
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
    before = _choice(held)
    held.chosen_by, held.chosen_on, held.evidence = body, chosen_on.isoformat(), evidence.strip()
    held.state = Stage.PLANNED.value
    remember(actor, row=held)
    held.save()
    happened(actor, "priority chosen", record, before=before, after=_choice(held))
    return held


def _choice(held: Priority) -> dict[str, str]:
    """Who chose a priority, when and on which evidence; nothing before anybody did."""
    by = held.chosen_by.key if held.chosen_by else ""
    told = {"by": by, "on": held.chosen_on, "evidence": held.evidence}
    return {name: text for name, text in told.items() if text}


@operation
def end(
    actor: Actor, *, priority: Priority, outcome: str, seen_version: int | None = None
) -> Priority:
    """A priority's year is over, with what came of it. Every gate is decided before."""
    record, held = taken(actor, priority, "end", seen_version=seen_version)
    waiting = [row.question for row in queries.gates(actor, held) if row.is_open]
    cycle.may_end(waiting).require()
    valid(cycle.is_outcome(outcome), "outcome")
    held.state, held.outcome = Stage.DONE.value, outcome.strip()
    held.to_text = held.to_text or actor.on.isoformat()
    remember(actor, row=held)
    held.save()
    _ask_no_more(actor, record, "Ended")
    happened(actor, "priority ended", record, after={"outcome": held.outcome})
    return held


@operation
def choose_again(
    actor: Actor,
    *,
    priority: Priority,
    outcome: str,
    body: Body,
    chosen_on: date,
    starts: UncertainDate | None = None,
    ends: UncertainDate | None = None,
    seen_version: int | None = None,
) -> Priority:
    """End a priority's year and choose it for another, in one act: its evidence, owner and test of
    success go over, and each of the two leads to the other."""
    held = end(actor, priority=priority, outcome=outcome, seen_version=seen_version)
    if ends and starts and starts.certainly_after(ends.latest or date.max):
        raise Invalid(f"It cannot end before it begins ({starts}).", field="ends")
    carried = {
        name: getattr(held, name) for name in ("title", "numbered", "lead", "aims", "success")
    }
    programme = held.programme
    new: Priority = keeping.add(
        actor,
        partnership=held.partnership,
        kind="priorities",
        name=held.title[:60],
        values={
            **carried,
            "programme": programme if programme and not programme.stage.is_over else None,
            "from_text": starts.iso() if starts else "",
            "to_text": ends.iso() if ends else "",
            "follows": held,
        },
    )
    told = f"{held.evidence}\n\nWhat came of it before: {held.outcome}".strip()
    return choose(actor, priority=new, body=body, chosen_on=chosen_on, evidence=told)


@operation
def close(
    actor: Actor, *, programme: Programme, words: str, seen_version: int | None = None
) -> Programme:
    """A programme is over: nothing is owed to its funder, and its lessons are on record."""
    record, held = taken(actor, programme, "close", seen_version=seen_version)
    owed = Obligation.objects.filter(programme=held, done_on=None).count()
    said = reasoned(words)
    life.may_close(owed, Lesson.objects.filter(programme=held).count()).require()
    held.state = Stage.DONE.value
    held.to_text = held.to_text or actor.on.isoformat()
    remember(actor, row=held)
    held.save()
    _ask_no_more(actor, record, "Closed")
    happened(actor, "programme closed", record, after={"words": said})
    return held
