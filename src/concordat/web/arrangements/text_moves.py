"""Editions and their differences, sign-off, publication, force, and what was sent to whom."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.craft import formats
from concordat.domain.base.documents import queries as documents
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb, canonical, digest
from concordat.domain.governance.arrangements import operations, queries
from concordat.domain.governance.arrangements.rules import text as rules
from concordat.kernel.labels import day_in_words
from concordat.web.arrangements import text_facing as facing
from concordat.web.arrangements.text_forms import (
    AskForm,
    FollowForm,
    FreezeForm,
    InForceForm,
    PublishForm,
    ReceiptForm,
    SendForm,
)
from concordat.web.arrangements.views import Request
from concordat.web.ui import forms
from concordat.web.ui.as_at import WholeDayField
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_page, done, form_page, send

LIVE = "live"


def _mine(request: Request, reference: str, verb: Verb = Verb.CHANGE) -> facing.Framed:
    found = facing.framed(request.actor, reference)
    can(request.actor, verb, found.row.record).require()
    return found


def freeze(request: Request, reference: str) -> HttpResponse:
    """Freeze the text of today as an edition, after a look at what it changes."""
    found = _mine(request, reference)
    form = FreezeForm(request.POST or None)
    sent = send(
        request,
        form,
        lambda: operations.freeze(request.actor, arrangements=found.row, **form.answers()),
    )
    if sent.done:
        words = f"Edition {sent.result.number} is made."
        if found.stage in rules.SIGNED_IN:
            words += " Every earlier sign-off is void, and the text is a draft again."
        return done(request, words, "arrangements:text_editions", reference)
    newest = queries.editions(request.actor, found.row).first()
    live = queries.assembled(request.actor, found.row, request.actor.on)
    told = {
        "record": found.row.record,
        "number": newest.number + 1 if newest else 1,
        "newest": newest,
        "changes": queries.drift(request.actor, newest, live) if newest else [],
        "warning": rules.void_warning(queries.standing_sign_offs(request.actor, found.row)),
        "back_href": reverse("arrangements:text", args=[reference]),
    }
    return form_page(request, "arrangements/text_freeze.html", form, sent, **told)


@require_safe
def editions(request: Request, reference: str) -> HttpResponse:
    """Every edition, and what differs between two of them, the live text, or two days."""
    found = facing.framed(request.actor, reference)
    rows = list(queries.editions(request.actor, found.row))
    form = DifferenceForm(request.GET or None, editions=rows)
    bad = form.is_bound and not form.is_valid()
    told = found.told(request.actor, "editions")
    told |= {"rows": rows, "form": form, "asked": form.is_bound and not bad}
    told |= {"formats": formats.NAMES}
    if told["asked"]:
        one, other = (_taken(request, found, form.side(name)) for name in ("from", "to"))
        told |= {"changes": rules.changes(one, other), "sides": form.in_words()}
    return render(request, "arrangements/text_editions.html", told, status=422 if bad else 200)


class DifferenceForm(forms.FilterForm):
    """Two sides to compare: an edition, the live text, or the text of a day."""

    def __init__(self, data: Any, *, editions: list[queries.Edition]) -> None:
        super().__init__(data)
        self.named = {LIVE: "The text of today", "day": "The text of a day"}
        self.named |= {str(each.number): f"Edition {each.number}" for each in editions}
        choices = list(self.named.items())
        self.fields = {
            "from": forms.SelectField("Before", choices=choices, subject="what comes before"),
            "from-day": WholeDayField("Day, if before is a day", required=False),
            "to": forms.SelectField("After", choices=choices, subject="what comes after"),
            "to-day": WholeDayField("Day, if after is a day", required=False),
        }
        self.initial = {"from": str(editions[0].number) if editions else LIVE, "to": LIVE}

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for name in ("from", "to"):
            if told.get(name) == "day" and not told.get(f"{name}-day"):
                self.add_error(f"{name}-day", "Give the day, like 29 March 2019")
        return told

    def side(self, name: str) -> int | date | None:
        """The number of an edition, a day, or nothing for today."""
        told = self.cleaned_data[name]
        if told == "day":
            day: date = self.cleaned_data[f"{name}-day"]
            return day
        return None if told == LIVE else int(told)

    def in_words(self) -> tuple[str, str]:
        one, other = (self._words(name) for name in ("from", "to"))
        return one, other

    def _words(self, name: str) -> str:
        side = self.side(name)
        return day_in_words(side) if isinstance(side, date) else self.named[self.cleaned_data[name]]


def _taken(request: Request, found: facing.Framed, side: int | date | None) -> dict[str, Any]:
    if isinstance(side, int):
        edition = queries.edition(request.actor, found.row, side)
        return queries.told(request.actor, edition)
    on = side or request.actor.on
    return queries.assembled(request.actor, found.row, on).told()


@require_safe
def edition(request: Request, reference: str, number: int) -> HttpResponse:
    """One frozen edition as it reads."""
    found = facing.framed(request.actor, reference)
    row = queries.editions(request.actor, found.row).filter(number=number).first()
    if row is None:
        raise Http404
    told = found.told(request.actor, "editions")
    frozen = queries.told(request.actor, row)
    at = facing.addresses(request.actor, found.home)
    told |= {
        "edition": row,
        "sections": facing.sections(frozen, at),
        "formats": formats.NAMES,
        "regime": frozen["regime"],
    }
    return render(request, "arrangements/text_edition.html", told)


# --- agreement


@require_safe
def agreement(request: Request, reference: str) -> HttpResponse:
    """Who has to sign, who has signed the newest edition, and what would make it void."""
    found = facing.framed(request.actor, reference)
    told = found.told(request.actor, "agreement")
    standing = queries.agreement(request.actor, found.row, request.actor.on)
    newest = told["newest"]
    document = newest.version.document if newest else None
    mine = {seat.seat: seat for seat in request.actor.seats}
    signs = bool(document and can(request.actor, Verb.SIGN, document.record))
    places = documents.panel(request.actor, document) if document else []
    asked = {place.seat.pk: place for place in places}
    told |= {
        "document": document,
        "lines": [_line(party, row, asked, mine if signs else {}) for party, row in standing.lines],
        "verdict": standing.verdict,
        "is_settled": found.stage is rules.Stage.AGREEMENT,
    }
    return render(request, "arrangements/text_agreement.html", told)


def _line(party: rules.Party, row: Any, asked: Any, mine: Any) -> dict[str, Any]:
    places = [asked[seat] for seat in party.seats if seat in asked]
    own = next((each for each in places if each.seat.pk in mine and each.state == "asked"), None)
    return {"party": party, "signed": row, "places": places, "own": own}


def ask(request: Request, reference: str) -> HttpResponse:
    """Ask one seat of every statutory partner to sign the newest edition off."""
    found = _mine(request, reference)
    form = AskForm(request.POST or None)
    sent = send(
        request,
        form,
        lambda: operations.ask_for_agreement(
            request.actor, arrangements=found.row, **form.answers()
        ),
    )
    if sent.done:
        words = "They are asked to sign it off. It stands in their work."
        return done(request, words, "arrangements:text_agreement", reference)
    told = _asking(request, found)
    return form_page(request, "act.html", form, sent, **told)


def _asking(request: Request, found: facing.Framed) -> dict[str, Any]:
    newest = queries.editions(request.actor, found.row).first()
    parties = queries.parties(request.actor, found.row, request.actor.on)
    rows = _edition_facts(newest)
    rows += [Fact("Partners", ", ".join(each.name for each in parties) or "None on record")]
    return {
        "heading": "Ask for agreement",
        "explain": "One seat of each statutory partner signs this edition off by its digest. A "
        "change to the text or a new edition makes every signature void.",
        "rows": rows,
        "button": "Ask for agreement",
        "back_href": reverse("arrangements:text_agreement", args=[found.row.record.reference]),
    }


def agree(request: Request, reference: str) -> HttpResponse:
    """Record that every partner has signed."""
    found = _mine(request, reference)
    form = forms.ActForm(request.POST or None)
    sent = send(request, form, lambda: operations.agree(request.actor, arrangements=found.row))
    if sent.done:
        words = "The arrangements are agreed. They can be published."
        return done(request, words, "arrangements:text_agreement", reference)
    standing = queries.agreement(request.actor, found.row, request.actor.on)
    rows = [
        Fact(party.name, row.signed_by if row else "Has not signed")
        for party, row in standing.lines
    ]
    told = {
        "heading": "Record the agreement",
        "rows": rows,
        "button": "Record the agreement",
        "back_href": reverse("arrangements:text_agreement", args=[reference]),
    }
    return form_page(request, "act.html", form, sent, **told)


# --- publication


def publish(request: Request, reference: str) -> HttpResponse:
    """The check page: which edition, its digest, and what has changed since it was frozen."""
    found = _mine(request, reference, Verb.PUBLISH)
    newest = queries.editions(request.actor, found.row).first()
    live = queries.assembled(request.actor, found.row, request.actor.on)
    changes = queries.drift(request.actor, newest, live) if newest else []
    seen = digest(canonical(live.told()))
    form = PublishForm(request.POST or None, drifted=len(changes), initial={"accepts": seen})
    sent = send(request, form, lambda: _publish(request, found, form.answers()))
    if sent.done:
        words = "It is published. Anybody can read it now."
        return done(request, words, "arrangements:text_sent", reference)
    form.show(seen)
    told = {
        "record": found.row.record,
        "rows": _edition_facts(newest),
        "changes": changes,
        "seal": f"Publish edition {newest.number}" if newest else "Publish",
        "lasting": "Anybody can read a published edition. You can withdraw it, but not what "
        "somebody has copied.",
        "back_href": reverse("arrangements:text_agreement", args=[reference]),
    }
    return form_page(request, "arrangements/text_publish.html", form, sent, **told)


def _publish(request: Request, found: facing.Framed, answers: dict[str, Any]) -> Any:
    accepts = answers["accepts"] if answers.get("in_spite") else ""
    return operations.publish(request.actor, arrangements=found.row, accepts=accepts)


def _edition_facts(row: queries.Edition | None) -> list[Fact]:
    if row is None:
        return []
    return [
        Fact("Edition", f"{row.number}, as at {day_in_words(row.as_at)}"),
        Fact("Digest of the signed file", row.version.short_form),
    ]


def in_force(request: Request, reference: str) -> HttpResponse:
    found = _mine(request, reference, Verb.PUBLISH)
    form = InForceForm(request.POST or None)
    return act_page(
        request,
        form,
        lambda: operations.put_in_force(request.actor, arrangements=found.row, **form.answers()),
        words="It is in force.",
        to=("arrangements:text", reference),
        heading="Put the arrangements in force",
        explain="The version before ends on the day before.",
        rows=[Fact("Published", found.row.published_on)],
        button="Put in force",
        back_href=reverse("arrangements:text", args=[reference]),
    )


def follow(request: Request, reference: str) -> HttpResponse:
    """Begin the next version from this one's words."""
    found = _mine(request, reference)
    form = FollowForm(request.POST or None, initial={"title": found.row.title})
    return act_page(
        request,
        form,
        lambda: operations.follow(request.actor, arrangements=found.row, **form.answers()),
        words="The next version is begun, with the words of this one.",
        to=lambda made: ("arrangements:text", made.record.reference),
        heading="Begin the next version",
        rows=[Fact("Follows", found.row.title)],
        button="Begin the next version",
        back_href=reverse("arrangements:text", args=[reference]),
    )


