"""The board of clocks, and the page of one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.clocks import queries
from concordat.domain.base.records.operations import look
from concordat.kernel.actor import Actor
from concordat.kernel.sensitivity import Sensitivity
from concordat.web.clocks import facing
from concordat.web.clocks.facing import Request
from concordat.web.clocks.forms import BoardForm
from concordat.web.ui.paging import page_of


@require_safe
def board(request: Request) -> HttpResponse:
    """Which legal date breaks next, and what stops it."""
    actor, now = request.actor, facing.now_of(request)
    form = _filters(request)
    page = page_of(queries.board(actor, now=now, **form.narrowed), request.GET.get("page"))
    rows = queries.rows_of(actor, page.rows, now=now)
    homes = {home.pk: home for home in agencies.partnerships(actor)}
    trend = [month for month in queries.trend(actor, now=now) if month.number]
    told: dict[str, Any] = {
        "form": form,
        "page": page,
        "lines": [facing.line(row, homes) for row in rows],
        "sentence": facing.sentence(rows) if not form.chosen else "",
        "trend": trend,
        "outcome": facing.outcome(trend),
        "homes": homes.values(),
        "known_until": queries.last_known_day(actor),
    }
    return render(request, "clocks/board.html", told)


def _filters(request: Request) -> BoardForm:
    actor: Actor = request.actor
    holders = [(str(seat.pk), f"{seat.role}, {seat.body.name}") for seat in queries.holders(actor)]
    subjects = [(each, each) for each in queries.subjects(actor)]
    return BoardForm(request.GET, subjects=subjects, holders=holders)


@require_safe
def clock(request: Request, pk: UUID) -> HttpResponse:
    """One clock: the sum in words, the rule, the proof, and all that was said about it."""
    found = queries.clock(request.actor, pk)
    look(request.actor, record=found.record, what="opened a clock of")
    facts = queries.clock_facts(request.actor, found, now=facing.now_of(request))
    home = found.record.partnership
    told = {
        **facing.face(request.actor, facts),
        "restricted": _mark(found.record.level),
        "home": agencies.partnerships(request.actor).filter(pk=home.pk).first() if home else None,
    }
    return render(request, "clocks/clock.html", told)


def _mark(level: Sensitivity) -> str:
    return level.label if level > Sensitivity.PARTNERSHIP else ""
