"""What is asked when access is sought, given or ended, and when a move is stopped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from concordat.web.ui import forms


class AskForm(forms.PageForm):
    reason = forms.LongTextField(
        "Why do you need to open this?",
        subject="why you need to open this",
        hint="Those who decide will read it, and it stays on record.",
        max_length=600,
        rows=4,
    )


class AnswerForm(forms.PageForm):
    give = forms.ChoiceField(
        "Your answer",
        choices=[("give", "Give access"), ("refuse", "Refuse access")],
        subject="your answer",
    )
    reason = forms.LongTextField(
        "Why?", subject="the reason", hint="The person who asked will read it.", max_length=600
    )


class GiveForm(forms.PageForm):
    """`grantees` are (reference, name) of people, seats and bodies."""

    level = forms.ChoiceField(
        "What may they do?",
        choices=[("see", "Open it"), ("work", "Open it and work on it")],
        subject="what they may do",
    )
    to_day = forms.DayField(
        "Last day of access",
        subject="the last day of access",
        hint="Leave it empty if there is no last day.",
        required=False,
    )
    reason = forms.LongTextField("Why?", subject="the reason", max_length=600, rows=3)

    def __init__(self, *args: Any, grantees: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grantee"] = forms.SelectField(
            "Who gets access?", choices=[("", "Choose"), *grantees], subject="who gets access"
        )
        self.order_fields(["grantee"])


class EndForm(forms.PageForm):
    reason = forms.LongTextField("Why does it end?", subject="the reason", max_length=600, rows=3)


class PlaceHoldForm(forms.PageForm):
    blocks = forms.ChoiceField(
        "What must not happen while this stands?",
        choices=[("close", "Closing it"), ("publish", "Publishing it")],
        subject="what must not happen",
    )
    reason = forms.LongTextField("Why?", subject="the reason", max_length=600, rows=3)


class ReleaseHoldForm(forms.PageForm):
    reason = forms.LongTextField(
        "Why can it go on now?", subject="the reason", max_length=600, rows=3
    )
