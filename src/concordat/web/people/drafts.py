"""One's own drafts of pages: listed on My work, thrown away by a button."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from concordat.domain.base.people import operations, queries
from concordat.domain.base.records.operations import once
from concordat.kernel.actor import Actor
from concordat.web.people.first_days import Request
from concordat.web.ui.forms import ActForm
from concordat.web.ui.sending import done


@dataclass(frozen=True, slots=True)
class Draft:
    """A page that somebody began, where it is, and the button that throws it away."""

    heading: str
    href: str
    kept_at: datetime
    drop: str
    form: ActForm


def drafts(actor: Actor) -> list[Draft]:
    return [
        Draft(
            row.heading,
            row.address,
            row.kept_at,
            reverse("people:drop_draft", args=[row.pk]),
            ActForm(),
        )
        for row in queries.drafts(actor)
    ]


@require_POST
def drop(request: Request, draft: int) -> HttpResponse:
    """Throw one draft away."""
    found = next((each for each in queries.drafts(request.actor) if each.pk == draft), None)
    if found is None:
        raise Http404
    form = ActForm(request.POST)
    if form.is_valid():
        with once(form.key):
            operations.drop_draft(request.actor, address=found.address)
    return done(request, "The draft is thrown away.", "home")
