"""One act: one transaction, one verdict, its writes, its event.

`@operation` opens the transaction. An operation called from another joins it and stands
behind a savepoint: if it fails and the outer one goes on, nothing of it is left. `once`
makes the outermost one happen a single time for a form's token, however often the form
is sent. An act that leaves no event behind is a fault of the program and is rolled back.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from concordat.craft import signing
from concordat.domain.base.records import rules
from concordat.domain.base.records.models import Done, Event, EventDetail, Record
from concordat.domain.base.records.operations import plain
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused, Stale
from concordat.kernel.verdict import Verdict

P = ParamSpec("P")
R = TypeVar("R")
Texts = Mapping[str, str]


@dataclass(slots=True)
class Unit:
    """What one act has done so far. `taken` holds each record's version as it was found."""

    around: Unit | None = None
    events: int = 0
    taken: dict[UUID, int] = field(default_factory=dict)

    def found(self, record: UUID) -> int | None:
        """The version at which this act or one around it took the record."""
        if record in self.taken or self.around is None:
            return self.taken.get(record)
        return self.around.found(record)

    def join(self, inner: Unit) -> None:
        self.events += inner.events
        self.taken |= inner.taken


_unit: ContextVar[Unit | None] = ContextVar("unit", default=None)
_key: ContextVar[str] = ContextVar("key", default="")


class NoEvent(RuntimeError):
    """An operation wrote without saying what was done."""


def in_operation() -> bool:
    """Whether an act is open: nothing may be written while it is not."""
    return _unit.get() is not None


@contextmanager
def once(key: str) -> Iterator[None]:
    """The first operation inside has its effect once for this key; later ones find its result.

    The operation's result must be rows, numbers or nothing: what can be found again.
    """
    token = _key.set(rules.digest(key) if key else "")
    try:
        yield
    finally:
        _key.reset(token)


