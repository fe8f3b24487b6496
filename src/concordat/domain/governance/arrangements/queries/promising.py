"""Promises: who may answer for one, and the day that could follow for one without a day."""

from __future__ import annotations

from datetime import date

from concordat.domain.base.clocks import rules as law
from concordat.domain.base.clocks.queries import go_lives
from concordat.domain.base.records.models import surely_in_force
from concordat.domain.base.records.queries import can, fetch
from concordat.domain.base.records.rules import Verb, is_reference
from concordat.domain.base.seats.models import Holder
from concordat.domain.governance.arrangements.models import Arrangements, Promise
from concordat.domain.governance.arrangements.rules import text as rules
from concordat.kernel.actor import Actor
from concordat.kernel.verdict import Verdict


def promise(actor: Actor, reference: str) -> Promise:
    """One promise. Raises DoesNotExist or `Restricted` as `fetch` does."""
    if not is_reference(reference):
        raise Promise.DoesNotExist
    rows = Promise.objects.select_related("record__partnership", "record__owner", "owner")
    return fetch(actor, rows.select_related("arrangements__record"), record__reference=reference)


def may_answer_for(actor: Actor, promise: Promise, verb: str) -> Verdict:
    """Whoever runs the record, and for keeping and renewing whoever sits in its owner's post."""
    runs = can(actor, Verb.CHANGE, promise.record)
    if runs or verb == "release" or promise.owner_id is None:
        return runs
    seats = [held.seat for held in actor.seats]
    held = Holder.objects.filter(surely_in_force(actor.on), seat__in=seats, post=promise.owner_id)
    return can(actor, Verb.ANSWER, promise.record) if held.exists() else runs


def day_offered(actor: Actor, promise: Promise) -> date | None:
    """The last day of what a promise says it lasts, counted from the go-live of its arrangements.

    None while they are not in force, where it has a day already, or where none follows: the
    source that gives no first day is not sharpened, a person confirms what is worked out.
    """
    if promise.latest or promise.state or not promise.lasts:
        return None
    begins = _go_live(actor, promise)
    found = rules.last_day(promise.lasts, begins) if begins else None
    return found if found and found >= actor.on else None


def _go_live(actor: Actor, promise: Promise) -> date | None:
    """The day on which the arrangements came into force, and the areas had gone live."""
    versions = Arrangements.objects.filter(
        partnership=promise.partnership_id, state=rules.Stage.IN_FORCE
    )
    if promise.arrangements_id:
        versions = versions.filter(pk=promise.arrangements_id)
    row = versions.order_by("-from_surely").first()
    if row is None or row.from_surely is None:
        return None
    lives = [
        each.live_on
        for each in go_lives(actor, promise.record.partnership or promise.record)
        if each.arrangements == law.Arrangements.SAFEGUARDING
    ]
    return max([row.from_surely, *lives])
