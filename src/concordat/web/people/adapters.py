"""Where the sign-in library asks us: each hook calls an operation, so that it is an event."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from concordat.domain.base.people import operations, queries
from concordat.domain.base.people.queries import Account
from concordat.domain.base.people.rules import Step
from concordat.kernel.actor import Actor, public
from concordat.web.people import devices, letters

FRESH = 10 * 60
WRONG = "The email address or the password is wrong. Check both and try again"
WAIT = "There were too many attempts. Wait 15 minutes, or choose a new password"
WRONG_CODE = "The code is wrong or was used already. Wait for the next one and enter it"


def own_actor(request: HttpRequest, account: Account) -> Actor:
    """The person whose account this is, as themselves."""
    return queries.bare_actor(queries.person_of(account), request.today)  # type: ignore[attr-defined]


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed sign-up, our words, our letters, and an event for every step."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG,
        "too_many_login_attempts": WAIT,
        "incorrect_password": "The password is wrong",
        "enter_current_password": "The password is wrong",
        "rate_limited": WAIT,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Account) -> None:
        operations.note(own_actor(request, user), step=Step.SIGNED_IN, account=user)
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: Account, **options: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **options)
        devices.remember(request, response, user.email)
        return response

    def logout(self, request: HttpRequest) -> None:
        account = request.user
        if account.is_authenticated:
            operations.note(own_actor(request, account), step=Step.SIGNED_OUT, account=account)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """What was typed is looked up and forgotten."""
        account = queries.account_at(credentials.get("email", ""))
        today = request.today  # type: ignore[attr-defined]
        operations.note(public(today), step=Step.FAILED, account=account)

    def set_password(self, user: Account, password: str) -> None:
        actor = own_actor(self.request, user)
        operations.set_password(actor, account=user, password=password)

    def reauthenticate(self, user: Account, password: str) -> bool:
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Who signed in a moment ago, or has no authenticator yet, is not asked once more."""
        user = self.request.user
        if not is_mfa_enabled(user, [Authenticator.Type.TOTP]):
            return False
        records = get_authentication_records(self.request, user)
        return not records or time.time() - records[-1]["at"] > FRESH

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Account,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        letters.tell(self.request, account=user, what=template_prefix.rpartition("/")[2])

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return devices.bucket(request, credentials.get("email", ""))


class AuthenticatorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The authenticator's secret is encrypted in the database and drawn without any style."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        return _locks().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _locks().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """The code as one path, 4 units of quiet around it as scanners need."""
        import qrcode

        code = qrcode.QRCode(border=4)
        code.add_data(url)
        rows = code.get_matrix()
        path = "".join(
            f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
        )
        return (
            f'<svg role="img" aria-label="QR code for your authenticator app" width="232" '
            f'height="232" viewBox="0 0 {len(rows)} {len(rows)}" shape-rendering="crispEdges">'
            f'<path fill="#fff" d="M0 0h{len(rows)}v{len(rows)}H0z"/>'
            f'<path fill="#000" d="{path}"/></svg>'
        )


def _locks():  # type: ignore[no-untyped-def]
    """Opens with the key of today and with those it replaced; locks with the key of today."""
    import base64

    from cryptography.fernet import Fernet, MultiFernet

    from concordat.craft.signing import derive

    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = (base64.urlsafe_b64encode(derive(each, "authenticators")) for each in secrets)
    return MultiFernet([Fernet(key) for key in keys])