def operation(
    function: Callable[Concatenate[Actor, P], R],
) -> Callable[Concatenate[Actor, P], R]:
    """Make a function the one act that it names."""
    name = f"{function.__module__.split('domain.')[-1]}.{function.__name__}"

    @wraps(function)
    def act(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
        effect = partial(function, actor, *args, **kwargs)
        around = _unit.get()
        if around is not None:
            return _within(around, effect)
        key = _key.get()
        token = _key.set("")
        try:
            with transaction.atomic():
                return _perform(name, actor, key, effect)
        finally:
            _key.reset(token)

    act.is_operation = True  # type: ignore[attr-defined]
    return act


def _within(around: Unit, effect: Callable[[], R]) -> R:
    inner = Unit(around)
    with transaction.atomic(), _as_unit(inner):
        result = effect()
    around.join(inner)
    return result


def _perform(name: str, actor: Actor, key: str, effect: Callable[[], R]) -> R:
    unit = Unit()
    with _as_unit(unit):
        if key and (earlier := _claim(key, name, actor)):
            return _found_again(earlier.result)  # type: ignore[return-value]
        result = effect()
        if not unit.events:
            raise NoEvent(f"{name} recorded no event.")
        if key:
            Done.objects.filter(key=key).update(result=_kept(name, result))
        return result


@contextmanager
def _as_unit(unit: Unit) -> Iterator[None]:
    token = _unit.set(unit)
    try:
        yield
    finally:
        _unit.reset(token)


def _claim(key: str, name: str, actor: Actor) -> Done | None:
    """Take the key, or find what was done with it. A second sender waits for the first."""
    try:
        with transaction.atomic():
            Done.objects.create(key=key, operation=name, person=actor.person)
    except IntegrityError:
        earlier = Done.objects.get(key=key)
        if (earlier.operation, earlier.person) != (name, actor.person):
            raise Refused(
                "This form was already used for something else. Open it afresh."
            ) from None
        return earlier
    return None


def _kept(name: str, result: object) -> Any:
    if result is None or isinstance(result, bool | int):
        return result
    if isinstance(result, models.Model):
        return {"model": result._meta.label, "pk": str(result.pk)} if result.pk else None
    if isinstance(result, list | tuple):
        return {type(result).__name__: [_kept(name, each) for each in result]}
    raise TypeError(
        f"{name} returned a {type(result).__name__}, which a form sent again could not be "
        "given. Return rows, numbers or nothing."
    )


def _found_again(kept: Any) -> object:
    if not isinstance(kept, dict):
        return kept
    for many in (list, tuple):
        if many.__name__ in kept:
            return many(_found_again(each) for each in kept[many.__name__])
    model = apps.get_model(kept["model"])
    row = model._default_manager.filter(pk=kept["pk"]).first()
    if row is None:
        raise Refused("This form was sent before, and what it made is no longer there.")
    return row


def take(
    record: UUID,
    *,
    seen_version: int | None = None,
    mine: Texts | None = None,
    theirs: Callable[[], Texts] | None = None,
    may: Callable[[Record], Verdict] | None = None,
) -> Record:
    """Lock a root row, check that it is as the actor saw it, and count this act.

    `may` judges the locked row before anything is told of it. Raises `Stale` with both texts
    when somebody else came first: `mine` is what the actor wrote by label, `theirs` reads
    what stands now under the same labels.
    """
    unit = _unit.get()
    if unit is None:
        raise NoEvent("A record is taken inside an operation only.")
    held = locked(record)
    if may:
        may(held).require()
    earlier = unit.found(record)
    version = held.version if earlier is None else earlier
    if seen_version is not None and version != seen_version:
        now = version if seen_version >= 0 else None
        raise _stale(record, now, mine or {}, theirs() if theirs else {})
    if earlier is None:
        unit.taken[record] = version
        plain.count_act(held)
    return held


def locked(record: UUID) -> Record:
    """A root row that nobody else changes until this act ends. Rows that only point to it do
    not wait, so that two acts which each added one do not wait for each other."""
    return plain.locked_row(record)


def _stale(record: UUID, version: int | None, mine: Texts, theirs: Texts) -> Stale:
    last = Event.objects.filter(record=record).order_by("-id").first()
    by, at = (last.hand or last.actor, last.at) if last else ("", None)
    return Stale(mine, theirs, by=by, at=at, version=version)


@dataclass(frozen=True, slots=True)
class Happening:
    """What was done to one record: `verb` in the past tense, before and after apart."""

    verb: str
    record: Record | None = None
    reason: str = ""
    before: Mapping[str, object] = field(default_factory=dict)
    after: Mapping[str, object] = field(default_factory=dict)


def happened(
    actor: Actor,
    verb: str,
    record: Record | None = None,
    *,
    reason: str = "",
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> Event:
    """Write down what was done: `verb` in the past tense, before and after apart."""
    (event,) = happened_each(actor, [Happening(verb, record, reason, before or {}, after or {})])
    return event


def happened_each(actor: Actor, done: Sequence[Happening]) -> list[Event]:
    """Write down many things at once, in their order, each as an event of its own."""
    unit = _unit.get()
    if unit is None:
        raise NoEvent("An event is recorded inside an operation only.")
    key, now = event_key(), timezone.now()
    told = [
        _told(actor, number, now, key, each)
        for number, each in zip(_next_numbers(len(done)), done, strict=True)
    ]
    plain.insert([event for event, _ in told])
    plain.insert([detail for _, detail in told])
    unit.events += len(told)
    return [event for event, _ in told]


def _told(
    actor: Actor, number: int, at: datetime, key: bytes, done: Happening
) -> tuple[Event, EventDetail]:
    salt = secrets.token_hex(16)
    old, new = rules.canonical(done.before), rules.canonical(done.after)
    record = done.record
    event = Event(
        id=number,
        at=at,
        verb=done.verb,
        actor=actor.name[:200],
        hand=actor.hand[:200],
        record=record.pk if record else None,
        reference=record.reference if record else "",
        kind=record.kind if record else "",
        partnership=record.partnership_id if record else None,
        reason=done.reason,
        detail_digest=rules.detail_digest(salt, old, new),
    )
    event.text = rules.canonical(event.told())
    event.digest = rules.digest(event.text)
    event.mac = rules.mac(key, event.digest)
    return event, EventDetail(event=number, salt=salt, before=old, after=new)


_NUMBERS = {
    "sqlite": (
        "WITH RECURSIVE given(n, more) AS (SELECT 1 + MAX(COALESCE((SELECT seq FROM "
        "sqlite_sequence WHERE name = 'records_event'), 0), COALESCE((SELECT MAX(id) FROM "
        "records_event), 0)), %s UNION ALL SELECT n + 1, more - 1 FROM given WHERE more > 1) "
        "SELECT n FROM given WHERE more > 0"
    ),
    "postgresql": (
        "SELECT nextval(pg_get_serial_sequence('records_event', 'id')) FROM generate_series(1, %s)"
    ),
}


def _next_numbers(count: int) -> list[int]:
    """An event's number is asked for first, since its text holds it: a row moved or copied
    to another number shows. SQLite has one writer, so nobody else takes the same."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS[connection.vendor], [count])
        return [int(number) for (number,) in cursor.fetchall()]


def no_event(why: str) -> None:
    """Let the act end without an event: nothing had to be done, or its rows are their own trace."""
    unit = _unit.get()
    if unit is None or not why:
        raise NoEvent("Say inside the operation why there is no event.")
    unit.events += 1


def event_key() -> bytes:
    return signing.derive(settings.LEDGER_SECRET, "event")
