"""The few writes that every act makes, put to the database as they are.

Django makes and compiles each statement anew, which costs several times what it takes to run
one. These stand below every act; all others are written in Django's words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Field, Model

from concordat.domain.base.records.models import Counter, Record
from concordat.domain.base.records.queries.prepared import Prepared

_COLUMNS = [field.attname for field in Record._meta.concrete_fields]
_LOCKED = Prepared(
    lambda record: (
        Record.objects.select_for_update(no_key=True).filter(pk=record).values_list(*_COLUMNS)
    )
)


def insert(rows: Sequence[Model]) -> None:
    """Insert rows of one model, whose values are all set, its key too."""
    if not rows:
        return
    sql, fields = _insertion(type(rows[0]))
    values = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)


@cache
def _insertion(model: type[Model]) -> tuple[str, Sequence[Field[Any, Any]]]:
    fields = model._meta.concrete_fields
    name = connection.ops.quote_name
    columns = ", ".join(name(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = name(model._meta.db_table)
    return f"INSERT INTO {table} ({columns}) VALUES ({places})", fields  # noqa: S608 - names


def locked_row(record: UUID) -> Record:
    """A root row that nobody else changes until the act ends. Raises `Record.DoesNotExist`."""
    found = _LOCKED.rows(record=record)
    if not found:
        raise Record.DoesNotExist
    return Record.from_db(connection.alias, _COLUMNS, found[0])


def count_act(record: Record) -> None:
    """One more act was done to a locked row."""
    record.version += 1
    table, key = Record._meta.db_table, Record._meta.pk
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET version = %s WHERE id = %s",  # noqa: S608 - our own name
            [record.version, key.get_db_prep_value(record.pk, connection)],
        )


def counted(key: str, more: int) -> int:
    """The last number given out under a key, after so many more."""
    table = Counter._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (key, last) VALUES (%s, %s) ON CONFLICT (key) "  # noqa: S608
            f"DO UPDATE SET last = {table}.last + excluded.last RETURNING last",
            [key, more],
        )
        return int(cursor.fetchone()[0])
