"""What may be read of measures and their values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.records.models import Earlier, Record
from concordat.domain.base.records.queries import earlier, fetch, visible
from concordat.domain.base.records.rules import is_reference
from concordat.domain.governance.measures import rules
from concordat.domain.governance.measures.models import Measure, Value
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate

__all__ = [
    "Line",
    "Measure",
    "Value",
    "Was",
    "corrections",
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
    rows = Value.objects.filter(measure=measure)
    return _in_order(visible(actor, rows, record="measure__record"))


@dataclass(frozen=True, slots=True)
class Was:
    """What a value said until a day, on which it was corrected."""

    shown: str
    until: date


def corrections(actor: Actor, rows: Sequence[Value]) -> dict[int, list[Was]]:
    """What each value of one measure said before, the latest first, by its id."""
    before = earlier(actor, rows)
    return {row.pk: list(_backwards(row, before.get(row.key, ()))) for row in rows}


def _backwards(row: Value, changes: Iterable[Earlier]) -> Iterator[Was]:
    said = {name: getattr(row, name) for name in ("value", "shown_as", "symbol")}
    for each in changes:
        said |= {name: text for name, text in each.values.items() if name in said}
        yield Was(Value(**said).shown, each.until)


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
