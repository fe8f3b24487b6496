"""Secret addresses of calendars: made, seen, revoked, and answered."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from functools import partial
from urllib.parse import quote
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from concordat.craft import ics
from concordat.domain.base.seats.queries import Body, bodies
from concordat.domain.governance.diaries import operations, queries, rules
from concordat.domain.governance.diaries.queries import CalendarFeed
from concordat.kernel.labels import day_in_words
from concordat.web.diaries.facing import Request, now_of
from concordat.web.diaries.forms import FeedForm
from concordat.web.ui.forms import ActForm
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_page, form_page, send

WRONG = "wrong calendar addresses"
MOST_WRONG = 30


@require_safe
def feeds(request: Request) -> HttpResponse:
    """The feeds there are. An address is shown once, when it is made, and never again."""
    rows = queries.feeds_of(request.actor)
    return render(request, "diaries/feeds.html", {"rows": rows})


def _mine(request: Request) -> list[Body]:
    held = {seat.body for seat in request.actor.seats}
    return [each for each in bodies(request.actor) if each.pk in held]


@never_cache
def make(request: Request) -> HttpResponse:
    """Make a feed; the answer shows its address, which is kept nowhere."""
    mine = _mine(request)
    form = FeedForm(
        request.POST or None,
        bodies=[(each.record.reference, each.name) for each in mine],
        initial={"body": "own"},
    )
    sent = send(request, form, partial(_make, request, mine, form))
    if sent.done:
        address = request.build_absolute_uri(reverse("diaries:calendar", args=[_token(form)]))
        told = {"feed": sent.result, "address": address, "webcal": _webcal(address)}
        return render(request, "diaries/made.html", told)
    return form_page(request, "diaries/make.html", form, sent, back_href=reverse("diaries:feeds"))


def _token(form: FeedForm) -> str:
    """The same form sent twice gives the same address: it follows from the form's one-time key,
    which the server alone can turn into it."""
    keyed = salted_hmac("concordat.diaries.feed", form.key, algorithm="sha256").digest()

    return base64.urlsafe_b64encode(keyed).decode().rstrip("=")


def _webcal(address: str) -> str:
    return "webcal://" + quote(address.partition("://")[2], safe="/:.-_~")


def _make(request: Request, mine: list[Body], form: FeedForm) -> CalendarFeed:
    chosen = form.cleaned_data["body"]
    body = next((each for each in mine if each.record.reference == chosen), None)
    return operations.make_feed(request.actor, token=_token(form), now=timezone.now(), body=body)


def revoke(request: Request, feed: UUID) -> HttpResponse:
    found, form = queries.feed(request.actor, feed), ActForm(request.POST or None)
    act = partial(operations.revoke_feed, request.actor, feed=found, now=timezone.now())
    whose = found.body.name if found.body else "Your own diary"
    made = day_in_words(timezone.localtime(found.made_at).date())
    return act_page(
        request,
        form,
        act,
        words="The address opens nothing any more.",
        to=("diaries:feeds",),
        heading="Revoke this calendar feed",
        explain="Calendars that read this address get nothing more. What they have already "
        "stays there until somebody removes it.",
        rows=[Fact("Calendar", whose), Fact("Made", f"{made} by {found.made_by}")],
        button="Revoke it",
        back_href=reverse("diaries:feeds"),
    )


# --- what calendars read


@login_not_required
@require_safe
def calendar(request: Request, token: str) -> HttpResponse:
    """The calendar behind a secret address. A wrong, old or revoked one looks like any absent
    page, and who tries many of them is slowed down."""
    source = request.META.get("REMOTE_ADDR", "")
    if _count(f"{WRONG} {source}", peek=True) >= MOST_WRONG:
        return _too_often(request)
    found = queries.feed_by(request.actor, token)
    if found is None:
        _count(f"{WRONG} {source}")
        raise Http404
    if _count(f"feed {found.pk}") > rules.MOST_READS:
        return _too_often(request)
    return _answer(request, found)


def _count(name: str, *, peek: bool = False) -> int:
    """How often within the hour, this time included unless it only looks."""
    key = "diaries-" + hashlib.sha256(name.encode()).hexdigest()[:32]
    if peek:
        return int(cache.get(key, 0))
    cache.add(key, 0, int(rules.PER.total_seconds()))
    try:
        return int(cache.incr(key))
    except ValueError:
        return 1


def _too_often(request: Request) -> HttpResponse:
    answer = render(request, "429.html", status=429)
    answer["Retry-After"] = str(int(rules.PER.total_seconds()))
    return answer


def _answer(request: Request, found: CalendarFeed) -> HttpResponse:
    now: datetime = now_of(request)
    entries = queries.entries_of(request.actor, found, now=now)
    name = found.body.name if found.body else "Concordat"
    text = ics.write(entries, name=name, now=timezone.now())
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="calendar.ics"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
