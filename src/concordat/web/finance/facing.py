"""Money in the words and tones of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries as seats
from concordat.domain.base.seats.queries import Body
from concordat.domain.governance.arrangements.rules.question import Answer, Opinion
from concordat.domain.governance.finance import queries, rules
from concordat.domain.governance.finance.queries import Budget, Contribution, Cost
from concordat.domain.governance.finance.rules import BudgetState, Stage
from concordat.domain.governance.finance.rules.disputes import State
from concordat.domain.governance.finance.rules.income import Income
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import count
from concordat.kernel.money import in_pounds
from concordat.web.ui import sending
from concordat.web.ui.forms import PageForm
from concordat.web.ui.parts import Fact, Link


class Request(HttpRequest):
    """A request as the middleware leaves it."""

    actor: Actor


STATES = {BudgetState.DRAFT: "Draft", BudgetState.AGREED: "Accepted", BudgetState.CLOSED: "Closed"}
STAGES = {
    Stage.NOT_STATED: "Draft",
    Stage.SOUGHT: "Waiting",
    Stage.PLEDGED: "Waiting",
    Stage.AGREED: "Accepted",
    Stage.INVOICED: "Waiting",
    Stage.RECEIVED: "Done",
    Stage.DECLINED: "Closed",
    Stage.WITHDRAWN: "Withdrawn",
}
DISPUTED = {
    State.OPEN: "Open",
    State.CARRIED: "Waiting",
    State.SETTLED: "Done",
    State.WITHDRAWN: "Withdrawn",
}
ANSWERS = {Answer.YES: "Done", Answer.NO: "Overdue", Answer.NEEDS: "Waiting"}
SAID = {Answer.YES: "Yes", Answer.NO: "No", Answer.NEEDS: "Needs",
        Answer.NOT_DECIDING: "Not asked", None: "Nobody to ask"}  # fmt: skip


def up(budget: Budget) -> str:
    return reverse("finance:budget", args=[budget.record.reference])


def mine(request: Request, reference: str) -> Budget:
    """A budget for whoever changes it."""
    found = queries.budget(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    return found


def band(actor: Actor, budget: Budget, part: str) -> dict[str, Any]:
    """What every page of one budget shows above its own."""
    reference = budget.record.reference
    parts = (
        ("budget", "Year"),
        ("formulas", "Formulas"),
        ("reviews", "Reviews"),
        ("round", "Workbook"),
    )
    links = [
        Link(text, reverse(f"finance:{name}", args=[reference]), name == part)
        for name, text in parts
        if name != "round" or can(actor, Verb.CHANGE, budget.record)
    ]
    return {
        "budget": budget,
        "record": budget.record,
        "home": budget.partnership.partnership_row,
        "links": links,
        "tone": STATES[budget.stage],
        "may_change": bool(can(actor, Verb.CHANGE, budget.record))
        and budget.stage is not BudgetState.CLOSED,
    }


def act(
    request: Request,
    form: PageForm,
    done: Callable[[], object],
    words: str,
    to: tuple[str, ...],
    **told: Any,
) -> HttpResponse:
    """One plain act, and on to the page that shows it."""
    return sending.act_page(request, form, done, words=words, to=to, **told)


def of_budget(found: Budget, heading: str, button: str, **told: Any) -> dict[str, Any]:
    """What stands around a form of one budget."""
    rows = [Fact("Budget", f"{found.record.reference} {found.title}")]
    return {"heading": heading, "button": button, "rows": rows, "back_href": up(found)} | told


def of_contribution(found: Contribution, heading: str, button: str) -> dict[str, Any]:
    rows = [
        Fact("Contribution", f"{found.record.reference} {found.called}"),
        *(Fact(each.label, in_pounds(pence)) for each, pence in sums_of(found)),
    ]
    back = reverse("finance:contribution", args=[found.record.reference])
    return {"heading": heading, "button": button, "rows": rows, "back_href": back}


def sums_of(found: Contribution) -> list[tuple[Stage, int]]:
    """The stages that have a sum, in their order."""
    sums = found.sums
    told = [(each, sums.at(each)) for each in rules.income.LADDER]
    return [(each, pence) for each, pence in told if pence is not None]


def choices(rows: Iterable[Any], name: str) -> list[tuple[str, str]]:
    """Rows by their key, as a field offers them."""
    return [(row.key, str(getattr(row, name))) for row in rows]


def chosen(rows: Iterable[Any], key: str) -> Any:
    """The row with a key; None where none was chosen."""
    return next((row for row in rows if row.key == key), None) if key else None


def by_stage(sums: Income) -> list[int]:
    """Sums in the order of the table's columns."""
    return [sums.at(each) for each in rules.income.LADDER]


