"""What the operations of a clock share: which row of law, by which days, from which start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from concordat.domain.base.agencies.models import Area
from concordat.domain.base.clocks import queries, rules
from concordat.domain.base.clocks.models import Clock, LocalRule, Start
from concordat.domain.base.clocks.queries.days import Days
from concordat.domain.base.clocks.queries.law import go_live_of
from concordat.domain.base.clocks.rules import Due, Law, Rule
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import take
from concordat.domain.base.seats.models import Seat
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import day_in_words, join_words
from concordat.kernel.verdict import Verdict

Moment = date | datetime


def needed(field: str, words: str, what: str) -> str:
    """Words that may not be empty. Raises `Invalid` naming the field."""
    bare = words.strip()
    if not bare:
        raise Invalid(f"{what} is needed.", field=field, mend="Write it in one sentence.")
    return bare


def not_ahead(actor: Actor, on: Moment, field: str) -> date:
    """The day in London. Raises `Invalid` for one that has not come."""
    day = rules.day_in_london(on)
    if day > actor.on:
        raise Invalid(
            f"{day_in_words(day)} has not come yet.",
            field=field,
            mend="Give the day on which it was done.",
        )
    return day


def in_london(moment: datetime) -> datetime:
    """A moment without a zone is London's."""
    return moment if moment.tzinfo else moment.replace(tzinfo=rules.LONDON)


def fresh(clock: Clock) -> Clock:
    """The clock as it stands now that its record is locked."""
    rows = Clock.objects.select_related("record", "holder__body", "holder__record", "local")
    return rows.get(pk=clock.pk)


def taken(
    clock: Clock,
    verdict: Verdict,
    verb: str,
    seen_version: int | None = None,
    mine: Mapping[str, str] | None = None,
) -> Clock:
    """Lock a clock's record for a move that the table allows; the clock as it stands then."""
    verdict.require()
    take(clock.record_id, seen_version=seen_version, mine=mine, theirs=lambda: as_texts(clock))
    held = fresh(clock)
    rules.STATES.verdict(rules.Stage(held.stage), verb).require()
    return held


def as_texts(clock: Clock) -> dict[str, str]:
    """What stands now, under the labels that the forms use."""
    now = fresh(clock)
    start = day_in_words(now.started_on) if now.started_on else "not known"
    return {"State": now.stage, "Start": start, "Started by": now.started_by, "Proof": now.proof}


def law_for(actor: Actor, record: Record) -> Law:
    return queries.law_of(actor, record.partnership)


def row_in_force(
    actor: Actor, law: Law, rule: str, record: Record, area: Area | None, on: date
) -> Rule:
    """The row that binds there on that day. Raises `Invalid` or `Refused` where none does."""
    row = law.rule(rule, on=on)
    if row.deadline is None:
        raise Invalid(
            f"{rule} has no deadline: it is a {row.kind}.",
            field="rule",
            mend="Choose a rule with a deadline.",
        )
    areas = [area] if area else _areas(actor, record)
    _verdict(actor, row, areas, on).require()
    return row


def _areas(actor: Actor, record: Record) -> list[Area | None]:
    found = queries.own_areas(actor, record.partnership) if record.partnership else []
    return list(found) or [None]


def _verdict(actor: Actor, row: Rule, areas: Iterable[Area | None], on: date) -> Verdict:
    """What all areas agree on; where their go-lives divide them, the area has to be named."""
    told = {
        area.name if area else "": rules.applies(row, go_live_of(actor, area, row.arrangements), on)
        for area in areas
    }
    if len({bool(each) for each in told.values()}) > 1:
        raise Invalid(
            f"On {day_in_words(on)} some areas had gone live and others had not.",
            field="area",
            mend=f"Name the area: {join_words(told)}.",
        )
    return next(iter(told.values()))


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A start with the date that follows from it."""

    rule: Rule
    due: Due
    soon_from: date


def reckoned(
    row: Rule, start: Moment, days: Days, partnership: UUID | None, holder: Seat | None
) -> Reckoned:
    working, names = days.for_rule(row, partnership, holder.body_id if holder else None)
    due = rules.due_on(start, row, working, closed_names=names)
    return Reckoned(row, due, rules.soon_from(due, working))


def pin(clock: Clock, row: Rule) -> None:
    """Keep the row with the clock, so that it can be shown whatever becomes of the law."""
    clock.rule, clock.rule_version = row.id, row.version
    clock.rule_text, clock.rule_digest = rules.canonical(row), rules.digest(row)
    local = LocalRule.objects.filter(
        partnership=clock.partnership_id, rule=row.id, version=row.version
    )
    clock.local = local.first()
    clock.bound = row.deadline.bound.value if row.deadline else rules.Bound.LATEST.value


def set_start(clock: Clock, found: Reckoned) -> None:
    due = found.due
    pin(clock, found.rule)
    clock.started_on, clock.started_at = due.start, due.started_at
    clock.opens, clock.due, clock.due_at = due.opens, due.due, due.due_at
    clock.soon_from, clock.sum = found.soon_from, due.sum


def keep_start(actor: Actor, clock: Clock, reason: str) -> Start:
    if clock.started_on is None or clock.due is None:
        raise ValueError("A start is kept once it has been set.")
    return Start.objects.create(
        clock=clock,
        started_by=clock.started_by,
        started_on=clock.started_on,
        started_at=clock.started_at,
        rule_version=clock.rule_version,
        rule_digest=clock.rule_digest,
        due=clock.due,
        due_at=clock.due_at,
        sum=clock.sum,
        reason=reason,
        given_by=actor.signature[:200],
        given_on=actor.on,
    )


def told(clock: Clock) -> dict[str, object]:
    """A clock as an event keeps it."""
    return {
        "clock": str(clock.pk),
        "rule": clock.rule,
        "version": clock.rule_version,
        "digest": clock.rule_digest,
        "part": clock.part,
        "start": clock.started_on,
        "due": clock.due,
    }


def refuse_holder(record: Record, holder: Seat | None) -> None:
    """A clock is held by a seat of the record's own partnership."""
    if holder and record.partnership_id and holder.partnership_id != record.partnership_id:
        raise Refused("Choose a seat of the same partnership.")
