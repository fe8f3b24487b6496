"""The money of a partnership, and the page of one budget."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.finance import queries
from concordat.domain.governance.finance.queries import Budget
from concordat.domain.governance.finance.rules.disputes import State, age_in_words
from concordat.domain.governance.risks.queries import risks_tied
from concordat.kernel.actor import Actor
from concordat.kernel.labels import count
from concordat.web.finance import facing
from concordat.web.finance.facing import Request
from concordat.web.ui.paging import page_of

MOST_RISKS = 20


@require_safe
def money(request: Request, slug: str) -> HttpResponse:
    """Every budget, what sources tell that is in none, what things cost elsewhere, disputes."""
    actor = request.actor
    home = agencies.partnership(actor, slug)
    page = page_of(queries.budgets(actor, home), request.GET.get("page"))
    years = queries.whole(actor, page.rows)
    told = {
        "home": home,
        "part": "money",
        "page": page,
        "years": [(each, facing.STATES[each.budget.stage]) for each in years],
        "loose": queries.loose(actor, home),
        "comparators": queries.comparators(actor, home),
        "disputes": [disputed(actor, each) for each in queries.disputes(actor, home)],
        "sentence": _sentence(years),
        "may_change": bool(can(actor, Verb.CHANGE, home.record)),
    }
    return render(request, "finance/money.html", told)


def _sentence(years: list[queries.Year]) -> str:
    if not years:
        return "No budget is kept here yet."
    newest = years[0]
    return f"{newest.budget.title}: {facing.sentence(newest)}"


def disputed(actor: Actor, row: queries.FundingDispute) -> dict[str, Any]:
    """A disagreement as a row of a table."""
    state = State(row.state)
    ended = state in (State.SETTLED, State.WITHDRAWN)
    return {
        "row": row,
        "tone": facing.DISPUTED[state],
        "state": state.label,
        "age": row.settlement if ended else age_in_words(row.record.opened, actor.on),
    }


@require_safe
def budget(request: Request, reference: str) -> HttpResponse:
    """One year: who gives what and how far it has come, what it costs, how it stands."""
    found = queries.budget(request.actor, reference)
    look(request.actor, record=found.record)
    return render(request, "finance/budget.html", whole(request.actor, found))


def whole(actor: Actor, found: Budget) -> dict[str, Any]:
    (year,) = queries.whole(actor, [found])
    home = found.partnership.partnership_row
    costs = list(queries.costs(actor, found))
    rows = [each for each in queries.disputes(actor, home) if each.budget_id == found.pk]
    band = facing.band(actor, found, "budget")
    who = queries.could_authorise(actor, found)
    return band | {
        "year": year,
        "sentence": facing.sentence(year),
        "tabs": _tabs(actor, found),
        "sources": [facing.source(each) for each in queries.by_partner(actor, found)],
        "all_sums": facing.by_stage(year.income),
        "costs": [facing.cost_line(each) for each in costs],
        "before": _before(actor, found),
        "totals": year.compared,
        "funding": who,
        "opinions": [facing.opinion(each) for each in who.authority.opinions] if who else [],
        "acts": facing.acts(actor, found),
        "disputes": [disputed(actor, each) for each in rows],
        "loose": _loose(actor, found) if band["may_change"] else None,
        "flags": _flags(year),
        "risks": risks_tied(actor, found.record)[:MOST_RISKS],
    }


def _tabs(actor: Actor, found: Budget) -> list[tuple[str, str, bool]]:
    rows = queries.budgets(actor, found.partnership.partnership_row)[:12]
    return [
        (each.title, reverse("finance:budget", args=[each.record.reference]), each.pk == found.pk)
        for each in rows
    ]


def _before(actor: Actor, found: Budget) -> queries.Year | None:
    """The budget that this one inherits, with its sums, where the actor may open it."""
    if found.inherits is None or not can(actor, Verb.SEE, found.inherits.record):
        return None
    (year,) = queries.whole(actor, [found.inherits])
    return year


def _loose(actor: Actor, found: Budget) -> Any:
    return queries.loose(actor, found.partnership)


def _flags(year: queries.Year) -> list[str]:
    """What wants somebody's eye, in words."""
    told = []
    if year.undecided:
        told.append(f"{count(year.undecided, 'contribution')} agreed with no decision on record.")
    if year.spending.undecided:
        told.append(f"{count(year.spending.undecided, 'cost')} over budget with no decision on it.")
    differing = sum(each.differs for each in year.compared)
    if differing:
        told.append(f"{count(differing, 'stated total')} that the rows do not add up to.")
    return told
