"""What is asked of somebody who looks for a date, answers, sets times, plans or makes a feed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from concordat.craft.ics import LIMIT
from concordat.domain.governance.diaries import rules
from concordat.domain.governance.diaries.queries import ToAsk
from concordat.domain.governance.diaries.rules import Need, Part, Says, School, Strength
from concordat.kernel.errors import Invalid
from concordat.kernel.labels import WEEKDAYS
from concordat.web.ui.fields import Bound, Params
from concordat.web.ui.forms import (
    ChoiceField,
    DayField,
    EmailField,
    LongTextField,
    ManyField,
    NumberField,
    PageForm,
    SelectField,
    TextField,
    TickField,
    UploadField,
)

Pairs = Sequence[tuple[str, str]]
PARTS = (("all day", "all day"), ("morning", "morning"), ("afternoon", "afternoon"))
NOT_ASKED = "not asked"
AVOID = [
    (f"{at}:{part}", f"{name} {'' if part == 'all day' else part}".rstrip())
    for at, name in enumerate(WEEKDAYS[:5])
    for part, _ in PARTS
]


class TimeField(TextField):
    """A time of day as people type it; the value is minutes after midnight."""

    def __init__(self, label: str, **options: Any) -> None:
        options.setdefault("hint", "For example, 09:30")
        super().__init__(label, max_length=5, width=5, **options)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, int) or not str(value or "").strip():
            return value if isinstance(value, int) else None
        try:
            return rules.minutes_of(str(value))
        except Invalid:
            raise ValidationError(
                f"{self.name_of_subject()} must be a time of day, like 09:30"
            ) from None

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"])

    def run_validators(self, value: Any) -> None:
        """A time has no length to be checked."""

    def prepare_value(self, value: Any) -> Any:
        return rules.clock(value) if isinstance(value, int) else value


class OneOfThree(ChoiceField):
    """An answer to one date. Each may be left open, and saying so at each would be noise."""

    @property
    def heading(self) -> str:
        return str(self.label)

    def params(self, bound: Bound) -> Params:
        return super().params(bound) | {"classes": "govuk-radios--inline"}


class DaysField(ManyField):
    """Each day in a row of its own: the whole of it, the morning, the afternoon."""

    def params(self, bound: Bound) -> Params:
        return super().params(bound) | {"classes": "govuk-checkboxes--small c-threes"}


def _school(subject: str = "school holidays") -> ChoiceField:
    return ChoiceField(
        "School holidays",
        subject=subject,
        choices=[(each.value, each.label) for each in School],
        initial=School.RATHER_NOT.value,
    )


class SearchForm(PageForm):
    """The set-up of a search; below it one choice for each seat."""

    title = TextField("What is it for?", subject="what it is for", max_length=200)
    length = NumberField(
        "How many minutes will it last?", subject="how long it lasts", least=15, most=480, width=3
    )
    first = DayField("First day to look at")
    last = DayField("Last day to look at")
    begins = TimeField("Not before", subject="the earliest time", initial=9 * 60)
    ends = TimeField("Over by", subject="the latest time", initial=17 * 60)
    avoid = DaysField(
        "Days and times to avoid", subject="what to avoid", choices=AVOID, required=False
    )
    school = _school()
    deputies = ChoiceField(
        "Do deputies count?",
        subject="whether deputies count",
        choices=[("yes", "Yes"), ("no", "No")],
    )
    place = TextField("Place", max_length=200, required=False, hint="A room or a building")
    remote = TickField("People may join from elsewhere", required=False)
    holds = TickField(
        "Hold the dates that I ask about in people’s diaries until one is fixed", required=False
    )

    def __init__(self, *args: Any, seats: Iterable[tuple[str, str, str]], **options: Any) -> None:
        """`seats` gives the reference, the title and the likely need of each."""
        super().__init__(*args, **options)
        choices = [*((each.value, each.label) for each in Need), (NOT_ASKED, "Not asked")]
        for reference, title, need in seats:
            self.fields[f"need-{reference}"] = SelectField(
                title, choices=choices, initial=need, subject=f"whether {title} is needed"
            )

    def needs(self) -> dict[str, str]:
        return {
            name.removeprefix("need-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("need-") and value != NOT_ASKED
        }

    def avoided(self) -> tuple[tuple[int, str], ...]:
        pairs = (each.split(":") for each in self.cleaned_data["avoid"])
        return tuple((int(day), part) for day, part in pairs)


class ReopenForm(PageForm):
    """Until when answers are taken, on London's clocks."""

    day = DayField("Answers until", subject="the last day for answers")
    at = TimeField("At what time?", subject="the time of the deadline", initial=17 * 60)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day, minutes = cleaned.get("day"), cleaned.get("at")
        if day and minutes is not None:
            try:
                rules.exact(day, minutes)
            except Invalid as problem:
                fault = problem.faults[0]
                self.add_error("at", f"{fault.message} {fault.mend}")
        return dict(cleaned)

    def deadline(self) -> datetime:
        return rules.moment_of(rules.exact(self.cleaned_data["day"], self.cleaned_data["at"]))


