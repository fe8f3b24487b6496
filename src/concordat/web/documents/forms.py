"""What is asked of somebody who adds, replaces, signs, comments, answers or publishes."""

from __future__ import annotations

from typing import Any

from concordat.domain.base.documents import rules
from concordat.kernel.sensitivity import Sensitivity
from concordat.web.ui.forms import (
    ChoiceField,
    DayField,
    EmailField,
    FilterForm,
    HiddenField,
    LongTextField,
    ManyField,
    PageForm,
    SelectField,
    TextField,
    TickField,
    UploadField,
)

LEVELS = (Sensitivity.PARTNERSHIP, Sensitivity.RESTRICTED)


def _file(label: str) -> UploadField:
    return UploadField(
        label,
        kinds=(*rules.KINDS, "jpeg"),
        most_megabytes=rules.MEGABYTES,
        hint=rules.LIMITS_IN_WORDS,
        subject="the file",
    )


class AddForm(PageForm):
    title = TextField("Title", subject="the title", max_length=300, hint="Never a child’s name.")
    file = _file("File")
    note = TextField("What it is", max_length=rules.LONGEST_NOTE, required=False)
    sensitivity = ChoiceField(
        "Who may open it?",
        subject="who may open it",
        choices=[(str(level.value), level.label) for level in LEVELS],
        hints={str(level.value): level.audience for level in LEVELS},
        initial=str(Sensitivity.PARTNERSHIP.value),
    )

    def __init__(self, *args: Any, held: Sensitivity, **options: Any) -> None:
        """On a record that is held closely the document is held as closely: nothing to choose."""
        super().__init__(*args, **options)
        if held > Sensitivity.PARTNERSHIP:
            del self.fields["sensitivity"]


class ReplaceForm(PageForm):
    file = _file("New file")
    note = TextField("What changed", max_length=rules.LONGEST_NOTE)


class AskForm(PageForm):
    seats = ManyField("Who should sign it off?", subject="who should sign it off", choices=[])
    due = DayField("By when?", subject="the day by which they sign", required=False)

    def __init__(self, *args: Any, seats: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["seats"].choices = seats  # type: ignore[attr-defined]


class SignForm(PageForm):
    digest = HiddenField()
    wording = TextField(
        "What you sign with",
        max_length=rules.LONGEST_WORDING,
        hint="In what capacity, and what it commits you to, such as “takes decisions and "
        "commits resources for the council”",
    )
    read = TickField("I have read this version", subject="that you have read this version")


class PublishForm(PageForm):
    checked = TickField(
        "I have checked that it names no child and nobody who must not be named",
        subject="that it names nobody who must not be named",
    )


Choices = list[tuple[str, str]]


class ExtendForm(PageForm):
    closes = DayField(
        "Until when are comments taken?", subject="the day until which they are taken"
    )


class GuestForm(PageForm):
    name = TextField("Name of the guest", hint="One person. The link is for them alone.")
    email = EmailField("Their work email address", max_length=254, autocomplete="off")


class NothingForm(PageForm):
    """Who speaks for one seat alone, or is a guest, has no seat to choose."""

    digest = HiddenField()
    seat = SelectField("Which of your seats is this from?", subject="the seat", choices=[])

    def __init__(self, *args: Any, seats: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["seat"].choices = seats  # type: ignore[attr-defined]
        if len(seats) < 2:
            del self.fields["seat"]


class CommentForm(NothingForm):
    place = TextField(
        "Which section?",
        subject="the section",
        max_length=rules.LONGEST_PLACE,
        required=False,
        hint="Such as 4.2, or “the table of delegations”",
    )
    text = LongTextField(
        "Your comment", subject="your comment", rows=5, max_length=rules.LONGEST_COMMENT
    )


class RecordForm(PageForm):
    """What somebody said by another way than here, put on record for their seat."""

    seat = SelectField("For which seat was it said?", subject="the seat", choices=[])
    made_by = TextField(
        "Who said it?", subject="who said it", hint="The name and post, as they signed.",
        max_length=200,
    )  # fmt: skip
    came = ChoiceField(
        "How did it come?",
        subject="how it came",
        choices=[(each.value, each.value.capitalize()) for each in rules.Came],
    )
    made_on = DayField("When did it come?", subject="the day on which it came")
    digest = SelectField("Which version is it about?", subject="the version", choices=[])
    place = TextField(
        "Which section?", subject="the section", max_length=rules.LONGEST_PLACE, required=False
    )
    text = LongTextField(
        "What was said",
        subject="what was said",
        hint="In their own words.",
        rows=5,
        max_length=rules.LONGEST_COMMENT,
    )

    def __init__(self, *args: Any, seats: Choices, versions: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["seat"].choices = seats  # type: ignore[attr-defined]
        self.fields["digest"].choices = versions  # type: ignore[attr-defined]


class AnswerForm(PageForm):
    outcome = ChoiceField(
        "What becomes of it?",
        subject="what becomes of it",
        choices=[(each.value, each.label) for each in rules.Outcome],
    )
    reason = LongTextField(
        "Why, or what was changed?",
        subject="the reason",
        rows=4,
        max_length=rules.LONGEST_REASON,
        required=False,
        hint="Needed unless you take it as it stands. Whoever commented reads this.",
    )


class MatrixFilter(FilterForm):
    answer = SelectField(
        "Answer",
        choices=[("none", "No answer yet"), *((each.value, each.label) for each in rules.Outcome)],
        required=False,
    )
    who = SelectField("Who", choices=[], required=False)
    place = SelectField("Section", choices=[], required=False)
    round = SelectField("Round", choices=[], required=False)

    def __init__(self, *args: Any, who: Choices, places: Choices, rounds: Choices) -> None:
        super().__init__(*args)
        for name, choices in (("who", who), ("place", places), ("round", rounds)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
