"""The sign-in library's pages, each with its event in the same transaction."""

from __future__ import annotations

from typing import Any

from allauth.account.views import PasswordResetFromKeyView
from allauth.core.internal import ratelimit
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.usersessions.views import ListUserSessionsView
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from concordat.domain.base.people import operations
from concordat.domain.base.people.rules import Step
from concordat.web.people import devices, forms
from concordat.web.people.adapters import own_actor


def _note(request: HttpRequest, step: Step) -> None:
    operations.note(own_actor(request, request.user), step=step, account=request.user)


class AddAuthenticator(ActivateTOTPView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            _note(self.request, Step.AUTHENTICATOR_ADDED)
            return super().form_valid(form)


class RemoveAuthenticator(DeactivateTOTPView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            _note(self.request, Step.AUTHENTICATOR_REMOVED)
            return super().form_valid(form)


class MakeCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            _note(self.request, Step.CODES_MADE)
            return super().form_valid(form)


class Sessions(ListUserSessionsView):  # type: ignore[misc]
    form_class = forms.EndSessionsForm

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            _note(self.request, Step.SESSIONS_ENDED)
            return super().form_valid(form)


class ChooseNewPassword(PasswordResetFromKeyView):  # type: ignore[misc]
    """Whoever holds the mailbox gets in again, whatever guesses others have used up."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        owner = self.reset_user
        for bucket in (owner.email, f"mfa-auth-user-{owner.pk}"):
            ratelimit.clear(self.request, app="allauth.account", action="login_failed", key=bucket)
        devices.remember(self.request, response, owner.email)
        return response
