"""Agencies without an account: links by which a named person writes for one of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from concordat.domain.practice.chronologies import operations, queries, rules
from concordat.domain.practice.chronologies.queries import Contribution, Guest
from concordat.web.chronologies import facing
from concordat.web.chronologies.forms import InviteForm
from concordat.web.ui.doors import Request
from concordat.web.ui.forms import ActForm, ReasonForm
from concordat.web.ui.parts import Fact
from concordat.web.ui.sending import act_from

_door = facing.door


def _managed(request: Request, reference: str, pk: int) -> Contribution:
    row = queries.chronology(request.actor, reference)
    rules.may_manage(queries.place_in(request.actor, row)).require()
    return queries.contribution(request.actor, row, pk)


def _guest(request: Request, reference: str, pk: int, guest: int) -> Guest:
    return queries.guests(request.actor, _managed(request, reference, pk)).get(pk=guest)


def invite(request: Request, reference: str, pk: int) -> HttpResponse:
    """Send a named person of an agency a link to its rows."""
    row = _managed(request, reference, pk)
    form = InviteForm(request.POST or None)
    return act_from(
        request, ("chronologies:agency", reference, str(pk)), form,
        lambda: operations.invite(
            request.actor, contribution=row, door=_door(request), now=timezone.now(),
            **form.answers(),
        ),
        words="The letter with the link is on its way.",
        heading=f"Invite somebody of {row.name} by link",
        explain="They need no account. The link opens the rows of this agency alone, with a code "
        "that goes to their mailbox. They send a file or type rows, and sign off.",
        button="Send the link",
    )  # fmt: skip


def again(request: Request, reference: str, pk: int, guest: int) -> HttpResponse:
    found = _guest(request, reference, pk, guest)
    form = ActForm(request.POST or None)
    return act_from(
        request, ("chronologies:agency", reference, str(pk)), form,
        lambda: operations.send_anew(
            request.actor, guest=found, door=_door(request), now=timezone.now()
        ),
        words="A new letter is on its way. The link before opens nothing any more.",
        heading=f"Send {found.link.name} a new link",
        rows=[Fact("To", found.link.email)],
        button="Send a new link",
    )  # fmt: skip


def end(request: Request, reference: str, pk: int, guest: int) -> HttpResponse:
    found = _guest(request, reference, pk, guest)
    form = ReasonForm(request.POST or None)
    return act_from(
        request, ("chronologies:agency", reference, str(pk)), form,
        lambda: operations.shut_out(
            request.actor, guest=found, now=timezone.now(), **form.answers()
        ),
        words="The link is taken back. What they gave stays.",
        heading=f"Take back the link of {found.link.name}",
        rows=[Fact("To", found.link.email)],
        button="Take it back",
    )  # fmt: skip
