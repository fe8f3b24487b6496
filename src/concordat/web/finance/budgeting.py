"""Opening, describing, agreeing and closing a budget; its costs, totals and comparators."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.finance import operations, queries
from concordat.domain.governance.finance.queries import Budget, Cost
from concordat.domain.governance.finance.rules import years
from concordat.kernel.actor import Actor
from concordat.web.finance import facing
from concordat.web.finance.facing import Request, choices, chosen
from concordat.web.finance.forms import (
    BudgetForm,
    ComparatorForm,
    CostForm,
    DecisionForm,
    DescribeBudgetForm,
    TotalForm,
)
from concordat.web.ui import sending
from concordat.web.ui.forms import ActForm, ReasonForm

PAGE = "finance:budget"
LOOSE = ("contributions", "costs", "totals")


def _offered(actor: Actor, home: Any, found: Budget | None = None) -> dict[str, list[Any]]:
    others = [each for each in queries.budgets(actor, home) if found is None or each != found]
    return {
        "body": list(seats.bodies(actor).filter(partnership=home.pk)),
        "inherits": others,
        "matter": list(queries.matters(actor, home)),
    }


def _named(offered: dict[str, list[Any]]) -> dict[str, list[tuple[str, str]]]:
    names = {"body": "name", "inherits": "title", "matter": "title"}
    return {name: choices(rows, names[name]) for name, rows in offered.items()}


def open_budget(request: Request, slug: str) -> HttpResponse:
    actor = request.actor
    home = agencies.partnership(actor, slug)
    can(actor, Verb.CHANGE, home.record).require()
    offered = _offered(actor, home)
    held = {"year": str(years.year_of(actor.on))}
    form = BudgetForm(request.POST or None, choices=_named(offered), initial=held)

    def send() -> Budget:
        told = form.answers()
        told |= {name: chosen(rows, told[name]) for name, rows in offered.items()}
        return operations.open_budget(actor, partnership=home.record, **told)

    told = {
        "heading": "Open a budget",
        "button": "Open the budget",
        "back_href": reverse("finance:money", args=[slug]),
    }
    return sending.act_page(
        request, form, send, words="The budget is open.",
        to=lambda made: (PAGE, made.record.reference), **told,
    )  # fmt: skip


def describe(request: Request, reference: str) -> HttpResponse:
    found = facing.mine(request, reference)
    offered = _offered(request.actor, found.partnership.partnership_row, found)
    del offered["body"]
    held = {
        "reserve": found.reserve,
        "inherits": found.inherits.key if found.inherits else "",
        "matter": found.matter.key if found.matter else "",
        "about": found.about,
    }
    form = DescribeBudgetForm(
        request.POST or None, choices=_named(offered), initial=held,
        seen_version=found.record.version,
    )  # fmt: skip

    def send() -> Budget:
        told = form.answers()
        told |= {name: chosen(rows, told[name]) for name, rows in offered.items()}
        return operations.describe_budget(
            request.actor, budget=found, facts=told, seen_version=form.seen
        )

    told = facing.of_budget(found, "Change the budget", "Save the budget")
    return facing.act(request, form, send, "The budget is saved.", (PAGE, reference),
                      record=found.record, **told)  # fmt: skip


def agree(request: Request, reference: str) -> HttpResponse:
    """Name the decision that set the budget."""
    found = facing.mine(request, reference)
    rows = list(queries.decisions(request.actor, found.partnership))
    form = DecisionForm(request.POST or None, choices={"decision": choices(rows, "title")},
                        seen_version=found.record.version)  # fmt: skip

    def send() -> Budget:
        decision = chosen(rows, form.answers()["decision"])
        return operations.agree_budget(
            request.actor, budget=found, decision=decision, seen_version=form.seen
        )

    told = facing.of_budget(found, "Record that it is agreed", "Record the decision")
    return facing.act(request, form, send, "The budget is agreed.", (PAGE, reference),
                      record=found.record, **told)  # fmt: skip


_ENDS = {
    "close": (ActForm, operations.close_budget, "Close the year", "Close the year",
              "The year is closed."),
    "reopen": (ReasonForm, operations.reopen_budget, "Reopen the year", "Reopen the year",
               "The year is open again."),
    "redraft": (ReasonForm, operations.redraft_budget, "Make it a draft again", "Redraft it",
                "The budget is a draft again."),
}  # fmt: skip


def move(request: Request, reference: str, verb: str) -> HttpResponse:
    """Close the year, reopen it, or make an agreed budget a draft again."""
    if verb not in _ENDS:
        raise Http404
    found = facing.mine(request, reference)
    form_class, act, heading, button, words = _ENDS[verb]
    form = form_class(request.POST or None, seen_version=found.record.version)
    send = lambda: act(  # noqa: E731
        request.actor, budget=found, seen_version=form.seen, **form.answers()
    )
    told = facing.of_budget(found, heading, button)
    return facing.act(request, form, send, words, (PAGE, reference), record=found.record, **told)


def put_in(request: Request, reference: str, kind: str, key: str) -> HttpResponse:
    """Put a row that a source tells into this budget."""
    found = facing.mine(request, reference)
    if kind not in LOOSE:
        raise Http404
    row = chosen(getattr(queries.loose(request.actor, found.partnership), kind), key)
    if row is None:
        raise Http404
    form = ActForm(request.POST or None)
    send = lambda: operations.put_in(request.actor, budget=found, row=row)  # noqa: E731
    name = next(str(getattr(row, n)) for n in ("called", "title", "of") if hasattr(row, n))
    told = facing.of_budget(found, f"Put “{name}” into the budget", "Put it in")
    return facing.act(request, form, send, "It stands in the budget.", (PAGE, reference),
                      names={"row": ""}, **told)  # fmt: skip


# --- costs


COST = ("title", "heading", "level", "amount", "spent", "forecast", "grade", "full_cost", "share",
        "days", "day_rate", "about")  # fmt: skip


def _cost_form(
    request: Request, found: Budget, row: Cost | None
) -> tuple[CostForm, dict[str, Any]]:
    actor = request.actor
    offered = {
        "role": list(queries.roles(actor, found.partnership)),
        "decision": list(queries.decisions(actor, found.partnership)),
    }
    held: dict[str, Any] = {"level": "not stated"}
    if row:
        held = {name: getattr(row, name) for name in COST}
        held |= {name: getattr(row, name).key if getattr(row, name) else "" for name in offered}
        held["level"] = row.line.level.value
    named = {"role": choices(offered["role"], "title"),
             "decision": choices(offered["decision"], "title")}  # fmt: skip
    form = CostForm(request.POST or None, choices=named, initial=held,
                    seen_version=row.fingerprint if row else None)  # fmt: skip
    return form, offered


def _cost_facts(form: CostForm, offered: dict[str, Any]) -> dict[str, Any]:
    told = form.answers()
    told |= {name: chosen(rows, told[name]) for name, rows in offered.items()}
    for name in ("share", "days"):
        told[name] = "" if told[name] is None else f"{told[name].normalize():f}"
    return told


def add_cost(request: Request, reference: str) -> HttpResponse:
    found = facing.mine(request, reference)
    form, offered = _cost_form(request, found, None)
    send = lambda: operations.add_cost(  # noqa: E731
        request.actor, budget=found, facts=_cost_facts(form, offered)
    )
    told = facing.of_budget(found, "Add a cost", "Add the cost")
    return facing.act(request, form, send, "The cost is added.", (PAGE, reference), **told)


def change_cost(request: Request, reference: str, key: str) -> HttpResponse:
    found = facing.mine(request, reference)
    row = queries.cost(request.actor, found, key)
    form, offered = _cost_form(request, found, row)
    sent = sending.send(
        request,
        form,
        lambda: operations.change_cost(
            request.actor, cost=row, facts=_cost_facts(form, offered), seen_version=form.seen
        ),
        row=row,
    )
    if sent.done:
        return sending.done(request, "The cost is saved.", PAGE, reference)
    told = facing.of_budget(found, f"Change “{row.title}”", "Save the cost")
    return sending.form_page(request, "act.html", form, sent, **told)


# --- totals and comparators


def state_total(request: Request, reference: str) -> HttpResponse:
    found = facing.mine(request, reference)
    form = TotalForm(request.POST or None)
    send = lambda: operations.state_total(  # noqa: E731
        request.actor, budget=found, **form.answers()
    )
    explain = "It stands beside what the rows add up to. Neither is changed by the other."
    told = facing.of_budget(found, "Keep a stated total", "Keep the total", explain=explain)
    return facing.act(request, form, send, "The total is kept as stated.", (PAGE, reference),
                      **told)  # fmt: skip


def add_comparator(request: Request, slug: str) -> HttpResponse:
    home = agencies.partnership(request.actor, slug)
    can(request.actor, Verb.CHANGE, home.record).require()
    form = ComparatorForm(request.POST or None)

    def send() -> Any:
        told = form.answers()
        title = told.pop("title")
        return operations.add_comparator(
            request.actor, partnership=home.record, title=title, facts=told
        )

    told = {
        "heading": "Add what it costs elsewhere",
        "button": "Add it",
        "back_href": reverse("finance:money", args=[slug]),
    }
    return facing.act(request, form, send, "It is added.", ("finance:money", slug), **told)
