"""Starting a clock, changing its start, and passing it to another seat."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

from concordat.domain.base.agencies.models import Area
from concordat.domain.base.clocks import queries, rules
from concordat.domain.base.clocks.models import Clock
from concordat.domain.base.clocks.operations import owing, reckoning
from concordat.domain.base.clocks.operations.reckoning import Moment
from concordat.domain.base.clocks.rules import OPEN, Stage
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Seat
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused


@operation
def start(
    actor: Actor,
    *,
    record: Record,
    rule: str,
    started_by: str,
    on: Moment | None,
    holder: Seat | None = None,
    area: Area | None = None,
    part: str = "",
) -> Clock:
    """Start a clock on a record. `on` None: the start is not known yet, and is asked for.

    The trigger's day picks the dated row, the area's go-live whether it binds there; the row is
    pinned by version and digest. The same start again is no change. Raises `Invalid` for a rule
    that is unknown, has no deadline or was not in force, `Refused` where it does not bind.

    A checklist has no deadline, but lines of it may: starting it starts a clock for each, and
    the first of these to run out comes back.
    """
    can(actor, Verb.CHANGE, record).require()
    day = actor.on if on is None else rules.day_in_london(on)
    law = reckoning.law_for(actor, record)
    dated = [line.id for line in law.dated_lines(rule, on=day)]
    given: Given = {
        "record": record, "started_by": started_by, "on": on, "holder": holder, "area": area,
        "part": part,
    }  # fmt: skip
    started = [_start(actor, rule=each, **given) for each in dated or [rule]]
    return min(started, key=lambda each: each.due or date.max)


class Given(TypedDict):
    """What a clock is started with, besides its rule."""

    record: Record
    started_by: str
    on: Moment | None
    holder: Seat | None
    area: Area | None
    part: str


@operation
def _start(
    actor: Actor,
    *,
    record: Record,
    rule: str,
    started_by: str,
    on: Moment | None,
    holder: Seat | None,
    area: Area | None,
    part: str,
) -> Clock:
    reckoning.refuse_holder(record, holder)
    words = reckoning.needed("started_by", started_by, "What started the clock")
    take(record.pk)
    running = Clock.objects.filter(record=record, rule=rule, part=part, stage__in=OPEN).first()
    if running:
        return _as_it_runs(running, on)
    day = actor.on if on is None else rules.day_in_london(on)
    law = reckoning.law_for(actor, record)
    row = reckoning.row_in_force(actor, law, rule, record, area, day)
    clock = Clock(
        record=record,
        partnership_id=record.partnership_id,
        part=part,
        area=area,
        holder=holder,
        started_by=words,
        opened_on=actor.on,
        stage=Stage.START_NEEDED if on is None else Stage.RUNNING,
    )
    reckoning.pin(clock, row)
    if on is not None:
        days = queries.days_of(actor, [record.partnership_id])
        found = reckoning.reckoned(row, on, days, record.partnership_id, holder)
        reckoning.set_start(clock, found)
    clock.save(force_insert=True)
    if on is not None:
        reckoning.keep_start(actor, clock, "")
    happened(actor, "clock started", record, reason=words, after=reckoning.told(clock))
    owing.ask(actor, clock)
    return clock


def _as_it_runs(running: Clock, on: Moment | None) -> Clock:
    if on is None or _is_known(running, on):
        no_event("this clock runs already")
        return running
    raise Refused("This clock runs already. Change its start date instead, with a reason.")


def _is_known(running: Clock, on: Moment) -> bool:
    if isinstance(on, datetime):
        return running.started_at == reckoning.in_london(on)
    return running.started_on == on


@operation
def restart(
    actor: Actor,
    *,
    clock: Clock,
    on: Moment,
    reason: str,
    started_by: str = "",
    seen_version: int | None = None,
) -> Clock:
    """Give a clock its start, or change it with a reason; every earlier start stays on file.

    The new day picks the row of law afresh. Lines of a checklist that ran from the same start
    are given the new one with it.
    """
    held = reckoning.taken(
        clock,
        can(actor, Verb.CHANGE, clock.record),
        "restart",
        seen_version,
        {"Start": rules.told_day(rules.day_in_london(on)), "Started by": started_by},
    )
    why = reason.strip() if held.started_on is None else _reason(reason)
    for each in [held, *_beside(actor, held)]:
        _start_anew(actor, each, on, why, started_by)
    return held


def _beside(actor: Actor, held: Clock) -> list[Clock]:
    """The open clocks of the other lines of its checklist that run from the same start."""
    law = reckoning.law_for(actor, held.record)
    row = law.row(held.rule, held.rule_version)
    if row is None or row.adds_to not in law.ids:
        return []
    names = [line.id for line in law.dated_lines(row.adds_to, on=held.started_on or actor.on)]
    same = {"started_on": held.started_on, "started_at": held.started_at}
    rows = Clock.objects.filter(record=held.record_id, part=held.part, rule__in=names, **same)
    others = rows.filter(stage__in=OPEN).exclude(pk=held.pk).order_by("rule")
    return [reckoning.fresh(each) for each in others] if held.rule in names else []


def _start_anew(actor: Actor, held: Clock, on: Moment, why: str, started_by: str) -> None:
    before = reckoning.told(held)
    law = reckoning.law_for(actor, held.record)
    day = rules.day_in_london(on)
    row = reckoning.row_in_force(actor, law, held.rule, held.record, held.area, day)
    days = queries.days_of(actor, [held.partnership_id])
    found = reckoning.reckoned(row, on, days, held.partnership_id, held.holder)
    owing.clear_start(actor, held, f"Started on {rules.told_day(day)}")
    if row.version != held.rule_version:
        owing.clear_all(actor, held, "Another version of the rule applies")
    reckoning.set_start(held, found)
    held.started_by = started_by.strip() or held.started_by
    held.stage = Stage.RUNNING
    held.save()
    reckoning.keep_start(actor, held, why)
    happened(
        actor,
        "start of clock changed" if before["start"] else "start of clock given",
        held.record,
        reason=why,
        before=before,
        after=reckoning.told(held),
    )
    owing.ask(actor, held)


def _reason(reason: str) -> str:
    return reckoning.needed("reason", reason, "A reason for changing the start date")


@operation
def give(
    actor: Actor, *, clock: Clock, holder: Seat, reason: str, seen_version: int | None = None
) -> Clock:
    """Pass a clock to another seat, with a reason; what was asked of the first goes with it."""
    can(actor, Verb.CHANGE, clock.record).require()
    take(
        clock.record_id,
        seen_version=seen_version,
        mine={"Holder": holder.role},
        theirs=lambda: {"Holder": _role(reckoning.fresh(clock))},
    )
    held = reckoning.fresh(clock)
    if held.stage not in OPEN:
        raise Refused("Nothing is owed on this clock any more.")
    reckoning.refuse_holder(held.record, holder)
    why = reckoning.needed("reason", reason, "A reason")
    if held.holder_id == holder.pk:
        no_event("this seat holds the clock already")
        return held
    before = _role(held)
    owing.clear_all(actor, held, f"Given to {holder.role}")
    held.holder = holder
    held.save(update_fields=["holder"])
    happened(
        actor,
        "clock given to another seat",
        held.record,
        reason=why,
        before={"clock": str(held.pk), "holder": before},
        after={"holder": holder.role},
    )
    owing.ask(actor, held)
    return held


def _role(clock: Clock) -> str:
    return clock.holder.role if clock.holder else ""
