"""What somebody's seats let them decide on a day, a sentence for each delegation."""

from __future__ import annotations

from typing import Any

from concordat.domain.base.agencies.queries import partnerships
from concordat.domain.governance.arrangements.queries.authority import delegated_to
from concordat.kernel.actor import Actor
from concordat.kernel.labels import join_words
from concordat.kernel.money import in_pounds


def what_they_may_decide(actor: Actor) -> list[str]:
    """In the order of the seats, however many partnerships they are in."""
    order = list(dict.fromkeys(seat.partnership for seat in actor.seats))
    held = delegated_to(actor, partnerships(actor), [seat.seat for seat in actor.seats], actor.on)
    return [_in_words(row) for row in sorted(held, key=lambda row: _place(order, row))]


def _place(order: list[Any], row: Any) -> int:
    return order.index(row.partnership_id) if row.partnership_id in order else len(order)


def _in_words(row: Any) -> str:
    limbs = [limb.removeprefix("commit on ") for limb in row.limbs if limb.startswith("commit")]
    what = f"decide on {join_words(limbs)}" if limbs else "speak"
    limit = f" up to {in_pounds(row.limit)}" if row.limit is not None else ""
    until = f" until {row.period.end}" if row.period.end else ""
    return f"You may {what} for {row.agency.name}{limit}{until}."
