"""Where the account of a session comes from: a password, or an example world's cast."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import BaseBackend

from concordat.domain.base.people import queries
from concordat.domain.base.people.queries import Account


class SignIn(AuthenticationBackend):  # type: ignore[misc]
    """By address and password. A closed account's sessions end at once."""

    def get_user(self, user_id: Any) -> Account | None:
        account = queries.account(user_id)
        return account if account and self.user_can_authenticate(account) else None


class Cast(BaseBackend):
    """Entered as a persona. Such a session is worth nothing where no example world is open."""

    def get_user(self, user_id: Any) -> Account | None:
        return queries.persona_account(user_id)
