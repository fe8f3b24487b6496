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

# The first that fits is meant: most browsers also name those that they are like.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome"}
SYSTEMS = {"Windows": "Windows", "iPhone": "an iPhone", "iPad": "an iPad", "Android": "Android"}


def in_words(user_agent: str) -> str:
    """A browser as people know it: Edge on Windows."""
    browser = _first({**BROWSERS, "Safari": "Safari"}, user_agent) or "A browser"
    system = _first({**SYSTEMS, "Mac OS": "a Mac", "Linux": "Linux"}, user_agent)
    return f"{browser} on {system}" if system else browser


def _first(words: dict[str, str], text: str) -> str:
    return next((told for mark, told in words.items() if mark in text), "")


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

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        told: dict[str, Any] = super().get_context_data(**options)
        for session in told["sessions"]:
            session.in_words = in_words(session.user_agent)
        return told

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
