"""What is on record about who may decide, gathered for the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from concordat.domain.base.agencies.models import Agency, Member, Partnership
from concordat.domain.base.records.models import Keyed, known_by
from concordat.domain.base.records.queries import Prepared, visible
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
from concordat.domain.governance.arrangements.queries.joined import in_posts, times_in_posts
from concordat.kernel.actor import Actor
from concordat.kernel.dates import Period, UncertainDate

T = TypeVar("T")


Values = dict[str, Any]
COMMON = ("key", "partnership_id", "source")
SPAN = ("from_text", "to_text")


def linked(*names: str) -> list[str]:
    """The fields from which `Naming.of` tells the key of a linked row."""
    return [f"{name}__{part}" for name in names for part in ("key", "partnership_id")]


@lru_cache(maxsize=16_384)
def period(start: str, end: str) -> Period:
    """A period of stated texts; the same texts stand on many rows."""
    return Period(
        UncertainDate.parse(start) if start else None, UncertainDate.parse(end) if end else None
    )


class Naming:
    """Keys as one partnership's file writes them: another's rows carry its slug."""

    def __init__(self, home: Partnership) -> None:
        self.home = home
        self._slugs: dict[UUID, str] | None = None

    def key(self, row: Keyed | None) -> str:
        return self.at(row.partnership_id, row.key) if row else ""

    def at(self, partnership: UUID, key: str) -> str:
        return key if partnership == self.home.pk else f"{self._slug(partnership)}/{key}"

    def of(self, row: Values, link: str) -> str:
        """The key of the row that a field points to; empty where it points to none."""
        key = row[f"{link}__key"]
        return self.at(row[f"{link}__partnership_id"], key) if key else ""

    def told(self, partnership: UUID, key: str) -> str:
        """A key, or slug/key, that a row of this partnership's file holds as text."""
        slug, _, bare = key.rpartition("/")
        slug = slug or self._slug(partnership)
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
    people = {row.named_id for row in there if row.named_id}.union(*in_posts(posts, on).values())
    held = Q(seat__in=wanted) | Q(post__in=posts) | Q(person__in=people)
    rows = Delegation.objects.filter(held, partnership=partnership.pk, state__in=("", "in force"))
    rows = rows.select_related("agency", "post", "seat", "person", "record")
    return [row for row in rows.order_by("key") if row.in_force(on) == "yes"]


