"""The entries of the service navigation: at most six, and none that leads nowhere."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from concordat.domain.practice.reviews.queries import reviews
from concordat.kernel.actor import Actor, Kind
from concordat.web.ui.context import MOST_ENTRIES
from concordat.web.ui.parts import Link

CASES = "cases"
ENTRIES = (
    ("My work", "home"),
    ("Meetings", "meetings:list"),
    ("Actions", "actions:actions"),
    ("Reviews", CASES),
    ("Clocks", "clocks:board"),
    ("Documents", "documents:documents"),
    ("Partnership", "agencies:partnerships"),
)
FIRST_TO_GO = ("Documents", "Clocks")
"""What leaves the navigation first once more is built than it holds; My work leads there too."""
OF_CASES = ("/incidents", "/reviews", "/chronologies", "/learning", "/escalations", "/children",
            "/requests")  # fmt: skip
"""Where pages begin that stand under Reviews, although their addresses do not."""


class Navigation:
    """Middleware: sets `request.navigation` for whoever holds a seat."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = entries(getattr(request, "actor", None))
        request.navigation = _marked(found, request.path)  # type: ignore[attr-defined]
        return self.get_response(request)


def entries(actor: Actor | None) -> list[Link]:
    """What this actor may go to. Somebody without a seat has My work, and Reviews where they were
    let into one: a reviewer who is appointed from outside holds no seat."""
    return _shared_out(actor)[0]


def further(actor: Actor | None) -> list[Link]:
    """What found no room in the navigation: My work leads there."""
    return _shared_out(actor)[1]


def _shared_out(actor: Actor | None) -> tuple[list[Link], list[Link]]:
    if actor is None or actor.kind not in (Kind.PERSON, Kind.ACTING_FOR):
        return [], []
    wanted = ENTRIES if actor.seats else _without_a_seat(actor)
    found = [Link(text, address) for text, route in wanted if (address := _address(route))]
    leaving = [text for text in FIRST_TO_GO if text in {link.text for link in found}]
    leaving = leaving[: max(0, len(found) - MOST_ENTRIES)]
    staying = [link for link in found if link.text not in leaving]
    return staying, [link for link in found if link.text in leaving]


def _without_a_seat(actor: Actor) -> tuple[tuple[str, str], ...]:
    let_in = reviews(actor).exists()
    return tuple(each for each in ENTRIES if each[0] == "My work" or (let_in and each[1] == CASES))


def _marked(found: list[Link], path: str) -> list[Link]:
    """With Reviews marked on the pages of cases; any other is marked by its address."""
    if not any(path == each or path.startswith(f"{each}/") for each in OF_CASES):
        return found
    cases = _address(CASES)
    return [Link(each.text, each.href, each.href == cases, each.count) for each in found]


def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
