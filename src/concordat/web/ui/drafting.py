"""Long forms that are kept unsent: somebody is called away, and comes back to what they wrote."""

from __future__ import annotations

import re
from html import unescape

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import strip_tags

from concordat.domain.base.people import operations, queries
from concordat.domain.base.people.rules import LONGEST_PAGE
from concordat.domain.base.records.queries import Record
from concordat.kernel.actor import Actor, Kind
from concordat.kernel.errors import Refused
from concordat.web.ui.forms import LATER, PageForm

_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.S)
KEPT = "Your draft is kept. You find it on My work for four weeks. Nobody else sees it."


def _actor(request: HttpRequest) -> Actor | None:
    actor = getattr(request, "actor", None)
    return actor if actor is not None and actor.kind is Kind.PERSON else None


def may_wait(request: HttpRequest, form: PageForm) -> bool:
    """Whether this form of this page may be kept for whoever looks at it."""
    fits = len(request.get_full_path()) <= LONGEST_PAGE
    return fits and _actor(request) is not None and form.may_wait


def is_to_wait(request: HttpRequest, form: PageForm) -> bool:
    return request.method == "POST" and LATER in request.POST and may_wait(request, form)


def take_up(request: HttpRequest, form: PageForm) -> None:
    """Show a form as it was kept, if it was."""
    actor = _actor(request)
    if actor is None or form.is_bound or not may_wait(request, form):
        return
    draft = queries.draft_at(actor, request.get_full_path())
    if draft is not None:
        form.take_up(draft.answers, draft.kept_at)


def kept(
    request: HttpRequest, form: PageForm, page: HttpResponse, about: Record | None
) -> HttpResponse | None:
    """Keep what was typed under the heading of its page, and go to My work. None where it could
    not be kept: the form says why."""
    actor = _actor(request)
    if actor is None:
        return None
    try:
        operations.keep_draft(
            actor,
            address=request.get_full_path(),
            heading=_heading(page),
            answers=form.typed(),
            about=about,
            now=timezone.now(),
        )
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return None
    messages.success(request, KEPT)
    return redirect("home")


def forget(request: HttpRequest, form: PageForm) -> None:
    """What was sent is a draft no more."""
    actor = _actor(request)
    if actor is not None and form.may_wait:
        operations.drop_draft(actor, address=request.get_full_path())


def _heading(page: HttpResponse) -> str:
    found = _HEADING.search(page.content.decode())
    return " ".join(unescape(strip_tags(found[1])).split()) if found else "A page"
