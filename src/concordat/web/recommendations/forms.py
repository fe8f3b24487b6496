"""What is typed and chosen on the pages of recommendations."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from concordat.domain.base.recommendations import rules
from concordat.domain.base.recommendations.queries import NOT_JUDGED
from concordat.domain.base.recommendations.rules import (
    VALUES,
    VOICES,
    Effect,
    Level,
    Nature,
    Origin,
    Stage,
    Wanting,
)
from concordat.kernel.errors import Invalid
from concordat.kernel.sensitivity import Sensitivity
from concordat.web.ui import forms

Choices = Iterable[tuple[str, str]]
LONGEST = rules.LONGEST_TEXT
_NATURES = [(each.value, each.label) for each in Nature]


class ListForm(forms.FilterForm):
    mine = forms.TickField("Only mine", required=False)
    wanting = forms.SelectField(
        "What is wanting",
        choices=[(each.value, each.label) for each in Wanting],
        required=False,
    )
    state = forms.ManyField(
        "State", choices=[(each.value, each.label) for each in Stage], required=False
    )
    origin = forms.SelectField(
        "Comes from", choices=[(each.value, each.label) for each in Origin], required=False
    )
    due_by = forms.DayField("Due by", required=False)
    agency = forms.SelectField("Addressed to an agency", choices=[], required=False)
    body = forms.SelectField("Addressed to a body", choices=[], required=False)
    seat = forms.SelectField("Addressed to a seat", choices=[], required=False)
    outside = forms.TextField(
        "Addressed to somebody outside", required=False, max_length=100, width=20,
        hint="Some of their name",
    )  # fmt: skip
    nature = forms.SelectField(
        "System change or compliance",
        choices=[*_NATURES, (NOT_JUDGED, "Not judged yet")],
        required=False,
    )
    level = forms.SelectField(
        "Level", choices=[(each.value, each.label) for each in Level], required=False
    )

    def __init__(self, data: Any, *, agencies: Choices, bodies: Choices, seats: Choices) -> None:
        super().__init__(data)
        self.fields["agency"].choices = list(agencies)  # type: ignore[attr-defined]
        self.fields["body"].choices = list(bodies)  # type: ignore[attr-defined]
        self.fields["seat"].choices = list(seats)  # type: ignore[attr-defined]

    @property
    def narrowed(self) -> dict[str, Any]:
        """The filters as the query takes them."""
        chosen = self.chosen
        return {
            "mine": bool(chosen.get("mine")),
            "wanting": chosen.get("wanting", ""),
            "stages": chosen.get("state", ()),
            "origin": chosen.get("origin", ""),
            "agency": _uuid(chosen.get("agency", "")),
            "body": _uuid(chosen.get("body", "")),
            "seat": _uuid(chosen.get("seat", "")),
            "outside": chosen.get("outside", ""),
            "due_by": chosen.get("due_by"),
            "nature": chosen.get("nature", ""),
            "level": chosen.get("level", ""),
        }


def _uuid(told: str) -> UUID | None:
    return UUID(told) if told else None


class SheetForm(forms.PageForm):
    partnership = forms.SelectField("For which partnership?", choices=[], subject="a partnership")
    file = forms.UploadField(
        "Choose the sheet", subject="the sheet", kinds=("xlsx", "csv"), most_megabytes=2
    )

    def __init__(self, *args: Any, homes: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["partnership"].choices = list(homes)  # type: ignore[attr-defined]


class SearchForm(forms.FilterForm):
    q = forms.TextField(
        "What have you been told?",
        subject="what you have been told",
        required=False,
        max_length=1000,
        width=30,
        hint="A sentence of a recommendation, or a few words of it",
    )


class _Wording(forms.PageForm):
    title = forms.TextField(
        "What is to change?",
        subject="what is to change",
        max_length=rules.LONGEST_TITLE,
        hint="One change in one sentence. Never a child’s name.",
    )
    finding = forms.LongTextField(
        "Which finding does it answer?",
        subject="the finding",
        rows=3,
        max_length=LONGEST,
        required=False,
    )
    change = forms.LongTextField(
        "The change in full",
        subject="the change in full",
        rows=3,
        max_length=LONGEST,
        required=False,
        hint="What will be different, and for whom",
    )
    agency = forms.SelectField("Addressed to an agency", choices=[], required=False)
    body = forms.SelectField("Or to a body of the partnership", choices=[], required=False)
    seat = forms.SelectField("Or to one seat", choices=[], subject="seat", required=False)
    outside = forms.TextField(
        "Or to somebody outside",
        subject="somebody outside",
        max_length=300,
        required=False,
        hint="Such as a government department",
    )
    level = forms.SelectField(
        "At which level?",
        subject="the level",
        choices=[(each.value, each.label) for each in Level],
        required=False,
    )
    nature = forms.ChoiceField(
        "Does it change the system, or ask for compliance?",
        subject="which of the two it is",
        choices=[*_NATURES, ("", "Not judged yet")],
        hints={
            Nature.SYSTEM_CHANGE: "Something will work in another way",
            Nature.COMPLIANCE: "What is there already is to be done",
        },
        required=False,
        initial="",
    )
    nature_why = forms.LongTextField(
        "Why do you say so?", subject="why", rows=2, max_length=1000, required=False
    )
    measure = forms.LongTextField(
        "How will anybody see that it worked?",
        subject="the measure",
        rows=2,
        max_length=LONGEST,
        required=False,
        hint="What is counted or heard, before and after",
    )
    measure_on = forms.DayField(
        "When is that looked at?", subject="when that is looked at", required=False
    )
    due = forms.DayField("Due day", required=False, subject="the due day")
    owner = forms.SelectField(
        "Which post owns it?", subject="the post that owns it", choices=[], required=False
    )

    def __init__(
        self,
        *args: Any,
        agencies: Choices,
        bodies: Choices,
        seats: Choices,
        posts: Choices,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        offered = {"agency": agencies, "body": bodies, "seat": seats, "owner": posts}
        for name, choices in offered.items():
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]


class AmendForm(_Wording):
    reason = forms.LongTextField(
        "Why is it changed?", subject="why", rows=2, max_length=1000, required=False
    )


class _Came(_Wording):
    """What it comes from stands before what it says."""

    partnership = forms.SelectField("For which partnership?", choices=[], subject="a partnership")
    from_kind = forms.SelectField(
        "What does it come from?",
        subject="what it comes from",
        choices=[(each.value, each.label) for each in Origin],
    )
    from_title = forms.TextField(
        "Its title",
        max_length=400,
        required=False,
        hint="As you would cite it: the review, audit, paper or meeting",
    )
    from_record = forms.TextField(
        "Or the reference of its record here",
        subject="the reference",
        max_length=40,
        required=False,
        width=20,
        hint="Such as THSCP-D-0001",
    )
    number = forms.TextField(
        "Its number there", subject="its number", max_length=20, required=False, width=5
    )
    made_on = forms.UncertainDateField(
        "When was it made?", subject="when it was made", required=False
    )

    def __init__(self, *args: Any, homes: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["partnership"].choices = list(homes)  # type: ignore[attr-defined]


_CAME = ("partnership", "from_kind", "from_title", "from_record", "number", "made_on")


class DraftForm(_Came):
    field_order = (*_CAME, *_Wording.base_fields)
    closely = forms.TickField(
        "Hold it closely: only named people may open it", subject="holding it", required=False
    )


class TakeOverForm(_Came):
    field_order = (*_CAME, "set_by", "decided_on", "source", *_Wording.base_fields)
    set_by = forms.SelectField("Which body accepts what is done?", choices=[], subject="the body")
    decided_on = forms.UncertainDateField(
        "When was it accepted?", subject="when it was accepted", required=False
    )
    source = forms.TextField(
        "Where is that stated?",
        subject="where that is stated",
        max_length=400,
        hint="A minute, a published response, a paper",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["set_by"].choices = self.fields["body"].choices  # type: ignore[attr-defined]


def _decision() -> forms.TextField:
    return forms.TextField(
        "The reference of the decision",
        subject="the reference",
        required=False,
        max_length=40,
        width=20,
        hint="Where the meeting that decided is on record, such as THSCP-DE-0001",
    )


def _note() -> forms.LongTextField:
    return forms.LongTextField(
        "Anything to add?", subject="what you add", rows=2, max_length=1000, required=False
    )


class _Choosing(forms.PageForm):
    """A form with one body or post to be chosen."""

    chosen: str = ""

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields[self.chosen].choices = list(choices)  # type: ignore[attr-defined]


class SendForm(_Choosing):
    chosen = "to"
    to = forms.SelectField("Which body works it?", choices=[], subject="the body that works it")
    note = _note()


class PutForm(_Choosing):
    chosen = "before"
    before = forms.SelectField("Which body decides?", choices=[], subject="the body that decides")
    note = _note()


class CheckForm(forms.PageForm):
    answer = forms.ChoiceField(
        "Your answer", choices=[("yes", "Yes"), ("no", "No")], subject="your answer"
    )
    reason = forms.LongTextField(
        "Why?", subject="the reason", rows=3, max_length=1000, hint="The board reads it"
    )


class AcceptForm(_Choosing):
    chosen = "owner"
    reasons = forms.LongTextField(
        "The reasons of the body", subject="the reasons", rows=3, max_length=LONGEST
    )
    owner = forms.SelectField(
        "Which post owns it?",
        choices=[],
        subject="the post that owns it",
        required=False,
        hint="Without one, the secretariat is asked to find one",
    )
    decision = _decision()


class RefuseForm(forms.PageForm):
    reasons = forms.LongTextField(
        "The reasons of the body", subject="the reasons", rows=3, max_length=LONGEST
    )
    decision = _decision()


class UpdateForm(forms.PageForm):
    words = forms.TextField(
        "How does it go, in one line?", subject="how it goes", max_length=rules.LONGEST_WORD
    )


class OwnForm(_Choosing):
    chosen = "owner"
    owner = forms.SelectField("Which post owns it?", choices=[], subject="the post that owns it")
    reason = forms.LongTextField("Why them?", subject="the reason", rows=3, max_length=1000)


class MoveForm(forms.PageForm):
    due = forms.DayField("New day", subject="the new day")
    reason = forms.LongTextField("Why?", subject="the reason", rows=3, max_length=1000)


class ToldForm(forms.PageForm):
    how = forms.TextField(
        "How were they told?",
        subject="how they were told",
        max_length=300,
        hint="A letter, a meeting and its minute",
    )
    on = forms.DayField("When?", subject="the day")


class AdequateForm(forms.PageForm):
    reason = forms.LongTextField(
        "Why is it adequate?", subject="the reason", rows=3, max_length=1000
    )
    measure_on = forms.DayField(
        "When is its effect measured?",
        subject="when its effect is measured",
        required=False,
        hint="In three months if you leave it empty",
    )


class InadequateForm(forms.PageForm):
    reason = forms.LongTextField(
        "What is missing?", subject="what is missing", rows=3, max_length=1000
    )
    due = forms.DayField("By when, then?", subject="the new day")


class CloseForm(forms.PageForm):
    effect = forms.ChoiceField(
        "What did it change?",
        subject="what it changed",
        choices=[(each.value, each.label) for each in Effect],
    )
    why = forms.LongTextField(
        "How is that known?", subject="how that is known", rows=3, max_length=LONGEST
    )


class ReopenForm(forms.PageForm):
    reason = forms.LongTextField(
        "Why is it open again?", subject="the reason", rows=3, max_length=1000
    )
    due = forms.DayField(
        "Due day",
        subject="the due day",
        required=False,
        hint="Left empty, a day that is still to come stands; one that is over ends",
    )


class ValueForm(forms.PageForm):
    when = forms.ChoiceField(
        "Is it from before or from after?",
        subject="whether it is from before or after",
        choices=[(each.value, each.label) for each in VALUES],
    )
    value = forms.TextField(
        "The value", max_length=20, width=10, hint="A number, such as 42 or 7.5"
    )
    unit = forms.TextField(
        "What it counts", max_length=100, width=20, hint="Children, days, per cent"
    )
    on = forms.DayField("On which day, or up to which?", subject="the day")
    source = forms.TextField(
        "Where is it from?", subject="where it is from", max_length=300, hint="A return, an audit"
    )
    record = forms.TextField(
        "The reference of its measure here",
        subject="the reference",
        required=False,
        max_length=40,
        width=20,
    )
    words = _note()


class VoiceForm(forms.PageForm):
    who = forms.ChoiceField(
        "Who said it?",
        subject="who said it",
        choices=[(each.value, each.label.removesuffix(" said")) for each in VOICES],
    )
    words = forms.LongTextField(
        "What did they say?",
        subject="what they said",
        rows=4,
        max_length=LONGEST,
        hint="In their words, without a name",
    )
    source = forms.TextField(
        "How were they heard?",
        subject="how they were heard",
        max_length=300,
        hint="A visit, a group, a survey",
    )
    on = forms.DayField("When?", subject="the day")


class SameForm(forms.PageForm):
    why = _note()


class ApartForm(forms.PageForm):
    why = forms.LongTextField(
        "What is different?", subject="what is different", rows=3, max_length=1000
    )


class CaseloadForm(forms.PageForm):
    at_least = forms.NumberField(
        "How many drafts call for a meeting?",
        subject="the number of drafts",
        least=1,
        most=rules.MOST_WAITING,
        width=2,
        required=False,
        hint="Leave it empty if no number does",
    )
    reason = forms.LongTextField(
        "Who agreed this, and when?", subject="who agreed this", rows=2, max_length=1000
    )


def a_number(told: str) -> Decimal:
    """The number that somebody typed. Raises `Invalid` beside its field for anything else."""
    try:
        found = Decimal(told.replace(",", "").strip())
    except ArithmeticError:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) >= Decimal(10) ** 11:
        raise Invalid(f"“{told}” is not a number.", field="value", mend="Write it in figures.")
    return found.quantize(Decimal("0.001")).normalize() if found else Decimal(0)


def sensitivity_of(closely: object) -> Sensitivity:
    return Sensitivity.RESTRICTED if closely else Sensitivity.PARTNERSHIP
