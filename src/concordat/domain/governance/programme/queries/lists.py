"""Programmes, priorities, products, lessons and contracts of a partnership, and one of each."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Case, Exists, Q, QuerySet, When

from concordat.domain.base.agencies.models import Partnership
from concordat.domain.base.records.models import Keyed, Record, Share
from concordat.domain.base.records.queries import fetch, visible
from concordat.domain.base.records.rules import is_reference
from concordat.domain.governance.programme.models import (
    ADDRESSED,
    KINDS,
    OWN,
    Appointment,
    Claim,
    Contract,
    Deed,
    Gate,
    Lesson,
    Milestone,
    Obligation,
    Occurrence,
    Phase,
    Priority,
    Product,
    Programme,
    Replan,
    Update,
    Workstream,
)
from concordat.domain.governance.programme.rules.life import Engaged
from concordat.kernel.actor import Actor

M = TypeVar("M", bound=Keyed)
Home = Partnership | Record


def shared_with(actor: Actor, home: Home) -> QuerySet[Share]:
    """What is shared with a partnership on the actor's day."""
    running = Q(to_day__isnull=True) | Q(to_day__gte=actor.on)
    return Share.objects.filter(running, partnership=home.pk, from_day__lte=actor.on)


def at_home(actor: Actor, model: type[M], home: Home) -> QuerySet[M]:
    """Rows with an address of their own that the partnership leads or shares in."""
    shared = shared_with(actor, home).values("record")
    rows = model._default_manager.filter(Q(partnership=home.pk) | Q(pk__in=shared))
    return visible(actor, rows.select_related("record", "partnership"))


def programmes(actor: Actor, home: Home) -> QuerySet[Programme]:
    """The programmes that a partnership leads or shares in, its own first."""
    return at_home(actor, Programme, home).order_by("order", "title", "pk")


def priorities(actor: Actor, home: Home) -> QuerySet[Priority]:
    rows = at_home(actor, Priority, home).select_related(
        "programme__record", "chosen_by", "follows__record"
    )
    return rows.order_by("order", "numbered", "title", "pk")


def priorities_of(actor: Actor, programme: Programme) -> QuerySet[Priority]:
    rows = Priority.objects.filter(programme=programme)
    rows = rows.select_related("record", "programme__record", "chosen_by")
    return visible(actor, rows).order_by("order", "numbered", "title", "pk")


def next_years(actor: Actor, priority: Priority) -> QuerySet[Priority]:
    """The priorities as which one was chosen again."""
    rows = Priority.objects.filter(follows=priority).select_related("record")
    return visible(actor, rows).order_by("pk")


def products_of(actor: Actor, programme: Programme) -> QuerySet[Product]:
    rows = Product.objects.filter(programme=programme).select_related("record", "partnership")
    return visible(actor, rows).order_by("order", "title", "pk")


def products(actor: Actor, home: Home) -> QuerySet[Product]:
    rows = at_home(actor, Product, home).select_related("programme__record")
    return rows.order_by("order", "title", "pk")


def contracts(actor: Actor, home: Home) -> QuerySet[Contract]:
    rows = Contract.objects.filter(partnership=home.pk).select_related("record", "agency")
    first = Case(When(state=Engaged.ORDERED, then=0), When(state=Engaged.DRAFT, then=1), default=2)
    return visible(actor, rows).order_by(first, "title", "pk")


def appointments(actor: Actor, home: Home) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(partnership=home.pk).select_related("post", "agency")
    return visible(actor, rows, record="partnership").order_by("order", "title", "pk")


def occurrences(actor: Actor, home: Home) -> QuerySet[Occurrence]:
    rows = Occurrence.objects.filter(partnership=home.pk)
    return visible(actor, rows, record="partnership").order_by("order", "title", "pk")


def obligations(actor: Actor, programme: Programme) -> QuerySet[Obligation]:
    rows = visible(
        actor, Obligation.objects.filter(programme=programme), record="programme__record"
    )
    return rows.order_by("done_on", "order", "pk")


def phases(actor: Actor, programme: Programme) -> QuerySet[Phase]:
    rows = visible(actor, Phase.objects.filter(programme=programme), record="programme__record")
    return rows.order_by("order", "pk")


def workstreams(actor: Actor, programme: Programme) -> QuerySet[Workstream]:
    rows = Workstream.objects.filter(programme=programme).select_related("priority__record")
    return visible(actor, rows, record="programme__record").order_by("order", "title", "pk")


def lessons(actor: Actor, programme: Programme) -> QuerySet[Lesson]:
    rows = visible(actor, Lesson.objects.filter(programme=programme), record="programme__record")
    return rows.order_by("order", "pk")


def lesson(actor: Actor, home: Home, key: str) -> Lesson:
    """One lesson of a partnership by its key. Raises DoesNotExist."""
    rows = Lesson.objects.select_related("programme__record", "partnership")
    return visible(actor, rows, record="partnership").get(partnership=home.pk, key=key)


