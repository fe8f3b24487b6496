"""Mail about signing in. Each letter is written by the worker, never while somebody waits.

The task is handed over in the same way for an address that nobody has, so that neither the
answer nor the time it takes tells whether an account exists. What the worker writes goes out
through the outbox, which tries again by itself.
"""

from __future__ import annotations

from urllib.parse import urljoin

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from concordat.domain.base.mail import operations as mail
from concordat.domain.base.mail.rules import Change
from concordat.domain.base.people import queries
from concordat.domain.base.people.queries import Account, Invitation
from concordat.domain.base.seats.queries import actor_for
from concordat.domain.governance.arrangements.queries import what_they_may_decide
from concordat.kernel.actor import process

RESET = "reset"
CHANGES = {
    "password_changed": Change.PASSWORD,
    "password_reset": Change.PASSWORD_BY_LINK,
    "totp_activated": Change.APP_ADDED,
    "totp_deactivated": Change.APP_REMOVED,
    "recovery_codes_generated": Change.CODES,
}
"""What the sign-in library calls each change."""


def tell(request: HttpRequest, *, account: Account, what: str) -> None:
    """Tell somebody what was changed about how they sign in."""
    _letter.enqueue(CHANGES[what].value, account.pk.hex, request.build_absolute_uri("/"))


def send_reset(request: HttpRequest, account: Account | None) -> None:
    """Send a link to choose a new password; for nobody, the worker finds nothing to do."""
    key = account.pk.hex if account else ""
    _letter.enqueue(RESET, key, request.build_absolute_uri("/"))


def send_invitation(request: HttpRequest, invitation: Invitation) -> None:
    """Post the link by which somebody sets a first password."""
    link = request.build_absolute_uri(reverse("people:invitation", args=[invitation.token]))
    today = request.today  # type: ignore[attr-defined]
    guest = queries.guest_of(invitation, today)
    decides = what_they_may_decide(actor_for(invitation.person, on=today))
    mail.send_invitation(guest, invitation=invitation, link=link, decides=decides)


@task()
def _letter(what: str, account: str, site: str) -> None:
    found = queries.account(account) if account else None
    if found is None or not found.is_active or not found.has_usable_password():
        return
    now = timezone.now()
    porter = process("porter", timezone.localdate(now))
    if what == RESET:
        link = urljoin(site, _reset_path(found))
        mail.send_reset(porter, account=found, link=link, now=now)
    else:
        mail.tell_of_sign_in(porter, account=found, change=Change(what), place=site)


def _reset_path(account: Account) -> str:
    key = PasswordResetTokenGenerator().make_token(account)
    place = {"uidb36": account.pk.hex, "key": key}
    return reverse("account_reset_password_from_key", kwargs=place)
