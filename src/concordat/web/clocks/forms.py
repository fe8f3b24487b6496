"""What is typed on the pages of clocks and of the law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from concordat.domain.base.clocks.rules import ClosedKind, Unit
from concordat.web.clocks.facing import STATES
from concordat.web.ui import forms

Choices = Iterable[tuple[str, str]]
TIME = "Only where hours count. Use 24 hours, for example 16:10"
COUNTED = (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.WEEKS, Unit.MONTHS, Unit.HOURS)
UNITS = {
    Unit.WORKING_DAYS: "Working days",
    Unit.CALENDAR_DAYS: "Calendar days",
    Unit.WEEKS: "Weeks",
    Unit.MONTHS: "Calendar months",
    Unit.HOURS: "Hours",
}


class BoardForm(forms.FilterForm):
    subject = forms.SelectField("Kind of clock", choices=[], required=False)
    state = forms.ManyField(
        "State",
        choices=[(state.value, told.words) for state, told in STATES.items()],
        required=False,
    )
    holder = forms.SelectField("Held by", choices=[], required=False)

    def __init__(self, data: Any, *, subjects: Choices, holders: Choices) -> None:
        super().__init__(data)
        self.fields["subject"].choices = list(subjects)  # type: ignore[attr-defined]
        self.fields["holder"].choices = list(holders)  # type: ignore[attr-defined]

    @property
    def narrowed(self) -> dict[str, Any]:
        """The filters as the query takes them."""
        chosen = self.chosen
        return {
            "subject": chosen.get("subject", ""),
            "states": chosen.get("state", ()),
            "holder": chosen.get("holder", ""),
        }


class _Timed(forms.PageForm):
    """A day with, where it counts, its time."""

    def clean_time(self) -> datetime | None:
        typed = self.cleaned_data.get("time", "").strip()
        if not typed:
            return None
        try:
            return datetime.strptime(typed, "%H:%M")  # noqa: DTZ007 - a time of day alone
        except ValueError:
            raise ValidationError("Write the time of day like 16:10") from None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("time") and not cleaned.get("on") and "on" not in self.errors:
            self.add_error("on", "Give the day as well as the time")
        return cleaned

    def answers(self) -> dict[str, Any]:
        """`on` is a moment where the time was given."""
        told = super().answers()
        time = told.pop("time", None)
        if time and told.get("on"):
            told["on"] = datetime.combine(told["on"], time.time())
        return told


class StartForm(_Timed):
    rule = forms.SelectField("Which rule?", choices=[], subject="the rule")
    started_by = forms.TextField(
        "What started it?",
        subject="what started it",
        hint="The event in a few words, for example: the council heard of the incident",
        max_length=300,
    )
    on = forms.DayField(
        "On which day?",
        subject="the day",
        hint="Leave it empty if nobody knows yet. The holder is then asked for it",
        required=False,
    )
    time = forms.TextField("At what time?", subject="the time", hint=TIME, width=5, required=False)
    holder = forms.SelectField("Which seat holds it?", choices=[], subject="the seat")
    area = forms.SelectField("Which area?", choices=[], required=False, subject="the area")
    part = forms.TextField(
        "Which part of the record?",
        subject="the part of the record",
        hint="Only if the same rule runs more than once on it",
        max_length=120,
        required=False,
    )

    def __init__(
        self, *args: Any, rules: Choices, holders: Choices, areas: Choices, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name, choices in (("rule", rules), ("holder", holders), ("area", areas)):
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]
        if len(self.fields["area"].choices) < 2:  # type: ignore[attr-defined]
            del self.fields["area"]


class RestartForm(_Timed):
    on = forms.DayField("On which day did it start?", subject="the start date")
    time = forms.TextField("At what time?", subject="the time", hint=TIME, width=5, required=False)
    started_by = forms.TextField("What started it?", subject="what started it", max_length=300)
    reason = forms.LongTextField(
        "Why does the start date change?",
        subject="the reason",
        hint="The earlier date stays on file beside it",
        rows=3,
        required=False,
    )

    def __init__(self, *args: Any, known: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if known:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]

    def answers(self) -> dict[str, Any]:
        return {"reason": "", **super().answers()}


class MeetForm(_Timed):
    on = forms.DayField("When was it done?", subject="the day on which it was done")
    time = forms.TextField("At what time?", subject="the time", hint=TIME, width=5, required=False)
    proof = forms.LongTextField(
        "What proves it?",
        subject="what proves it",
        hint="For example: the receipt of the Panel, its number and the time it was sent",
        rows=3,
    )
    proof_record = forms.TextField(
        "Which record proves it?",
        subject="the reference",
        hint="Its reference, if it is kept here, such as THSCP-D-0004",
        max_length=40,
        width=20,
        required=False,
    )


class ExplainForm(forms.PageForm):
    reason = forms.LongTextField("Why is it late?", subject="the reason", rows=4)
    told = forms.TextField(
        "Who was told?",
        subject="who was told",
        hint="For example: the Panel, by letter",
        max_length=300,
        required=False,
    )
    expected_on = forms.DayField(
        "When do you expect it to be done?", subject="the expected day", required=False
    )


class PauseForm(forms.PageForm):
    ground = forms.ChoiceField("Why is it paused?", choices=[], subject="the reason")
    words = forms.LongTextField(
        "What should others know?", subject="what others should know", rows=3, required=False
    )

    def __init__(self, *args: Any, grounds: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        listed = [(each, each[:1].upper() + each[1:]) for each in grounds]
        self.fields["ground"].choices = listed  # type: ignore[attr-defined]


class ResumeForm(forms.PageForm):
    """Nothing to answer: the button says it."""


class ReasonForm(forms.PageForm):
    reason = forms.LongTextField("Why?", subject="the reason", rows=3)


class GiveForm(forms.PageForm):
    holder = forms.SelectField("Which seat holds it from now on?", choices=[], subject="the seat")
    reason = forms.LongTextField("Why?", subject="the reason", rows=3)

    def __init__(self, *args: Any, holders: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["holder"].choices = list(holders)  # type: ignore[attr-defined]


class LawForm(forms.FilterForm):
    subject = forms.SelectField("Subject", choices=[], required=False)
    standing = forms.ChoiceField(
        "Standing",
        choices=[("verified", "Verified"), ("not", "Not verified")],
        required=False,
    )
    on = forms.DayField("In force on", required=False)

    def __init__(self, data: Any, *, subjects: Choices) -> None:
        super().__init__(data)
        self.fields["subject"].choices = list(subjects)  # type: ignore[attr-defined]


class ReadForm(forms.PageForm):
    """The first step of a check: the text that was opened."""

    read = forms.TextField(
        "What did you read?",
        subject="what you read",
        hint="The primary text with its edition, for example: Working Together, 2023",
        max_length=300,
    )
    against = forms.TextField(
        "Where in it?",
        subject="the place in the text",
        hint="Chapter, paragraph or section, and its address if it is online",
        max_length=300,
    )


class CompareForm(forms.PageForm):
    """The second step: what the row says, held against that text."""

    read = forms.HiddenField()
    against = forms.HiddenField()
    digest = forms.HiddenField()
    outcome = forms.ChoiceField(
        "Does the text say what the row says?",
        choices=[
            ("same", "Yes, it says the same"),
            ("differs", "No, it differs or does not say it"),
        ],
        subject="whether it says the same",
    )
    note = forms.LongTextField(
        "What differs, or what should others know?", subject="what differs", rows=3, required=False
    )

    def answers(self) -> dict[str, Any]:
        told = super().answers()
        outcome = told.pop("outcome")
        return {**told, "confirmed": outcome == "same"}


class LocalRuleForm(forms.PageForm):
    title = forms.TextField(
        "What is to be done?",
        subject="what is to be done",
        hint="Begin with a verb, for example: Look at a running review each month",
        max_length=120,
    )
    duty = forms.LongTextField("Say it in one sentence", subject="the sentence", rows=3)
    who = forms.TextField("Who does it?", subject="who does it", max_length=200)
    tightens = forms.SelectField(
        "Does it shorten a rule?",
        subject="the rule to shorten",
        hint="Then it starts with that rule’s own event and counts in its unit",
        choices=[],
        required=False,
    )
    trigger = forms.TextField(
        "What starts the clock?",
        subject="what starts the clock",
        hint="Leave it empty if it shortens a rule",
        max_length=200,
        required=False,
    )
    value = forms.NumberField("How many?", subject="how many", least=1, most=1000)
    unit = forms.SelectField(
        "Of what?",
        choices=[(unit.value, UNITS[unit]) for unit in COUNTED],
        subject="the unit",
    )
    source = forms.TextField(
        "Who decided this, and when?",
        subject="who decided this",
        hint="For example: Executive group, 4 March 2019",
        max_length=300,
    )
    in_force_from = forms.DayField("From which day does it hold?", subject="the first day")
    NAMES: Mapping[str, str] = {"deadline.value": "value", "deadline.unit": "unit", "id": "title"}

    def __init__(self, *args: Any, tightens: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["tightens"].choices = list(tightens)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("tightens") and not cleaned.get("trigger"):
            self.add_error("trigger", "Enter what starts the clock, or choose a rule to shorten")
        return cleaned


class GoLiveForm(forms.PageForm):
    live_on = forms.DayField(
        "On which day did the area’s own arrangements begin?", subject="the day"
    )
    source = forms.TextField(
        "Where is this stated?",
        subject="where this is stated",
        hint="For example: published arrangements, version 1, page 2",
        max_length=400,
    )


class CloseDayForm(forms.PageForm):
    day = forms.DayField("Which day is not worked?", subject="the day")
    name = forms.TextField(
        "What is it called?",
        subject="what it is called",
        hint="It is named in the sum of each clock that it moves",
        max_length=120,
    )
    kind = forms.ChoiceField(
        "What kind of day is it?",
        choices=[(kind.value, kind.label) for kind in ClosedKind],
        hints={
            ClosedKind.PROCLAIMED.value: "It is left out of every count of working days",
            ClosedKind.CLOSURE.value: "It never lengthens a limit set by statute or regulations",
        },
        subject="the kind of day",
    )
    body = forms.SelectField(
        "Is only one group closed?",
        subject="the group",
        hint="Then only the clocks held on that group are counted again",
        choices=[],
        required=False,
    )

    def __init__(self, *args: Any, bodies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"].choices = list(bodies)  # type: ignore[attr-defined]
