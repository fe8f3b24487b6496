"""How a partnership looks: its colour and its logo, which are data."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import operations, queries
from concordat.domain.base.records import queries as records
from concordat.domain.base.records.rules import Verb
from concordat.web.agencies.forms import LooksForm
from concordat.web.agencies.views import Request
from concordat.web.ui.sending import act_page

A_YEAR = 365 * 24 * 60 * 60


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
    return act_page(
        request,
        form,
        lambda: operations.dress(
            request.actor, partnership=home, seen_version=form.seen, **form.looks()
        ),
        words="The pages look so from now on.",
        to=("agencies:partnership", slug),
        record=home.record,
        template="agencies/looks.html",
        heading=f"How {home.name} looks",
        button="Save how it looks",
        home=home,
        back_href=reverse("agencies:partnership", args=[slug]),
    )


@login_not_required
@require_safe
def logo(request: Request, slug: str, digest: str) -> HttpResponse:
    """A logo as a picture; the address holds its digest, so it never ages."""
    answer = HttpResponse(queries.logo(request.actor, slug, digest), content_type="image/png")
    answer["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    answer.for_anybody = True  # type: ignore[attr-defined]
    return answer
