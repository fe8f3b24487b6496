"""What the timer does: asks for reviews before their day, and ends acceptances that ran out."""

from __future__ import annotations

from django.db.models import F, Q

from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.domain.governance.risks.models import Acceptance, Risk
from concordat.domain.governance.risks.operations import owing, telling
from concordat.domain.governance.risks.operations.taking import (
    for_the_timer,
    fresh,
    live_with_it_no_longer,
)
from concordat.domain.governance.risks.rules import life
from concordat.domain.governance.risks.rules.telling import Telling, lapsed_in_words
from concordat.kernel.actor import Actor

AT_ONCE = 200


@operation
def ask_for_reviews(actor: Actor) -> int:
    """Ask whoever owns what is to be looked at soon, at most 200 at a time; how many were asked.

    Safe to run twice and in two places: each is asked once for each day.
    """
    for_the_timer(actor)
    rows = Risk.objects.filter(over=False, review_day__lte=actor.on + life.ASK_BEFORE)
    rows = rows.filter(Q(asked_for=None) | ~Q(asked_for=F("review_day")))
    return sum(_asked(actor, risk) for risk in rows.order_by("review_day", "pk")[:AT_ONCE])


def _asked(actor: Actor, risk: Risk) -> bool:
    take(risk.pk)
    held = fresh(risk)
    if held.over or not life.is_to_be_asked(held.review_day, held.asked_for, actor.on):
        return False
    held.asked_for = held.review_day
    held.save(update_fields=["asked_for"])
    owing.ask_owner(actor, held, held.review_day, "You own this risk, and it is looked at again.")
    happened(actor, "review of risk asked for", held.record, after={"due": held.review_day})
    return True


@operation
def let_acceptances_lapse(actor: Actor) -> int:
    """End acceptances whose last day went by, at most 200 at a time, and ask the owner to look;
    how many ended."""
    for_the_timer(actor)
    rows = Acceptance.objects.filter(ended_on=None, expires__lt=actor.on).select_related("risk")
    return sum(_lapsed(actor, row) for row in rows.order_by("expires", "pk")[:AT_ONCE])


def _lapsed(actor: Actor, row: Acceptance) -> bool:
    take(row.risk_id)
    now = Acceptance.objects.get(pk=row.pk)
    if now.ended_on is not None:
        return False
    held = fresh(row.risk)
    now.ended_on, now.end_reason = actor.on, life.RAN_OUT
    now.save(update_fields=["ended_on", "end_reason"])
    if held.over:
        no_event("the risk is closed: nothing is owed on it")
        return True
    live_with_it_no_longer(actor, held)
    why = lapsed_in_words(now.expires)
    owing.ask_owner(actor, held, actor.on, f"{why} Treat it, or have it accepted anew.")
    happened(actor, "acceptance ran out", held.record, before={"until": now.expires})
    telling.put_forward(actor, held, Telling.LAPSED, f"{why} Treat it, or accept it anew.")
    return True
