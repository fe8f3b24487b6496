"""What is on record about who may decide, gathered for the rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from concordat.domain.base.agencies.models import Agency, Member, Partnership
from concordat.domain.base.records.models import Keyed, known_by
from concordat.domain.base.records.queries import visible
from concordat.domain.base.seats.models import (
    Body,
    Holder,
    NamedPerson,
    Partner,
    Post,
    Seat,
    Terms,
)
from concordat.domain.governance.arrangements import rules
from concordat.domain.governance.arrangements.models import Decision, Delegation, Matter
from concordat.kernel.actor import Actor
from concordat.kernel.dates import Period, UncertainDate

K = TypeVar("K", bound=Keyed)


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
        return f"{self._slug(row.partnership_id)}/{row.key}"

    def told(self, row: Keyed, key: str) -> str:
        """A key, or slug/key, that a row of some file holds as text."""
        slug, _, bare = key.rpartition("/")
        slug = slug or self._slug(row.partnership_id)
        return bare if slug == self.home.key else f"{slug}/{bare}"

    def _slug(self, home: UUID) -> str:
        if home == self.home.pk:
            return self.home.key
        if self._slugs is None:
            self._slugs = dict(Partnership.objects.values_list("pk", "key"))
        return self._slugs[home]


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
    """Delegations in force that certain seats, or the posts and people in them, hold that day."""
    wanted = set(seats)
    sitting = Holder.objects.filter(seat__in=wanted).exclude(holding="vacant")
    there = [row for row in sitting if row.in_force(on) == "yes"]
    posts = {row.post_id for row in there if row.post_id}
    people = {row.named_id for row in there if row.named_id}
    held = Q(seat__in=wanted) | Q(post__in=posts) | Q(person__in=people)
    rows = _delegations([partnership.pk], None).filter(held, state__in=("", "in force"))
    return [row for row in rows if row.in_force(on) == "yes"]


def record_of(actor: Actor, partnership: Partnership, *, known: date | None = None) -> rules.Record:
    """Everything that bears on authority, by key; only what was known by a day if one is given.

    A partnership made of partnerships has the statutory partners of its members, with what
    they handed on and decided; each member binds only its own agencies.
    """
    name = Naming(partnership)
    members = _members(partnership, known)
    homes = [partnership.pk, *members]
    posts = _known(Post.objects.filter(partnership__in=homes), known)
    people = NamedPerson.objects.filter(partnership__in=homes)
    agencies = Agency.objects.filter(partnership__in=homes).select_related("part_of")
    return rules.Record(
        matters={m.key: _matter(name, m) for m in matters(actor, partnership)},
        partners=tuple(
            _partner(name, row, span)
            for row in _partners(homes, known)
            for span in members.get(row.partnership_id, [Period()])
        ),
        delegations=tuple(_delegation(name, row) for row in _delegations(homes, known)),
        decisions=tuple(_decision(name, row) for row in _decisions(homes, known)),
        seats={name.key(row): _seat(name, row) for row in _seats(homes, known)},
        sittings=tuple(_sitting(name, row) for row in _sittings(homes, known)),
        bodies=_bodies(name, homes, known),
        posts={name.key(row): _post(name, row) for row in posts.select_related("successor")},
        people={name.key(row): row.name for row in people},
        agencies={name.key(row): _agency(name, row) for row in agencies},
    )


def _known(rows: QuerySet[K], known: date | None) -> QuerySet[K]:
    return rows.filter(known_by(known)) if known else rows


def _members(partnership: Partnership, known: date | None) -> dict[UUID, list[Period]]:
    """When each partnership that is loaded here belonged to this one."""
    spans: dict[str, list[Period]] = {}
    for row in _known(Member.objects.filter(partnership=partnership.pk), known):
        spans.setdefault(row.member, []).append(row.period)
    found = Partnership.objects.filter(key__in=spans).exclude(pk=partnership.pk)
    return {pk: spans[slug] for pk, slug in found.values_list("pk", "key")}


def _partners(homes: list[UUID], known: date | None) -> QuerySet[Partner]:
    rows = _known(Partner.objects.filter(partnership__in=homes), known)
    return rows.select_related("agency", "accountable", "delegate").order_by("pk")


def _delegations(homes: list[UUID], known: date | None) -> QuerySet[Delegation]:
    rows = _known(Delegation.objects.filter(partnership__in=homes), known)
    return rows.select_related("agency", "post", "seat", "person", "under", "decision").order_by(
        "key"
    )


def _decisions(homes: list[UUID], known: date | None) -> QuerySet[Decision]:
    rows = _known(Decision.objects.filter(partnership__in=homes), known)
    return rows.select_related("agency", "body", "post").order_by("key")


def _seats(homes: list[UUID], known: date | None) -> QuerySet[Seat]:
    rows = _known(Seat.objects.filter(partnership__in=homes), known)
    return rows.select_related("agency", "body")


def _sittings(homes: list[UUID], known: date | None) -> QuerySet[Holder]:
    rows = _known(Holder.objects.filter(partnership__in=homes), known)
    return rows.select_related("seat", "post", "named").order_by("key")


def _bodies(name: Naming, homes: list[UUID], known: date | None) -> dict[str, rules.Body]:
    terms: dict[UUID, list[tuple[Period, bool | None]]] = {}
    for row in _known(Terms.objects.filter(partnership__in=homes), known):
        terms.setdefault(row.body_id, []).append((row.period, row.substitutes))
    return {
        name.key(row): rules.Body(
            name.key(row), row.name, name.key(row.agency), tuple(terms.get(row.pk, ()))
        )
        for row in Body.objects.filter(partnership__in=homes).select_related("agency")
    }


def _matter(name: Naming, row: Matter) -> rules.Matter:
    kept = tuple(name.told(row, key) for key in row.reserved_to)
    return rules.Matter(row.key, row.title, tuple(row.classes), kept, row.law)


def _agency(name: Naming, row: Agency) -> rules.Agency:
    return rules.Agency(
        key=name.key(row),
        name=row.name,
        class_=row.agency_class,
        code=row.code,
        part_of=name.key(row.part_of),
        same_as=name.told(row, row.same_as) if row.same_as else "",
        successors=tuple(name.told(row, key) for key in row.successor),
        period=row.period,
    )


def _partner(name: Naming, row: Partner, membership: Period) -> rules.Partner:
    return rules.Partner(
        key=name.key(row),
        agency=name.key(row.agency),
        name=row.agency.name,
        class_=row.partner_class,
        period=row.period,
        accountable=name.key(row.accountable),
        delegate=name.key(row.delegate),
        source=row.source,
        within=(row.agency.period, membership),
    )


def _delegation(name: Naming, row: Delegation) -> rules.Delegation:
    return rules.Delegation(
        key=name.key(row),
        agency=name.key(row.agency),
        period=row.period,
        post=name.key(row.post),
        seat=name.key(row.seat),
        person=name.key(row.person),
        under=name.key(row.under),
        limbs=tuple(row.limbs),
        matters=tuple(name.told(row, key) for key in row.matters),
        reserved=tuple(name.told(row, key) for key in row.reserved),
        limit=row.limit,
        instrument=row.instrument,
        instrument_title=row.instrument_title,
        state=row.state,
        source=row.source,
        decision=name.key(row.decision),
        limit_words=row.limit_words,
    )


def _decision(name: Naming, row: Decision) -> rules.Decision:
    return rules.Decision(
        key=name.key(row),
        title=row.title,
        agency=name.key(row.agency),
        body=name.key(row.body),
        on=UncertainDate.parse(row.date) if row.date else None,
        state=row.state,
        matters=tuple(name.told(row, key) for key in row.matters),
        source=row.source,
        post=name.key(row.post),
        instrument=row.instrument,
        conditions=row.conditions,
    )


def _seat(name: Naming, row: Seat) -> rules.Seat:
    return rules.Seat(
        key=name.key(row),
        title=f"{row.role}, {row.body.name}",
        agency=name.key(row.agency),
        body=name.key(row.body),
        period=row.period,
        class_=row.seat_class,
    )


def _post(name: Naming, row: Post) -> rules.Post:
    agency, successor = name.key(row.agency), name.key(row.successor)
    return rules.Post(name.key(row), row.title, agency, successor, row.period)


def _sitting(name: Naming, row: Holder) -> rules.Sitting:
    return rules.Sitting(
        seat=name.key(row.seat),
        holding=row.holding,
        period=row.period,
        post=name.key(row.post),
        person=name.key(row.named),
    )