# --- sent and circulated


@require_safe
def sent(request: Request, reference: str) -> HttpResponse:
    """What went to the department and to whom it was circulated, with receipts."""
    found = facing.framed(request.actor, reference)
    told = found.told(request.actor, "sent")
    rows = list(queries.sendings(request.actor, found.row))
    published = queries.published_edition(request.actor, found.row)
    told |= {
        "rows": rows,
        "published": published,
        "tasks": _tasks(found, rows, published),
    }
    return render(request, "arrangements/text_sent.html", told)


def _tasks(found: facing.Framed, rows: list[Any], published: Any) -> list[dict[str, str]]:
    """What is to be done with a published version, and how far it is."""
    to_department = [row for row in rows if row.way == rules.Way.DEPARTMENT]
    told = (
        ("Published", bool(published), ""),
        ("Sent to the department", bool(to_department), "Expected by guidance, not verified"),
        ("Receipt recorded", any(row.receipt for row in to_department), ""),
        ("Circulated", any(row.way == rules.Way.CIRCULATED for row in rows), ""),
    )
    return [
        {"text": text, "tone": "Done" if is_done else "Open", "note": note}
        for text, is_done, note in told
    ]


def send_out(request: Request, reference: str) -> HttpResponse:
    found = _mine(request, reference)
    form = SendForm(request.POST or None, initial={"on": request.actor.on})
    return act_page(
        request,
        form,
        lambda: _send(request, found, form.answers()),
        words="It is on record.",
        to=("arrangements:text_sent", reference),
        heading="Record what was sent",
        button="Record it",
        back_href=reverse("arrangements:text_sent", args=[reference]),
    )


def _send(request: Request, found: facing.Framed, answers: dict[str, Any]) -> Any:
    way = rules.Way(answers.pop("way"))
    return operations.send(request.actor, arrangements=found.row, way=way, **answers)


def receipt(request: Request, reference: str, sending: int) -> HttpResponse:
    found = _mine(request, reference)
    row = queries.sendings(request.actor, found.row).filter(pk=sending, receipt="").first()
    if row is None:
        raise Http404
    form = ReceiptForm(request.POST or None)
    return act_page(
        request,
        form,
        lambda: operations.record_receipt(request.actor, sending=row, **form.answers()),
        words="The receipt is recorded.",
        to=("arrangements:text_sent", reference),
        heading="Record a receipt",
        rows=[Fact("Sent to", row.to), Fact("On", day_in_words(row.sent_on))],
        button="Record the receipt",
        back_href=reverse("arrangements:text_sent", args=[reference]),
    )
