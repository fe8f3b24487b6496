"""Patterns, calendars and school holidays that an actor may see or look after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.db.models import Q, QuerySet

from concordat.craft.holidays import proclaimed_days
from concordat.domain.base.agencies.models import Area, Partnership
from concordat.domain.base.clocks.queries import closed_days, days_of
from concordat.domain.base.people.models import Person
from concordat.domain.base.people.queries import bare_actor, principals_of
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import can, visible
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Body, Incumbency, Post
from concordat.domain.governance.diaries import rules
from concordat.domain.governance.diaries.models import Calendar, SchoolHoliday, WorkingPattern
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.calendar import WorkingDays


def looked_after(actor: Actor) -> list[Person]:
    """Whose times the actor may set: their own, and those of whom they may answer for today."""
    if actor.kind is Kind.ACTING_FOR and Verb.ANSWER not in actor.scope:
        return []
    if actor.kind not in (Kind.PERSON, Kind.ACTING_FOR) or actor.person is None:
        return []
    me = Person.objects.select_related("record").get(pk=actor.person)
    if actor.kind is Kind.ACTING_FOR:
        return [me]
    others = [row.principal for row in principals_of(me, actor.on) if Verb.ANSWER in row.scope]
    return [me, *others]


def hand_for(actor: Actor, person: Person) -> Actor:
    """Who acts when the actor does something for somebody they look after: both names."""
    if actor.person == person.pk:
        return actor
    me = Person.objects.get(pk=actor.person)
    rows = principals_of(me, actor.on).filter(principal=person)
    held = next((row for row in rows if Verb.ANSWER in row.scope), None)
    if held is None:
        raise Person.DoesNotExist
    return bare_actor(me, actor.on, held)


def patterns_of(actor: Actor, person: Person) -> QuerySet[WorkingPattern]:
    """The patterns of somebody the actor looks after, and of the posts they are in."""
    mine = looked_after(actor)
    posts = Incumbency.objects.filter(_now(actor.on), person=person).values("post")
    rows = WorkingPattern.objects.filter(Q(person=person) | Q(post__in=posts))
    rows = rows.select_related("post", "person")
    return rows.order_by("weekday", "begins", "pk") if person in mine else rows.none()


def _now(on: date) -> Q:
    return Q(from_day__lte=on) & (Q(to_day=None) | Q(to_day__gte=on))


def pattern(actor: Actor, pk: int) -> WorkingPattern:
    """One pattern that the actor may end: of somebody they look after, or of a post of theirs."""
    row = WorkingPattern.objects.select_related("person", "post__partnership").get(pk=pk)
    if row.person and row.person in looked_after(actor):
        return row
    if row.post and can(actor, Verb.CHANGE, row.post.partnership):
        return row
    raise WorkingPattern.DoesNotExist


def patterns_in(actor: Actor, partnership: Record) -> QuerySet[WorkingPattern]:
    """The patterns of a partnership's posts, for those who may change it."""
    rows = WorkingPattern.objects.filter(post__partnership=partnership).select_related("post")
    rows = rows.order_by("post__title", "weekday", "begins", "pk")
    return rows if can(actor, Verb.CHANGE, partnership) else rows.none()


def posts_in(actor: Actor, partnership: Record) -> list[Post]:
    rows = Post.objects.filter(partnership=partnership).order_by("title")
    return [
        row for row in visible(actor, rows, record="partnership") if row.in_force(actor.on) != "no"
    ]


def calendar_of(actor: Actor, person: Person) -> Calendar | None:
    """What was brought in for somebody whom the actor looks after."""
    if person not in looked_after(actor):
        return None
    return Calendar.objects.filter(person=person).first()


def busy_count(actor: Actor, person: Person) -> int:
    held = calendar_of(actor, person)
    return held.busy.count() if held else 0


# --- days on which nobody meets, and school holidays


def school_holidays(actor: Actor, partnership: Record) -> QuerySet[SchoolHoliday]:
    rows = SchoolHoliday.objects.filter(partnership=partnership).select_related("area")
    return visible(actor, rows, record="partnership").order_by("first_day", "area__name")


def school_holiday(actor: Actor, partnership: Record, pk: int) -> SchoolHoliday:
    return school_holidays(actor, partnership).get(pk=pk)


def council_areas(actor: Actor, partnership: Record) -> list[Area]:
    rows = Area.objects.filter(partnership=partnership).order_by("name")
    return list(visible(actor, rows, record="partnership"))


def school_days(
    actor: Actor, partnership: Record, first: date, last: date
) -> Mapping[date, tuple[str, ...]]:
    """By day, the areas that have a school holiday then. An area of the same name in another
    partnership counts: a shared programme need not set its boroughs' terms down again."""
    names = Area.objects.filter(partnership=partnership).values("name")
    rows = SchoolHoliday.objects.filter(
        Q(partnership=partnership) | Q(area__name__in=names),
        last_day__gte=first,
        first_day__lte=last,
    )
    told: dict[date, set[str]] = defaultdict(set)
    for name, begins, ends in rows.values_list("area__name", "first_day", "last_day"):
        for day in rules.days(max(first, begins), min(last, ends)):
            told[day].add(name)
    return {day: tuple(sorted(areas)) for day, areas in told.items()}


def working_days(actor: Actor, partnership: Record, body: Body | None = None) -> WorkingDays:
    """Working days of England, less what the partnership and the body have closed."""
    days = days_of(actor, [partnership.pk])
    own = {
        each.day
        for each in days.closed
        if each.partnership == partnership.pk and each.body in (None, body.pk if body else None)
    }
    return WorkingDays(days.england.closed | own, days.england.horizon)


def closed_names(
    actor: Actor, partnership: Record, body: Body | None, first: date, last: date
) -> Mapping[date, str]:
    """Days from Monday to Friday that are not worked, by name."""
    working = working_days(actor, partnership, body)
    names = {each.day: each.name for each in proclaimed_days()}
    own = closed_days(actor, partnership).filter(opened_on=None, day__range=(first, last))
    names |= {row.day: row.name for row in own}
    return {day: names.get(day, "bank holiday") for day in working.skipped(first, last)}


def slug_of(actor: Actor, partnership: Record) -> str:
    return Partnership.objects.values_list("key", flat=True).get(pk=partnership.pk)
