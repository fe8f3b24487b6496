"""Forms of signing in, drawn as all our forms are, and of acting for somebody."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp import forms as totp
from allauth.usersessions.forms import ManageUserSessionsForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from concordat.domain.base.people import operations, queries
from concordat.domain.base.people.rules import LETTER_DAYS, SCOPE_WORDS, Step
from concordat.domain.base.records.rules import Verb
from concordat.kernel.actor import public
from concordat.web.people import letters
from concordat.web.ui.forms import (
    ChoiceField,
    CodeField,
    DayField,
    EmailField,
    LongTextField,
    ManyField,
    PageForm,
    SecretField,
    SelectField,
    TextField,
    _Form,
)

NEW_PASSWORD_HINT = "At least 12 characters. Three unrelated words are easy to remember"  # noqa: S105


def _address() -> EmailField:
    return EmailField("Email address", autocomplete="username", max_length=254)


def _new_password() -> SecretField:
    return SecretField("New password", autocomplete="new-password", hint=NEW_PASSWORD_HINT)


class SignInForm(_Form, account.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields = {"login": _address(), "password": SecretField("Password")}


class ResetForm(_Form, account.ResetPasswordForm):  # type: ignore[misc]
    """The same is done, and the same is said, whether or not anybody has this address."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields = {"email": _address()}

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **options: Any) -> str:
        address = str(self.cleaned_data["email"])
        found = queries.account_at(address)
        on = request.today  # type: ignore[attr-defined]
        operations.note(public(on), step=Step.RESET_ASKED, account=found)
        letters.send_reset(request, found)
        return address


class _ChoosesPassword:
    """One box is enough, since it can be shown."""

    def clean_password1(self) -> str:
        typed = self.cleaned_data["password1"]  # type: ignore[attr-defined]
        return str(get_adapter().clean_password(typed, user=self.user))  # type: ignore[attr-defined]


class ResetKeyForm(_Form, _ChoosesPassword, account.ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields = {"password1": _new_password()}


class ChangePasswordForm(_Form, _ChoosesPassword, account.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        current = SecretField("Password that you use now")
        self.fields = {"oldpassword": current, "password1": _new_password()}


class AgainForm(_Form, account.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields = {"password": SecretField("Password")}


class _TakesCode(_Form):
    """A code from the app, or a recovery code. A wrong one is an event."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields = {"code": CodeField("Code", subject="the code")}

    def clean_code(self) -> str:
        try:
            return str(super().clean_code())  # type: ignore[misc]
        except ValidationError as problem:
            if problem.code == "incorrect_code":
                _note_wrong_code(self.user)  # type: ignore[attr-defined]
            raise


def _note_wrong_code(user: queries.Account) -> None:
    request = get_adapter().request
    operations.note(public(request.today), step=Step.CODE_FAILED, account=user)


class CodeForm(_TakesCode, mfa.AuthenticateForm):  # type: ignore[misc]
    pass


class CodeAgainForm(_TakesCode, mfa.ReauthenticateForm):  # type: ignore[misc]
    pass


class AddAuthenticatorForm(_Form, totp.ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields = {"code": CodeField("Code that the app shows", subject="the code")}


class RemoveAuthenticatorForm(_Form, totp.DeactivateTOTPForm):  # type: ignore[misc]
    pass


class NewCodesForm(_Form, GenerateRecoveryCodesForm):  # type: ignore[misc]
    pass


class EndSessionsForm(_Form, ManageUserSessionsForm):  # type: ignore[misc]
    pass


class AcceptForm(PageForm):
    password = SecretField("Password", autocomplete="new-password", hint=NEW_PASSWORD_HINT)


class InviteForm(PageForm):
    email = EmailField("Work email address", max_length=254)


class DetailsForm(PageForm):
    email = EmailField("Work email address", required=False, max_length=254)
    phone = TextField("Phone", autocomplete="tel", required=False, max_length=60, width=20)


class WelcomeForm(PageForm):
    answer = ChoiceField(
        "Is this right?",
        choices=[("right", "Yes, right"), ("wrong", "Something is wrong")],
        subject="whether this is right",
    )
    words = LongTextField(
        "What is wrong?",
        hint="Only if something is. Your co-ordinator is asked to answer within five days",
        max_length=240,
        rows=3,
        required=False,
        subject="what is wrong",
    )

    def clean(self) -> None:
        wrong = self.cleaned_data.get("answer") == "wrong"
        if wrong and not self.cleaned_data.get("words"):
            self.add_error("words", "Say what is wrong")


class SettleForm(PageForm):
    words = LongTextField("What was done?", max_length=300, rows=3, subject="what was done")


class LetterForm(PageForm):
    day = ChoiceField(
        "On which day?",
        choices=[*((str(n), name) for n, name in LETTER_DAYS.items()), ("0", "No weekly letter")],
        subject="a day",
    )


class GiveForm(PageForm):
    """Who acts for whom, in what, and for how long."""

    hand = SelectField("Who will act", choices=[], subject="who will act")
    scope = ManyField(
        "What may they do?",
        subject="what they may do",
        choices=[(verb.value, words) for verb, words in SCOPE_WORDS.items()],
        hint="They never gain more than the person they act for may do",
    )
    from_day = DayField("First day")
    to_day = DayField("Last day", required=False, hint="Leave empty if it lasts until it is ended")
    reason = LongTextField("Why", max_length=500, rows=3, subject="why")

    def __init__(
        self,
        *args: Any,
        hands: list[tuple[str, str]],
        principals: list[tuple[str, str]] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["hand"].choices = hands  # type: ignore[attr-defined]
        if principals:
            asked = SelectField("Who they act for", choices=principals, subject="whom they act for")
            self.fields = {"principal": asked, **self.fields}

    def clean_scope(self) -> list[Verb]:
        return [Verb(each) for each in self.cleaned_data["scope"]]


class EndForm(PageForm):
    reason = LongTextField("Why it ends", max_length=500, rows=3, subject="why it ends")
