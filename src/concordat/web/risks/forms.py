"""What is typed and chosen on the pages of risks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from concordat.domain.governance.meetings.rules.life import Purpose
from concordat.domain.governance.risks import rules
from concordat.domain.governance.risks.queries import NARROWED, Order
from concordat.domain.governance.risks.rules import life
from concordat.domain.governance.risks.rules.life import Stage, Treatment, Which, Working
from concordat.domain.governance.risks.rules.schemes import Scheme
from concordat.web.ui import forms

Choices = Iterable[tuple[str, str]]
LONGEST = 4000
READY = [
    ("words", "Words: LOW, MEDIUM and HIGH"),
    ("five", "Five by five, multiplied and banded"),
    ("own", "Our own words"),
]


class ListForm(forms.FilterForm):
    mine = forms.TickField("Only mine", required=False)
    stage = forms.SelectField(
        "State", choices=[(each.value, each.label) for each in Stage], required=False
    )
    wanting = forms.SelectField(
        "What is wanting",
        choices=[(each.value, each.label) for each in NARROWED],
        required=False,
    )
    treatment = forms.SelectField(
        "Treatment", choices=[(each.value, each.word) for each in Treatment], required=False
    )
    likelihood = forms.SelectField("Likelihood", choices=[], required=False)
    impact = forms.SelectField("Impact", choices=[], required=False)

    def __init__(self, data: Any, *, scheme: Scheme) -> None:
        super().__init__(data)
        for name, words in (("likelihood", scheme.likelihoods), ("impact", scheme.impacts)):
            places = [(str(place), word) for place, word in enumerate(words, 1)]
            self.fields[name].choices = places  # type: ignore[attr-defined]

    @property
    def narrowed(self) -> dict[str, Any]:
        """The filters as the query takes them."""
        chosen = self.chosen
        return {
            "mine": bool(chosen.get("mine")),
            "stage": chosen.get("stage", ""),
            "wanting": chosen.get("wanting", ""),
            "treatment": chosen.get("treatment", ""),
            "up": int(chosen.get("likelihood") or 0),
            "across": int(chosen.get("impact") or 0),
            "order": self.order,
        }

    @property
    def order(self) -> Order:
        told = self.data.get("sort", "") if self.is_bound else ""
        return Order(told) if told in set(Order) else Order.HEAVIEST


class QuarterForm(forms.FilterForm):
    quarter = forms.SelectField("Quarter", choices=[], required=False)

    def __init__(self, data: Any, *, quarters: Choices) -> None:
        super().__init__(data)
        self.fields["quarter"].choices = list(quarters)  # type: ignore[attr-defined]


class _Scored(forms.PageForm):
    """A form that asks for likelihood and impact in a register's own words."""

    likelihood = forms.ChoiceField("Likelihood", choices=[])
    impact = forms.ChoiceField("Impact", choices=[])

    def __init__(self, *args: Any, scheme: Scheme, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, words in (("likelihood", scheme.likelihoods), ("impact", scheme.impacts)):
            self.fields[name].choices = [(word, word) for word in words]  # type: ignore[attr-defined]


class ScoreForm(_Scored):
    which = forms.ChoiceField(
        "Which score?",
        subject="which score it is",
        choices=[(each.value, each.label) for each in Which],
    )
    on = forms.DayField(
        "From which day?",
        subject="the day of the score",
        required=False,
        hint="Today if you leave it empty. An earlier day takes its place in the history",
    )
    reason = forms.LongTextField(
        "Why?",
        subject="the reason",
        rows=3,
        max_length=life.LONGEST_REASON,
        hint="What changed, or what shows it",
    )
    field_order = ("which", "likelihood", "impact", "reason", "on")


class AddForm(_Scored):
    title = forms.LongTextField(
        "What is the risk?",
        subject="the risk",
        rows=3,
        max_length=life.LONGEST_TITLE,
        hint="What may happen, and what it would do. Never about a child",
    )
    about = forms.LongTextField(
        "More about it", subject="more about it", max_length=LONGEST, rows=3, required=False
    )
    reason = forms.LongTextField(
        "Why is it scored so?", subject="the reason", rows=2, max_length=life.LONGEST_REASON
    )
    controls = forms.LinesField(
        "What is done about it already?",
        subject="what is done about it",
        required=False,
        hint="One on each line",
    )
    owner = forms.SelectField(
        "Who owns it?",
        subject="who owns it",
        choices=[],
        required=False,
        hint="A post or a seat. A risk without an owner is shown as wanting one",
    )
    review_on = forms.DayField(
        "When is it looked at again?", subject="the review day", required=False
    )
    field_order = (
        "title", "about", "likelihood", "impact", "reason", "controls", "owner", "review_on",
    )  # fmt: skip

    def __init__(self, *args: Any, owners: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].choices = list(owners)  # type: ignore[attr-defined]


class AmendForm(forms.PageForm):
    title = forms.LongTextField(
        "What is the risk?", subject="the risk", rows=3, max_length=life.LONGEST_TITLE
    )
    about = forms.LongTextField(
        "More about it", subject="more about it", max_length=LONGEST, rows=3, required=False
    )
    treatment = forms.ChoiceField(
        "What is done with it?",
        subject="what is done with it",
        choices=[(each.value, each.label) for each in Treatment],
        required=False,
    )
    reason = forms.LongTextField(
        "Why does it change?", subject="the reason", rows=2, max_length=life.LONGEST_REASON
    )

    def __init__(self, *args: Any, stands: Treatment | None, **options: Any) -> None:
        """`stands` is how it is treated now. To live with it is for the body to decide."""
        super().__init__(*args, **options)
        offered = [each for each in Treatment if each in (stands, *life.BY_ITS_OWNER)]
        self.fields["treatment"].choices = [(each.value, each.label) for each in offered]  # type: ignore[attr-defined]


class OwnForm(forms.PageForm):
    owner = forms.SelectField("Who owns it?", subject="who owns it", choices=[])
    reason = forms.LongTextField(
        "Why them?", subject="the reason", rows=2, max_length=life.LONGEST_REASON
    )

    def __init__(self, *args: Any, owners: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].choices = list(owners)  # type: ignore[attr-defined]


class ReviewForm(forms.PageForm):
    words = forms.LongTextField(
        "What did you find?",
        subject="what you found",
        rows=3,
        max_length=life.LONGEST_REASON,
        hint="“No change” is an answer",
    )
    next_on = forms.DayField("When is it looked at next?", subject="the next review day")


class ControlForm(forms.PageForm):
    words = forms.LongTextField(
        "What is done?", subject="what is done", rows=2, max_length=life.LONGEST_CONTROL
    )
    working = forms.ChoiceField(
        "How far does it work?",
        subject="how far it works",
        choices=[(each.value, each.label) for each in Working],
    )
    why = forms.LongTextField(
        "How do you know?",
        subject="how you know",
        rows=2,
        max_length=life.LONGEST_REASON,
        required=False,
        hint="Needed unless it is not judged yet",
    )


class JudgeForm(forms.PageForm):
    working = forms.ChoiceField(
        "How far does it work?",
        subject="how far it works",
        choices=[(each.value, each.label) for each in life.JUDGED],
    )
    why = forms.LongTextField(
        "How do you know?", subject="how you know", rows=3, max_length=life.LONGEST_REASON
    )


class ReasonForm(forms.PageForm):
    reason = forms.LongTextField(
        "Why?", subject="the reason", rows=3, max_length=life.LONGEST_REASON
    )


class AcceptForm(forms.PageForm):
    approver = forms.SelectField(
        "Who approves it?", subject="who approves it", choices=[], hint="A seat of the body"
    )
    reason = forms.LongTextField(
        "Why can it be lived with?", subject="the reason", rows=3, max_length=life.LONGEST_REASON
    )
    expires = forms.DayField(
        "Until when?",
        subject="the last day",
        hint=f"At most {life.MOST_MONTHS_ACCEPTED} months. It is looked at again then",
    )
    decision = forms.TextField(
        "Reference of the decision, if there is one",
        subject="the reference of the decision",
        max_length=40,
        required=False,
        hint="Such as THSCP-DE-0004",
    )

    def __init__(self, *args: Any, seats: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["approver"].choices = list(seats)  # type: ignore[attr-defined]


class MoveForm(forms.PageForm):
    reason = forms.LongTextField(
        "Why does it move?", subject="the reason", rows=3, max_length=life.LONGEST_REASON
    )


class MoveAndScoreForm(_Scored):
    reason = forms.LongTextField(
        "Why does it move, and why this score?",
        subject="the reason",
        rows=3,
        max_length=life.LONGEST_REASON,
    )


class TableForm(forms.PageForm):
    meeting = forms.SelectField("Which meeting?", subject="the meeting", choices=[])
    purpose = forms.ChoiceField(
        "What is it to do?",
        subject="what the meeting is to do",
        choices=[(each.value, each.value.capitalize()) for each in Purpose],
    )
    minutes = forms.NumberField(
        "How many minutes?", subject="the minutes", least=1, most=600, required=False
    )
    reason = forms.LongTextField(
        "Why does it come to this meeting?",
        subject="the reason",
        rows=3,
        max_length=life.LONGEST_REASON,
    )

    def __init__(self, *args: Any, meetings: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["meeting"].choices = list(meetings)  # type: ignore[attr-defined]


class ShareForm(forms.PageForm):
    partnership = forms.SelectField("With which partnership?", subject="which one", choices=[])
    reason = forms.LongTextField(
        "Why is it common to both?", subject="the reason", rows=2, max_length=life.LONGEST_REASON
    )

    def __init__(self, *args: Any, partnerships: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["partnership"].choices = list(partnerships)  # type: ignore[attr-defined]


class TakeInForm(_Scored):
    reason = forms.LongTextField(
        "Why is it scored so here?", subject="the reason", rows=3, max_length=life.LONGEST_REASON
    )
    owner = forms.SelectField(
        "Who owns it here?", subject="who owns it", choices=[], required=False
    )

    def __init__(self, *args: Any, owners: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].choices = list(owners)  # type: ignore[attr-defined]


class TieForm(forms.PageForm):
    record = forms.TextField(
        "Reference",
        subject="the reference",
        max_length=40,
        hint="Of a decision, an action, a document or anything else, such as THSCP-DE-0004",
    )
    words = forms.TextField(
        "What has it to do with the risk?",
        subject="what it has to do with it",
        max_length=300,
        required=False,
    )


class RegisterForm(forms.PageForm):
    title = forms.TextField("What is it called?", subject="its name", max_length=300)
    keeper = forms.SelectField(
        "Which body keeps it?",
        subject="the body that keeps it",
        choices=[],
        required=False,
        hint="It accepts risks and closes them",
    )
    ready = forms.ChoiceField(
        "How are risks scored?",
        subject="how risks are scored",
        choices=READY,
        hints={
            "words": "Nothing is multiplied: a risk is HIGH likelihood and MEDIUM impact",
            "five": "Likelihood times impact, each 1 to 5: 1 to 3 low, 4 to 6 moderate, "
            "8 to 12 high, 15 to 25 extreme",
            "own": "Write them below",
        },
    )
    likelihoods = forms.LinesField(
        "Your words for likelihood", required=False, hint="One on each line, the lowest first"
    )
    impacts = forms.LinesField(
        "Your words for impact", required=False, hint="One on each line, the lowest first"
    )
    bands = forms.LinesField(
        "Bands, if both are multiplied",
        required=False,
        hint="One on each line, such as “15 to 25 extreme”. Leave it empty if nothing is "
        "multiplied",
    )

    def __init__(self, *args: Any, bodies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["keeper"].choices = list(bodies)  # type: ignore[attr-defined]

    def scheme(self) -> dict[str, list[str]]:
        """The words that were chosen or written."""
        answers = self.answers()
        names = ("likelihoods", "impacts", "bands")
        if answers["ready"] in rules.schemes.READY:
            ready = rules.schemes.READY[answers["ready"]]
            return {name: list(words) for name, words in zip(names, ready, strict=True)}
        return {name: list(answers[name] or []) for name in names}
