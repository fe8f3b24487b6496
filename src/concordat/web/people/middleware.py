"""Who is asking, on which day, for which partnership; and nothing opens on a password alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.people import queries
from concordat.domain.base.people.queries import ActingFor, Person
from concordat.domain.base.seats.queries import actor_for
from concordat.kernel.actor import Actor, public
from concordat.web.ui.context import Appearance, appearance

ACTING = "acting for"
BY_PERSONA = "concordat.web.people.backends.Cast"

# Open to somebody who has a password and no authenticator yet.
ON_THE_WAY = frozenset({"mfa_activate_totp", "account_logout", "account_reauthenticate"})
QUIET = frozenset({"/healthz", "/readyz"})


class Asking:
    """Sets `actor`, `today`, `practice_date` and `partnership` on every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path not in QUIET:
            ask(request)
        return self.get_response(request)


def ask(request: HttpRequest) -> None:
    """Work out who asks; again after somebody has signed in or switched within a request."""
    world = queries.world()
    practice = world.practice_date if world else None
    told: Any = request
    told.practice_date = practice
    told.has_cast = world is not None and world.is_open
    told.today = practice or timezone.localdate()
    told.actor = _actor(request, told.today)
    told.partnership = _partnership(told.actor)


def _actor(request: HttpRequest, on: date) -> Actor:
    if not request.user.is_authenticated:
        return public(on)
    person = request.user.person
    return actor_for(person, on=on, arrangement=_arrangement(request, person, on))


def _arrangement(request: HttpRequest, person: Person, on: date) -> ActingFor | None:
    """Whom the session acts for, asked anew each time: an arrangement that ends stops at once."""
    chosen = request.session.get(ACTING)
    if chosen is None:
        return None
    held = queries.acting(person, on, arrangement=chosen)
    if held is None:
        del request.session[ACTING]
        messages.info(request, "You are yourself again: you may no longer act for that person.")
    return held


def _partnership(actor: Actor) -> Appearance | None:
    """How the partnership of the actor's first seat looks."""
    row = agencies.home(actor)
    return appearance(row) if row else None


class SecondFactor:
    """Leads whoever has only a password to set up an authenticator first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        name = request.resolver_match.url_name if request.resolver_match else ""
        if not request.user.is_authenticated or not _is_guarded(view):
            return None
        if request.session.get(BACKEND_SESSION_KEY) == BY_PERSONA:
            return _closed_to_the_cast(name or "")
        if name in ON_THE_WAY or is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            return None
        return redirect("mfa_activate_totp")


def _is_guarded(view: Callable[..., Any]) -> bool:
    """Whether a page is for whoever signed in, also where a guest's link opens it too."""
    return bool(getattr(view, "login_required", True) or getattr(view, "also_by_link", False))


def _closed_to_the_cast(name: str) -> None:
    """A persona has no password and no authenticator to look after."""
    if name.startswith("mfa_") or (name.startswith("account_") and name != "account_logout"):
        raise Http404
