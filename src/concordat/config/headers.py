"""Headers that close what a page does not need."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

CLOSED = ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics")
PERMISSIONS = ", ".join(f"{feature}=()" for feature in CLOSED)


class ClosedHeaders:
    """No device features; and nothing that a signed-in person saw stays on a shared computer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if getattr(response, "for_anybody", False):
            _same_for_everybody(response)
        elif settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.setdefault("Cache-Control", "no-store")
        return response


def _same_for_everybody(response: HttpResponse) -> None:
    """A page that depends on nobody sets no cookie and does not vary by one."""
    response.cookies.clear()
    told = [each.strip() for each in response.get("Vary", "").split(",")]
    kept = [each for each in told if each and each.lower() != "cookie"]
    if kept:
        response["Vary"] = ", ".join(kept)
    elif response.has_header("Vary"):
        del response["Vary"]
