"""The invented diaries of an example world: when posts do not come, and when schools are closed."""

from __future__ import annotations

from concordat.domain.assurance.exchange.rules.cast import Cast, Habit, Holiday
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.seats.models import Post
from concordat.domain.governance.diaries import operations as diaries
from concordat.domain.governance.diaries.rules import Part, Strength
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import WEEKDAYS

INVENTED = "Invented"


def keep_diaries(actor: Actor, cast: Cast) -> None:
    """Called inside the act that lets a cast in."""
    for habit in cast.habits:
        _keep(actor, habit)
    for holiday in cast.school_holidays:
        _close(actor, holiday)


def _keep(actor: Actor, habit: Habit) -> None:
    post = Post.objects.filter(
        partnership__partnership_row__key=habit.partnership, key=habit.post
    ).first()
    if post is None:
        raise Invalid(f"The cast names {habit.post}, which there is not.", field="post")
    if habit.weekday not in (*WEEKDAYS, "every day"):
        raise Invalid(f"“{habit.weekday}” is no day of the week.", field="weekday")
    diaries.set_pattern(
        actor,
        post=post,
        strength=Strength(habit.strength),
        weekday=None if habit.weekday == "every day" else WEEKDAYS.index(habit.weekday),
        part=Part(habit.part),
        from_day=actor.on,
        source=INVENTED,
    )


def _close(actor: Actor, holiday: Holiday) -> None:
    home = Partnership.objects.select_related("record").get(key=holiday.partnership)
    rows = [
        diaries.Holiday(area, holiday.name, holiday.first, holiday.last, INVENTED)
        for area in holiday.areas
    ]
    diaries.set_school_holidays(actor, partnership=home.record, rows=rows)
