"""Every row of some tables as the database holds it, to be compared with what is there later.

Read without the models: a comparison asks for thousands of rows, and making each column into a
value of Python takes many times longer than reading it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

Rows = dict[str, list[tuple[Any, ...]]]


def models_of(*packages: str) -> list[type[Model]]:
    return [model for name in packages for model in apps.get_app_config(name).get_models()]


def rows_of(models: Iterable[type[Model]]) -> Rows:
    """By the label of each model: the names of its columns, then its rows in order."""
    with connection.cursor() as cursor:
        return {model._meta.label: _read(cursor, model) for model in models}


def _read(cursor: CursorWrapper, model: type[Model]) -> list[tuple[Any, ...]]:
    names = (model._meta.db_table, model._meta.pk.column)
    cursor.execute('SELECT * FROM "{}" ORDER BY "{}"'.format(*names))
    return [tuple(each[0] for each in cursor.description), *cursor.fetchall()]


@contextmanager
def kept(models: Collection[type[Model]], *, given: type[Model]) -> Iterator[None]:
    """No row of theirs is another at the end of the block. Of `given` there are some."""
    before = rows_of(models)
    assert len(before[given._meta.label]) > 1, "there must be something that could have changed"
    yield
    assert rows_of(models) == before
