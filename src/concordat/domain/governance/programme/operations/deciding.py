"""Gates decided, what the funder is owed done, and lessons linked to what was done about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from concordat.domain.base.asks.operations import clear_asks
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation, remember, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb, is_open
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.programme import queries
from concordat.domain.governance.programme.models import (
    Deed,
    Gate,
    LearningCycle,
    Lesson,
    Obligation,
)
from concordat.domain.governance.programme.operations.taking import reasoned, valid
from concordat.domain.governance.programme.rules import cycle, learning
from concordat.domain.governance.programme.rules.cycle import Outcome
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused


@operation
def decide_gate(
    actor: Actor,
    *,
    gate: Gate,
    outcome: Outcome,
    reason: str,
    body: Body,
    decided_on: date,
    rests_on: Sequence[LearningCycle] | None = None,
    seen_version: int | None = None,
) -> Gate:
    """Write down what a body decided at a gate. "Not yet" leaves it open for another time.

    `rests_on` are the learning cycles that it is decided on, where they are not those that the
    gate names already: a yes or a no waits until each has told the board what it found.
    """
    record = take(
        gate.priority_id,
        seen_version=seen_version,
        mine={"outcome": outcome.value, "reason": reason},
        theirs=lambda: _stands(gate),
        may=lambda held: can(actor, Verb.CHANGE, held) & is_open(held.closed),
    )
    held = Gate.objects.get(pk=gate.pk)
    cycle.is_undecided(held.outcome).require()
    why, before = reasoned(reason), _stands(held) if held.outcome else {}
    if decided_on > actor.on:
        raise Invalid("That day is still to come.", field="decided_on")
    can(actor, Verb.SEE, body.record).require()
    rests = _rests(actor, held, rests_on)
    if outcome is not Outcome.NOT_YET:
        valid(learning.may_rest((row.theme, row.stage) for row in rests), "rests_on")
    held.rests_on = [row.named_in(held.partnership_id) for row in rests]
    held.outcome, held.reason = outcome.value, why
    held.decided_by, held.date = body, decided_on.isoformat()
    held.recorded_by, held.recorded_on = actor.signature[:200], actor.on
    remember(actor, row=held)
    held.save()
    after = {"gate": held.question, "by": body.key, **_stands(held)}
    after |= {"on": ", ".join(row.record.reference for row in rests)} if rests else {}
    happened(actor, "gate decided", record, before=before, after=after)
    return held


def _rests(
    actor: Actor, gate: Gate, chosen: Sequence[LearningCycle] | None
) -> Sequence[LearningCycle]:
    """The cycles of its own priority that a gate rests on."""
    there = {row.pk: row for row in queries.cycles_at(actor, gate.priority)}
    if chosen is None:
        told = {row.named_in(gate.partnership_id): row for row in there.values()}
        return [told[each] for each in gate.rests_on if each in told]
    if any(row.pk not in there for row in chosen):
        raise Invalid("Choose learning cycles of this priority.", field="rests_on")
    return [there[row.pk] for row in chosen]


def _stands(gate: Gate) -> dict[str, str]:
    now = Gate.objects.get(pk=gate.pk)
    return {"outcome": now.outcome, "reason": now.reason}


@operation
def fulfil(
    actor: Actor, *, obligation: Obligation, words: str, seen_version: int | None = None
) -> Obligation:
    """A condition of the money is kept, or a return was made, with what was done."""
    record = take(
        obligation.programme_id,
        seen_version=seen_version,
        mine={"words": words},
        theirs=lambda: {"words": Obligation.objects.get(pk=obligation.pk).done},
        may=lambda held: can(actor, Verb.CHANGE, held) & is_open(held.closed),
    )
    held = Obligation.objects.get(pk=obligation.pk)
    if held.done_on:
        raise Refused("This is done already.")
    if not words.strip():
        raise Invalid("Say what was done, and where it can be seen.", field="words")
    held.done_on, held.done_by, held.done = actor.on, actor.signature[:200], words.strip()
    remember(actor, row=held)
    held.save()
    what = cycle.asked_of_owed(held.what)
    for errand in (Errand.GIVE, Errand.KEEP):
        clear_asks(actor, record=record, errand=errand, what=what, outcome="Done")
    happened(
        actor,
        "obligation met",
        record,
        after={"what": held.what, "done": held.done},
    )
    return held


@operation
def link_deed(actor: Actor, *, lesson: Lesson, record: Record, how: str) -> Deed:
    """Say what was done about a lesson: an action, a decision, a policy, any record."""
    home = lesson.programme.record if lesson.programme else lesson.partnership
    root = take(home.pk, may=lambda held: can(actor, Verb.CHANGE, held) & is_open(held.closed))
    can(actor, Verb.SEE, record).require()
    if not how.strip():
        raise Invalid("Say in a few words how it answers the lesson.", field="how")
    if Deed.objects.filter(lesson=lesson, record=record).exists():
        raise Invalid(f"{record.reference} is linked already.", field="record")
    row = Deed.objects.create(
        lesson=lesson,
        record=record,
        how=how.strip()[:400],
        linked_by=actor.signature[:200],
        linked_on=actor.on,
    )
    after = {"lesson": lesson.key}
    if record.level <= root.level:
        after["record"] = record.reference
    happened(actor, "lesson linked", root, after=after)
    return row
