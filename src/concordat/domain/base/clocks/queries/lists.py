"""Clocks as lists: which breaks next, what each stands at, and how the last year went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import TruncMonth

from concordat.domain.base.clocks import rules
from concordat.domain.base.clocks.models import Clock, Delay
from concordat.domain.base.clocks.queries.days import Days, days_of
from concordat.domain.base.clocks.queries.law import LawBook, law_book
from concordat.domain.base.clocks.rules import Bound, Kind, Rule, Stage, State
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import visible
from concordat.domain.base.seats.models import Seat
from concordat.kernel.actor import Actor
from concordat.kernel.calendar import add_months
from concordat.kernel.errors import Invalid

MOST_ON_MY_WORK = 5
_BY_MOMENT = Q(due_at__isnull=False, met_at__isnull=False)
_LATE = (_BY_MOMENT & Q(met_at__gt=F("due_at"))) | (~_BY_MOMENT & Q(met_on__gt=F("due")))
_EARLY = (_BY_MOMENT & Q(met_at__lt=F("due_at"))) | (~_BY_MOMENT & Q(met_on__lt=F("due")))
_FIRST_DAY = Q(bound=Bound.EARLIEST.value)
_OPEN = Q(stage__in=[each.value for each in rules.OPEN])


def passed(now: date | datetime) -> Q:
    """Clocks whose due date is over, to the minute where both are known to the minute."""
    return _beside(now, "lt")


def _ahead(now: date | datetime) -> Q:
    return _beside(now, "gt")


def _beside(now: date | datetime, way: str) -> Q:
    by_day = Q(**{f"due__{way}": rules.day_in_london(now)})
    if not isinstance(now, datetime):
        return by_day
    by_moment = Q(**{f"due_at__{way}": now})
    return (Q(due_at__isnull=True) & by_day) | by_moment


def with_state(queryset: QuerySet[Clock], now: date | datetime) -> QuerySet[Clock]:
    """Each clock with `stands`, its state at that moment, as `rules.state` has it."""
    over = passed(now)
    explained = Exists(Delay.objects.filter(clock=OuterRef("pk")))
    cases = [
        (Q(stage=Stage.NOT_APPLICABLE.value), State.NOT_APPLICABLE),
        (Q(stage=Stage.START_NEEDED.value), State.START_UNKNOWN),
        (Q(stage=Stage.MET.value) & _FIRST_DAY & _EARLY, State.TOO_EARLY),
        (Q(stage=Stage.MET.value) & ~_FIRST_DAY & _LATE, State.MET_LATE),
        (Q(stage=Stage.MET.value), State.MET),
        (Q(stage=Stage.PAUSED.value), State.PAUSED),
        (_FIRST_DAY & _ahead(now), State.WAITING),
        (_FIRST_DAY, State.RUNNING),
        (over & Q(explained=True), State.EXPLAINED),
        (over, State.OVERDUE),
        (Q(soon_from__lte=rules.day_in_london(now)), State.DUE_SOON),
    ]
    return queryset.annotate(explained=explained).annotate(
        stands=Case(
            *(When(condition, then=Value(state.value)) for condition, state in cases),
            default=Value(State.RUNNING.value),
            output_field=CharField(),
        )
    )


def clocks(actor: Actor, *, now: date | datetime) -> QuerySet[Clock]:
    """Every clock on a record that the actor may open, the next to break first.

    What is over comes last, the newest of it first.
    """
    rows = Clock.objects.select_related("record", "holder__body")
    rows = with_state(visible(actor, rows, record="record"), now)
    is_open = ExpressionWrapper(_OPEN, output_field=BooleanField())
    owed = Case(When(_OPEN & ~_FIRST_DAY, then=F("due")))
    return rows.annotate(is_open=is_open, owed=owed).order_by(
        "-is_open", F("owed").asc(nulls_last=True), F("due").desc(nulls_last=True), "pk"
    )


def board(
    actor: Actor,
    *,
    now: date | datetime,
    subject: str = "",
    states: Sequence[str] = (),
    holder: str = "",
) -> QuerySet[Clock]:
    """The clocks, narrowed to a subject of the law, some states, and a holder (a seat's id)."""
    rows = clocks(actor, now=now)
    if subject:
        of_law = [each.id for each in rules.law().startable() if each.subject == subject]
        mine = Q(rule__in=of_law) if subject != LOCAL else Q(local__isnull=False)
        rows = rows.filter(mine)
    if states:
        rows = rows.filter(Q(stands__in=states))
    return rows.filter(holder=_uuid(holder)) if holder else rows


LOCAL = "Local rules"


def _uuid(told: str) -> UUID | None:
    try:
        return UUID(told)
    except ValueError:
        return None


def subjects(actor: Actor) -> list[str]:
    """The kinds of clock by which the board is filtered: the subjects that have deadlines."""
    told = [each.subject for each in rules.law().rules if each.kind is Kind.DEADLINE]
    return [*dict.fromkeys(told), LOCAL]


def holders(actor: Actor) -> QuerySet[Seat]:
    """The seats that hold a clock which the actor may see."""
    held = visible(actor, Clock.objects.filter(_OPEN), record="record").values("holder")
    return Seat.objects.filter(pk__in=held).select_related("body").order_by("body__name", "role")


@dataclass(frozen=True, slots=True)
class Row:
    """A clock with its row of law and with what is left of it."""

    clock: Clock
    rule: Rule | None
    state: State
    left: int | None

    @property
    def title(self) -> str:
        name = self.rule.title if self.rule else self.clock.rule
        return f"{name}: {self.clock.part}" if self.clock.part else name

    @property
    def verified(self) -> bool:
        """Whether the row may be worded as law for this start."""
        on = self.clock.started_on or self.clock.opened_on
        return self.rule is not None and self.rule.verified(on)

    @property
    def force(self) -> str:
        on = self.clock.started_on or self.clock.opened_on
        return self.rule.force_in_words(on) if self.rule else "not verified"

    @property
    def is_open(self) -> bool:
        return self.clock.stage in rules.OPEN

    @property
    def is_first_day(self) -> bool:
        return self.clock.bound == Bound.EARLIEST


def rows_of(actor: Actor, found: Sequence[Clock], *, now: date | datetime) -> list[Row]:
    """Clocks with their rules and what is left: three questions, however many clocks."""
    partnerships = {each.partnership_id for each in found}
    book, days = law_book(actor, partnerships), days_of(actor, partnerships)
    return [row_for(each, book, days, now) for each in found]


def row_for(clock: Clock, book: LawBook, days: Days, now: date | datetime) -> Row:
    rule = book.row(clock.partnership_id, clock.rule, clock.rule_version)
    return Row(clock, rule, State(clock.stands), _left(clock, rule, days, now))  # type: ignore[attr-defined]


def _left(clock: Clock, rule: Rule | None, days: Days, now: date | datetime) -> int | None:
    if clock.due is None or clock.stage not in rules.OPEN:
        return None
    today = rules.day_in_london(now)
    try:
        return rules.working_days_left(clock.due, today, days.for_clock(clock, rule))
    except Invalid:
        return None


def clocks_of(actor: Actor, record: Record, *, now: date | datetime) -> list[Row]:
    """The clocks of one record, the next to break first."""
    return rows_of(actor, list(clocks(actor, now=now).filter(record=record)), now=now)


def clocks_naming(actor: Actor, *, now: date | datetime) -> list[Row]:
    """At most five running clocks that the actor holds, or deputises for, for My work."""
    mine = clocks(actor, now=now).filter(_OPEN, holder__in=[each.seat for each in actor.seats])
    return rows_of(actor, list(mine[:MOST_ON_MY_WORK]), now=now)


@dataclass(frozen=True, slots=True)
class Month:
    """What fell due in a month: a paused clock is never counted as on time."""

    begins: date
    met: int = 0
    late: int = 0
    missed: int = 0
    paused: int = 0

    @property
    def number(self) -> int:
        """How many clocks were due in it."""
        return self.met + self.late + self.missed + self.paused


def trend(actor: Actor, *, now: date | datetime, months: int = 12) -> list[Month]:
    """The last months up to this one, the oldest first, by the month in which clocks were due."""
    today = rules.day_in_london(now)
    first = add_months(today.replace(day=1), 1 - months)
    fell_due = Clock.objects.filter(due__gte=first, due__lte=today, bound=Bound.LATEST.value)
    counted = visible(actor, fell_due, record="record").annotate(month=TruncMonth("due"))
    found = counted.values("month").order_by("month").annotate(**_outcomes(now))
    by_month: dict[date, dict[str, Any]] = {each["month"]: dict(each) for each in found}
    begins = [add_months(first, n) for n in range(months)]
    return [Month(each, **_counts(by_month.get(each, {}))) for each in begins]


def _outcomes(now: date | datetime) -> dict[str, Count]:
    met, running = Q(stage=Stage.MET.value), Q(stage=Stage.RUNNING.value)
    return {
        "met": Count("pk", filter=met & ~_LATE),
        "late": Count("pk", filter=met & _LATE),
        "missed": Count("pk", filter=running & passed(now)),
        "paused": Count("pk", filter=Q(stage=Stage.PAUSED.value)),
    }


def _counts(found: dict[str, Any]) -> dict[str, int]:
    return {name: count for name, count in found.items() if name != "month"}
