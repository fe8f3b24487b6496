"""What is asked of somebody who calls, attends, proposes, records, decides or disagrees."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError

from concordat.domain.base.documents import rules as documents
from concordat.domain.governance.meetings.operations.attending import DONE
from concordat.domain.governance.meetings.operations.letters import PARTIES
from concordat.domain.governance.meetings.rules import moments
from concordat.domain.governance.meetings.rules.agenda import MOST_MINUTES
from concordat.domain.governance.meetings.rules.deciding import Outcome, Voice
from concordat.domain.governance.meetings.rules.life import Purpose
from concordat.domain.governance.meetings.rules.papers import (
    CHOSEN,
    Check,
    Given,
    Part,
)
from concordat.domain.governance.meetings.rules.quorum import Effect, Presence
from concordat.kernel.errors import Invalid
from concordat.kernel.sensitivity import Sensitivity
from concordat.web.ui.forms import (
    ChoiceField,
    DayField,
    FilterForm,
    LongTextField,
    ManyField,
    MoneyField,
    NumberField,
    PageForm,
    SelectField,
    TextField,
    TickField,
    UploadField,
)

Pairs = list[tuple[str, str]]
_HINT_OF_TIME = "On the 24-hour clock, such as 14:30"


class ClockField(TextField):
    """A time of day as somebody writes it: 9:30, 09.30, 14:00, 2pm."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, hint=_HINT_OF_TIME, width=5, max_length=8, **options)

    def prepare_value(self, value: Any) -> Any:
        """Minutes after midnight, as a body's usual time is kept, are shown on the clock."""
        return f"{value // 60:02d}:{value % 60:02d}" if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        told = super().clean(value)
        if not told:
            return None
        bare = str(told).strip().lower().replace(".", ":").replace(" ", "")
        for pattern in ("%H:%M", "%I%p", "%I:%M%p", "%H%M"):
            try:
                return datetime.strptime(bare, pattern).time()  # noqa: DTZ007 - a time of day
            except ValueError:
                continue
        raise ValidationError(f"Write {self.subject} as hours and minutes, such as 14:30")


class _Timed(PageForm):
    """A day with a beginning and an end on London's clocks."""

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        day, starts, ends = (told.get(name) for name in ("day", "starts", "ends"))
        if isinstance(day, date) and isinstance(starts, time) and isinstance(ends, time):
            try:
                told["starts_at"], told["ends_at"] = moments.span(day, starts, ends)
            except Invalid as problem:
                self.add_faults(problem)
        return told

    def answers(self) -> dict[str, Any]:
        kept = super().answers()
        return {name: kept[name] for name in kept if name not in ("day", "starts", "ends")}


class CallForm(_Timed):
    day = DayField("Day of the meeting")
    starts = ClockField("It starts at", subject="the time at which it starts")
    ends = ClockField("It ends at", subject="the time at which it ends")
    place = TextField("Place", max_length=300, required=False)
    join = TextField("Link to join from afar", max_length=500, required=False)
    title = TextField(
        "Title, if it is not a usual meeting",
        subject="the title",
        max_length=300,
        required=False,
        hint="Left empty, it is called by its body and its day.",
    )
    purpose = LongTextField("What it is for", rows=3, max_length=1000, required=False)


class RearrangeForm(_Timed):
    day = DayField("Day of the meeting")
    starts = ClockField("It starts at", subject="the time at which it starts")
    ends = ClockField("It ends at", subject="the time at which it ends")
    place = TextField("Place", max_length=300, required=False)
    join = TextField("Link to join from afar", max_length=500, required=False)
    reason = TextField("Why it changes", subject="the reason", max_length=300)


class AnswerForm(PageForm):
    answer = ChoiceField(
        "Are you coming?",
        subject="whether you are coming",
        choices=[
            (Presence.PRESENT.value, "Yes"),
            (Presence.DEPUTY.value, "A deputy comes"),
            (Presence.APOLOGIES.value, "No, with apologies"),
        ],
    )
    stands_for = TextField(
        "Who comes instead", max_length=200, required=False, hint="Only if a deputy comes"
    )


class MarkForm(PageForm):
    presence = ChoiceField(
        "How was this seat there?",
        subject="how this seat was there",
        choices=[
            (Presence.PRESENT.value, "In person"),
            (Presence.DEPUTY.value, "By deputy"),
            (Presence.APOLOGIES.value, "Apologies"),
            (Presence.ABSENT.value, "Absent without apologies"),
        ],
    )
    stands_for = TextField("Name of the deputy", max_length=200, required=False)
    remote = TickField("They joined from afar", required=False)
    came = ClockField("Came late, at", subject="when they came", required=False)
    left = ClockField("Left early, at", subject="when they left", required=False)


