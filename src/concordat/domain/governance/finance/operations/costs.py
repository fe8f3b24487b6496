"""Costs of a budget, totals that somebody states, and what things cost elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from concordat.domain.base.agencies.rules import free_key
from concordat.domain.base.records.models import Keyed, Record
from concordat.domain.base.records.operations import change, hold_still, operation
from concordat.domain.governance.finance import rules
from concordat.domain.governance.finance.models import KINDS, Budget, Comparator, Cost, Total
from concordat.domain.governance.finance.operations.taking import (
    is_made,
    known_from,
    of_here,
    taken_budget,
    valid,
)
from concordat.domain.governance.finance.operations.telling import tell_arrangements
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid

SUMS = ("amount", "full_cost", "day_rate", "spent", "forecast")


def new_key(model: type[Keyed], partnership: Record, name: str) -> str:
    rows = model._default_manager.filter(partnership=partnership)
    return free_key(name, set(rows.values_list("key", flat=True)))


@operation
def add_cost(actor: Actor, *, budget: Budget, facts: Mapping[str, Any]) -> Cost:
    """Add a line. `facts` are fields of `Cost` that a partnership file may hold; sums in pence,
    shares and days as decimal texts."""
    _, held = taken_budget(actor, budget, "change")
    hold_still(actor, partnerships=[held.partnership])
    title = str(facts.get("title", "")).strip()
    if not title:
        raise Invalid("Say what is paid for.", field="title")
    _is_right(held, facts)
    row = change(
        actor,
        model=Cost,
        partnership=held.partnership,
        key=new_key(Cost, held.partnership, title),
        values={"stated_text": actor.on.isoformat(), **facts, "title": title, "budget": held,
                "year": facts.get("year") or held.year},
        noun=KINDS["costs"][1],
        beneath=held.record,
    )  # fmt: skip
    of_here(row, row.role, row.decision)
    tell_arrangements(actor, partnership=held.partnership)
    return row


@operation
def change_cost(
    actor: Actor, *, cost: Cost, facts: Mapping[str, Any], seen_version: int | None = None
) -> Cost:
    """Change a line. Raises `Stale` with both if somebody changed it first: `seen_version` is
    its fingerprint."""
    held = taken_budget(actor, cost.budget, "change")[1] if cost.budget else None
    _is_right(held, facts)
    row = change(
        actor,
        model=Cost,
        partnership=cost.partnership,
        key=cost.key,
        values=facts,
        noun=KINDS["costs"][1],
        beneath=held.record if held else None,
        seen_version=seen_version,
    )
    of_here(row, row.role, row.decision)
    tell_arrangements(actor, partnership=cost.partnership)
    return row


def _is_right(budget: Budget | None, facts: Mapping[str, Any]) -> None:
    valid(rules.years.belongs(str(facts.get("year", "")), to=budget.year if budget else "",
                              what="cost"), "year")  # fmt: skip
    for name in SUMS:
        valid(rules.costs.is_cost(facts.get(name)), name)
    valid(rules.costs.is_share(_number(facts, "share")), "share")
    days = _number(facts, "days")
    if days is not None and not 0 < days <= 366:
        raise Invalid(f"{days:f} days are not in a year.", field="days", mend="Give 1 to 366.")
    if facts.get("decision"):
        is_made(facts["decision"])


def _number(facts: Mapping[str, Any], name: str) -> Decimal | None:
    told = str(facts.get(name) or "").strip()
    try:
        number = Decimal(told) if told else None
    except InvalidOperation:
        number = Decimal("NaN")
    if number is not None and not number.is_finite():
        raise Invalid(f"“{told}” is not a number.", field=name, mend="Write it like 2.5.")
    return number


@operation
def state_total(
    actor: Actor, *, budget: Budget, of: str, amount: int | None, source: str = ""
) -> Total:
    """Keep a total as a source states it, beside the one that adds up. The same again changes
    what is stated."""
    _, held = taken_budget(actor, budget, "change")
    hold_still(actor, partnerships=[held.partnership])
    if not of.strip():
        raise Invalid("Say what it is the total of.", field="of")
    there = Total.objects.filter(budget=held, of__iexact=of.strip()).first()
    values = {"of": of.strip(), "amount": amount, "budget": held, "year": held.year}
    told = {"source": source.strip()} if source.strip() else {}
    row = change(
        actor,
        model=Total,
        partnership=held.partnership,
        key=there.key if there else new_key(Total, held.partnership, of.strip()),
        values=values | told | known_from(actor, there),
        noun=KINDS["totals"][1],
        beneath=held.record,
    )
    tell_arrangements(actor, partnership=held.partnership)
    return row


@operation
def add_comparator(
    actor: Actor, *, partnership: Record, title: str, facts: Mapping[str, Any]
) -> Comparator:
    """What something costs elsewhere; it says who says so and for which year."""
    hold_still(actor, partnerships=[partnership])
    if not title.strip():
        raise Invalid("Say what it is.", field="title")
    if not str(facts.get("source", "")).strip():
        raise Invalid("Say who says so.", field="source", mend="Name the paper and the place.")
    told = [facts.get(name) for name in ("lowest", "average", "highest")]
    known = [each for each in told if each is not None]
    if not known:
        raise Invalid("Give at least one sum.", field="average")
    if min(known) < 0:
        raise Invalid("What something costs is not below nothing.", field="average")
    if known != sorted(known):
        raise Invalid("The lowest, the average and the highest must rise.", field="lowest")
    return change(
        actor,
        model=Comparator,
        partnership=partnership,
        key=new_key(Comparator, partnership, title),
        values={**known_from(actor, None), **facts, "title": title.strip()},
        noun=KINDS["comparators"][1],
    )
