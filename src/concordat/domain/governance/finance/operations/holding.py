"""Holding what belongs to a budget as closely as the budget."""

from __future__ import annotations

from django.db.models import F

from concordat.domain.base.records import operations as records
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import no_event, operation
from concordat.domain.governance.finance.models import Contribution, FundingDispute
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Refused

AT_ONCE = 200
WHY = "Its budget is held so."


@operation
def hold_as_closely(actor: Actor) -> int:
    """Restrict contributions and disagreements of a budget that was restricted after them, at
    most 200 at a time; how many there were. Safe to run twice and in two places.

    Whoever restricts a budget need not know what hangs on it.
    """
    if actor.kind is not Kind.PROCESS:
        raise Refused("The system itself does this when its day comes.")
    no_event("each of them has an event of its own")
    return sum(_held(actor, model) for model in (Contribution, FundingDispute))


def _held(actor: Actor, model: type[Contribution] | type[FundingDispute]) -> int:
    rows = model._default_manager.filter(record__sensitivity__lt=F("budget__record__sensitivity"))
    told = rows.order_by("pk").values_list("record", "budget__record")[:AT_ONCE]
    for own, above in list(told):
        level = Record.objects.get(pk=above).level
        records.restrict(actor, record=Record.objects.get(pk=own), sensitivity=level, reason=WHY)
    return len(told)
