"""Rows of bodies, seats, posts and the like under their keys, new or amended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from concordat.domain.base.agencies.rules import free_key
from concordat.domain.base.records import queries as records
from concordat.domain.base.records.models import Keyed, Record
from concordat.domain.base.records.operations import keep, operation, take
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.domain.base.seats import rules
from concordat.domain.base.seats.models import KINDS, Body, Holder, Seat
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid

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
    room = seat.how_many or 1
    rules.may_hold(_sitting(proposed), [_sitting(each) for each in others], room).require()


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
def add(
    actor: Actor, *, partnership: Record, kind: str, name: str, values: Mapping[str, Any]
) -> Keyed:
    """Set down a new row; its key is made of its name and is nobody else's."""
    records.can(actor, Verb.CHANGE, partnership).require()
    take(partnership.pk)
    rows = KINDS[kind][0]._default_manager.filter(partnership=partnership)
    key = free_key(name, set(rows.values_list("key", flat=True)))
    return set_down(actor, partnership=partnership, kind=kind, key=key, values=values)


@operation
def amend_body(
    actor: Actor, *, body: Body, values: Mapping[str, Any], seen_version: int | None = None
) -> Body:
    """Correct what a body says of itself. A new name from a day is `succeed`'s to give."""
    set_down(
        actor,
        partnership=body.partnership,
        kind="bodies",
        key=body.key,
        values={"name": body.name, **values},
        seen_version=seen_version,
    )
    return Body.objects.select_related("record").get(pk=body.pk)
