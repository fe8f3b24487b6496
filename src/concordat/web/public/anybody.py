"""Pages that are the same for everybody: no sign-in, no cookie, nothing of whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, set_response_etag
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Partnership
from concordat.kernel.actor import Actor, public
from concordat.web.ui.context import appearance

KEPT = "public, max-age=0, must-revalidate"
"""Anybody may keep a page, and asks each time whether it still stands: what is withdrawn is gone
everywhere at once."""


class Request(HttpRequest):
    """A request as it is for anybody at all, whoever may have signed in."""

    actor: Actor
    home: Partnership


def for_anybody(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to everybody, asked as the public, kept by caches, without cookies."""

    @login_not_required
    @require_safe
    @wraps(view)
    def asked(request: Any, slug: str, **places: Any) -> HttpResponse:
        request.actor = public(request.today)
        request.navigation, request.guest_link = [], None
        request.home = agencies.public_home(request.actor, slug)
        request.partnership = appearance(request.home)
        answer = view(request, **places)
        answer["Cache-Control"] = KEPT
        set_response_etag(answer)
        told = get_conditional_response(request, etag=answer.get("ETag"), response=answer) or answer
        told.for_anybody = True
        return told

    return asked
