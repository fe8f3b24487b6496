"""How a local review is begun: each borough today beside the shared way."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.records.queries import Record, fetch_record
from concordat.domain.practice.reviews.operations import routes as operations
from concordat.domain.practice.reviews.queries import referrals
from concordat.domain.practice.reviews.queries import routes as queries
from concordat.domain.practice.reviews.rules.routes import (
    SHARED,
    RouteStep,
    Said,
    map_in_a_sentence,
    map_of,
    places_of,
)
from concordat.kernel.errors import Refused
from concordat.web.reviews import learning_acts
from concordat.web.reviews.referrals_forms import RouteForm
from concordat.web.ui.doors import Request
from concordat.web.ui.sending import done, form_page, send


def _face(home: Record, rows: list[Said], on: date) -> dict[str, Any]:
    found, places = map_of(rows, on), places_of(rows)
    return {
        "home": home,
        "places": places,
        "sentence": map_in_a_sentence(found, places),
        "steps": [
            {
                "step": step.label,
                "shared": found.get((step, SHARED)),
                "today": [(place, found.get((step, place))) for place in places],
            }
            for step in RouteStep
        ],
        "sources": sorted({row.source for row in found.values()}),
    }


@require_safe
def routes(request: Request) -> HttpResponse:
    """Who refers, who decides and who leads, borough by borough, beside the shared way."""
    on, homes = request.actor.on, queries.maps(request.actor)
    rows = queries.route_rows(request.actor, homes, on)
    told = {
        "maps": [_face(home, rows.get(home.pk, []), on) for home in homes],
        "parts": learning_acts.parts("routes"),
        "runs": bool(referrals.run_by(request.actor)),
    }
    return render(request, "reviews/routes.html", told)


def say(request: Request) -> HttpResponse:
    """Say who does a step, or which question is open."""
    actor = request.actor
    homes = referrals.run_by(actor)
    if not homes:
        raise Refused("The secretariat writes this down.")
    choices = {"partnership": [(row.reference, row.title) for row in homes]}
    first = {"partnership": homes[0].reference, "step": request.GET.get("step", "")}
    form = RouteForm(request.POST or None, choices=choices, initial=first)

    def act() -> object:
        told = form.answers()
        home = fetch_record(actor, told.pop("partnership"))
        return operations.say(actor, partnership=home, step=RouteStep(told.pop("step")), **told)

    sent = send(request, form, act)
    if sent.done:
        return done(request, "It is on record. What stood before stays.", "reviews:routes")
    told = {
        "heading": "Say how a review begins",
        "explain": "What a source does not say is a question. Nothing is filled in for it.",
        "button": "Record it",
        "back_href": reverse("reviews:routes"),
    }
    return form_page(request, "act.html", form, sent, **told)
