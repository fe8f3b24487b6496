"""The door that guests come in by: the link, the code, and what it opens.

A link that is forged, late, used, taken back or worn out by guessing gives one and the same
page, so that nobody learns which links there are.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from concordat.domain.base.mail import operations, queries
from concordat.domain.base.mail.queries import GuestLink
from concordat.domain.base.mail.rules import Opening, asks_to
from concordat.domain.base.records.operations import look, once
from concordat.domain.base.records.rules import RecordKind
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Refused
from concordat.web.mail.forms import CodeForm, DoorForm
from concordat.web.mail.middleware import CAME
from concordat.web.ui import sending

WRONG = "The code is wrong or too old. Check the newest letter, or ask for a new code"


class Request(HttpRequest):
    """A request as the middleware leaves it."""

    actor: Actor
    guest_link: UUID | None


def _shut(request: HttpRequest) -> HttpResponse:
    return render(request, "mail/shut.html", status=404)


@login_not_required
@never_cache
def door(request: Request, token: str) -> HttpResponse:
    """Who the link is for and what it opens; nothing of the record but its reference."""
    found = queries.link_by(request.actor, token, now=timezone.now())
    if found is None:
        return _shut(request)
    form = DoorForm(request.POST or None)
    sent = sending.send(
        request,
        form,
        lambda: operations.open_link(request.actor, token=token, now=timezone.now()),
    )
    if sent.done:
        return redirect("mail:code", token) if sent.result else _shut(request)
    told = {"link": found, "address": _veiled(found.email), "asks": _asks(found)}
    return sending.form_page(request, "mail/door.html", form, sent, **told)


def _veiled(address: str) -> str:
    """Enough of an address for its owner to know it, never broken after the dots:
    j…@example.org."""
    name, _, host = address.rpartition("@")
    return f"{name[:1]}…\N{WORD JOINER}@{host}"


def _asks(link: GuestLink) -> str:
    return asks_to(link.opening, link.record.kind)


@login_not_required
@never_cache
def code(request: Request, token: str) -> HttpResponse:
    found = queries.link_by(request.actor, token, now=timezone.now())
    if found is None:
        return _shut(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        came = _entered(request, token, form)
        if came is not None:
            return _let_in(request, came)
        if queries.link_by(request.actor, token, now=timezone.now()) is None:
            return _shut(request)
        form.add_error("code", WRONG)
    told = {"form": form, "link": found, "address": _veiled(found.email), "token": token}
    return render(request, "mail/code.html", told, status=422 if form.errors else 200)


def _entered(request: Request, token: str, form: CodeForm) -> GuestLink | None:
    try:
        with once(form.key):
            return operations.enter_code(
                request.actor, token=token, now=timezone.now(), **form.answers()
            )
    except Refused:
        return None


def _let_in(request: Request, came: GuestLink) -> HttpResponse:
    request.session.cycle_key()
    request.session[CAME] = [str(came.pk), str(came.entry)]
    return redirect("mail:inside")


@login_not_required
@never_cache
@require_safe
def inside(request: Request) -> HttpResponse:
    """What the link opens, once the guest is in."""
    if request.guest_link is None:
        return _shut(request)
    link = queries.inside(request.actor, request.guest_link)
    look(request.actor, record=link.record)
    told = {
        "record": link.record,
        "link": link,
        "asks": _asks(link),
        "heading": "An incident to be told"
        if link.record.kind == RecordKind.INCIDENT
        else link.record.title,
        "sends": link.opening is Opening.PAPER,
        "comments": link.opening is Opening.COMMENT and link.record.kind == RecordKind.DOCUMENT,
    }
    return render(request, "mail/inside.html", told)


@login_not_required
@require_POST
def leave(request: Request) -> HttpResponse:
    request.session.pop(CAME, None)
    return render(request, "mail/left.html")
