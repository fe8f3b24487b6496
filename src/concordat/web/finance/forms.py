"""What is asked of somebody who builds a budget, gives to one, or disagrees about one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError

from concordat.domain.governance.finance.rules import Level, Method, disputes
from concordat.domain.governance.finance.rules.demand import MOST_REVIEWS, SEED, SURE
from concordat.web.ui.forms import (
    ChoiceField,
    DayField,
    LongTextField,
    MoneyField,
    NumberField,
    PageForm,
    SelectField,
    TextField,
    UncertainDateField,
)

Choices = list[tuple[str, str]]
SIDES = ("one", "other", "third")
MOST = 10**12
"""Far more than anybody counts; a number such as 1e999999 would take hours to share by."""
LEVELS = [(each.value, each.label) for each in Level]


class DecimalField(TextField):
    """A number with decimals; the value is a Decimal, or None."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, max_length=20, width=options.pop("width", 5), **options)

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "").replace(",", "").removesuffix("%").strip()
        try:
            number = Decimal(text) if text else None
        except InvalidOperation:
            number = Decimal("NaN")
        if number is not None and not (number.is_finite() and abs(number) < MOST):
            raise ValidationError(f"“{text}” is not a number. Write it like 33.3.", code="invalid")
        return number


class _ChoicesForm(PageForm):
    """`choices` gives fields of a choice what they offer, by the field's name."""

    def __init__(self, *args: Any, choices: dict[str, Choices], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]


class BudgetForm(_ChoicesForm):
    year = TextField(
        "Which year?", subject="the year", max_length=9, width=10, hint="Such as 2019/20"
    )
    body = SelectField(
        "Whose budget is it?",
        subject="whose budget it is",
        choices=[],
        required=False,
        hint="Leave it empty for the partnership’s own; choose the old board for what it leaves",
    )
    reserve = MoneyField("What is left over from before?", subject="the reserve", required=False)
    inherits = SelectField(
        "Which budget does it take over from?",
        subject="the budget before it",
        choices=[],
        required=False,
    )
    matter = SelectField(
        "By which matter is its money authorised?",
        subject="the matter",
        choices=[],
        required=False,
        hint="The arrangements say who may decide each matter",
    )
    about = LongTextField("More about it", rows=3, max_length=2000, required=False)


