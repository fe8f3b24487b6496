"""Letting whoever owns a policy work on it: what it says of itself, its text, its comments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import QuerySet

from concordat.domain.base.records.models import Grant, Record
from concordat.domain.base.records.operations import happened, no_event, operation
from concordat.domain.base.records.rules import Level
from concordat.domain.base.seats.models import Seat
from concordat.domain.governance.policies import queries, rules
from concordat.domain.governance.policies.models import Policy
from concordat.kernel.actor import Actor
from concordat.kernel.sensitivity import Sensitivity


@operation
def let_owners_work(actor: Actor) -> int:
    """Let each owner of today work on what they own, and nobody any more who did; how many of
    both. Safe to run twice."""
    rows = Policy.objects.select_related("record", "partnership", "text__record")
    changed = sum(let_the_owner_work(actor, each) for each in rows.order_by("pk"))
    if not changed:
        no_event("every owner works on what they own")
    return changed


def let_the_owner_work(actor: Actor, policy: Policy) -> int:
    """Within the act that names an owner or adds the text.

    Only what everybody in the partnership may open: what is held more closely is opened by
    those who decide who may.
    """
    records = [policy.record, *([policy.text.record] if policy.text else [])]
    open_ = [each for each in records if each.level <= Sensitivity.PARTNERSHIP and not each.closed]
    seats = queries.owners_seats(actor, policy)
    return sum(_given(actor, each, seats) + _ended(actor, each, seats) for each in open_)


def _given(actor: Actor, record: Record, seats: Iterable[Seat]) -> int:
    there = set(_standing(actor, record).values_list("grantee", flat=True))
    fresh = [each for each in seats if each.pk not in there]
    for seat in fresh:
        Grant.objects.create(
            record=record,
            grantee=seat.record,
            level=Level.WORK,
            reason=rules.OWNS_IT,
            granted_by=actor.signature[:200],
            from_day=actor.on,
        )
        after = {"to": seat.record.reference, "level": Level.WORK, "from": actor.on}
        happened(actor, "access given", record, reason=rules.OWNS_IT, after=after)
    return len(fresh)


def _ended(actor: Actor, record: Record, seats: Iterable[Seat]) -> int:
    rows = _standing(actor, record).exclude(grantee__in=[each.pk for each in seats])
    ending = list(rows.select_related("grantee"))
    for grant in ending:
        if grant.from_day >= actor.on:
            grant.delete()
        else:
            grant.to_day = actor.on - timedelta(days=1)
            grant.save(update_fields=["to_day"])
        after = {"of": grant.grantee.reference}
        happened(actor, "access withdrawn", record, reason="No longer owns it", after=after)
    return len(ending)


def _standing(actor: Actor, record: Record) -> QuerySet[Grant]:
    return Grant.objects.filter(record=record, reason=rules.OWNS_IT, to_day=None)
