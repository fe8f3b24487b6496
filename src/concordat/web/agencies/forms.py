"""What people fill in about partnerships, areas and agencies."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from concordat.domain.base.agencies.rules import AgencyClass
from concordat.web.ui import forms

Pairs = list[tuple[str, str]]
CLASSES = [(each.value, each.value.capitalize()) for each in AgencyClass]


class AgencyForm(forms.PageForm):
    """What an agency is."""

    name = forms.TextField("Name", max_length=300)
    short = forms.TextField("Short name", max_length=60, width=20, required=False)
    agency_class = forms.SelectField("Class", choices=CLASSES, subject="the class")
    type = forms.TextField(
        "What it is within its class",
        max_length=200,
        required=False,
        hint="Such as integrated care board, or basic command unit",
    )
    code = forms.TextField("National code", max_length=40, width=10, required=False)
    areas = forms.ManyField(
        "Which areas does it serve?", choices=[], subject="the areas", required=False
    )

    def __init__(self, *args: Any, areas: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        if areas:
            self.fields["areas"].choices = areas  # type: ignore[attr-defined]
        else:
            del self.fields["areas"]


class LooksForm(forms.PageForm):
    """How the pages of a partnership look."""

    accent = forms.TextField(
        "Colour",
        max_length=7,
        width=10,
        hint="Six digits such as #12436d. It is darkened as far as reading needs.",
        subject="the colour",
    )
    logo = forms.UploadField(
        "Logo",
        kinds=("png", "jpg", "jpeg"),
        most_megabytes=5,
        required=False,
        hint="PNG or JPEG, up to 5 MB. It is drawn anew, 40 pixels high on a screen.",
    )
    without = forms.TickField("Show no logo", required=False)

    def looks(self) -> dict[str, Any]:
        """What the operation takes: no file leaves the logo, the tick takes it away."""
        file, none = self.cleaned_data["logo"], self.cleaned_data["without"]
        sent = file.read() if file else None
        return {"accent": self.cleaned_data["accent"].lower(), "logo": b"" if none else sent}


class FrontDoorForm(forms.PageForm):
    """Whom anybody calls who is worried about a child."""

    name = forms.TextField(
        "What the public knows it as", max_length=300, hint="Such as Children’s social care"
    )
    area = forms.SelectField("For which area?", choices=[], required=False, subject="the area")
    phone = forms.TextField("Telephone number", max_length=40, width=20)
    hours = forms.TextField(
        "When is it answered?", max_length=300, required=False, subject="the hours",
        hint="Such as Monday to Friday, 9am to 5pm",
    )  # fmt: skip
    after_hours = forms.TextField(
        "Number outside those hours", max_length=40, width=20, required=False
    )
    email = forms.EmailField("Email address that is read", required=False)
    link = forms.TextField(
        "Address of a form or page", max_length=500, required=False, hint="Beginning with https://"
    )
    about = forms.LongTextField("Anything else they should know", max_length=500, rows=2,
                                required=False)  # fmt: skip
    checked_on = forms.DayField(
        "When was it last tried?", required=False, subject="the day it was tried"
    )
    review_on = forms.DayField(
        "When should it be tried again?", required=False, subject="the day to try it again"
    )

    def __init__(self, *args: Any, areas: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"].choices = [("", "Everywhere here"), *areas]  # type: ignore[attr-defined]

    def clean_link(self) -> str:
        return web_address(self.cleaned_data["link"])


class EndForm(forms.PageForm):
    last_day = forms.DayField("On which day is it answered for the last time?",
                              subject="the last day")  # fmt: skip


class NoteForm(forms.PageForm):
    """What everybody is told about one topic."""

    says = forms.LongTextField(
        "What is everybody told?", max_length=3000, rows=6, subject="what everybody is told",
        hint="Short sentences and everyday words. Name no child and no person.",
    )  # fmt: skip
    link = forms.TextField(
        "Address of a page with more", max_length=500, required=False,
        hint="Beginning with https://",
    )  # fmt: skip
    review_on = forms.DayField(
        "When should somebody look at it again?", required=False, subject="the day of review"
    )

    def clean_link(self) -> str:
        return web_address(self.cleaned_data["link"])


def web_address(said: str) -> str:
    """A link that the public may follow: nothing but https."""
    if said and not said.startswith("https://"):
        raise ValidationError("The address must begin with https://")
    return said
