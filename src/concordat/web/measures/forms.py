"""What is asked of somebody who defines a measure or puts a value beside one."""

from __future__ import annotations

from typing import Any

from concordat.domain.governance.measures import rules
from concordat.domain.governance.measures.rules import Better, Symbol
from concordat.web.ui.forms import (
    LongTextField,
    PageForm,
    SelectField,
    TextField,
    UncertainDateField,
)

Choices = list[tuple[str, str]]


class MeasureForm(PageForm):
    title = TextField("What is counted?", subject="what is counted", max_length=rules.LONGEST_TITLE)
    definition = LongTextField(
        "What exactly is counted, and what is not?", subject="the definition", max_length=4000,
        rows=3, required=False,
    )  # fmt: skip
    unit = TextField("In what?", subject="the unit", max_length=60, required=False,
                     hint="Such as episodes, children or %")  # fmt: skip
    better = SelectField(
        "Which way is better?", subject="which way is better", required=False,
        choices=[(each.value, each.label) for each in Better],
    )  # fmt: skip
    owner = SelectField("Who owns it?", subject="who owns it", choices=[], required=False)
    serves = SelectField("What does it measure?", subject="what it measures", choices=[],
                         required=False)  # fmt: skip
    collected_from = TextField("Where do the figures come from?", subject="where they come from",
                               max_length=300, required=False)  # fmt: skip
    target = TextField("What is aimed at?", subject="the target", max_length=20, width=10,
                       required=False, hint="A number in its unit")  # fmt: skip

    def __init__(self, *args: Any, owners: Choices, served: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in (("owner", owners), ("serves", served)):
            kept = str(self.initial.get(name) or "")
            known = {value for value, _ in choices}
            more = [(kept, kept.partition(":")[2])] if kept and kept not in known else []
            self.fields[name].choices = [*choices, *more]  # type: ignore[attr-defined]


class ValueForm(PageForm):
    at = UncertainDateField("For when?", subject="for when it is",
                            hint="A day, a month, a quarter or a year")  # fmt: skip
    value = TextField("The number", max_length=40, width=10, required=False)
    symbol = SelectField(
        "Why there is no plain number, or what is to be known of it", required=False,
        choices=[(each.value, f"{each.sign} {each.value}") for each in Symbol],
        hint="Fewer than five children are suppressed before they are written down here",
    )  # fmt: skip
    source = TextField("Where it is from", max_length=300, required=False)
