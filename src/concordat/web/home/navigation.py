"""The entries of the service navigation: at most six, and none that leads nowhere."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from concordat.kernel.actor import Actor, Kind
from concordat.web.ui.context import MOST_ENTRIES
from concordat.web.ui.parts import Link

ENTRIES = (
    ("My work", "home"),
    ("Meetings", "meetings:list"),
    ("Actions", "actions:actions"),
    ("Programme", "programme:roadmap"),
    ("Reviews", "reviews:list"),
    ("Clocks", "clocks:board"),
    ("Documents", "documents:documents"),
    ("Partnership", "agencies:partnerships"),
)
FIRST_TO_GO = ("Documents", "Clocks", "Programme")
"""What leaves the navigation first once more is built than it holds; My work leads there too."""


class Navigation:
    """Middleware: sets `request.navigation` for whoever holds a seat."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.navigation = entries(getattr(request, "actor", None))  # type: ignore[attr-defined]
        return self.get_response(request)


def entries(actor: Actor | None) -> list[Link]:
    """What this actor may go to. Somebody without a seat has My work alone."""
    if actor is None or actor.kind not in (Kind.PERSON, Kind.ACTING_FOR):
        return []
    wanted = ENTRIES if actor.seats else ENTRIES[:1]
    found = [Link(text, address) for text, route in wanted if (address := _address(route))]
    leaving = [text for text in FIRST_TO_GO if text in {link.text for link in found}]
    leaving = leaving[: max(0, len(found) - MOST_ENTRIES)]
    return [link for link in found if link.text not in leaving]


def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
