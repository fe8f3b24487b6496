"""Formulas side by side, one set down, one chosen; how many reviews a year may bring."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.domain.base.records.operations import look
from concordat.domain.governance.finance import operations, queries
from concordat.domain.governance.finance.operations.sharing import Part
from concordat.domain.governance.finance.queries import Budget, Formula
from concordat.domain.governance.finance.rules import Method
from concordat.domain.governance.finance.rules.demand import SEED, Demand
from concordat.domain.governance.finance.rules.sharing import Shared, are_of_one_sum, side_by_side
from concordat.web.finance import facing, picture
from concordat.web.finance.facing import Request, choices, chosen
from concordat.web.finance.forms import (
    SHARES,
    SHARES_NOT,
    DecisionForm,
    DemandForm,
    FormulaForm,
    SureForm,
)
from concordat.web.ui import sending

FORMULAS, REVIEWS = "finance:formulas", "finance:reviews"


@require_safe
def formulas(request: Request, reference: str) -> HttpResponse:
    """What each partner would pay under each formula, to the penny."""
    actor = request.actor
    found = queries.budget(actor, reference)
    look(actor, record=found.record)
    shared = queries.shared(actor, found)
    beside = side_by_side([one for _, one in shared])
    told = facing.band(actor, found, "formulas") | {
        "shared": shared,
        "columns": [one.formula.title for _, one in shared],
        "beside": beside,
        "one_sum": are_of_one_sum([one for _, one in shared]),
        "picture": picture.formulas([one for _, one in shared], beside),
        "needed": queries.sum_to_share(actor, found),
        "methods": [(each, each.label, each.rests_on) for each in Method],
        "broken": [one for _, one in shared if not one.works],
    }
    return render(request, "finance/formulas.html", told)


def set_formula(request: Request, reference: str, method: str) -> HttpResponse:
    """Set down a formula of one method."""
    found = facing.mine(request, reference)
    if method not in set(Method):
        raise Http404
    way = Method(method)
    agencies = queries.payers(request.actor, found)
    form = FormulaForm(request.POST or None, method=way, agencies=agencies,
                       initial={"title": way.label})  # fmt: skip
    send = lambda: operations.set_formula(  # noqa: E731
        request.actor, budget=found, title=form.answers()["title"], **_said(way, form, agencies)
    )
    told = facing.of_budget(found, way.label, "Set the formula down", explain=way.rests_on)
    return facing.act(request, form, send, "The formula is set down.", (FORMULAS, reference),
                      names=_NAMES, **told)  # fmt: skip


def change_formula(request: Request, reference: str, key: str) -> HttpResponse:
    """Change who shares and how much under a formula, from what it says now."""
    found = facing.mine(request, reference)
    row = queries.formula(request.actor, found, key)
    one = next(one for each, one in queries.shared(request.actor, found) if each == row)
    way = one.formula.method
    agencies = queries.payers(request.actor, found)
    form = FormulaForm(
        request.POST or None, method=way, agencies=agencies, is_named=True,
        seen_version=found.record.version, initial=_held(row, one, way, agencies),
    )  # fmt: skip
    send = lambda: operations.change_formula(  # noqa: E731
        request.actor, formula=row, seen_version=form.seen, **_said(way, form, agencies)
    )
    told = facing.of_budget(found, f"Change “{row.title}”", "Save it", explain=way.rests_on)
    return facing.act(request, form, send, "The formula is saved.", (FORMULAS, reference),
                      record=found.record, names=_NAMES, **told)  # fmt: skip


_NAMES = {"percent": "", "number": "", "flat": "", "partners": "", "sum": "total"}


def _said(way: Method, form: FormulaForm, agencies: list[Any]) -> dict[str, Any]:
    told, given = form.answers(), form.parts()
    parts = [
        part for each in agencies if (part := _part(way, each, given.get(each.key))) is not None
    ]
    return {
        "method": way,
        "parts": parts,
        "total": told["total"],
        "equal_part": told.get("equal_part"),
        "about": told["about"],
    }


def _held(row: Formula, one: Shared, way: Method, agencies: list[Any]) -> dict[str, Any]:
    """What the formula says now, for the fields of its form."""
    there = {each.key: each for each in one.formula.partners}
    told: dict[str, Any] = {
        "total": row.sum, "equal_part": one.formula.equal_part, "about": row.about,
    }  # fmt: skip
    for each in agencies:
        partner = there.get(str(each.pk))
        told[f"of_{each.key}"] = _field(way, partner)
    return told


def _field(way: Method, partner: Any) -> Any:
    match way:
        case Method.EQUAL:
            return SHARES if partner else SHARES_NOT
        case Method.FLAT:
            return partner.flat if partner else None
        case Method.PERCENTAGE:
            return partner.percent if partner else None
    return partner.number if partner else None


def _part(way: Method, agency: Any, given: Any) -> Part | None:
    """One agency's part, or None where it does not share. Under flat sums everybody does."""
    match way:
        case Method.EQUAL:
            return Part(agency) if given == SHARES else None
        case Method.FLAT:
            return Part(agency, flat=given)
        case Method.PERCENTAGE:
            return None if given is None else Part(agency, percent=given)
    return None if given is None else Part(agency, number=given)


