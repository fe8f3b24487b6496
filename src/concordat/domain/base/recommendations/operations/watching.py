"""What the timer does: asks how it goes, asks for what was measured, and marks what is overdue."""

from __future__ import annotations

from django.db.models import F, Q

from concordat.domain.base.recommendations.models import Recommendation
from concordat.domain.base.recommendations.operations import holding, owing
from concordat.domain.base.recommendations.rules import Stage, Told
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Refused
from concordat.kernel.labels import day_in_words

AT_ONCE = 200


def _for_the_timer(actor: Actor) -> None:
    if actor.kind is not Kind.PROCESS:
        raise Refused("The system itself does this when its day comes.")
    no_event("each recommendation has an event of its own")


@operation
def ask_for_updates(actor: Actor) -> int:
    """Ask the owners of what comes up, at most 200 at a time; how many were asked.

    What a board accepted is asked how it goes, what is adequate for what was measured after.
    Safe to run twice and in two places: each is asked once for each day.
    """
    _for_the_timer(actor)
    rows = Recommendation.objects.filter(ask_on__lte=actor.on).order_by("ask_on", "pk")
    return sum(_asked(actor, row) for row in rows[:AT_ONCE])


def _asked(actor: Actor, row: Recommendation) -> bool:
    take(row.pk)
    held = holding.fresh(row)
    if held.ask_on is None or held.ask_on > actor.on:
        return False
    held.ask_on = None
    held.save()
    if held.stage_is is Stage.ACCEPTED:
        owing.ask_owner(actor, held)
        happened(actor, "update of recommendation asked for", held.record)
    elif held.stage_is is Stage.ADEQUATE:
        owing.ask_for_value(actor, held)
        happened(actor, "value of recommendation asked for", held.record)
    return True


@operation
def mark_overdue(actor: Actor) -> int:
    """Mark each day that went by, at most 200 at a time; how many were news."""
    _for_the_timer(actor)
    rows = Recommendation.objects.filter(stage=Stage.ACCEPTED, due_day__lt=actor.on)
    rows = rows.filter(Q(late_for=None) | ~Q(late_for=F("due_day"))).order_by("due_day", "pk")
    return sum(_marked(actor, row) for row in rows[:AT_ONCE])


def _marked(actor: Actor, row: Recommendation) -> bool:
    take(row.pk)
    held = holding.fresh(row)
    if not held.is_overdue(actor.on) or held.late_for == held.due_day:
        return False
    held.late_for = held.due_day
    held.save()
    was = f"It was due on {day_in_words(held.due_day)}." if held.due_day else ""
    holding.tell(actor, held, Told.LATE, was)
    owing.ask_owner(actor, held, f"{was} Say that it is done, or how far it is.")
    owing.ask_to_look(actor, held)
    happened(actor, "recommendation overdue", held.record, after={"due": held.due_day})
    return True
