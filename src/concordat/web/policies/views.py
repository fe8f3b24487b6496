"""The policies of a partnership, and the page of one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.records.operations import look
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.policies import queries
from concordat.domain.governance.policies.queries import Narrowed
from concordat.web.policies import facing
from concordat.web.policies.facing import Request
from concordat.web.policies.forms import PolicyFilter
from concordat.web.ui.paging import page_of


@require_safe
def policies(request: Request, slug: str) -> HttpResponse:
    """Every policy that the actor may open, narrowed by what was chosen, and counted in words."""
    actor = request.actor
    home = agencies.partnership(actor, slug)
    form = PolicyFilter(
        request.GET,
        types=queries.types(actor, home),
        audiences=queries.audiences(actor, home),
    )
    rows = queries.policies(actor, home, Narrowed(**form.chosen))
    page = page_of(rows, request.GET.get("page"))
    told = {
        "home": home,
        "part": "policies",
        "filter": form,
        "page": page,
        "lines": [facing.line(each) for each in queries.lines(actor, page.rows)],
        "sentence": facing.sentence(queries.counts(actor, home)),
        "may_change": bool(can(actor, Verb.CHANGE, home.record)),
    }
    return render(request, "policies/policies.html", told)


@require_safe
def policy(request: Request, reference: str) -> HttpResponse:
    found = queries.policy(request.actor, reference)
    look(request.actor, record=found.record)
    return render(request, "policies/policy.html", facing.whole(request.actor, found))
