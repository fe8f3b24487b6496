"""What the timer does: reminds whoever is asked, and goes up the ladder once they are late."""

from __future__ import annotations

from datetime import datetime, timedelta

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.operations import remind
from concordat.domain.base.asks.rules import Errand
from concordat.domain.base.mail.operations import renew_link
from concordat.domain.base.mail.rules import LONGEST, LinkState
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.base.records.rules import Level
from concordat.domain.base.requests import rules
from concordat.domain.base.requests.models import Request
from concordat.domain.base.requests.operations import letters, taking
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
    if not _written(actor, held, door, now):
        return _unreachable(actor, held)
    held.save()
    taking.tell(actor, held, "Reminded", f"Due on {day_in_words(held.due)}")
    happened(actor, "request chased", held.record, after={"time": held.chased})
    return True


def _unreachable(actor: Actor, held: Request) -> bool:
    """The link was taken back: whoever asked hears of it, and no reminder is claimed."""
    held.chase_on, held.chased = None, held.chased - 1
    held.save()
    why = "Its link was taken back, so that nobody is reminded. Withdraw it, or ask another"
    taking.tell(actor, held, "Not reminded", why)
    taking.ask(actor, held, held.requester, Errand.REVIEW, why, actor.on)
    happened(actor, "request not chased", held.record, reason=why)
    return True


def _written(actor: Actor, held: Request, door: str, now: datetime) -> bool:
    if held.link is not None:
        if held.link.state(now) not in (LinkState.OPEN, LinkState.EXPIRED, LinkState.SPENT):
            return False
        said = letters.said(actor, held)
        renew_link(
            actor, link=held.link, place=door, now=now, lasts=LONGEST, asker=said.asker,
            says=said.says,
        )  # fmt: skip
        return True
    owed = Ask.objects.filter(
        record=held.record, errand=Errand.ANSWER, seat=held.seat, cleared_on=None
    )
    for ask in owed.filter(what=taking.what_of(held)):
        remind(actor, ask=ask)
    return True


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
        _stepped(actor, held, step.whom)
    return len(steps)


def _stepped(actor: Actor, held: Request, whom: str) -> None:
    told = _whom(held, whom)
    why = f"{held.recipient} has not answered. It was due on {day_in_words(held.due)}"
    if held.senior_named:
        why = f"{why}. Ring their senior: {held.senior_named}"
    for seat in told:
        level = Level.WORK if seat == held.requester else Level.SEE
        taking.let_in(actor, held, seat, taking.LATE, level)
        taking.ask(actor, held, seat, Errand.REVIEW, why, actor.on)
        waits = Ask.objects.get(
            record=held.record, seat=seat, errand=Errand.REVIEW, cleared_on=None,
            what=taking.what_of(held),
        )  # fmt: skip
        remind(actor, ask=waits, says=letters.late(actor, held, seat))
    ring = whom == rules.SENIOR and held.senior_named
    what = f"Told {whom}" if told else f"Nobody sits there: {whom}"
    taking.tell(actor, held, what, f"To be rung: {ring}" if ring else "")
    happened(actor, "request escalated", held.record, after={"to": whom, "told": len(told)})


def _whom(held: Request, whom: str) -> list[Seat]:
    here = Seat.objects.filter(partnership=held.partnership_id, to_text="").select_related("record")
    if whom == rules.ASKER:
        return [held.requester]
    if whom == rules.SENIOR:
        return [held.senior] if held.senior else []
    if whom == rules.CHAIR:
        return list(here.filter(body=held.requester.body, office=Office.CHAIR))
    return list(here.filter(office=Office.LEAD_PARTNER))
