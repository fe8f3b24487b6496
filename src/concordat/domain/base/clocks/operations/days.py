"""Days that are not worked, and counting every clock again when they change."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from concordat.domain.base.clocks import queries, rules
from concordat.domain.base.clocks.models import Clock, ClosedDay
from concordat.domain.base.clocks.operations import owing, reckoning
from concordat.domain.base.clocks.queries.days import Days
from concordat.domain.base.clocks.queries.law import law_book
from concordat.domain.base.clocks.rules import ClosedKind, Rule
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Body
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.labels import day_in_words


@operation
def close_day(
    actor: Actor,
    *,
    partnership: Record,
    day: date,
    name: str,
    kind: ClosedKind,
    body: Body | None = None,
) -> ClosedDay:
    """Close a day for the partnership or one group, and count every clock again."""
    can(actor, Verb.CHANGE, partnership).require()
    take(partnership.pk)
    _check_day(actor, partnership, day, kind, body)
    closed = ClosedDay.objects.create(
        partnership=partnership,
        body=body,
        day=day,
        name=reckoning.needed("name", name, "A name"),
        kind=kind,
        closed_by=actor.signature[:200],
        closed_on=actor.on,
    )
    after = {"day": day, "name": closed.name, "kind": kind, "group": body.name if body else ""}
    happened(actor, "day closed", partnership, after=after)
    _recount(actor, Clock.objects.filter(partnership=partnership), f"{closed.name} is not worked")
    return closed


def _check_day(
    actor: Actor, partnership: Record, day: date, kind: ClosedKind, body: Body | None
) -> None:
    if body and body.partnership_id != partnership.pk:
        raise Refused("Choose a group of the same partnership.")
    if body and kind is ClosedKind.PROCLAIMED:
        raise Invalid("A proclaimed day is everybody's.", field="body", mend="Choose no group.")
    if not queries.days_of(actor, []).england.is_working(day):
        raise Invalid(
            f"{day_in_words(day)} is not a working day already.",
            field="day",
            mend="Choose another.",
        )
    rows = ClosedDay.objects.filter(partnership=partnership, day=day, opened_on__isnull=True)
    if rows.filter(body=body).exists():
        raise Invalid(f"{day_in_words(day)} is closed already.", field="day")


@operation
def open_day(actor: Actor, *, closed_day: ClosedDay, reason: str) -> ClosedDay:
    """Take back that a day is closed, and count every clock again."""
    partnership = closed_day.partnership
    can(actor, Verb.CHANGE, partnership).require()
    take(partnership.pk)
    why = reckoning.needed("reason", reason, "A reason")
    held = ClosedDay.objects.get(pk=closed_day.pk)
    if held.opened_on:
        raise Refused("This day is worked again already.")
    held.opened_on, held.opened_by, held.open_reason = actor.on, actor.signature[:200], why
    held.save()
    happened(actor, "day opened again", partnership, reason=why, before={"day": held.day})
    _recount(actor, Clock.objects.filter(partnership=partnership), f"{held.name} is worked again")
    return held


@operation
def recompute(actor: Actor) -> int:
    """Count every running clock again by the days that are closed now; how many dates moved.

    Run after the packaged holidays change. A date that stays leaves no trace.
    """
    if actor.kind is not Kind.PROCESS:
        raise Refused("Every clock is counted again by the system itself.")
    no_event("each moved date is an event of its own")
    return _recount(actor, Clock.objects.all(), "The closed days have changed")


def _recount(actor: Actor, clocks: QuerySet[Clock], reason: str) -> int:
    rows = clocks.filter(stage__in=rules.OPEN, started_on__isnull=False)
    found = list(rows.select_related("holder").order_by("record", "pk"))
    partnerships = {each.partnership_id for each in found}
    book, days = law_book(actor, partnerships), queries.days_of(actor, partnerships)
    counted = [
        (clock, row)
        for clock in found
        if (row := book.row(clock.partnership_id, clock.rule, clock.rule_version))
        and rules.counts_days_off(row)
        and rules.same_limit(clock.rule_text, row)
    ]
    moving = _moving(counted, days)
    return sum(_count_again(actor, clock, row, days, reason) for clock, row in moving)


def _moving(counted: list[tuple[Clock, Rule]], days: Days) -> list[tuple[Clock, Rule]]:
    """Those whose date is another by the days that are closed now, in their order."""
    alike: dict[tuple[object, ...], list[tuple[Clock, Rule]]] = {}
    for clock, row in counted:
        body = clock.holder.body_id if clock.holder else None
        key = (row.id, row.version, clock.partnership_id, body)
        alike.setdefault(key, []).append((clock, row))
    moved: set[UUID] = set()
    for rows in alike.values():
        clock, row = rows[0]
        assert row.deadline is not None  # noqa: S101 - it counts days off
        starts = [rules.day_in_london(_start(each)) for each, _ in rows]
        dues = rules.working_dues(starts, row.deadline, days.for_clock(clock, row))
        moved |= {each.pk for (each, _), due in zip(rows, dues, strict=True) if due != each.due}
    return [each for each in counted if each[0].pk in moved]


def _start(clock: Clock) -> date | datetime:
    start = clock.started_at or clock.started_on
    assert start is not None  # noqa: S101 - only clocks that have begun are counted
    return start


def _count_again(actor: Actor, clock: Clock, row: Rule, days: Days, reason: str) -> bool:
    try:
        found = reckoning.reckoned(row, _start(clock), days, clock.partnership_id, clock.holder)
    except Invalid:
        return False
    if found.due.due == clock.due:
        return False
    take(clock.record_id)
    held = reckoning.fresh(clock)
    before = reckoning.told(held)
    held.due, held.soon_from, held.sum = found.due.due, found.soon_from, found.due.sum
    held.save(update_fields=["due", "soon_from", "sum"])
    reckoning.keep_start(actor, held, reason)
    after = reckoning.told(held)
    happened(actor, "due date moved", held.record, reason=reason, before=before, after=after)
    owing.ask(actor, held)
    return True
