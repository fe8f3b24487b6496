"""Explaining a delay, pausing where the rule allows it, and recording that a date was missed."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Exists, OuterRef

from concordat.domain.base.clocks import rules
from concordat.domain.base.clocks.models import Breach, Clock, Delay, Pause
from concordat.domain.base.clocks.operations import owing, reckoning
from concordat.domain.base.clocks.operations.reckoning import Moment
from concordat.domain.base.clocks.queries import may_answer_for
from concordat.domain.base.clocks.queries.law import law_of
from concordat.domain.base.clocks.queries.lists import passed
from concordat.domain.base.clocks.rules import Bound, Stage
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Invalid, Refused

AT_ONCE = 200


@operation
def explain(
    actor: Actor,
    *,
    clock: Clock,
    reason: str,
    told: str = "",
    expected_on: date | None = None,
    seen_version: int | None = None,
) -> Delay:
    """Say why a clock is late, or will be, and who was told. The date does not move."""
    held = reckoning.taken(
        clock, may_answer_for(actor, clock), "explain", seen_version, {"Reason": reason}
    )
    why = reckoning.needed("reason", reason, "The reason for the delay")
    if expected_on and expected_on < actor.on:
        raise Invalid(
            f"{rules.told_day(expected_on)} is over.",
            field="expected_on",
            mend="Give the day by which it is now expected.",
        )
    delay = Delay.objects.create(
        clock=held,
        reason=why,
        told=told.strip(),
        expected_on=expected_on,
        given_by=actor.signature[:200],
        given_on=actor.on,
    )
    after = {"clock": str(held.pk), "due": held.due, "expected": expected_on, "told": told}
    happened(actor, "delay of clock explained", held.record, reason=why, after=after)
    owing.clear_why_late(actor, held, "Explained")
    return delay


@operation
def pause(
    actor: Actor, *, clock: Clock, ground: str, words: str = "", seen_version: int | None = None
) -> Clock:
    """Set a clock aside for a reason that its rule lists. Its date does not move, and while it
    is paused it is never counted as on time.
    """
    verdict = can(actor, Verb.CHANGE, clock.record)
    held = reckoning.taken(clock, verdict, "pause", seen_version, {"Reason": ground})
    row = law_of(actor, held.record.partnership).row(held.rule, held.rule_version)
    if row is None:
        raise Refused(f"{held.rule} is no longer on file: explain the delay instead.")
    rules.may_pause(row, ground).require()
    Pause.objects.create(
        clock=held,
        ground=ground,
        words=words.strip(),
        paused_on=actor.on,
        paused_by=actor.signature[:200],
    )
    held.stage = Stage.PAUSED
    held.save(update_fields=["stage"])
    after = {"clock": str(held.pk), "ground": ground}
    happened(actor, "clock paused", held.record, reason=words, after=after)
    return held


@operation
def resume(actor: Actor, *, clock: Clock, seen_version: int | None = None) -> Clock:
    """Let a paused clock run on to the same date."""
    held = reckoning.taken(clock, can(actor, Verb.CHANGE, clock.record), "resume", seen_version)
    held.pauses.filter(resumed_on__isnull=True).update(
        resumed_on=actor.on, resumed_by=actor.signature[:200]
    )
    held.stage = Stage.RUNNING
    held.save(update_fields=["stage"])
    happened(actor, "clock resumed", held.record, after={"clock": str(held.pk)})
    return held


def record_if_late(actor: Actor, held: Clock, when: Moment) -> bool:
    """Record that a taken clock's date was missed by then, once. Whether it was news."""
    if held.bound == Bound.EARLIEST or held.due is None or not _is_over(held, when):
        return False
    _, made = Breach.objects.get_or_create(
        clock=held,
        due=held.due,
        defaults={"recorded_on": actor.on, "recorded_by": actor.signature[:200]},
    )
    if made:
        happened(actor, "deadline missed", held.record, after=reckoning.told(held))
    return made


def _is_over(held: Clock, when: Moment) -> bool:
    if held.due_at and isinstance(when, datetime):
        return reckoning.in_london(when) > held.due_at
    return held.due is not None and rules.day_in_london(when) > held.due


@operation
def record_breaches(actor: Actor, *, now: Moment) -> int:
    """Record every date that has gone by, at most 200 at a time; how many were news.

    Safe to run twice and in two places: a breach is recorded once for each date of a clock.
    """
    if actor.kind is not Kind.PROCESS:
        raise Refused("Missed dates are recorded by the system itself.")
    no_event("each missed date is an event of its own")
    known = Breach.objects.filter(clock=OuterRef("pk"), due=OuterRef("due"))
    due = Clock.objects.filter(passed(now), ~Exists(known), stage=Stage.RUNNING.value)
    due = due.exclude(bound=Bound.EARLIEST.value).order_by("record", "pk")
    return sum(_record(actor, each, now) for each in due[:AT_ONCE])


def _record(actor: Actor, clock: Clock, now: Moment) -> bool:
    take(clock.record_id)
    held = reckoning.fresh(clock)
    if held.stage != Stage.RUNNING or not record_if_late(actor, held, now):
        return False
    if not held.delays.exists():
        owing.ask_why_late(actor, held)
    return True
