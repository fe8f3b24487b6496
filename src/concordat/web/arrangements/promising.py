"""One promise: where it stands, and what became of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.governance.arrangements import operations, queries
from concordat.domain.governance.arrangements.queries import Promise
from concordat.kernel.dates import UncertainDate
from concordat.web.arrangements.text_forms import KeepForm, RenewForm
from concordat.web.arrangements.views import Request
from concordat.web.ui.forms import PageForm, ReasonForm
from concordat.web.ui.parts import Fact, Link
from concordat.web.ui.sending import act_page


@require_safe
def promise(request: Request, reference: str) -> HttpResponse:
    """What was promised, by when, who keeps it and how it ended."""
    row = queries.promise(request.actor, reference)
    address = reverse("arrangements:promise", args=[reference])
    told = {
        "row": row,
        "record": row.record,
        "home": row.record.partnership.partnership_row if row.record.partnership else None,
        "stands": not row.state,
        "may_keep": bool(queries.may_answer_for(request.actor, row, "keep")),
        "may_release": bool(queries.may_answer_for(request.actor, row, "release")),
        "found": _found(request, row),
        "offered": queries.day_offered(request.actor, row),
        "links": [
            Link("Promise", address, current=True),
            Link("History", reverse("records:history", args=[reference])),
        ],
    }
    return render(request, "arrangements/promise.html", told)


def _found(request: Request, row: Promise) -> list[Any]:
    home = agencies.partnerships(request.actor).filter(pk=row.partnership_id).first()
    return queries.found_on(request.actor, home).get(f"promises:{row.key}", []) if home else []


def keep(request: Request, reference: str) -> HttpResponse:
    row = _mine(request, reference, "keep")
    form = KeepForm(request.POST or None, seen_version=row.record.version)
    act: Any = lambda: operations.keep_promise(  # noqa: E731
        request.actor, promise=row, seen_version=form.seen, **form.answers()
    )
    return _settled(request, row, form, act, "Record that it was kept")


def renew(request: Request, reference: str) -> HttpResponse:
    """Another day, or the one that follows from the go-live, confirmed by a person."""
    row = _mine(request, reference, "renew")
    offered = queries.day_offered(request.actor, row) if "offered" in request.GET else None
    first: dict[str, Any] = {}
    if offered:
        first = {
            "latest": UncertainDate.parse(offered.isoformat()),
            "reason": f"“{row.lasts}”, counted from the go-live of the arrangements.",
        }
    form = RenewForm(request.POST or None, initial=first, seen_version=row.record.version)
    act: Any = lambda: operations.renew_promise(  # noqa: E731
        request.actor, promise=row, seen_version=form.seen, **form.answers()
    )
    return _settled(request, row, form, act, "Give it this day")


def release(request: Request, reference: str) -> HttpResponse:
    row = _mine(request, reference, "release")
    form = ReasonForm(request.POST or None, seen_version=row.record.version)
    act: Any = lambda: operations.release_promise(  # noqa: E731
        request.actor, promise=row, seen_version=form.seen, **form.answers()
    )
    return _settled(request, row, form, act, "Release from the promise")


def _mine(request: Request, reference: str, verb: str) -> Promise:
    row = queries.promise(request.actor, reference)
    queries.may_answer_for(request.actor, row, verb).require()
    return row


def _settled(request: Request, row: Promise, form: PageForm, act: Any, button: str) -> HttpResponse:
    reference = row.record.reference
    return act_page(
        request,
        form,
        act,
        words="It is on record.",
        to=("arrangements:promise", reference),
        record=row.record,
        heading=button,
        rows=[Fact("Promise", row.promise), Fact("How long", row.lasts or "Not stated")],
        button=button,
        back_href=reverse("arrangements:promise", args=[reference]),
    )