class AskForm(ReopenForm):
    """Which dates are asked about, until when, and where people without an account are reached."""

    slots = ManyField("Which dates do you ask about?", subject="at least one date", choices=[])

    def __init__(self, *args: Any, slots: Pairs, people: Sequence[ToAsk], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["slots"].choices = list(slots)  # type: ignore[attr-defined]
        self.order_fields(["slots", *self.fields])
        self.people = [each for each in people if not each.has_account]
        for each in self.people:
            title = f"{each.name}{', deputy' if each.holding == 'deputy' else ''}"
            self.fields[f"email-{each.key}"] = EmailField(
                f"Email address of {title}",
                required=False,
                autocomplete="off",
                max_length=254,
                initial=each.email,
                hint=f"For the seat {each.seat.role}. Leave it empty to ask nobody.",
            )

    def addresses(self) -> dict[str, tuple[str, str]]:
        """By key of who is asked, the name and the address."""
        return {
            each.key: (each.name, self.cleaned_data.get(f"email-{each.key}") or "")
            for each in self.people
        }


class AnswerForm(PageForm):
    """For each voice one set of radios for each date, and one for all that remain."""

    def __init__(
        self,
        *args: Any,
        voices: Sequence[tuple[int, str]],
        offers: Sequence[tuple[int, str, str]],
        **options: Any,
    ) -> None:
        """`voices` are numbers and names, `offers` numbers, times and how they stand."""
        super().__init__(*args, **options)
        choices = [(each.value, each.label) for each in Says]
        self.groups: list[tuple[str, list[str]]] = []
        for voice, name in voices:
            whose = f" for {name}" if len(voices) > 1 else ""
            names = [f"v{voice}-o{offer}" for offer, _, _ in offers]
            for field, (_, when, words) in zip(names, offers, strict=True):
                self.fields[field] = OneOfThree(
                    f"{when}{whose}",
                    subject=f"an answer for {when}{whose}",
                    choices=choices,
                    hint=words,
                    required=False,
                )
            rest = f"v{voice}-rest"
            self.fields[rest] = OneOfThree(
                f"The same for all that you left open{whose}",
                subject="the same answer for the rest",
                choices=choices,
                required=False,
            )
            self.groups.append((name, [*names, rest]))

    def sheet(self) -> dict[int, dict[int, Says]]:
        told: dict[int, dict[int, Says]] = {}
        for name, value in self.cleaned_data.items():
            voice, _, offer = name.partition("-o")
            if voice.startswith("v") and offer:
                rest = self.cleaned_data.get(f"{voice}-rest")
                if value or rest:
                    told.setdefault(int(voice[1:]), {})[int(offer)] = Says(value or rest)
        return told

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(name.startswith("v") and value for name, value in cleaned.items()):
            raise ValidationError("Answer at least one date")
        return dict(cleaned)


class FixForm(PageForm):
    reason = LongTextField(
        "Why this date? Needed where answers give no quorum",
        subject="the reason",
        rows=3,
        max_length=1000,
        required=False,
    )


class PatternForm(PageForm):
    strength = ChoiceField(
        "How firm is it?",
        subject="how firm it is",
        choices=[(each.value, each.label) for each in Strength],
        hints={
            Strength.NEVER.value: "No date is proposed then, unless nothing else works",
            Strength.RATHER_NOT.value: "Such a date costs something and is proposed later",
        },
    )
    weekday = SelectField(
        "Day of the week",
        choices=[*((str(at), name) for at, name in enumerate(WEEKDAYS)), ("every", "Every day")],
    )
    part = ChoiceField(
        "Which part of the day?",
        subject="the part of the day",
        choices=[(each.value, each.label) for each in Part],
    )
    begins = TimeField("From what time?", subject="the first time", required=False)
    ends = TimeField("Until what time?", subject="the second time", required=False)
    from_day = DayField("From which day?", subject="the first day")
    to_day = DayField("Until which day?", subject="the last day", required=False)

    def told(self) -> dict[str, Any]:
        answers = self.answers()
        day = answers.pop("weekday")
        return answers | {
            "strength": Strength(answers["strength"]),
            "part": Part(answers["part"]),
            "weekday": None if day == "every" else int(day),
        }


class PostPatternForm(PatternForm):
    post = SelectField("Post", choices=[])

    def __init__(self, *args: Any, posts: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["post"].choices = list(posts)  # type: ignore[attr-defined]
        self.order_fields(["post", *self.fields])


class CalendarForm(PageForm):
    file = UploadField(
        "Calendar file", subject="the calendar file", kinds=("ics",), most_megabytes=LIMIT // 10**6
    )


class HolidayForm(PageForm):
    area = SelectField("Area", choices=[])
    name = TextField("What is it called?", subject="its name", max_length=120)
    first = DayField("First day without school")
    last = DayField("Last day without school")
    source = TextField(
        "Where is this from?", subject="where it is from", max_length=200,
        hint="For example, the council’s page of term dates",
    )  # fmt: skip

    def __init__(self, *args: Any, areas: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"].choices = list(areas)  # type: ignore[attr-defined]


class HolidayFileForm(PageForm):
    file = UploadField("File", subject="the file", kinds=("csv", "xlsx"), most_megabytes=2)
    source = TextField("Where is this from?", subject="where it is from", max_length=200)


class FeedForm(PageForm):
    body = SelectField("Whose calendar?", subject="whose calendar", choices=[])

    def __init__(self, *args: Any, bodies: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        mine = ("own", "My own: my seats, what I owe and by when")
        self.fields["body"].choices = [mine, *bodies]  # type: ignore[attr-defined]


class YearForm(PageForm):
    """One or several bodies, each with its rhythm; the rest holds for all of them."""

    title = TextField("What is the plan called?", subject="what it is called", max_length=200)
    first = DayField("First day")
    last = DayField("Last day")
    length = NumberField(
        "How many minutes does a meeting last?", subject="how long a meeting lasts",
        least=15, most=480, width=3, initial=120,
    )  # fmt: skip
    begins = TimeField("Not before", subject="the earliest time", initial=9 * 60)
    ends = TimeField("Over by", subject="the latest time", initial=17 * 60)
    tolerance = NumberField(
        "How many days may a meeting lie from the wanted day?", subject="how far it may lie",
        least=0, most=60, width=3, initial=10,
    )  # fmt: skip
    least = NumberField(
        "How many days lie between two meetings at least?", subject="the days between two",
        least=0, most=180, width=3, initial=14,
    )  # fmt: skip
    papers = NumberField(
        "How many working days before are papers due?", subject="when papers are due",
        least=0, most=40, width=3, initial=5,
    )  # fmt: skip
    school = _school()
    fair = TickField(
        "Share out inconvenient dates fairly between people (takes longer)", required=False
    )

    def __init__(self, *args: Any, bodies: Iterable[tuple[str, str, str]], **options: Any) -> None:
        """`bodies` gives the reference, the name and the likely rhythm of each."""
        super().__init__(*args, **options)
        rhythms = []
        for reference, name, rhythm in bodies:
            rhythms.append(f"rhythm-{reference}")
            self.fields[rhythms[-1]] = TextField(
                f"How often does the {name} meet?",
                subject=f"how often the {name} meets",
                max_length=600,
                required=False,
                initial=rhythm,
                hint="“every 6 weeks”, “second Tuesday”, or days such as 1 May 2019; 12 June 2019. "
                "Leave it empty to plan nothing for it.",
            )
        self.order_fields(["title", "first", "last", *rhythms])

    def rhythms(self) -> dict[str, str]:
        return {
            name.removeprefix("rhythm-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("rhythm-") and value
        }
