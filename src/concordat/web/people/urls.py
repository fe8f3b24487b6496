"""Addresses of signing in, under the library's own names, and of one's account."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from concordat.web.people import drafts, first_days, inviting, sign_in, views

pages = [
    path("account", views.account, name="account"),
    path("account/details", views.details, name="details"),
    path("account/letter", first_days.letter, name="letter"),
    path("welcome", first_days.welcome, name="welcome"),
    path("welcome/<slug:step>/aside", first_days.put_aside, name="put_aside"),
    path("account/drafts/<int:draft>/drop", drafts.drop, name="drop_draft"),
    path("person/<slug:reference>/answer", first_days.settle, name="settle"),
    path("account/acting", views.acting, name="acting"),
    path("account/acting/give", views.give, name="give"),
    path("account/acting/back", views.back, name="back"),
    path("account/acting/<int:arrangement>/begin", views.begin, name="begin"),
    path("account/acting/<int:arrangement>/end", views.end, name="end"),
    path("person/<slug:reference>/invitation", inviting.invite, name="invite"),
    path("invitation/<str:token>", views.invitation, name="invitation"),
    path("personas", views.personas, name="personas"),
    path("personas/<int:order>", views.enter, name="enter"),
]

urlpatterns = [
    path("sign-in", account.login, name="account_login"),
    path("sign-in/code", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/again", account.reauthenticate, name="account_reauthenticate"),
    path("sign-in/again/code", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("sign-in/closed", account.account_inactive, name="account_inactive"),
    path("sign-out", login_not_required(account.logout), name="account_logout"),
    path("new-password", account.password_reset, name="account_reset_password"),
    path("new-password/sent", account.password_reset_done, name="account_reset_password_done"),
    path(
        "new-password/done",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path(
        "new-password/<slug:uidb36>/<str:key>",
        sign_in.ChooseNewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path("account/password", account.password_change, name="account_change_password"),
    path("account/authenticator", mfa.index, name="mfa_index"),
    path("account/authenticator/add", sign_in.AddAuthenticator.as_view(), name="mfa_activate_totp"),
    path(
        "account/authenticator/remove",
        sign_in.RemoveAuthenticator.as_view(),
        name="mfa_deactivate_totp",
    ),
    path("account/codes", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/codes/new", sign_in.MakeCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("account/sessions", sign_in.Sessions.as_view(), name="usersessions_list"),
    path("", include((pages, "people"))),
]
