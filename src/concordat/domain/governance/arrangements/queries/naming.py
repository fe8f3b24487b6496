"""What a row is called and where it is looked at, for pages that name rows as kind:key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from concordat.domain.base.agencies.models import Agency, Area, Partnership
from concordat.domain.base.records.models import Keyed
from concordat.domain.base.records.queries import visible
from concordat.domain.base.seats.models import Body, NamedPerson, Post, Role, Seat
from concordat.domain.governance.arrangements.models import (
    Agreement,
    Arrangements,
    Decision,
    Delegation,
    Footprint,
    Matter,
    Promise,
    RelevantAgency,
    Statement,
    Step,
)
from concordat.kernel.actor import Actor

_TITLES: dict[str, tuple[type[Keyed], str]] = {
    "agencies": (Agency, "name"),
    "agreements": (Agreement, "title"),
    "areas": (Area, "name"),
    "arrangements": (Arrangements, "title"),
    "bodies": (Body, "name"),
    "decisions": (Decision, "title"),
    "delegations": (Delegation, "record__title"),
    "footprints": (Footprint, "name"),
    "matters": (Matter, "title"),
    "people": (NamedPerson, "name"),
    "posts": (Post, "title"),
    "promises": (Promise, "promise"),
    "relevant_agencies": (RelevantAgency, "name"),
    "roles": (Role, "title"),
    "seats": (Seat, "role"),
    "statements": (Statement, "topic"),
    "steps": (Step, "title"),
}
_ADDRESSED = frozenset({"agencies", "arrangements", "bodies", "delegations", "promises", "seats"})
NAMED = tuple(_TITLES)


@dataclass(frozen=True, slots=True)
class Named:
    """A row's title, and its reference if it is a record of its own."""

    kind: str
    key: str
    title: str
    reference: str = ""


def names(actor: Actor, partnership: Partnership, kinds: Iterable[str] = NAMED) -> dict[str, Named]:
    """The rows of a partnership by kind:key, those that the actor may open; a query a kind."""
    return {
        f"{kind}:{key}": Named(kind, key, title, reference)
        for kind in kinds
        for key, title, reference in _rows(actor, partnership, kind)
    }


def _rows(actor: Actor, partnership: Partnership, kind: str) -> list[tuple[str, str, str]]:
    model, field = _TITLES[kind]
    rows = model._default_manager.filter(partnership=partnership.pk)
    if kind in _ADDRESSED:
        seen = visible(actor, rows, record="record")
        return list(seen.values_list("key", field, "record__reference"))
    seen = visible(actor, rows, record="partnership")
    return [(key, title, "") for key, title in seen.values_list("key", field)]