class DescribeBudgetForm(BudgetForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["year"], self.fields["body"]


class DecisionForm(_ChoicesForm):
    decision = SelectField("Which decision?", subject="the decision", choices=[])


class CostForm(_ChoicesForm):
    title = TextField("What is paid for?", subject="what is paid for", max_length=400)
    heading = TextField("Under which heading?", subject="the heading", max_length=200,
                        required=False)  # fmt: skip
    level = ChoiceField("How often?", subject="how often", choices=LEVELS)
    amount = MoneyField("Budget", subject="the budget", required=False,
                        hint="Leave it empty while nobody knows")  # fmt: skip
    spent = MoneyField("Spent", subject="what is spent", required=False)
    forecast = MoneyField("Forecast for the year", subject="the forecast", required=False)
    role = SelectField("For which role?", subject="the role", choices=[], required=False)
    grade = TextField("Grade of the post", subject="the grade", max_length=100, required=False)
    full_cost = MoneyField("Full-time cost of the post a year", subject="the full-time cost",
                           required=False)  # fmt: skip
    share = DecimalField("Percent of the post", subject="the share of the post", required=False)
    days = DecimalField("Days paid for", subject="the days", required=False)
    day_rate = MoneyField("Cost of a day", subject="the cost of a day", required=False)
    decision = SelectField(
        "Decision on spending more", subject="the decision", choices=[], required=False
    )
    about = LongTextField("More about it", rows=3, max_length=2000, required=False)


class ContributionForm(_ChoicesForm):
    agency = SelectField(
        "Who gives?",
        subject="who gives",
        choices=[],
        required=False,
        hint="Leave it empty for other income, such as charges or a grant",
    )
    fund = TextField(
        "From which of its sources, or what is it?",
        subject="the source",
        max_length=300,
        required=False,
        hint="Such as general fund or public health",
    )
    amount = MoneyField("How much is asked?", subject="the sum", required=False)
    in_kind = TextField("What is given other than money?", subject="what is given in kind",
                        max_length=1000, required=False)  # fmt: skip
    in_kind_value = MoneyField("What is that worth?", subject="its worth", required=False)
    conditions = LongTextField(
        "Conditions, if it is a grant", subject="the conditions", rows=3, max_length=2000,
        required=False,
    )  # fmt: skip
    report_due = UncertainDateField(
        "When is the giver told how it was used?", subject="the day of the report", required=False
    )
    matter = SelectField(
        "By which matter is it authorised, if not its budget’s?",
        subject="the matter",
        choices=[],
        required=False,
    )


class DescribeContributionForm(ContributionForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["agency"]


class PledgeForm(PageForm):
    amount = MoneyField("How much is pledged?", subject="the sum")


class AskAgainForm(PageForm):
    amount = MoneyField("How much is asked now?", subject="the sum")


class MoneyMovedForm(PageForm):
    amount = MoneyField("How much?", subject="the sum")
    on = DayField("On which day?", subject="the day")


class AgreeForm(_ChoicesForm):
    amount = MoneyField("How much is agreed?", subject="the sum")
    on = DayField("On which day was it agreed?", subject="the day")
    decision = SelectField(
        "Which decision is behind it?",
        subject="the decision",
        choices=[],
        required=False,
        hint="Without one it is flagged until one is named",
    )


class TotalForm(PageForm):
    of = TextField("What is it the total of?", subject="what it is the total of", max_length=300,
                   hint="Such as all income, all costs, or a heading")  # fmt: skip
    amount = MoneyField("What total is stated?", subject="the total")
    source = TextField("Who states it?", subject="who states it", max_length=400)


class ComparatorForm(PageForm):
    title = TextField("What is it?", subject="what it is", max_length=300)
    average = MoneyField("On average", required=False)
    lowest = MoneyField("At least", required=False)
    highest = MoneyField("Up to", required=False)
    per = TextField("For each what?", subject="for each what", max_length=200, required=False)
    found_in = TextField("Where?", subject="where", max_length=300, required=False)
    year = TextField("For which year?", subject="the year", max_length=60, required=False)
    source = TextField("Who says so?", subject="who says so", max_length=400)


class FormulaForm(PageForm):
    """A formula of one method, with a field for each agency that could share."""

    title = TextField("What is it called?", subject="what it is called", max_length=200)
    total = MoneyField(
        "What sum is shared?",
        subject="the sum",
        required=False,
        hint="Leave it empty to share all that the budget needs",
    )
    equal_part = DecimalField("Percent that is shared equally", subject="the equal part")
    about = LongTextField("Why this formula?", subject="why", rows=2, max_length=1000,
                          required=False)  # fmt: skip

    def __init__(
        self, *args: Any, method: Method, agencies: list[Any], is_named: bool = False,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        if is_named:
            del self.fields["title"]
        if method is not Method.HYBRID:
            del self.fields["equal_part"]
        for agency in agencies:
            self.fields[f"of_{agency.key}"] = _part_field(method, agency.name)

    def parts(self) -> dict[str, Any]:
        """What was given for each agency, by its key; None where nothing was."""
        told = {} if not hasattr(self, "cleaned_data") else self.cleaned_data
        return {name[3:]: told.get(name) for name in self.fields if name.startswith("of_")}


SHARES, SHARES_NOT = "yes", "no"


def _part_field(method: Method, name: str) -> Any:
    if method is Method.EQUAL:
        return ChoiceField(
            f"Does {name} share?",
            subject=f"whether {name} shares",
            choices=[(SHARES, "It shares"), (SHARES_NOT, "It does not")],
            initial=SHARES,
        )
    if method is Method.FLAT:
        hint = "Leave it empty to share the rest"
        return MoneyField(
            f"{name}: flat sum", subject=f"the sum of {name}", required=False, hint=hint
        )
    hint = "Leave it empty if it does not share"
    label = f"{name}: {method.asks.lower()}"
    return DecimalField(label, subject=f"the number of {name}", required=False, hint=hint)


class DemandForm(PageForm):
    low = NumberField("At least how many reviews a year?", subject="the lowest number",
                      most=MOST_REVIEWS)  # fmt: skip
    likely = NumberField("Most likely how many?", subject="the likely number", most=MOST_REVIEWS)
    high = NumberField("At most how many?", subject="the highest number", most=MOST_REVIEWS)
    least = MoneyField(
        "What does one cost at least?",
        subject="the least cost",
        required=False,
        hint="Leave it empty if nobody says: none is then below the usual cost",
    )
    usual = MoneyField("What does one usually cost?", subject="the usual cost")
    most = MoneyField("What does one cost at most?", subject="the highest cost")
    seed = NumberField(
        "Number from which chance is drawn",
        subject="that number",
        initial=SEED,
        most=2**31 - 1,
        hint="The same number draws the same years again",
    )
    about = LongTextField("Where do the figures come from?", subject="where they come from",
                          rows=2, max_length=1000)  # fmt: skip


class SureForm(PageForm):
    sure = ChoiceField(
        "How sure do you want to be?",
        subject="how sure",
        choices=[(str(each), f"Enough in {each} of 100 years") for each in SURE],
    )


class DisputeForm(_ChoicesForm):
    title = TextField("What is it about, in a few words?", subject="what it is about",
                      max_length=300)  # fmt: skip
    issue = LongTextField("What do they disagree about?", subject="the issue", rows=3,
                          max_length=disputes.LONGEST_ISSUE)  # fmt: skip
    standard = SelectField("On what standard do they rely?", subject="the standard",
                           choices=[(each, each) for each in disputes.STANDARDS])  # fmt: skip
    needed = MoneyField("Sum at issue", subject="the sum at issue", required=False)
    one = SelectField("First agency", subject="the first agency", choices=[])
    one_says = LongTextField("Where does it stand?", subject="where the first agency stands",
                             rows=2, max_length=1000)  # fmt: skip
    one_offers = MoneyField("What does it offer?", subject="what the first agency offers",
                            required=False)  # fmt: skip
    one_formula = SelectField("Formula that the first agency wants", choices=[], required=False)
    other = SelectField("Second agency", subject="the second agency", choices=[])
    other_says = LongTextField("Where does that one stand?",
                               subject="where the second agency stands", rows=2,
                               max_length=1000)  # fmt: skip
    other_offers = MoneyField("What does that one offer?", subject="what the second agency offers",
                              required=False)  # fmt: skip
    other_formula = SelectField("Formula that the second agency wants", choices=[], required=False)
    third = SelectField("Third agency", subject="the third agency", choices=[], required=False,
                        hint="Leave it empty where two agencies differ")  # fmt: skip
    third_says = LongTextField("Where does the third stand?",
                               subject="where the third agency stands", rows=2, max_length=1000,
                               required=False)  # fmt: skip
    third_offers = MoneyField("What does the third offer?", subject="what the third agency offers",
                              required=False)  # fmt: skip
    third_formula = SelectField("Formula that the third agency wants", choices=[], required=False)

    @property
    def sides(self) -> tuple[str, ...]:
        """Which agencies were named."""
        return SIDES if self.cleaned_data.get("third") else SIDES[:2]


class WordsForm(PageForm):
    settlement = LongTextField("How would it be settled?", subject="what is proposed", rows=4,
                               max_length=disputes.LONGEST_ISSUE,
                               hint="Each agency agrees to these words")  # fmt: skip


class CarryForm(PageForm):
    """Which seat of a body speaks for each agency, in their order."""

    def __init__(self, *args: Any, agencies: Sequence[str], seats: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        for side, name in zip(SIDES, agencies, strict=False):
            self.fields[side] = SelectField(
                f"Which seat speaks for {name}?", subject=f"the seat for {name}", choices=seats
            )

    @property
    def seats(self) -> list[str]:
        told = self.answers()
        return [told[side] for side in SIDES if side in told]
