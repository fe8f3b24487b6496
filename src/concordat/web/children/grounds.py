"""The grounds of an area: what stands, until when, what is lacking and what that stops."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies.queries import Area
from concordat.domain.base.documents import queries as documents
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.practice.children import operations, queries, rules
from concordat.domain.practice.children.queries import StatedGround
from concordat.domain.practice.children.rules import Ground
from concordat.kernel.actor import Actor
from concordat.web.children import facing
from concordat.web.children.forms import EndForm, GroundForm
from concordat.web.ui.doors import Request
from concordat.web.ui.paging import page_of
from concordat.web.ui.sending import act_from


@require_safe
def areas(request: Request) -> HttpResponse:
    """Each area, and whether a child of it can be kept."""
    page = page_of(queries.areas(request.actor), request.GET.get("page"))
    stands = queries.standing_of(request.actor, page.rows)
    told = {
        "page": page,
        "lines": [facing.area_line(area, stands[area.pk], request.actor.on) for area in page.rows],
        "parts": facing.parts("areas"),
    }
    return render(request, "children/areas.html", told)


@require_safe
def grounds(request: Request, pk: int) -> HttpResponse:
    area = queries.area(request.actor, pk)
    rows = list(queries.grounds(request.actor, area))
    told = {
        "area": area,
        "lacks": rules.lacks([each.stated for each in rows], request.actor.on),
        "lines": [facing.ground_line(each, request.actor.on) for each in rows],
        "may_change": _may_change(request.actor, area),
        "sources": [(str(each.value).capitalize(), rules.SOURCES[each]) for each in Ground],
    }
    return render(request, "children/grounds.html", told)


def _may_change(actor: Actor, area: Area) -> bool:
    return bool(can(actor, Verb.CHANGE, area.partnership))


def state(request: Request, pk: int) -> HttpResponse:
    """Put a ground on record."""
    area = queries.area(request.actor, pk)
    can(request.actor, Verb.CHANGE, area.partnership).require()
    here = documents.documents(request.actor).filter(record__partnership=area.partnership_id)
    offered = [(row.record.reference, f"{row.record.reference} {row.record.title}") for row in here]
    form = GroundForm(request.POST or None, documents=offered)

    def put() -> object:
        told: dict[str, Any] = form.answers()
        chosen, ground = told.pop("document"), Ground(told.pop("ground"))
        paper = here.get(record__reference=chosen) if chosen else None
        return operations.state_ground(
            request.actor, area=area, ground=ground, document=paper, **told
        )

    return act_from(
        request, ("children:grounds", str(pk)), form, put,
        words="It is on record.",
        heading=f"Put a ground on record for {area.name}",
        button="Put it on record",
    )  # fmt: skip


def end(request: Request, pk: int) -> HttpResponse:
    """End a ground."""
    row: StatedGround = queries.ground(request.actor, pk)
    can(request.actor, Verb.CHANGE, row.area.partnership).require()
    form = EndForm(request.POST or None)
    return act_from(
        request, ("children:grounds", str(row.area_id)), form,
        lambda: operations.end_ground(request.actor, ground=row, **form.answers()),
        words="It has its last day. Without another, nothing new can be kept from then.",
        heading=f"End the {row.ground} of {row.area.name}",
        explain="What is kept already stays. Nothing new about a child can be kept without it.",
        rows=facing.about_ground(row),
        button="End it",
    )  # fmt: skip
