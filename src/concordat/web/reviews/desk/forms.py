"""What is typed and chosen on the pages of local reviews."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from concordat.domain.practice.reviews.rules import methods
from concordat.domain.practice.reviews.rules.clearance import DISCLOSURE, Copy, Step
from concordat.domain.practice.reviews.rules.desk import (
    LISTS,
    TERMS,
    Conflict,
    List,
    Part,
    Points,
    Proceeding,
)
from concordat.web.ui import forms
from concordat.web.ui.fields import Field
from concordat.web.ui.forms import PageForm

Choices = Iterable[tuple[str, str]]
NO_NAME = "Never a name: the label stands for whom it is about"
YES_NO = (("yes", "Yes"), ("no", "No"))


class ChoosingForm(PageForm):
    """A form whose lists are told when it is made: `choices` by the name of the field."""

    def __init__(self, *args: Any, choices: Mapping[str, Choices] | None = None, **options: Any):
        super().__init__(*args, **options)
        for name, listed in (choices or {}).items():
            self.fields[name].choices = list(listed)  # type: ignore[attr-defined]


class CommissionForm(ChoosingForm):
    partnership = forms.SelectField("Which partnership leads?", choices=[], subject="who leads")
    title = forms.TextField("Its label", subject="the label", hint="Such as Heron. Never a name")
    why = forms.LongTextField("Why this review?", subject="why", rows=3)
    decided_on = forms.DayField("When was it decided on?", subject="the day of the decision")
    decided_by = forms.SelectField(
        "Which body decided?", subject="the body", choices=[], required=False
    )
    group = forms.SelectField("Which body runs it?", choices=[], subject="the body that runs it")
    area = forms.SelectField("In which area?", subject="the area", choices=[], required=False)
    origin = forms.TextField(
        "The reference of what it comes from", max_length=40, width=20, required=False
    )
    origin_words = forms.TextField("Or in words", max_length=300, required=False)
    statutory = forms.ChoiceField(
        "Is it a statutory review?", choices=YES_NO, subject="whether it is statutory"
    )
    old_rules = forms.ChoiceField(
        "Do the old board’s rules still apply?", choices=YES_NO, subject="which rules apply",
        initial="no",
    )  # fmt: skip
    children = forms.ManyField(
        "Whom is it about, by label?", subject="the children", choices=[], required=False
    )
    partners = forms.ManyField(
        "Which partnerships take part?", subject="the partnerships", choices=[], required=False
    )


def _question(asked: methods.Asked) -> forms.ChoiceField:
    choices = [(each.key, each.text) for each in asked.choices]
    return forms.ChoiceField(asked.text, subject="an answer", choices=choices, required=False)


class GuideForm(forms.FilterForm):
    """The questions of the guided choice: all in the address, so that it can be sent around."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for asked in methods.QUESTIONS:
            self.fields[asked.key] = _question(asked)


class MethodForm(PageForm):
    method = forms.SelectField(
        "Which method?",
        subject="the method",
        choices=[(each.key, each.name) for each in methods.methods()],
    )
    why = forms.LongTextField(
        "Why this one?", subject="why", rows=3, hint="What speaks for it here"
    )


