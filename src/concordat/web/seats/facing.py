"""What the pages of bodies, seats and people share: the choices and the rows they show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Agency, Partnership
from concordat.domain.base.people.queries import Person
from concordat.domain.base.records import queries as records
from concordat.domain.base.records.queries import Record
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import operations, queries, rules
from concordat.domain.base.seats.queries import Body, Holder, Incumbency, Reporting
from concordat.domain.governance.arrangements.queries import Named
from concordat.kernel.actor import Actor
from concordat.web.ui.forms import PageForm
from concordat.web.ui.histories import moments
from concordat.web.ui.parts import Moment

Pairs = list[tuple[str, str]]
MOST_MOMENTS = 6


class Request(HttpRequest):
    """A request as the middleware leaves it."""

    actor: Actor


def home_of(actor: Actor, record: Record) -> Partnership:
    """The partnership that a body or seat belongs to."""
    return agencies.partnerships(actor).get(pk=record.partnership_id)


def may_change(actor: Actor, record: Record) -> bool:
    return bool(records.can(actor, Verb.CHANGE, record))


def lately(actor: Actor, record: Record) -> list[Moment]:
    """The last few things done to a record."""
    return moments(actor, record, records.timeline(actor, record)[:MOST_MOMENTS])


def bodies(actor: Actor, home: UUID, *, but: Body | None = None) -> Pairs:
    rows = queries.bodies(actor).filter(partnership=home)
    return [(row.key, row.name) for row in rows if but is None or row.pk != but.pk]


KEPT = "kept"
"""The choice of an agency that stands already and is not of this partnership, or has ended."""


def agency_choices(actor: Actor, home: UUID, now: Agency | None = None) -> Pairs:
    """The agencies of today; `now` is the one that stands, which can always be kept."""
    rows = agencies.agencies(actor).filter(partnership=home)
    listed = [(row.key, row.name) for row in rows if row.in_force(actor.on) != "no"]
    return [(KEPT, now.name), *listed] if now and chosen(now, listed) == KEPT else listed


def chosen(now: Agency | None, listed: Pairs) -> str:
    """What a field says of the agency that stands."""
    return "" if now is None else now.key if (now.key, now.name) in listed else KEPT


def with_agency(actor: Actor, home: UUID, told: dict[str, Any]) -> dict[str, Any]:
    """Answers with the agency itself in the place of its choice; what is kept is left out."""
    key = told.pop("agency", KEPT)
    if key == KEPT:
        return told
    known = agencies.agencies(actor).filter(partnership=home)
    return told | {"agency": known.get(key=key) if key else None}


def add(actor: Actor, home: Partnership, kind: str, form: PageForm, *, named: str) -> object:
    """A new row from its form; its key is made of what the field `named` says."""
    values = with_agency(actor, home.pk, form.answers())
    name = str(values[named])
    return operations.add(actor, partnership=home.record, kind=kind, name=name, values=values)


def posts(actor: Actor, home: UUID) -> Pairs:
    rows = queries.posts(actor).filter(partnership=home)
    return [
        (row.key, f"{row.title}, {row.agency.name}" if row.agency else row.title)
        for row in rows
        if row.in_force(actor.on) != "no"
    ]


def seat_choices(actor: Actor, home: UUID) -> Pairs:
    rows = queries.seats(actor).filter(partnership=home, to_text="")
    return [(row.record.reference, f"{row.role}, {row.body.name}") for row in rows]


ENDS = ("agencies", "bodies", "posts", "seats")
"""What a reporting line can begin or end at, and what a page of a body or seat leads to."""


@dataclass(frozen=True, slots=True)
class Line:
    """A reporting line with both its ends as they are called."""

    line: Reporting
    who: str
    to: str


def lines(
    actor: Actor, home: Partnership, subjects: Iterable[str], at: Mapping[str, Named]
) -> list[Line]:
    """Reporting lines of bodies and seats, and of the posts that sit in those seats today."""
    named = list(subjects)
    keys = [each.removeprefix("seats:") for each in named if each.startswith("seats:")]
    sit = [f"posts:{key}" for key in queries.posts_sitting(actor, home.pk, keys, actor.on)]

    def titled(subject: str) -> str:
        return at[subject].title if subject in at else subject.partition(":")[2]

    rows = queries.reporting_of(actor, [*named, *sit], home.pk)
    return [Line(row, titled(row.who), titled(row.reports_to)) for row in rows]


def sitting(actor: Actor, row: Holder) -> dict[str, Any]:
    """One row of a seat: who, as what, and where that stands today."""
    standing = row.in_force(actor.on)
    over = bool(row.period.end and row.period.end.certainly_before(actor.on))
    state, words = {"yes": ("Done", "Sits now"), "uncertain": ("Due soon", "Not certain")}.get(
        standing, ("Closed", "Over") if over else ("Draft", "Still to come")
    )
    if row.holding == "vacant" and standing == "yes":
        state, words = "Due soon", "Vacant"
    who = row.post.title if row.post else row.named.name if row.named else "Nobody"
    return {"row": row, "who": who, "state": state, "words": words, "open": not row.to_text}


def likely_first(name: str, listed: Mapping[str, tuple[str, str]]) -> Pairs:
    """Choices by key, each a name and what tells it from others; near names come first."""
    first = rules.likely(name, {key: told[0] for key, told in listed.items()})
    order = [*first, *(key for key in listed if key not in first)]
    return [(key, ", ".join(part for part in listed[key] if part)) for key in order]


@dataclass(slots=True)
class Member:
    """Somebody in a partnership: their posts now and before, and the seats that follow today."""

    person: Person
    now: list[Incumbency] = field(default_factory=list)
    before: list[Incumbency] = field(default_factory=list)
    seats: list[Holder] = field(default_factory=list)


def members(actor: Actor, home: Partnership) -> list[Member]:
    """Everybody in a post of a partnership, in a fixed number of queries."""
    rows = list(queries.incumbencies(actor, home))
    found: dict[UUID, Member] = {}
    for row in rows:
        member = found.setdefault(row.person_id, Member(row.person))
        (member.now if row.to_day is None or row.to_day >= actor.on else member.before).append(row)
    held: dict[int, list[Holder]] = {}
    for sits in queries.holdings_in(actor, posts=[row.post_id for row in rows]):
        if sits.in_force(actor.on) == "yes" and sits.post_id:
            held.setdefault(sits.post_id, []).append(sits)
    for member in found.values():
        member.seats = [sits for row in member.now for sits in held.get(row.post_id, [])]
    return sorted(found.values(), key=lambda each: (not each.now, each.person.name))
