"""How a partnership looks: its colour and its logo, which are data."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import operations, queries
from concordat.domain.base.records import queries as records
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor
from concordat.web.agencies.forms import LooksForm
from concordat.web.ui.sending import done, form_page, send

A_YEAR = 365 * 24 * 60 * 60


class Request(HttpRequest):
    """A request as the middleware leaves it."""

    actor: Actor


def looks(request: Request, slug: str) -> HttpResponse:
    """Choose the colour and the logo of every page of a partnership."""
    home = queries.partnership(request.actor, slug)
    records.can(request.actor, Verb.CHANGE, home.record).require()
    form = LooksForm(
        request.POST or None,
        request.FILES or None,
        initial={"accent": home.accent},
        seen_version=home.record.version,
    )
    sent = send(
        request,
        form,
        lambda: operations.dress(
            request.actor, partnership=home, seen_version=form.seen, **form.looks()
        ),
        record=home.record,
    )
    if sent.done:
        return done(request, "The pages look so from now on.", "agencies:partnership", slug)
    told = {"heading": f"How {home.name} looks", "button": "Save how it looks", "home": home}
    told |= {"back_href": reverse("agencies:partnership", args=[slug])}
    return form_page(request, "agencies/looks.html", form, sent, **told)


@login_not_required
@require_safe
def logo(request: Request, slug: str, digest: str) -> HttpResponse:
    """A logo as a picture; the address holds its digest, so it never ages."""
    answer = HttpResponse(queries.logo(request.actor, slug, digest), content_type="image/png")
    answer["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    answer.for_anybody = True  # type: ignore[attr-defined]
    return answer
