"""People recruited and services bought: what is sought, filled and given up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Partnership
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.domain.governance.programme import operations, queries
from concordat.domain.governance.programme.queries import Appointment
from concordat.domain.governance.programme.rules import SEEKING, life
from concordat.kernel.actor import Actor
from concordat.web.programme import facing, forms
from concordat.web.programme.facing import Act, Request, Tag
from concordat.web.ui import sending
from concordat.web.ui.forms import PageForm
from concordat.web.ui.paging import Page, page_of
from concordat.web.ui.parts import Fact

_VERBS = {
    "seek": (forms.SeekForm, "Look for somebody", "It is being looked for."),
    "fill": (forms.FillForm, "Say that it is filled", "It is filled."),
    "put-off": (forms.ReasonForm, "Say that it is delayed", "It is delayed."),
    "give-up": (forms.ReasonForm, "Give it up", "It is given up."),
}
_OPERATIONS: dict[str, Callable[..., Appointment]] = {
    "seek": operations.seek,
    "fill": operations.fill,
    "put-off": operations.put_off,
    "give-up": operations.give_up,
}
_BY_MOVE = {
    "seek": "seek",
    "seek again": "seek",
    "fill": "fill",
    "put off": "put-off",
    "give up": "give-up",
}


SHOWN = 10
"""So many stand on the page of the programmes; all of them on a list of their own."""


def first_of(actor: Actor, home: Partnership, may: bool) -> dict[str, Any]:
    """The first of them in their order, as many as a page of several lists shows."""
    rows = queries.appointments(actor, home)
    return _shown(actor, home, rows, page_of(rows, None, per_page=SHOWN), may)


def _shown(actor: Actor, home: Partnership, rows: Any, page: Page, may: bool) -> dict[str, Any]:
    return {
        "appointments": {
            "page": page,
            "lines": lines(actor, page.rows, home.slug, may),
            "sentence": sentence(actor, rows),
        }
    }


@require_safe
def appointments(request: Request, slug: str) -> HttpResponse:
    """Everybody who was recruited and every service that was bought."""
    actor, home = request.actor, agencies.partnership(request.actor, slug)
    rows, may = queries.appointments(actor, home), can(actor, Verb.CHANGE, home.record)
    page = page_of(rows, request.GET.get("page"))
    told = {"home": home, "part": "programme", "may_change": bool(may), "listed": True}
    told |= _shown(actor, home, rows, page, bool(may))
    return render(request, "programme/appointments.html", told)


def lines(actor: Actor, rows: Iterable[Appointment], slug: str, may: bool) -> list[dict[str, Any]]:
    """Each with its state as a tag and what can be done next."""
    return [
        {"row": row, "tag": _tag(row, actor), "acts": _acts(row, slug) if may else []}
        for row in rows
    ]


def sentence(actor: Actor, rows: Iterable[Appointment]) -> str:
    """How many are filled and looked for, of all of them."""
    rows = list(rows)
    ending = sum(_tag(row, actor).words == "Ends soon" for row in rows)
    return life.seeking_in_words([row.stage for row in rows], ending) if rows else ""


def _tag(row: Appointment, actor: Actor) -> Tag:
    if row.stage is not life.Stage.DONE:
        return facing.stage_tag(row.stage)
    last = row.last_day.latest if row.last_day else None
    if last and last < actor.on:
        return Tag("Closed", "Ended")
    if last and (last - actor.on).days <= life.ENDS_SOON:
        return Tag("Due soon", "Ends soon")
    return Tag("Done", "Filled")


def _acts(row: Appointment, slug: str) -> list[Act]:
    verbs = [_BY_MOVE[m.verb] for m in SEEKING.allowed(row.stage) if m.verb in _BY_MOVE]
    again = row.stage.is_over
    return [
        Act(
            "Look again" if again else _VERBS[verb][1],
            reverse("programme:recruit", args=[slug, row.key, verb]),
        )
        for verb in verbs
    ]


def recruit(request: Request, slug: str, key: str, verb: str) -> HttpResponse:
    """One step of a recruitment or a purchase."""
    home = agencies.partnership(request.actor, slug)
    can(request.actor, Verb.CHANGE, home.record).require()
    row = queries.appointments(request.actor, home).filter(key=key).first()
    if row is None or verb not in _VERBS:
        raise Http404
    kind, button, said = _VERBS[verb]
    form: PageForm = kind(request.POST or None, seen_version=row.fingerprint)
    sent = sending.send(
        request,
        form,
        lambda: _OPERATIONS[verb](request.actor, appointment=row, seen=form.seen, **_answers(form)),
        names={"day": "from_text", "ends": "until"},
        row=row,
    )
    if sent.done:
        return sending.done(request, said, "programme:overview", slug)
    rows = [Fact("How", row.how or "Not stated"), Fact("State", row.stage.label)]
    told = {"heading": f"{button}: {row.title}", "button": button, "rows": rows, "explain": "",
            "back_href": reverse("programme:overview", args=[slug])}  # fmt: skip
    return sending.form_page(request, "act.html", form, sent, **told)


def _answers(form: PageForm) -> dict[str, Any]:
    called = {"from_text": "day", "until": "ends"}
    return {called.get(name, name): value for name, value in form.answers().items()}
