"""By which days a clock is counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from concordat.craft.holidays import england_working_days, proclaimed_days
from concordat.domain.base.clocks import rules
from concordat.domain.base.clocks.models import Clock, ClosedDay
from concordat.domain.base.clocks.rules import Closed, Rule
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import visible
from concordat.kernel.actor import Actor
from concordat.kernel.calendar import WorkingDays


@lru_cache(maxsize=1)
def _england() -> WorkingDays:
    return england_working_days()


@lru_cache(maxsize=1)
def _names() -> Mapping[date, str]:
    return {each.day: each.name for each in proclaimed_days()}


@dataclass(frozen=True, slots=True)
class Days:
    """The working days of England with what partnerships have closed besides."""

    closed: tuple[Closed, ...] = ()
    england: WorkingDays = field(default_factory=_england)

    def for_rule(
        self, rule: Rule | None, partnership: UUID | None, body: UUID | None
    ) -> tuple[WorkingDays, Mapping[date, str]]:
        """The days by which a rule is counted there, and the names of the closed ones."""
        if rule is None:
            return self.england, _names()
        days, names = rules.with_closed(
            self.england, self.closed, rule, partnership=partnership, body=body
        )
        return days, {**_names(), **names}

    def for_clock(self, clock: Clock, rule: Rule | None) -> WorkingDays:
        """`clock` comes with its holder."""
        body = clock.holder.body_id if clock.holder else None
        return self.for_rule(rule, clock.partnership_id, body)[0]


def days_of(actor: Actor, partnerships: Iterable[UUID | None]) -> Days:
    """The days of these partnerships, read with one question to the database."""
    wanted = {each for each in partnerships if each}
    rows = ClosedDay.objects.filter(partnership__in=wanted, opened_on__isnull=True)
    return Days(tuple(each.told() for each in rows))


def closed_days(actor: Actor, partnership: Record) -> QuerySet[ClosedDay]:
    """The closed days of a partnership, the newest first, those opened again among them."""
    rows = ClosedDay.objects.filter(partnership=partnership).select_related("body")
    return visible(actor, rows, record="partnership").order_by("-day", "pk")


def last_known_day(actor: Actor) -> date | None:
    """Until when bank holidays are known; a clock that reaches beyond cannot be counted."""
    horizon = _england().horizon
    return horizon[1] if horizon else None
