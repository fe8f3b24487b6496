"""Pages that open to somebody who came by a link as well as to whoever signed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from concordat.kernel.actor import Actor, Kind


class Request(HttpRequest):
    """A request as the middleware leaves it. `guest_link` is there for a guest alone."""

    actor: Actor
    guest_link: UUID | None


View = Callable[..., HttpResponseBase]


def also_by_link(view: View) -> View:
    """A page that a guest may open by their link; anybody else signs in first, in both steps."""

    @wraps(view)
    def opened(request: Request, *args: Any, **places: Any) -> HttpResponseBase:
        if request.user.is_authenticated or request.actor.kind is Kind.GUEST:
            return view(request, *args, **places)
        return redirect_to_login(request.get_full_path())

    opened.also_by_link = True  # type: ignore[attr-defined]
    return login_not_required(opened)
