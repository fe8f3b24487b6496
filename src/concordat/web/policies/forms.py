"""What is asked of somebody who drafts, decides on, reviews or acknowledges a policy."""

from __future__ import annotations

from typing import Any

from concordat.domain.base.documents import rules as papers
from concordat.domain.governance.policies import rules
from concordat.domain.governance.policies.rules import Review, State
from concordat.web.ui.forms import (
    ChoiceField,
    DayField,
    FilterForm,
    HiddenField,
    LongTextField,
    ManyField,
    PageForm,
    SelectField,
    TextField,
    TickField,
    UncertainDateField,
    UploadField,
)

Choices = list[tuple[str, str]]
YES_OR_NO = [("yes", "The public may read it"), ("no", "For the partners only")]


class PolicyFilter(FilterForm):
    words = TextField("Words", max_length=100, required=False)
    type = SelectField("Type", choices=[], required=False)
    state = SelectField(
        "State", choices=[(each.value, each.label) for each in State], required=False
    )
    review = SelectField(
        "Review",
        choices=[(each.value, each.value.capitalize()) for each in Review],
        required=False,
    )
    audience = SelectField("Audience", choices=[], required=False)
    public = SelectField("Who reads it", choices=YES_OR_NO, required=False)

    def __init__(self, *args: Any, types: list[str], audiences: list[str]) -> None:
        super().__init__(*args)
        for name, found in (("type", types), ("audience", audiences)):
            self.fields[name].choices = [(each, each) for each in found]  # type: ignore[attr-defined]


class PolicyForm(PageForm):
    title = TextField("Title", subject="the title", max_length=300)
    type = SelectField("What is it?", subject="what it is", choices=[])
    summary = LongTextField(
        "What it says, in plain words",
        subject="the summary",
        max_length=rules.LONGEST_SUMMARY,
        required=False,
    )
    audience = ManyField("Who works to it?", subject="who works to it", choices=[], required=False)
    owner = SelectField("Who owns it?", subject="who owns it", choices=[], required=False)
    made_by = SelectField(
        "Which group made it?",
        subject="the group that made it",
        choices=[],
        required=False,
        hint="Such as a task and finish group",
    )
    review_on = UncertainDateField(
        "When is it looked at again?", subject="the review day", required=False
    )
    public = ChoiceField("Who may read it?", subject="who may read it", choices=YES_OR_NO)

    def __init__(
        self, *args: Any, types: Choices, audiences: Choices, owners: Choices, bodies: Choices,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        offered = {"type": types, "audience": audiences, "owner": owners, "made_by": bodies}
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class TextForm(PageForm):
    file = UploadField(
        "File",
        kinds=(*papers.KINDS, "jpeg"),
        most_megabytes=papers.MEGABYTES,
        hint=papers.LIMITS_IN_WORDS,
        subject="the file",
    )
    note = TextField("What it is", max_length=papers.LONGEST_NOTE, required=False)


class _BodyForm(PageForm):
    body = SelectField("Which body?", subject="the body", choices=[])

    def __init__(self, *args: Any, bodies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"].choices = bodies  # type: ignore[attr-defined]


class ForwardForm(_BodyForm):
    due = DayField("By when?", subject="the day by which it decides", required=False)


class ApproveForm(_BodyForm):
    digest = HiddenField()
    decided_on = DayField("On which day did it decide?", subject="the day of the decision")
    minute = TextField(
        "Where is it recorded?",
        subject="where it is recorded",
        max_length=rules.LONGEST_MINUTE,
        required=False,
        hint="Such as the meeting and the item",
    )
    review_on = DayField("When is it looked at again?", subject="the review day", required=False)


class BeginForm(PageForm):
    from_day = DayField("From which day is it in force?", subject="its first day")
    trial_until = DayField(
        "If it is a prototype, until when is it under test?",
        subject="the last day of the test",
        required=False,
    )


class ReviewForm(PageForm):
    reason = LongTextField(
        "What did you find?", subject="what you found", rows=3, max_length=rules.LONGEST_REASON
    )
    review_on = DayField("When is it looked at again?", subject="the next review day")


class AdoptForm(PageForm):
    reason = LongTextField(
        "What did the test show?",
        subject="what the test showed",
        rows=3,
        max_length=rules.LONGEST_REASON,
    )


class SupersedeForm(PageForm):
    successor = SelectField(
        "Which policy takes its place?", subject="the policy that takes its place", choices=[]
    )

    def __init__(self, *args: Any, policies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["successor"].choices = policies  # type: ignore[attr-defined]


class PublishForm(PageForm):
    checked = TickField(
        "I have checked that it names no child and nobody who must not be named",
        subject="that it names nobody who must not be named",
    )


class AskForm(PageForm):
    agencies = ManyField("Which agencies?", subject="the agencies", choices=[])
    due = DayField("By when?", subject="the day by which they answer", required=False)

    def __init__(self, *args: Any, agencies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agencies"].choices = agencies  # type: ignore[attr-defined]


class AcknowledgeForm(PageForm):
    digest = HiddenField()
    agency = SelectField("For which agency?", subject="the agency", choices=[])
    read = TickField("Our staff work to this version", subject="that your staff work to it")

    def __init__(self, *args: Any, agencies: Choices, **options: Any) -> None:
        """Who answers for one agency alone has none to choose."""
        super().__init__(*args, **options)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]
        if len(agencies) < 2:
            del self.fields["agency"]
