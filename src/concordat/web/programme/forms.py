"""What is asked of somebody who tells of a plan, changes it, decides, claims or accepts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError

from concordat.domain.governance.programme.queries import CycleFinding
from concordat.domain.governance.programme.rules import life
from concordat.domain.governance.programme.rules.capacity import half_days
from concordat.domain.governance.programme.rules.cycle import Outcome
from concordat.domain.governance.programme.rules.health import LONGEST_WORDS, Health
from concordat.domain.governance.programme.rules.learning import Answer, Impact
from concordat.kernel.errors import Invalid
from concordat.web.ui.forms import (
    ChoiceField,
    DayField,
    LinesField,
    LongTextField,
    ManyField,
    MoneyField,
    PageForm,
    SelectField,
    TextField,
    UncertainDateField,
)

Choices = list[tuple[str, str]]
AS_EXACT = "As exact as you know it: 29 June 2019, June 2019, or summer 2019"


class HalfDaysField(TextField):
    """Days as people write them, such as 4 or 4.5; the value is half days."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, max_length=10, width=5, **options)

    def clean(self, value: Any) -> Any:
        """What is checked is the text; half days are made of it last."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return half_days(text)
        except Invalid as problem:
            fault = problem.faults[0]
            raise ValidationError(f"{fault.message} {fault.mend}".strip()) from None

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        return f"{value // 2}.5" if value % 2 else str(value // 2)


def reason(label: str = "Why?", **options: Any) -> LongTextField:
    told = {"subject": "the reason", "max_length": life.LONGEST_REASON, "rows": 3, **options}
    return LongTextField(label, **told)


class TellForm(PageForm):
    health = ChoiceField(
        "Is it on track?",
        subject="whether it is on track",
        choices=[(each.value, each.label) for each in Health],
    )
    words = LongTextField(
        "How does it go, in a sentence or two?", subject="how it goes", max_length=LONGEST_WORDS,
        rows=4,
    )  # fmt: skip
    forecast = UncertainDateField(
        "When do you expect it now?",
        subject="the day that you expect",
        required=False,
        hint="Only if it differs from the plan. The plan itself stays as it is",
    )


class ReplanForm(PageForm):
    due = UncertainDateField("When is it due now?", subject="the new day", hint=AS_EXACT)
    reasons = LinesField("Why does the plan change?", subject="why", hint="One reason on each line")
    agreed_by = TextField(
        "Who agreed?", subject="who agreed", max_length=300,
        hint="Such as the steering group of 12 March 2019",
    )  # fmt: skip


class ReplanWholeForm(PageForm):
    before = LongTextField("What was planned until now?", subject="the old plan",
                           max_length=life.LONGEST_REASON, rows=3)  # fmt: skip
    after = LongTextField("What is planned now?", subject="the new plan",
                          max_length=life.LONGEST_REASON, rows=3)  # fmt: skip
    until = UncertainDateField(
        "When does the programme end now?", subject="its new end", required=False,
        hint="Leave empty if its end stays",
    )  # fmt: skip
    reasons = LinesField("Why does the plan change?", subject="why", hint="One reason on each line")
    agreed_by = TextField("Who agreed?", subject="who agreed", max_length=300)


class ReachForm(PageForm):
    done_on = UncertainDateField("When was it reached?", subject="when", hint=AS_EXACT)
    words = reason("What shows it?", subject="what shows it", required=False)


class ReasonForm(PageForm):
    reason = reason()


class MaybeReasonForm(PageForm):
    reason = reason("Anything to say about it?", subject="what to say", required=False)


class WordsForm(PageForm):
    words = LongTextField("In words", max_length=life.LONGEST_TEXT, rows=4)

    def __init__(self, *args: Any, label: str, required: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["words"]
        field.label, field.required = label, required
        field.error_messages["required"] = "Say it in a sentence"


class _BodyForm(PageForm):
    body = SelectField("Which body?", subject="the body", choices=[])

    def __init__(self, *args: Any, bodies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"].choices = bodies  # type: ignore[attr-defined]


class ChooseForm(_BodyForm):
    chosen_on = DayField("On which day did it choose?", subject="the day of the choice")
    evidence = LongTextField("On which evidence?", subject="the evidence",
                             max_length=life.LONGEST_TEXT, rows=4)  # fmt: skip


class DecideForm(_BodyForm):
    outcome = ChoiceField(
        "What did it decide?",
        subject="what it decided",
        choices=[(each.value, each.label) for each in Outcome],
        hints={Outcome.NOT_YET.value: "The gate stays open"},
    )
    reason = reason()
    decided_on = DayField("On which day?", subject="the day of the decision")
    rests_on = ManyField(
        "On which learning cycles does it rest?", subject="the learning cycles", choices=[],
        required=False, hint="A yes or a no waits until each has told the board what it found",
    )  # fmt: skip

    def __init__(self, *args: Any, cycles: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        if cycles:
            self.fields["rests_on"].choices = cycles  # type: ignore[attr-defined]
        else:
            del self.fields["rests_on"]

    def chosen(self, bodies: Mapping[str, Any], cycles: Mapping[str, Any]) -> dict[str, Any]:
        """What was answered, with the rows that were chosen."""
        told = self.answers()
        told |= {"body": bodies[told["body"]], "outcome": Outcome(told["outcome"])}
        return told | {"rests_on": [cycles[each] for each in told.get("rests_on") or ()]}


class EndForm(PageForm):
    outcome = LongTextField(
        "What came of it?", subject="what came of it", max_length=life.LONGEST_TEXT, rows=5,
        hint="Against the test of success",
    )  # fmt: skip


class EndPriorityForm(EndForm):
    """How a priority's year ends, and whether a body chose it for another."""

    FOR_THE_NEXT = ("body", "chosen_on")
    again = ChoiceField(
        "Is it chosen again for the next year?",
        subject="whether it is chosen again",
        choices=[("no", "No, it ends here"), ("yes", "Yes, for another year")],
        hints={"yes": "Its evidence, owner and test of success go over, and each leads to the "
                      "other"},
    )  # fmt: skip
    body = SelectField("Which body chose it again?", subject="the body", choices=[],
                       required=False, hint="Only if it is chosen again")  # fmt: skip
    chosen_on = DayField("On which day?", subject="the day of the choice", required=False)
    from_text = UncertainDateField("First day of the next year", subject="its first day",
                                required=False, hint=AS_EXACT)  # fmt: skip
    to_text = UncertainDateField("Last day of the next year", subject="its last day",
                                 required=False, hint=AS_EXACT)  # fmt: skip

    def __init__(self, *args: Any, bodies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"].choices = bodies  # type: ignore[attr-defined]

    @property
    def is_again(self) -> bool:
        return bool(self.cleaned_data.get("again") == "yes")

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.FOR_THE_NEXT:
            if self.is_again and not told.get(name) and name not in self.errors:
                subject = getattr(self.fields[name], "subject", name)
                self.add_error(name, f"Give {subject}, since it is chosen again")
        return told


class ReportForm(_BodyForm):
    reported_on = DayField("On which day?", subject="the day of the report")
    summary = LongTextField(
        "What did it find, in a few sentences?", subject="what it found",
        max_length=life.LONGEST_TEXT, rows=5,
    )  # fmt: skip


class EachForm(PageForm):
    """One choice and some words for each suggestion of a learning cycle."""

    CHOICES: ClassVar[Choices] = []
    ASKED: ClassVar[str] = ""
    WORDS: ClassVar[str] = ""

    def __init__(self, *args: Any, rows: Sequence[CycleFinding], **options: Any) -> None:
        super().__init__(*args, **options)
        self.keys = [row.key for row in rows]
        for number, row in enumerate(rows, 1):
            self.fields[f"choice-{row.key}"] = ChoiceField(
                f"{number}. {row.suggests}", subject=f"{self.ASKED} {number}", choices=self.CHOICES
            )
            self.fields[f"words-{row.key}"] = LongTextField(
                self.WORDS.format(number), subject=f"words on suggestion {number}",
                max_length=life.LONGEST_REASON, rows=2, required=False,
            )  # fmt: skip
        self.order_fields([name for name in self.fields if name.partition("-")[2]])

    def each(self) -> dict[str, tuple[str, str]]:
        """By the key of a suggestion what was chosen, and in which words."""
        told = self.answers()
        return {key: (told[f"choice-{key}"], told[f"words-{key}"]) for key in self.keys}


class AnswersForm(EachForm):
    CHOICES = [(each.value, each.label) for each in Answer]
    ASKED = "the answer to suggestion"
    WORDS = "Why, or what is done instead of suggestion {}?"

    response = LongTextField("What did the board make of it in all?", subject="the response",
                             max_length=life.LONGEST_TEXT, rows=4)  # fmt: skip
    answered_on = DayField("On which day?", subject="the day of the answer")


class ImpactForm(EachForm):
    CHOICES = [(each.value, each.label) for each in Impact]
    ASKED = "what came of suggestion"
    WORDS = "What shows what came of suggestion {}?"

    words = LongTextField("What changed for children in all?", subject="what changed",
                          max_length=life.LONGEST_TEXT, rows=4)  # fmt: skip
    checked_on = DayField("On which day was it checked?", subject="the day of the check")
    checked_in = SelectField("In which learning cycle was it checked?", choices=[], required=False,
                             subject="the learning cycle")  # fmt: skip

    def __init__(self, *args: Any, cycles: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        if cycles:
            self.fields["checked_in"].choices = cycles  # type: ignore[attr-defined]
        else:
            del self.fields["checked_in"]


class ProposeForm(PageForm):
    partnership = SelectField("Which partnership?", subject="the partnership", choices=[])
    reason = reason("Why should it share in the programme?")

    def __init__(self, *args: Any, partnerships: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["partnership"].choices = partnerships  # type: ignore[attr-defined]


class JoinForm(PageForm):
    say = ChoiceField(
        "Does your partnership share in it?",
        subject="whether your partnership shares in it",
        choices=[("agree", "Yes, from today"), ("decline", "No")],
    )
    words = reason("Anything to say about it?", subject="what to say", required=False,
                   hint="A reason is needed if it does not")  # fmt: skip


class LeaveForm(PageForm):
    on = DayField("Last day on which it shares in the programme", subject="the last day")
    reason = reason("Why does it leave?")


class LinkForm(PageForm):
    record = TextField("Reference of what was done", max_length=40, width=20,
                       hint="Such as HERE-A-0012, of an action or a decision")  # fmt: skip
    how = TextField("How does it answer the lesson?", subject="how it answers", max_length=400)


class SeekForm(PageForm):
    how = TextField("How do you look for somebody?", subject="how you look for somebody",
                    max_length=300, hint="Such as an advert, or a tender among three")  # fmt: skip


class FillForm(PageForm):
    from_text = UncertainDateField("From when?", subject="from when", hint=AS_EXACT)
    until = UncertainDateField("Until when?", subject="until when", required=False,
                               hint="Leave empty if it goes on")  # fmt: skip


class OrderForm(PageForm):
    number = TextField("Number of the order", max_length=100, width=20)


class ClaimForm(PageForm):
    worked = DayField("On which day, or until which day, was it worked?", subject="the day")
    days = HalfDaysField("How many days?", subject="how many days", hint="Such as 1 or 2.5")
    what = LongTextField("What was done?", subject="what was done", max_length=2000, rows=3)


class RenewForm(PageForm):
    until = UncertainDateField("Until when does it go on?", subject="its new end", hint=AS_EXACT)
    more = HalfDaysField("How many more days?", subject="how many more days")
    rate = MoneyField(
        "Pounds a day from now on", required=False, hint="Leave empty if the rate stays",
    )  # fmt: skip
    reason = reason()
