"""What somebody's seats let them decide on a day, a sentence for each delegation."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.agencies.queries import partnerships
from concordat.domain.governance.arrangements.queries.authority import authority_of_seats
from concordat.kernel.actor import Actor, SeatHeld
from concordat.kernel.labels import join_words
from concordat.kernel.money import in_pounds


def what_they_may_decide(actor: Actor) -> list[str]:
    homes = {home.pk: home for home in partnerships(actor)}
    by_home: dict[UUID, list[SeatHeld]] = {}
    for seat in actor.seats:
        by_home.setdefault(seat.partnership, []).append(seat)
    return [
        sentence
        for pk, seats in by_home.items()
        if pk in homes
        for sentence in _delegated(actor, homes[pk], seats)
    ]


def _delegated(actor: Actor, home: Partnership, seats: list[SeatHeld]) -> list[str]:
    held = authority_of_seats(actor, home, [seat.seat for seat in seats], actor.on)
    return [_in_words(row) for row in held if row.state in ("", "in force")]


def _in_words(row: Any) -> str:
    limbs = [limb.removeprefix("commit on ") for limb in row.limbs if limb.startswith("commit")]
    what = f"decide on {join_words(limbs)}" if limbs else "speak"
    limit = f" up to {in_pounds(row.limit)}" if row.limit is not None else ""
    until = f" until {row.period.end}" if row.period.end else ""
    return f"You may {what} for {row.agency.name}{limit}{until}."
