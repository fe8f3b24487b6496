"""Registers and their risks as lists, each page of which costs the same however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.expressions import OrderBy
from django.db.models.functions import RowNumber

from concordat.domain.base.records.models import Record
from concordat.domain.base.records.queries import visible
from concordat.domain.base.seats.models import Body
from concordat.domain.governance.risks.models import Acceptance, Control, Register, Risk
from concordat.domain.governance.risks.queries.one import ROOT, WITH, controls
from concordat.domain.governance.risks.queries.over_time import standing_at
from concordat.domain.governance.risks.queries.who import Owner, owned_by, owners_of
from concordat.domain.governance.risks.rules import findings, movement
from concordat.domain.governance.risks.rules.findings import Finding, Wanting
from concordat.domain.governance.risks.rules.life import Stage, Which, Working
from concordat.domain.governance.risks.rules.movement import Quarter, Trend
from concordat.domain.governance.risks.rules.schemes import Score
from concordat.kernel.actor import Actor, Kind

MOST_COUNTED = 1000
TOP = 5


class Order(StrEnum):
    """How a list is ordered; `HEAVIEST` where nobody chose."""

    HEAVIEST = ""
    REVIEW = "review"
    REVIEW_LAST = "-review"


_ORDERS: dict[Order, tuple[OrderBy | str, ...]] = {
    Order.HEAVIEST: ("-rank", "record"),
    Order.REVIEW: (F("review_day").asc(nulls_last=True), "pk"),
    Order.REVIEW_LAST: (F("review_day").desc(nulls_last=True), "-pk"),
}


def registers(actor: Actor) -> QuerySet[Register]:
    """The registers of the actor's partnerships."""
    rows = visible(actor, Register.objects.select_related(*ROOT))
    if actor.kind is not Kind.PROCESS:
        rows = rows.filter(partnership__in=actor.partnerships)
    return rows.order_by("partnership__title", F("order").asc(nulls_last=True), "title")


def risks(actor: Actor) -> QuerySet[Risk]:
    """Every risk that the actor may open."""
    return visible(actor, Risk.objects.select_related(*WITH)).order_by("-rank", "pk")


def listed(
    actor: Actor,
    register: Register,
    *,
    stage: str = "",
    mine: bool = False,
    wanting: str = "",
    treatment: str = "",
    up: int = 0,
    across: int = 0,
    order: Order = Order.HEAVIEST,
) -> QuerySet[Risk]:
    """The risks of a register, narrowed and ordered: what is open unless a stage is chosen.

    The rows are bare, so that an index gives them in their order: `shown` fills in those of
    one page.
    """
    rows = visible(actor, Risk.objects.filter(register=register))
    rows = rows.filter(stage=stage) if stage else rows
    over = stage == Stage.CLOSED
    rows = rows.filter(over=over)
    if wanting != Wanting.OWNER:
        # SQLite finds a partial index by NOT over, and an order in an index by over IN.
        rows = rows.filter(over__in=[over])
    rows = rows.filter(owned_by(actor)) if mine else rows
    rows = rows.filter(treatment=treatment) if treatment else rows
    rows = rows.filter(_lacks(wanting, actor.on)) if wanting else rows
    rows = rows.filter(up=up) if up else rows
    rows = rows.filter(across=across) if across else rows
    return rows.order_by(*_ORDERS[order])


NARROWED = (
    Wanting.OWNER, Wanting.SCORE, Wanting.REVIEW, Wanting.OVERDUE, Wanting.CONTROLS,
    Wanting.FAILING, Wanting.TARGET,
)  # fmt: skip
"""What is wanting by which a list can be narrowed."""


def _lacks(wanting: str, today: date) -> Q:
    live = Control.objects.filter(ended_on=None)
    return {
        Wanting.OWNER: Q(owner=""),
        Wanting.SCORE: Q(rank=0),
        Wanting.REVIEW: Q(review_day=None),
        Wanting.OVERDUE: Q(review_day__lt=today),
        Wanting.CONTROLS: ~Q(pk__in=live.values("risk")),
        Wanting.FAILING: Q(pk__in=live.filter(working=Working.NOT).values("risk")),
        Wanting.TARGET: Q(target_likelihood=""),
    }[Wanting(wanting)]


@dataclass(frozen=True, slots=True)
class Row:
    """One risk as its line in a list shows it."""

    risk: Risk
    owner: Owner | None
    inherent: Score | None
    current: Score | None
    target: Score | None
    trend: Trend
    controls: str
    findings: tuple[Finding, ...]
    accepted_until: date | None
    is_overdue: bool


