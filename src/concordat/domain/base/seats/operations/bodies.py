"""The life of a body: its states, its terms of reference, and what takes over from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from concordat.domain.base.agencies.rules import free_key
from concordat.domain.base.records import queries as records
from concordat.domain.base.records.models import Keyed, Record, not_over, surely_in_force
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import rules
from concordat.domain.base.seats.models import Body, BodyState, Seat, Terms
from concordat.domain.base.seats.operations.carrying import carry_seat
from concordat.domain.base.seats.operations.setting_down import add, set_down
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused

_CARRIED = ("kind", "outside", "agency", "parents", "shared_with", "purpose", "functions",
            "rhythm", "composition", "chair_role", "quorum")  # fmt: skip
_TERMS = ("title", "state", "agreed_by", "parents", "rhythm", "composition", "chair_role",
          "chair_term", "quorum", "quorum_members", "quorum_classes", "quorum_seats",
          "substitutes", "remote", "discretion", "inquorate", "decides_by", "papers")  # fmt: skip


@operation
def move_state(
    actor: Actor,
    *,
    body: Body,
    verb: str,
    from_day: date,
    reason: str = "",
    successor: Body | None = None,
    seen_version: int | None = None,
) -> BodyState:
    """Take a body on to its next state from a day; the state before ends on the day before.

    A hold on the move stops it. What has ended may name the body that took over from it.
    """
    records.can(actor, Verb.CHANGE, body.record).require()
    held = _take(body, "State", verb, _states, seen_version)
    rows = list(BodyState.objects.filter(body=body))
    standing = next((row.state for row in rows if row.in_force(from_day) == "yes"), "")
    state = rules.Standing(rules.BODIES.after(standing or rules.Standing.IN_FORCE, verb))
    records.is_free(held, verb).require()
    if not (allowed := rules.may_begin([row.period for row in rows], from_day)):
        raise Invalid(str(allowed), field="from_day")
    _close_open(rows, from_day)
    row = _new_state(actor, body, state, from_day, reason)
    if successor is not None and state is rules.Standing.ENDED:
        _follow(actor, body, successor)
    after = {"state": state.value, "from": from_day}
    happened(actor, rules.PAST[verb], held, reason=reason, after=after)
    return row


def _take(
    body: Body, label: str, mine: str, theirs: Callable[[Body], str], seen_version: int | None
) -> Record:
    return take(
        body.pk,
        seen_version=seen_version,
        mine={label: mine},
        theirs=lambda: {label: theirs(Body.objects.get(pk=body.pk))},
    )


def _states(body: Body) -> str:
    rows = BodyState.objects.filter(body=body, to_text="").order_by("-from_surely", "pk")
    return "\n".join(f"{row.state.capitalize()}{_since(row)}" for row in rows)


def _terms(body: Body) -> str:
    newest = Terms.objects.filter(body=body).order_by("-from_surely", "pk").first()
    return f"{newest.title or 'Terms'}{_since(newest)}" if newest else ""


def _since(row: BodyState | Terms) -> str:
    return f" from {row.period.start}" if row.from_text else ""


def _close_open(rows: list[BodyState], day: date) -> None:
    for row in rows:
        if not row.to_text:
            row.to_text = (day - timedelta(days=1)).isoformat()
            row.save()


def _new_state(
    actor: Actor, body: Body, state: rules.Standing, day: date, reason: str
) -> BodyState:
    keys = BodyState.objects.filter(partnership=body.partnership_id)
    row = set_down(
        actor,
        partnership=body.partnership,
        kind="states",
        key=free_key(f"{body.key}-{state}", set(keys.values_list("key", flat=True))),
        values={
            "body": body,
            "state": state.value,
            "from_text": day.isoformat(),
            "reason": reason,
        },
    )
    assert isinstance(row, BodyState)  # noqa: S101 - narrows the type for the reader
    return row


def _follow(actor: Actor, body: Body, successor: Body) -> None:
    if successor.pk == body.pk:
        raise Invalid("A body cannot take over from itself.", field="successor")
    kept = Body.objects.get(pk=body.pk)
    if successor.key not in kept.successor:
        values = {"name": kept.name, "successor": [*kept.successor, successor.key]}
        set_down(actor, partnership=body.partnership, kind="bodies", key=body.key, values=values)


@operation
def propose(
    actor: Actor,
    *,
    partnership: Record,
    name: str,
    state: rules.Standing,
    from_day: date | None,
    values: Mapping[str, Any],
) -> Body:
    """Set down a new body in the state in which it stands from a day, or has always stood."""
    body = add(
        actor, partnership=partnership, kind="bodies", name=name, values={"name": name, **values}
    )
    assert isinstance(body, Body)  # noqa: S101 - narrows the type for the reader
    told = {"body": body, "state": state.value}
    told |= {"from_text": from_day.isoformat()} if from_day else {}
    add(actor, partnership=partnership, kind="states", name=f"{body.key}-{state}", values=told)
    return body


@operation
def agree_terms(
    actor: Actor,
    *,
    body: Body,
    from_day: date,
    values: Mapping[str, Any],
    seen_version: int | None = None,
) -> Terms:
    """A new version of a body's terms of reference; the one before ends on the day before.

    What the new version does not say is carried over from the one before.
    """
    records.can(actor, Verb.CHANGE, body.record).require()
    title = str(values.get("title", ""))
    _take(body, "Terms", title, _terms, seen_version)
    terms = _next_terms(actor, body, from_day, values)
    happened(actor, "terms agreed", body.record, after={"from": from_day, "terms": terms.key})
    return terms


def _next_terms(actor: Actor, body: Body, day: date, values: Mapping[str, Any]) -> Terms:
    rows = Terms.objects.filter(surely_in_force(day), body=body).order_by("-from_surely")
    before = rows.first()
    carried: dict[str, Any] = {}
    if before is not None:
        if before.from_surely and before.from_surely >= day:
            raise Invalid(
                f"The terms of {before.period.start} are on record.",
                field="from_day",
                mend="Choose a later day.",
            )
        carried = {name: getattr(before, name) for name in _TERMS}
        if not before.to_text:
            before.to_text = (day - timedelta(days=1)).isoformat()
            before.save()
    row = add(
        actor,
        partnership=body.partnership,
        kind="terms",
        name=f"{body.key}-{day.isoformat()}",
        values={**carried, **values, "body": body, "from_text": day.isoformat()},
    )
    assert isinstance(row, Terms)  # noqa: S101 - narrows the type for the reader
    return row


@operation
def succeed(
    actor: Actor,
    *,
    body: Body,
    name: str,
    from_day: date,
    reason: str,
    seen_version: int | None = None,
) -> list[Keyed]:
    """Let a body go on under a new name from a day: the old one ends and keeps its name.

    The successor has the same seats with the same holders, and answers to the same bodies;
    what answered to the old one answers to it. Returns the successor, then old and new seats
    in turn.
    """
    records.can(actor, Verb.CHANGE, body.record).require()
    _take(body, "Name", name, lambda now: now.name, seen_version)
    states = BodyState.objects.filter(surely_in_force(from_day), body=body)
    standing = states.values_list("state", flat=True).first() or rules.Standing.IN_FORCE
    if standing == rules.Standing.ENDED:
        raise Refused("This body has ended.")
    values = {each: getattr(body, each) for each in _CARRIED}
    new = propose(
        actor,
        partnership=body.partnership,
        name=name,
        state=rules.Standing(standing),
        from_day=from_day,
        values=values,
    )
    pairs: list[Keyed] = []
    for seat in _open_seats(body, from_day):
        carried = carry_seat(actor, seat=seat, from_day=from_day, body=new)
        pairs += [seat, carried] if carried.pk != seat.pk else []
    for child in Body.objects.filter(partnership=body.partnership_id).exclude(pk=new.pk):
        _answer_to(actor, child, body, new, from_day)
    verb = next(move.verb for move in rules.moves_from(standing) if move.verb in rules.ENDS)
    move_state(actor, body=body, verb=verb, from_day=from_day, reason=reason, successor=new)
    happened(actor, "body renamed", new.record, reason=reason, after={"was": body.name})
    return [new, *pairs]


def _open_seats(body: Body, day: date) -> list[Seat]:
    rows = Seat.objects.filter(not_over(day), body=body)
    return list(rows.select_related("partnership", "record", "body", "agency"))


def _answer_to(actor: Actor, child: Body, old: Body, new: Body, day: date) -> None:
    """From a day on, what answered to the old body answers to the new one."""
    terms = Terms.objects.filter(surely_in_force(day), body=child).order_by("-from_surely").first()
    parents = list((terms and terms.parents) or child.parents)
    if old.key not in parents or child.pk == old.pk:
        return
    swapped = [new.key if each == old.key else each for each in parents]
    if BodyState.objects.filter(surely_in_force(day), body=child, state="ended").exists():
        return
    _next_terms(actor, child, day, {"parents": swapped})
