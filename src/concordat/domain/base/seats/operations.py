"""Setting down who sits where: bodies, seats, holders, posts and the people in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from concordat.domain.base.people.models import Person
from concordat.domain.base.records import queries as records
from concordat.domain.base.records.models import Keyed, Record
from concordat.domain.base.records.operations import happened, keep, no_event, operation, take
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.domain.base.seats import rules
from concordat.domain.base.seats.models import KINDS, Body, Holder, Incumbency, Post, Seat
from concordat.kernel.actor import Actor
from concordat.kernel.dates import Period, UncertainDate
from concordat.kernel.errors import Invalid, Refused

_RECORDS = {"bodies": (RecordKind.BODY, "name"), "seats": (RecordKind.SEAT, "role")}


@operation
def set_down(
    actor: Actor,
    *,
    partnership: Record,
    kind: str,
    key: str,
    values: Mapping[str, Any],
    seen_version: int | None = None,
) -> Keyed:
    """Set down or amend one row of this package under its key. The same row again is no change.

    `kind` is a kind of the partnership file; `values` maps the model's fields. What must
    never stand together (overlapping holders, a deputy who is the holder, a circle of
    parents, a time that runs backwards) is refused, and nothing is written.
    """
    model, noun = KINDS[kind]
    if kind == "holders":
        _check_holder(key, values)
    if kind == "bodies":
        _check_parents(partnership, key, values)
    record_kind, title = _RECORDS.get(kind, (None, ""))
    return keep(
        actor,
        model=model,
        partnership=partnership,
        key=key,
        values=values,
        noun=noun,
        kind=record_kind,
        title=_title(kind, values, title),
        seen_version=seen_version,
    )


def _title(kind: str, values: Mapping[str, Any], field: str) -> str:
    if kind == "seats" and "role" in values and "body" in values:
        return f"{values['role']}, {values['body'].name}"[:300]
    return str(values.get(field, "")) if field else ""


def _sitting(row: Holder) -> rules.Sitting:
    who = f"posts:{row.post.key}" if row.post else f"people:{row.named.key}" if row.named else ""
    return rules.Sitting(row.key, row.seat.key, rules.Holding(row.holding), who, row.period)


def _check_holder(key: str, values: Mapping[str, Any]) -> None:
    seat: Seat = values["seat"]
    proposed = Holder(key=key, **values)
    others = Holder.objects.filter(seat=seat).select_related("seat", "post", "named")
    rules.may_hold(_sitting(proposed), [_sitting(each) for each in others]).require()


def _check_parents(partnership: Record, key: str, values: Mapping[str, Any]) -> None:
    if not values.get("parents"):
        return
    lines = dict(Body.objects.filter(partnership=partnership).values_list("key", "parents"))
    circle = rules.cycle({**lines, key: values["parents"]})
    if circle:
        raise Invalid(
            f"These bodies would answer to each other in a circle: {' > '.join(circle)}.",
            field="parents",
            mend="Take one of these lines out.",
        )


@operation
def amend_seat(actor: Actor, *, seat: Seat, values: Mapping[str, Any], seen_version: int) -> Seat:
    """Change what a seat is, as somebody saw it; a stale view raises `Stale` with both texts."""
    set_down(
        actor,
        partnership=seat.partnership,
        kind="seats",
        key=seat.key,
        values={"role": seat.role, "body": seat.body, **values},
        seen_version=seen_version,
    )
    return Seat.objects.select_related("record", "body").get(pk=seat.pk)


@operation
def appoint(
    actor: Actor,
    *,
    seat: Seat,
    post: Post,
    holding: rules.Holding,
    from_day: date,
    to_day: date | None = None,
    source: str = "",
    seen_version: int | None = None,
) -> Holder:
    """Put a post into a seat. A new sole holder ends the one before on the day before."""
    records.can(actor, Verb.CHANGE, seat.record).require()
    take(seat.pk, seen_version=seen_version, mine={"Holder": post.title})
    if holding in rules.SOLE:
        _end_before(actor, seat, from_day)
    row = set_down(
        actor,
        partnership=seat.partnership,
        kind="holders",
        key=f"{seat.key}-{post.key}-{from_day.isoformat()}"[:120],
        values={
            "seat": seat,
            "holding": holding,
            "post": post,
            "from_text": from_day.isoformat(),
            "to_text": to_day.isoformat() if to_day else "",
            "source": source,
        },
    )
    happened(actor, f"{holding} appointed", seat.record, after={"post": post.title})
    assert isinstance(row, Holder)  # noqa: S101 - narrows the type for the reader
    return row


def _end_before(actor: Actor, seat: Seat, day: date) -> None:
    sole = Holder.objects.filter(seat=seat, holding__in=[*rules.SOLE, rules.Holding.VACANT])
    for row in sole.filter(to_text=""):
        if row.from_surely is None or row.from_surely < day:
            end_holding(actor, holder=row, last_day=day - timedelta(days=1))


@operation
def end_holding(actor: Actor, *, holder: Holder, last_day: date, reason: str = "") -> Holder:
    """End a row on its last whole day. What began later cannot have ended before."""
    seat = holder.seat
    records.can(actor, Verb.CHANGE, seat.record).require()
    take(seat.pk)
    Period(holder.period.start, UncertainDate.parse(last_day.isoformat()))
    before, holder.to_text = holder.to_text, last_day.isoformat()
    holder.save()
    happened(
        actor,
        "holding ended",
        seat.record,
        reason=reason,
        before={"to": before},
        after={"to": holder.to_text, "holder": holder.key},
    )
    return holder


@operation
def take_post(
    actor: Actor, *, person: Person, post: Post, from_day: date, reason: str = ""
) -> Incumbency:
    """A person joins a post; whoever was in it left on the day before."""
    records.can(actor, Verb.CHANGE, post.partnership).require()
    take(post.partnership_id)
    earlier = Incumbency.objects.filter(post=post, to_day__isnull=True).first()
    if earlier and earlier.person_id == person.pk:
        no_event("the person is in this post already")
        return earlier
    if earlier:
        leave_post(actor, incumbency=earlier, last_day=from_day - timedelta(days=1), reason=reason)
    taken = Incumbency.objects.create(post=post, person=person, from_day=from_day)
    happened(
        actor,
        "post taken",
        post.partnership,
        reason=reason,
        after={"post": post.title, "person": person.record.reference, "from": from_day},
    )
    return taken


@operation
def leave_post(
    actor: Actor, *, incumbency: Incumbency, last_day: date, reason: str = ""
) -> Incumbency:
    """A person leaves a post on a last whole day; the seats stay with the post."""
    partnership = incumbency.post.partnership
    records.can(actor, Verb.CHANGE, partnership).require()
    if incumbency.to_day:
        raise Refused("This person has left the post already.")
    if last_day < incumbency.from_day:
        raise Invalid(
            "The last day is before the first.", field="last_day", mend="Give a later day."
        )
    take(partnership.pk)
    incumbency.to_day = last_day
    incumbency.save(update_fields=["to_day"])
    happened(
        actor,
        "post left",
        partnership,
        reason=reason,
        after={
            "post": incumbency.post.title,
            "last day": last_day,
            "person": incumbency.person.record.reference,
        },
    )
    return incumbency
