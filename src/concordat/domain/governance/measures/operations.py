"""What is done with measures: they are defined, and values are put beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from concordat.domain.base.agencies.rules import free_key
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import (
    change,
    happened,
    hold_still,
    operation,
    remember,
    take,
)
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb, is_open
from concordat.domain.governance.measures import rules
from concordat.domain.governance.measures.models import ADDRESSED, KINDS, Measure, Value
from concordat.domain.governance.measures.rules import Symbol
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate
from concordat.kernel.errors import Invalid


@operation
def define(
    actor: Actor,
    *,
    partnership: Record,
    title: str,
    facts: Mapping[str, Any],
    key: str = "",
    seen_version: int | None = None,
) -> Measure:
    """Say what is counted, who owns it and which way is better: anew, or of the row `key`."""
    if not title.strip():
        raise Invalid("Enter what is counted.", field="title")
    rules.number_of(str(facts.get("target", "")))
    hold_still(actor, partnerships=[partnership])
    taken = set(Measure.objects.filter(partnership=partnership).values_list("key", flat=True))
    kind, title_field = ADDRESSED["measures"]
    return change(
        actor,
        model=Measure,
        partnership=partnership,
        key=key or free_key(title, taken),
        values={title_field: title.strip(), **facts},
        noun=KINDS["measures"][1],
        kind=kind,
        title=title.strip()[: rules.LONGEST_TITLE],
        seen_version=seen_version,
    )


@operation
def put_value(
    actor: Actor,
    *,
    measure: Measure,
    at: UncertainDate,
    value: str = "",
    symbol: Symbol | None = None,
    source: str = "",
    seen_version: int | None = None,
) -> Value:
    """Put a value beside a measure for a time. The same time again is a correction of it: what it
    said stays known for the days before."""
    record = take(
        measure.pk,
        seen_version=seen_version,
        mine={"Value": value or (symbol.value if symbol else "")},
        theirs=lambda: {"Value": _said(measure, at)},
        may=lambda held: can(actor, Verb.CHANGE, held) & is_open(held.closed),
    )
    number = rules.number_of(value)
    if not (told := rules.is_value(number, symbol)):
        raise Invalid(str(told), field="value")
    if not (told := rules.is_when(at)):
        raise Invalid(str(told), field="at")
    row = Value.objects.filter(measure=measure, at=at.iso()).first()
    before = {"value": row.shown} if row else {}
    row = row or Value(
        measure=measure,
        partnership_id=measure.partnership_id,
        key=free_key(f"{measure.key} {at.iso()}", _keys(measure)),
        stated_text=actor.on.isoformat(),
    )
    row.at, row.value = at.iso(), f"{number:f}" if number is not None else ""
    row.symbol, row.shown_as = symbol.value if symbol else "", ""
    row.source = source.strip()
    if before:
        remember(actor, row=row)
    row.save()
    verb = "value corrected" if before else "value recorded"
    happened(actor, verb, record, before=before, after={"at": row.at, "value": row.shown})
    return row


def _keys(measure: Measure) -> set[str]:
    rows = Value.objects.filter(partnership=measure.partnership_id)
    return set(rows.values_list("key", flat=True))


def _said(measure: Measure, at: UncertainDate) -> str:
    """What stands for a time."""
    row = Value.objects.filter(measure=measure, at=at.iso()).first()
    return row.shown if row else ""
