"""The invented diaries of an example world: when posts do not come, when schools are closed, and
which dates were asked about."""

from __future__ import annotations

from datetime import datetime

from concordat.domain.assurance.exchange.operations import naming
from concordat.domain.assurance.exchange.rules.cast import Cast, Habit, Holiday, Polled, Suiting
from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.people.models import Person
from concordat.domain.base.seats.models import Body, Post
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.governance.diaries import operations as diaries
from concordat.domain.governance.diaries.models import Diary, Voice
from concordat.domain.governance.diaries.rules import LONDON, Need, Part, Says, Strength
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import WEEKDAYS

INVENTED = "Invented"


def keep_diaries(actor: Actor, cast: Cast) -> None:
    """Called inside the act that lets a cast in."""
    for habit in cast.habits:
        _keep(actor, habit)
    for holiday in cast.school_holidays:
        _close(actor, holiday)
    for polled in cast.polls:
        _poll(actor, cast, polled)


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


def _poll(actor: Actor, cast: Cast, told: Polled) -> None:
    """Asked as the secretariat asks, and answered by whoever sits there."""
    by = process(told.by, actor.on)
    body = naming.record_of(cast, f"bodies:{told.body}")
    starts = [_moment(each) for each in told.starts]
    diary = diaries.look_for_date(
        by,
        body=Body.objects.select_related("record__partnership").get(pk=body.pk),
        title=told.title,
        wanted=diaries.Wanted(
            length=told.length,
            first=min(starts).date(),
            last=max(starts).date(),
            seats={naming.seat_of(cast, key): Need.REQUIRED for key in told.seats},
        ),
    )
    now = datetime.combine(actor.on, datetime.min.time(), LONDON)
    diary = diaries.ask_for_answers(
        by,
        diary=diary,
        starts=starts,
        deadline=_moment(told.until),
        guests={},
        place="",
        now=now,
    )
    for each in told.answered:
        _suits(actor, diary, each, now)


def _suits(actor: Actor, diary: Diary, told: Suiting, now: datetime) -> None:
    voice = Voice.objects.filter(diary=diary, seat__key=told.seat).first()
    if voice is None or voice.person_id is None:
        raise Invalid(f"Nobody was asked for the seat “{told.seat}”.", field="answered")
    person = Person.objects.select_related("record").get(pk=voice.person_id)
    says = {number: Says(said) for number, said in enumerate(told.says, 1)}
    diaries.answer(actor_for(person, on=actor.on), diary=diary, sheet={voice.pk: says}, now=now)


def _moment(told: str) -> datetime:
    try:
        return datetime.fromisoformat(told).replace(tzinfo=LONDON)
    except ValueError:
        mend = "Write it as 2019-05-08 10:00."
        raise Invalid(f"“{told}” is no moment.", field="starts", mend=mend) from None
