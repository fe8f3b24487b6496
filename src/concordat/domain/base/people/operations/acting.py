"""Letting somebody act for somebody, and doing so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from concordat.domain.base.people import queries, rules
from concordat.domain.base.people.models import ActingFor, Person
from concordat.domain.base.records.operations import happened, operation, take
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Invalid, Refused


@operation
def give(
    actor: Actor,
    *,
    principal: Person,
    hand: Person,
    scope: Iterable[Verb],
    from_day: date,
    to_day: date | None = None,
    reason: str,
) -> ActingFor:
    """Let `hand` act for `principal` from and to these whole days, with these verbs only."""
    verbs = rules.in_order_of_verbs(scope)
    record = take(principal.pk)
    rules.may_give(
        actor,
        principal=principal.pk,
        hand=hand.pk,
        partnership=record.partnership_id,
        scope=verbs,
    ).require()
    _days_stand(principal, hand, from_day, to_day)
    given = ActingFor.objects.create(
        principal=principal,
        hand=hand,
        scope=[verb.value for verb in verbs],
        from_day=from_day,
        to_day=to_day,
        reason=_need(reason),
        given_by=actor.signature[:200],
    )
    after = {"to": hand.name, "may": given.scope, "from": from_day, "until": to_day}
    happened(actor, "acting for arranged", record, reason=reason, after=after)
    return given


def _days_stand(principal: Person, hand: Person, from_day: date, to_day: date | None) -> None:
    if to_day and to_day < from_day:
        raise Invalid(
            "The last day is before the first.", field="to_day", mend="Change one of the two days."
        )
    for other in ActingFor.objects.filter(principal=principal, hand=hand, ended_on__isnull=True):
        if rules.overlaps(from_day, to_day, other.from_day, other.to_day):
            raise Invalid(
                f"{hand.name} may act for {principal.name} on some of these days already.",
                field="from_day",
                mend="End the earlier arrangement first, or choose other days.",
            )


def _need(reason: str) -> str:
    if not reason.strip():
        raise Invalid("A reason is needed.", field="reason", mend="Say why in one sentence.")
    return reason.strip()


@operation
def end(actor: Actor, *, arrangement: int, on: date, reason: str) -> ActingFor:
    """End an arrangement at once."""
    principal = ActingFor.objects.values_list("principal", flat=True).get(pk=arrangement)
    record = take(principal)
    held = ActingFor.objects.select_related("principal__record", "hand").get(pk=arrangement)
    rules.may_end(
        actor,
        principal=held.principal_id,
        hand=held.hand_id,
        partnership=record.partnership_id,
    ).require()
    if held.ended_on:
        raise Refused(f"{held.ended_by} ended this already.")
    held.ended_on, held.ended_by, held.end_reason = on, actor.signature[:200], _need(reason)
    held.save(update_fields=["ended_on", "ended_by", "end_reason"])
    after = {"hand": held.hand.name, "ended": on}
    happened(actor, "acting for ended", record, reason=reason, after=after)
    return held


@operation
def switch(actor: Actor, *, arrangement: int) -> ActingFor:
    """Begin to act for somebody. Nobody acts for somebody through somebody else."""
    if actor.kind is not Kind.PERSON or actor.person is None:
        raise Refused("Switch back to yourself first. Nobody acts for somebody through another.")
    me = Person.objects.get(pk=actor.person)
    held = queries.acting(me, actor.on, arrangement=arrangement)
    if held is None:
        raise Refused("This arrangement does not let you act today.")
    happened(actor, "began to act for", held.principal.record, after={"may": held.scope})
    return held


@operation
def switch_back(actor: Actor) -> None:
    """Stop acting for somebody, and be oneself again."""
    if actor.kind is not Kind.ACTING_FOR:
        raise Refused("You are yourself already.")
    principal = Person.objects.select_related("record").get(pk=actor.person)
    happened(actor, "stopped acting for", principal.record)