class GuestForm(PageForm):
    guest = TextField("Who", max_length=200, hint="A name, and for whom they speak")


class DeclareForm(PageForm):
    who = TextField("Who declares it", max_length=200)
    interest = LongTextField("What the interest is", rows=3, max_length=1000)
    done = ChoiceField(
        "What was done about it?",
        subject="what was done about it",
        choices=[(each, each.capitalize()) for each in DONE],
    )


HIDDEN = "hidden"
_PURPOSES = [(each.value, each.value.capitalize()) for each in Purpose]


class ProposeForm(PageForm):
    title = TextField("What is it about?", subject="what it is about", max_length=200,
                      hint="Never a child’s name.")  # fmt: skip
    purpose = ChoiceField("What is the meeting to do?", subject="what the meeting is to do",
                          choices=_PURPOSES)  # fmt: skip
    minutes = NumberField("Minutes needed", least=1, most=MOST_MINUTES, required=False, width=3)
    why = LongTextField("Why now", rows=3, max_length=1000, required=False)
    held = ChoiceField(
        "Who may open it?",
        subject="who may open it",
        choices=[
            (str(Sensitivity.PARTNERSHIP.value), "The partnership"),
            (str(Sensitivity.RESTRICTED.value), "Restricted: members of this body"),
            (HIDDEN, "Restricted, and nobody else may know that it is there"),
        ],
        initial=str(Sensitivity.PARTNERSHIP.value),
    )


