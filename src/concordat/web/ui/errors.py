"""Refused, Stale and Invalid as pages. A thing that may not be known is not found instead.

So are the refusals that Django itself would give no page of ours: too large, and a wrong method.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.core.exceptions import (
    ObjectDoesNotExist,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.defaults import page_not_found

from concordat.kernel.errors import Invalid, Refused, Restricted, Stale
from concordat.web.ui.parts import Fact

CARRIED = frozenset({"csrfmiddlewaretoken", "form_key", "seen_version"})
SECRET = ("password", "code")
MOST_MEGABYTES = 25
"""How much one request may hold: the largest file that any form takes, and the form around it."""
METHOD = 405


class Weighed:
    """Middleware: a request that says it is too large is answered before any of it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _weight(request) > MOST_MEGABYTES * 1_000_000:
            return too_large(request)
        return self.get_response(request)


def _weight(request: HttpRequest) -> int:
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isascii() and told.isdigit() else 0


def too_large(request: HttpRequest) -> HttpResponse:
    return render(request, "413.html", {"most": MOST_MEGABYTES}, status=413)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What a browser sent could not be read; more text than a form may hold is too large."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)):
        return too_large(request)
    return render(request, "400.html", {"again": "/"}, status=400)


class ErrorPages:
    """Middleware: turns the kernel's three exceptions into the pages that explain them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        return _wrong_method(request, answer) if answer.status_code == METHOD else answer

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, ObjectDoesNotExist):
            return page_not_found(request, problem)
        if isinstance(problem, Restricted):
            return refused(request, problem, owner=problem.owner, ask=_ask(problem.reference))
        if isinstance(problem, Refused):
            return refused(request, problem)
        if isinstance(problem, Stale):
            return stale(request, problem)
        return invalid(request, problem) if isinstance(problem, Invalid) else None


def _wrong_method(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """A page in place of nothing: somebody typed the address of a form's button."""
    told = render(request, "405.html", status=METHOD)
    told["Allow"] = answer["Allow"]
    return told


def _ask(reference: str) -> str:
    try:
        return reverse("records:ask", args=[reference])
    except NoReverseMatch:
        return ""


def refused(
    request: HttpRequest, problem: Refused, *, owner: str = "", ask: str = ""
) -> HttpResponse:
    """403 for somebody who may know that the thing exists. `ask` is the asking form's address."""
    told = {"reason": problem.reason, "source": problem.source, "owner": owner, "ask": ask}
    return render(request, "403.html", told, status=403)


def stale(request: HttpRequest, problem: Stale) -> HttpResponse:
    """409 with both texts and with everything that was typed, to be kept or let go.

    A page that can show its own form again does that instead: `sending.send`.
    """
    told = {"stale": problem, "typed": typed(request), "again": request.get_full_path()}
    return render(request, "409.html", told | {"kept": kept(request, problem)}, status=409)


def invalid(request: HttpRequest, problem: Invalid) -> HttpResponse:
    told = {"faults": [str(fault) for fault in problem.faults], "again": request.path}
    return render(request, "400.html", told, status=400)


def kept(request: HttpRequest, problem: Stale) -> list[tuple[str, str]]:
    """The same form against the version that stands now, under a new key: "Keep mine".

    Empty where that cannot be: a browser gives a file or a password once only, and what must
    be read before it is signed names no version.
    """
    secret = any(word in name for name in request.POST for word in SECRET)
    if problem.version is None or request.FILES or secret:
        return []
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in CARRIED
    ]
    return [*sent, ("form_key", str(uuid4())), ("seen_version", str(problem.version))]


def typed(request: HttpRequest) -> list[Fact]:
    """What a form carried, without its tokens and without anything secret."""
    return [
        Fact(name.replace("_", " ").capitalize(), "\n".join(request.POST.getlist(name)))
        for name in request.POST
        if name not in CARRIED and not any(word in name for word in SECRET)
    ]
