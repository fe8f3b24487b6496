"""A cast's actions: raised and worked on, each on its day, by real operations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from concordat.domain.assurance.exchange.operations import naming
from concordat.domain.assurance.exchange.rules.cast import Action as Invented
from concordat.domain.assurance.exchange.rules.cast import Cast, Deed, day
from concordat.domain.base.actions import operations
from concordat.domain.base.actions.models import Action
from concordat.domain.base.actions.rules import Priority, Standing
from concordat.domain.base.records.operations import operation
from concordat.domain.base.seats.models import Body
from concordat.kernel.actor import Actor, process
from concordat.kernel.errors import Invalid


@operation
def raise_action(actor: Actor, cast: Cast, invented: Invented) -> Action:
    """Raise an invented action and do with it what the cast says, in its order."""
    on = _day(invented.raised, actor.on)
    action = operations.add(
        process(invented.by, on),
        source=naming.record_of(cast, invented.source),
        what=invented.what,
        set_by=Body.objects.select_related("record").get(
            pk=naming.record_of(cast, f"bodies:{invented.set_by}").pk
        ),
        owner=naming.owner_of(cast, invented.owner),
        due=day(invented.due, actor.on),
        look_every=invented.look_every,
        why=invented.why,
        source_place=invented.place,
        priority=Priority(invented.priority),
        evidence_wanted=invented.good,
    )
    for deed in invented.then:
        _ACTS[deed.act](process(deed.by, _day(deed.day, actor.on)), action, deed, actor.on)
    return action


def _day(told: date | int, on: date) -> date:
    found = day(told, on)
    assert found is not None  # noqa: S101 - a number or a day always gives one
    return found


def watch(actor: Actor, cast: Cast) -> None:
    """What the timer would have done by the day of loading."""
    if cast.actions:
        watcher = process("action watcher", actor.on)
        operations.mark_overdue(watcher)
        operations.ask_for_updates(watcher)


def _update(actor: Actor, action: Action, deed: Deed, _on: date) -> None:
    operations.update(actor, action=action, standing=Standing(deed.standing), words=deed.words)


def _extend(actor: Actor, action: Action, deed: Deed, on: date) -> None:
    operations.extend(actor, action=action, due=_due(deed, on), reason=deed.words)


def _due(deed: Deed, on: date) -> date:
    due = day(deed.due, on)
    if due is None:
        raise Invalid(f"“{deed.act}” needs a day.", field="due")
    return due


def _close(actor: Actor, action: Action, deed: Deed, _on: date) -> None:
    operations.close(
        actor, action=action, done=deed.words, statement=deed.evidence, place=deed.place
    )


def _accept(actor: Actor, action: Action, deed: Deed, _on: date) -> None:
    operations.accept(actor, action=action, note=deed.words)


def _find_inadequate(actor: Actor, action: Action, deed: Deed, on: date) -> None:
    operations.find_inadequate(actor, action=action, reason=deed.words, due=_due(deed, on))


def _withdraw(actor: Actor, action: Action, deed: Deed, _on: date) -> None:
    operations.withdraw(actor, action=action, reason=deed.words)


def _late(actor: Actor, action: Action, deed: Deed, _on: date) -> None:
    operations.mark_overdue(actor)


_ACTS: dict[str, Callable[[Actor, Action, Deed, date], None]] = {
    "update": _update,
    "extend": _extend,
    "close": _close,
    "accept": _accept,
    "find inadequate": _find_inadequate,
    "withdraw": _withdraw,
    "late": _late,
}
