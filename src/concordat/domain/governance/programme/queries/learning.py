"""Learning cycles with who takes part, what was done, found, answered and seen of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from concordat.domain.base.records.queries import visible
from concordat.domain.governance.programme.models import (
    CycleFinding,
    CycleMember,
    CycleWork,
    Gate,
    LearningCycle,
    Priority,
)
from concordat.domain.governance.programme.queries.lists import Home, at_home, one
from concordat.domain.governance.programme.queries.naming import names_of
from concordat.domain.governance.programme.rules import learning
from concordat.domain.governance.programme.rules.learning import Known
from concordat.kernel.actor import Actor

R = TypeVar("R", CycleFinding, CycleMember, CycleWork)


@dataclass(frozen=True, slots=True)
class CycleLine:
    """One cycle of a list: who runs it, and where it stands in words."""

    cycle: LearningCycle
    run_by: str
    says: str


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything that is on record of one cycle."""

    cycle: LearningCycle
    run_by: str
    lead: str
    members: Sequence[CycleMember]
    works: Sequence[CycleWork]
    findings: Sequence[CycleFinding]
    gates: Sequence[Gate]
    known: Known
    says: str

    @property
    def suggestions(self) -> list[CycleFinding]:
        return [row for row in self.findings if row.suggests]


_WITH = (
    "priority__record", "priority__programme__record", "body__record", "checked_in__record",
    "partnership__partnership_row",
)  # fmt: skip


def learning_cycle(actor: Actor, reference: str) -> LearningCycle:
    """One cycle. Raises DoesNotExist or `Restricted` as `fetch` does."""
    return one(actor, LearningCycle, reference, *_WITH)


def cycles(actor: Actor, home: Home) -> QuerySet[LearningCycle]:
    """The cycles that a partnership runs or shares in."""
    rows = at_home(actor, LearningCycle, home).select_related(*_WITH)
    return rows.order_by("order", "from_maybe", "theme", "pk")


def cycles_at(actor: Actor, priority: Priority) -> QuerySet[LearningCycle]:
    """The cycles through which a priority is carried out, whoever runs them."""
    rows = LearningCycle.objects.filter(priority=priority).select_related("record", *_WITH)
    return visible(actor, rows).order_by("order", "from_maybe", "theme", "pk")


def _rows(actor: Actor, model: type[R], of: Sequence[LearningCycle]) -> QuerySet[R]:
    rows = visible(actor, model._default_manager.filter(cycle__in=of), record="cycle__record")
    return rows.order_by("order", "pk")


def whole(actor: Actor, cycle: LearningCycle) -> Whole:
    members = list(_rows(actor, CycleMember, [cycle]).select_related("agency", "post"))
    works = list(_rows(actor, CycleWork, [cycle]))
    found = list(_rows(actor, CycleFinding, [cycle]))
    names = names_of(actor, cycle.partnership_id, [cycle.run_by, cycle.owner])
    return Whole(
        cycle,
        names.get(cycle.run_by, ""),
        names.get(cycle.owner, ""),
        members,
        works,
        found,
        _gates(actor, cycle),
        _known(cycle, len(members), works, found),
        _says(cycle, found),
    )


def _gates(actor: Actor, cycle: LearningCycle) -> list[Gate]:
    """The gates that rest on it."""
    if cycle.priority is None:
        return []
    rows = Gate.objects.filter(priority=cycle.priority).select_related("decided_by")
    seen = visible(actor, rows, record="priority__record").order_by("order", "pk")
    named = cycle.named_in(cycle.priority.partnership_id)
    return [row for row in seen if named in row.rests_on]


def _known(
    cycle: LearningCycle, members: int, works: Sequence[CycleWork], found: Sequence[CycleFinding]
) -> Known:
    period, sorts = cycle.period, [row.kind for row in works]
    return Known(cycle.run_by, period.start, period.end, members, sorts, len(found))


def _says(cycle: LearningCycle, found: Sequence[CycleFinding]) -> str:
    rows = [row for row in found if row.suggests]
    answers = [row.answer for row in rows if row.answer]
    impacts = [row.impact for row in rows if row.impact]
    return learning.in_words(cycle.stage, len(rows), answers, impacts)


def known_of(actor: Actor, cycle: LearningCycle) -> Known:
    return whole(actor, cycle).known


def cycle_lines(actor: Actor, rows: Sequence[LearningCycle]) -> list[CycleLine]:
    """Cycles with where they stand. Asks as much for one as for many."""
    found: dict[UUID, list[CycleFinding]] = defaultdict(list)
    for each in _rows(actor, CycleFinding, rows):
        found[each.cycle_id].append(each)
    by_home: dict[UUID, set[str]] = defaultdict(set)
    for row in rows:
        by_home[row.partnership_id].add(row.run_by)
    names = {home: names_of(actor, home, told) for home, told in by_home.items()}
    return [
        CycleLine(row, names[row.partnership_id].get(row.run_by, ""), _says(row, found[row.pk]))
        for row in rows
    ]
