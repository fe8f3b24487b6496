"""A programme or one of its things as it stands once its record is taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from concordat.domain.base.records.models import Keyed, Record
from concordat.domain.base.records.operations import take
from concordat.domain.base.records.queries import can, is_free
from concordat.domain.base.records.rules import Verb, is_open
from concordat.domain.governance.programme.models import (
    Contract,
    LearningCycle,
    Milestone,
    Priority,
    Product,
    Programme,
)
from concordat.domain.governance.programme.rules import learning, life
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.transitions import States
from concordat.kernel.verdict import Verdict

Thing = Programme | Priority | Milestone | Product | Contract | LearningCycle
M = TypeVar("M", bound=Thing)
May = Callable[[Record], Verdict]
TABLES: dict[type[Keyed], States] = {
    Programme: life.PROGRAMMES,
    Priority: life.PRIORITIES,
    Milestone: life.MILESTONES,
    Product: life.PRODUCTS,
    Contract: life.CONTRACTS,
    LearningCycle: learning.LEARNING,
}


def where_it_stands(row: Thing) -> str:
    return row.making if isinstance(row, Product) else row.stage


def taken(
    actor: Actor,
    row: M,
    move: str,
    *,
    seen_version: int | None = None,
    mine: Mapping[str, str] | None = None,
    theirs: Callable[[M], Mapping[str, str]] | None = None,
    may: May | None = None,
) -> tuple[Record, M]:
    """The row, locked, by somebody who may do this with it, while its table has the move.

    Raises `Stale` when it is not as the actor saw it; `theirs` tells what stands now.
    """

    def judge(held: Record) -> Verdict:
        return may(held) if may else can(actor, Verb.CHANGE, held)

    record = take(
        row.pk,
        seen_version=seen_version,
        mine=mine,
        theirs=lambda: theirs(again(row)) if theirs else {"state": where_it_stands(again(row))},
        may=lambda held: judge(held) & is_open(held.closed),
    )
    held = again(row)
    TABLES[type(held)].verdict(where_it_stands(held), move).require()
    is_free(record, move).require()
    return record, held


def again(row: M) -> M:
    rows = type(row)._default_manager.select_related("record", "partnership")
    return cast("M", rows.get(pk=row.pk))


def valid(told: Verdict, field: str) -> None:
    """Raise `Invalid` beside the field unless the answer is yes."""
    if not told:
        raise Invalid(str(told), field=field)


def reasoned(reason: str) -> str:
    valid(life.is_reason(reason), "reason")
    return reason.strip()