def record_of(actor: Actor, partnership: Partnership, *, known: date | None = None) -> rules.Record:
    """Everything that bears on authority, by key; only what was known by a day if one is given.

    A partnership made of partnerships has the statutory partners of its members, with what
    they handed on and decided; each member binds only its own agencies. Rows are read as
    plain values, so that twenty years of them are no burden.
    """
    members = _members(partnership, known)
    read = _Reader(Naming(partnership), [partnership.pk, *members], known)
    return rules.Record(
        matters={row.key: _matter(read.name, row) for row in matters(actor, partnership)},
        partners=tuple(
            _partner(read.name, row, span)
            for row in read.rows(Partner, *_PARTNER)
            for span in members.get(row["partnership_id"], [Period()])
        ),
        delegations=tuple(_delegation(read.name, row) for row in read.rows(Delegation, *_GIVEN)),
        decisions=tuple(_decision(read.name, row) for row in read.rows(Decision, *_DECIDED)),
        seats=read.by_key(Seat, _seat, *_SEAT),
        sittings=tuple(_sittings(read)),
        bodies=_bodies(read),
        posts=read.by_key(Post, _post, "title", *SPAN, *linked("agency", "successor")),
        people=read.by_key(NamedPerson, lambda _, row: str(row["name"]), "name"),
        agencies=read.by_key(Agency, _agency, *_AGENCY),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads rows of some partnerships as plain values, in the order of their keys."""

    name: Naming
    homes: list[UUID]
    known: date | None

    def rows(self, model: type[Keyed], *fields: str) -> Iterable[Values]:
        names = (*COMMON, *fields)
        known = {"known": self.known} if self.known else {}
        for row in _kept(model, names).rows(homes=self.homes, **known):
            yield dict(zip(names, row, strict=True))

    def by_key(
        self, model: type[Keyed], make: Callable[[Naming, Values], T], *fields: str
    ) -> dict[str, T]:
        rows = self.rows(model, *fields)
        name = self.name
        return {name.at(row["partnership_id"], row["key"]): make(name, row) for row in rows}


@cache
def _kept(model: type[Keyed], names: tuple[str, ...]) -> Prepared:
    def kept(homes: Iterable[UUID], known: date | None = None) -> QuerySet[Any, Any]:
        rows: QuerySet[Any] = model._default_manager.filter(partnership__in=homes)
        rows = rows.filter(known_by(known)) if known else rows
        return rows.order_by("key", "pk").values_list(*names)

    return Prepared(kept)


_PARTNER = (
    "partner_class", "agency__name", "agency__from_text", "agency__to_text", *SPAN,
    *linked("agency", "accountable", "delegate"),
)  # fmt: skip
_GIVEN = (
    "limbs", "matters", "reserved", "limit", "limit_words", "instrument", "instrument_title",
    "state", *SPAN, *linked("agency", "post", "seat", "person", "under", "decision"),
)  # fmt: skip
_DECIDED = (
    "title", "date", "state", "matters", "instrument", "conditions",
    *linked("agency", "body", "post"),
)  # fmt: skip
_SEAT = ("role", "seat_class", "body__name", *SPAN, *linked("agency", "body"))
_HOLDER = ("holding", "post_id", *SPAN, *linked("seat", "post", "named"))
_AGENCY = ("name", "agency_class", "code", "same_as", "successor", *SPAN, *linked("part_of"))


def _members(partnership: Partnership, known: date | None) -> dict[UUID, list[Period]]:
    """When each partnership that is loaded here belonged to this one."""
    spans: dict[str, list[Period]] = {}
    rows = Member.objects.filter(partnership=partnership.pk)
    for row in rows.filter(known_by(known)) if known else rows:
        spans.setdefault(row.member, []).append(row.period)
    found = Partnership.objects.filter(key__in=spans).exclude(pk=partnership.pk)
    return {pk: spans[slug] for pk, slug in found.values_list("pk", "key")}


def _bodies(read: _Reader) -> dict[str, rules.Body]:
    terms: dict[str, list[tuple[Period, bool | None]]] = {}
    for row in read.rows(Terms, "substitutes", *SPAN, *linked("body")):
        held = terms.setdefault(read.name.of(row, "body"), [])
        held.append((_span(row), row["substitutes"]))

    def made(name: Naming, row: Values) -> rules.Body:
        key = name.at(row["partnership_id"], row["key"])
        return rules.Body(key, row["name"], name.of(row, "agency"), tuple(terms.get(key, ())))

    return read.by_key(Body, made, "name", *linked("agency"))


def _span(row: Values) -> Period:
    return period(row["from_text"], row["to_text"])


def _all_told(name: Naming, row: Values, field: str) -> tuple[str, ...]:
    return tuple(name.told(row["partnership_id"], key) for key in row[field])


def _matter(name: Naming, row: Matter) -> rules.Matter:
    kept = tuple(name.told(row.partnership_id, key) for key in row.reserved_to)
    return rules.Matter(row.key, row.title, tuple(row.classes), kept, row.law)


def _agency(name: Naming, row: Values) -> rules.Agency:
    home = row["partnership_id"]
    return rules.Agency(
        key=name.at(home, row["key"]),
        name=row["name"],
        class_=row["agency_class"],
        code=row["code"],
        part_of=name.of(row, "part_of"),
        same_as=name.told(home, row["same_as"]) if row["same_as"] else "",
        successors=_all_told(name, row, "successor"),
        period=_span(row),
    )


def _partner(name: Naming, row: Values, membership: Period) -> rules.Partner:
    return rules.Partner(
        key=name.at(row["partnership_id"], row["key"]),
        agency=name.of(row, "agency"),
        name=row["agency__name"],
        class_=row["partner_class"],
        period=_span(row),
        accountable=name.of(row, "accountable"),
        delegate=name.of(row, "delegate"),
        source=row["source"],
        within=(period(row["agency__from_text"], row["agency__to_text"]), membership),
    )


def _delegation(name: Naming, row: Values) -> rules.Delegation:
    return rules.Delegation(
        key=name.at(row["partnership_id"], row["key"]),
        agency=name.of(row, "agency"),
        period=_span(row),
        post=name.of(row, "post"),
        seat=name.of(row, "seat"),
        person=name.of(row, "person"),
        under=name.of(row, "under"),
        limbs=tuple(row["limbs"]),
        matters=_all_told(name, row, "matters"),
        reserved=_all_told(name, row, "reserved"),
        limit=row["limit"],
        instrument=row["instrument"],
        instrument_title=row["instrument_title"],
        state=row["state"],
        source=row["source"],
        decision=name.of(row, "decision"),
        limit_words=row["limit_words"],
    )


def _decision(name: Naming, row: Values) -> rules.Decision:
    return rules.Decision(
        key=name.at(row["partnership_id"], row["key"]),
        title=row["title"],
        agency=name.of(row, "agency"),
        body=name.of(row, "body"),
        on=period(row["date"], "").start,
        state=row["state"],
        matters=_all_told(name, row, "matters"),
        source=row["source"],
        post=name.of(row, "post"),
        instrument=row["instrument"],
        conditions=row["conditions"],
    )


def _seat(name: Naming, row: Values) -> rules.Seat:
    return rules.Seat(
        key=name.at(row["partnership_id"], row["key"]),
        title=f"{row['role']}, {row['body__name']}",
        agency=name.of(row, "agency"),
        body=name.of(row, "body"),
        period=_span(row),
        class_=row["seat_class"],
    )


def _post(name: Naming, row: Values) -> rules.Post:
    key = name.at(row["partnership_id"], row["key"])
    return rules.Post(
        key, row["title"], name.of(row, "agency"), name.of(row, "successor"), _span(row)
    )


def _sittings(read: _Reader) -> Iterator[rules.Sitting]:
    """Each holder row, and beside a post's the named persons who are or were in the post."""
    through = times_in_posts(read.homes)
    for row in read.rows(Holder, *_HOLDER):
        held = rules.Sitting(
            seat=read.name.of(row, "seat"),
            holding=row["holding"],
            period=_span(row),
            post=read.name.of(row, "post"),
            person=read.name.of(row, "named"),
        )
        yield held
        for named, span in through.get(row["post_id"], ()):
            yield replace(held, post="", person=read.name.of(named, "person__named"), within=span)
