"""What the timer does: reminds whoever has not signed while the day comes near, and hands what an
old board has not decided to the partners when its area goes live."""

from __future__ import annotations

from datetime import timedelta

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations import remind
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.practice.reviews.models import Incident
from concordat.domain.practice.reviews.operations import clocking, taking
from concordat.domain.practice.reviews.rules import Stage
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Refused

BEFORE = timedelta(days=3)
AT_ONCE = 200


@operation
def take_over_from_old_boards(actor: Actor) -> int:
    """From an area's go-live the partners decide what its old board had not decided; how many
    incidents were taken over."""
    if actor.kind is not Kind.PROCESS:
        raise Refused("The system itself does this when its day comes.")
    no_event("each incident has an event of its own")
    rows = Incident.objects.filter(stage=Stage.NOTIFIED, old_board=True).order_by("pk")
    return sum(_taken_over(actor, row) for row in rows)


def _taken_over(actor: Actor, row: Incident) -> bool:
    take(row.pk)
    return clocking.take_over(actor, taking.fresh(row))


@operation
def chase_signatures(actor: Actor) -> int:
    """Remind each seat that is asked to sign, once a day from three days before the due day; how
    many incidents were chased. It stops once they sign."""
    if actor.kind is not Kind.PROCESS:
        raise Refused("The system itself does this when its day comes.")
    no_event("each incident has an event of its own")
    near = Ask.objects.filter(
        errand=Errand.SIGN, cleared_on=None, due__lte=actor.on + BEFORE
    ).values("record")
    rows = Incident.objects.filter(stage=Stage.DECIDED, record__in=near)
    rows = rows.exclude(chased_on__gte=actor.on)
    return sum(_chased(actor, row) for row in rows.order_by("pk")[:AT_ONCE])


def _chased(actor: Actor, row: Incident) -> bool:
    take(row.pk)
    held = taking.fresh(row)
    if held.stage != Stage.DECIDED or (held.chased_on and held.chased_on >= actor.on):
        return False
    asks = Ask.objects.filter(record=held.record, errand=Errand.SIGN, cleared_on=None)
    for ask in asks:
        remind(actor, ask=ask)
    held.chased_on = actor.on
    held.save(update_fields=["chased_on"])
    happened(actor, "signatures chased", held.record, after={"asked": asks.count()})
    return True
