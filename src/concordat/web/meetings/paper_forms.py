"""What is asked of somebody who puts a paper before a body, or says what they make of it."""

from __future__ import annotations

from typing import Any

from concordat.domain.governance.meetings.rules.agenda import MOST_MINUTES
from concordat.domain.governance.meetings.rules.life import Purpose
from concordat.domain.governance.meetings.rules.papers import CHOSEN, TEMPLATES, Part
from concordat.domain.governance.meetings.rules.presenting import Response
from concordat.web.meetings.forms import Pairs
from concordat.web.ui.forms import (
    ChoiceField,
    DayField,
    FilterForm,
    LinesField,
    LongTextField,
    ManyField,
    NumberField,
    PageForm,
    SelectField,
    TextField,
)


class _Told(PageForm):
    """What one body alone is told on its cover."""

    purposes = ManyField(
        "Status of report for this body, as many as fit",
        choices=[(each.value, each.value.capitalize()) for each in CHOSEN],
        required=False,
        hint="Left empty: as the paper says",
    )
    requested_by = SelectField(Part.REQUESTED_BY.label, choices=[], required=False)
    asks = LinesField("What this body is asked to do, one in a line", required=False,
                      hint="Left empty: what the paper asks of everybody")  # fmt: skip

    def __init__(self, *args: Any, bodies: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["requested_by"].choices = [("", "No board"), *bodies]  # type: ignore[attr-defined]


class PutBeforeForm(_Told):
    meeting = SelectField("At which meeting?", subject="the meeting", choices=[])
    purpose = ChoiceField(
        "What is the meeting to do?",
        subject="what the meeting is to do",
        choices=[(each.value, each.value.capitalize()) for each in Purpose],
    )
    minutes = NumberField("Minutes needed", least=1, most=MOST_MINUTES, required=False, width=3)

    field_order = ("meeting", "purpose", "minutes", "purposes", "requested_by", "asks")

    def __init__(self, *args: Any, meetings: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["meeting"].choices = meetings  # type: ignore[attr-defined]


class TellBodyForm(_Told):
    cover = SelectField(
        "Which cover", choices=[(each.key, each.title) for each in TEMPLATES.values()]
    )


class AskFeedbackForm(PageForm):
    due = DayField("By when?", subject="the day by which it is due")
    seats = ManyField("Whom", choices=[], required=False,
                      hint="Left empty: every seat of the body that has a vote")  # fmt: skip

    def __init__(self, *args: Any, seats: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["seats"].choices = seats  # type: ignore[attr-defined]


class FeedbackForm(PageForm):
    points = LongTextField("What you make of it, one point in a line", rows=6, max_length=8000,
                           subject="at least one point",
                           hint="Each line is a point, and each is answered.")  # fmt: skip
    who = TextField("Who said it, if not you for your seat", max_length=200, required=False)


class AnswerFeedbackForm(PageForm):
    response = ChoiceField(
        "What do you make of it?",
        subject="what you make of it",
        choices=[(each.value, each.value.capitalize()) for each in Response],
    )
    answer = LongTextField("In your words", rows=4, max_length=4000, required=False,
                           hint="Needed unless the point is simply accepted")  # fmt: skip


class ToldForm(PageForm):
    how = LongTextField("Where it is documented, and who was told", rows=4, max_length=2000)


class PapersFilter(FilterForm):
    body = SelectField("Came before", choices=[], required=False)

    def __init__(self, *args: Any, bodies: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"].choices = [("", "Any body"), *bodies]  # type: ignore[attr-defined]
