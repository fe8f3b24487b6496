"""Plans of a year: what they are made from, and what other bodies want of the same people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import fetch, visible
from concordat.domain.base.records.rules import is_reference
from concordat.domain.base.seats.models import Body, Seat
from concordat.domain.governance.diaries import rules
from concordat.domain.governance.diaries.models import Engagement, PlannedMeeting, YearPlan
from concordat.domain.governance.diaries.queries.chairs import (
    chairs_of,
    quorum_of,
    seats_of,
    sits_in,
    stated_days,
)
from concordat.domain.governance.diaries.queries.searching import changeable
from concordat.domain.governance.diaries.queries.times import (
    closed_names,
    school_days,
    working_days,
)
from concordat.domain.governance.diaries.rules import EntryState, School, Window
from concordat.domain.governance.diaries.rules.rhythms import from_words, wanted
from concordat.domain.governance.diaries.rules.years import Series, Year, year_of
from concordat.kernel.actor import Actor

_ROOT = ("record__partnership", "record__owner")


def plans(actor: Actor) -> QuerySet[YearPlan]:
    rows = YearPlan.objects.select_related(*_ROOT)
    return visible(actor, rows).order_by("-record__opened", "-record__reference")


def plan(actor: Actor, reference: str) -> YearPlan:
    """One plan. Raises DoesNotExist or `Restricted` as `fetch` does."""
    if not is_reference(reference):
        raise YearPlan.DoesNotExist
    return fetch(actor, YearPlan.objects.select_related(*_ROOT), record__reference=reference)


def meetings_of(actor: Actor, plan: YearPlan) -> list[PlannedMeeting]:
    rows = PlannedMeeting.objects.filter(plan=plan).select_related("body", "engagement")
    seen = visible(actor, rows, record="plan__record")
    return list(seen.order_by("wanted", "body__order", "number"))


def wished(actor: Actor, plan: YearPlan) -> list[tuple[str, str]]:
    """What was asked for: each body by name, with its rhythm in the words that were given."""
    asked = {UUID(each["body"]): each["rhythm"] for each in plan.asked}
    rows = visible(actor, Body.objects.filter(pk__in=asked)).order_by("order", "name")
    return [(row.name, asked[row.pk]) for row in rows]


def year_for(actor: Actor, plan: YearPlan) -> tuple[Year, list[Series]]:
    """A year as the solver takes it, with diaries as they stand now."""
    series = [_series(actor, plan, each) for each in plan.asked]
    partnership = plan.record.partnership
    assert partnership is not None  # noqa: S101 - a plan is a partnership's
    working = working_days(actor, partnership)
    return year_of(series, working=working, fairness=plan.fairness), series


def _series(actor: Actor, plan: YearPlan, asked: Mapping[str, Any]) -> Series:
    body = Body.objects.select_related("record", "partnership").get(pk=UUID(asked["body"]))
    rhythm = from_words(asked["rhythm"])
    first, last = max(plan.first_day, actor.on), plan.last_day
    chairs = chairs_of(actor, seats_of(actor, body), first=first, last=last, besides=plan.record)
    quorum = quorum_of(actor, body, chairs, on=first, deputies=asked.get("deputies"))
    window = Window(
        first=first,
        last=last,
        length=asked["length"],
        begins=asked["begins"],
        ends=asked["ends"],
        step=30,
        closed=closed_names(actor, body.partnership, body, first, last),
        school=school_days(actor, body.partnership, first, last),
        school_rule=School(plan.school),
    )
    return Series(
        key=body.pk.hex,
        name=body.name,
        rhythm=rhythm,
        targets=tuple(wanted(rhythm, first, last)),
        chairs=chairs,
        quorum=quorum,
        window=window,
        tolerance=asked["tolerance"],
        least=asked["least"],
        papers=asked["papers"],
        on=actor.on,
    )


# --- what else the same people are wanted for


@dataclass(frozen=True, slots=True)
class Clash:
    """Another meeting of a seat's holder on a day. `when` is empty where no time is stated."""

    seat: Seat
    words: str
    when: str


def clashes_on(actor: Actor, seats: Iterable[Seat], day: date, *, besides: Record) -> list[Clash]:
    """What else those who hold these seats have that day on any board."""
    rows = list(seats)
    chairs = chairs_of(actor, rows, first=day, last=day, besides=besides)
    told = []
    for seat, chair in zip(rows, chairs, strict=True):
        for sitter in chair.sitters:
            if sitter.is_deputy:
                continue
            meetings = [each for each in sitter.taken if each.why is rules.Why.MEETING]
            told += [Clash(seat, t.words, rules.times_in_words(t.span)) for t in meetings]
            stated = [each for each in sitter.softly if "meets" in each.words]
            told += [Clash(seat, each.words, "") for each in stated]
    return told


@dataclass(frozen=True, slots=True)
class Rivals:
    """Two bodies that want some of the same people: how many, and on how many days both meet."""

    one: Body
    other: Body
    people: int
    days: int


def rivals(actor: Actor, partnership: Record, *, first: date, last: date) -> list[Rivals]:
    """Which bodies compete for the same people, those with most in common first.

    In five questions, however many the bodies.
    """
    rows = Seat.objects.filter(partnership=partnership).select_related("body__record", "agency")
    seats = list(visible(actor, rows.order_by("body__name", "role", "pk")))
    bodies = {seat.body_id: seat.body for seat in seats}
    body_of = {seat.pk: seat.body_id for seat in seats}
    people: dict[UUID, set[str]] = defaultdict(set)
    for each in sits_in(actor, seats, on=actor.on):
        if each.holding != "deputy":
            people[body_of[each.seat]].add(each.who)
    days = _days(actor, bodies, first, last)
    told = [
        Rivals(bodies[one], bodies[other], len(both), len(days[one] & days[other]))
        for one, other in combinations(bodies, 2)
        if (both := people[one] & people[other])
    ]
    return sorted(told, key=lambda each: (-each.people, each.one.name, each.other.name))


def _days(
    actor: Actor, bodies: Mapping[UUID, Body], first: date, last: date
) -> Mapping[UUID, set[date]]:
    edges = rules.whole_day(first).start, rules.whole_day(last).end
    start, end = (rules.moment_of(each) for each in edges)
    days: dict[UUID, set[date]] = defaultdict(set)
    rows = Engagement.objects.filter(body__in=bodies, start__gte=start, start__lt=end)
    rows = rows.exclude(state=EntryState.CANCELLED)
    for body, at in visible(actor, rows).values_list("body", "start"):
        days[body].add(_day(at))
    for pk, body_row in bodies.items():
        days[pk].update(stated_days(body_row, first, last))
    return days


def _day(at: datetime) -> date:
    return at.astimezone(rules.LONDON).date()


def engagements_of(actor: Actor, body: Body) -> QuerySet[Engagement]:
    """What is held or fixed for a body, soonest first."""
    rows = Engagement.objects.filter(body=body).exclude(state=EntryState.CANCELLED)
    return visible(actor, rows).order_by("start", "pk")


def plannable(actor: Actor, partnership: Record) -> list[Body]:
    """The bodies of a partnership for which the actor may plan."""
    rows = Body.objects.filter(partnership=partnership).select_related("record")
    rows = rows.order_by("order", "name")
    return changeable(actor, visible(actor, rows))
