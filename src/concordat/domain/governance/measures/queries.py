"""What may be read of measures and their values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import fetch, visible
from concordat.domain.base.records.rules import is_reference
from concordat.domain.governance.measures import rules
from concordat.domain.governance.measures.models import Measure, Value
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate

__all__ = ["Line", "Measure", "Value", "lines", "measure", "measures", "serving", "values"]


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of a list with its newest value and what the last two say."""

    measure: Measure
    newest: Value | None
    says: str


def measures(actor: Actor, home: Partnership | Record) -> QuerySet[Measure]:
    rows = Measure.objects.filter(partnership=home.pk).select_related("record", "partnership")
    return visible(actor, rows).order_by("order", "title", "pk")


def measure(actor: Actor, reference: str) -> Measure:
    """One measure. Raises DoesNotExist or `Restricted` as `fetch` does."""
    if not is_reference(reference):
        raise Measure.DoesNotExist
    rows = Measure.objects.select_related("record__partnership", "record__owner", "partnership")
    return fetch(actor, rows, record__reference=reference)


def serving(actor: Actor, partnership: UUID, what: str) -> QuerySet[Measure]:
    """What measures a row, named as kind:key."""
    rows = Measure.objects.filter(partnership=partnership, serves=what).select_related("record")
    return visible(actor, rows).order_by("order", "title", "pk")


def values(actor: Actor, measure: Measure) -> list[Value]:
    """The values of a measure, the earliest first; those without a date come last."""
    rows = visible(actor, Value.objects.filter(measure=measure), record="measure__record")
    return _in_order(rows)


def _in_order(rows: Iterable[Value]) -> list[Value]:
    never = UncertainDate.parse("?").sort_key
    return sorted(rows, key=lambda row: (row.when.sort_key if row.when else never, row.pk))


def lines(actor: Actor, rows: Sequence[Measure]) -> list[Line]:
    """Measures with their newest value. Asks as much for one as for many."""
    by_measure: dict[UUID, list[Value]] = defaultdict(list)
    for each in visible(actor, Value.objects.filter(measure__in=rows), record="measure__record"):
        by_measure[each.measure_id].append(each)
    found = []
    for row in rows:
        told = _in_order(by_measure[row.pk])
        points = [rules.Point(each.when, each.number, each.sign) for each in told]
        says = rules.direction(points, row.better, row.unit)
        found.append(Line(row, told[-1] if told else None, says))
    return found