def deeds(actor: Actor, programme: Programme) -> QuerySet[Deed]:
    """What was done about a programme's lessons, as far as the actor may open it."""
    rows = Deed.objects.filter(lesson__programme=programme).select_related("record", "lesson")
    return visible(actor, rows).order_by("linked_on", "pk")


def gates(actor: Actor, priority: Priority) -> QuerySet[Gate]:
    rows = Gate.objects.filter(priority=priority).select_related("decided_by", "priority__record")
    return visible(actor, rows, record="priority__record").order_by("order", "pk")


def gate(actor: Actor, priority: Priority, key: str) -> Gate:
    """One gate of a priority by its key. Raises DoesNotExist."""
    return gates(actor, priority).get(key=key)


def replans_of(actor: Actor, row: Keyed, kind: str) -> QuerySet[Replan]:
    """How the plan of one thing changed, the newest change first. Whoever sees the thing sees it,
    the partnerships that share it too."""
    rows = Replan.objects.filter(partnership=row.partnership_id, changes=f"{kind}:{row.key}")
    seen = visible(actor, type(row)._default_manager.filter(pk=row.pk))
    return rows.filter(Exists(seen)).order_by("-pk")


def updates_of(actor: Actor, record: Record) -> QuerySet[Update]:
    rows = visible(actor, Update.objects.filter(record=record))
    return rows.order_by("-on", "-pk")


def claims(actor: Actor, contract: Contract) -> QuerySet[Claim]:
    rows = visible(actor, Claim.objects.filter(contract=contract), record="contract__record")
    return rows.order_by("-worked", "-pk")


def one(actor: Actor, model: type[M], reference: str, *paths: str) -> M:
    if not is_reference(reference):
        raise model.DoesNotExist
    rows = model._default_manager.select_related("record__partnership", "record__owner",
                                                 "partnership", *paths)  # fmt: skip
    return fetch(actor, rows, record__reference=reference)


def programme(actor: Actor, reference: str) -> Programme:
    """One programme. Raises DoesNotExist or `Restricted` as `fetch` does; so do those below."""
    return one(actor, Programme, reference)


def priority(actor: Actor, reference: str) -> Priority:
    return one(
        actor, Priority, reference, "programme__record", "chosen_by__record", "follows__record"
    )


def milestone(actor: Actor, reference: str) -> Milestone:
    return one(actor, Milestone, reference, "programme__record", "priority__record", "workstream")


def product(actor: Actor, reference: str) -> Product:
    return one(actor, Product, reference, "programme__record")


def contract(actor: Actor, reference: str) -> Contract:
    return one(actor, Contract, reference, "agency__record")


def milestones_at(actor: Actor, home: Home) -> QuerySet[Milestone]:
    """The milestones that a partnership keeps itself."""
    rows = Milestone.objects.filter(partnership=home.pk).select_related("record", "programme")
    return visible(actor, rows).order_by("order", "title", "pk")


def workstreams_at(actor: Actor, home: Home) -> QuerySet[Workstream]:
    rows = visible(actor, Workstream.objects.filter(partnership=home.pk), record="partnership")
    return rows.order_by("order", "title", "pk")


def challenges(actor: Actor, home: Home) -> QuerySet[Lesson]:
    """What a lesson may answer."""
    rows = Lesson.objects.filter(partnership=home.pk, kind="challenge")
    return visible(actor, rows, record="partnership").order_by("order", "pk")


_SERVED = {"programmes": Programme, "priorities": Priority, "milestones": Milestone,
           "products": Product}  # fmt: skip


def title_of(actor: Actor, home: Home, told: str) -> str:
    """What a programme, priority, milestone or product of a partnership is called, named as
    kind:key; nothing where there is none that the actor may open."""
    kind, _, key = told.partition(":")
    model = _SERVED.get(kind)
    if model is None:
        return ""
    rows: QuerySet[Any] = model._default_manager.filter(partnership=home.pk, key=key)
    return str(visible(actor, rows).values_list("title", flat=True).first() or "")


def rows_of(actor: Actor, home: Home, kind: str) -> QuerySet[Any]:
    """The rows of one kind that a partnership keeps itself."""
    model = (KINDS | OWN)[kind][0]
    links = {"gates": ["priority__record"], "lessons": ["programme__record"],
             "obligations": ["programme__record"], "phases": ["programme__record"],
             "cycle_findings": ["cycle__record"], "cycle_members": ["cycle__record"],
             "cycle_works": ["cycle__record"],
             "workstreams": ["programme__record", "priority"]}  # fmt: skip
    path = "record" if kind in ADDRESSED else "partnership"
    rows = model._default_manager.filter(partnership=home.pk)
    return visible(actor, rows.select_related(path, *links.get(kind, [])), record=path)
