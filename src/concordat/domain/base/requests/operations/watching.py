"""What the timer does: reminds whoever is asked, and goes up the ladder once they are late."""

from __future__ import annotations

from datetime import datetime, timedelta

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations import remind
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.mail.operations import renew_link
from concordat.domain.base.mail.rules import LONGEST, LinkState
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.base.requests import rules
from concordat.domain.base.requests.models import Request
from concordat.domain.base.requests.operations import taking
from concordat.domain.base.requests.rules import LADDER, WAITING
from concordat.domain.base.seats.models import Seat
from concordat.kernel.actor import Actor, Kind, Office
from concordat.kernel.errors import Refused
from concordat.kernel.labels import day_in_words

AT_ONCE = 200


def _for_the_timer(actor: Actor) -> None:
    if actor.kind is not Kind.PROCESS:
        raise Refused("The system itself does this when its day comes.")
    no_event("each request has an event of its own")


@operation
def chase(actor: Actor, *, door: str, now: datetime) -> int:
    """Remind whoever is asked, at most 200 at a time; how many were. It stops once they answer.

    A named person gets a new link in the place of the last; a seat a letter about its ask.
    """
    _for_the_timer(actor)
    rows = Request.objects.filter(chase_on__lte=actor.on, stage__in=WAITING)
    return sum(_chased(actor, row, door, now) for row in rows.order_by("chase_on", "pk")[:AT_ONCE])


def _chased(actor: Actor, row: Request, door: str, now: datetime) -> bool:
    take(row.pk)
    held = taking.fresh(row)
    if held.chase_on is None or held.chase_on > actor.on or held.stage not in WAITING:
        return False
    held.chase_on = actor.on + timedelta(days=held.chase_every)
    held.chased += 1
    held.save()
    _write(actor, held, door, now)
    taking.tell(actor, held, "Reminded", f"Due on {day_in_words(held.due)}")
    happened(actor, "request chased", held.record, after={"time": held.chased})
    return True


def _write(actor: Actor, held: Request, door: str, now: datetime) -> None:
    if held.link is not None:
        if held.link.state(now) in (LinkState.OPEN, LinkState.EXPIRED, LinkState.SPENT):
            renew_link(actor, link=held.link, place=door, now=now, lasts=LONGEST)
        return
    for ask in Ask.objects.filter(record=held.record, errand=Errand.ANSWER, cleared_on=None):
        remind(actor, ask=ask)


@operation
def escalate(actor: Actor) -> int:
    """Go up the ladder where an answer is late: who is told when is local, and the same for all.
    How many steps were taken."""
    _for_the_timer(actor)
    first = actor.on - timedelta(days=LADDER[0].days)
    rows = Request.objects.filter(stage__in=WAITING, due__lte=first, rung__lt=len(LADDER))
    return sum(_escalated(actor, row) for row in rows.order_by("due", "pk")[:AT_ONCE])


def _escalated(actor: Actor, row: Request) -> int:
    take(row.pk)
    held = taking.fresh(row)
    reached = rules.rungs_reached(held.due, actor.on)
    if held.stage not in WAITING or reached <= held.rung:
        return 0
    steps = LADDER[held.rung : reached]
    held.rung = reached
    held.save()
    for step in steps:
        for seat in _whom(held, step.whom):
            taking.let_in(actor, held, seat, "Told that an answer is late.")
            why = f"{held.recipient} has not answered. It was due on {day_in_words(held.due)}"
            taking.ask(actor, held, seat, Errand.REVIEW, why, actor.on)
        taking.tell(actor, held, f"Told {step.whom}", f"Due on {day_in_words(held.due)}")
        happened(actor, "request escalated", held.record, after={"to": step.whom})
    return len(steps)


def _whom(held: Request, whom: str) -> list[Seat]:
    here = Seat.objects.filter(partnership=held.partnership_id, to_text="").select_related("record")
    if whom == LADDER[0].whom:
        return [held.requester]
    if whom == LADDER[1].whom:
        return list(here.filter(body=held.requester.body, office=Office.CHAIR))
    return list(here.filter(office=Office.LEAD_PARTNER))
