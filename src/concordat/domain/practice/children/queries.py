"""Grounds, children by label, and the key to the labels for those who are named on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet

from concordat.craft import locking
from concordat.domain.base.agencies.models import Area
from concordat.domain.base.records.models import Grant, Record
from concordat.domain.base.records.queries import fetch, usable, visible
from concordat.domain.base.records.rules import Verb, is_reference
from concordat.domain.practice.children import rules
from concordat.domain.practice.children.models import Child, Identity, Relative, StatedGround
from concordat.domain.practice.children.rules import Checked, Stated, What
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.verdict import Verdict, yes

PURPOSE = "children's key"

__all__ = [
    "Child",
    "Known",
    "Relative",
    "StatedGround",
    "area",
    "areas",
    "areas_to_keep_in",
    "child",
    "child_with_key",
    "children",
    "family",
    "family_by_key",
    "ground",
    "grounds",
    "keepers",
    "key_of",
    "known_of",
    "may_store",
    "may_store_somewhere",
    "names",
    "opens_key",
    "standing_of",
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


def areas(actor: Actor) -> QuerySet[Area]:
    """The partnerships' own areas that the actor may see, without their parts."""
    rows = Area.objects.select_related("partnership").filter(part_of__isnull=True)
    return visible(actor, rows.exclude(outside=True), record="partnership").order_by("name", "pk")


def area(actor: Actor, pk: int) -> Area:
    return areas(actor).get(pk=pk)


def areas_to_keep_in(actor: Actor) -> list[Area]:
    """The areas of which the actor keeps children, whether or not their grounds stand today."""
    rows = list(areas(actor))
    homes = {row.partnership_id: row.partnership for row in rows}
    kept = {home.pk for home in usable(actor, Verb.CHANGE, homes.values())}
    return [row for row in rows if row.partnership_id in kept]


def standing_of(actor: Actor, areas: Sequence[Area]) -> dict[int, list[Stated]]:
    """By area: what is on record, for many at once."""
    rows = StatedGround.objects.filter(area__in=areas).order_by("pk")
    found: dict[int, list[Stated]] = defaultdict(list)
    for row in visible(actor, rows, record="area__partnership"):
        found[row.area_id].append(row.stated)
    return found


def ground(actor: Actor, pk: int) -> StatedGround:
    rows = StatedGround.objects.select_related("area__partnership")
    return visible(actor, rows, record="area__partnership").get(pk=pk)


def agreement_of(actor: Actor, area: Area) -> Record | None:
    """The document of the area's sharing agreement that holds on the actor's day, if any."""
    held = grounds(actor, area).filter(
        Q(ended_on=None) | Q(ended_on__gte=actor.on),
        ground=rules.Ground.AGREEMENT,
        document__isnull=False,
        from_day__lte=actor.on,
        review_by__gte=actor.on,
    )
    row = held.first()
    return row.document.record if row and row.document else None


def grounds(actor: Actor, area: Area) -> QuerySet[StatedGround]:
    """What is on record for an area, the newest of each kind first."""
    rows = StatedGround.objects.select_related("area", "document__record").filter(area=area)
    return visible(actor, rows, record="area__partnership").order_by("ground", "-from_day", "-pk")


def may_store(actor: Actor, area: Area) -> Verdict:
    """Whether anything about a child of this area may be kept on the actor's day, and why not."""
    stated = [each.stated for each in StatedGround.objects.filter(area=area)]
    return rules.may_store(stated, area.name, actor.on)


def may_store_somewhere(actor: Actor, partnership: Record) -> Verdict:
    """Whether anything about a child may be kept in any area of a partnership: what names no area
    needs that much. A partnership without areas of its own has none that could lack it."""
    rows = Area.objects.filter(partnership=partnership.pk, part_of=None).exclude(outside=True)
    told = [may_store(actor, area) for area in rows.order_by("order", "name")]
    return next((each for each in told if each), told[0] if told else yes())


def children(actor: Actor) -> QuerySet[Child]:
    """Children, by label, whose record the actor may open."""
    rows = Child.objects.select_related("record__partnership", "area")
    return visible(actor, rows).order_by("label", "pk")


def child(actor: Actor, reference: str) -> Child:
    """One child by reference. Raises DoesNotExist or `Restricted` as `fetch` does."""
    if not is_reference(reference):
        raise Child.DoesNotExist
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


def child_with_key(actor: Actor, reference: str) -> Child:
    """The child of this reference with its key, for somebody who is named on it, whether or not
    they may open the child. Raises DoesNotExist for everybody else."""
    if not is_reference(reference):
        raise Child.DoesNotExist
    rows = Child.objects.select_related("record", "key__partnership", "area")
    return fetch(actor, rows, record="key", record__reference=reference)


def opens_key(actor: Actor, child: Child) -> bool:
    return visible(actor, Child.objects.filter(pk=child.pk), record="key").exists()


def keepers(actor: Actor, child: Child) -> QuerySet[Grant]:
    """Who is named on the key on the actor's day, for somebody who is."""
    key_of(actor, child)
    lasting = Q(to_day__isnull=True) | Q(to_day__gte=actor.on)
    rows = Grant.objects.select_related("grantee").filter(lasting, record=child.key_id)
    return rows.filter(from_day__lte=actor.on).order_by("grantee__title", "pk")


def family_by_key(actor: Actor, child: Child) -> QuerySet[Relative]:
    """The labels of the family, for somebody who is named on the key."""
    key_of(actor, child)
    return Relative.objects.filter(child=child).order_by("label")


def relatives_of(actor: Actor, children: Iterable[Child]) -> list[Relative]:
    """The relatives of several children, for a process; nobody for others."""
    rows = Relative.objects.filter(child__in=list(children)).order_by("pk")
    return list(rows) if actor.kind is Kind.PROCESS else []


def known_of(actor: Actor, children: Iterable[Child]) -> list[Known]:
    """What stands behind the labels of these children, for the program alone.

    It replaces what it knows by labels and looks whether a file gives somebody away; it is never
    shown, so that it asks whether the actor may open the children and not their keys.
    """
    rows = Child.objects.filter(pk__in=[each.pk for each in children])
    open_ = {row.pk: row for row in visible(actor, rows)}
    told = Identity.objects.select_related("relative").filter(child__in=open_)
    by_child: dict[object, list[Identity]] = defaultdict(list)
    for each in told.order_by("pk"):
        by_child[each.child_id].append(each)
    return [known for pk, each in by_child.items() for known in _unlocked(open_[pk], each)]


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
