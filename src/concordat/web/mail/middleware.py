"""A guest who has entered their code is who the link says, until the link is over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from concordat.domain.base.mail import queries

CAME = "came by a link"


class Guests:
    """Stands after whoever sets `actor`; sets `guest_link`, which most often is None.

    Asked anew for each request, so that a link that is taken back puts its guest out at once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if hasattr(request, "actor"):
            _ask(request)
        return self.get_response(request)


def _ask(request: Any) -> None:
    request.guest_link = None
    came = request.session.get(CAME)
    if came is None or request.user.is_authenticated:
        return
    link, entry = (UUID(each) for each in came)
    guest = queries.guest(request.actor, link=link, entry=entry, now=timezone.now())
    if guest is None:
        del request.session[CAME]
        return
    request.actor, request.guest_link = guest, link
