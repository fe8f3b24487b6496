"""What hangs on a person: what they may decide, what lapses and what waits when they go."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.queries import open_asks
from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import surely_in_force
from concordat.domain.base.records.queries import visible
from concordat.domain.base.seats.models import Holder
from concordat.domain.base.seats.queries import seats_held
from concordat.domain.base.seats.rules import Holding
from concordat.domain.governance.arrangements.models import Delegation
from concordat.domain.governance.arrangements.queries.authority import authority_of_seats
from concordat.kernel.actor import Actor


def powers_of(actor: Actor, person: Person, on: date) -> list[Delegation]:
    """The delegations that somebody's seats and posts hold on a day."""
    found: list[Delegation] = []
    held = seats_held(person.pk, on=on)
    homes = Partnership.objects.filter(pk__in={seat.partnership for seat in held})
    for home in visible(actor, homes):
        seats = [seat.seat for seat in held if seat.partnership == home.pk]
        found += authority_of_seats(actor, home, seats, on)
    return [row for row in found if row.state in ("", "in force")]


def lapsing(actor: Actor, person: Person, last_day: date) -> QuerySet[Delegation]:
    """Delegations given to this person by name that would otherwise outlast the last day."""
    after = last_day + timedelta(days=1)
    rows = Delegation.objects.filter(surely_in_force(after), person__person=person)
    return visible(actor, rows.select_related("agency", "partnership"), record="partnership")


def stranded_asks(actor: Actor, person: Person, last_day: date) -> list[Ask]:
    """Open asks of seats in which nobody but this person would sit after the last day."""
    seats = {held.seat for held in seats_held(person.pk, on=last_day)}
    if not seats:
        return []
    alone = seats - _seats_of_others(person, last_day + timedelta(days=1), seats)
    return list(open_asks(actor).filter(seat__in=alone).order_by("due", "pk"))


def _seats_of_others(person: Person, on: date, seats: set) -> set:  # type: ignore[type-arg]
    in_post = Q(post__incumbents__from_day__lte=on) & (
        Q(post__incumbents__to_day__isnull=True) | Q(post__incumbents__to_day__gte=on)
    )
    others = (in_post & ~Q(post__incumbents__person=person)) | (
        Q(named__person__isnull=False) & ~Q(named__person=person)
    )
    rows = Holder.objects.filter(surely_in_force(on), others, seat__in=seats)
    return set(rows.exclude(holding=Holding.VACANT).values_list("seat", flat=True))
