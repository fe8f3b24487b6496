"""Formulas set down and chosen, and how many reviews a year may bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from concordat.domain.base.agencies.models import Agency
from concordat.domain.base.records.operations import (
    change,
    happened,
    hold_still,
    operation,
    remember_gone,
)
from concordat.domain.governance.arrangements.models import Decision
from concordat.domain.governance.finance import queries
from concordat.domain.governance.finance.models import (
    KINDS,
    Budget,
    Contribution,
    Cost,
    Formula,
    ReviewDemand,
    Share,
)
from concordat.domain.governance.finance.operations.costs import add_cost, change_cost, new_key
from concordat.domain.governance.finance.operations.income import (
    add_contribution,
    ask_again,
    describe_contribution,
)
from concordat.domain.governance.finance.operations.taking import (
    is_made,
    known_from,
    of_here,
    taken_budget,
)
from concordat.domain.governance.finance.operations.telling import tell_arrangements
from concordat.domain.governance.finance.rules import Level
from concordat.domain.governance.finance.rules import demand as chances
from concordat.domain.governance.finance.rules import sharing as rules
from concordat.domain.governance.finance.rules.demand import Demand
from concordat.domain.governance.finance.rules.income import ENDED, LADDER, Stage
from concordat.domain.governance.finance.rules.sharing import Method
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid, Refused
from concordat.kernel.money import in_pounds

REVIEWS = "Local reviews"
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Part:
    """One agency under a formula: percent, number of children or cases, or a flat sum (pence)."""

    agency: Agency
    percent: Decimal | None = None
    number: Decimal | None = None
    flat: int | None = None


@operation
def set_formula(
    actor: Actor,
    *,
    budget: Budget,
    title: str,
    method: Method,
    parts: Sequence[Part],
    total: int | None = None,
    equal_part: Decimal | None = None,
    about: str = "",
) -> Formula:
    """Set a formula down under a title of its own. Refused where its shares do not come to the
    whole: percentages of 99.9 are told with their sum. `total` is the sum in pence."""
    _, held = taken_budget(actor, budget, "change")
    hold_still(actor, partnerships=[held.partnership])
    title = title.strip()
    if not title or len(title) > LONGEST_TITLE:
        raise Invalid("Say what it is called, in 200 characters or fewer.", field="title")
    if Formula.objects.filter(budget=held, title__iexact=title).exists():
        raise Invalid(
            f"“{title}” is set down already.",
            field="title",
            mend="Change that one, or give this one another name.",
        )
    key = new_key(Formula, held.partnership, f"{held.year} {title}")
    known = {"title": title, "year": held.year, "budget": held, **known_from(actor, None)}
    return _keep_formula(actor, held, key, known, method, parts, total, equal_part, about)


@operation
def change_formula(
    actor: Actor,
    *,
    formula: Formula,
    method: Method,
    parts: Sequence[Part],
    total: int | None = None,
    equal_part: Decimal | None = None,
    about: str = "",
    seen_version: int | None = None,
) -> Formula:
    """Change who shares and how much under a formula to which the partners do not work yet.

    `seen_version` is that of its budget, since the shares are rows beside the formula.
    """
    assert formula.budget is not None  # noqa: S101 - a formula of a budget is changed
    shown = {"How it works": method.label, "About": about.strip()}
    _, held = taken_budget(actor, formula.budget, "change", seen_version=seen_version, mine=shown)
    hold_still(actor, partnerships=[held.partnership])
    now = Formula.objects.get(pk=formula.pk)
    if now.chosen:
        raise Refused(f"The partners work to “{now.title}”. Set another down under its own name.")
    known = {"title": now.title}
    return _keep_formula(actor, held, now.key, known, method, parts, total, equal_part, about)


def _keep_formula(
    actor: Actor,
    held: Budget,
    key: str,
    known: Mapping[str, object],
    method: Method,
    parts: Sequence[Part],
    total: int | None,
    equal_part: Decimal | None,
    about: str,
) -> Formula:
    of_here(held, *(each.agency for each in parts))
    _works(actor, held, method, parts, total, equal_part)
    row = change(
        actor,
        model=Formula,
        partnership=held.partnership,
        key=key,
        values={
            **known,
            "method": method.value,
            "sum": total,
            "equal_part": _text(equal_part if method is Method.HYBRID else None),
            "about": about.strip(),
        },
        noun=KINDS["formulas"][1],
        beneath=held.record,
    )
    _set_shares(actor, held, row, parts)
    tell_arrangements(actor, partnership=held.partnership)
    return row


def _works(
    actor: Actor,
    budget: Budget,
    method: Method,
    parts: Sequence[Part],
    total: int | None,
    equal_part: Decimal | None,
) -> None:
    partners = tuple(
        rules.Partner(each.agency.key, each.agency.name, each.percent, each.number, each.flat)
        for each in parts
    )
    whole = queries.sum_to_share(actor, budget) if total is None else total
    if found := rules.faults(rules.Formula(method, partners, "", equal_part), whole):
        raise Invalid(found)


def _set_shares(actor: Actor, budget: Budget, row: Formula, parts: Sequence[Part]) -> None:
    """One row for each agency; who shares no longer is taken out, and the event says so."""
    there = {each.agency_id: each for each in Share.objects.filter(budget=budget,
                                                                   formula=row.title)}  # fmt: skip
    for number, part in enumerate(parts, 1):
        mine = there.pop(part.agency.pk, None)
        name = f"{row.key} {part.agency.key}"
        change(
            actor,
            model=Share,
            partnership=budget.partnership,
            key=mine.key if mine else new_key(Share, budget.partnership, name),
            values={
                "formula": row.title,
                "agency": part.agency,
                "year": budget.year,
                "budget": budget,
                "order": number,
                "percent": _text(part.percent),
                "number": _text(part.number),
                "amount": part.flat,
                **known_from(actor, mine),
            },
            noun=KINDS["shares"][1],
            beneath=budget.record,
        )
    for left in there.values():
        happened(actor, "share taken out", budget.record, before={"key": left.key})
        remember_gone(actor, row=left)
        left.delete()


def _text(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"


@operation
def choose_formula(
    actor: Actor, *, formula: Formula, decision: Decision, seen_version: int | None = None
) -> Formula:
    """The partners work to a formula by a decision. What each would pay is asked of it: a
    contribution that is only sought is asked anew, one that has come further stays."""
    assert formula.budget is not None  # noqa: S101 - a formula of a budget is chosen
    _, held = taken_budget(actor, formula.budget, "change", seen_version=seen_version)
    of_here(held, decision)
    is_made(decision)
    found = next(
        (one for row, one in queries.shared(actor, held) if row and row.pk == formula.pk), None
    )
    if found is None or not found.works:
        raise Refused("This formula does not work for the sum. Mend it first.")
    for row in Formula.objects.filter(budget=held, chosen=True).exclude(pk=formula.pk):
        _keep_chosen(actor, row, None, None)
    chosen = _keep_chosen(actor, formula, True, decision)
    agencies = Agency.objects.select_related("record", "partnership").in_bulk(list(found.pence))
    for agency in agencies.values():
        _ask_for(actor, held, agency, found.pence[str(agency.pk)])
    happened(
        actor,
        "formula chosen",
        held.record,
        after={"formula": formula.title, "sum": in_pounds(found.total), "decision": decision.title},
    )
    return chosen


def _keep_chosen(
    actor: Actor, row: Formula, chosen: bool | None, decision: Decision | None
) -> Formula:
    return change(
        actor,
        model=Formula,
        partnership=row.partnership,
        key=row.key,
        values={"chosen": chosen, "decision": decision},
        noun=KINDS["formulas"][1],
        beneath=row.budget.record if row.budget else None,
    )


def _ask_for(actor: Actor, budget: Budget, agency: Agency, pence: int) -> None:
    rows = Contribution.objects.filter(budget=budget, agency=agency).select_related(
        "record", "agency", "partnership", "budget", "matter"
    )
    first = rows.order_by("order", "key").first()
    if first and first.stage in ENDED and pence:
        ask_again(actor, contribution=first, amount=pence)
    elif first is None:
        if pence:
            add_contribution(actor, budget=budget, agency=agency, facts={"amount": pence})
    elif rows.count() == 1 and first.stage not in ENDED + LADDER[LADDER.index(Stage.PLEDGED) :]:
        describe_contribution(actor, contribution=first, facts={"amount": pence})


@operation
def set_demand(
    actor: Actor, *, budget: Budget, demand: Demand, about: str = "",
    seen_version: int | None = None,
) -> ReviewDemand:  # fmt: skip
    """Say how many reviews the year may bring and what one costs, and where the figures come
    from. Figures that do not rise are refused."""
    _, held = taken_budget(actor, budget, "change")
    hold_still(actor, partnerships=[held.partnership])
    demand.check()
    there = ReviewDemand.objects.filter(budget=held).first()
    name = f"reviews {held.key}"
    return change(
        actor,
        model=ReviewDemand,
        partnership=held.partnership,
        key=there.key if there else new_key(ReviewDemand, held.partnership, name),
        values={
            "year": held.year,
            "budget": held,
            "low": demand.low,
            "likely": demand.likely,
            "high": demand.high,
            "least": demand.least,
            "usual": demand.usual,
            "most": demand.most,
            "seed": demand.seed,
            "about": about.strip(),
            **known_from(actor, there),
        },
        noun=KINDS["review_demand"][1],
        beneath=held.record,
        seen_version=seen_version if there else None,
    )


@operation
def budget_for_reviews(actor: Actor, *, budget: Budget, sure: int) -> Cost:
    """Put the money into the budget that is enough in `sure` of 100 years, as one line."""
    taken_budget(actor, budget, "change")
    row = queries.demand_of(actor, budget)
    demand = row.demand if row else None
    if demand is None:
        raise Refused("Say first how many reviews the year may bring and what one costs.")
    if sure not in chances.SURE:
        told = ", ".join(map(str, chances.SURE))
        raise Invalid(f"Choose one of {told} in 100.", field="sure")
    amount = queries.drawn(actor, demand).enough[sure]
    about = f"Enough in {sure} of 100 years. {demand.in_words()}"
    facts = {"amount": amount, "about": about}
    there = Cost.objects.filter(budget=budget, title=REVIEWS).select_related("budget").first()
    if there:
        return change_cost(actor, cost=there, facts=facts)
    more = {"title": REVIEWS, "heading": "Local review", "level": Level.RECURRENT.value}
    return add_cost(actor, budget=budget, facts=facts | more)
