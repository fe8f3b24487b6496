"""My work, search, and the two pages that every footer names."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concordat.domain.base.records import queries as records
from concordat.kernel.actor import Actor
from concordat.web.home import cases as gathered
from concordat.web.home import gathering
from concordat.web.home.forms import SearchForm
from concordat.web.ui.paging import page_of


class Request(HttpRequest):
    """A request as the middleware leaves it."""

    actor: Actor


@require_safe
def my_work(request: Request) -> HttpResponse:
    """What is owed, and where to do it."""
    return render(request, "home/my_work.html", gathering.my_work(request.actor))


@require_safe
def cases(request: Request) -> HttpResponse:
    """Incidents, reviews and what is learnt, and what is next for each."""
    return render(request, "home/cases.html", gathered.overview(request.actor))


@require_safe
def search(request: Request) -> HttpResponse:
    """Records by words or reference, newest first, or best fit first on request."""
    form = SearchForm(request.GET or None)
    typed = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    ranked = request.GET.get("order") == "fit"
    found = records.search(request.actor, typed, ranked=ranked)
    page = page_of(found, request.GET.get("page"))
    rows = gathering.found(request.actor, page.rows)
    told = {"form": form, "typed": typed, "page": page, "rows": rows, "ranked": ranked}
    return render(request, "home/search.html", told)


@login_not_required
@require_safe
def help_page(request: Request) -> HttpResponse:
    return render(request, "home/help.html")


@login_not_required
@require_safe
def accessibility(request: Request) -> HttpResponse:
    return render(request, "home/accessibility.html")
