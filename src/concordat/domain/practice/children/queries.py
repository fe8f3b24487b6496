"""Grounds, children by label, and the key to the labels for those who are named on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from concordat.craft import locking
from concordat.domain.base.agencies.models import Area
from concordat.domain.base.records.queries import fetch, visible
from concordat.domain.practice.children import rules
from concordat.domain.practice.children.models import Child, Identity, Relative, StatedGround
from concordat.domain.practice.children.rules import Checked, What
from concordat.kernel.actor import Actor
from concordat.kernel.verdict import Verdict

PURPOSE = "children's key"

__all__ = [
    "Child",
    "Known",
    "Relative",
    "StatedGround",
    "child",
    "children",
    "family",
    "grounds",
    "key_of",
    "may_store",
    "names",
]


@dataclass(frozen=True, slots=True)
class Known:
    """Something that identifies somebody, unlocked, beside the label that stands for them."""

    row: Identity
    label: str
    what: What
    text: str
    checked: Checked
    provenance: str


def grounds(actor: Actor, area: Area) -> QuerySet[StatedGround]:
    """What is on record for an area, the newest of each kind first."""
    rows = StatedGround.objects.select_related("area", "document__record").filter(area=area)
    return visible(actor, rows, record="area__partnership").order_by("ground", "-from_day", "-pk")


def may_store(actor: Actor, area: Area) -> Verdict:
    """Whether anything about a child of this area may be kept on the actor's day, and why not."""
    stated = [each.stated for each in StatedGround.objects.filter(area=area)]
    return rules.may_store(stated, area.name, actor.on)


def children(actor: Actor) -> QuerySet[Child]:
    """Children, by label, whose record the actor may open."""
    rows = Child.objects.select_related("record__partnership", "area")
    return visible(actor, rows).order_by("label", "pk")


def child(actor: Actor, reference: str) -> Child:
    """One child by reference. Raises DoesNotExist or `Restricted` as `fetch` does."""
    rows = Child.objects.select_related("record__partnership", "record__owner", "area")
    return fetch(actor, rows, record__reference=reference)


def family(actor: Actor, child: Child) -> QuerySet[Relative]:
    rows = Relative.objects.filter(child=child)
    return visible(actor, rows, record="child__record").order_by("label")


def key_of(actor: Actor, child: Child) -> Child:
    """The child with its key, for somebody who is named on it. Raises DoesNotExist otherwise: a
    sealed record is absent. Whoever shows it notes the look."""
    rows = Child.objects.select_related("record", "key")
    return fetch(actor, rows, record="key", pk=child.pk)


def names(actor: Actor, child: Child, *, ended: bool = False) -> list[Known]:
    """What the key holds, child first; `ended` with what was put right since.

    Raises DoesNotExist for all who are not named on the key.
    """
    key_of(actor, child)
    rows = Identity.objects.select_related("relative").filter(child=child)
    if not ended:
        rows = rows.filter(ended_on__isnull=True)
    return list(_unlocked(child, rows.order_by("relative__label", "pk")))


def _unlocked(child: Child, rows: Iterable[Identity]) -> Iterable[Known]:
    order = list(What)
    known = [
        Known(
            row,
            row.relative.label if row.relative else child.label,
            What(row.what),
            locking.unlock(row.locked, _secrets(), PURPOSE),
            Checked(row.checked),
            row.provenance,
        )
        for row in rows
    ]
    return sorted(
        known, key=lambda k: (k.row.relative_id is not None, k.label, order.index(k.what))
    )


def _secrets() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
