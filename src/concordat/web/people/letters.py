"""Mail about signing in. Each is written and sent by the worker, never while somebody waits.

The task is handed over in the same way for an address that nobody has, so that neither the
answer nor the time it takes tells whether an account exists.
"""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPException
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from concordat.domain.base.mail import operations as mail
from concordat.domain.base.people import queries
from concordat.domain.base.people.queries import Account, Invitation

MOST_TRIES = 6
PAUSE = timedelta(minutes=2)
SUBJECTS = {
    "reset": "Choose a new password for Concordat",
    "password_changed": "Your Concordat password was changed",
    "password_reset": "Your Concordat password was changed",
    "totp_activated": "An authenticator app was added to your Concordat account",
    "totp_deactivated": "Your authenticator app was removed from Concordat",
    "recovery_codes_generated": "New recovery codes were made for your Concordat account",
}


def tell(request: HttpRequest, *, account: Account, what: str) -> None:
    """Tell somebody what was changed about how they sign in."""
    _letter.enqueue(what, account.pk.hex, request.build_absolute_uri("/"))


def send_reset(request: HttpRequest, account: Account | None) -> None:
    """Send a link to choose a new password; for nobody, the worker finds nothing to do."""
    key = account.pk.hex if account else ""
    _letter.enqueue("reset", key, request.build_absolute_uri("/"))


def send_invitation(request: HttpRequest, invitation: Invitation) -> None:
    """Post the link through the outbox, which tries again by itself."""
    link = request.build_absolute_uri(reverse("people:invitation", args=[invitation.token]))
    today = request.today  # type: ignore[attr-defined]
    guest = queries.guest_of(invitation, today)
    mail.send_invitation(guest, invitation=invitation, link=link)


@task()
def _letter(what: str, account: str, site: str, tries: int = 1) -> None:
    found = queries.account(account) if account else None
    if found is None or not found.is_active or not found.has_usable_password():
        return
    told: dict[str, Any] = {"name": found.person.name, "site": site}
    if what == "reset":
        told["link"] = urljoin(site, _reset_path(found))
    try:
        _send(what, found.email, told)
    except (OSError, SMTPException):
        if tries >= MOST_TRIES:
            raise
        later = timezone.now() + PAUSE * tries
        _letter.using(run_after=later).enqueue(what, account, site, tries + 1)


def _reset_path(account: Account) -> str:
    key = PasswordResetTokenGenerator().make_token(account)
    place = {"uidb36": account.pk.hex, "key": key}
    return reverse("account_reset_password_from_key", kwargs=place)


def _send(what: str, address: str, told: dict[str, Any]) -> None:
    text = render_to_string(f"people/letters/{what}.txt", told)
    send_mail(SUBJECTS[what], text, settings.DEFAULT_FROM_EMAIL, [address])
