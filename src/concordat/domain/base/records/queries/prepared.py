"""Small queries that every act and every page asks: put into SQL once, asked with other values.

Django makes and compiles a query anew each time, which takes ten times as long as asking it.
The query stays written in Django's words. It is compiled with stand-ins for what it is asked
with, once for each engine and each number of values, and each value goes where its stand-in was.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import count
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.query import get_related_populators

from concordat.domain.base.records.models import Keyed

Value = UUID | date
Asked = Value | Collection[Value]
M = TypeVar("M", bound=Model)

MOST_SHAPES = 256
"""So many numbers of values are kept ready for one query; beyond them it is compiled anew."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value goes: the argument, and its turn if that is several values."""

    name: str
    turn: int | None

    def value(self, asked: dict[str, Any]) -> object:
        found = asked[self.name]
        return _adapted(found if self.turn is None else found[self.turn])


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: str
    params: tuple[Any, ...]
    """Each a `_Place`, or a value that is always the same."""
    converters: tuple[tuple[int, tuple[list[Callable[..., Any]], Any]], ...]
    made: Callable[[tuple[Any, ...]], Any]

    def given(self, asked: dict[str, Any]) -> list[Any]:
        return [each.value(asked) if isinstance(each, _Place) else each for each in self.params]


class Prepared:
    """One query of `values` or `values_list`. What it asks with are ids and days, or several of
    one of them; never nothing, since a query without it would be another query."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._compiled: dict[object, _Compiled] = {}

    def rows(self, **asked: Asked) -> list[tuple[Any, ...]]:
        """What the query finds now, as the tuples of its values."""
        return self._asked(_fixed(asked))[1]

    def _asked(self, fixed: dict[str, Any]) -> tuple[_Compiled, list[tuple[Any, ...]]]:
        compiled = self._for(fixed)
        with connection.cursor() as cursor:
            cursor.execute(compiled.sql, compiled.given(fixed))
            found = cursor.fetchall()
        if compiled.converters:
            found = [_converted(row, compiled) for row in found]
        return compiled, found

    def within(self, **asked: Asked) -> RawSQL:
        """The query as what another looks in: `Q(pk__in=...)`."""
        fixed = _fixed(asked)
        compiled = self._for(fixed)
        return RawSQL(compiled.sql, compiled.given(fixed))  # noqa: S611 - all values are bound

    def _for(self, asked: dict[str, Any]) -> _Compiled:
        shape = (connection.vendor, *((name, _many(value)) for name, value in asked.items()))
        compiled = self._compiled.get(shape)
        if compiled is None:
            compiled = _compile(self._build, asked)
            if len(self._compiled) < MOST_SHAPES:
                self._compiled[shape] = compiled
        return compiled


class PreparedRows(Prepared, Generic[M]):
    """One query of whole rows with those that it follows by `select_related`, unannotated. What
    it asks with are ids and days as for `Prepared`; it may ask with nothing."""

    def __init__(self, build: Callable[..., QuerySet[M]]) -> None:
        super().__init__(build)

    def found(self, **asked: Asked) -> list[M]:
        compiled, rows = self._asked(_fixed(asked))
        return [compiled.made(row) for row in rows]

    def first(self, **asked: Asked) -> M | None:
        return next(iter(self.found(**asked)), None)


@cache
def first_of(model: type[Keyed]) -> Prepared:
    """Whether a partnership has any row of a kind: most have none of most, and to find that out
    costs a tenth of reading none."""
    return Prepared(
        lambda partnership: model._default_manager.filter(partnership=partnership).values_list(
            "key"
        )[:1]
    )


def _fixed(asked: dict[str, Asked]) -> dict[str, Any]:
    return {
        name: value if isinstance(value, Value) else tuple(value) for name, value in asked.items()
    }


def _many(value: object) -> int | None:
    return len(value) if isinstance(value, tuple) else None


def _compile(build: Callable[..., QuerySet[Any, Any]], asked: dict[str, Any]) -> _Compiled:
    places: dict[object, _Place] = {}
    numbers = count(1)

    def stand_in(like: Value, place: _Place) -> Value:
        number = next(numbers)
        made = UUID(int=number) if isinstance(like, UUID) else date.fromordinal(number)
        places[_adapted(made)] = place
        return made

    def stand_ins(name: str, value: Any) -> Any:
        if isinstance(value, tuple):
            return [stand_in(each, _Place(name, turn)) for turn, each in enumerate(value)]
        return stand_in(value, _Place(name, None))

    compiler = build(**{name: stand_ins(name, value) for name, value in asked.items()}).query
    compiler = compiler.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    chosen = [column[0] for column in compiler.select]
    converters = tuple(compiler.get_converters(chosen).items())
    given = tuple(places.get(each, each) for each in params)
    return _Compiled(sql, given, converters, _maker(compiler))


def _maker(compiler: Any) -> Callable[[tuple[Any, ...]], Any]:
    """How a row becomes what Django would make of it: a tuple, or a model with what it follows."""
    told = compiler.klass_info
    if told is None:
        return tuple
    first, last = told["select_fields"][0], told["select_fields"][-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:last]]
    # The stubs describe a later Django, where this takes one thing more.
    followed = get_related_populators(told, compiler.select, connection.alias)  # type: ignore[call-arg]

    def made(row: tuple[Any, ...]) -> Any:
        found = told["model"].from_db(connection.alias, names, row[first:last])
        for each in followed:
            each.populate(row, found)
        return found

    return made


def _adapted(value: Value) -> object:
    """The value as the engine keeps it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return connection.ops.adapt_datefield_value(value)


def _converted(row: tuple[Any, ...], compiled: _Compiled) -> tuple[Any, ...]:
    told = list(row)
    for turn, (converters, expression) in compiled.converters:
        for each in converters:
            told[turn] = each(told[turn], expression, connection)
    return tuple(told)
