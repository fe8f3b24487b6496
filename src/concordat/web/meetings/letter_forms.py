"""What is asked of somebody who drafts, agrees to or sends a letter."""

from __future__ import annotations

from typing import Any

from concordat.domain.governance.meetings.operations.letters import PARTIES
from concordat.domain.governance.meetings.rules.letters import Said
from concordat.web.meetings.forms import Pairs
from concordat.web.ui.forms import (
    ChoiceField,
    DayField,
    LongTextField,
    ManyField,
    PageForm,
    SelectField,
    TextField,
)


class ChangeLetterForm(PageForm):
    who = TextField("To whom", max_length=300)
    subject = TextField("What it is about", max_length=300, hint="Never a child’s name.")


class DraftLetterForm(PageForm):
    party = SelectField(
        "To what kind of body or person",
        subject="what kind of body or person it goes to",
        choices=[(each, each.capitalize()) for each in PARTIES],
    )
    who = TextField("To whom", max_length=300)
    subject = TextField("What it is about", max_length=300, hint="Never a child’s name.")
    their_reference = TextField("Their reference", max_length=200, required=False)
    agreeing = ManyField("Who agrees to it before it goes", choices=[], required=False)

    def __init__(self, *args: Any, seats: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agreeing"].choices = seats  # type: ignore[attr-defined]


class AgreeLetterForm(PageForm):
    said = ChoiceField(
        "Does it go like this?",
        subject="whether it goes like this",
        choices=[(Said.AGREED.value, "Yes, I agree"), (Said.CHANGE.value, "No, change it first")],
    )
    words = LongTextField("What has to change", rows=3, max_length=2000, required=False)


class SendLetterForm(PageForm):
    signed_by = TextField("Who signed it", max_length=200)
    dated = DayField("Date of the letter")
