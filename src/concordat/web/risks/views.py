"""The registers of a partnership, one register as list, map and movement, and one risk."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.risks import queries
from concordat.domain.governance.risks.queries import Register
from concordat.domain.governance.risks.rules import life, movement
from concordat.domain.governance.risks.rules.movement import Quarter
from concordat.kernel.errors import Invalid
from concordat.web.risks import facing, picture
from concordat.web.risks.facing import Request
from concordat.web.risks.forms import ListForm, QuarterForm
from concordat.web.ui.forms import ActForm
from concordat.web.ui.paging import page_of
from concordat.web.ui.parts import Column

QUARTERS = 8
TOP = 5


@require_safe
def registers(request: Request, slug: str) -> HttpResponse:
    """Every register of a partnership with its heaviest risks, and what others share with it."""
    actor = request.actor
    home = agencies.partnership(actor, slug)
    page = page_of(
        queries.registers(actor).filter(partnership=home.record), request.GET.get("page")
    )
    own = [(each.record.reference, each.title) for each in page.rows]
    told = {
        "home": home,
        "part": "risks",
        "page": page,
        "rows": queries.summaries(actor, page.rows),
        "mine": queries.shown(actor, queries.mine(actor).filter(partnership=home.record)[:TOP]),
        "common": list(queries.common_to(actor, home.record)[:TOP]),
        "own": own,
        "may_change": bool(can(actor, Verb.CHANGE, home.record)),
    }
    return render(request, "risks/registers.html", told)


@require_safe
def register(request: Request, reference: str) -> HttpResponse:
    """The risks of a register, the heaviest first; the sentence before them."""
    actor = request.actor
    found = queries.register(actor, reference)
    look(actor, record=found.record)
    form = ListForm(request.GET, scheme=found.scheme)
    page = page_of(queries.listed(actor, found, **form.narrowed), request.GET.get("page"))
    part = queries.part_on(actor, found)
    told = {
        **_about(request, found, "register"),
        **facing.found(actor, found, "registers"),
        "form": form,
        "page": page,
        "lines": [facing.line(row, actor.on) for row in queries.shown(actor, page.rows)],
        "sentence": queries.in_a_sentence(actor, found),
        "review": _sorted(request),
        "may_add": bool(life.may_add(part)) and found.scheme.is_stated,
        "may_keep": bool(life.may_keep(part)),
    }
    return render(request, "risks/register.html", told)


def _about(request: Request, found: Register, part: str) -> dict[str, Any]:
    return {
        "register": found,
        "record": found.record,
        "scheme": found.scheme,
        "keeper": queries.keeper_of(request.actor, found),
        "links": facing.register_links(found, part),
    }


def _sorted(request: Request) -> Column:
    """The column of the next review, by which the list can be sorted."""
    now, query = request.GET.get("sort", ""), request.GET.copy()
    query.pop("page", None)
    query["sort"] = "-review" if now == "review" else "review"
    order = {"review": "ascending", "-review": "descending"}.get(now, "")
    return Column("Next review", sort=f"?{query.urlencode()}", order=order)  # type: ignore[arg-type]


@require_safe
def heat_map(request: Request, reference: str) -> HttpResponse:
    """Where each risk stood at the end of a quarter: the table first, the picture second."""
    found = queries.register(request.actor, reference)
    look(request.actor, record=found.record, what="looked at the map of")
    quarter, form = _quarter(request)
    on = min(quarter.last, request.actor.on)
    grid = queries.heat_map(request.actor, found, on)
    told = {
        **_about(request, found, "map"),
        "form": form,
        "quarter": quarter,
        "on": on,
        "grid": grid,
        "picture": picture.drawn(found, grid),
    }
    return render(request, "risks/map.html", told)


def _quarter(request: Request) -> tuple[Quarter, QuarterForm]:
    """The quarter that was asked for, or the one of today. Raises 404 for what is none."""
    offered = movement.quarters_up_to(request.actor.on, QUARTERS)[::-1]
    asked = request.GET.get("quarter", "")
    try:
        quarter = Quarter.parse(asked) if asked else offered[0]
    except Invalid:
        raise Http404 from None
    if quarter > offered[0]:
        raise Http404
    known = offered if quarter in offered else [*offered, quarter]
    form = QuarterForm(request.GET, quarters=[(str(each), each.words) for each in known])
    return quarter, form


@require_safe
def movement_of(request: Request, reference: str) -> HttpResponse:
    """How a register moved in a quarter: what rose first, and what was closed."""
    found = queries.register(request.actor, reference)
    look(request.actor, record=found.record, what="looked at the movement of")
    quarter, form = _quarter(request)
    moved = queries.movement_in(request.actor, found, quarter)
    page = page_of(moved.moved, request.GET.get("page"))
    told = {
        **_about(request, found, "movement"),
        "form": form,
        "quarter": quarter,
        "moved": moved,
        "page": page,
        "reasons": queries.reasons_in(request.actor, [row[0] for row in page.rows], quarter),
    }
    return render(request, "risks/movement.html", told)


@require_safe
def risk(request: Request, reference: str) -> HttpResponse:
    """One risk: its three scores and why, what is done, who owns it, and all that it touches."""
    found = queries.risk(request.actor, reference)
    look(request.actor, record=found.record)
    told = facing.face(request.actor, found)
    told["read_form"] = ActForm() if queries.to_be_read(request.actor, found) else None
    return render(request, "risks/risk.html", told)
