"""Keeping what a row said before it is changed in the platform (decision 24).

A file that is loaded again corrects what it said; nothing of that is kept here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from concordat.domain.base.records.models import Earlier, Keyed, Record
from concordat.domain.base.records.operations.keeping import keep
from concordat.domain.base.records.operations.unit import no_event, operation
from concordat.domain.base.records.rules import RecordKind
from concordat.kernel.actor import Actor

K = TypeVar("K", bound=Keyed)


@operation
def remember(actor: Actor, *, row: Keyed) -> None:
    """Keep what the row said until today. `row` is as it is about to be saved."""
    no_event("what it said before is told in the event of the change")
    was = type(row)._default_manager.get(pk=row.pk)
    told, now = _told(was), _told(row)
    changed = {name: value for name, value in told.items() if now[name] != value}
    if changed:
        _until(actor.on, row, changed)


@operation
def remember_gone(actor: Actor, *, row: Keyed) -> None:
    """Keep the whole row before it is taken out."""
    no_event("what it said is told in the event of the change")
    _until(actor.on, row, _told(row), gone=True)


@operation
def change(
    actor: Actor,
    *,
    model: type[K],
    partnership: Record,
    key: str,
    values: Mapping[str, Any],
    noun: str,
    kind: RecordKind | None = None,
    title: str = "",
    beneath: Record | None = None,
    seen_version: int | None = None,
) -> K:
    """`keep`, for what somebody changes here: what the row said until today is kept first."""
    row = model._default_manager.filter(partnership=partnership, key=key).first()
    if row is not None:
        for name, value in values.items():
            setattr(row, name, value)
        remember(actor, row=row)
    return keep(
        actor,
        model=model,
        partnership=partnership,
        key=key,
        values=values,
        noun=noun,
        kind=kind,
        title=title,
        beneath=beneath,
        seen_version=seen_version,
    )


def _told(row: Keyed) -> dict[str, Any]:
    return {
        each.name: getattr(row, each.attname)
        for each in row._meta.concrete_fields
        if each.editable and not each.primary_key and each.name not in ("partnership", "key")
    }


def _until(on: date, row: Keyed, before: dict[str, Any], *, gone: bool = False) -> None:
    """What it said first on a day is what it said until that day."""
    there, _ = Earlier.objects.get_or_create(
        partnership_id=row.partnership_id, of=row._meta.label_lower, key=row.key, until=on
    )
    there.values = before | there.values
    there.gone = there.gone or gone
    there.save()
