"""What is typed and chosen on the pages of requests for information."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from concordat.domain.base.documents.rules import KINDS, LIMITS_IN_WORDS, MEGABYTES
from concordat.domain.base.requests import rules
from concordat.domain.base.requests.rules import LIBRARY, Question
from concordat.web.ui import forms

Choices = Iterable[tuple[str, str]]


class DraftForm(forms.PageForm):
    partnership = forms.SelectField("For which partnership?", choices=[], subject="a partnership")
    area = forms.SelectField(
        "For which area?",
        choices=[],
        subject="the area",
        required=False,
        hint="The basis depends on whether the area has gone live",
    )
    requester = forms.SelectField(
        "Which safeguarding partner asks?",
        choices=[],
        subject="the partner who asks",
        hint="The seat of a safeguarding partner",
    )
    seat = forms.SelectField("Whom do they ask? A seat", choices=[], subject="seat", required=False)
    agency = forms.SelectField(
        "Or somebody without an account: their agency", choices=[], required=False
    )
    name = forms.TextField("Their name", max_length=200, required=False)
    email = forms.EmailField("Their work email address", max_length=254, required=False)
    address_why = forms.WhyThereField()
    about = forms.TextField(
        "The reference of what it is about",
        subject="the reference",
        required=False,
        max_length=40,
        width=20,
    )
    form = forms.SelectField(
        "Which questions?",
        subject="the questions",
        choices=[(each.key, each.title) for each in LIBRARY],
    )
    purpose = forms.LongTextField(
        "For which purpose?",
        subject="the purpose",
        rows=2,
        max_length=2000,
        hint="The answer may be used for this alone. Never a child’s name.",
    )
    exact = forms.LongTextField(
        "Exactly what is asked?",
        subject="what is asked",
        rows=4,
        max_length=rules.LONGEST,
        hint="Whose records, of which period, about what. Never a child’s name.",
    )
    deliver_to = forms.TextField(
        "To whom is it delivered?", subject="to whom it is delivered", max_length=300
    )
    due = forms.DayField("By when?", subject="the due day")
    senior = forms.SelectField(
        "Who is told once they are late? A senior’s seat",
        choices=[],
        subject="the senior",
        required=False,
    )
    senior_named = forms.TextField(
        "Or a senior without an account: name, post and number",
        subject="the senior",
        max_length=300,
        required=False,
        hint="Whoever asks is told to ring them",
    )
    chase_every = forms.NumberField(
        "Reminded every how many days?",
        subject="the number of days",
        least=1,
        most=rules.MOST_DAYS,
        width=2,
        initial=rules.CHASE_EVERY,
    )

    def __init__(
        self,
        *args: Any,
        homes: Choices,
        areas: Choices,
        requesters: Choices,
        seats: Choices,
        agencies: Choices,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        for name, choices in {
            "partnership": homes,
            "area": areas,
            "requester": requesters,
            "seat": seats,
            "senior": seats,
            "agency": agencies,
        }.items():
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]
        if not areas:
            del self.fields["area"]


AMENDED = ("purpose", "exact", "deliver_to", "due", "chase_every")


class AmendForm(forms.PageForm):
    """What a draft says, before anybody was asked."""

    purpose = forms.LongTextField(
        "For which purpose?", subject="the purpose", rows=2, max_length=2000
    )
    exact = forms.LongTextField(
        "Exactly what is asked?", subject="what is asked", rows=4, max_length=rules.LONGEST
    )
    deliver_to = forms.TextField(
        "To whom is it delivered?", subject="to whom it is delivered", max_length=300
    )
    due = forms.DayField("By when?", subject="the due day")
    chase_every = forms.NumberField(
        "Reminded every how many days?",
        subject="the number of days",
        least=1,
        most=rules.MOST_DAYS,
        width=2,
    )


class AnswerForm(forms.PageForm):
    """One box for each question that was asked, then words of one's own and a file."""

    words = forms.LongTextField(
        "Anything else, or the answer in your own words",
        subject="the answer",
        rows=5,
        max_length=rules.LONGEST,
        required=False,
    )
    file = forms.UploadField(
        "File",
        kinds=(*KINDS, "jpeg"),
        most_megabytes=MEGABYTES,
        required=False,
        subject="the file",
        hint=LIMITS_IN_WORDS,
    )

    def __init__(self, *args: Any, asked: Sequence[Question], **options: Any) -> None:
        super().__init__(*args, **options)
        for question in asked:
            self.fields[f"q_{question.key}"] = forms.LongTextField(
                question.text,
                subject=f"the answer to “{question.text}”",
                rows=3,
                max_length=rules.LONGEST,
                required=question.needed,
                hint=question.hint,
            )
        self.order_fields([*(f"q_{each.key}" for each in asked), "words", "file"])


class RefuseForm(forms.PageForm):
    reason = forms.LongTextField(
        "Why not?",
        subject="the reason",
        rows=3,
        max_length=2000,
        hint="Which law or duty stands against it",
    )


class AcceptForm(forms.PageForm):
    why = forms.LongTextField("Why is it enough?", subject="the reason", rows=3, max_length=2000)


class BackForm(forms.PageForm):
    missing = forms.LongTextField(
        "What is missing?", subject="what is missing", rows=3, max_length=2000
    )
    due = forms.DayField("By when, then?", subject="the new day")


class PressForm(forms.PageForm):
    reason = forms.LongTextField(
        "What do you say to the refusal?", subject="the reason", rows=3, max_length=2000
    )
    due = forms.DayField("By when, then?", subject="the new day")


class ExtendForm(forms.PageForm):
    due = forms.DayField("New day", subject="the new day")
    reason = forms.LongTextField("Why?", subject="the reason", rows=3, max_length=1000)


class UseForm(forms.PageForm):
    what = forms.TextField("What is it used for?", subject="what it is used for", max_length=300)
    within = forms.LongTextField(
        "Why is that within the purpose?", subject="why", rows=3, max_length=2000
    )
