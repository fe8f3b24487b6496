"""How a partnership is built on a day."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.governance.arrangements import queries, rules
from concordat.kernel.actor import Actor
from concordat.kernel.labels import day_in_words
from concordat.web.arrangements import facing
from concordat.web.ui.as_at import AsAtForm

SHOWN = ("agencies", "bodies", "delegations", "seats")


class Request(HttpRequest):
    """A request as the middleware leaves it."""

    actor: Actor


@require_safe
def structure(request: Request, slug: str) -> HttpResponse:
    """Who sat where with what authority on a day, and what changed against another day."""
    home = agencies.partnership(request.actor, slug)
    form = AsAtForm(request.GET, today=request.actor.on)
    bad = form.is_bound and not form.is_valid()
    told = _structure(request.actor, home, form)
    told |= {"home": home, "part": "structure", "form": form, "asked": form.is_bound}
    return render(request, "arrangements/structure.html", told, status=422 if bad else 200)


def _structure(actor: Actor, home: agencies.Partnership, form: AsAtForm) -> dict[str, Any]:
    found = queries.structure(actor, home, form.day)
    at = facing.Addresses(home, queries.names(actor, home, SHOWN))
    own = {**found, "bodies": [each for each in found["bodies"] if not each["outside"]]}
    others = {**found, "bodies": [each for each in found["bodies"] if each["outside"]]}
    return {
        "day": form.day,
        "other": form.other,
        "sentence": rules.in_words(found),
        "branches": facing.tree(own, at),
        "outside": facing.tree(others, at),
        "chart": facing.drawing(found, form.day),
        "lacking": facing.lacking(rules.gaps(found), at),
        "stated": sum(1 for each in found["findings"] if each["source"]),
        "before_head": day_in_words(form.other) if form.other else "",
        "after_head": day_in_words(form.day),
        "differences": queries.compare(actor, home, form.other, form.day) if form.other else [],
    }


@require_safe
def chart(request: Request, slug: str) -> HttpResponse:
    """The chart alone, to be enlarged or kept."""
    home = agencies.partnership(request.actor, slug)
    form = AsAtForm(request.GET, today=request.actor.on)
    if form.is_bound and not form.is_valid():
        raise Http404
    drawn = facing.drawing(queries.structure(request.actor, home, form.day), form.day)
    if drawn is None:
        raise Http404
    return HttpResponse(drawn, content_type="image/svg+xml")
