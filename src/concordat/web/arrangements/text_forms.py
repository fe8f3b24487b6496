"""What is asked of those who write, place, freeze, agree, publish and send."""

from __future__ import annotations

from typing import Any

from concordat.domain.governance.arrangements.rules import text as rules
from concordat.web.ui import forms


class WriteForm(forms.PageForm):
    text = forms.LongTextField(
        "What is written",
        subject="what is written",
        max_length=rules.LONGEST,
        rows=14,
        required=False,
        hint="In plain words. An empty line begins a paragraph, a hyphen an entry of a list. "
        "Quote a fact in double square brackets: the list below says what can be quoted.",
    )
    done = forms.TickField("Nothing is wanting in this section", required=False)


class FreezeForm(forms.PageForm):
    note = forms.TextField(
        "What changed", max_length=400, required=False, hint="Whoever signs will read it"
    )


class PlaceForm(forms.PageForm):
    section = forms.SelectField(
        "In which section is it answered?",
        subject="the section",
        choices=[(each.key, each.title) for each in rules.ALL],
    )
    extent = forms.ChoiceField(
        "How far?",
        subject="how far",
        choices=[(each.value, each.value.capitalize()) for each in rules.Extent],
    )
    remark = forms.LongTextField(
        "Because", subject="why only partly", max_length=1000, rows=3, required=False,
        hint="Needed where it is answered partly",
    )  # fmt: skip


class ConsultForm(forms.PageForm):
    """Whom to ask, until when, and what."""

    closes = forms.DayField("Comments until", subject="the last day for comments")
    question = forms.LongTextField(
        "What you would like to know", max_length=1000, rows=3, required=False
    )
    bodies = forms.ManyField(
        "Which bodies?", subject="the bodies", choices=[], required=False,
        hint="Every seat of a body is asked",
    )  # fmt: skip
    seats = forms.ManyField("Which seats?", subject="the seats", choices=[], required=False)

    def __init__(
        self,
        *args: Any,
        bodies: list[tuple[str, str]],
        seats: list[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["bodies"].choices = bodies  # type: ignore[attr-defined]
        self.fields["seats"].choices = seats  # type: ignore[attr-defined]


class AskForm(forms.PageForm):
    due = forms.DayField("By when?", subject="the day by which they sign", required=False)


class PublishForm(forms.PageForm):
    """`accepts` is the digest of the live text whose differences are shown on the page."""

    checked = forms.TickField(
        "I have checked that it names no child and nobody who must not be named",
        subject="that it names nobody who must not be named",
    )
    accepts = forms.HiddenField(required=False)

    def __init__(self, *args: Any, drifted: int, **options: Any) -> None:
        super().__init__(*args, **options)
        if drifted:
            self.fields["in_spite"] = forms.TickField(
                "Publish it as it was signed, in spite of these differences",
                subject="that it is published in spite of the differences",
            )

    def show(self, accepts: str) -> None:
        """Carry the digest of what the page shows now, and ask again for the tick on it."""
        if self.is_bound and self.data.get("accepts") != accepts:
            self.data = self.data.copy()
            self.data["accepts"] = accepts
            self.data.pop("in_spite", None)


class InForceForm(forms.PageForm):
    from_day = forms.DayField("From which day?", subject="the first day")


class FollowForm(forms.PageForm):
    title = forms.TextField("Title of the next version", max_length=300)
    version = forms.TextField("Which version", max_length=60, required=False, width=20)


class SendForm(forms.PageForm):
    way = forms.ChoiceField(
        "What was done?",
        subject="what was done",
        choices=[
            (rules.Way.DEPARTMENT.value, "It was sent to the department"),
            (rules.Way.CIRCULATED.value, "It was circulated"),
        ],
    )
    to = forms.TextField(
        "To whom", max_length=300, hint="Such as Department for Education, or all schools"
    )
    on = forms.DayField("On which day?", subject="the day")


class ReceiptForm(forms.PageForm):
    receipt = forms.TextField("The receipt", max_length=300, hint="Such as its reference")
    on = forms.DayField("When did it come?", subject="the day it came")


class KeepForm(forms.PageForm):
    outcome = forms.LongTextField(
        "How was it kept?", subject="how it was kept", rows=3, max_length=1000
    )


class RenewForm(forms.PageForm):
    latest = forms.UncertainDateField(
        "Kept or looked at again by", hint="A day or a month, such as 31 August 2021"
    )
    reason = forms.LongTextField("Why?", subject="the reason", rows=3, max_length=1000)
