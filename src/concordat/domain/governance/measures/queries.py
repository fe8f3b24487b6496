"""What may be read of measures and their values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import fetch, visible
from concordat.domain.base.records.rules import is_reference
from concordat.domain.governance.measures import rules
from concordat.domain.governance.measures.models import Correction, Measure, Value
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate

__all__ = [
    "Correction",
    "Line",
    "Measure",
    "Value",
    "as_known",
    "lines",
    "measure",
    "measures",
    "serving",
    "values",
]


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of a list with its newest value and what the last two say. What is of no time
    is neither."""

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
    rows = Value.objects.filter(measure=measure).prefetch_related(
        Prefetch("corrections", Correction.objects.order_by("-on", "-pk"))
    )
    return _in_order(visible(actor, rows, record="measure__record"))


def as_known(actor: Actor, rows: Iterable[Value], on: date) -> dict[int, Value | Correction]:
    """What each value said at the end of a day, by its id: what the first later correction found,
    else the value as it stands. Asks once for all."""
    found: dict[int, Value | Correction] = {row.pk: row for row in rows}
    later = Correction.objects.filter(row__in=list(found), on__gt=on).order_by("-on", "-pk")
    return found | {
        each.row_id: each for each in visible(actor, later, record="row__measure__record")
    }


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
        told = [each for each in _in_order(by_measure[row.pk]) if rules.is_dated(each.when)]
        points = [rules.Point(each.when, each.number, each.sign) for each in told]
        says = rules.direction(points, row.better, row.unit)
        found.append(Line(row, told[-1] if told else None, says))
    return found
