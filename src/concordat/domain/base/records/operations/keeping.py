"""Keeping keyed rows: the same key again amends the row, and an equal row changes nothing.

`keep` sets down one row. `keep_new` sets down many at once that are all new, with the same
events: what judges, counts and writes is asked once for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db.models import Model

from concordat.domain.base.records.models import Keyed, Record, SearchEntry
from concordat.domain.base.records.operations.record import (
    clean_title,
    judged,
    next_references,
    open_record,
    retitle,
)
from concordat.domain.base.records.operations.unit import (
    Happening,
    happened,
    happened_each,
    locked,
    no_event,
    operation,
    take,
)
from concordat.domain.base.records.rules import RecordKind, Verb, search_text
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.sensitivity import Sensitivity

K = TypeVar("K", bound=Keyed)
TOGETHER = 2_000
NEVER = -1
"""A version that no record has: whoever saw it saw something else."""


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
    beneath: Record | None = None,
    seen_version: int | None = None,
) -> K:
    """Set down one row of a partnership, new or amended, with before and after in the event.

    The calling operation has asked its rules. `values` maps field names to values; what is
    not named stays. A row with an address of its own gives its `kind` and `title`. `beneath` is
    the record that the row is a part of: a new row is held as closely, and the events of a row
    without an address stand there, where whoever may open that one reads them.
    `seen_version` is the version of its record, or the fingerprint of a row that has none.
    """
    if not key:
        raise Invalid("The row needs a key.", field="key", mend="Use small letters and hyphens.")
    rows = model._default_manager.filter(partnership=partnership, key=key)
    row = rows.first()
    if row is None:
        judged(actor, Verb.CHANGE, locked(partnership.pk)).require()
        row = rows.first()
    if row is None:
        return _new(actor, model, partnership, key, values, noun, kind, title, opened, beneath)
    return _amended(actor, row, values, noun, title, seen_version, beneath)


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
    beneath: Record | None,
) -> K:
    row = model(partnership=partnership, key=key, **values)
    root = beneath or partnership
    if kind:
        root = open_record(
            actor,
            kind=kind,
            title=title,
            partnership=partnership,
            opened=opened or actor.on,
            sensitivity=beneath.level if beneath else Sensitivity.PARTNERSHIP,
            listed=beneath.listed if beneath else True,
        )
        row.record = root  # type: ignore[attr-defined]
    row.save(force_insert=True)
    happened(actor, f"{noun} set down", root, after={"key": key, **_plain(values)})
    return row


@dataclass(eq=False, slots=True)
class New:
    """A row to be set down. A value may be another new row that stands before this one.

    A row with an address of its own gives its `kind` and `title`. `row` is what it became.
    """

    model: type[Keyed]
    partnership: Record
    key: str
    values: dict[str, Any]
    noun: str
    kind: RecordKind | None = None
    title: str = ""
    row: Keyed | None = None
    record: Record | None = None


@operation
def keep_new(actor: Actor, *, rows: Sequence[New]) -> int:
    """Set down many new rows, each with its own event, and how many there were.

    The calling operation has asked its rules and knows that no key is taken: a key that is
    breaks the whole act, since no two rows of a kind may share one.
    """
    if not rows:
        no_event("there is nothing to set down")
        return 0
    hold_still(actor, partnerships=[row.partnership for row in rows])
    _open_records(actor, rows)
    waiting: dict[New, None] = {}
    for row in rows:
        if waiting and (row.model is not next(iter(waiting)).model or _points_to(row, waiting)):
            _insert([*waiting])
            waiting = {}
        waiting[row] = None
    _insert([*waiting])
    for first in range(0, len(rows), TOGETHER):
        done = [each for row in rows[first : first + TOGETHER] for each in _set_down(row)]
        happened_each(actor, done)
    return len(rows)


@operation
def hold_still(actor: Actor, *, partnerships: Iterable[Record]) -> None:
    """Let nobody else set down rows of these partnerships until the act around this ends.

    Refused to who may not change them.
    """
    no_event("holding still changes nothing")
    for pk in sorted({each.pk for each in partnerships}, key=str):
        judged(actor, Verb.CHANGE, locked(pk)).require()


def _points_to(row: New, others: Mapping[New, None]) -> bool:
    return any(isinstance(value, New) and value in others for value in row.values.values())


def _open_records(actor: Actor, rows: Sequence[New]) -> None:
    homes: dict[tuple[UUID, RecordKind], list[New]] = {}
    for row in rows:
        if row.kind:
            homes.setdefault((row.partnership.pk, row.kind), []).append(row)
    for (_, kind), group in homes.items():
        home = group[0].partnership
        for row, reference in zip(group, next_references(home, kind, len(group)), strict=True):
            row.record = Record(
                id=uuid4(),
                kind=kind,
                reference=reference,
                title=clean_title(row.title),
                partnership=home,
                sensitivity=Sensitivity.PARTNERSHIP,
                opened=actor.on,
            )
    made = [row.record for row in rows if row.record]
    Record.objects.bulk_create(made)
    SearchEntry.objects.bulk_create(
        [SearchEntry(record=each, title=search_text(each.title), words="") for each in made]
    )


def _insert(rows: Sequence[New]) -> None:
    for each in rows:
        each.values = {name: _became(value) for name, value in each.values.items()}
        each.row = each.model(partnership=each.partnership, key=each.key, **each.values)
        if each.record:
            each.row.record = each.record  # type: ignore[attr-defined]
        each.row.remember()
    rows[0].model._default_manager.bulk_create([each.row for each in rows if each.row])


def _became(value: Any) -> Any:
    return value.row if isinstance(value, New) else value


def _set_down(row: New) -> Iterator[Happening]:
    if row.record and row.kind:
        yield Happening(f"{row.kind.value} opened", row.record, after={"title": row.record.title})
    after = {"key": row.key, **_plain(row.values)}
    yield Happening(f"{row.noun} set down", row.record or row.partnership, after=after)


def _amended(
    actor: Actor, row: K, values: Mapping[str, Any], noun: str, title: str, seen: int | None,
    beneath: Record | None,
) -> K:  # fmt: skip
    own: Record | None = getattr(row, "record", None)
    root = own or beneath or row.partnership
    title = title if own else ""
    changed = _changed(row, values)
    if not changed and title in ("", root.title):
        no_event("the row says this already")
        return row
    held = take(
        root.pk,
        seen_version=seen if own else _seen_of(root, row, seen),
        mine={name: _in_words(value) for name, value in changed.items()},
        theirs=lambda: {name: _in_words(getattr(_again(row), name)) for name in changed},
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


def _seen_of(root: Record, row: Keyed, seen: int | None) -> int | None:
    """The version to hold the root against. A row without a record of its own is judged by
    itself: what else was done to its root meanwhile is nobody's conflict."""
    if seen is None:
        return None
    locked(root.pk)
    return None if _again(row).fingerprint == seen else NEVER


def _in_words(value: Any) -> str:
    """A value as a conflict shows it: rows by their name, lists with commas."""
    if isinstance(value, Model):
        names = (getattr(value, name, "") for name in ("name", "title", "role"))
        return next(filter(None, names), str(value))
    if isinstance(value, list | tuple):
        return ", ".join(_in_words(each) for each in value)
    return "" if value is None else str(value)


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
