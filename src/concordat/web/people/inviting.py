"""Inviting somebody to sign in."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from concordat.domain.base.people import operations, queries
from concordat.domain.base.people.queries import Invitation, Person
from concordat.domain.base.records.queries import can
from concordat.domain.base.records.rules import Verb
from concordat.web.people import letters
from concordat.web.people.forms import InviteForm
from concordat.web.people.views import Request
from concordat.web.ui.addresses import address_of
from concordat.web.ui.sending import done, form_page, send


def invite(request: Request, reference: str) -> HttpResponse:
    """Send somebody a link to set a password; an earlier link stops working."""
    person = queries.person(request.actor, reference)
    can(request.actor, Verb.CHANGE, person.record).require()
    form = InviteForm(request.POST or None, initial={"email": person.email})
    sent = send(request, form, lambda: _invite(request, person, form))
    up = address_of("person", reference)
    if sent.done:
        letters.send_invitation(request, sent.result)
        words = f"The invitation is on its way to {sent.result.email}."
        return done(request, words, up)
    told = {"heading": f"Invite {person.name} to sign in", "button": "Send the invitation"}
    told |= {"back_href": up}
    told["explain"] = "They get a link that works for 7 days, and set up how they sign in."
    return form_page(request, "act.html", form, sent, **told)


def _invite(request: Request, person: Person, form: InviteForm) -> Invitation:
    return operations.invite(
        request.actor, person=person, email=form.cleaned_data["email"], now=timezone.now()
    )
