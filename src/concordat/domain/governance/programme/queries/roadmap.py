"""A programme's milestones as its roadmap shows them: plan, slip, forecast, what they wait for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, Q, QuerySet

from concordat.domain.base.clocks.queries import law_of
from concordat.domain.base.clocks.rules import Law
from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import visible
from concordat.domain.governance.programme.models import (
    Milestone,
    Priority,
    Product,
    Programme,
    Replan,
    Update,
)
from concordat.domain.governance.programme.queries.lists import priorities_of, products_of
from concordat.domain.governance.programme.queries.naming import names_of
from concordat.domain.governance.programme.rules import health, path, slips
from concordat.domain.governance.programme.rules.findings import Known, findings
from concordat.domain.governance.programme.rules.life import Stage
from concordat.domain.governance.programme.rules.path import Node, Plan
from concordat.domain.governance.programme.rules.slips import Slip
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid

Planned = Programme | Milestone | Product


@dataclass(frozen=True, slots=True)
class Wall:
    """The last day that a rule of law allows. Only what is verified is worded as law."""

    rule: str
    title: str
    day: date | None
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One milestone of a roadmap. `held_up` says that it waits for something that is late."""

    milestone: Milestone
    owner: str
    waits_for: Sequence[Milestone]
    slip: Slip | None
    replanned: int
    stands: str
    wall: Wall | None
    update: Update | None
    stale: bool
    held_up: bool


@dataclass(frozen=True, slots=True)
class Roadmap:
    """All that a roadmap tells: its rows, the head in words, the critical path, the gaps."""

    rows: Sequence[Row]
    plan: Plan
    sentence: str
    critical: Sequence[path.Step]
    findings: Sequence[str]
    update: Update | None
    stale: bool


def milestones(actor: Actor, programme: Programme) -> QuerySet[Milestone]:
    rows = Milestone.objects.filter(programme=programme)
    rows = rows.select_related("record", "partnership", "priority__record", "workstream")
    return visible(actor, rows).order_by("order", "title", "pk")


def wall_of(actor: Actor, partnership: Record, rule: str) -> Wall | None:
    """The last day of a rule of law on the actor's day; None for a rule that is not on file."""
    return _wall(law_of(actor, partnership), rule, actor.on) if rule else None


def _wall(law: Law, rule: str, on: date) -> Wall | None:
    try:
        row = law.rule(rule, on=on)
    except Invalid:
        return None
    deadline = row.deadline
    last = (deadline.day or deadline.latest) if deadline else None
    return Wall(row.id, row.title, last, row.source, row.verified(on))


def walls_of(actor: Actor, rows: Iterable[Milestone]) -> dict[tuple[UUID, str], Wall]:
    """The last day of each rule that a milestone names. Reads the law once a partnership."""
    laws: dict[UUID, Law] = {}
    found: dict[tuple[UUID, str], Wall] = {}
    for row in rows:
        home = row.partnership
        if row.rule and home.pk not in laws:
            laws[home.pk] = law_of(actor, home)
        if row.rule and (wall := _wall(laws[home.pk], row.rule, actor.on)):
            found[home.pk, row.rule] = wall
    return found


