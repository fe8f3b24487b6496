"""Keeping keyed rows: the same key again amends the row, and an equal row changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model

from concordat.domain.base.records import queries
from concordat.domain.base.records.models import Keyed, Record, SearchEntry
from concordat.domain.base.records.operations.record import open_record
from concordat.domain.base.records.operations.unit import happened, no_event, operation, take
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
    row = model._default_manager.filter(partnership=partnership, key=key).first()
    if row is None:
        queries.can(actor, Verb.CHANGE, partnership).require()
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
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    root: Record = getattr(row, "record", None) or row.partnership
    if not changed and (not title or title == root.title or root.pk == row.partnership_id):
        no_event("the row says this already")
        return row
    before = {name: getattr(row, name) for name in changed}
    held = take(
        root.pk,
        seen_version=seen,
        mine={name: str(value) for name, value in changed.items()},
        theirs=lambda: {name: str(value) for name, value in before.items()},
    )
    queries.can(actor, Verb.CHANGE, held).require()
    for name, value in changed.items():
        setattr(row, name, value)
    row.save()
    if title and root.pk != row.partnership_id and title != held.title:
        held.title = title
        held.save(update_fields=["title"])
        SearchEntry.objects.filter(record=held).update(title=title)
    happened(actor, f"{noun} amended", held, before=_plain(before), after=_plain(changed))
    return row


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as an event keeps them: rows by their key or reference, empty ones left out."""
    told = {}
    for name, value in values.items():
        if isinstance(value, Model):
            value = getattr(value, "key", None) or str(value.pk)
        if value not in ("", None, [], {}):
            told[name] = value
    return told
