"""How risks stood on an earlier day, and how a register moved from quarter to quarter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from concordat.domain.base.records.models import known_by
from concordat.domain.base.records.queries import visible
from concordat.domain.governance.risks.models import Closure, Moved, Register, Risk, Scored
from concordat.domain.governance.risks.rules import findings, movement
from concordat.domain.governance.risks.rules.life import Which
from concordat.domain.governance.risks.rules.movement import Quarter, Stood, Trend, Way
from concordat.domain.governance.risks.rules.schemes import Score
from concordat.kernel.actor import Actor

QUARTERS_SHOWN = 6
MOST_IN_A_CELL = 12


def standing_at(actor: Actor, risks: Iterable[Risk], on: date, *, known: date) -> dict[UUID, Stood]:
    """The current score of each as it stood at the end of a day, as far as it was written down
    by the day `known`, in one query however many they are."""
    rows = Scored.objects.filter(risk__in=[each.pk for each in risks], which=Which.CURRENT)
    rows = rows.filter(on__lte=on, stated_on__lte=known)
    rows = visible(actor, rows.select_related("register"), record="risk__record")
    found: dict[UUID, Stood] = {}
    for row in rows.order_by("on", "pk"):
        if row.score:
            found[row.risk_id] = _stood(row)
    return found


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a heat map: at most 12 risks by reference, and how many more there are."""

    up: int
    across: int
    score: Score
    shade: int
    risks: tuple[tuple[Risk, Trend], ...]
    more: int

    @property
    def count(self) -> int:
        return len(self.risks) + self.more


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The grid of a register at the end of a day: likelihood from the highest, impact from the
    lowest; and the risks that it cannot place."""

    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    impacts: tuple[str, ...]
    unplaced: tuple[Risk, ...]
    placed: int


def heat_map(actor: Actor, register: Register, on: date) -> HeatMap:
    """Where each risk of a register stood at the end of a day, as far as the actor may open it."""
    scheme = register.scheme
    there = open_on(actor, register, on)
    before = standing_at(actor, there, Quarter.of(on).before.last, known=on)
    now = standing_at(actor, there, on, known=on)
    cells: dict[tuple[int, int], list[Risk]] = {}
    unplaced = []
    for risk in there:
        stood = now.get(risk.pk)
        if stood and stood.register == register.pk:
            cells.setdefault((stood.score.up, stood.score.across), []).append(risk)
        else:
            unplaced.append(risk)
    rows = []
    for up in range(len(scheme.likelihoods), 0, -1):
        row = []
        for across in range(1, len(scheme.impacts) + 1):
            held = cells.get((up, across), [])
            told = tuple(
                (each, movement.trend(before.get(each.pk), now.get(each.pk)))
                for each in held[:MOST_IN_A_CELL]
            )
            score = scheme.score(scheme.likelihoods[up - 1], scheme.impacts[across - 1])
            shade = scheme.shade(up, across)
            row.append(Cell(up, across, score, shade, told, len(held) - len(told)))
        rows.append((scheme.likelihoods[up - 1], tuple(row)))
    placed = len(there) - len(unplaced)
    return HeatMap(tuple(rows), scheme.impacts, tuple(unplaced), placed)


def _stood_in(register: Register, on: date) -> QuerySet[Risk]:
    """The risks that stood in a register at the end of a day, wherever they were taken since."""
    later = Moved.objects.filter(risk=OuterRef("pk"), on__gt=on).order_by("on", "pk")
    then = Coalesce(
        Subquery(later.values("from_register")[:1]), F("register"), output_field=UUIDField()
    )
    left = Moved.objects.filter(from_register=register).values("risk")
    rows = Risk.objects.filter(Q(register=register) | Q(pk__in=left))
    return rows.alias(then=then).filter(then=register.pk)


def open_on(actor: Actor, register: Register, on: date) -> list[Risk]:
    """The risks of a register that were still open at the end of a day and known by then, the
    heaviest first."""
    rows = _stood_in(register, on).filter(known_by(on)).select_related("record", "register")
    rows = rows.filter(Q(over=False) | Q(to_surely__gt=on))
    rows = rows.exclude(pk__in=_closed_then(on))
    rows = rows.filter(Q(stated_on__isnull=False) | Q(record__opened__lte=on))
    return list(visible(actor, rows).order_by("-rank", "pk"))


def _closed_then(on: date, since: date = date.min) -> QuerySet[Closure, Any]:
    """Risks that were closed at the end of a day, from `since` on, and taken up again later."""
    rows = Closure.objects.filter(on__gte=since, on__lte=on, reopened_on__gt=on)
    return rows.values("risk")


@dataclass(frozen=True, slots=True)
class Movement:
    """A quarter of a register: what moved, in words, and what was closed in it."""

    quarter: Quarter
    sentence: str
    moved: tuple[tuple[Risk, Stood | None, Stood | None, Trend], ...]
    closed: tuple[Risk, ...]


_FIRST = (Way.UP, Way.MIXED, Way.NEW, Way.OTHER_SCHEME, Way.NOT_SCORED, Way.DOWN, Way.SAME)


def movement_in(actor: Actor, register: Register, quarter: Quarter) -> Movement:
    """How the risks of a register moved in a quarter, what rose first."""
    end = min(quarter.last, actor.on)
    there = open_on(actor, register, end)
    before = standing_at(actor, there, quarter.before.last, known=end)
    now = standing_at(actor, there, end, known=end)
    moved = [
        (each, before.get(each.pk), now.get(each.pk),
         movement.trend(before.get(each.pk), now.get(each.pk)))
        for each in there
    ]  # fmt: skip
    moved.sort(key=lambda each: _FIRST.index(each[3].way))
    over = Q(over=True, to_surely__gte=quarter.first, to_surely__lte=end)
    over |= Q(pk__in=_closed_then(end, quarter.first))
    rows = _stood_in(register, end).filter(over)
    closed = tuple(visible(actor, rows.select_related("record")).order_by("to_surely", "pk"))
    sentence = movement.in_a_sentence([each[3].way for each in moved], len(closed), quarter)
    return Movement(quarter, sentence, tuple(moved), closed)


def reasons_in(actor: Actor, risks: Iterable[Risk], quarter: Quarter) -> dict[UUID, list[str]]:
    """Why each of these was scored as it was in a quarter, the latest last."""
    end = min(quarter.last, actor.on)
    rows = Scored.objects.filter(risk__in=[each.pk for each in risks], which=Which.CURRENT)
    rows = rows.filter(on__gte=quarter.first, on__lte=end, stated_on__lte=end)
    found: dict[UUID, list[str]] = {}
    for row in visible(actor, rows, record="risk__record").order_by("on", "pk"):
        found.setdefault(row.risk_id, []).append(row.reason)
    return found


@dataclass(frozen=True, slots=True)
class QuarterOf:
    """One quarter of one risk: its score at the end, how it moved, and why."""

    quarter: Quarter
    stood: Stood | None
    trend: Trend
    reasons: tuple[str, ...]


def quarters_of(actor: Actor, risk: Risk, many: int = QUARTERS_SHOWN) -> list[QuarterOf]:
    """The quarters of a risk up to today, the latest first; those before its first score are
    left out."""
    rows = Scored.objects.filter(risk=risk, which=Which.CURRENT).select_related("register")
    known = list(visible(actor, rows, record="risk__record").order_by("on", "pk"))
    told, before = [], None
    for quarter in movement.quarters_up_to(actor.on, many):
        end = min(quarter.last, actor.on)
        before = _stood_on(known, quarter.first - timedelta(days=1))
        now = _stood_on(known, end)
        reasons = tuple(row.reason for row in known if quarter.first <= row.on <= end)
        if now:
            told.append(QuarterOf(quarter, now, movement.trend(before, now), reasons))
    return told[::-1]


def _stood_on(rows: list[Scored], on: date) -> Stood | None:
    last = next((row for row in reversed(rows) if row.on <= on), None)
    return _stood(last) if last and last.score else None


def _stood(row: Scored) -> Stood:
    assert row.score is not None  # noqa: S101 - the caller asked
    return Stood(row.score, row.register.scheme, row.register_id)


def at_target_for(actor: Actor, risk: Risk) -> int:
    """For how many whole quarters in a row a risk has been at its target or below."""
    target = risk.score(Which.TARGET)
    if target is None or risk.register is None:
        return 0
    scheme = risk.register.scheme
    rows = Scored.objects.filter(risk=risk, which=Which.CURRENT).select_related("register")
    known = list(visible(actor, rows, record="risk__record").order_by("on", "pk"))
    quarters = movement.quarters_up_to(actor.on, QUARTERS_SHOWN + 1)[:-1]
    found = 0
    for quarter in reversed(quarters):
        stood = _stood_on(known, quarter.last)
        if not stood or stood.scheme != scheme:
            break
        if not findings.is_within(stood.score, target):
            break
        found += 1
    return found
