"""What the timer does: reminds whoever has not signed while the day comes near, and hands what an
old board has not decided to the partners when its area goes live."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations import remind
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.practice.reviews.models import Incident
from concordat.domain.practice.reviews.operations import clocking, taking
from concordat.domain.practice.reviews.operations.admitting import admit_all
from concordat.domain.practice.reviews.operations.signing import ask_to_sign
from concordat.domain.practice.reviews.rules import Stage
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Refused
from concordat.kernel.labels import join_words

BEFORE = timedelta(days=3)
OPEN = (Stage.TOLD, Stage.NOTIFIED, Stage.DECIDED, Stage.SENT, Stage.ANSWERED)
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
def let_in_who_came_later(actor: Actor) -> int:
    """Let in to each open incident those who have come to speak for its partners since it was
    told, and ask them for the signatures that lack; how many seats were."""
    if actor.kind is not Kind.PROCESS:
        raise Refused("The system itself does this when its day comes.")
    no_event("each incident has an event of its own")
    rows = Incident.objects.filter(stage__in=OPEN).exclude(area=None).order_by("pk")
    return sum(_let_in(actor, pk) for pk in rows.values_list("pk", flat=True))


def _let_in(actor: Actor, pk: UUID) -> int:
    take(pk)
    held = taking.fresh(Incident(pk=pk))
    if held.stage not in OPEN:
        return 0
    new = admit_all(actor, held)
    if not new:
        return 0
    if held.stage in (Stage.DECIDED, Stage.SENT):
        ask_to_sign(actor, held, new)
    names = [seat.role for seat in new]
    taking.tell(actor, held, "Opened to who came later", join_words(names))
    happened(actor, "incident opened to who came later", held.record, after={"seats": names})
    return len(new)


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
