"""What one person may decide on a day: what reaches them, and not whoever else sits there.

A seat's power is used by its holder, and by a deputy only where the body's terms of reference
let deputies count. A post's power goes with the post, to whoever followed in it; what was
given by name is that person's alone and ends with their seat.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.agencies.queries import partnerships
from concordat.domain.base.people.models import Person
from concordat.domain.base.records.models import surely_in_force
from concordat.domain.base.records.queries import visible
from concordat.domain.base.seats.models import Holder, NamedPerson, Post, Terms
from concordat.domain.base.seats.queries import posts_held, seats_held
from concordat.domain.base.seats.rules import Holding
from concordat.domain.governance.arrangements.models import Delegation, Matter
from concordat.domain.governance.arrangements.rules.delegations import deputies_count
from concordat.domain.governance.arrangements.rules.words import NONE_ON_RECORD
from concordat.kernel.actor import Actor, SeatHeld
from concordat.kernel.labels import join_words
from concordat.kernel.money import in_pounds


def powers_of(actor: Actor, person: Person, on: date) -> list[Delegation]:
    """The delegations that somebody may use on a day; not what others in the same seats hold."""
    held = seats_held(person.pk, on=on)
    homes = Partnership.objects.filter(pk__in={seat.partnership for seat in held})
    return _reaching(person.pk, held, visible(actor, homes), on)


def _reaching(
    person: UUID, seats: Iterable[SeatHeld], homes: Iterable[Partnership], on: date
) -> list[Delegation]:
    """Delegations in force that one person may use from their seats, in as many queries for
    several partnerships as for one."""
    sat = list(seats)
    mine = posts_held(person, on=on)
    here = Q(post__in=mine) | Q(named__person=person)
    rows = Holder.objects.filter(here, surely_in_force(on), seat__in=[row.seat for row in sat])
    through = list(rows.exclude(holding=Holding.VACANT).values_list("post", "named"))
    posts = _with_earlier({post for post, _ in through if post})
    by_name = Q(person__in=[named for _, named in through if named])
    if posts:
        by_name |= Q(person__in=NamedPerson.objects.filter(person=person).values("pk"))
    held = Q(seat__in=_usable(sat, on)) | Q(post__in=posts) | by_name
    found = Delegation.objects.filter(held, partnership__in=[home.pk for home in homes])
    found = found.filter(state__in=("", "in force"))
    found = found.select_related("agency", "post", "seat", "person", "record")
    return [row for row in found.order_by("key") if row.in_force(on) == "yes"]


def _usable(seats: list[SeatHeld], on: date) -> set[UUID]:
    """The seats whose own power somebody may use: held outright, or as a deputy who counts."""
    deputised = {seat.seat: seat.body for seat in seats if seat.deputy}
    outright = {seat.seat for seat in seats if not seat.deputy}
    if not deputised:
        return outright
    told: dict[UUID, list[bool | None]] = {}
    terms = Terms.objects.filter(surely_in_force(on), body__in=deputised.values())
    for body, counts in terms.values_list("body", "substitutes"):
        told.setdefault(body, []).append(counts)
    return outright | {
        seat for seat, body in deputised.items() if deputies_count(told.get(body, ()))
    }


def _with_earlier(posts: set[int]) -> set[int]:
    """Posts and all those that they followed."""
    found, new = set(posts), posts
    while new:
        earlier = Post.objects.filter(successor__in=new).exclude(pk__in=found)
        new = set(earlier.values_list("pk", flat=True))
        found |= new
    return found


def what_they_may_decide(actor: Actor) -> list[str]:
    """A sentence for each delegation that reaches the actor, in the order of their seats."""
    if actor.person is None:
        return []
    order = list(dict.fromkeys(seat.partnership for seat in actor.seats))
    held = _reaching(actor.person, actor.seats, partnerships(actor), actor.on)
    titles = _titles(held)
    return [_in_words(row, titles) for row in sorted(held, key=lambda row: _place(order, row))]


def _place(order: list[Any], row: Any) -> int:
    return order.index(row.partnership_id) if row.partnership_id in order else len(order)


def _titles(rows: list[Delegation]) -> dict[tuple[UUID, str], str]:
    homes = {row.partnership_id for row in rows if row.matters}
    named = Matter.objects.filter(partnership__in=homes) if homes else Matter.objects.none()
    return {(home, key): title for home, key, title in named.values_list(*_MATTER)}


_MATTER = ("partnership", "key", "title")


def _in_words(row: Any, titles: dict[tuple[UUID, str], str]) -> str:
    if row.instrument == NONE_ON_RECORD:
        return f"You may not decide for {row.agency.name} yet: no instrument on record says so."
    limit = f" up to {in_pounds(row.limit)}" if row.limit is not None else ""
    until = f" until {row.period.end}" if row.period.end else ""
    only = [titles.get((row.partnership_id, key), key) for key in row.matters]
    about = f", only on: {join_words(only)}" if only else ""
    return f"You may {_may(row.limbs)} for {row.agency.name}{limit}{until}{about}."


def _may(limbs: list[str]) -> str:
    """A delegation whose limbs no source states lets its holder decide."""
    commits = [limb.removeprefix("commit on ") for limb in limbs if limb.startswith("commit")]
    if commits:
        return f"decide on {join_words(commits)}"
    return "speak" if limbs else "decide"