def choose(request: Request, reference: str, key: str) -> HttpResponse:
    """The partners work to this formula, by a decision: each is asked for its share."""
    found = facing.mine(request, reference)
    one = _one(request, found, key)
    row = queries.formula(request.actor, found, key)
    rows = list(queries.decisions(request.actor, found.partnership))
    form = DecisionForm(request.POST or None, choices={"decision": choices(rows, "title")},
                        seen_version=found.record.version)  # fmt: skip

    def send() -> Formula:
        decision = chosen(rows, form.answers()["decision"])
        return operations.choose_formula(
            request.actor, formula=row, decision=decision, seen_version=form.seen
        )

    told = facing.of_budget(
        found, f"Work to “{row.title}”", "Choose this formula",
        explain="Each agency is asked for its share. What is pledged or agreed already stays.",
    )  # fmt: skip
    told["rows"] += [facing.Fact(each.name, facing.in_pounds(one.pence.get(each.key, 0)))
                     for each in one.formula.partners]  # fmt: skip
    return facing.act(request, form, send, "The formula is chosen.", (FORMULAS, reference),
                      record=found.record, **told)  # fmt: skip


def _one(request: Request, found: Budget, key: str) -> Shared:
    for row, one in queries.shared(request.actor, found):
        if row and row.key == key and one.works:
            return one
    raise Http404


# --- reviews


@require_safe
def reviews(request: Request, reference: str) -> HttpResponse:
    """How many reviews a year may bring, and the money that is enough."""
    actor = request.actor
    found = queries.budget(actor, reference)
    look(actor, record=found.record)
    row = queries.demand_of(actor, found)
    demand = row.demand if row else None
    drawn = queries.drawn(actor, demand) if demand else None
    told = facing.band(actor, found, "reviews") | {
        "row": row,
        "demand": demand,
        "drawn": drawn,
        "enough": list(drawn.enough.items()) if drawn else [],
        "picture": picture.years(drawn) if drawn else None,
        "steps": _steps(drawn) if drawn else [],
        "comparators": queries.comparators(actor, found.partnership),
    }
    return render(request, "finance/reviews.html", told)


def _steps(drawn: Any) -> list[tuple[int, int, int]]:
    """Up to how much, in how many of 100 years, and how many end no higher."""
    told, below = [], 0
    for number, many in enumerate(drawn.steps, 1):
        below += many
        told.append((-(-drawn.width * number // 100) * 100, many, below))
    while len(told) > 1 and not told[-1][1]:
        told.pop()
    return told


def set_demand(request: Request, reference: str) -> HttpResponse:
    found = facing.mine(request, reference)
    row = queries.demand_of(request.actor, found)
    names = ("low", "likely", "high", "least", "usual", "most", "seed", "about")
    held = {name: getattr(row, name) for name in names} if row else _of_a_source(request, found)
    form = DemandForm(request.POST or None, initial=held,
                      seen_version=row.fingerprint if row else None)  # fmt: skip
    sent = sending.send(request, form, lambda: _demand(request, found, form), row=row)
    if sent.done:
        return sending.done(request, "The figures are saved.", REVIEWS, reference)
    told = facing.of_budget(found, "Say how many reviews the year may bring", "Save the figures")
    return sending.form_page(request, "act.html", form, sent, **told)


def _of_a_source(request: Request, found: Budget) -> dict[str, Any]:
    """What a source says a review costs, as a beginning."""
    known = queries.comparators(request.actor, found.partnership)
    for row in known:
        if "review" in row.title.casefold() and row.average and row.highest:
            return {"usual": row.average, "most": row.highest, "least": row.lowest,
                    "seed": SEED, "about": row.source}  # fmt: skip
    return {"seed": SEED}


def _demand(request: Request, found: Budget, form: DemandForm) -> Any:
    told = form.answers()
    about = told.pop("about")
    return operations.set_demand(
        request.actor, budget=found, demand=Demand(**told), about=about,
        seen_version=form.seen,
    )  # fmt: skip


def budget_for(request: Request, reference: str) -> HttpResponse:
    """Put the money that is enough into the budget."""
    found = facing.mine(request, reference)
    row = queries.demand_of(request.actor, found)
    if row is None or row.demand is None:
        raise Http404
    drawn = queries.drawn(request.actor, row.demand)
    form = SureForm(request.POST or None)
    send = lambda: operations.budget_for_reviews(  # noqa: E731
        request.actor, budget=found, sure=int(form.answers()["sure"])
    )
    told = facing.of_budget(found, "Put money for reviews into the budget", "Put it in",
                            explain=drawn.in_words())  # fmt: skip
    return facing.act(request, form, send, "It stands in the budget as one cost.",
                      ("finance:budget", reference), **told)  # fmt: skip
