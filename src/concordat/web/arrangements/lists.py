"""Matters, decisions, agreements and statements as lists, each row with where it is amended."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.arrangements import queries
from concordat.web.arrangements import facing
from concordat.web.arrangements.views import Request

STANDS = {
    "planned": ("Draft", "Still to come"),
    "made": ("Done", "Made"),
    "refused": ("Overdue", "Refused"),
    "deferred": ("Waiting", "Put off"),
    "withdrawn": ("Withdrawn", "Withdrawn"),
}


def _frame(request: Request, slug: str, part: str) -> tuple[Partnership, dict[str, Any]]:
    home = agencies.partnership(request.actor, slug)
    may_change = bool(can(request.actor, Verb.CHANGE, home.record))
    return home, {"home": home, "part": part, "may_change": may_change}


@require_safe
def matters(request: Request, slug: str) -> HttpResponse:
    """What somebody must be able to decide, and whose matter it is."""
    home, told = _frame(request, slug, "authority")
    at = facing.Addresses(home, queries.names(request.actor, home, ("bodies",)))
    found = queries.found_on(request.actor, home)
    told["rows"] = [
        {
            "row": row,
            "kept": [at.title(f"bodies:{key}") for key in row.reserved_to],
            "found": found.get(f"matters:{row.key}", []),
        }
        for row in queries.matters(request.actor, home)
    ]
    return render(request, "arrangements/matters.html", told)


@require_safe
def decisions(request: Request, slug: str) -> HttpResponse:
    """Decisions and approvals, made and still to come, with what each settles and approves."""
    home, told = _frame(request, slug, "authority")
    kinds = ("agreements", "arrangements", "delegations", "footprints", "matters")
    at = facing.Addresses(home, queries.names(request.actor, home, kinds))
    found = queries.found_on(request.actor, home)
    told["rows"] = [
        _decision(row, at) | {"found": found.get(f"decisions:{row.key}", [])}
        for row in queries.decisions(request.actor, home)
    ]
    return render(request, "arrangements/decisions.html", told)


def _decision(row: queries.Decision, at: facing.Addresses) -> dict[str, Any]:
    state, words = STANDS.get(row.state, ("Draft", row.state.capitalize()))
    return {
        "row": row,
        "state": state,
        "words": words,
        "by": row.body.name if row.body else row.post.title if row.post else "",
        "approves": [(at.title(subject), at.href(subject)) for subject in row.approves],
        "settles": [at.title(f"matters:{key}") for key in row.matters],
    }


@require_safe
def agreements(request: Request, slug: str) -> HttpResponse:
    """Legal and written agreements: who agreed to what, until when."""
    home, told = _frame(request, slug, "agencies")
    at = facing.Addresses(home, queries.names(request.actor, home, ("agencies",)))
    told["rows"] = [
        {"row": row, "agencies": [at.title(f"agencies:{key}") for key in row.agencies]}
        for row in queries.agreements(request.actor, home)
    ]
    return render(request, "arrangements/agreements.html", told)


@require_safe
def statements(request: Request, slug: str) -> HttpResponse:
    """What the arrangements and papers say of how things are or should be."""
    home, told = _frame(request, slug, "overview")
    found = queries.found_on(request.actor, home)
    told["rows"] = [
        {"row": row, "found": found.get(f"statements:{row.key}", [])}
        for row in queries.statements(request.actor, home)
    ]
    return render(request, "arrangements/statements.html", told)
