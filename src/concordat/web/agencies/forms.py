"""What people fill in about partnerships, areas and agencies."""

from __future__ import annotations

from typing import Any

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
