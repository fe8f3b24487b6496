"""The measures of a partnership, one measure with its values, and how both are written down."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import Record, can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries as seats
from concordat.domain.governance.measures import operations, queries, rules
from concordat.domain.governance.measures.queries import Measure
from concordat.domain.governance.measures.rules import Symbol
from concordat.domain.governance.programme import queries as programme
from concordat.kernel.actor import Actor
from concordat.kernel.sensitivity import Sensitivity
from concordat.web.measures.forms import Choices, MeasureForm, ValueForm
from concordat.web.ui import sending
from concordat.web.ui.paging import page_of
from concordat.web.ui.parts import Link


class Request(HttpRequest):
    """A request as the middleware leaves it."""

    actor: Actor


@require_safe
def measures(request: Request, slug: str) -> HttpResponse:
    home = agencies.partnership(request.actor, slug)
    page = page_of(queries.measures(request.actor, home), request.GET.get("page"))
    lines = queries.lines(request.actor, page.rows)
    owners = _names(request.actor, home.record, [each.measure.owner for each in lines])
    told = {
        "home": home,
        "part": "programme",
        "page": page,
        "lines": [(each, owners.get(each.measure.owner, "")) for each in lines],
        "sentence": rules.sentence(
            page.total,
            queries.measures(request.actor, home).filter(owner="").count(),
            queries.measures(request.actor, home).filter(values=None).count(),
        ),
        "may_change": bool(can(request.actor, Verb.CHANGE, home.record)),
    }
    return render(request, "measures/measures.html", told)


def _names(actor: Actor, home: Record, told: list[str]) -> dict[str, str]:
    return programme.names_of(actor, home.pk, told)


@require_safe
def measure(request: Request, reference: str) -> HttpResponse:
    actor = request.actor
    found = queries.measure(actor, reference)
    look(actor, record=found.record)
    (line,) = queries.lines(actor, [found])
    values = queries.values(actor, found)
    corrected = queries.corrections(actor, values)
    may = bool(can(actor, Verb.CHANGE, found.record)) and found.record.closed is None
    told = {
        "measure": found,
        "record": found.record,
        "line": line,
        "restricted": _mark(found.record),
        "links": _links(found),
        "owner": _names(actor, found.partnership, [found.owner]).get(found.owner, ""),
        "serves": programme.title_of(actor, found.partnership, found.serves),
        "values": [(each, corrected[each.pk]) for each in values],
        "may_change": may,
    }
    return render(request, "measures/measure.html", told)


def _mark(record: Record) -> str:
    level = record.level
    return f"{level.label}: {level.audience.lower()}" if level >= Sensitivity.RESTRICTED else ""


def _links(found: Measure) -> list[Link]:
    reference = found.record.reference
    return [
        Link("Measure", reverse("measures:measure", args=[reference]), current=True),
        Link("History", reverse("records:history", args=[reference])),
        Link("About", reverse("records:record", args=[reference])),
    ]


def _served(actor: Actor, home: Record) -> Choices:
    """What can be measured: programmes, priorities, milestones, products."""
    return [
        *((f"programmes:{row.key}", row.title) for row in programme.programmes(actor, home)),
        *((f"priorities:{row.key}", row.title) for row in programme.priorities(actor, home)),
        *((f"milestones:{row.key}", row.title) for row in programme.milestones_at(actor, home)),
        *((f"products:{row.key}", row.title) for row in programme.products(actor, home)),
    ]


def _choices(actor: Actor, home: Record) -> dict[str, Choices]:
    posts = seats.posts(actor).filter(partnership=home.pk)
    bodies = seats.bodies(actor).filter(partnership=home.pk)
    owners = [
        *((f"posts:{row.key}", row.title) for row in posts),
        *((f"bodies:{row.key}", row.name) for row in bodies),
    ]
    return {"owners": owners, "served": _served(actor, home)}


def _facts(answers: dict[str, Any]) -> dict[str, Any]:
    number = rules.number_of(answers["target"])
    told = {name: text.strip() for name, text in answers.items() if name != "title"}
    return told | {"target": f"{number:f}" if number is not None else ""}


def define(request: Request, slug: str) -> HttpResponse:
    home = agencies.partnership(request.actor, slug)
    can(request.actor, Verb.CHANGE, home.record).require()
    form = MeasureForm(
        request.POST or None,
        initial={"serves": request.GET.get("serves", "")},
        **_choices(request.actor, home.record),
    )

    def act() -> Measure:
        told = form.answers()
        return operations.define(
            request.actor, partnership=home.record, title=told["title"], facts=_facts(told)
        )

    return sending.act_page(
        request, form, act, words="The measure is on record. Put a value beside it.",
        to=lambda made: ("measures:measure", made.record.reference),
        names={"value": "target"}, heading="Say what is counted", button="Add the measure",
        back_href=reverse("measures:measures", args=[slug]),
    )  # fmt: skip


def redefine(request: Request, reference: str) -> HttpResponse:
    found = queries.measure(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    said = {name: getattr(found, name) for name in MeasureForm.base_fields if hasattr(found, name)}
    form = MeasureForm(
        request.POST or None, initial=said, seen_version=found.record.version,
        **_choices(request.actor, found.partnership),
    )  # fmt: skip

    def act() -> Measure:
        told = form.answers()
        return operations.define(
            request.actor, partnership=found.partnership, title=told["title"], key=found.key,
            facts=_facts(told), seen_version=form.seen,
        )  # fmt: skip

    return sending.act_page(
        request, form, act, words="The measure is amended.", to=("measures:measure", reference),
        record=found.record, names={"value": "target"}, heading=f"Change {found.title}",
        button="Save the measure", back_href=reverse("measures:measure", args=[reference]),
    )  # fmt: skip


def put_value(request: Request, reference: str) -> HttpResponse:
    found = queries.measure(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    form = ValueForm(request.POST or None, seen_version=found.record.version)

    def act() -> Any:
        told = form.answers()
        told["symbol"] = Symbol(told["symbol"]) if told["symbol"] else None
        return operations.put_value(request.actor, measure=found, seen_version=form.seen, **told)

    return sending.act_page(
        request, form, act, words="The value is on record.", to=("measures:measure", reference),
        record=found.record, heading=f"Put a value: {found.title}",
        explain="The same time again corrects what stands there.", button="Put the value",
        back_href=reverse("measures:measure", args=[reference]),
    )  # fmt: skip
