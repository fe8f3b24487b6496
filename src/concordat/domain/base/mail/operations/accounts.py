"""Letters about signing in: the invitation, the link to a new password, and what was changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from concordat.domain.base.mail import rules
from concordat.domain.base.mail.models import Message
from concordat.domain.base.mail.operations.outbox import post
from concordat.domain.base.mail.rules import Change, Purpose
from concordat.domain.base.people.models import Account, Invitation
from concordat.domain.base.records.operations import no_event, operation
from concordat.domain.base.seats.queries import seats_held
from concordat.kernel.actor import Actor

AN_HOUR = 3600


@operation
def send_invitation(
    actor: Actor, *, invitation: Invitation, link: str, decides: Sequence[str] = ()
) -> Message:
    """Post an invitation to sign in. `link` is the whole address that holds its token.

    It says which seats the person holds, and in `decides` what they may decide there.
    """
    person = invitation.person
    held = seats_held(person.pk, on=actor.on)
    no_event("the invitation is the event")
    return post(
        actor,
        to=invitation.email,
        purpose=Purpose.INVITATION,
        subject=rules.subject(Purpose.INVITATION),
        text=rules.invitation_letter(
            name=person.name,
            by=invitation.invited_by,
            until=timezone.localdate(invitation.expires_at),
            seats=[f"{each.title} on {each.body_name}" for each in held],
            decides=decides,
        ),
        about=person.record,
        secret=link,
        good_until=invitation.expires_at,
        key=f"invitation {invitation.pk.hex} {invitation.issue}",
    )


@operation
def send_reset(actor: Actor, *, account: Account, link: str, now: datetime) -> Message:
    """Post the link by which somebody chooses a new password. Asking for it was the event."""
    no_event("that somebody asked is the event")
    lasts = settings.PASSWORD_RESET_TIMEOUT
    return post(
        actor,
        to=account.email,
        purpose=Purpose.RESET,
        subject=rules.subject(Purpose.RESET),
        text=rules.reset_letter(name=account.person.name, hours=lasts // AN_HOUR),
        about=account.person.record,
        secret=link,
        good_until=now + timedelta(seconds=lasts),
    )


@operation
def tell_of_sign_in(actor: Actor, *, account: Account, change: Change, place: str) -> Message:
    """Tell somebody what was changed about how they sign in, so that a stranger's act shows."""
    no_event("the change is the event")
    return post(
        actor,
        to=account.email,
        purpose=Purpose.SIGN_IN,
        subject=rules.subject(Purpose.SIGN_IN, change=change),
        text=rules.sign_in_letter(name=account.person.name, change=change, place=place),
        about=account.person.record,
    )
