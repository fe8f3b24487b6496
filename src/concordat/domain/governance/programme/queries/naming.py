"""Rows that others name as kind:key: what they are called, and the seats that answer for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from concordat.domain.base.agencies.models import Agency, Area, Partnership
from concordat.domain.base.records.models import Keyed, Record, surely_in_force
from concordat.domain.base.records.queries import can, visible
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Body, Post, Seat
from concordat.domain.governance.programme.models import Claim, Contract
from concordat.domain.governance.programme.rules import contracts
from concordat.kernel.actor import Actor, Office
from concordat.kernel.verdict import Verdict, no

NOT_SHOWN = "somebody who is not shown to you"
_NAMED: dict[str, tuple[type[Keyed], str, str]] = {
    "agencies": (Agency, "name", "record"),
    "areas": (Area, "name", "partnership"),
    "bodies": (Body, "name", "record"),
    "posts": (Post, "title", "partnership"),
    "seats": (Seat, "role", "record"),
}


def _parted(told: str, partnership: UUID) -> tuple[str, str, UUID | str]:
    """Kind, key and partnership (its record, or a slug) that kind:key or kind:slug/key means."""
    kind, _, rest = told.partition(":")
    slug, _, key = rest.rpartition("/")
    return kind, key, slug or partnership


def names_of(actor: Actor, partnership: UUID, told: Iterable[str]) -> dict[str, str]:
    """What each is called, as far as the actor may know. Asks once for each kind of row. What an
    area is called is no secret."""
    wanted = {each for each in told if each}
    places = {each: _parted(each, partnership) for each in wanted}
    slugs = {str(where) for _, _, where in places.values() if not isinstance(where, UUID)}
    homes = dict(Partnership.objects.filter(key__in=slugs).values_list("key", "pk"))
    by_kind: dict[str, set[tuple[UUID, str]]] = defaultdict(set)
    known: dict[str, tuple[str, UUID, str]] = {}
    for each, (kind, key, where) in places.items():
        home = where if isinstance(where, UUID) else homes.get(where)
        if kind in _NAMED and home:
            by_kind[kind].add((home, key))
            known[each] = (kind, home, key)
    found = {kind: _called(actor, kind, rows) for kind, rows in by_kind.items()}
    return {
        each: found[known[each][0]].get(known[each][1:], NOT_SHOWN) if each in known else NOT_SHOWN
        for each in wanted
    }


def _called(
    actor: Actor, kind: str, rows: Iterable[tuple[UUID, str]]
) -> dict[tuple[UUID, str], str]:
    model, field, path = _NAMED[kind]
    named = Q()
    for home, key in rows:
        named |= Q(partnership=home, key=key)
    found = model._default_manager.filter(named)
    seen = found if kind == "areas" else visible(actor, found, record=path)
    return {(home, key): name for home, key, name in seen.values_list("partnership", "key", field)}


def bodies_named(actor: Actor, bodies: Iterable[UUID | None]) -> dict[UUID, str]:
    """What bodies are called, by their record, as far as the actor may know."""
    wanted = {each for each in bodies if each}
    seen = visible(actor, Body.objects.filter(pk__in=wanted)).values_list("pk", "name")
    return dict.fromkeys(wanted, NOT_SHOWN) | dict(seen)


def name_of(actor: Actor, partnership: UUID, told: str) -> str:
    """What one row is called; nothing where none is named."""
    return names_of(actor, partnership, [told]).get(told, "")


def seats_of(actor: Actor, partnership: UUID, told: str) -> list[Seat]:
    """The seats that answer today for a post, a body (its chair), an agency or a seat."""
    kind, key, where = _parted(told, partnership)
    home = where if isinstance(where, UUID) else _home(where)
    if home is None or kind not in _NAMED or kind == "areas":
        return []
    rows = Seat.objects.filter(surely_in_force(actor.on), partnership=home)
    if kind == "posts":
        rows = rows.filter(surely_in_force(actor.on, "holders__"), holders__post__key=key,
                           holders__post__partnership=home)  # fmt: skip
    elif kind == "bodies":
        rows = rows.filter(body__key=key, office=Office.CHAIR)
    elif kind == "agencies":
        rows = rows.filter(agency__key=key).exclude(office=Office.OBSERVER)
    else:
        rows = rows.filter(key=key)
    return list(visible(actor, rows.select_related("record").distinct()).order_by("key"))


def _home(slug: str) -> UUID | None:
    return Partnership.objects.filter(key=slug).values_list("pk", flat=True).first()


def answers_for(actor: Actor, record: Record, told: str) -> Verdict:
    """Whether the actor sits in a seat that answers for whoever is named on a record."""
    mine = {each.seat for each in actor.seats}
    home = record.partnership_id
    if home and mine & {seat.pk for seat in seats_of(actor, home, told)}:
        return can(actor, Verb.ANSWER, record)
    return no("You do not answer for this: whoever is named does, or the secretariat.")


def may_tell(actor: Actor, record: Record, owner: str) -> Verdict:
    """Whether the actor may say how something goes: the secretariat, and whoever owns it."""
    change = can(actor, Verb.CHANGE, record)
    return change if change else answers_for(actor, record, owner)


def may_answer(actor: Actor, record: Record, body: Body | None) -> Verdict:
    """The board answers by its chair, or the secretariat writes down what it said."""
    change = can(actor, Verb.CHANGE, record)
    if change or body is None:
        return change
    return answers_for(actor, record, f"bodies:{body.key}")


def may_accept(actor: Actor, record: Record, accepted_by: str) -> Verdict:
    """Whoever is named accepts, and nobody for them; what a body accepts its chair or the
    secretariat writes down."""
    if not accepted_by:
        return no("Nobody is named who accepts this. Name them first.")
    if accepted_by.startswith("bodies:") and can(actor, Verb.CHANGE, record):
        return can(actor, Verb.CHANGE, record)
    return answers_for(actor, record, accepted_by)


def may_claim(actor: Actor, record: Record, contract: Contract) -> Verdict:
    """Whoever works the days claims them, or the secretariat for them."""
    return may_tell(actor, record, contract.worked_by or _of_agency(contract))


def _of_agency(contract: Contract) -> str:
    agency = contract.agency
    if agency is None:
        return ""
    slug = Partnership.objects.values_list("key", flat=True).get(pk=agency.partnership_id)
    return f"agencies:{slug}/{agency.key}"


def is_theirs(actor: Actor, claim: Claim) -> bool:
    """Whether the actor, or whoever acts for them, made a claim."""
    people = {each for each in (actor.person, actor.hand_person) if each}
    claimants = {each for each in (claim.claimant, claim.hand) if each}
    return contracts.is_theirs(claimants, people, claim.claimed_by, actor.signature[:200])
