"""What it costs to tell an act in the ledger, and to verify a ledger of so many events.

Events are written and sealed by the operations that write and seal all of them, so that every
key code and digest that is recomputed is a real one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

AT_ONCE = 1_000
RECENT = 100
ACTS = 50
Works = dict[str, Callable[[], object]]


def grow(size: int, seed: int, today: date) -> tuple[int, dict[str, Any]]:
    """Bring the ledger to this many events, or a few more than it has, all of them sealed.

    Returns how many there are, and the head that vouches for all but the newest hundred.
    """
    from concordat.domain.base.records import operations, queries
    from concordat.kernel.actor import process

    sealer = process("sealer", today)
    size = max(size, queries.extent().events + RECENT)
    _tell_up_to(size - RECENT, seed, today)
    while operations.seal(sealer):
        pass
    head = queries.head_of(queries.extent().seals)
    if head is None:
        raise RuntimeError("The ledger was not sealed.")
    _tell_up_to(size, seed, today)
    operations.seal(sealer)
    return size, head


def _tell_up_to(size: int, seed: int, today: date) -> None:
    from concordat.domain.base.records import queries
    from concordat.domain.base.records.models import Record
    from concordat.domain.base.records.operations import operation
    from concordat.domain.base.records.operations.unit import Happening, happened_each
    from concordat.kernel.actor import process

    records = list(Record.objects.order_by("reference")[:AT_ONCE])
    chance = Random(f"{seed} {size}")  # noqa: S311 - the same for the same seed

    def done(number: int) -> Happening:
        title = f"Do the thing numbered {number}"
        before, after = {"title": title}, {"title": f"{title}, by {chance.choice('ABC')}"}
        return Happening("renamed", chance.choice(records), f"Reason {number}", before, after)

    @operation
    def tell(actor: Any, *, numbers: range) -> None:
        happened_each(actor, [done(number) for number in numbers])

    actor = process("bench", today)
    for first in range(queries.extent().events, size, AT_ONCE):
        tell(actor, numbers=range(first, min(first + AT_ONCE, size)))


def verifying(head: dict[str, Any]) -> Works:
    """All of the ledger, what came since a head, and the texts hashed bare, each after the last."""
    from django.db import connection

    from concordat.domain.base.records import queries

    def sound(findings: list[queries.Finding]) -> None:
        if findings:
            raise RuntimeError(f"The ledger is not as written: {findings[0]}")

    def bare() -> str:
        running = b""
        with connection.cursor() as cursor:
            cursor.execute("SELECT text FROM records_event ORDER BY id")
            for (text,) in iter(cursor.fetchone, None):
                running = hashlib.sha256(running + text.encode()).digest()
        return running.hex()

    return {
        "verify": lambda: sound(queries.verify()),
        "verify since a head": lambda: sound(queries.verify_since(head)),
        "hashed bare": bare,
    }


def appending(today: date) -> Works:
    """Fifty acts that change one record, each in its own transaction, told and not told."""
    from concordat.domain.base.records.models import Record
    from concordat.domain.base.records.operations import happened, no_event, operation, take
    from concordat.kernel.actor import process

    actor, key = process("bench", today), Record.objects.order_by("reference")[0].pk

    def change() -> Record:
        record = take(key)
        record.title = record.title[::-1]
        record.save(update_fields=["title"])
        return record

    @operation
    def told(actor: Any) -> None:
        record = change()
        happened(actor, "renamed", record, after={"title": record.title})

    @operation
    def untold(actor: Any) -> None:
        change()
        no_event("measured without one")

    def times(act: Callable[[Any], None]) -> Callable[[], object]:
        return lambda: [act(actor) for _ in range(ACTS)]

    return {"told": times(told), "untold": times(untold)}
