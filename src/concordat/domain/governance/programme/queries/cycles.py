"""Priorities with where each stands in its yearly cycle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from concordat.domain.base.records.queries import visible
from concordat.domain.governance.programme.models import Gate, Priority, Update
from concordat.domain.governance.programme.queries.naming import names_of
from concordat.domain.governance.programme.queries.roadmap import newest_updates
from concordat.domain.governance.programme.rules import cycle, health
from concordat.domain.governance.programme.rules.cycle import Cycle
from concordat.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Line:
    """One priority of a list: who leads it, what its cycle lacks, and its open gates."""

    priority: Priority
    lead: str
    lacks: Sequence[str]
    open_gates: Sequence[Gate]
    update: Update | None
    stale: bool


def cycle_of(actor: Actor, priority: Priority) -> Cycle:
    """What is known of a priority's year, whoever asks."""
    return Cycle(
        priority.evidence,
        str(priority.chosen_by_id or ""),
        priority.choice_day,
        priority.lead,
        priority.success,
        priority.period.end,
        priority.stage,
    )


def lines(actor: Actor, rows: Sequence[Priority]) -> list[Line]:
    """Priorities with where they stand. Asks as much for one as for many."""
    by_home: dict[UUID, list[str]] = defaultdict(list)
    for row in rows:
        by_home[row.partnership_id].append(row.lead)
    leads = {home: names_of(actor, home, told) for home, told in by_home.items()}
    updates = newest_updates(actor, [row.pk for row in rows])
    gates: dict[UUID, list[Gate]] = defaultdict(list)
    asked = visible(actor, Gate.objects.filter(priority__in=rows), record="priority__record")
    for gate in asked.order_by("order", "pk"):
        if gate.is_open:
            gates[gate.priority_id].append(gate)
    return [_line(actor, row, leads, updates.get(row.pk), gates[row.pk]) for row in rows]


def _line(
    actor: Actor,
    row: Priority,
    leads: dict[UUID, dict[str, str]],
    update: Update | None,
    gates: Sequence[Gate],
) -> Line:
    last = update.on if update else None
    stale = not row.stage.is_over and health.is_stale(last, actor.on, known_since=row.record.opened)
    lead = leads[row.partnership_id].get(row.lead, "")
    return Line(row, lead, cycle.missing(cycle_of(actor, row)), gates, update, stale)
