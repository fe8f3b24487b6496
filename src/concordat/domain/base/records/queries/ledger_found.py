"""What a look at the ledger may find, and how rows of it are read that nothing vouches for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.db import OperationalError
from django.db.models import CharField, Model, QuerySet, TextField

PAGE = 2000
UNREADABLE = (ValueError, TypeError, OverflowError, OperationalError)
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was written. `event` or `seal` names the row where known."""

    what: str
    event: int | None = None
    seal: int | None = None

    def __str__(self) -> str:
        return self.what


def pages(rows: QuerySet[M]) -> Iterator[dict[int, M | None]]:
    """Rows by their keys, a page at a time; None for a row that cannot be read at all."""
    rows = rows.order_by("pk")
    keys: list[int] = list(rows.values_list("pk", flat=True)[:PAGE])
    while keys:
        yield _between(rows, keys[0], keys[-1])
        keys = list(rows.filter(pk__gt=keys[-1]).values_list("pk", flat=True)[:PAGE])


def _between(rows: QuerySet[M], first: int, last: int) -> dict[int, M | None]:
    page = rows.filter(pk__gte=first, pk__lte=last)
    try:
        found = list(page)
    except UNREADABLE:
        return {key: one(rows.model, key) for key in page.values_list("pk", flat=True)}
    texts = _texts(rows.model)
    return {row.pk: row if _is_plain(row, texts) else None for row in found}


def one(model: type[M], key: int) -> M | None:
    """A row that is there, or None where it cannot be read: SQLite keeps any value in any
    column, and a day that is none was not put there by us."""
    try:
        row = model._default_manager.get(pk=key)
    except UNREADABLE:
        return None
    return row if _is_plain(row, _texts(model)) else None


def _texts(model: type[M]) -> list[str]:
    kinds = (CharField, TextField)
    return [each.attname for each in model._meta.concrete_fields if isinstance(each, kinds)]


def _is_plain(row: Model, texts: list[str]) -> bool:
    return all(isinstance(getattr(row, each), str) for each in texts)
