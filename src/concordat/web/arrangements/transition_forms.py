"""What people fill in on the way from an old board."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict

from concordat.domain.base.agencies.queries import Area
from concordat.domain.base.seats.queries import Body
from concordat.domain.governance.arrangements.queries import Decision
from concordat.kernel.labels import day_in_words
from concordat.web.ui import forms
from concordat.web.ui.as_at import WholeDayField

Pairs = list[tuple[str, str]]


class WayForm(forms.FilterForm):
    """Which area, and as at which day."""

    def __init__(self, data: QueryDict | None, *, areas: Sequence[Area], today: date) -> None:
        super().__init__(data)
        self.areas, self.today = areas, today
        choices = [(area.key, area.name) for area in areas]
        self.fields = {
            "area": forms.SelectField("Area", choices=choices, required=False),
            "as-at": WholeDayField("As at", subject="the day", required=False),
        }
        if len(areas) < 2:
            del self.fields["area"]
        for field in self.fields.values():
            field.filters = True
        self.initial["as-at"] = day_in_words(today)

    @property
    def area(self) -> Area | None:
        chosen = self._said("area")
        named = next((area for area in self.areas if area.key == chosen), None)
        return named or (self.areas[0] if self.areas else None)

    @property
    def day(self) -> date:
        return self._said("as-at") or self.today

    def _said(self, name: str) -> Any:
        return self.cleaned_data.get(name) if self.is_bound and self.is_valid() else None


class LookForm(forms.PageForm):
    """Look at the check list again."""


class SeenForm(forms.PageForm):
    """A form about one line, which carries the state that was seen."""

    state = forms.HiddenField(required=False)


class AssignForm(SeenForm):
    """Who receives one line of the handover list."""

    passes = forms.LongTextField(
        "What exactly is passed on?", max_length=2000, rows=4, subject="what is passed on"
    )
    seat = forms.SelectField(
        "Which seat here receives it?",
        choices=[],
        required=False,
        hint="Whoever sits there is asked to say that it came",
        subject="the seat",
    )
    receiver = forms.TextField(
        "Who receives it, if nobody here",
        max_length=300,
        required=False,
        hint="Such as the child death review partners, or the Panel",
        subject="who receives it",
    )
    decision = forms.SelectField(
        "Which decision says so?", choices=[], required=False, subject="the decision"
    )

    def __init__(self, *args: Any, seats: Pairs, decisions: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, pairs in (("seat", seats), ("decision", decisions)):
            if pairs:
                self.fields[name].choices = [
                    ("", "Nobody here" if name == "seat" else "None"),
                    *pairs,
                ]  # type: ignore[attr-defined]
            else:
                del self.fields[name]


class ReasonForm(SeenForm):
    reason = forms.LongTextField("Why?", max_length=1000, rows=3, subject="the reason")


class PassOnForm(SeenForm):
    how = forms.LongTextField(
        "How was it passed on?",
        max_length=1000,
        rows=3,
        subject="how it was passed on",
        hint="Such as which files, where they lie now, and who was there",
    )


class ReceiptForm(SeenForm):
    receipt = forms.LongTextField(
        "What has come?",
        max_length=1000,
        rows=3,
        subject="the receipt",
        hint="Say that all of it has come, or what was counted",
    )


class WaiveForm(forms.PageForm):
    decision = forms.SelectField(
        "Which decision of the executive waives it?", choices=[], subject="the decision"
    )
    reason = forms.LongTextField(
        "Why may the area go live without it?", max_length=1000, rows=3, subject="the reason"
    )

    def __init__(self, *args: Any, decisions: Sequence[Decision], **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = [(each.key, each.title) for each in decisions]
        self.fields["decision"].choices = [("", "Choose a decision"), *chosen]  # type: ignore[attr-defined]


class GoLiveForm(forms.PageForm):
    """The day of go-live, and every body that starts or ends then."""

    on = forms.DayField("On which day do the new arrangements begin?", subject="the day")
    source = forms.TextField(
        "Where is this decided or stated?", max_length=400, subject="where it is decided"
    )
    starting = forms.ManyField(
        "Which bodies come into force?", choices=[], required=False, subject="the bodies"
    )
    ending = forms.ManyField(
        "Which bodies of the old board end?", choices=[], required=False, subject="the bodies"
    )
    after = forms.SelectField(
        "Which body takes over from the old board?",
        choices=[],
        required=False,
        subject="the body",
    )
    child_deaths_on = forms.DayField(
        "From which day do the child death review partners act?",
        required=False,
        hint="Leave it empty if it is not settled: its clock then waits for the day",
        subject="the day of the child death review partners",
    )

    def __init__(
        self, *args: Any, starting: Sequence[Body], ending: Sequence[Body], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.bodies = {str(body.pk): body for body in (*starting, *ending)}
        self._offer("starting", starting)
        self._offer("ending", ending)
        if starting and ending:
            chosen = [(str(body.pk), body.name) for body in starting]
            self.fields["after"].choices = [("", "Not stated"), *chosen]  # type: ignore[attr-defined]
        else:
            del self.fields["after"]

    def _offer(self, name: str, bodies: Sequence[Body]) -> None:
        if not bodies:
            del self.fields[name]
            return
        self.fields[name].choices = [(str(body.pk), body.name) for body in bodies]  # type: ignore[attr-defined]
        self.initial.setdefault(name, [str(body.pk) for body in bodies])

    def chosen(self, name: str) -> list[Body]:
        return [self.bodies[key] for key in self.cleaned_data.get(name) or []]

    @property
    def after_it(self) -> Body | None:
        return self.bodies.get(self.cleaned_data.get("after") or "")

    def successors(self) -> dict[UUID, Body]:
        after = self.after_it
        return {body.pk: after for body in self.chosen("ending")} if after else {}
