"""What is typed and chosen where an incident goes to another council, or is led by one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from concordat.domain.base.records.rules import Cut
from concordat.domain.practice.reviews.queries import Area
from concordat.web.reviews.incidents_forms import ELSEWHERE, TIME, moment_of, time_of, where
from concordat.web.ui import forms


class _PlaceForm(forms.PageForm):
    """An area of another partnership of this installation, or a name."""

    where = forms.SelectField("Where?", choices=[], subject="the place", required=False)
    name = forms.TextField("Its name, if it is not in the list", max_length=200, required=False)

    def __init__(self, *args: Any, others: Mapping[str, Area], **options: Any) -> None:
        super().__init__(*args, **options)
        self.others = others
        listed = [(key, each.name) for key, each in others.items()]
        self.fields["where"].choices = [*listed, *ELSEWHERE]  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        told = super().answers()
        return told | {"where": where(told["where"], told.pop("name"), self.others)}


class PassOnForm(_PlaceForm):
    cut = forms.ChoiceField(
        "How much of it do they get?",
        choices=[
            (Cut.SUMMARY.value, "The head of it: place, day and who has the duty"),
            (Cut.WHOLE.value, "The whole record"),
        ],
        subject="how much they get",
    )
    reason = forms.LongTextField(
        "How is that known, and who was told?", subject="the reason", rows=3, max_length=1000
    )

    def answers(self) -> dict[str, Any]:
        told = super().answers()
        return told | {"cut": Cut(told["cut"])}


class TakeOverForm(forms.PageForm):
    """When the council that leads became aware: its own clock runs from then."""

    may_wait = False

    known_on = forms.DayField(
        "On which day did our council become aware?", subject="the day our council became aware"
    )
    known_time = forms.TextField("At what time?", subject="the time", hint=TIME, width=5)
    label = forms.TextField(
        "Label for the child",
        hint="A bird, say. Leave it empty and one is given. Never a name",
        max_length=40,
        width=20,
        required=False,
    )

    def clean_known_time(self) -> datetime | None:
        return time_of(self.cleaned_data["known_time"])

    def answers(self) -> dict[str, Any]:
        told = super().answers()
        return {
            "known_at": moment_of(told["known_on"], told["known_time"]), "label": told["label"]
        }  # fmt: skip


class PutRightForm(forms.PageForm):
    """Another area of the same partnership."""

    area = forms.SelectField("In which of our areas did it happen?", choices=[], subject="the area")
    reason = forms.LongTextField(
        "How is that known?", subject="the reason", rows=3, max_length=1000
    )

    def __init__(self, *args: Any, areas: Mapping[str, Area], **options: Any) -> None:
        super().__init__(*args, **options)
        self.areas = areas
        listed = [(key, each.name) for key, each in areas.items()]
        self.fields["area"].choices = listed  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        told = super().answers()
        return told | {"area": self.areas[told["area"]]}


class ContributeForm(forms.PageForm):
    words = forms.LongTextField(
        "Who takes part, and what does your area know?", subject="who takes part", rows=5,
        hint="Names of posts, not of the child or the family",
    )  # fmt: skip


class LeadForm(_PlaceForm):
    how = forms.LongTextField(
        "How and when was it agreed?", subject="how it was agreed", rows=3, max_length=1000
    )
