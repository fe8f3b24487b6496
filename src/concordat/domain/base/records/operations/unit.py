"""One act: one transaction, one verdict, its writes, its event.

`@operation` opens the transaction. An operation called from another joins it. `once`
makes the outermost one happen a single time for a form's token, however often the form
is sent. An act that leaves no event behind is a fault of the program and is rolled back.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from concordat.craft import signing
from concordat.domain.base.records import rules
from concordat.domain.base.records.models import Done, Event, EventDetail, Record
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused, Stale

P = ParamSpec("P")
R = TypeVar("R")
Texts = Mapping[str, str]


@dataclass(slots=True)
class Unit:
    """What one act has done so far."""

    name: str
    events: int = 0
    taken: set[UUID] = field(default_factory=set)


_unit: ContextVar[Unit | None] = ContextVar("unit", default=None)
_key: ContextVar[str] = ContextVar("key", default="")


class NoEvent(RuntimeError):
    """An operation wrote without saying what was done."""


def in_operation() -> bool:
    """Whether an act is open: nothing may be written while it is not."""
    return _unit.get() is not None


@contextmanager
def once(key: str) -> Iterator[None]:
    """The first operation inside has its effect once for this key; later ones find its result."""
    token = _key.set(key)
    try:
        yield
    finally:
        _key.reset(token)


def operation(
    function: Callable[Concatenate[Actor, P], R],
) -> Callable[Concatenate[Actor, P], R]:
    """Make a function the one act that it names."""

    @wraps(function)
    def act(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if in_operation():
            return function(actor, *args, **kwargs)
        name = f"{function.__module__.split('domain.')[-1]}.{function.__name__}"
        with transaction.atomic():
            return _perform(name, actor, lambda: function(actor, *args, **kwargs))

    act.is_operation = True  # type: ignore[attr-defined]
    return act


def _perform(name: str, actor: Actor, effect: Callable[[], R]) -> R:
    unit = Unit(name)
    token = _unit.set(unit)
    key = _key.get()
    try:
        if key and (earlier := _claim(key, name, actor)):
            return _result_of(earlier)  # type: ignore[return-value]
        result = effect()
        if not unit.events:
            raise NoEvent(f"{name} recorded no event.")
        if key:
            _keep_result(key, result)
        return result
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


def _keep_result(key: str, result: object) -> None:
    kept: object = None
    if isinstance(result, models.Model):
        kept = {"model": result._meta.label, "pk": str(result.pk)}
    Done.objects.filter(key=key).update(result=kept)


def _result_of(earlier: Done) -> object:
    if not earlier.result:
        return None
    model = apps.get_model(earlier.result["model"])
    return model._default_manager.get(pk=earlier.result["pk"])


def take(
    record: UUID,
    *,
    seen_version: int | None = None,
    mine: Texts | None = None,
    theirs: Callable[[], Texts] | None = None,
) -> Record:
    """Lock a root row, check that it is as the actor saw it, and count this act.

    Raises `Stale` with both texts when somebody else came first. `mine` is what the actor
    wrote by label; `theirs` reads what stands now under the same labels.
    """
    unit = _unit.get()
    if unit is None:
        raise NoEvent("A record is taken inside an operation only.")
    held = Record.objects.select_for_update().get(pk=record)
    if record in unit.taken:
        return held
    if seen_version is not None and held.version != seen_version:
        raise Stale(mine or {}, theirs() if theirs else {}, by=_last_hand(record))
    held.version += 1
    held.save(update_fields=["version"])
    unit.taken.add(record)
    return held


def _last_hand(record: UUID) -> str:
    event = Event.objects.filter(record=record).order_by("-id").first()
    return (event.hand or event.actor) if event else ""


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
    unit = _unit.get()
    if unit is None:
        raise NoEvent("An event is recorded inside an operation only.")
    salt, old, new = secrets.token_hex(16), before or {}, after or {}
    event = Event(
        at=timezone.now(),
        verb=verb,
        actor=actor.name[:200],
        hand=actor.hand[:200],
        record=record.pk if record else None,
        reference=record.reference if record else "",
        kind=record.kind if record else "",
        partnership=record.partnership_id if record else None,
        reason=reason,
        detail_digest=rules.detail_digest(salt, old, new),
    )
    event.text = rules.canonical(event.told())
    event.digest = rules.digest(event.text)
    event.mac = rules.mac(event_key(), event.digest)
    event.save(force_insert=True)
    EventDetail(
        event=event.pk, salt=salt, before=rules.canonical(old), after=rules.canonical(new)
    ).save(force_insert=True)
    unit.events += 1
    return event


def no_event(why: str) -> None:
    """Let the act end without an event: nothing had to be done, or its rows are their own trace."""
    unit = _unit.get()
    if unit is None or not why:
        raise NoEvent("Say inside the operation why there is no event.")
    unit.events += 1


def event_key() -> bytes:
    return signing.derive(settings.LEDGER_SECRET, "event")
