"""Keeping keyed rows: the same key again amends the row, and an equal row changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model

from concordat.domain.base.records.models import Keyed, Record
from concordat.domain.base.records.operations.record import judged, open_record, retitle
from concordat.domain.base.records.operations.unit import (
    happened,
    locked,
    no_event,
    operation,
    take,
)
from concordat.domain.base.records.rules import RecordKind, Verb
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.sensitivity import Sensitivity

K = TypeVar("K", bound=Keyed)


@operation
def keep(
    actor: Actor,
    *,
    model: type[K],
    partnership: Record,
    key: str,
    values: Mapping[str, Any],
    noun: str,
    kind: RecordKind | None = None,
    title: str = "",
    opened: date | None = None,
    seen_version: int | None = None,
) -> K:
    """Set down one row of a partnership, new or amended, with before and after in the event.

    The calling operation has asked its rules. `values` maps field names to values; what is
    not named stays. A row with an address of its own gives its `kind` and `title`.
    """
    if not key:
        raise Invalid("The row needs a key.", field="key", mend="Use small letters and hyphens.")
    rows = model._default_manager.filter(partnership=partnership, key=key)
    row = rows.first()
    if row is None:
        judged(actor, Verb.CHANGE, locked(partnership.pk)).require()
        row = rows.first()
    if row is None:
        return _new(actor, model, partnership, key, values, noun, kind, title, opened)
    return _amended(actor, row, values, noun, title, seen_version)


def _new(
    actor: Actor,
    model: type[K],
    partnership: Record,
    key: str,
    values: Mapping[str, Any],
    noun: str,
    kind: RecordKind | None,
    title: str,
    opened: date | None,
) -> K:
    row = model(partnership=partnership, key=key, **values)
    root = partnership
    if kind:
        root = open_record(
            actor,
            kind=kind,
            title=title,
            partnership=partnership,
            opened=opened or actor.on,
            sensitivity=Sensitivity.PARTNERSHIP,
        )
        row.record = root  # type: ignore[attr-defined]
    row.save(force_insert=True)
    happened(actor, f"{noun} set down", root, after={"key": key, **_plain(values)})
    return row


def _amended(
    actor: Actor, row: K, values: Mapping[str, Any], noun: str, title: str, seen: int | None
) -> K:
    root: Record = getattr(row, "record", None) or row.partnership
    title = title if root.pk != row.partnership_id else ""
    changed = _changed(row, values)
    if not changed and title in ("", root.title):
        no_event("the row says this already")
        return row
    held = take(
        root.pk,
        seen_version=seen,
        mine={name: str(value) for name, value in changed.items()},
        theirs=lambda: {name: str(getattr(_again(row), name)) for name in changed},
        may=lambda held: judged(actor, Verb.CHANGE, held),
    )
    row = _again(row)
    changed = _changed(row, values)
    before = {name: getattr(row, name) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    row.save()
    if title and title != held.title:
        retitle(held, title)
    happened(actor, f"{noun} amended", held, before=_plain(before), after=_plain(changed))
    return row


def _again(row: K) -> K:
    """The row as it stands now that its root is locked: only then is a difference a difference."""
    return type(row)._default_manager.get(pk=row.pk)


def _changed(row: Keyed, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if getattr(row, name) != value}


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as an event keeps them: rows by their key or reference, empty ones left out."""
    told = {}
    for name, value in values.items():
        if isinstance(value, Model):
            value = getattr(value, "key", None) or str(value.pk)
        if value not in ("", None, [], {}):
            told[name] = value
    return told
