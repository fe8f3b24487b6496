"""Who sits where, with what follows for power that was given by name: it ends with the seat."""

from __future__ import annotations

from datetime import date

from concordat.domain.base.records.models import Record
from concordat.domain.base.records.operations import operation
from concordat.domain.base.seats import operations as seats
from concordat.domain.base.seats.models import Holder, NamedPerson, Post, Seat
from concordat.domain.base.seats.rules import Holding
from concordat.domain.governance.arrangements import queries
from concordat.domain.governance.arrangements.operations.delegating import end_or_withdraw
from concordat.kernel.actor import Actor

LOST_SEAT = "The seat held by name has ended"


@operation
def appoint(
    actor: Actor,
    *,
    seat: Seat,
    holding: Holding,
    from_day: date,
    post: Post | None = None,
    named: NamedPerson | None = None,
    to_day: date | None = None,
    source: str = "",
    seen_version: int | None = None,
) -> Holder:
    """Put a post or somebody by name into a seat, as `seats.appoint` does it."""
    row = seats.appoint(
        actor,
        seat=seat,
        post=post,
        named=named,
        holding=holding,
        from_day=from_day,
        to_day=to_day,
        source=source,
        seen_version=seen_version,
    )
    _end_outlasting(actor, seat.partnership)
    return row


@operation
def vacate(
    actor: Actor, *, seat: Seat, from_day: date, reason: str, seen_version: int | None = None
) -> Holder:
    """Say that nobody sits in a seat from a day."""
    row = seats.vacate(
        actor, seat=seat, from_day=from_day, reason=reason, seen_version=seen_version
    )
    _end_outlasting(actor, seat.partnership)
    return row


@operation
def end_holding(actor: Actor, *, holder: Holder, last_day: date, reason: str = "") -> Holder:
    """End a row of a seat on its last whole day."""
    row = seats.end_holding(actor, holder=holder, last_day=last_day, reason=reason)
    _end_outlasting(actor, holder.seat.partnership)
    return row


def _end_outlasting(actor: Actor, partnership: Record) -> None:
    """A delegation by name is never longer than the last seat held by that name."""
    for delegation, last in queries.outlasting(actor, partnership):
        end_or_withdraw(actor, delegation=delegation, last_day=last, reason=LOST_SEAT)
