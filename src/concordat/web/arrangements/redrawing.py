"""Agencies that merge, split or are drawn anew: three pages, and only the last one writes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Agency, Partnership
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.base.seats import queries as seats
from concordat.domain.base.seats.queries import Seat
from concordat.domain.governance.arrangements import operations, queries
from concordat.kernel.labels import day_in_words, join_words
from concordat.web.arrangements.forms import RedrawForm, WhichForm
from concordat.web.arrangements.views import Request
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import Sent, done, form_page, send


def redraw(request: Request, slug: str) -> HttpResponse:
    """Which agencies end, how many take over, and from when; then what takes over."""
    home = agencies.partnership(request.actor, slug)
    can(request.actor, Verb.CHANGE, home.record).require()
    standing = [
        row
        for row in agencies.agencies(request.actor).filter(partnership=home.pk, to_text="")
        if row.in_force(request.actor.on) != "no"
    ]
    which = WhichForm(request.GET, agencies=standing)
    if not which.is_bound or not which.is_valid() or not which.old:
        return _which(request, home, which)
    old = [row for row in standing if row.key in which.old]
    return _into(request, home, old, which)


def _which(request: Request, home: Partnership, which: WhichForm) -> HttpResponse:
    """The first page, whose answers stand in the address of the second."""
    status = 422 if which.is_bound and which.errors else 200
    told = {"home": home, "form": which}
    return render(request, "arrangements/redraw.html", told, status=status)


def _into(request: Request, home: Partnership, old: list[Agency], which: WhichForm) -> HttpResponse:
    filled = _lasting(seats.seats(request.actor), old, which.day)
    form = RedrawForm(request.POST or None, into=which.into, seats=filled)
    if request.method == "POST" and form.is_valid():
        if request.POST.get("sure") != "yes":
            return _checked(request, home, old, filled, which, form)
        sent = send(request, form, lambda: _redraw(request, old, filled, which, form))
        if sent.done:
            return done(request, "The agencies hand over.", "agencies:agencies", home.slug)
    told = {
        "home": home,
        "old": old,
        "day": which.day,
        "delegations": _delegated(request, home, old, which.day),
        "back_href": reverse("arrangements:redraw", args=[home.slug]),
    }
    return form_page(request, "arrangements/redraw_into.html", form, Sent(), **told)


def _delegated(request: Request, home: Partnership, old: list[Agency], day: date) -> Any:
    rows = queries.delegations(request.actor, home).exclude(state="ended")
    return _lasting(rows, old, day)


def _lasting(rows: Any, old: list[Agency], day: date) -> list[Any]:
    """Rows of the old agencies that are not over when the new ones begin."""
    return list(rows.filter(agency__in=[row.pk for row in old]).exclude(to_maybe__lt=day))


def _checked(
    request: Request,
    home: Partnership,
    old: list[Agency],
    filled: list[Seat],
    which: WhichForm,
    form: RedrawForm,
) -> HttpResponse:
    """The last page: the facts, and the one button that writes."""
    names = form.names()
    goes = form.seats_to()
    facts = [
        Fact("End", join_words([row.name for row in old])),
        Fact("Take over", join_words(names)),
        Fact("From", day_in_words(which.day)),
    ]
    for seat in filled:
        at = goes.get(seat.pk)
        facts.append(Fact(seat.role, names[at] if at is not None else "Ends with the old agency"))
    ending = _delegated(request, home, old, which.day)
    facts.append(Fact("Delegations that end", str(len(ending))))
    form.seal()
    told = {"home": home, "rows": facts, "form": form, "back_href": request.get_full_path()}
    return render(request, "arrangements/redraw_check.html", told)


def _redraw(
    request: Request, old: list[Agency], filled: list[Seat], which: WhichForm, form: RedrawForm
) -> object:
    full = agencies.agencies(request.actor).select_related("partnership")
    return operations.redraw(
        request.actor,
        old=list(full.filter(pk__in=[row.pk for row in old])),
        into=[{"name": name} for name in form.names()],
        seats_to=form.seats_to(),
        from_day=which.day,
        reason=form.cleaned_data["reason"],
    )
