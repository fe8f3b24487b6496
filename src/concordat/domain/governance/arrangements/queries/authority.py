"""What is on record about who may decide, gathered for the rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from concordat.domain.base.agencies.models import Member, Partnership
from concordat.domain.base.records.models import Keyed, known_by
from concordat.domain.base.records.queries import visible
from concordat.domain.base.seats.models import Body, Holder, NamedPerson, Partner, Post, Seat
from concordat.domain.governance.arrangements import rules
from concordat.domain.governance.arrangements.models import Decision, Delegation, Matter
from concordat.kernel.actor import Actor
from concordat.kernel.dates import UncertainDate


class Naming:
    """Keys as one partnership's file writes them: another's rows carry its slug."""

    def __init__(self, home: Partnership) -> None:
        self.home = home
        self._slugs: dict[UUID, str] | None = None

    def key(self, row: Keyed | None) -> str:
        if row is None:
            return ""
        if row.partnership_id == self.home.pk:
            return row.key
        if self._slugs is None:
            self._slugs = dict(Partnership.objects.values_list("pk", "key"))
        return f"{self._slugs[row.partnership_id]}/{row.key}"


def matters(actor: Actor, partnership: Partnership) -> QuerySet[Matter]:
    rows = Matter.objects.filter(partnership=partnership.pk)
    return visible(actor, rows, record="partnership").order_by("order", "title")


def authority(
    actor: Actor,
    partnership: Partnership,
    matter: str,
    on: date,
    present: Iterable[str] | None = None,
    *,
    amount: int | None = None,
) -> rules.Authority:
    """Who could decide a matter on a day; raises `Invalid` for an unknown matter or seat."""
    return rules.authority(record_of(actor, partnership), matter, on, present, amount=amount)


def authority_of_seats(
    actor: Actor, partnership: Partnership, seats: Iterable[UUID], on: date
) -> list[Delegation]:
    """Delegations in force that certain seats, or the posts in them, hold that day."""
    there = [row for row in _sittings(partnership) if row.seat_id in set(seats)]
    posts = {row.post_id for row in there if row.in_force(on) == "yes"}
    held = _delegations(partnership)
    return [
        row
        for row in held
        if (row.seat_id in set(seats) or (row.post_id and row.post_id in posts))
        and row.in_force(on) == "yes"
    ]


def record_of(actor: Actor, partnership: Partnership, *, known: date | None = None) -> rules.Record:
    """Everything that bears on authority, by key; only what was known by a day if one is given.

    A partnership made of partnerships has the statutory partners of its members.
    """
    name = Naming(partnership)
    home = partnership.pk
    seats = list(Seat.objects.filter(partnership=home).select_related("agency", "body"))
    people = NamedPerson.objects.filter(partnership=home)
    bodies = list(Body.objects.filter(partnership=home).select_related("agency"))
    posts = list(Post.objects.filter(partnership=home).select_related("successor"))
    return rules.Record(
        matters={m.key: _matter(m) for m in matters(actor, partnership)},
        partners=tuple(_partner(name, row) for row in _partners(partnership, known)),
        delegations=tuple(_delegation(name, row) for row in _delegations(partnership, known)),
        decisions=tuple(_decision(name, row) for row in _decisions(partnership, known)),
        seats={row.key: _seat(name, row) for row in seats},
        sittings=tuple(_sitting(name, row) for row in _sittings(partnership, known)),
        bodies={row.key: row.name for row in bodies},
        body_agencies={row.key: name.key(row.agency) for row in bodies if row.agency},
        posts={name.key(row): row.title for row in posts},
        successors={name.key(row): name.key(row.successor) for row in posts if row.successor},
        people={row.key: row.name for row in people},
    )


def _partners(partnership: Partnership, known: date | None) -> Iterable[Partner]:
    slugs = Member.objects.filter(partnership=partnership.pk).values_list("member", flat=True)
    homes = [
        partnership.pk,
        *Partnership.objects.filter(key__in=slugs).values_list("pk", flat=True),
    ]
    rows = Partner.objects.filter(partnership__in=homes)
    rows = rows.filter(known_by(known)) if known else rows
    return rows.select_related("agency", "accountable", "delegate").order_by("pk")


def _delegations(partnership: Partnership, known: date | None = None) -> Iterable[Delegation]:
    rows = Delegation.objects.filter(partnership=partnership.pk)
    rows = rows.filter(known_by(known)) if known else rows
    return rows.select_related("agency", "post", "seat", "person", "under").order_by("key")


def _decisions(partnership: Partnership, known: date | None) -> Iterable[Decision]:
    rows = Decision.objects.filter(partnership=partnership.pk)
    rows = rows.filter(known_by(known)) if known else rows
    return rows.select_related("agency", "body").order_by("key")


def _sittings(partnership: Partnership, known: date | None = None) -> Iterable[Holder]:
    rows = Holder.objects.filter(partnership=partnership.pk)
    rows = rows.filter(known_by(known)) if known else rows
    return rows.select_related("seat", "post", "named").order_by("key")


def _matter(row: Matter) -> rules.Matter:
    return rules.Matter(row.key, row.title, tuple(row.classes), tuple(row.reserved_to), row.law)


def _partner(name: Naming, row: Partner) -> rules.Partner:
    return rules.Partner(
        key=name.key(row),
        agency=name.key(row.agency),
        name=row.agency.name,
        class_=row.partner_class,
        period=row.period,
        accountable=name.key(row.accountable),
        delegate=name.key(row.delegate),
        source=row.source,
    )


def _delegation(name: Naming, row: Delegation) -> rules.Delegation:
    return rules.Delegation(
        key=row.key,
        agency=name.key(row.agency),
        period=row.period,
        post=name.key(row.post),
        seat=name.key(row.seat),
        person=name.key(row.person),
        under=name.key(row.under),
        limbs=tuple(row.limbs),
        matters=tuple(row.matters),
        reserved=tuple(row.reserved),
        limit=row.limit,
        instrument=row.instrument,
        instrument_title=row.instrument_title,
        state=row.state,
        source=row.source,
    )


def _decision(name: Naming, row: Decision) -> rules.Decision:
    return rules.Decision(
        key=row.key,
        title=row.title,
        agency=name.key(row.agency),
        body=name.key(row.body),
        on=UncertainDate.parse(row.date) if row.date else None,
        state=row.state,
        matters=tuple(row.matters),
        source=row.source,
    )


def _seat(name: Naming, row: Seat) -> rules.Seat:
    title = f"{row.role}, {row.body.name}"
    return rules.Seat(row.key, title, name.key(row.agency), row.body.key, row.period)


def _sitting(name: Naming, row: Holder) -> rules.Sitting:
    return rules.Sitting(
        seat=row.seat.key,
        holding=row.holding,
        period=row.period,
        post=name.key(row.post),
        person=name.key(row.named),
    )