def source(found: queries.Source) -> dict[str, Any]:
    """One partner with its sources, as rows of the table."""
    return {
        "name": found.name,
        "rows": found.rows,
        "sums": found.sums,
        "all": by_stage(found.sums),
        "percent": found.percent,
        "lines": [_given(each) for each in found.rows],
    }


def _given(row: Contribution) -> dict[str, Any]:
    sums = row.sums
    return {
        "row": row,
        "sums": [sums.at(each) for each in rules.income.LADDER],
        "lacks": rules.income.lacks_decision(sums, decided=row.decision_id is not None),
    }


def opinion(each: Opinion) -> dict[str, Any]:
    return {
        "opinion": each,
        "tone": ANSWERS.get(each.answer, "Draft"),
        "said": SAID[each.answer],
    }


class Act(NamedTuple):
    text: str
    href: str


def acts(actor: Actor, found: Budget) -> list[Act]:
    """What may be done next with a budget by whoever changes it."""
    if not can(actor, Verb.CHANGE, found.record):
        return []
    reference = found.record.reference
    offered = {
        BudgetState.DRAFT: [("Record that it is agreed", "agree_budget", "")],
        BudgetState.AGREED: [
            *([("Close the year", "move", "close")] if _is_over(actor, found) else []),
            ("Make it a draft again", "move", "redraft"),
        ],
        BudgetState.CLOSED: [("Reopen the year", "move", "reopen")],
    }[found.stage]
    if found.stage is not BudgetState.CLOSED:
        offered = [*offered, ("Change the budget", "describe", "")]
    return [
        Act(text, reverse(f"finance:{route}", args=[reference, *filter(None, [verb])]))
        for text, route, verb in offered
    ]


def _is_over(actor: Actor, found: Budget) -> bool:
    """A source may state a year that is none, such as the first one: its end is not known."""
    try:
        return actor.on > rules.parse_year(found.year).last
    except Invalid:
        return False


def cost_line(row: Cost) -> dict[str, Any]:
    """One cost as a row of the table, with what is to be said of it."""
    line = row.line
    told = []
    if line.differs:
        told.append(
            f"Worked out it is {in_pounds(line.worked_out or 0)}, "
            f"{in_pounds(abs(line.differs))} {'more' if line.differs > 0 else 'less'}."
        )
    if line.wants_decision:
        told.append(f"{in_pounds(line.variance or 0)} over, and no decision on it.")
    return {"row": row, "line": line, "how": _how(row), "told": told}


def _how(row: Cost) -> str:
    """How a post is costed."""
    if row.days and row.day_rate is not None:
        return f"{row.days} days at {in_pounds(row.day_rate)}"
    if row.full_cost is not None:
        part = f"{row.share} percent of " if row.share else ""
        grade = f", {row.grade}" if row.grade else ""
        return f"{part}{in_pounds(row.full_cost)} a year{grade}"
    return row.grade


def sentence(year: queries.Year) -> str:
    """How the year stands, in a sentence or two."""
    told = [year.balance.in_words()]
    if year.income.outstanding:
        told.append(f"{in_pounds(year.income.outstanding)} is agreed and not yet received.")
    unknown = year.spending.unknown
    if unknown:
        told.append(f"{count(unknown, 'cost')} {'is' if unknown == 1 else 'are'} not known yet.")
    return " ".join(told)


def stamp() -> datetime:
    return timezone.now().replace(tzinfo=None, microsecond=0)


def ladders(actor: Actor, found: queries.FundingDispute) -> list[Body]:
    """The bodies of the partnership on whose ladder a disagreement can go."""
    home = found.budget.partnership.partnership_row
    return list(seats.bodies(actor).filter(partnership=home.pk).exclude(outside=True))


def body_of(actor: Actor, reference: str, found: queries.FundingDispute) -> Body:
    """One of them. Raises 404 for any other."""
    for each in ladders(actor, found):
        if each.record.reference == reference:
            return each
    raise Http404