class TermsForm(PageForm):
    note = forms.TextField(
        "What changed since the last version?",
        subject="what changed",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        note = self.fields.pop("note")
        for item in TERMS:
            self.fields[item.key] = forms.LongTextField(
                item.text, subject="this", hint=item.hint, rows=2, max_length=4000, required=False
            )
        self.fields["note"] = note


class AgreeForm(ChoosingForm):
    body = forms.SelectField("Which body agreed?", choices=[], subject="the body that agreed")
    on = forms.DayField("On which day?", subject="the day")
    words = forms.LongTextField("In which words?", subject="the words", rows=2, required=False)


class StopForm(ChoosingForm):
    body = forms.SelectField(
        "Which body decided?", choices=[], subject="the body that decided", required=False,
        hint="Needed for a statutory review: its partners decide together",
    )  # fmt: skip
    on = forms.DayField("On which day?", subject="the day", required=False)
    reason = forms.LongTextField("Why is it stopped?", subject="why", rows=3)


class TitleForm(PageForm):
    title = forms.TextField("Its label", subject="the label", hint="Never a name")


class ChildForm(ChoosingForm):
    child = forms.SelectField("Which child, by label?", choices=[], subject="the child")


class ShareForm(ChoosingForm):
    partnership = forms.SelectField("Which partnership?", choices=[], subject="the partnership")
    reason = forms.TextField("Why does it take part?", subject="why", max_length=300)


class MemberForm(ChoosingForm):
    part = forms.ChoiceField(
        "As what?", choices=[(p.value, p.value.capitalize()) for p in Part], subject="as what"
    )
    seat = forms.SelectField("Whom? A seat", choices=[], required=False)
    person = forms.SelectField("Or a person who holds none", choices=[], required=False)
    contract = forms.SelectField(
        "On which contract?", subject="the contract", choices=[], required=False
    )
    why = forms.LongTextField(
        "Why them?", subject="why", rows=3, hint="Knowledge, research, independence"
    )


class InterestsForm(PageForm):
    found = forms.ChoiceField(
        "What did the check find?", choices=[(c.value, c.label) for c in Conflict],
        subject="what the check found",
    )  # fmt: skip
    words = forms.LongTextField(
        "What is the interest, and how is it managed?",
        subject="the interest",
        rows=3,
        required=False,
    )


class LetInForm(PageForm):
    from_day = forms.DayField("From which day?", subject="the first day")
    to_day = forms.DayField(
        "Until which day?",
        subject="the last day",
        required=False,
        hint="Whoever works on the review is let in for a time. A panel member’s may stay open",
    )
    appointed = forms.TextField(
        "Who appointed them, and when?", subject="who appointed them", required=False,
        max_length=300, hint="Needed of a reviewer: the safeguarding partners appoint them",
    )  # fmt: skip
    uncontracted = forms.TextField(
        "Why is there no contract?", subject="why", required=False, max_length=300,
        hint="Needed of a reviewer without one",
    )  # fmt: skip


class EndForm(PageForm):
    last = forms.DayField("Which is their last day?", subject="the last day")
    why = forms.TextField("Why does their part end?", subject="why", max_length=300)


class FeeForm(PageForm):
    what = forms.TextField("What is it paid for?", subject="what it is paid for", max_length=300)
    amount = forms.MoneyField("How much?", subject="the sum")
    due = forms.DayField("Expected on", required=False)


class InvoiceForm(PageForm):
    invoice = forms.TextField("Its number", subject="the number", max_length=60, width=20)
    on = forms.DayField("When did it come?", subject="the day")


class ReportForm(ChoosingForm):
    agency = forms.SelectField("Of which agency?", choices=[], subject="the agency")
    seat = forms.SelectField("Which seat signs it?", choices=[], subject="the seat")
    due = forms.DayField("By when?", subject="the due day")


class BriefForm(PageForm):
    author = forms.TextField("Who writes it, by role?", subject="the author", max_length=300)
    independent = forms.LongTextField(
        "How are they independent?", subject="how they are independent", rows=3,
        hint="Of the case, and of who managed it",
    )  # fmt: skip
    on = forms.DayField("When were they briefed?", subject="the day")


class HandInForm(PageForm):
    file = forms.UploadField("The report", subject="the report", kinds=("docx", "pdf"))
    note = forms.TextField("What changed?", subject="what changed", max_length=300, required=False)


class JudgeForm(PageForm):
    adequate = forms.ChoiceField(
        "Is it adequate?", choices=YES_NO, subject="whether it is adequate"
    )
    words = forms.LongTextField("Why, or what is missing?", subject="why", rows=3)


class ProceedingForm(PageForm):
    kind = forms.ChoiceField(
        "What runs beside it?", choices=[(p.value, p.label) for p in Proceeding],
        subject="what runs beside it",
    )  # fmt: skip
    what = forms.TextField("In a few words", subject="what it is", max_length=300, hint=NO_NAME)
    holds = forms.ChoiceField(
        "Does it stop publication?", choices=YES_NO, subject="whether it stops publication"
    )
    waits = forms.LongTextField(
        "What waits for it, and why?", subject="what waits", rows=3, required=False
    )
    expected = forms.DayField("Expected to end on", required=False)


class HowForm(PageForm):
    how = forms.LongTextField("How did it end?", subject="how it ended", rows=3)


class DelayForm(PageForm):
    reason = forms.LongTextField("Why does it take longer?", subject="why", rows=3)
    told = forms.TextField("Who was told?", subject="who was told", required=False, max_length=300)
    expected_on = forms.DayField("Now expected on", required=False)


class LineForm(PageForm):
    question = forms.LongTextField("What is to be found out?", subject="the question", rows=3)


class ConcludeForm(PageForm):
    conclusion = forms.LongTextField("What did it come to?", subject="the conclusion", rows=6)


class FindingForm(PageForm):
    title = forms.TextField("In one line", subject="the line", max_length=300)
    says = forms.LongTextField("What was found?", subject="what was found", rows=4)
    why = forms.LongTextField("Why was it so?", subject="why", rows=4, required=False)
    beyond = forms.LongTextField(
        "Does it reach beyond this case?", subject="how far it reaches", rows=3, required=False
    )


class NewFindingForm(ChoosingForm):
    title = forms.TextField("In one line", subject="the line", max_length=300)
    says = forms.LongTextField("What was found?", subject="what was found", rows=4)
    why = forms.LongTextField("Why was it so?", subject="why", rows=4, required=False)
    beyond = forms.LongTextField(
        "Does it reach beyond this case?", subject="how far it reaches", rows=3, required=False
    )
    line = forms.SelectField(
        "Which line of enquiry does it answer?", subject="the line", choices=[], required=False
    )


class PointForm(PageForm):
    kind = forms.ChoiceField(
        "To what does it point?", choices=[(p.value, p.label) for p in Points],
        subject="to what it points",
    )  # fmt: skip
    record = forms.TextField(
        "Its reference, if it is kept here", max_length=40, width=20, required=False
    )
    place = forms.TextField(
        "Where in it?", subject="where in it", max_length=300, hint="The row, page or day"
    )
    shows = forms.LongTextField(
        "What does that show?", subject="what it shows", rows=3, required=False
    )


class RecommendForm(PageForm):
    title = forms.TextField("In one line", subject="the line", max_length=200)
    change = forms.LongTextField("Which change is wanted?", subject="the change", rows=4)


class DraftForm(PageForm):
    file = forms.UploadField("The report, as a Word file", subject="the report", kinds=("docx",))
    note = forms.TextField(
        "What changed?",
        subject="what changed",
        max_length=300,
        required=False,
        hint="Needed from the second version on",
    )


class SeatForm(ChoosingForm):
    step = forms.ChoiceField(
        "Which step?", choices=[(s.value, s.heading) for s in Step], subject="the step"
    )
    seats = forms.SelectField("Which seat?", choices=[], subject="the seat")
    due = forms.DayField("By when?", subject="the day", required=False)


class PlanForm(PageForm):
    on = forms.DayField("On which day is it published?", subject="the day")
    reason = forms.TextField(
        "Why another day than before?", subject="why", required=False, max_length=300,
        hint="Needed once a day is planned",
    )  # fmt: skip


class CopyForm(PageForm):
    to = forms.ChoiceField(
        "To whom?", choices=[(c.value, c.value[:1].upper() + c.value[1:]) for c in Copy],
        subject="to whom",
    )  # fmt: skip
    on = forms.DayField("Sent on", subject="the day")
    how = forms.TextField("How?", subject="how", max_length=300, hint="Such as secure mail")


class CheckersForm(ChoosingForm):
    first = forms.SelectField("The first", choices=[], subject="the first")
    second = forms.SelectField("The second", choices=[], subject="the second")


class CheckForm(PageForm):
    words = forms.LongTextField(
        "If yes to any: where, and how to mend it?", subject="where", rows=4, required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        words = self.fields.pop("words")
        for each in DISCLOSURE:
            self.fields[each.key] = forms.ChoiceField(
                each.text, choices=YES_NO, subject=f"an answer to “{each.text}”"
            )
        self.fields["words"] = words


class AsideForm(PageForm):
    why = forms.LongTextField(
        "Why is nobody given away?", subject="why", rows=3, hint="Such as: the month, not the name"
    )


class ClearForm(PageForm):
    text = forms.HiddenField()
    words = forms.LongTextField(
        "Anything to add?", subject="what to add", rows=3, required=False,
        hint="For the family’s step: how it was offered, and what they answered",
    )  # fmt: skip


class SignReportForm(PageForm):
    version = forms.HiddenField()


class ElsewhereForm(ChoosingForm):
    partnership = forms.SelectField("Which partnership?", choices=[], subject="the partnership")
    seat = forms.SelectField("Which seat answers for it?", choices=[], subject="the seat")


class AnswerForm(PageForm):
    text = forms.HiddenField()
    agree = forms.ChoiceField(
        "Do you publish it as well?", subject="whether you publish it",
        choices=(("yes", "Yes, we publish this text here"), ("no", "No")),
    )  # fmt: skip
    words = forms.LongTextField("If no: why not?", subject="why not", rows=3, required=False)


class PublishForm(PageForm):
    reason = forms.LongTextField(
        "Why is it published although its advance copies went out late?",
        subject="why it is published", rows=3, required=False,
        hint="Needed where they went out after the day that was counted back from publication",
    )  # fmt: skip


class DownForm(PageForm):
    reason = forms.LongTextField("Why is it taken down?", subject="why", rows=3)
    notice = forms.LongTextField(
        "The notice that stands in its place", rows=3, required=False,
        hint="Needed in the first year",
    )  # fmt: skip


class EventForm(PageForm):
    title = forms.TextField("Its title", subject="the title", max_length=300)
    on = forms.DayField("When is it?", subject="the day")
    place = forms.TextField("Where?", subject="where", required=False, max_length=300)
    about = forms.LongTextField(
        "What is passed on?", subject="what is passed on", rows=3, required=False
    )


class AttendanceForm(ChoosingForm):
    partnership = forms.SelectField("From which partnership?", choices=[], subject="from where")
    invited = forms.NumberField("How many were invited?", subject="how many", most=5000, width=4)
    came = forms.NumberField("How many came?", subject="how many came", most=5000, width=4)
    agencies = forms.TextField(
        "From which agencies?", subject="the agencies", required=False, max_length=300
    )


class FollowForm(ChoosingForm):
    partnership = forms.SelectField("Which partnership?", choices=[], subject="the partnership")
    what = forms.LongTextField("What does it do?", subject="what it does", rows=3)
    owner = forms.SelectField("Which seat does it?", subject="the seat", choices=[], required=False)
    due = forms.DayField("By when?", subject="the due day")


class DoneForm(PageForm):
    came_of_it = forms.LongTextField("What came of it?", subject="what came of it", rows=3)


class EntryForm(ChoosingForm):
    """One more line of a list, in the words of that list."""

    def __init__(self, *args: Any, kind: List, **options: Any) -> None:
        kept = LISTS[kind]
        super().__init__(*args, **{k: v for k, v in options.items() if k != "choices"})
        choices: Mapping[str, Choices] = options.get("choices") or {}
        self.fields["what"] = forms.TextField(kept.what, subject="what it is", max_length=300)
        self.fields["who"] = self._who(kind, choices)
        if kept.of_agency:
            self.fields["agency"] = forms.SelectField(
                "Of which agency?",
                subject="the agency",
                choices=list(choices.get("agency", ())),
                required=False,
            )
        self.fields["planned"] = forms.DayField(kept.day, subject="the day", required=False)
        if kept.more:
            self.fields["more"] = forms.LongTextField(
                kept.more, subject="more", rows=2, required=False
            )

    @staticmethod
    def _who(kind: List, choices: Mapping[str, Choices]) -> Field:
        kept = LISTS[kind]
        if kind is List.FAMILY:
            labels = list(choices.get("who", ()))
            return forms.SelectField(kept.who, choices=labels, subject="a label", hint=kept.hint)
        return forms.TextField(
            kept.who, subject="who", max_length=300, hint=kept.hint, required=kept.who_needed
        )


class OutcomeForm(PageForm):
    def __init__(self, *args: Any, kind: List, **options: Any) -> None:
        super().__init__(*args, **options)
        kept = LISTS[kind]
        self.fields["outcome"] = forms.ChoiceField(
            "What came of it?", subject="what came of it",
            choices=[(each.key, each.text) for each in kept.outcomes],
        )  # fmt: skip
        self.fields["on"] = forms.DayField("On which day?", subject="the day")
        self.fields["words"] = forms.LongTextField("In words", rows=3, required=False)
        if kept.file:
            self.fields["file"] = forms.UploadField(
                "The document", kinds=("docx", "pdf", "xlsx"), required=False
            )


class MoveForm(PageForm):
    """Another day, and whose work it is where the list leaves that open."""

    def __init__(self, *args: Any, kind: List, **options: Any) -> None:
        super().__init__(*args, **options)
        kept = LISTS[kind]
        if not kept.who_needed:
            self.fields["who"] = forms.TextField(
                kept.who, subject="whose work it is", max_length=300, required=False,
                hint="A role, never a name",
            )  # fmt: skip
        self.fields["planned"] = forms.DayField("For which day now?", subject="the day")
        self.fields["reason"] = forms.TextField(
            "Why another day than before?", subject="why", max_length=300, required=False,
            hint="Needed where the day changes",
        )  # fmt: skip
