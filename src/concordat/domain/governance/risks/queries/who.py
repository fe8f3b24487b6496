"""Which part somebody has in a register or a risk, and who owns what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from concordat.domain.base.actions.queries import part_for
from concordat.domain.base.actions.rules import Part
from concordat.domain.base.records.models import Record, not_over, surely_in_force
from concordat.domain.base.records.queries import can, visible
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Body, Incumbency, Post, Seat
from concordat.domain.base.seats.queries import who_answers
from concordat.domain.governance.risks.models import Register, Risk
from concordat.kernel.actor import Actor, Kind

NOBODY = "the partnership"
BODIES = "bodies:"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whoever owns a risk: the words for it, and the record of a seat, body or agency."""

    told: str
    name: str
    record: Record | None = None


def keeper_of(actor: Actor, register: Register) -> Body | None:
    """The body that keeps a register: it closes and accepts. None where nobody is named."""
    kind, _, key = register.owner.partition(":")
    if kind != "bodies":
        return None
    rows = Body.objects.select_related("record", "partnership")
    return rows.filter(partnership=register.partnership_id, key=key).first()


def part_on(actor: Actor, register: Register) -> Part:
    """Which part the actor has in a register: of its body's chair, or the secretariat's."""
    body = keeper_of(actor, register)
    if body:
        part = part_for(actor, body, register.partnership_id)
    else:
        part = Part(NOBODY, secretariat=bool(can(actor, Verb.CHANGE, register.record)))
    return Part(
        part.body,
        chairs=part.chairs,
        secretariat=part.secretariat,
        answers=bool(can(actor, Verb.ANSWER, register.record)),
    )


def part_in(actor: Actor, risk: Risk) -> Part:
    """The same for a risk that the actor may open, and whether they own it."""
    if risk.register:
        part = part_on(actor, risk.register)
    else:
        part = Part(NOBODY, secretariat=bool(can(actor, Verb.CHANGE, risk.record)))
    return Part(
        part.body,
        owns=risk.owner in owned_keys(actor, risk.partnership_id),
        chairs=part.chairs,
        secretariat=part.secretariat,
        answers=bool(can(actor, Verb.ANSWER, risk.record)),
    )


def owned_keys(actor: Actor, partnership: UUID) -> frozenset[str]:
    """What an owner may be called so that it is this actor: their seats, and posts of theirs."""
    return _owned(actor).get(partnership, frozenset())


def owned_by(actor: Actor) -> Q:
    """Risks that the actor owns, in whichever of their partnerships."""
    found = Q(pk__in=[])
    for partnership, keys in _owned(actor).items():
        if partnership in actor.partnerships:
            found |= Q(partnership=partnership, owner__in=keys)
    return found


def _owned(actor: Actor) -> dict[UUID, frozenset[str]]:
    """What an owner may be called so that it is this actor, by partnership; asked once for all."""
    if actor.kind is Kind.PROCESS:
        return {}
    seats = Seat.objects.filter(pk__in=[each.seat for each in actor.seats])
    people = [each for each in (actor.person, actor.hand_person) if each]
    posts = Incumbency.objects.filter(
        Q(to_day=None) | Q(to_day__gte=actor.on), person__in=people, from_day__lte=actor.on
    )
    found: defaultdict[UUID | None, set[str]] = defaultdict(set)
    for home, key in seats.values_list("partnership", "key"):
        found[home].add(f"seats:{key}")
    for home, key in posts.values_list("post__partnership", "post__key"):
        found[home].add(f"posts:{key}")
    return {home: frozenset(keys) for home, keys in found.items() if home}


def owners_of(actor: Actor, risks: Iterable[Risk]) -> dict[tuple[UUID, str], Owner]:
    """Who owns each, by partnership and owner as kept; asked once for all of them."""
    told = {(risk.partnership_id, risk.owner) for risk in risks if risk.owner}
    found: dict[tuple[UUID, str], Owner] = {}
    for row in _owning_rows(actor, told):
        record = None if isinstance(row, Post) else row.record
        owner = f"{_KINDS[type(row)]}:{row.key}"
        found[row.partnership_id, owner] = Owner(owner, _called(row), record)
    for home, owner in told:
        found.setdefault((home, owner), Owner(owner, _in_its_own_words(owner)))
    return found


_KINDS: dict[type[Post | Seat | Body], str] = {Post: "posts", Seat: "seats", Body: "bodies"}


def _owning_rows(actor: Actor, told: Iterable[tuple[UUID, str]]) -> Iterator[Post | Seat | Body]:
    """The posts, seats and bodies that these may mean, each kind asked for once."""
    keys: dict[str, set[str]] = {kind: set() for kind in _KINDS.values()}
    homes: set[UUID] = set()
    for home, owner in told:
        kind, _, key = owner.partition(":")
        homes.add(home)
        if kind in keys:
            keys[kind].add(key)
    posts = Post.objects.filter(partnership__in=homes, key__in=keys["posts"])
    seats = Seat.objects.filter(partnership__in=homes, key__in=keys["seats"])
    bodies = Body.objects.filter(partnership__in=homes, key__in=keys["bodies"])
    if keys["posts"]:
        yield from visible(actor, posts.select_related("agency"), record="partnership")
    if keys["seats"]:
        yield from visible(actor, seats.select_related("agency", "record"))
    if keys["bodies"]:
        yield from visible(actor, bodies.select_related("agency", "record"))


def _called(row: Post | Seat | Body) -> str:
    if isinstance(row, Body):
        return row.name
    name = row.title if isinstance(row, Post) else row.role
    return f"{name}, {row.agency.name}" if row.agency else name


def _in_its_own_words(owner: str) -> str:
    """An owner of a file that is no row here that the actor may see."""
    return owner.partition(":")[2].replace("-", " ")


def owner_of(actor: Actor, risk: Risk) -> Owner | None:
    return owners_of(actor, [risk]).get((risk.partnership_id, risk.owner))


def owner_choices(actor: Actor, partnership: Record) -> list[tuple[str, str]]:
    """Posts and seats that may own a risk: those that have not ended, by name."""
    posts = Post.objects.filter(not_over(actor.on), partnership=partnership).select_related(
        "agency"
    )
    seats = Seat.objects.filter(not_over(actor.on), partnership=partnership)
    seats = seats.select_related("agency", "body")
    found = [
        *(
            (f"posts:{row.key}", _called(row))
            for row in visible(actor, posts, record="partnership")
        ),
        *(
            (f"seats:{row.key}", f"{_called(row)} ({row.body.name})")
            for row in visible(actor, seats)
        ),
    ]
    return sorted(found, key=lambda each: each[1].casefold())


def seat_asked(actor: Actor, risk: Risk) -> Seat | None:
    """In whose work a risk stands: the owner's seat, or whoever runs the partnership."""
    kind, _, key = risk.owner.partition(":")
    if kind == "seats":
        rows = Seat.objects.filter(surely_in_force(actor.on), partnership=risk.partnership_id)
        if found := rows.select_related("record").filter(key=key).first():
            return found
    post = body = None
    if kind == "posts":
        post = Post.objects.filter(partnership=risk.partnership_id, key=key).first()
    if kind == "bodies":
        body = Body.objects.filter(partnership=risk.partnership_id, key=key).first()
    return who_answers(actor, risk.partnership, post=post, body=body)
