"""Asking that promises be kept, when their day comes near."""

from __future__ import annotations

from datetime import timedelta

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations import raise_ask
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.operations import no_event, operation
from concordat.domain.base.seats.queries import who_answers
from concordat.domain.governance.arrangements.models import Promise
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate

AHEAD = timedelta(days=28)
"""How long before its last day a promise asks to be kept, so that a meeting can look at it."""


@operation
def ask_for_promises(actor: Actor) -> int:
    """Ask each owner to keep or look again at what is due; how many were asked.

    Safe to run twice: what was asked for the same day is not asked again, answered or not. A
    promise whose owner holds no seat is asked of those who run the partnership.
    """
    asked = 0
    standing = Promise.objects.filter(state="").exclude(latest="")
    for promise in standing.select_related("record", "owner", "partnership"):
        due = UncertainDate.parse(promise.latest).latest
        if due is None or actor.on < due - AHEAD:
            continue
        what = f"Keep or look again at: {promise.promise}"[:300]
        earlier = Ask.objects.filter(record=promise.record, errand=Errand.KEEP)
        if earlier.filter(due=due).exists():
            continue
        seat = who_answers(actor, promise.partnership, post=promise.owner)
        if seat is None:
            continue
        raise_ask(
            actor,
            record=promise.record,
            seat=seat,
            errand=Errand.KEEP,
            what=what,
            why=f"Promised in {promise.source}"[:300] if promise.source else "",
            due=due,
        )
        asked += 1
    if not asked:
        no_event("no promise is due")
    return asked