class SettleForm(PageForm):
    purpose = ChoiceField("What is the meeting to do?", subject="what the meeting is to do",
                          choices=_PURPOSES)  # fmt: skip
    minutes = NumberField("Minutes", least=1, most=MOST_MINUTES, required=False, width=3)
    lead = SelectField("Who leads it", choices=[], required=False)
    withheld_reason = TextField(
        "Why it is withheld from those who may not open it",
        max_length=300,
        required=False,
        hint="Printed in their pack, such as “It tells of one child”",
    )

    def __init__(self, *args: Any, seats: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["lead"].choices = [("", "Nobody yet"), *seats]  # type: ignore[attr-defined]


class MinuteForm(PageForm):
    text = LongTextField("What the minutes say", rows=8, max_length=8000)


class ActionForm(PageForm):
    """Filled in while the meeting goes on: three fields."""

    what = TextField("What is to be done?", subject="what is to be done", max_length=300,
                     hint="A sentence that begins with a verb")  # fmt: skip
    owner = SelectField("Who owes it?", subject="who owes it", choices=[])
    due = DayField("By when", subject="the day by which it is due")

    def __init__(self, *args: Any, owners: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].choices = [("", "Choose"), *owners]  # type: ignore[attr-defined]


class AgreeForm(PageForm):
    at = ChoiceField("At which meeting were they agreed?", subject="the meeting", choices=[])

    def __init__(self, *args: Any, meetings: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["at"].choices = list(meetings)  # type: ignore[attr-defined]


class DecideForm(PageForm):
    text = LongTextField("What was decided, in one sentence", rows=3, max_length=1000)
    outcome = SelectField("What came of it", choices=[(o.value, o.value.capitalize())
                                                      for o in Outcome])  # fmt: skip
    matter = SelectField(
        "Which matter of authority it settles",
        choices=[],
        required=False,
        hint="Leave it open where nobody needs power for it",
    )
    amount = MoneyField("Money that it commits", required=False)
    options = LongTextField("Options that were looked at, one in a line", rows=4, max_length=4000,
                            required=False)  # fmt: skip
    reasons = LongTextField("Reasons", rows=5, max_length=4000)
    legal_basis = TextField("Law or guidance that it rests on", max_length=300, required=False)
    review_on = DayField("When it is to be looked at again", required=False)
    to_tell = TickField("A policy or decision has to be documented and told afterwards",
                        required=False)  # fmt: skip

    def __init__(self, *args: Any, matters: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["matter"].choices = [("", "None"), *matters]  # type: ignore[attr-defined]


class UrgentForm(DecideForm):
    why_urgent = LongTextField("Why it could not wait for a meeting", rows=3, max_length=1000)


class VoiceForm(PageForm):
    said = ChoiceField(
        "How did this seat take part?",
        subject="how this seat took part",
        choices=[(each.value, each.value.capitalize()) for each in Voice],
    )
    deputy = TickField("A deputy spoke", required=False)
    spoke = TextField("Who spoke", max_length=200, required=False)
    words = LongTextField("Dissent, or anything that is to be on record", rows=3,
                          max_length=1000, required=False)  # fmt: skip


class SealForm(PageForm):
    effect = ChoiceField(
        "Without a quorum, what becomes of it?",
        subject="what becomes of it without a quorum",
        choices=[],
        required=False,
    )
    discretion = TextField("Why the chair let it go on", max_length=300, required=False)

    def __init__(self, *args: Any, ways: list[tuple[Effect, str]], **options: Any) -> None:
        """`ways` is what the terms allow; where that is one thing only, nobody has to choose."""
        super().__init__(*args, **options)
        if Effect.GO_ON not in dict(ways):
            del self.fields["discretion"]
        if len(ways) < 2:
            del self.fields["effect"]
            return
        field = self.fields["effect"]
        field.choices = [(e.value, e.value.capitalize()) for e, _ in ways]  # type: ignore[attr-defined]
        field.hints = {e.value: told for e, told in ways}  # type: ignore[attr-defined]
        field.initial = ways[0][0].value


class RatifyForm(PageForm):
    partner = SelectField("For which partner", choices=[])
    given = ChoiceField(
        "What did it say?",
        subject="what it said",
        choices=[("yes", "It ratifies the decision"), ("no", "It refuses")],
    )
    source = TextField("What gave it", max_length=300, required=False,
                       hint="A minute, a letter, a record of decision")  # fmt: skip
    reason = LongTextField("Reason, if it refuses", rows=3, max_length=1000, required=False)

    def __init__(self, *args: Any, partners: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["partner"].choices = [(p, p) for p in partners]  # type: ignore[attr-defined]
        if len(partners) == 1:
            self.fields["partner"].initial = partners[0]


class DisputeForm(PageForm):
    title = TextField("What is it about?", subject="what it is about", max_length=200)
    issue = LongTextField("What the partners disagree about", rows=4, max_length=2000)
    standard = TextField("Law, guidance or agreement relied on", max_length=300, required=False)
    one = SelectField("First partner’s seat", choices=[])
    one_says = LongTextField("Where it stands", rows=3, max_length=1000)
    other = SelectField("Second partner’s seat", choices=[])
    other_says = LongTextField("Where the second stands", rows=3, max_length=1000)

    def __init__(self, *args: Any, seats: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("one", "other"):
            self.fields[name].choices = seats  # type: ignore[attr-defined]


class WordsForm(PageForm):
    text = LongTextField("In your words", rows=4, max_length=4000)


class LetterForm(PageForm):
    incoming = ChoiceField("Did it come in or go out?", subject="which way it went",
                           choices=[("in", "It came in"), ("out", "It went out")])  # fmt: skip
    party = SelectField("From or to", choices=[(each, each.capitalize()) for each in PARTIES])
    who = TextField("Who wrote, or to whom", max_length=300)
    subject = TextField("What it is about", max_length=300, hint="Never a child’s name.")
    dated = DayField("Date of the letter")
    their_reference = TextField("Their reference", max_length=200, required=False)
    reply_due = DayField("An answer is due by", required=False)
    signed_by = TextField("Who signed it, if it went out", max_length=200, required=False)


class AnswerLetterForm(PageForm):
    who = TextField("To whom", max_length=300)
    subject = TextField("What it is about", max_length=300, hint="Never a child’s name.")
    dated = DayField("Date of the answer")
    their_reference = TextField("Their reference", max_length=200, required=False)
    signed_by = TextField("Who signed it", max_length=200)


class WantForm(PageForm):
    title = TextField("Title of the paper", max_length=300)
    due = DayField("By when?", subject="the day by which it is due", required=False,
                   hint="Left empty: when the papers of this meeting are due")  # fmt: skip


class CoverForm(PageForm):
    """The whole cover; what a receiving body's own cover leaves out is simply not shown there."""

    title = TextField(Part.TITLE.label, max_length=300)
    author = TextField(Part.AUTHOR.label, max_length=200, required=False)
    presented_by = SelectField(Part.PRESENTED_BY.label, choices=[], required=False)
    purposes = ManyField(
        "Status of report, as many as fit",
        choices=[(each.value, each.value.capitalize()) for each in CHOSEN],
        required=False,
    )
    requested_by = SelectField(Part.REQUESTED_BY.label, choices=[], required=False)
    asks = LongTextField("What the body is asked to do, one in a line", rows=4, max_length=4000,
                         required=False)  # fmt: skip
    tells = ChoiceField(Part.TO_TELL.label, subject="whether something needs telling",
                        choices=[("yes", "Yes"), ("no", "No")], required=False)  # fmt: skip
    to_tell = TextField("If so, which, and who is told", subject="what is to be told",
                        max_length=200, required=False)  # fmt: skip
    version = TextField("What this version is", max_length=200, required=False,
                        hint="Such as “updated to reflect the approvals of 26 March”")  # fmt: skip
    summary = LongTextField(Part.SUMMARY.label, rows=6, max_length=8000, required=False)
    consulted = LongTextField(Part.CONSULTED.label, rows=3, max_length=4000, required=False)
    to_consult = LongTextField(Part.TO_CONSULT.label, rows=3, max_length=4000, required=False)
    risk = LongTextField(Part.RISK.label, rows=3, max_length=4000, required=False)
    budget = LongTextField(Part.BUDGET.label, rows=3, max_length=4000, required=False)
    legal = LongTextField(Part.LEGAL.label, rows=3, max_length=4000, required=False)
    equalities = LongTextField(Part.EQUALITIES.label, rows=3, max_length=4000, required=False)
    engagement = LongTextField(Part.ENGAGEMENT.label, rows=3, max_length=4000, required=False)
    integration = LongTextField(Part.INTEGRATION.label, rows=3, max_length=4000, required=False)
    appendices = TextField(Part.APPENDICES.label, max_length=200, required=False)

    def __init__(self, *args: Any, posts: Pairs, bodies: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["presented_by"].choices = [("", "Nobody yet"), *posts]  # type: ignore[attr-defined]
        self.fields["requested_by"].choices = [("", "No board"), *bodies]  # type: ignore[attr-defined]


class PaperFileForm(PageForm):
    file = UploadField(
        "File",
        kinds=(*documents.KINDS, "jpeg"),
        most_megabytes=documents.MEGABYTES,
        hint=documents.LIMITS_IN_WORDS,
        subject="the file",
    )
    note = TextField("What it is, or what changed", max_length=documents.LONGEST_NOTE)


class ClearanceForm(PageForm):
    seat = SelectField("Whom", choices=[])
    sort = ChoiceField(
        "What for?",
        subject="what for",
        choices=[(each.value, each.value.capitalize()) for each in Check],
        hints={
            Check.CLEARANCE.value: "The paper waits until it is given.",
            Check.ADVICE.value: "What has not come by the day is taken as not given.",
        },
    )
    due = DayField("By when?", subject="the day by which it is due", required=False)

    def __init__(self, *args: Any, seats: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["seat"].choices = seats  # type: ignore[attr-defined]


class GiveForm(PageForm):
    given = ChoiceField(
        "Your answer",
        choices=[
            (Given.CLEARED.value, "Cleared"),
            (Given.ADVISED.value, "My advice is below"),
            (Given.SENT_BACK.value, "It has to change first"),
        ],
    )
    words = LongTextField("In your words", rows=4, max_length=4000, required=False)


class FollowForm(PageForm):
    why_late = TextField("Why it is late", max_length=300)
    why_now = TextField("Why it cannot wait for the next meeting", max_length=300)
    agreed = TextField(
        "How the chair agreed, and when",
        max_length=120,
        required=False,
        hint="Such as: the chair, by telephone on 5 April. Leave it empty if you are the chair",
    )


class NoteForm(PageForm):
    text = LongTextField("Your note", rows=5, max_length=4000, required=False)


class BriefForm(PageForm):
    our_line = LongTextField("Our line", rows=4, max_length=4000, required=False)
    limit = LongTextField("How far our seat may go", rows=3, max_length=2000, required=False)
    came_back = LongTextField("What came back", rows=3, max_length=4000, required=False)


class MeetingsFilter(FilterForm):
    body = SelectField("Body", choices=[], required=False)

    def __init__(self, *args: Any, bodies: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"].choices = [("", "Every body"), *bodies]  # type: ignore[attr-defined]


class DecisionsFilter(FilterForm):
    body = SelectField("Body", choices=[], required=False)
    state = SelectField(
        "State",
        choices=[("", "Any"), ("in force", "In force"), ("awaiting ratification", "Waiting"),
                 ("recommendation", "Recommendation"), ("in force for some", "In force for some"),
                 ("lapsed", "Lapsed"),
                 ("corrected", "Corrected")],
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, bodies: Pairs, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"].choices = [("", "Every body"), *bodies]  # type: ignore[attr-defined]


class YearFilter(FilterForm):
    year = NumberField("Year", least=2000, most=2100, required=False, width=4)
