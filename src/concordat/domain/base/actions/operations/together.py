"""One act on many actions: all of them or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime

from concordat.domain.base.actions.models import Action
from concordat.domain.base.actions.operations import handing, working
from concordat.domain.base.actions.queries.access import Owner
from concordat.domain.base.records.operations import no_event, operation
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Fault, Invalid, Refused, Stale

Chosen = Sequence[tuple[Action, int]]
"""Actions, each with the version in which it was seen."""


@operation
def close_all(
    actor: Actor, *, chosen: Chosen, done: str, statement: str = "", place: str = ""
) -> int:
    """Close many with the same account of what was done. How many."""
    return _each(
        chosen,
        lambda action, seen: working.close(
            actor, action=action, done=done, statement=statement, place=place, seen_version=seen
        ),
    )


@operation
def extend_all(actor: Actor, *, chosen: Chosen, due: date, reason: str) -> int:
    """Give many the same later day for the same reason. How many."""
    return _each(
        chosen,
        lambda action, seen: working.extend(
            actor, action=action, due=due, reason=reason, seen_version=seen
        ),
    )


@operation
def reassign_all(
    actor: Actor,
    *,
    chosen: Chosen,
    owner: Owner,
    reason: str,
    door: str = "",
    now: datetime | None = None,
) -> int:
    """Give many to one owner. How many."""
    return _each(
        chosen,
        lambda action, seen: handing.reassign(
            actor, action=action, owner=owner, reason=reason, seen_version=seen, door=door, now=now
        ),
    )


@operation
def ask_all(actor: Actor, *, chosen: Chosen, due: date | None = None) -> int:
    """Ask the owners of many how they stand. How many."""
    return _each(
        chosen,
        lambda action, seen: handing.ask_for_update(
            actor, action=action, due=due, seen_version=seen
        ),
    )


def _each(chosen: Chosen, act: Callable[[Action, int], object]) -> int:
    """Do it to each. Every action that it cannot be done to is told, and then none is changed."""
    no_event("each action has an event of its own")
    if not chosen:
        raise Invalid("Choose at least one action.", mend="Tick it in the list.")
    faults: list[Fault] = []
    for action, seen in chosen:
        try:
            act(action, seen)
        except Refused as refusal:
            faults.append(Fault(refusal.reason, place=action.record.reference))
        except Stale as stale:
            faults.append(_changed(action, stale))
        except Invalid as problem:
            faults += [_of(action, fault) for fault in problem.faults]
    if faults:
        raise Invalid(_told(faults, len(chosen)))
    return len(chosen)


def _changed(action: Action, stale: Stale) -> Fault:
    now = "; ".join(f"{label}: {text}" for label, text in stale.theirs.items() if text)
    return Fault(
        f"{stale.by} changed this meanwhile. It says now: {now}.",
        place=action.record.reference,
        mend="Look at it, then choose it again.",
    )


def _of(action: Action, fault: Fault) -> Fault:
    return Fault(fault.message, fault.field, action.record.reference, fault.mend)


def _told(faults: Sequence[Fault], chosen: int) -> list[Fault]:
    """What is wrong with all of them alike is told once, beside the field and not by the action."""
    alike = Counter((fault.message, fault.field, fault.mend) for fault in faults)
    everywhere = {told for told, times in alike.items() if times == chosen}
    once = [Fault(message, field, mend=mend) for message, field, mend in everywhere]
    rest = [f for f in faults if (f.message, f.field, f.mend) not in everywhere]
    return [*once, *rest]
