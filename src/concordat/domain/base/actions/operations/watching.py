"""What the timer does: asks for updates before a day comes, and marks what is overdue."""

from __future__ import annotations

from django.db.models import F, Q

from concordat.domain.base.actions import rules
from concordat.domain.base.actions.models import Action
from concordat.domain.base.actions.operations import holding, owing
from concordat.domain.base.actions.rules import Stage, Told
from concordat.domain.base.records.operations import happened, no_event, operation, take
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Refused
from concordat.kernel.labels import day_in_words

AT_ONCE = 200


@operation
def ask_for_updates(actor: Actor) -> int:
    """Ask the owners of what comes up soon, at most 200 at a time; how many were asked.

    Safe to run twice and in two places: each is asked once for each day that it comes up.
    """
    _for_the_timer(actor)
    rows = Action.objects.filter(stage=Stage.OPEN, comes_up__lte=actor.on + rules.ASK_BEFORE)
    rows = rows.filter(Q(due__isnull=False) | Q(comes_up__lte=actor.on))
    rows = rows.filter(Q(asked_for=None) | ~Q(asked_for=F("comes_up"))).order_by("comes_up", "pk")
    return sum(_asked(actor, action) for action in rows[:AT_ONCE])


def _for_the_timer(actor: Actor) -> None:
    if actor.kind is not Kind.PROCESS:
        raise Refused("The system itself does this when its day comes.")
    no_event("each action has an event of its own")


def _asked(actor: Actor, action: Action) -> bool:
    take(action.pk)
    held = holding.fresh(action)
    long_open = held.due is None
    if held.rank or not rules.is_to_be_asked(held.comes_up, long_open, held.asked_for, actor.on):
        return False
    held.asked_for = held.comes_up
    held.save(update_fields=["asked_for"])
    why = "It has no end: it is looked at today." if long_open else ""
    owing.ask_owner(actor, held, held.comes_up, why)
    happened(actor, "update of action asked for", held.record, after={"due": held.comes_up})
    return True


@operation
def mark_overdue(actor: Actor) -> int:
    """Mark each day that went by, at most 200 at a time; how many were news.

    What is overdue a second time stands on the list of whoever chairs the body that set it.
    """
    _for_the_timer(actor)
    rows = Action.objects.filter(stage=Stage.OPEN, due__isnull=False, comes_up__lt=actor.on)
    again = Q(late_for=None) | ~Q(late_for=F("due")) | Q(late_on__lte=actor.on - rules.AGAIN)
    rows = rows.filter(again).order_by("comes_up", "pk")
    return sum(_marked(actor, action) for action in rows[:AT_ONCE])


def _marked(actor: Actor, action: Action) -> bool:
    take(action.pk)
    held = holding.fresh(action)
    if held.rank or not rules.counts_as_late(held.due, actor.on, held.late_for, held.late_on):
        return False
    held.late_for, held.late_on = held.due, actor.on
    held.times_late += 1
    held.save(update_fields=["late_for", "late_on", "times_late"])
    holding.tell(actor, held, Told.LATE, due=(held.due, None))
    was = f"It was due on {day_in_words(held.due)}." if held.due else ""
    owing.ask_owner(actor, held, held.due, f"{was} Give it a new day with a reason, or close it.")
    if held.times_late >= rules.TWICE:
        owing.ask_chair_to_look(actor, held)
    happened(actor, "action overdue", held.record, after={"due": held.due, "time": held.times_late})
    return True
