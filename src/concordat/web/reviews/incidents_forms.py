"""What is typed and chosen on the pages of serious incidents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from concordat.domain.base.clocks.rules import LONDON
from concordat.domain.practice.reviews.operations import Facts, Where
from concordat.domain.practice.reviews.queries import Area, IncidentView
from concordat.domain.practice.reviews.rules import (
    Belief,
    Harm,
    National,
    Outcome,
    Reply,
    Standing,
    View,
    Weight,
)
from concordat.domain.practice.reviews.rules.life import LONGEST
from concordat.domain.practice.reviews.rules.papers import Question
from concordat.web.ui import forms

Choices = Iterable[tuple[str, str]]
NO_NAME = "Never a name: a label such as Mother or Sibling B"
TIME = "For example, 16:10"
ENGLAND, OUTSIDE = "england", "outside"
ELSEWHERE = ((ENGLAND, "Elsewhere in England"), (OUTSIDE, "Outside England"))


def time_of(typed: str) -> datetime | None:
    """A time of day alone, or None. Raises `ValidationError` for what is none."""
    if not typed.strip():
        return None
    try:
        return datetime.strptime(typed.strip(), "%H:%M")  # noqa: DTZ007 - a time of day alone
    except ValueError:
        raise ValidationError("Write the time of day like 16:10") from None


class TellForm(forms.PageForm):
    """What is needed to act at once. It is never kept unsent: nothing about a child lies about
    outside its record."""

    may_wait = False

    area = forms.SelectField("Where did it happen?", choices=[], subject="where it happened")
    abroad = forms.TextField(
        "Where outside England, if it happened there?",
        subject="the place outside England",
        hint="Only then. Choose above the area in which the child lives: its council notifies",
        required=False,
        max_length=200,
    )
    happened_where = forms.TextField(
        "In which sort of place?",
        subject="the sort of place",
        hint="At home, in hospital, in a foster home. No address",
        required=False,
        max_length=300,
    )
    happened_on = forms.TextField(
        "When did it happen?",
        subject="when it happened",
        hint="As far as it is known: 28 March 2019, early March, not known",
        max_length=60,
    )
    known_on = forms.DayField(
        "On which day did the council become aware?", subject="the day the council became aware"
    )
    known_time = forms.TextField("At what time?", subject="the time", hint=TIME, width=5)
    belief = forms.ChoiceField(
        "Is abuse or neglect known or suspected?",
        choices=[(each.value, each.value.capitalize()) for each in Belief],
        subject="whether abuse or neglect is known or suspected",
    )
    belief_on = forms.LongTextField(
        "On what evidence of abuse or neglect?",
        subject="the evidence of abuse or neglect",
        hint=NO_NAME,
        rows=3,
        max_length=LONGEST,
        required=False,
    )
    harm = forms.ChoiceField(
        "What happened to the child?",
        choices=[(each.value, each.value.capitalize()) for each in Harm],
        subject="what happened to the child",
    )
    harm_on = forms.LongTextField(
        "On what evidence of harm?",
        subject="the evidence of harm",
        hint="Recovery does not undo serious harm",
        rows=3,
        max_length=LONGEST,
        required=False,
    )
    died_on = forms.DayField("Day of death", subject="the day of death", required=False)
    died_time = forms.TextField(
        "Time of death", subject="the time of death", hint=TIME, width=5, required=False
    )
    age = forms.NumberField(
        "Age in whole years",
        subject="the age",
        hint="0 for under one year. Leave it empty if nobody knows",
        least=0,
        most=25,
        width=2,
        required=False,
    )
    standings = forms.ManyField(
        "What is the child to a council?",
        choices=[(each.value, each.value.capitalize()) for each in Standing],
        subject="what the child is to a council",
        required=False,
    )
    home = forms.SelectField(
        "Where does the child normally live?", choices=[], subject="where they live", required=False
    )
    home_name = forms.TextField(
        "Name of that place, if it is not in the list", max_length=200, required=False
    )
    placed_by = forms.SelectField(
        "Which council placed the child elsewhere?",
        choices=[],
        subject="the council that placed them",
        required=False,
    )
    placed_name = forms.TextField(
        "Name of that council, if it is not in the list", max_length=200, required=False
    )
    what = forms.LongTextField(
        "What happened, as far as it is known",
        subject="what happened",
        hint=NO_NAME,
        rows=4,
        max_length=LONGEST,
        required=False,
    )
    first_act = forms.LongTextField(
        "What was done at once to keep children safe",
        subject="what was done at once",
        rows=3,
        max_length=LONGEST,
        required=False,
    )
    label = forms.TextField(
        "Label for the child",
        hint="A bird, say. Leave it empty and one is given. Never a name",
        max_length=40,
        width=20,
        required=False,
    )

    def __init__(
        self, *args: Any, areas: Choices, others: Mapping[str, Area], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.others = others
        self.fields["area"].choices = list(areas)  # type: ignore[attr-defined]
        listed = [(key, each.name) for key, each in others.items()]
        for name in ("home", "placed_by"):
            self.fields[name].choices = [*listed, *ELSEWHERE]  # type: ignore[attr-defined]

    def clean_known_time(self) -> datetime | None:
        return time_of(self.cleaned_data["known_time"])

    def clean_died_time(self) -> datetime | None:
        return time_of(self.cleaned_data.get("died_time", ""))

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("died_on") and not told.get("died_time") and "died_time" not in self.errors:
            self.add_error("died_time", "Give the time of death, as far as it is known")
        return told

    def facts(self) -> Facts:
        told = self.cleaned_data
        return Facts(
            known_at=moment_of(told["known_on"], told["known_time"]),
            died_at=moment_of(told["died_on"], told["died_time"]) if told["died_on"] else None,
            happened_on=told["happened_on"],
            happened_where=told["happened_where"],
            belief=Belief(told["belief"]),
            belief_on=told["belief_on"],
            harm=Harm(told["harm"]),
            harm_on=told["harm_on"],
            age=told["age"],
            standings=[Standing(each) for each in told["standings"]],
            home=self._where("home", "home_name"),
            placed_by=self._where("placed_by", "placed_name"),
            abroad=told["abroad"],
            form={"what": told["what"], "first_act": told["first_act"]},
        )

    def _where(self, chosen: str, named: str) -> Where:
        return where(self.cleaned_data[chosen], self.cleaned_data[named], self.others)


NAMES = {"known_at": "known_on", "died_at": "died_on"}
"""Where what the operation names stands on the form."""


def moment_of(day: Any, time: datetime) -> datetime:
    return datetime.combine(day, time.time(), tzinfo=LONDON)


def where(chosen: str, named: str, others: Mapping[str, Area]) -> Where:
    """A place as it was chosen, or by its name alone."""
    if chosen in others:
        return Where(others[chosen].name, others[chosen])
    name = named.strip() or dict(ELSEWHERE).get(chosen, "")
    return Where(name, None, chosen != OUTSIDE)


class AmendForm(TellForm):
    """What has become known. A changed start needs its reason."""

    reason = forms.LongTextField(
        "Why is it changed?",
        subject="the reason",
        hint="Needed where the council knew, or the child died, at another time",
        rows=2,
        max_length=1000,
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, areas=(), **options)
        for name in ("area", "label"):
            del self.fields[name]


class AwaitForm(forms.PageForm):
    partnership = forms.SelectField("For which partnership?", choices=[], subject="a partnership")
    name = forms.TextField("Name of the person", max_length=200)
    email = forms.EmailField(
        "Work email address", max_length=254, hint="At their agency. They get a link and a code"
    )
    agency = forms.SelectField("Their agency", choices=[], subject="their agency")
    why = forms.WhyThereField()

    def __init__(self, *args: Any, homes: Choices, agencies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["partnership"].choices = list(homes)  # type: ignore[attr-defined]
        self.fields["agency"].choices = list(agencies)  # type: ignore[attr-defined]


class SayForm(forms.PageForm):
    of = forms.ChoiceField(
        "Of what?",
        choices=[(o.value, f"Of {o.value}".replace("decision", "the decision"))
                 for o in IncidentView.Of],
        subject="of what",
    )  # fmt: skip
    agency = forms.SelectField("For which partner?", choices=[], subject="the partner")
    view = forms.ChoiceField(
        "What do they think?",
        choices=[(v.value, v.value.capitalize()) for v in View if v is not View.SILENT],
        subject="what they think",
    )
    reason = forms.LongTextField("Why?", subject="the reason", rows=3, max_length=2000)

    def __init__(self, *args: Any, agencies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].choices = list(agencies)  # type: ignore[attr-defined]


class NotifyForm(forms.PageForm):
    sent_on = forms.DayField("On which day was it sent?", subject="the day it was sent")
    sent_time = forms.TextField("At what time?", subject="the time", hint=TIME, width=5)
    number = forms.TextField(
        "Its number in the national system",
        subject="the number",
        max_length=60,
        required=False,
        width=20,
    )

    def clean_sent_time(self) -> datetime | None:
        return time_of(self.cleaned_data["sent_time"])

    def answers(self) -> dict[str, Any]:
        told = super().answers()
        return {
            "sent_at": moment_of(told["sent_on"], told["sent_time"]),
            "number": told["number"],
        }


class MendNoticeForm(NotifyForm):
    reason = forms.LongTextField("How is it known?", subject="the reason", rows=2, max_length=1000)

    def answers(self) -> dict[str, Any]:
        return super().answers() | {"reason": self.cleaned_data["reason"]}


class FillForm(forms.PageForm):
    """One box for each question; what is empty stays open."""

    may_wait = False

    def __init__(self, *args: Any, asked: Iterable[Question], **options: Any) -> None:
        super().__init__(*args, **options)
        for each in asked:
            self.fields[each.key] = forms.LongTextField(
                each.text, subject="the answer", hint=each.hint, rows=2, max_length=LONGEST,
                required=False,
            )  # fmt: skip


class WeighForm(forms.PageForm):
    criterion = forms.ChoiceField("Which criterion?", choices=[], subject="the criterion")
    agency = forms.SelectField("For which partner?", choices=[], subject="the partner")
    weight = forms.ChoiceField(
        "How do they weigh it?",
        choices=[(each.value, each.value.capitalize()) for each in Weight],
        subject="how they weigh it",
    )
    reason = forms.LongTextField("Why?", subject="the reason", rows=3, max_length=2000)

    def __init__(self, *args: Any, criteria: Choices, agencies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["criterion"].choices = list(criteria)  # type: ignore[attr-defined]
        self.fields["agency"].choices = list(agencies)  # type: ignore[attr-defined]


class AskForm(forms.PageForm):
    requester = forms.SelectField(
        "Which safeguarding partner asks?", choices=[], subject="the partner who asks"
    )
    seats = forms.ManyField("Whom do they ask?", choices=[], subject="whom to ask")
    exact = forms.LongTextField(
        "Exactly what is asked?", subject="what is asked", rows=3, max_length=4000,
        hint="Whose records, of which period. " + NO_NAME,
    )  # fmt: skip
    deliver_to = forms.TextField(
        "To whom is it delivered?", subject="to whom it is delivered", max_length=300
    )
    due = forms.DayField("By when?", subject="the due day")

    def __init__(self, *args: Any, requesters: Choices, seats: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["requester"].choices = list(requesters)  # type: ignore[attr-defined]
        self.fields["seats"].choices = list(seats)  # type: ignore[attr-defined]


class PanelForm(forms.PageForm):
    meeting = forms.SelectField("Which meeting?", choices=[], subject="the meeting")
    reason = forms.LongTextField(
        "What is the meeting to do with it?", subject="what it is to do", rows=2, max_length=1000
    )
    minutes = forms.NumberField("Minutes needed", least=1, most=600, width=3, required=False)

    def __init__(self, *args: Any, meetings: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["meeting"].choices = list(meetings)  # type: ignore[attr-defined]


class DecideForm(forms.PageForm):
    outcome = forms.ChoiceField("What is decided?", choices=[], subject="what is decided")
    why = forms.LongTextField("Why?", subject="the reasons", rows=4, max_length=LONGEST)
    national = forms.ChoiceField(
        "What do the partners think of a national review?",
        choices=[(each.value, each.label) for each in National],
        subject="what they think of a national review",
    )
    national_why = forms.LongTextField(
        "Why do they think so?", subject="why", rows=2, max_length=2000, required=False
    )
    dissent = forms.LongTextField(
        "Who dissents, and why?",
        subject="who dissents",
        hint="Kept beside the decision. Leave it empty if nobody does",
        rows=2,
        max_length=2000,
        required=False,
    )

    panel = forms.SelectField(
        "At which meeting was it decided?", choices=[], subject="the meeting", required=False,
        hint="Put it before the panel first. The list holds the meetings before which it stands",
    )  # fmt: skip
    without_panel = forms.TextField(
        "Why was there no meeting?", subject="why there was none", required=False, max_length=300,
        hint="Only if no meeting decided it",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        panels: Choices,
        outcomes: Collection[Outcome],
        criteria: Mapping[str, str],
        anew: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.criteria = list(criteria)
        self.fields["panel"].choices = list(panels)  # type: ignore[attr-defined]
        if Outcome.OLD in outcomes:
            del self.fields["panel"], self.fields["without_panel"]
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (each.value, each.label) for each in outcomes
        ]
        for key, text in criteria.items():
            self.fields[f"c_{key}"] = forms.LongTextField(
                f"Reason: {text}",
                subject=f"whether it is met, and why: {text}",
                rows=2,
                max_length=2000,
            )
        if anew:
            self.fields["reason"] = forms.LongTextField(
                "Why is it decided anew?", subject="the reason", rows=2, max_length=1000,
                hint="Every signature falls, and is asked for again",
            )  # fmt: skip
        names = ["outcome", "why", *(f"c_{key}" for key in criteria), "national", "national_why",
                 "dissent", "panel", "without_panel", "reason"]  # fmt: skip
        self.order_fields(names)


class SignForm(forms.PageForm):
    seat = forms.SelectField("From which seat do you sign?", choices=[], subject="the seat")
    digest = forms.HiddenField()

    def __init__(self, *args: Any, seats: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["seat"].choices = seats  # type: ignore[attr-defined]
        if len(seats) == 1:
            self.fields["seat"].initial = seats[0][0]


class SendForm(forms.PageForm):
    sent_on = forms.DayField("On which day was it sent?", subject="the day it was sent")
    without = forms.LongTextField(
        "Why does it go before everybody has signed?",
        subject="why it goes now",
        hint="Only if a signature lacks. It is told to the national body with it",
        rows=2,
        max_length=1000,
        required=False,
    )


class ReplyForm(forms.PageForm):
    reply = forms.ChoiceField(
        "What did they answer?",
        choices=[(each.value, each.label) for each in Reply],
        subject="what they answered",
    )
    words = forms.LongTextField(
        "What did they write?", subject="what they wrote", rows=4, max_length=LONGEST
    )
    came_on = forms.DayField("On which day did it come?", subject="the day it came")


class JoinForm(forms.PageForm):
    other = forms.SelectField("Under which reference?", choices=[], subject="the other incident")
    reason = forms.LongTextField("Why are they one?", subject="the reason", rows=2, max_length=1000)

    def __init__(self, *args: Any, others: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["other"].choices = list(others)  # type: ignore[attr-defined]