def shown(actor: Actor, rows: Iterable[Risk]) -> list[Row]:
    """These rows in their order, each with what its line shows; asked once for all."""
    wanted = [row.pk for row in rows]
    by_pk = {row.pk: row for row in risks(actor).filter(pk__in=wanted).order_by()}
    found = [by_pk[pk] for pk in wanted if pk in by_pk]
    owners = owners_of(actor, found)
    working: dict[object, list[Working]] = {}
    for each in controls(actor, found):
        working.setdefault(each.risk_id, []).append(each.working_is)
    accepted = dict(
        Acceptance.objects.filter(risk__in=wanted, ended_on=None).values_list("risk", "expires")
    )
    before = standing_at(actor, found, Quarter.of(actor.on).before.last, known=actor.on)
    now = standing_at(actor, found, actor.on, known=actor.on)
    return [
        _row(
            actor,
            risk,
            owners.get((risk.partnership_id, risk.owner)),
            working.get(risk.pk, []),
            movement.trend(before.get(risk.pk), now.get(risk.pk)),
            accepted.get(risk.pk),
        )
        for risk in found
    ]


def _row(
    actor: Actor,
    risk: Risk,
    owner: Owner | None,
    working: Sequence[Working],
    trend: Trend,
    accepted: date | None,
) -> Row:
    current, target = risk.score(Which.CURRENT), risk.score(Which.TARGET)
    facts = findings.Facts(bool(risk.owner), current, target, risk.review_day, tuple(working))
    lacks = [] if risk.over else findings.findings(facts, actor.on)
    overdue = any(each.wanting is Wanting.OVERDUE for each in lacks)
    told = findings.controls_in_words(working)
    inherent = risk.score(Which.INHERENT)
    return Row(risk, owner, inherent, current, target, trend, told, tuple(lacks), accepted, overdue)


def in_a_sentence(actor: Actor, register: Register) -> str:
    """How many are open, and what they lack, in words; at most 1,000 are counted."""
    rows = listed(actor, register).order_by()
    open_ = rows[: MOST_COUNTED + 1].count()
    lacking = {
        each: rows.filter(_lacks(each, actor.on))[:MOST_COUNTED].count()
        for each in (Wanting.OWNER, Wanting.OVERDUE, Wanting.SCORE)
    }
    return findings.in_a_sentence(
        min(open_, MOST_COUNTED), lacking if open_ else {}, more=open_ > MOST_COUNTED
    )


@dataclass(frozen=True, slots=True)
class Summary:
    """A register in a line: how many are open, and the heaviest of them."""

    register: Register
    keeper: str
    sentence: str
    top: tuple[Risk, ...]


def summaries(actor: Actor, rows: Sequence[Register]) -> list[Summary]:
    """These registers in their order, each with its five heaviest risks; asked once for all."""
    keys = [row.pk for row in rows]
    there = visible(actor, Risk.objects.filter(register__in=keys, over=False))
    counted: dict[object, dict[str, Any]] = {
        row["register"]: {**row}
        for row in there.order_by()
        .values("register")
        .annotate(
            open=Count("pk"),
            ownerless=Count("pk", filter=Q(owner="")),
            overdue=Count("pk", filter=Q(review_day__lt=actor.on)),
            bare=Count("pk", filter=Q(rank=0)),
        )
    }
    place = Window(RowNumber(), partition_by="register", order_by=[F("rank").desc(), F("pk")])
    heaviest = there.annotate(place=place).filter(place__lte=TOP).select_related("record")
    top: dict[object, list[Risk]] = {}
    for risk in heaviest.select_related("register").order_by("-rank", "pk"):
        top.setdefault(risk.register_id, []).append(risk)
    keepers = _keepers(actor, rows)
    return [
        Summary(
            row,
            keepers.get((row.partnership_id, row.owner), ""),
            _counted(counted.get(row.pk, {})),
            tuple(top.get(row.pk, ())),
        )
        for row in rows
    ]


def _counted(told: Mapping[str, Any]) -> str:
    lacking = {
        Wanting.OWNER: told.get("ownerless", 0),
        Wanting.OVERDUE: told.get("overdue", 0),
        Wanting.SCORE: told.get("bare", 0),
    }
    return findings.in_a_sentence(told.get("open", 0), lacking)


def _keepers(actor: Actor, rows: Sequence[Register]) -> dict[tuple[object, str], str]:
    keys = [row.owner.partition(":")[2] for row in rows]
    homes = [row.partnership_id for row in rows]
    bodies = visible(actor, Body.objects.filter(partnership__in=homes, key__in=keys))
    return {(each.partnership_id, f"bodies:{each.key}"): each.name for each in bodies}


def mine(actor: Actor) -> QuerySet[Risk]:
    """The open risks that the actor owns."""
    return risks(actor).filter(owned_by(actor), over=False)


def common_to(actor: Actor, partnership: Record) -> QuerySet[Risk]:
    """Risks of other partnerships that are shared with one, and that it has not taken in."""
    rows = risks(actor).filter(record__shares__partnership=partnership, common=None, over=False)
    taken = Risk.objects.filter(partnership=partnership, common__isnull=False).values("common")
    return rows.exclude(partnership=partnership).exclude(pk__in=taken).distinct()
