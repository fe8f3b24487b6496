"""What hangs on a person: what lapses and what waits when they go."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from concordat.domain.base.asks.models import Ask
from concordat.domain.base.asks.queries import open_asks
from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import Record, maybe_in_force, surely_in_force
from concordat.domain.base.records.queries import can, visible
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Holder, Incumbency, Seat
from concordat.domain.base.seats.queries import seats_held
from concordat.domain.base.seats.rules import Holding
from concordat.domain.governance.arrangements.models import Delegation
from concordat.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class ByName:
    """What somebody holds by name: their seats, and what was delegated to them.

    `elsewhere` names partnerships where they hold something that this actor cannot end.
    """

    seats: list[Holder]
    delegations: list[Delegation]
    elsewhere: list[str]

    def lapsing(self, keeping: Container[int] = (), still_sits: bool = False) -> list[Delegation]:
        """The delegations that end with the seats: all but those of a named person who keeps a
        seat by name. Where none is held by name, a post that sits on keeps them (`still_sits`).
        """
        seated = {row.named_id for row in self.seats}
        kept = {row.named_id for row in self.seats if row.pk in keeping}
        return [
            d
            for d in self.delegations
            if d.person_id not in kept and not (still_sits and d.person_id not in seated)
        ]


def held_by_name(actor: Actor, person: Person, last_day: date) -> ByName:
    """What would outlast a last day though it goes with the person."""
    after = last_day + timedelta(days=1)
    rows = Holder.objects.filter(maybe_in_force(after), named__person=person)
    rows = rows.select_related("seat__record", "seat__body", "named__partnership")
    given = Delegation.objects.filter(maybe_in_force(after), person__person=person)
    given = given.exclude(state="ended").select_related("agency", "partnership", "person", "record")
    mine = {row.partnership_id: row.named.partnership for row in rows if row.named}
    mine |= {row.partnership_id: row.partnership for row in given}
    may = {pk for pk, record in mine.items() if can(actor, Verb.CHANGE, record)}
    return ByName(
        [row for row in rows.order_by("key") if row.partnership_id in may],
        [row for row in given.order_by("key") if row.partnership_id in may],
        sorted(record.title for pk, record in mine.items() if pk not in may),
    )


def sits_through_others(actor: Actor, leaving: Incumbency, last_day: date) -> bool:
    """Whether somebody who leaves one post sits in a seat through another of theirs."""
    posts = Incumbency.objects.filter(person=leaving.person_id, to_day__isnull=True)
    posts = visible(actor, posts.exclude(pk=leaving.pk), record="post__partnership")
    rows = Holder.objects.filter(
        surely_in_force(last_day + timedelta(days=1)), post__in=posts.values("post")
    )
    return rows.exists()


def lapsing(actor: Actor, person: Person, last_day: date) -> list[Delegation]:
    """Delegations given to this person by name that would otherwise outlast the last day."""
    return held_by_name(actor, person, last_day).delegations


def outlasting(actor: Actor, partnership: Record) -> list[tuple[Delegation, date]]:
    """Delegations by name that go on after the last seat held by that name, and its last day."""
    given = Delegation.objects.filter(partnership=partnership, person__isnull=False)
    given = visible(actor, given).exclude(state="ended")
    ends: dict[int, list[date | None]] = {}
    rows = Holder.objects.filter(named__in=given.values("person"))
    for named, to_text, last in rows.values_list("named_id", "to_text", "to_maybe"):
        ends.setdefault(named, []).append(last if to_text else None)
    found = []
    for row in given.order_by("key"):
        days = [day for day in ends.get(row.person_id or 0, [None]) if day]
        over = len(days) == len(ends.get(row.person_id or 0, [None]))
        if over and (row.to_maybe is None or row.to_maybe > max(days)):
            found.append((row, max(days)))
    return found


def given_by_name_to(actor: Actor, seat: Seat, on: date) -> list[Delegation]:
    """The delegations to those who sit in a seat by name: they lapse if it was their only one."""
    people = [
        row.named_id
        for row in Holder.objects.filter(maybe_in_force(on), seat=seat, named__isnull=False)
    ]
    rows = Delegation.objects.filter(maybe_in_force(on), person__in=people).exclude(state="ended")
    rows = rows.select_related("agency", "person", "record")
    return list(visible(actor, rows).order_by("key"))


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
