"""Actions as lists, each page of which costs the same however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from concordat.domain.base.actions import rules
from concordat.domain.base.actions.models import Action
from concordat.domain.base.actions.queries.access import mine as mine_of
from concordat.domain.base.actions.rules import Order, Stage, When
from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import can, visible
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats.models import Body
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.sensitivity import Sensitivity

MOST_COUNTED = 250
_ORDERS: dict[Order, tuple[str, ...]] = {
    Order.OWED: ("rank", "comes_up", "pk"),
    Order.DUE: ("comes_up", "pk"),
    Order.DUE_LAST: ("-comes_up", "-pk"),
    Order.SAID: ("heard_on", "pk"),
    Order.SAID_LAST: ("-heard_on", "-pk"),
}
_SHOWN = (
    "record",
    "source",
    "set_by",
    "agency",
    "owner_seat__body",
    "owner_person__record",
    "owner_agency",
)


def actions(actor: Actor) -> QuerySet[Action]:
    """Actions that the actor may open, what is owed first, each with what its row shows."""
    rows = Action.objects.select_related(*_SHOWN)
    return visible(actor, rows).order_by(*_ORDERS[Order.OWED])


def listed(
    actor: Actor,
    *,
    mine: bool = False,
    body: UUID | None = None,
    agency: UUID | None = None,
    source_kind: str = "",
    stages: Sequence[str] = (),
    priority: str = "",
    when: str = "",
    order: Order = Order.OWED,
) -> QuerySet[Action]:
    """The actions of the actor's partnerships, narrowed and ordered.

    An action of another partnership that is shared or was given to somebody by name is opened
    from what is asked of them, and does not stand here. The rows are bare, so that an index
    gives them in their order: `shown` fills in those of one page.
    """
    rows = visible(actor, Action.objects.all())
    if actor.kind is not Kind.PROCESS:
        rows = rows.filter(partnership__in=actor.partnerships)
    rows = rows.filter(mine_of(actor)) if mine else rows
    for name, value in {
        "set_by": body,
        "agency": agency,
        "source_kind": source_kind,
        "priority": priority,
    }.items():
        rows = rows.filter(**{name: value}) if value else rows
    rows = rows.filter(stage__in=stages) if stages else rows
    rows = rows.filter(_when(when, actor.on)) if when else rows
    if order is Order.OWED and len(stages) == 1:
        order = Order.DUE
    return rows.order_by(*_ORDERS[order])


def shown(actor: Actor, rows: Iterable[Action]) -> list[Action]:
    """These rows in their order, each with what its line in a list shows."""
    wanted = [row.pk for row in rows]
    found = {row.pk: row for row in actions(actor).filter(pk__in=wanted).order_by()}
    return [found[pk] for pk in wanted if pk in found]


def _when(when: str, today: date) -> Q:
    first, last = rules.this_month(today)
    return {
        When.OVERDUE: Q(rank=0, due__isnull=False, comes_up__lt=today),
        When.THIS_MONTH: Q(rank=0, due__isnull=False, comes_up__range=(first, last)),
        When.NO_DATE: Q(due__isnull=True),
    }[When(when)]


def in_a_sentence(actor: Actor, rows: QuerySet[Action], stages: Sequence[str] = ()) -> str:
    """What is open, late and waiting among these, in words; at most 250 of each are counted.

    `stages` are those to which the rows were narrowed: what they cannot hold is not looked for.
    So many are more than anybody counts by eye, and few enough that the sentence costs the same
    for a thousand actions as for a million.
    """
    bare, none = rows.order_by("comes_up"), Action.objects.none()
    owed = bare if not stages or Stage.OPEN in stages else none
    closed = bare if not stages or Stage.CLOSED in stages else none
    open_ = owed.filter(rank=0)[: MOST_COUNTED + 1].count()
    waiting = closed.filter(rank=1)[:MOST_COUNTED].count()
    counted = min(open_, MOST_COUNTED)
    late = _whose(owed.filter(_when(When.OVERDUE, actor.on)))
    return rules.in_a_sentence(counted, waiting, late, more=open_ > MOST_COUNTED)


def _whose(late: QuerySet[Action]) -> list[str]:
    """The agency of each row that is late, empty where none answers for it."""
    answering = list(late.values_list("agency", flat=True)[:MOST_COUNTED])
    names = dict(Agency.objects.filter(pk__in={*answering} - {None}).values_list("pk", "name"))
    return [names.get(pk, "") for pk in answering]


def actions_on(actor: Actor, record: Record) -> QuerySet[Action]:
    """What was raised from a record, as far as the actor may open both."""
    rows = actions(actor)
    return rows.filter(source=record) if can(actor, Verb.SEE, record) else rows.none()


def bodies_that_set(actor: Actor) -> QuerySet[Body]:
    """The bodies of the actor's partnerships, by which a list is narrowed."""
    rows = Body.objects.filter(partnership__in=actor.partnerships).select_related("record")
    return visible(actor, rows).order_by("order", "name")


def agencies_that_answer(actor: Actor) -> QuerySet[Agency]:
    rows = Agency.objects.filter(partnership__in=actor.partnerships).select_related("record")
    return visible(actor, rows).order_by("name")


def of_agency(actor: Actor, agency: Agency) -> QuerySet[Action]:
    """What an agency has open and may answer in a workbook: nothing that is held closely."""
    rows = actions(actor).filter(agency=agency, rank=0)
    rows = rows.filter(record__sensitivity__lte=Sensitivity.PARTNERSHIP)
    return rows.order_by("comes_up", "record__reference")


def others(actor: Actor, action: Action) -> QuerySet[Action]:
    """The open actions of the same partnership by which one may be superseded."""
    rows = listed(actor, stages=[Stage.OPEN])
    return rows.filter(partnership=action.partnership_id).exclude(pk=action.pk)
