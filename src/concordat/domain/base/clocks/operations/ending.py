"""Meeting a clock with its proof, finding that it does not apply, and mending either."""

from __future__ import annotations

from datetime import date, datetime

from concordat.domain.base.clocks import rules
from concordat.domain.base.clocks.models import Clock
from concordat.domain.base.clocks.operations import owing, reckoning
from concordat.domain.base.clocks.operations.late import record_if_late
from concordat.domain.base.clocks.operations.reckoning import Moment
from concordat.domain.base.clocks.queries import may_answer_for
from concordat.domain.base.clocks.rules import Bound, Direction, Rule, Stage, Unit
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, operation
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid

_NO_START = frozenset({Unit.FIXED, Unit.YEARLY})


@operation
def meet(
    actor: Actor,
    *,
    clock: Clock,
    on: Moment,
    proof: str,
    proof_record: Record | None = None,
    seen_version: int | None = None,
) -> Clock:
    """Stop a clock by what proves that the duty was done: in words, and by a record if there is
    one. Done after its date it is met late, and the missed date stays on the record.
    """
    held = reckoning.taken(
        clock, may_answer_for(actor, clock), "meet", seen_version, {"Proof": proof}
    )
    words = reckoning.needed("proof", proof, "What proves it")
    day = reckoning.not_ahead(actor, on, "on")
    moment = on if isinstance(on, datetime) else None
    _check(actor, held, day, moment)
    if proof_record:
        can(actor, Verb.SEE, proof_record).require()
    record_if_late(actor, held, moment or day)
    _end_pause(actor, held)
    held.stage, held.met_on = Stage.MET, day
    held.met_at = reckoning.in_london(moment) if moment else None
    held.met_by, held.met_noted_on = actor.signature[:200], actor.on
    held.proof, held.proof_record = words, proof_record
    held.save()
    after = {"met on": day, "proof record": proof_record.reference if proof_record else ""}
    happened(actor, "clock met", held.record, reason=words, after=reckoning.told(held) | after)
    owing.clear_all(actor, held, f"Done on {rules.told_day(day)}")
    return held


def _check(actor: Actor, held: Clock, day: date, moment: datetime | None) -> None:
    row = reckoning.law_for(actor, held.record).row(held.rule, held.rule_version)
    begun = held.started_on
    if row and begun and day < begun and _runs_forward(row):
        raise Invalid(
            f"That is before the clock started, on {rules.told_day(begun)}.",
            field="on",
            mend="Give a later day, or change the start date first.",
        )
    if held.due_at and moment is None and day == held.due:
        raise Invalid(
            "This clock runs to the minute, and this is its last day.",
            field="time",
            mend="Give the time of day as well.",
        )


def _runs_forward(row: Rule) -> bool:
    """Whether what it asks can only be done after its start; too early is a fact of its own."""
    limit = row.deadline
    if limit is None or limit.bound is Bound.EARLIEST:
        return False
    return limit.direction is Direction.FORWARD and limit.unit not in _NO_START


def _end_pause(actor: Actor, held: Clock) -> None:
    held.pauses.filter(resumed_on__isnull=True).update(
        resumed_on=actor.on, resumed_by=actor.signature[:200]
    )


@operation
def rule_out(actor: Actor, *, clock: Clock, reason: str, seen_version: int | None = None) -> Clock:
    """Say that a clock does not apply, and why. Its start stays on file."""
    verdict = can(actor, Verb.CHANGE, clock.record)
    held = reckoning.taken(clock, verdict, "rule out", seen_version, {"Reason": reason})
    why = reckoning.needed("reason", reason, "A reason")
    _end_pause(actor, held)
    held.stage = Stage.NOT_APPLICABLE
    held.ruled_out_on, held.ruled_out_by = actor.on, actor.signature[:200]
    held.ruled_out_reason = why
    held.save()
    happened(actor, "clock ruled out", held.record, reason=why, after=reckoning.told(held))
    owing.clear_all(actor, held, "Does not apply")
    return held


@operation
def reopen(actor: Actor, *, clock: Clock, reason: str, seen_version: int | None = None) -> Clock:
    """Take back that a clock was met or ruled out, with a reason; the event keeps what stood."""
    verdict = can(actor, Verb.CHANGE, clock.record)
    held = reckoning.taken(clock, verdict, "reopen", seen_version, {"Reason": reason})
    why = reckoning.needed("reason", reason, "A reason")
    before = {
        "stage": held.stage,
        "met on": held.met_on,
        "proof": held.proof,
        "met by": held.met_by,
        "ruled out": held.ruled_out_reason,
        **reckoning.told(held),
    }
    held.stage = rules.Stage(rules.STATES.after(Stage(held.stage), "reopen"))
    _forget_the_end(held)
    if held.stage == Stage.START_NEEDED:
        _forget_the_start(held)
    held.save()
    after = reckoning.told(held)
    happened(actor, "clock reopened", held.record, reason=why, before=before, after=after)
    owing.ask(actor, held)
    return held


def _forget_the_end(held: Clock) -> None:
    held.met_on = held.met_at = held.met_noted_on = held.proof_record = None
    held.met_by = held.proof = ""
    held.ruled_out_on, held.ruled_out_by, held.ruled_out_reason = None, "", ""


def _forget_the_start(held: Clock) -> None:
    held.started_on = held.started_at = held.opens = held.soon_from = None
    held.due = held.due_at = None
    held.sum = ""
