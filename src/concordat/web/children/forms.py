"""What is typed and chosen on the pages of children."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from concordat.domain.practice.children.rules import (
    LONGEST_LABEL,
    LONGEST_TEXT,
    LONGEST_TOLD,
    Checked,
    Ground,
    What,
)
from concordat.web.ui import forms

Choices = Iterable[tuple[str, str]]


class GroundForm(forms.PageForm):
    ground = forms.ChoiceField(
        "What is put on record?",
        subject="what is put on record",
        choices=[(each.value, str(each.value).capitalize()) for each in Ground],
        hints={each.value: each.asks[:1].upper() + each.asks[1:] for each in Ground},
    )
    holder = forms.TextField(
        "Who answers for it?",
        subject="who answers for it",
        hint="The controller itself, the parties of an agreement, or who made an assessment",
        max_length=LONGEST_TOLD,
    )
    from_day = forms.DayField("From when does it hold?", subject="the first day")
    review_by = forms.DayField(
        "By when is it looked at again?",
        subject="the day by which it is looked at again",
        hint="After that day nothing new can be kept until it was looked at",
    )
    document = forms.SelectField(
        "Which document is it?",
        subject="the document",
        choices=[],
        required=False,
        hint="An agreement and an assessment are documents. Add it under Documents first",
    )

    def __init__(self, *args: Any, documents: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["document"].choices = list(documents)  # type: ignore[attr-defined]


class EndForm(forms.PageForm):
    on = forms.DayField("What is its last day?", subject="its last day")
    reason = forms.TextField("Why does it end?", subject="the reason", max_length=LONGEST_TOLD)


class KeepForm(forms.PageForm):
    area = forms.SelectField("In which area?", subject="the area", choices=[])
    label = forms.TextField(
        "By which label?",
        subject="the label",
        hint="A word that tells nothing, such as a bird. Never a name, a street or a school",
        max_length=LONGEST_LABEL,
        width=20,
    )
    keepers = forms.ManyField(
        "Who keeps the key to the names besides you?",
        subject="who keeps the key",
        choices=[],
        required=False,
        hint="Only they and you can ever see names. Choose as few as the work needs",
    )
    owner = forms.SelectField(
        "Which seat or body works on the case?",
        subject="who works on the case",
        choices=[],
        required=False,
        hint="It can open the child by label. It cannot open the key",
    )

    def __init__(
        self, *args: Any, areas: Choices, people: Choices, owners: Choices, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name, choices in {"area": areas, "keepers": people, "owner": owners}.items():
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]


class RelativeForm(forms.PageForm):
    label = forms.TextField(
        "By which label?",
        subject="the label",
        hint="Such as Mother, Sibling B or Mother’s partner",
        max_length=LONGEST_LABEL,
        width=20,
    )
    relation = forms.TextField(
        "How do they belong to the family?",
        subject="how they belong",
        hint="Such as birth mother, or lives in the household",
        max_length=100,
        required=False,
    )


class LabelForm(forms.PageForm):
    label = forms.TextField("The new label", max_length=LONGEST_LABEL, width=20)


class TellForm(forms.PageForm):
    """What identifies somebody. It is never kept unsent: only the key holds it."""

    who = forms.SelectField("Of whom?", subject="of whom it is", choices=[])
    what = forms.SelectField(
        "What is told?",
        subject="what is told",
        choices=[(each.value, str(each.value).capitalize()) for each in What],
    )
    text = forms.TextField("What is it?", subject="the text", max_length=LONGEST_TEXT)
    provenance = forms.TextField(
        "Where does it come from?",
        subject="where it comes from",
        hint="Such as birth notification, or GP record",
        max_length=LONGEST_TOLD,
    )
    checked = forms.ChoiceField(
        "How was it checked?",
        subject="how it was checked",
        choices=[(each.value, str(each.value).capitalize()) for each in Checked],
    )
    reason = forms.TextField(
        "Why is what stood before put right?",
        subject="the reason",
        hint="Only where one is on record already",
        max_length=LONGEST_TOLD,
        required=False,
    )

    def __init__(self, *args: Any, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["who"].choices = list(people)  # type: ignore[attr-defined]

    @property
    def may_wait(self) -> bool:
        return False
