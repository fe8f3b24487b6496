"""The outbox, and the links that were sent for a record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from concordat.domain.base.mail import operations, queries, rules
from concordat.domain.base.mail.queries import GuestLink
from concordat.domain.base.mail.rules import LinkState, Opening, State
from concordat.domain.base.records.queries import Record, can, fetch_record
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import Actor
from concordat.web.mail.forms import InviteForm, OutboxFilter, RevokeForm
from concordat.web.ui import sending
from concordat.web.ui.addresses import address_of
from concordat.web.ui.forms import ActForm
from concordat.web.ui.paging import page_of
from concordat.web.ui.parts import Fact

# The state word whose tone each state of a message has.
TONES = {
    State.QUEUED: "Waiting",
    State.FAILED: "Due soon",
    State.SENT: "Done",
    State.GIVEN_UP: "Overdue",
}
LINK_TONES = {LinkState.OPEN: "Open", LinkState.USED: "Done", LinkState.REVOKED: "Withdrawn"}


class Request(HttpRequest):
    """A request as the middleware leaves it."""

    actor: Actor


@require_safe
def outbox(request: Request) -> HttpResponse:
    rules.may_read_outbox(request.actor).require()
    form = OutboxFilter(request.GET)
    chosen = form.chosen.get("state")
    everything = queries.outbox(request.actor)
    rows = everything.filter(state=chosen) if chosen else everything
    page = page_of(rows, request.GET.get("page"))
    told = {
        "page": page,
        "rows": [(each, TONES[State(each.state)]) for each in page.rows],
        "filter": form,
        "given_up": everything.filter(state=State.GIVEN_UP).count(),
    }
    return render(request, "mail/outbox.html", told)


def again(request: Request, message: UUID) -> HttpResponse:
    held = queries.message(request.actor, message)
    form = ActForm(request.POST or None)
    sent = sending.send(request, form, lambda: operations.try_again(request.actor, message=message))
    if sent.done:
        return sending.done(request, "The message is queued again.", "mail:outbox")
    rows = [
        Fact("To", held.to),
        Fact("Subject", held.subject),
        Fact("Tried", f"{held.tries} times"),
        Fact("What went wrong", held.last_error or "Nothing yet"),
    ]
    told = {"heading": "Try this message again", "rows": rows, "button": "Queue it again"}
    up = reverse("mail:outbox")
    return sending.form_page(request, "act.html", form, sent, back_href=up, **told)


# --- a record's guests


def _admitting(request: Request, reference: str) -> Record:
    """The record, for somebody who may admit others to it."""
    found = fetch_record(request.actor, reference)
    can(request.actor, Verb.ADMIT, found).require()
    return found


def _link(request: Request, record: Record, pk: UUID) -> GuestLink:
    return queries.links_on(request.actor, record).get(pk=pk)


def _place(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("mail:door", args=[rules.TOKEN]))


def _up(record: Record) -> str:
    return reverse("mail:links", args=[record.reference])


@require_safe
def links(request: Request, reference: str) -> HttpResponse:
    found, now = _admitting(request, reference), timezone.now()
    states = ((each, each.state(now)) for each in queries.links_on(request.actor, found))
    rows = [(each, state, LINK_TONES.get(state, "Closed")) for each, state in states]
    own = address_of(found.kind, found.reference)
    return render(request, "mail/links.html", {"record": found, "rows": rows, "own": own})


def invite(request: Request, reference: str) -> HttpResponse:
    found = _admitting(request, reference)
    form = InviteForm(request.POST or None)
    sent = sending.send(request, form, lambda: _invite(request, found, form.answers()))
    if sent.done:
        words = "The link is on its way. Its guest gets a code before it opens anything."
        return sending.done(request, words, "mail:links", reference)
    told: dict[str, Any] = {
        "heading": f"Invite a guest to {found.reference}",
        "explain": "We mail them a link. They need no account and see this record only.",
        "button": "Send the link",
        "back_href": _up(found),
    }
    return sending.form_page(request, "act.html", form, sent, **told)


def _invite(request: Request, found: Record, answers: dict[str, Any]) -> GuestLink:
    return operations.invite_guest(
        request.actor,
        record=found,
        opening=Opening(answers.pop("opening")),
        lasts=timedelta(days=answers.pop("days")),
        place=_place(request),
        now=timezone.now(),
        **answers,
    )


def renew(request: Request, reference: str, link: UUID) -> HttpResponse:
    found = _admitting(request, reference)
    held, form = _link(request, found, link), ActForm(request.POST or None)
    sent = sending.send(
        request,
        form,
        lambda: operations.renew_link(
            request.actor, link=held, place=_place(request), now=timezone.now()
        ),
    )
    if sent.done:
        return sending.done(request, "A new link is on its way.", "mail:links", reference)
    told = {
        "heading": "Send a new link",
        "explain": "The link they have stops working. The new one goes to the same address.",
        "rows": _facts(held),
        "button": "Send a new link",
    }
    return sending.form_page(request, "act.html", form, sent, back_href=_up(found), **told)


def revoke(request: Request, reference: str, link: UUID) -> HttpResponse:
    found = _admitting(request, reference)
    held, form = _link(request, found, link), RevokeForm(request.POST or None)
    sent = sending.send(
        request,
        form,
        lambda: operations.revoke_link(
            request.actor, link=held, now=timezone.now(), **form.answers()
        ),
    )
    if sent.done:
        return sending.done(request, "The link opens nothing any more.", "mail:links", reference)
    told = {
        "heading": "Take a link back",
        "explain": "Whoever came in by it is out at once.",
        "rows": _facts(held),
        "button": "Take the link back",
    }
    return sending.form_page(request, "act.html", form, sent, back_href=_up(found), **told)


def _facts(held: GuestLink) -> list[Fact]:
    return [
        Fact("Guest", held.name),
        Fact("Sent to", held.email),
        Fact("For", held.opening.label),
        Fact("Works until", timezone.localdate(held.expires_at)),
    ]
