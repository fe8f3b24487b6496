"""Asking for sign-off, signing as a check page, taking it back, publishing and withdrawing."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse

from concordat.domain.base.documents import operations, queries
from concordat.domain.base.documents.queries import Document
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import SeatHeld
from concordat.web.documents import facing
from concordat.web.documents.facing import Request
from concordat.web.documents.forms import AskForm, PublishForm, SignForm
from concordat.web.ui import sending
from concordat.web.ui.forms import ReasonForm
from concordat.web.ui.parts import Fact


def ask(request: Request, reference: str) -> HttpResponse:
    found = queries.document(request.actor, reference)
    can(request.actor, Verb.CHANGE, found.record).require()
    seats = queries.signing_seats(request.actor, found)
    choices = [(each.record.reference, each.record.title) for each in seats]
    form = AskForm(request.POST or None, seats=choices)
    sent = sending.send(request, form, lambda: _ask(request, found, form.answers()))
    if sent.done:
        words = "They are asked to sign it off. It stands in their work."
        return sending.done(request, words, "documents:document", reference)
    told = {"document": found, "nobody": not choices, "up": facing.up(found)}
    return sending.form_page(request, "documents/ask.html", form, sent, **told)


def _ask(request: Request, found: Document, answers: dict[str, Any]) -> Any:
    wanted = queries.signing_seats(request.actor, found)
    seats = wanted.filter(record__reference__in=answers["seats"])
    return operations.ask_to_sign(request.actor, document=found, seats=seats, due=answers["due"])


def sign(request: Request, reference: str, seat: str) -> HttpResponse:
    """The check page: what is signed, by its digest, for which seat, and in what words."""
    found = queries.document(request.actor, reference)
    can(request.actor, Verb.SIGN, found.record).require()
    place = queries.signing_seats(request.actor, found).filter(record__reference=seat).first()
    held = next((each for each in request.actor.seats if place and each.seat == place.pk), None)
    if place is None or held is None:
        raise Http404
    newest = queries.latest(request.actor, found)
    form = SignForm(request.POST or None, initial={"digest": newest.digest})
    sent = sending.send(request, form, lambda: _sign(request, found, place, form.answers()))
    if sent.done:
        words = f"You have signed version {newest.number} off."
        return sending.done(request, words, "documents:document", reference)
    if sent.stale:
        form = SignForm(initial={"digest": newest.digest, "wording": form.data.get("wording")})
    told = _check(request, found, held) | {"latest": newest, "document": found}
    return sending.form_page(request, "documents/sign.html", form, sent, **told)


def _sign(request: Request, found: Document, place: Any, answers: dict[str, Any]) -> Any:
    return operations.sign_off(
        request.actor,
        document=found,
        seat=place,
        digest=answers["digest"],
        wording=answers["wording"],
    )


def _check(request: Request, found: Document, held: SeatHeld) -> dict[str, Any]:
    newest = queries.latest(request.actor, found)
    seat = f"{held.title}, {held.body_name}" + (" (as deputy)" if held.deputy else "")
    return {
        "rows": facing.sign_facts(found, newest, seat, request.actor.signature),
        "seal": f"Sign version {newest.number} off",
        "lasting": "Your name, your seat and these words stay on record. A newer version of the "
        "file makes your sign-off void, and you are asked again.",
        "back_href": facing.up(found),
    }


def void(request: Request, reference: str, sign_off: int) -> HttpResponse:
    found = queries.document(request.actor, reference)
    row = queries.sign_off(request.actor, found, sign_off)
    form = ReasonForm(request.POST or None)
    sent = sending.send(
        request,
        form,
        lambda: operations.void(request.actor, sign_off=row, **form.answers()),
    )
    if sent.done:
        words = "The sign-off is void. The seat is asked again."
        return sending.done(request, words, "documents:document", reference)
    told = {
        "heading": "Take a sign-off back",
        "rows": [Fact("Signed", row.version.in_words), Fact("By", row.signed_by)],
        "button": "Take the sign-off back",
        "back_href": facing.up(found),
    }
    return sending.form_page(request, "act.html", form, sent, **told)


def publish(request: Request, reference: str) -> HttpResponse:
    found = queries.document(request.actor, reference)
    can(request.actor, Verb.PUBLISH, found.record).require()
    newest = queries.latest(request.actor, found)
    form = PublishForm(request.POST or None, seen_version=found.record.version)
    sent = sending.send(
        request,
        form,
        lambda: operations.publish(request.actor, document=found, seen_version=form.seen or 0),
        record=found.record,
    )
    if sent.done:
        words = f"Version {newest.number} is published. Anybody can read it now."
        return sending.done(request, words, "documents:document", reference)
    told = {
        "rows": facing.sign_facts(found, newest, "", "")[:4],
        "seal": f"Publish version {newest.number}",
        "lasting": "Anybody can read a published document. You can withdraw it, but not what "
        "somebody has copied.",
        "back_href": facing.up(found),
    }
    return sending.form_page(request, "documents/publish.html", form, sent, **told)


def withdraw(request: Request, reference: str) -> HttpResponse:
    found = queries.document(request.actor, reference)
    can(request.actor, Verb.PUBLISH, found.record).require()
    form = ReasonForm(request.POST or None)
    sent = sending.send(
        request,
        form,
        lambda: operations.withdraw(request.actor, document=found, **form.answers()),
    )
    if sent.done:
        words = "The document is withdrawn. The public is served it no more."
        return sending.done(request, words, "documents:document", reference)
    told = {
        "heading": "Withdraw from the public",
        "explain": "Everybody reads this reason where the document was. Name nobody in it.",
        "rows": [Fact("Document", f"{found.record.reference} {found.record.title}")],
        "button": "Withdraw it",
        "back_href": facing.up(found),
    }
    return sending.form_page(request, "act.html", form, sent, **told)