def newest_updates(actor: Actor, records: Iterable[UUID]) -> dict[UUID, Update]:
    """The last word on each record."""
    rows = Update.objects.filter(record__in=list(records)).order_by("on", "pk")
    return {row.record_id: row for row in visible(actor, rows)}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Milestones with all that is read for them, once: the last word on each, the last days of
    the law, and the plan as the rules of the path read it."""

    rows: Sequence[Milestone]
    updates: Mapping[UUID, Update]
    walls: Mapping[tuple[UUID, str], Wall]
    plan: Plan


def sheet_of(actor: Actor, rows: Sequence[Milestone]) -> Sheet:
    updates = newest_updates(actor, [row.pk for row in rows])
    walls = walls_of(actor, rows)
    nodes = (
        _node(row, walls.get((row.partnership_id, row.rule)), updates.get(row.pk), actor.on)
        for row in rows
    )
    return Sheet(rows, updates, walls, path.plan_of(nodes))


def plan_of(actor: Actor, rows: Sequence[Milestone]) -> Plan:
    return sheet_of(actor, rows).plan


def _node(row: Milestone, wall: Wall | None, update: Update | None, today: date) -> Node:
    is_over = row.stage.is_over
    said = update.expected if update else None
    counted, why = (None, "") if is_over else path.still(row.due_day, said, today)
    return Node(
        row.in_plan(),
        row.title,
        row.due_day,
        tuple(row.in_plan(key) for key in row.depends_on),
        row.takes or 0,
        is_over,
        row.stage is Stage.ABANDONED,
        wall.day if wall and wall.verified else None,
        counted,
        why,
    )


def roadmap(actor: Actor, programme: Programme) -> Roadmap:
    """The whole roadmap of a programme. Asks as much for one milestone as for many."""
    sheet = sheet_of(actor, sorted(milestones(actor, programme), key=_by_day))
    told = _rows(actor, programme, sheet)
    update = newest_updates(actor, [programme.pk]).get(programme.pk)
    return Roadmap(
        rows=told,
        plan=sheet.plan,
        sentence=health.sentence(_standing(told)),
        critical=path.critical(sheet.plan),
        findings=findings(_known(actor, programme, sheet)),
        update=update,
        stale=_is_stale(actor, programme, update),
    )


def _by_day(row: Milestone) -> tuple[bool, date]:
    """The earliest first; what has no date keeps its place at the end."""
    when = row.done_day or row.due_day
    first = when.earliest if when else None
    return first is None, first or date.max


def _is_stale(actor: Actor, row: Programme | Priority | Milestone, update: Update | None) -> bool:
    if row.stage.is_over:
        return False
    return health.is_stale(update.on if update else None, actor.on, known_since=row.record.opened)


def _rows(actor: Actor, home: Programme | Milestone, sheet: Sheet) -> list[Row]:
    by_key = {row.in_plan(): row for row in sheet.rows}
    owners = _owners(actor, home.partnership_id, sheet.rows)
    changes = _times_replanned(sheet.rows)
    found = []
    for row in sheet.rows:
        update = sheet.updates.get(row.pk)
        keys = (row.in_plan(key) for key in row.depends_on)
        waits = [by_key[key] for key in keys if key in by_key]
        found.append(
            Row(
                milestone=row,
                owner=owners.get((row.partnership_id, row.owner), ""),
                waits_for=waits,
                slip=slips.slip(row.first_day, row.done_day or row.due_day),
                replanned=changes[row.partnership_id, f"milestones:{row.key}"],
                stands=slips.stands(row.due_day, row.stage.is_over, actor.on),
                wall=sheet.walls.get((row.partnership_id, row.rule)),
                update=update,
                stale=_is_stale(actor, row, update),
                held_up=not row.stage.is_over and any(_is_late(actor, each) for each in waits),
            )
        )
    return found


def _owners(actor: Actor, home: UUID, rows: Sequence[Milestone]) -> dict[tuple[UUID, str], str]:
    """What each owner is called, named within the partnership whose row names it."""
    return {
        (each, told): name
        for each in {home, *(row.partnership_id for row in rows)}
        for told, name in names_of(
            actor, each, [row.owner for row in rows if row.partnership_id == each]
        ).items()
    }


def _is_late(actor: Actor, row: Milestone) -> bool:
    return slips.stands(row.due_day, row.stage.is_over, actor.on) == "late"


def _times_replanned(rows: Sequence[Milestone]) -> Counter[tuple[UUID, str]]:
    """How often each was planned again, of milestones that the actor sees."""
    told = {f"milestones:{row.key}" for row in rows}
    homes = {row.partnership_id for row in rows}
    found = Replan.objects.filter(partnership__in=homes, changes__in=told)
    return Counter((row.partnership_id, row.changes) for row in found)


def _standing(rows: Sequence[Row]) -> health.Standing:
    open_ = [row for row in rows if row.stands != "over"]
    dated = [row for row in open_ if row.milestone.due_day]
    first = min(dated, key=lambda row: row.milestone.due_day.sort_key, default=None)  # type: ignore[union-attr]
    waits = [each.title for each in first.waits_for if not each.stage.is_over] if first else []
    return health.Standing(
        total=len(rows),
        done=sum(row.milestone.stage is Stage.DONE for row in rows),
        late=sum(row.stands == "late" for row in rows),
        undated=sum(row.stands == "undated" for row in rows),
        slipped=sum(bool(row.replanned) or _has_slipped(row) for row in rows),
        next_title=first.milestone.title if first else "",
        next_due=str(first.milestone.due_day) if first else "",
        waits_for=waits,
    )


def _has_slipped(row: Row) -> bool:
    return row.slip is not None and row.slip.least > 0


def _known(actor: Actor, programme: Programme, sheet: Sheet) -> Known:
    open_ = [row for row in sheet.rows if not row.stage.is_over]
    products = list(products_of(actor, programme))
    changes = list(_changes(actor, programme, _changed(programme, sheet.rows, products)))
    return Known(
        plan=sheet.plan,
        unowned=[row.title for row in open_ if not row.owner],
        leads=[row.lead for row in priorities_of(actor, programme)],
        unaccepted=[row.title for row in products if not row.accepted_by],
        unagreed=sum(not row.agreed_by for row in changes),
        without_reason=sum(not row.reasons for row in changes),
        unknown_rules=sorted(
            {
                row.rule
                for row in open_
                if row.rule and (row.partnership_id, row.rule) not in sheet.walls
            }
        ),
        begins=programme.period.start,
        ends=programme.period.end,
    )


Changed = tuple[UUID, str]
"""What a change of plan names: the partnership whose row it is, and kind:key."""


def _changed(
    programme: Programme, rows: Iterable[Milestone], products: Iterable[Product]
) -> dict[Changed, Planned]:
    """The rows that a change of plan may name."""
    found: dict[Changed, Planned] = {
        (programme.partnership_id, f"programmes:{programme.key}"): programme
    }
    found |= {(row.partnership_id, f"milestones:{row.key}"): row for row in rows}
    return found | {(row.partnership_id, f"products:{row.key}"): row for row in products}


def _changes(
    actor: Actor, programme: Programme, named: Mapping[Changed, Planned]
) -> QuerySet[Replan]:
    """Every change of plan of a programme and of what it holds."""
    told = Q()
    for home in {home for home, _ in named}:
        told |= Q(partnership=home, changes__in=[each for at, each in named if at == home])
    seen = visible(actor, Programme.objects.filter(pk=programme.pk))
    return Replan.objects.filter(told).filter(Exists(seen)).order_by("order", "pk")


def changes_of_plan(actor: Actor, programme: Programme) -> list[tuple[Replan, Planned]]:
    """Every change of plan of a programme and of what it holds, with what it changes."""
    rows = milestones(actor, programme)
    named = _changed(programme, rows, products_of(actor, programme))
    return [
        (row, named[row.partnership_id, row.changes]) for row in _changes(actor, programme, named)
    ]


@dataclass(frozen=True, slots=True)
class Place:
    """One milestone within its plan: its row, what waits for it, what moves if it slips."""

    row: Row
    dependents: Sequence[Milestone]
    effects: Sequence[path.Effect]


def place_of(actor: Actor, milestone: Milestone, days: int = path.A_WEEK) -> Place:
    """Where a milestone stands in its plan. Of effects itself comes first; none once it is over."""
    home = milestone.programme
    rows = list(milestones(actor, home)) if home else []
    if milestone not in rows:
        rows = [milestone]
    sheet = sheet_of(actor, rows)
    row = next(each for each in _rows(actor, home or milestone, sheet)
               if each.milestone == milestone)  # fmt: skip
    key = milestone.in_plan()
    after = [each for each in rows if key in sheet.plan[each.in_plan()].after]
    over = milestone.stage.is_over
    return Place(row, after, () if over else path.if_slips(sheet.plan, key, days))


def milestones_for(actor: Actor, priority: Priority) -> QuerySet[Milestone]:
    """The milestones of a priority."""
    rows = Milestone.objects.filter(priority=priority).select_related("record")
    return visible(actor, rows).order_by("order", "title", "pk")


def owner_of(actor: Actor, thing: Programme | Priority | Milestone) -> str:
    """Who answers for it, as kind:key; of a programme whoever steers it."""
    if isinstance(thing, Programme):
        return f"bodies:{thing.steered_by[0]}" if thing.steered_by else ""
    return thing.lead if isinstance(thing, Priority) else thing.owner
