"""Each agency's single contact for actions."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from concordat.domain.base.actions import operations, queries
from concordat.domain.base.actions.queries import Contact
from concordat.domain.base.agencies import queries as agencies
from concordat.domain.base.agencies.queries import Agency
from concordat.domain.base.records.rules import Verb, offices_that_may
from concordat.domain.base.seats.queries import seats
from concordat.kernel.actor import Actor
from concordat.kernel.errors import Invalid
from concordat.web.actions import facing
from concordat.web.actions.forms import ContactForm
from concordat.web.ui.doors import Request
from concordat.web.ui.sending import done, form_page, send

SECRETARIAT = offices_that_may(Verb.CHANGE)


@require_safe
def contacts(request: Request) -> HttpResponse:
    """Who gets what an agency owes, and its round."""
    actor = request.actor
    named = {row.agency_id: row for row in queries.contacts(actor)}
    keeps = {seat.partnership for seat in actor.seats if seat.office in SECRETARIAT}
    rows = [
        {
            "agency": agency,
            "contact": named.get(agency.pk),
            "may_name": agency.partnership_id in keeps,
            "mine": _is_mine(actor, named.get(agency.pk)),
        }
        for agency in queries.agencies_that_answer(actor)
    ]
    return render(
        request, "actions/contacts.html", {"rows": rows, "parts": facing.parts("contacts")}
    )


def _is_mine(actor: Actor, contact: Contact | None) -> bool:
    return contact is not None and contact.seat_id in {seat.seat for seat in actor.seats}


def name_contact(request: Request, reference: str) -> HttpResponse:
    found = agencies.agency(request.actor, reference)
    queries.may_name_contact(request.actor, found, by_mail=False).require()
    choices = [
        (row.record.reference, f"{row.role}, {row.body.name}")
        for row in seats(request.actor).filter(agency=found, to_text="")
    ]
    form = ContactForm(request.POST or None, seats=choices)
    sent = send(request, form, lambda: _name(request, found, form.answers()))
    if sent.done:
        words = "The contact is named. What the agency owes is asked of them."
        return done(request, words, "actions:contacts")
    told = {
        "agency": found,
        "contact": queries.contact(request.actor, found),
        "by_mail": queries.may_name_contact(request.actor, found, by_mail=True),
        "back_href": reverse("actions:contacts"),
    }
    return form_page(request, "actions/name_contact.html", form, sent, **told)


def _name(request: Request, agency: Agency, answers: dict[str, Any]) -> object:
    reference = answers.pop("seat")
    if bool(reference) == bool(answers["name"].strip() or answers["email"].strip()):
        raise Invalid(
            "Choose a seat, or give one person by mail: one of the two.",
            field="seat",
            mend="Leave the other empty.",
        )
    seat = seats(request.actor).get(record__reference=reference) if reference else None
    return operations.name_contact(request.actor, agency=agency, seat=seat, **answers)
